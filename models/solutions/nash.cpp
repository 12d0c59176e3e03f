// The asymmetric Nash solution on the two-issue frontier, in closed form.
//
// On the revenue piece the sum of payoffs is constant, so the host gets t_h + beta (S - t_h - t_p). Where that would
// need e outside [0, 1], the optimum lies on an outer piece, where with slope -c l / b the first-order condition
//     beta b (P - c l^2 / 2) = (1 - beta) c l (H + b l),   H = X_h + e Y - t_h,  P = X_p + (1 - e) Y - t_p
// is a quadratic in l (b and c here times I).
#include <algorithm>
#include <cmath>

#include "solutions.hpp"

namespace multivector {

namespace {

double optimal_content(const Frontier& frontier, Payoffs threat, double weight, double revenue_share) {
    const double b = frontier.local_value, c = frontier.local_cost;
    const double host_gain = frontier.host_base + revenue_share * frontier.revenue - threat.host;
    const double partner_gain = frontier.partner_base + (1 - revenue_share) * frontier.revenue - threat.partner;
    const double square = c * b * (1 - weight / 2), linear = (1 - weight) * c * host_gain,
                 constant = weight * b * partner_gain;
    const double root = std::sqrt(std::max(0.0, linear * linear + 4 * square * constant));
    // Two forms of one root: each is free of cancellation for its sign of `linear`.
    if (linear > 0) return std::max(0.0, 2 * constant / (linear + root));
    return (root - linear) / (2 * square);
}

}  // namespace

Settlement settle_nash(const Talk& talk) {
    const Frontier& frontier = talk.frontier;
    const Payoffs threat = talk.threat;
    const double weight = talk.weight;
    const double efficient = frontier.efficient_local_content;
    const double host = threat.host + weight * (frontier.joint_value() - threat.host - threat.partner);
    const double without_revenue = frontier.host_base + frontier.local_value * efficient;
    if (host < without_revenue) {
        const double content = optimal_content(frontier, threat, weight, 0);
        return frontier.terms(0, std::min(std::max(content, frontier.least_local_content), efficient),
                              Piece::local_content_low);
    }
    if (host <= without_revenue + frontier.revenue && frontier.revenue > 0)
        return frontier.terms(std::min(1.0, (host - without_revenue) / frontier.revenue), efficient, Piece::revenue);
    const double content = optimal_content(frontier, threat, weight, 1);
    return frontier.terms(1, std::min(std::max(content, efficient), 1.0), Piece::local_content_high);
}

}  // namespace multivector
