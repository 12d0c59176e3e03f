// The host gets its Shapley value (Shapley 1953), paid by the winner alone: losers get nothing here, since nobody at
// the table pays partners that leave it.
#pragma once

#include "cooperative.hpp"
#include "own_limit.hpp"

namespace multivector {

inline Settlement settle_shapley(const Talk& talk) {
    return talk.frontier.where_host_gets(shapley_host(TableLimits(talk), talk.reserve));
}

}  // namespace multivector
