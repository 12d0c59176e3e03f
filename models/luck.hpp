// The named streams of luck. Numbers are never reused; a retired stream keeps its number.
#pragma once

#include "draws.hpp"

namespace multivector {

enum class Stream : std::uint32_t {
    oil_price = 1,       ///< entity 0: innovation of the log price
    political_draw = 2,  ///< by calendar year, not tick: what politics wants of the fund
    arrivals = 3,        ///< entity sector: number of opportunities, by inversion of one uniform
    project = 4,         ///< entity sector, round index: size, region, and place in the tick's order of talks
    ratification = 5,    ///< entity sector and index, round born tick of the project; tick of the talk
    deal_clock = 6,      ///< born tick, entity sector and index, round transition: time and kind of the next event
    rumour = 7,          ///< entity partner, round 4096 times the step: how many rumours strike, and how hard
    threshold = 8,       ///< tick 0, entity region: the region's protest threshold
    tie = 9,             ///< entity partner: who wins when everything else is equal
    secret = 10,         ///< entity sector and index of the project, round partner and born tick: what sides insist on
    breakdown = 11,      ///< likewise: the round after which a talk is broken off
    approval_abroad = 12,  ///< as ratification, the partner's
};

/// Two streams with one number would share their luck: list every stream here.
inline constexpr std::array streams{Stream::oil_price, Stream::political_draw, Stream::arrivals,
                                    Stream::project,   Stream::ratification,   Stream::deal_clock,
                                    Stream::rumour,    Stream::threshold,      Stream::tie,
                                    Stream::secret,    Stream::breakdown,      Stream::approval_abroad};
constexpr bool streams_are_distinct() {
    for (std::size_t i = 0; i < streams.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (streams[i] == streams[j]) return false;
    return true;
}
static_assert(streams_are_distinct());

using Luck = Draws<Stream>;

}  // namespace multivector
