// How alternatives enter a talk.
#pragma once

#include "solutions.hpp"

namespace multivector {

/// Settles a talk whose threat is d and whose agreement set at the outside options o >= d is not empty. Under
/// split_the_difference the solution is taken from o, as if alternatives were lived on while talking. Under deal_me_out
/// it is taken from d and moved along the frontier only as far as an outside option binds (Binmore, Shaked and Sutton
/// 1989); a solution with rounds lets a side leave for its outside option when it answers an offer. A solution of the
/// whole table has the alternatives in it. What approval at home insists on binds in the same way under both rules, and
/// is never a threat.
inline Settlement settle_within(const SolutionRow& solution, OutsideOption rule, Talk talk) {
    if (rule == OutsideOption::split_the_difference) talk.threat = talk.outside;
    Settlement settlement = solution.settle(talk);
    if (!settlement.agreed()) return settlement;
    const Payoffs least = talk.least();
    if (settlement.terms.payoff.host < least.host)
        settlement.terms = talk.frontier.where_host_gets(least.host);
    else if (settlement.terms.payoff.partner < least.partner)
        settlement.terms = talk.frontier.where_partner_gets(least.partner);
    return settlement;
}

/// As settle_within; no agreement when no point of the frontier gives both sides their outside option.
inline Settlement settle(const SolutionRow& solution, OutsideOption rule, const Talk& talk) {
    if (!talk.frontier.offers(talk.outside)) return {TalkOutcome::no_agreement, 0};
    if (!talk.frontier.offers(talk.least())) return {TalkOutcome::not_ratifiable, 0};
    return settle_within(solution, rule, talk);
}

}  // namespace multivector
