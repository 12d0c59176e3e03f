#include "equal_parts.hpp"

namespace multivector {

namespace {

/// The local content >= 0 at which square l^2 + linear l = missing, in a form free of cancellation. `square` and
/// `linear` >= 0; a negative `missing` has no such content and gives 0.
double content_that_makes(double square, double linear, double missing) {
    if (missing <= 0) return 0;
    return 2 * missing / (linear + std::sqrt(linear * linear + 4 * square * missing));
}

}  // namespace

Terms where_gains_stand_as(const Frontier& frontier, Payoffs threat, Payoffs direction) {
    const double efficient = frontier.efficient_local_content;
    const auto excess_at = [&](double revenue_share, double content) {
        const Payoffs payoff = frontier.at(revenue_share, content);
        return direction.partner * (payoff.host - threat.host) - direction.host * (payoff.partner - threat.partner);
    };
    const auto content_at = [&](double revenue_share) {
        return content_that_makes(direction.host * frontier.local_cost / 2, direction.partner * frontier.local_value,
                                  -excess_at(revenue_share, 0));
    };
    const double low = excess_at(0, efficient), high = excess_at(1, efficient);
    if (low >= 0)
        return frontier.terms(0, std::min(std::max(content_at(0), frontier.least_local_content), efficient),
                              Piece::local_content_low);
    if (high >= 0) return frontier.terms(std::min(1.0, low / (low - high)), efficient, Piece::revenue);
    return frontier.terms(1, std::max(efficient, std::min(content_at(1), 1.0)), Piece::local_content_high);
}

}  // namespace multivector
