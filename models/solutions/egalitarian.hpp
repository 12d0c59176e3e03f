// The egalitarian solution: the largest t with u_h - t_h = u_p - t_p = t (Kalai 1977). Where the frontier ends before
// gains are equal, its end gives the side that has less the most that it can get.
#pragma once

#include "equal_parts.hpp"

namespace multivector {

[[gnu::always_inline]] inline Settlement settle_egalitarian(const Talk& talk) {
    return where_gains_stand_as(talk.frontier, talk.threat, {1, 1});
}

}  // namespace multivector
