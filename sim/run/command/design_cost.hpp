// What simulating a design would take: estimates, before anything is started.
#pragma once

#include <iosfwd>
#include <string>

#include "design_reader.hpp"

namespace multivector {

/// The lines that validate says of a design below its first: points, runs, memory, time, and the size of the result.
void print_design_cost(std::ostream& out, const LoadedDesign& loaded);

/// What a run of the design takes on one thread [s], from a few just now. Throws what a run that fails throws.
double seconds_of_a_run(const LoadedDesign& loaded);

/// Such as "4.2 min".
std::string rough_time(double seconds);

}  // namespace multivector
