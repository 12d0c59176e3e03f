// Solutions that go from the threat in a fixed direction until the frontier ends the way.
#pragma once

#include "talk.hpp"

namespace multivector {

/// The local content >= 0 at which square l^2 + linear l = missing, in a form free of cancellation. `square` and
/// `linear` >= 0; a negative `missing` has no such content and gives 0.
inline double content_that_makes(double square, double linear, double missing) {
    if (missing <= 0) return 0;
    return 2 * missing / (linear + std::sqrt(linear * linear + 4 * square * missing));
}

/// The point of the frontier where gains over the threat stand as `direction` (both >= 0, not both zero), held to the
/// frontier's ends. Excess = g_p (u_h - t_h) - g_h (u_p - t_p) rises along the frontier and is a quadratic in l on the
/// outer pieces, linear in e on the middle one.
[[gnu::always_inline]] inline Terms where_gains_stand_as(const Frontier& frontier, Payoffs threat, Payoffs direction) {
    const double efficient = frontier.efficient_local_content;
    const auto excess = [&](Payoffs payoff) {
        return direction.partner * (payoff.host - threat.host) - direction.host * (payoff.partner - threat.partner);
    };
    const auto content_where = [&](double excess_without_content) {
        return content_that_makes(direction.host * frontier.local_cost / 2, direction.partner * frontier.local_value,
                                  -excess_without_content);
    };
    const double host = frontier.host_base, partner = frontier.partner_base, revenue = frontier.revenue;
    const double low = excess({frontier.efficient.host, frontier.efficient.partner + revenue});
    if (low >= 0) {
        const double content = content_where(excess({host, partner + revenue}));
        return frontier.first_piece(std::min(std::max(content, frontier.least_local_content), efficient));
    }
    const double high = excess({frontier.efficient.host + revenue, frontier.efficient.partner});
    if (high >= 0) return frontier.middle_piece(std::min(1.0, low / (low - high)));
    const double content = content_where(excess({host + revenue, partner}));
    return frontier.last_piece(std::max(efficient, std::min(content, 1.0)));
}

}  // namespace multivector
