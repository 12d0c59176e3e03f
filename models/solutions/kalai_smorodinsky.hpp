// The Kalai-Smorodinsky solution: both gain the same part of their ideal gain, which is the most that a side could gain
// while the other keeps its threat.
#pragma once

#include "equal_parts.hpp"

namespace multivector {

[[gnu::always_inline]] inline Settlement settle_kalai_smorodinsky(const Talk& talk) {
    const Payoffs best_for_host = talk.frontier.where_partner_gets(talk.threat.partner).payoff,
                  best_for_partner = talk.frontier.where_host_gets(talk.threat.host).payoff;
    const Payoffs ideal{std::max(0.0, best_for_host.host - talk.threat.host),
                        std::max(0.0, best_for_partner.partner - talk.threat.partner)};
    if (ideal.host == 0 && ideal.partner == 0) return talk.frontier.where_host_gets(talk.threat.host);
    return where_gains_stand_as(talk.frontier, talk.threat, ideal);
}

}  // namespace multivector
