// The axes of a design while it is read: their levels, and where each stands.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "csv.hpp"
#include "design.hpp"
#include "yaml_tree.hpp"

namespace multivector {

/// What an axis that is sampled is sampled over: {from: 0.25, to: 2, scale: log}.
struct AxisRange {
    double from = 0, to = 0;
    bool log = false;
    Position key_at{}, from_at{}, to_at{};

    /// `part` of the way from its start, in twelve digits: what somebody would have written.
    std::string text_at(double part) const;
};

/// Every fault throws InputError.
class DesignAxes {
 public:
    /// All must outlive it. Without a file that others could stand beside, the levels that a table holds are those of
    /// the axis of that name in `held`, or none.
    DesignAxes(const SourceText& source, const std::optional<std::filesystem::path>& file,
               const std::vector<DesignAxis>& held)
        : source_(source), file_(file), held_(held) {}

    /// An axis without levels yet.
    void begin(const YamlNode& key, AxisRole role);

    /// An axis with its levels: a list of values, a range with points, the lines of a CSV file, or levels with
    /// names of their own.
    void read(const YamlEntry& entry, AxisRole role);

    /// An axis that is sampled: a range, whose levels add_sample gives, or levels as above.
    void read_sampled(const YamlEntry& entry);

    /// Of each axis what it is sampled over, where that is a range.
    const std::vector<std::optional<AxisRange>>& ranges() const { return ranges_; }

    /// Levels of the axis for parts of its range; where each part's stands.
    std::vector<std::size_t> add_parts(std::size_t axis, const std::vector<double>& parts);

    /// An axis of two levels: on, and off by what the entry sets.
    void read_mechanism(const YamlEntry& entry);

    /// A level of the last axis.
    void add(DesignLevel level, Position position);
    /// The same by what the entry sets, "absent: {partners.Russia.present: off}".
    void add_named(const YamlEntry& entry);

    /// The cells of a list's column, one for each row: the position of each cell's level. `at`: where the list is
    /// named.
    std::vector<std::size_t> read_cells(std::size_t axis, const std::vector<std::string>& cells, Position at);

    /// A CSV file beside the design, which names it in `node`.
    CsvTable read_table(const YamlNode& node, const std::string& name) const;

    /// Whether an axis has no levels for want of a file.
    bool lack_levels() const;

    const std::vector<DesignAxis>& all() const { return axes_; }
    const std::vector<std::vector<Position>>& places() const { return places_; }

 private:
    AxisRange read_range(const YamlNode& node) const;
    void add_range(const YamlNode& node);
    void add_list(const YamlNode& node);
    void add_lines(const YamlNode& node);
    void add_held(const YamlNode& node);
    void require_label(const std::string& label, Position position) const;
    std::string assignment(const std::string& key, const std::string& value, Position position) const;

    const SourceText& source_;
    const std::optional<std::filesystem::path>& file_;
    const std::vector<DesignAxis>& held_;
    std::vector<DesignAxis> axes_;
    std::vector<std::vector<Position>> places_;  ///< of each axis's levels
    std::vector<std::optional<AxisRange>> ranges_;
    std::set<std::string> labels_;  ///< of the last axis
};

}  // namespace multivector
