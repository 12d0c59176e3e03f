// Luck as a pure function of (seed, replication, stream, tick, entity, round).
//
// No draw shifts when another agent acts, when a mechanism is switched off or when threads share the work, so worlds
// that differ in one parameter share their luck (common random numbers). Generator: Philox4x32-10 of Salmon, Moraes,
// Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11; tested on its published vectors.
#pragma once

#include <array>
#include <cstdint>

#include "math.hpp"

namespace multivector {

using PhiloxBlock = std::array<std::uint32_t, 4>;

using PhiloxKey = std::array<std::uint32_t, 2>;

/// The keys of the ten rounds, which are the same for every block of a run.
using PhiloxKeys = std::array<PhiloxKey, 10>;

constexpr PhiloxKeys philox_keys(PhiloxKey key) {
    PhiloxKeys keys{};
    for (PhiloxKey& round : keys) {
        round = key;
        key = {key[0] + 0x9E3779B9u, key[1] + 0xBB67AE85u};
    }
    return keys;
}

/// One block of Philox4x32 with ten rounds.
inline PhiloxBlock philox_with(const PhiloxKeys& keys, PhiloxBlock counter) {
    for (const PhiloxKey& key : keys) {
        const std::uint64_t product0 = std::uint64_t{0xD2511F53u} * counter[0];
        const std::uint64_t product1 = std::uint64_t{0xCD9E8D57u} * counter[2];
        counter = {
            static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
            static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
    }
    return counter;
}

inline PhiloxBlock philox(PhiloxBlock counter, PhiloxKey key) { return philox_with(philox_keys(key), counter); }

/// Two independent uniforms on (0, 1), both ends excluded, each from 52 random bits.
struct UniformPair {
    double first, second;
};

/// One uniform from 52 random bits and two coarse ones from 32 bits each, all independent, on (0, 1).
struct UniformTriple {
    double fine, first_coarse, second_coarse;
};

/// A Poisson number by inversion of one uniform, so that a larger mean only adds to it; at most 4096. `none` =
/// exp(-mean).
inline int poisson(double none, double mean, double uniform) {
    double probability = none, cumulative = none;
    int count = 0;
    while (uniform > cumulative && count < 4096) {
        ++count;
        probability *= mean / count;
        cumulative += probability;
    }
    return count;
}

/// The luck of one realisation. `Stream` is an enumeration of at most 65536 named streams whose numbers are never
/// reused; `round` is below 65536. Every member is a pure function of its arguments.
template <class Stream>
class Draws {
 public:
    Draws(std::uint64_t seed, std::uint32_t replication)
        : keys_(philox_keys({static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)})),
          replication_(replication) {}

    UniformPair pair(Stream stream, std::uint32_t tick, std::uint32_t entity = 0, std::uint32_t round = 0) const {
        const PhiloxBlock word =
            philox_with(keys_, {entity, tick, (static_cast<std::uint32_t>(stream) << 16) | round, replication_});
        return {unit(word[0], word[1]), unit(word[2], word[3])};
    }
    UniformTriple triple(Stream stream, std::uint32_t tick, std::uint32_t entity = 0, std::uint32_t round = 0) const {
        const PhiloxBlock word =
            philox_with(keys_, {entity, tick, (static_cast<std::uint32_t>(stream) << 16) | round, replication_});
        return {unit(word[0], word[1]), (word[2] + 0.5) * 0x1p-32, (word[3] + 0.5) * 0x1p-32};
    }
    double uniform(Stream stream, std::uint32_t tick, std::uint32_t entity = 0, std::uint32_t round = 0) const {
        return pair(stream, tick, entity, round).first;
    }
    double normal(Stream stream, std::uint32_t tick, std::uint32_t entity = 0, std::uint32_t round = 0) const {
        return normal_quantile(uniform(stream, tick, entity, round));
    }

 private:
    static double unit(std::uint32_t high, std::uint32_t low) {
        const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 12;
        return (static_cast<double>(bits) + 0.5) * 0x1p-52;
    }

    PhiloxKeys keys_;
    std::uint32_t replication_;
};

}  // namespace multivector
