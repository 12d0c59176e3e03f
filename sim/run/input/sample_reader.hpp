// The keys by which a design says how the space of its axes is sampled.
#pragma once

#include "design_axes.hpp"

namespace multivector {

/// points, scrambles, trajectories and levels, as far as the kind has them.
struct SampleSize {
    std::size_t points = 0;  ///< trajectories of Morris's kind
    std::size_t scrambles = 1;
    std::size_t levels = 4;
    Position points_at{};

    /// How many points there are of so many axes.
    std::size_t total(DesignKind kind, std::size_t axes) const;
};

/// The keys of a kind beside those that every sampled kind has.
std::vector<std::string> sample_keys(DesignKind kind);

/// Throws InputError. Adds to `notes` what would work better.
SampleSize read_sample_size(const SourceText& source, const YamlNode& root, DesignKind kind,
                            std::vector<std::string>& notes);

/// Adds the points' levels to the sampled axes, which all stand at the end: the points' roles, and each one's levels of
/// those axes. An axis moved is counted over all axes.
std::pair<std::vector<PointRole>, std::vector<DesignRow>> sample_axes(DesignAxes& axes, DesignKind kind,
                                                                      const SampleSize& size, std::uint64_t seed);

}  // namespace multivector
