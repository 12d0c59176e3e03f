// Luck as one sequence that everybody takes the next number from, as simulators with a single generator draw it. It
// stands in for sim/base/draws.hpp in a build that measures what separate streams gain; see paired_luck.cpp.
#pragma once

#define Draws SeparateDraws
#include "../../sim/base/draws.hpp"
#undef Draws

namespace multivector {

template <class Stream>
class Draws {
 public:
    Draws(std::uint64_t seed, std::uint32_t replication) : source_(seed, replication) {}

    UniformPair pair(Stream, std::uint32_t, std::uint32_t = 0, std::uint32_t = 0) const {
        return source_.pair(Stream{}, next_++);
    }
    UniformTriple triple(Stream, std::uint32_t, std::uint32_t = 0, std::uint32_t = 0) const {
        return source_.triple(Stream{}, next_++);
    }
    double uniform(Stream, std::uint32_t, std::uint32_t = 0, std::uint32_t = 0) const {
        return source_.uniform(Stream{}, next_++);
    }
    double normal(Stream, std::uint32_t, std::uint32_t = 0, std::uint32_t = 0) const {
        return source_.normal(Stream{}, next_++);
    }

 private:
    SeparateDraws<Stream> source_;
    mutable std::uint32_t next_ = 0;
};

}  // namespace multivector
