// The host gets its nucleolus payoff (Schmeidler 1969), the middle of the core.
#pragma once

#include "cooperative.hpp"
#include "own_limit.hpp"

namespace multivector {

inline Settlement settle_nucleolus(const Talk& talk) {
    return talk.frontier.where_host_gets(nucleolus_host(TableLimits(talk), talk.reserve));
}

}  // namespace multivector
