// What simulating a design would take: estimates, before anything is started.
#pragma once

#include <iosfwd>

#include "design_reader.hpp"

namespace multivector {

/// The lines that validate says of a design below its first: points, runs, memory, time, and the size of the result.
void print_design_cost(std::ostream& out, const LoadedDesign& loaded);

}  // namespace multivector
