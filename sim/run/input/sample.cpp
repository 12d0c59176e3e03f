#include "sample.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <numeric>

#include "draws.hpp"

namespace multivector {

namespace {

/// Far above the numbers of the models' streams.
enum class SampleStream : std::uint32_t { order = 0xD000, within, flips, target };
using SampleDraws = Draws<SampleStream>;

using Positions = std::vector<std::size_t>;
using Words = std::vector<std::uint32_t>;

/// 0 .. size - 1 in an order that depends on `axis` and `round`.
Positions shuffled(std::size_t size, const SampleDraws& draws, std::size_t axis, std::size_t round = 0) {
    Positions order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t left = size; left > 1; --left) {
        const double part = draws.uniform(SampleStream::order, static_cast<std::uint32_t>(axis),
                                          static_cast<std::uint32_t>(left), static_cast<std::uint32_t>(round));
        std::swap(order[left - 1], order[static_cast<std::size_t>(part * static_cast<double>(left))]);
    }
    return order;
}

/// Where each value stands among all, from the smallest.
Positions ranks(const Words& values) {
    Positions order(values.size()), found(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
    for (std::size_t rank = 0; rank < order.size(); ++rank) found[order[rank]] = rank;
    return found;
}

double choice_of(std::size_t rank, std::size_t points, std::size_t choices) {
    return static_cast<double>(rank * choices / points);
}

/// Owen's nested scramble: each bit is flipped or not by a coin that depends on all bits before it. The coins of seven
/// bits are a tree of 127, which one block of Philox holds.
std::uint32_t scrambled(std::uint32_t word, std::size_t axis, std::size_t scramble, std::uint64_t seed) {
    constexpr unsigned bits = 32, at_once = 7;
    std::uint32_t result = 0;
    for (unsigned depth = 0; depth < bits; depth += at_once) {
        const std::uint32_t before = depth == 0 ? 0 : word >> (bits - depth);
        const PhiloxBlock coins =
            philox({before, static_cast<std::uint32_t>(axis) << 8 | depth,
                    static_cast<std::uint32_t>(SampleStream::flips) << 16, static_cast<std::uint32_t>(scramble)},
                   {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
        std::uint32_t node = 1;
        for (unsigned at = depth; at < std::min(bits, depth + at_once); ++at) {
            const std::uint32_t bit = word >> (bits - 1 - at) & 1;
            result = result << 1 | (bit ^ (coins[node / 32] >> (node % 32) & 1));
            node = 2 * node + bit;
        }
    }
    return result;
}

/// [axis][point] of one scramble: parts of ranges, positions of choices. Axes beyond the space repeat it.
std::vector<std::vector<double>> scrambled_columns(const std::vector<Words>& plain, const SampleSpace& space,
                                                   std::size_t columns, std::size_t scramble, std::uint64_t seed) {
    std::vector<std::vector<double>> found(columns);
    for (std::size_t column = 0; column < columns; ++column) {
        Words words;
        for (const Words& point : plain) words.push_back(scrambled(point[column], column, scramble, seed));
        const std::size_t choices = space[column % space.size()];
        const Positions rank = choices > 0 ? ranks(words) : Positions{};
        for (std::size_t i = 0; i < words.size(); ++i)
            found[column].push_back(choices > 0 ? choice_of(rank[i], words.size(), choices)
                                                : (words[i] + 0.5) * 0x1p-32);
    }
    return found;
}

}  // namespace

bool PointRole::same(const PointRole& other) const {
    return part == other.part && scramble == other.scramble && group == other.group && moved == other.moved &&
           (step == other.step || (step != step && other.step != other.step));
}

std::vector<Words> plain_sobol(std::size_t axes, std::size_t points) {
    using Engine = boost::random::sobol_engine<std::uint32_t, 32>;
    Engine engine(axes);
    std::vector<Words> found(points, Words(axes, 0));  // the first point is 0, which the engine leaves out
    for (std::size_t i = 1; i < points; ++i)
        for (std::uint32_t& word : found[i]) word = engine();
    return found;
}

Sample latin_hypercube(const SampleSpace& space, std::size_t points, std::uint64_t seed) {
    const SampleDraws draws(seed, 0);
    Sample sample(points, SamplePoint{{}, std::vector<double>(space.size())});
    for (std::size_t axis = 0; axis < space.size(); ++axis) {
        const Positions stratum = shuffled(points, draws, axis);
        for (std::size_t i = 0; i < points; ++i) {
            sample[i].role.group = static_cast<std::int32_t>(i);
            const double within =
                draws.triple(SampleStream::within, static_cast<std::uint32_t>(axis), static_cast<std::uint32_t>(i))
                    .first_coarse;
            sample[i].at[axis] = space[axis] > 0
                                     ? choice_of(stratum[i], points, space[axis])
                                     : (static_cast<double>(stratum[i]) + within) / static_cast<double>(points);
        }
    }
    return sample;
}

Sample sobol_points(const SampleSpace& space, std::size_t points, std::size_t scrambles, std::uint64_t seed) {
    const std::vector<Words> plain = plain_sobol(space.size(), points);
    Sample sample;
    for (std::size_t scramble = 0; scramble < scrambles; ++scramble) {
        const auto columns = scrambled_columns(plain, space, space.size(), scramble, seed);
        for (std::size_t i = 0; i < points; ++i) {
            SamplePoint point;
            point.role.scramble = static_cast<std::int32_t>(scramble), point.role.group = static_cast<std::int32_t>(i);
            for (const auto& column : columns) point.at.push_back(column[i]);
            sample.push_back(std::move(point));
        }
    }
    return sample;
}

Sample saltelli_points(const SampleSpace& space, std::size_t points, std::size_t scrambles, std::uint64_t seed) {
    const std::size_t axes = space.size();
    const std::vector<Words> plain = plain_sobol(2 * axes, points);
    Sample sample;
    for (std::size_t scramble = 0; scramble < scrambles; ++scramble) {
        const auto columns = scrambled_columns(plain, space, 2 * axes, scramble, seed);
        for (std::size_t i = 0; i < points; ++i) {
            SamplePoint a, b;
            a.role.part = PointPart::a, b.role.part = PointPart::b;
            a.role.scramble = b.role.scramble = static_cast<std::int32_t>(scramble);
            a.role.group = b.role.group = static_cast<std::int32_t>(i);
            for (std::size_t axis = 0; axis < axes; ++axis)
                a.at.push_back(columns[axis][i]), b.at.push_back(columns[axes + axis][i]);
            sample.push_back(a), sample.push_back(b);
            for (std::size_t axis = 0; axis < axes; ++axis) {
                SamplePoint ab = a;
                ab.role.part = PointPart::ab, ab.role.moved = static_cast<std::int32_t>(axis);
                ab.at[axis] = b.at[axis];
                sample.push_back(std::move(ab));
            }
        }
    }
    return sample;
}

Sample morris_trajectories(const SampleSpace& space, std::size_t trajectories, std::size_t levels, std::uint64_t seed) {
    const SampleDraws draws(seed, 0);
    std::vector<Positions> first(space.size());  // of each axis the position at which each trajectory starts
    for (std::size_t axis = 0; axis < space.size(); ++axis) {
        first[axis] = shuffled(trajectories, draws, axis);
        const std::size_t values = space[axis] > 0 ? space[axis] : levels;
        for (std::size_t& position : first[axis]) position = position * values / trajectories;
    }
    const auto part_of = [&](std::size_t position) {
        return static_cast<double>(position) / static_cast<double>(levels - 1);
    };
    Sample sample;
    for (std::size_t t = 0; t < trajectories; ++t) {
        SamplePoint point;
        point.role.part = PointPart::start, point.role.group = static_cast<std::int32_t>(t);
        for (std::size_t axis = 0; axis < space.size(); ++axis)
            point.at.push_back(space[axis] > 0 ? static_cast<double>(first[axis][t]) : part_of(first[axis][t]));
        sample.push_back(point);
        point.role.part = PointPart::step;
        for (const std::size_t axis : shuffled(space.size(), draws, t, 1)) {
            const std::size_t from = first[axis][t], half = levels / 2;
            point.role.moved = static_cast<std::int32_t>(axis);
            if (space[axis] == 0) {
                point.at[axis] = part_of(from < half ? from + half : from - half);
                point.role.step = from < half ? part_of(half) : -part_of(half);
            } else {
                const double other = draws.uniform(SampleStream::target, static_cast<std::uint32_t>(axis),
                                                   static_cast<std::uint32_t>(t));
                const auto further = 1 + static_cast<std::size_t>(other * static_cast<double>(space[axis] - 1));
                point.at[axis] = static_cast<double>((from + further) % space[axis]);
                point.role.step = 1;
            }
            sample.push_back(point);
        }
    }
    return sample;
}

}  // namespace multivector
