// The partners bid for the project, and the winner pays the second price (Vickrey 1961): the host gets the best of what
// its second partner could concede, self-finance and waiting. Bidding one's limit is dominant, so the limits are the
// bids.
#pragma once

#include "cooperative.hpp"
#include "own_limit.hpp"

namespace multivector {

inline Settlement settle_auction(const Talk& talk) {
    return talk.frontier.where_host_gets(core_bounds(TableLimits(talk), talk.reserve).host_worst);
}

}  // namespace multivector
