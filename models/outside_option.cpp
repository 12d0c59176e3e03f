#include "outside_option.hpp"

namespace multivector {

std::optional<Terms> settle(const SolutionRow& solution, OutsideOption rule, const Frontier& frontier,
                            Payoffs disagreement, Payoffs outside, double weight) {
    if (!frontier.offers(outside)) return std::nullopt;
    if (rule == OutsideOption::split_the_difference) return solution.settle(frontier, outside, weight);
    const Terms terms = solution.settle(frontier, disagreement, weight);
    if (terms.payoff.host < outside.host) return frontier.where_host_gets(outside.host);
    if (terms.payoff.partner < outside.partner) return frontier.where_partner_gets(outside.partner);
    return terms;
}

}  // namespace multivector
