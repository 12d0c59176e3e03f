// What each row of a sampled design is there for, in /design of a result file.
#pragma once

#include "design.hpp"
#include "hdf5_along.hpp"

namespace multivector::hdf5 {

void write_points(const Along& rows, const Design& design);

/// None of a design that is not sampled. Throws Error when rows do not make whole points.
std::vector<PointRole> read_points(hid_t file, DesignKind kind, std::size_t rows);

}  // namespace multivector::hdf5
