// /design: the design that a file's realisations belong to, with all that its rows need to run again.
#pragma once

#include "design.hpp"
#include "hdf5_handle.hpp"

namespace multivector::hdf5 {

/// Along design_row: row_<axis> (the level, a number where all levels of the axis are), level_of_<axis>, base_of_row,
/// assignments_of_row and sha256_of_row (of the scenario with every parameter). Along axis: axis_role. Along level: its
/// label, axis, assignments and scenario. Along scenario: the base scenarios as written and resolved. Along outcome:
/// smallest_effect.
void write_design(hid_t file, const DesignRecord& record);

bool has_design(hid_t file);

/// Throws Error when /design is not as write_design wrote it, or not the design that its own text says; of a list,
/// whose rows stand in another file, when no list could be so.
DesignRecord read_design_record(hid_t file);

}  // namespace multivector::hdf5
