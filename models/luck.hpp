// The named streams of luck. Numbers are never reused; a retired stream keeps its number.
#pragma once

#include "draws.hpp"

namespace multivector {

enum class Stream : std::uint32_t {
    oil_price = 1,       ///< entity 0: innovation of the log price
    political_draw = 2,  ///< entity 0: innovation of the discretionary draw
    arrivals = 3,        ///< entity sector: number of opportunities, by inversion of one uniform
    project = 4,         ///< entity sector, round index: size, region, and place in the tick's order of talks
    ratification = 5,    ///< entity sector and index of the project; tick of the talk
    deal_clock =
        7,          ///< born tick, entity sector and index, round = transition: waiting time and kind of the next event
    rumour = 7,     ///< entity partner: whether a rumour strikes, and how hard
    threshold = 8,  ///< tick 0, entity region: the region's protest threshold
    tie = 9,        ///< entity partner: who wins when everything else is equal
};

using Luck = Draws<Stream>;

}  // namespace multivector
