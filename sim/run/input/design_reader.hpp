// Design files (YAML) made into a Design, and its rows into worlds that can run.
//
// Every fault throws InputError, which points at the place in the design and names the nearest valid key or the range.
#pragma once

#include <filesystem>

#include "design.hpp"
#include "scenario_reader.hpp"
#include "world.hpp"

namespace multivector {

struct LoadedDesign {
    DesignRecord record;
    std::vector<Setting> settings;  ///< one per row
};

/// At most this many rows: each is a world of its own.
inline constexpr std::size_t most_design_rows = 20'000;

/// A design with where in its text everything stands.
struct PlacedDesign {
    Design design;
    SourceText source;
    Position scenario;
    std::vector<std::vector<Position>> levels;  ///< of each axis
};

PlacedDesign read_placed_design(const std::filesystem::path& file);
Design read_design(const std::filesystem::path& file);

/// Whether a file is a design: a mapping with the key `kind`. Throws InputError when it cannot be read as YAML.
bool is_design(const std::filesystem::path& file);

/// Reads a design and prepares the world of every row.
LoadedDesign load_design(const std::filesystem::path& file);

/// Levels that change no parameter: where an axis stands at one of them, every row is the same world as where it stands
/// at its first. "linkage: off is the same world as on".
std::vector<std::string> idle_levels(const LoadedDesign& loaded);

/// The world of a row, from its base as resolved. Throws InputError.
LoadedScenario load_row(const BaseScenario& base, const std::vector<std::string>& assignments);

/// The settings of all rows of a recorded design. Throws InputError that names `file` when a row is not what it was.
std::vector<Setting> prepare_rows(const DesignRecord& record, const std::string& file);

}  // namespace multivector
