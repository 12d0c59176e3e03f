// An experiment's design: which worlds are simulated with the same luck, and what sets them apart.
//
// A design is a base scenario and axes. A level of an axis is a few assignments, or another scenario file; a row of the
// design takes one level of each axis. All rows share every replication's luck, so any contrast of rows is paired.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "choices.hpp"
#include "sample.hpp"

namespace multivector {

/// twin: one axis of two levels. factorial: any number of those. grid: any number of levels. list: the rows themselves.
/// ablate: mechanisms switched off, one at a time or in every combination. placebo: worlds in which there should be no
/// effect. lhs, sobol, morris, saltelli: a sample of the space that the axes span (sample.hpp), every point of it
/// crossed with the worlds of an effect where one is named.
enum class DesignKind : std::uint8_t { twin, factorial, grid, list, ablate, placebo, lhs, sobol, morris, saltelli };
template <>
inline constexpr std::array<std::string_view, 10> names_of<DesignKind>{
    "twin", "factorial", "grid", "list", "ablate", "placebo", "lhs", "sobol", "morris", "saltelli"};
constexpr bool is_sampled(DesignKind kind) { return kind >= DesignKind::lhs; }

/// What an axis is there for. effect: what changes between the two worlds of a pair. moderator: what may amplify that
/// effect. context: what the answer should not hang on. mechanism: on, or off. placebo: where no effect should be.
/// cell: a column of a list. sampled: its levels are where the points of a sample lie.
enum class AxisRole : std::uint8_t { effect, moderator, context, mechanism, placebo, cell, sampled };
template <>
inline constexpr std::array<std::string_view, 7> names_of<AxisRole>{"effect",  "moderator", "context", "mechanism",
                                                                    "placebo", "cell",      "sampled"};

/// At most so many of each; a row is a world of its own. Of an axis that is sampled over a range every point may be a
/// level.
inline constexpr std::size_t most_design_axes = 256, most_design_levels = 20'000, most_design_rows = 100'000;

struct DesignLevel {
    std::string label;
    std::vector<std::string> assignments;  ///< key=value
    std::string scenario;                  ///< a file, relative to the design's folder; empty for the base

    bool operator==(const DesignLevel&) const = default;
};

struct DesignAxis {
    std::string name;
    AxisRole role;
    std::vector<DesignLevel> levels;

    bool operator==(const DesignAxis&) const = default;
};

/// A row's level of each axis.
using DesignRow = std::vector<std::size_t>;

struct Design {
    DesignKind kind = DesignKind::twin;
    std::string title;
    std::string scenario;  ///< the base, relative to the design's folder
    std::uint64_t seed = 1;
    std::uint32_t replications = 100;
    std::vector<DesignAxis> axes;
    std::vector<DesignRow> rows;
    std::vector<PointRole> points;  ///< of a sample, one after the other, each with as many rows as all others
    std::map<std::string, double> smallest_effect;  ///< of interest, by variable

    /// What sets a row apart, in the order of the axes.
    std::vector<std::string> assignments(const DesignRow& row) const;
    /// The file that a row runs; the base unless a level names another.
    const std::string& scenario_of(const DesignRow& row) const;
    /// How many rows each point of a sample has.
    std::size_t rows_of_point() const { return points.empty() ? 0 : rows.size() / points.size(); }
    /// "connectivity_demand 1, rivals off".
    std::string label(const DesignRow& row) const;
};

/// A scenario file that rows start from.
struct BaseScenario {
    std::string name;  ///< as the design names it
    std::string verbatim, resolved;
};

/// The world of a row: a base with assignments.
struct DesignWorld {
    std::size_t base = 0;
    std::vector<std::string> assignments;
    std::string resolved_sha256;  ///< of the row's scenario with every parameter
};

/// A design with everything that its rows need to run again, without the files that it came from.
struct DesignRecord {
    Design design;
    std::string verbatim;             ///< the design file
    std::vector<BaseScenario> bases;  ///< the design's own scenario first
    std::vector<DesignWorld> worlds;  ///< one per row
};

/// What scenario files are called as levels: the name without folder and ending, with as many folders before it as tell
/// files of one name apart; the whole path where that does not.
std::vector<std::string> scenario_labels(const std::vector<std::string>& files);

/// How many rows crossed() would give, without making them; at most some number beyond any that is allowed.
std::size_t crossed_rows(const std::vector<DesignAxis>& axes, std::size_t most_off);

/// Every combination of levels, the first axis changing fastest; of mechanisms only those with at most `most_off` of
/// them off (level 1).
std::vector<DesignRow> crossed(const std::vector<DesignAxis>& axes, std::size_t most_off);

}  // namespace multivector
