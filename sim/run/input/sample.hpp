// Samples of a space of axes: Latin hypercubes, Sobol points, Morris's trajectories and Saltelli's matrices.
//
// Each is a pure function of its arguments, the same on every machine. Its luck is Philox's, in streams that no model
// draws from, so that a design and the runs of its worlds may have one seed.
//   Latin hypercube: McKay, Beckman and Conover (1979).
//   Sobol: direction numbers of Joe and Kuo (2008), scrambled as Owen (1995) does, the first point kept.
//   Trajectories: Morris (1991). Matrices: Saltelli et al. (2010).
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "table.hpp"

namespace multivector {

/// What a point is there for. point: itself. a, b: a row of the matrices A and B; ab: of A with one column of B. start,
/// step: of a trajectory.
enum class PointPart : std::uint8_t { point, a, b, ab, start, step };
template <>
inline constexpr std::array<std::string_view, 6> names_of<PointPart>{"point", "A", "B", "AB", "start", "step"};

/// From which an analysis computes indices.
struct PointRole {
    static constexpr std::int32_t none = std::numeric_limits<std::int32_t>::min();

    PointPart part = PointPart::point;
    std::int32_t scramble = 0;  ///< which independent sample
    std::int32_t group = 0;     ///< in it, which point; of A, B and AB which row; which trajectory
    std::int32_t moved = none;  ///< the axis that differs: of AB from A, of a step from the point before
    double step = std::numeric_limits<double>::quiet_NaN();  ///< how far it moved [share of a range]; of a choice 1

    bool same(const PointRole& other) const;
};

/// Of each axis how many choices it has; 0 for a range.
using SampleSpace = std::vector<std::size_t>;

struct SamplePoint {
    PointRole role;
    /// Of a range how far from its start [share]; of a choice its position. A sample has every choice of an axis
    /// equally often, as far as they divide it.
    std::vector<double> at;
};
using Sample = std::vector<SamplePoint>;

Sample latin_hypercube(const SampleSpace& space, std::size_t points, std::uint64_t seed);

/// `scrambles` samples of `points` each.
Sample sobol_points(const SampleSpace& space, std::size_t points, std::size_t scrambles, std::uint64_t seed);

/// For each of `points` rows A, B, and A with each column of B.
Sample saltelli_points(const SampleSpace& space, std::size_t points, std::size_t scrambles, std::uint64_t seed);

/// Every axis moves once in a trajectory, in an order of its own: a range by levels / (2 (levels - 1)) over `levels`
/// values [even], a choice to another. Each value is equally often the start, as far as they divide the trajectories.
Sample morris_trajectories(const SampleSpace& space, std::size_t trajectories, std::size_t levels, std::uint64_t seed);

/// The first points of the sequence before it is scrambled, [point][axis], as parts of 2^32.
std::vector<std::vector<std::uint32_t>> plain_sobol(std::size_t axes, std::size_t points);

}  // namespace multivector
