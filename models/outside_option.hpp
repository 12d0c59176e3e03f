// How alternatives enter a talk.
#pragma once

#include <optional>

#include "solutions.hpp"

namespace multivector {

/// Settles a talk whose agreement set at the outside options o >= d is not empty. Under split_the_difference the
/// solution is taken from o, as if alternatives were lived on while talking. Under deal_me_out it is taken from d and
/// moved along the frontier only as far as an outside option binds (Binmore, Shaked and Sutton 1989).
inline Terms settle_within(const SolutionRow& solution, OutsideOption rule, const Frontier& frontier,
                           Payoffs disagreement, Payoffs outside, double weight) {
    if (rule == OutsideOption::split_the_difference) return solution.settle(frontier, outside, weight);
    const Terms terms = solution.settle(frontier, disagreement, weight);
    if (terms.payoff.host < outside.host) return frontier.where_host_gets(outside.host);
    if (terms.payoff.partner < outside.partner) return frontier.where_partner_gets(outside.partner);
    return terms;
}

/// As settle_within; nothing when no point of the frontier gives both sides their outside option: the talk breaks down.
inline std::optional<Terms> settle(const SolutionRow& solution, OutsideOption rule, const Frontier& frontier,
                                   Payoffs disagreement, Payoffs outside, double weight) {
    if (!frontier.offers(outside)) return std::nullopt;
    return settle_within(solution, rule, frontier, disagreement, outside, weight);
}

}  // namespace multivector
