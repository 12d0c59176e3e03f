// Every partner holds a Nash bargain over what it adds, taking the others as given (Horn and Wolinsky 1988): only the
// winner adds anything, its limit less the next best.
#pragma once

#include "cooperative.hpp"
#include "own_limit.hpp"

namespace multivector {

inline Settlement settle_nash_in_nash(const Talk& talk) {
    return talk.frontier.where_host_gets(nash_in_nash_host(TableLimits(talk), talk.reserve, talk.weight));
}

}  // namespace multivector
