// What simulating a design would take: estimates, before anything is started.
#pragma once

#include <iosfwd>
#include <string>

#include "design_reader.hpp"

namespace multivector {

/// The lines that validate says of a design below its first: points, runs, memory, time, and the size of the result.
void print_design_cost(std::ostream& out, const LoadedDesign& loaded);

struct RunCost {
    double seconds = 0;   ///< on one thread
    std::string failure;  ///< row and reason of the first that failed; empty when none did
};

/// What a run of the design takes, from a few just now.
RunCost cost_of_a_run(const LoadedDesign& loaded);

/// Such as "4.2 min".
std::string rough_time(double seconds);

}  // namespace multivector
