// How alternatives enter a talk.
#pragma once

#include "solutions.hpp"

namespace multivector {

/// What a solution starts from: under split_the_difference o, as if alternatives were lived on while talking; under
/// deal_me_out d.
inline Payoffs threat_under(OutsideOption rule, Payoffs disagreement, Payoffs outside) {
    return rule == OutsideOption::split_the_difference ? outside : disagreement;
}

/// Moves a settlement along the frontier as far as an outside option binds, and no further (Binmore, Shaked and Sutton
/// 1989), or what approval at home insists on, which is never a threat. A solution with rounds lets a side leave when
/// it answers an offer; a solution of the whole table has the alternatives in it.
[[gnu::always_inline]] inline void hold_to_alternatives(Settlement& settlement, const Talk& talk) {
    if (!settlement.agreed()) return;
    const Payoffs least = talk.least();
    if (settlement.terms.payoff.host < least.host)
        settlement.terms = talk.frontier.where_host_gets(least.host);
    else if (settlement.terms.payoff.partner < least.partner)
        settlement.terms = talk.frontier.where_partner_gets(least.partner);
}

/// Settles a talk whose agreement set at what both accept at least is not empty.
inline Settlement settle_from_threat(const SolutionRow& solution, const Talk& talk) {
    Settlement settlement = solution.settle(talk);
    hold_to_alternatives(settlement, talk);
    return settlement;
}

}  // namespace multivector
