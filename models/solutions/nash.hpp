// The asymmetric Nash solution on the two-issue frontier, in closed form.
//
// On the revenue piece the sum of payoffs is constant, so the host gets t_h + beta (S - t_h - t_p). Where that would
// need e outside [0, 1], the optimum lies on an outer piece, where with slope -c l / b the first-order condition
//     beta b (P - c l^2 / 2) = (1 - beta) c l (H + b l),   H = X_h + e Y - t_h,  P = X_p + (1 - e) Y - t_p
// is a quadratic in l (b and c here times I).
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "talk.hpp"

namespace multivector {

/// `gain` is H and P: what both would have over the threat without any local content.
inline double optimal_content(const Frontier& frontier, Payoffs gain, double weight) {
    const double b = frontier.local_value, c = frontier.local_cost;
    const double square = c * b * (1 - weight / 2), linear = (1 - weight) * c * gain.host,
                 constant = weight * b * gain.partner;
    const double root = std::sqrt(std::max(0.0, linear * linear + 4 * square * constant));
    // Two forms of one root: each is free of cancellation for its sign of `linear`.
    if (linear > 0) return std::max(0.0, 2 * constant / (linear + root));
    return (root - linear) / (2 * square);
}

[[gnu::always_inline]] inline Settlement settle_nash(const Talk& talk) {
    const Frontier& frontier = talk.frontier;
    const Payoffs threat = talk.threat;
    const double weight = talk.weight;
    const double efficient = frontier.efficient_local_content;
    const double host = threat.host + weight * (frontier.joint_value() - threat.host - threat.partner);
    if (host < frontier.efficient.host) {
        const Payoffs gain{frontier.host_base - threat.host, frontier.partner_base + frontier.revenue - threat.partner};
        const double content = optimal_content(frontier, gain, weight);
        return frontier.first_piece(std::min(std::max(content, frontier.least_local_content), efficient));
    }
    if (host <= frontier.efficient.host + frontier.revenue && frontier.revenue > 0)
        return frontier.middle_piece(std::min(1.0, (host - frontier.efficient.host) / frontier.revenue));
    const Payoffs gain{frontier.host_base + frontier.revenue - threat.host, frontier.partner_base - threat.partner};
    const double content = optimal_content(frontier, gain, weight);
    return frontier.last_piece(std::min(std::max(content, efficient), 1.0));
}

/// The weight with which this solution from `threat` gives these terms: with s the frontier's slope there, beta (u_p -
/// t_p) = (1 - beta) s (u_h - t_h). At an end or a corner of the frontier it is one of many that do; NaN where neither
/// side gains more than rounding.
inline double implied_weight(const Frontier& frontier, const Terms& terms, Payoffs threat) {
    const double host = std::max(0.0, terms.payoff.host - threat.host),
                 partner = std::max(0.0, terms.payoff.partner - threat.partner),
                 weighed = frontier.slope_at(terms) * host;
    if (!(host + partner > frontier.slack() && weighed + partner > 0)) return std::numeric_limits<double>::quiet_NaN();
    return weighed / (weighed + partner);
}

}  // namespace multivector
