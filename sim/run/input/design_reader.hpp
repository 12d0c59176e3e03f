// Design files (YAML) made into a Design, and its rows into worlds that can run.
//
// Every fault throws InputError, which points at the place in the design and names the nearest valid key or the range.
#pragma once

#include <filesystem>
#include <memory>

#include "design_axes.hpp"
#include "row_maker.hpp"

namespace multivector {

/// A level that changes no parameter: every row that has it is the same world as the row that has an earlier level in
/// its place.
struct IdleLevel {
    std::size_t axis, level, twin;  ///< the earlier level

    std::string said(const Design& design) const;  ///< "linkage: off is the same world as on"
};

struct LoadedDesign {
    DesignRecord record;
    std::vector<Setting> settings;  ///< one per row
    std::vector<IdleLevel> idle;
    std::vector<std::string> notes;
};

/// A design with where in its text everything stands.
struct PlacedDesign {
    Design design;
    SourceText source;
    Position scenario;
    std::vector<std::vector<Position>> levels;  ///< of each axis
    std::map<std::string, Position> smallest_effect;
    std::vector<std::optional<AxisRange>> ranges;  ///< of axes that are sampled over one
    std::vector<std::string> notes;                ///< what works, and would work better in another way
};

PlacedDesign read_placed_design(const std::filesystem::path& file);
Design read_design(const std::filesystem::path& file);

/// As read_design for a text at hand, which `name` is what errors call. A list is left without axes and rows: they
/// stand in a file of their own. So do the levels of an axis that names a table: they are those that `held` has of it.
Design read_design_text(std::string_view text, const std::string& name, const std::vector<DesignAxis>& held = {});

/// Whether a file is a design: a mapping with the key `kind`. Throws InputError when it cannot be read as YAML.
bool is_design(const std::filesystem::path& file);

/// Reads a design and prepares the world of every row. Also throws InputError when two axes set the same parameter in a
/// row, and for an idle level of an effect or a moderator: what it would come to is nothing, whatever is simulated.
LoadedDesign load_design(const std::filesystem::path& file);

/// Makes the worlds of rows, reading each scenario that they start from once.
class RowLoader {
 public:
    /// The scenario `base` of `bases`, which must stay what they are; more may be added. Throws InputError.
    const ResolvedScenario& base(const std::vector<BaseScenario>& bases, std::size_t base);
    MadeRow make(const std::vector<BaseScenario>& bases, std::size_t base, const std::vector<std::string>& assignments);

 private:
    RowMaker& maker(const std::vector<BaseScenario>& bases, std::size_t base);

    std::vector<std::unique_ptr<RowMaker>> makers_;
};

/// The world of a row, from its base as resolved. Throws InputError.
LoadedScenario load_row(const BaseScenario& base, const std::vector<std::string>& assignments);

/// The settings of all rows of a recorded design. Throws InputError that names `file` when a row is not what it was.
std::vector<Setting> prepare_rows(const DesignRecord& record, const std::string& file);

}  // namespace multivector
