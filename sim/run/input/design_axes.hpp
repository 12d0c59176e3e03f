// The axes of a design while it is read: their levels, and where each stands.
#pragma once

#include <string>
#include <vector>

#include "design.hpp"
#include "yaml_tree.hpp"

namespace multivector {

/// Every fault throws InputError.
class DesignAxes {
 public:
    /// `source` must outlive it.
    explicit DesignAxes(const SourceText& source) : source_(source) {}

    /// An axis without levels yet.
    void begin(const YamlNode& key, AxisRole role);

    /// An axis with its levels: a list of values, a range with points, or levels with names of their own.
    void read(const YamlEntry& entry, AxisRole role);

    /// An axis of two levels: on, and off by what the entry sets.
    void read_mechanism(const YamlEntry& entry);

    /// A level of the last axis.
    void add(DesignLevel level, Position position);
    /// The same by what the entry sets, "absent: {partners.Russia.present: off}".
    void add_named(const YamlEntry& entry);

    /// The cells of a list's column, one for each row: the position of each cell's level. `at`: where the list is
    /// named.
    std::vector<std::size_t> read_cells(std::size_t axis, const std::vector<std::string>& cells, Position at);

    const std::vector<DesignAxis>& all() const { return axes_; }
    const std::vector<std::vector<Position>>& places() const { return places_; }

 private:
    void add_range(const YamlNode& node);
    void add_list(const YamlNode& node);
    void require_label(const std::string& label, Position position) const;
    std::string assignment(const std::string& key, const std::string& value, Position position) const;

    const SourceText& source_;
    std::vector<DesignAxis> axes_;
    std::vector<std::vector<Position>> places_;  ///< of each axis's levels
};

}  // namespace multivector
