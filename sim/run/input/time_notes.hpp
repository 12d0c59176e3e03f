// What a scenario's years say that its author may not have meant.
#pragma once

#include <string>
#include <vector>

#include "scenario.hpp"

namespace multivector {

/// One sentence each, none for most scenarios: records and points that the clock leaves by half a year or more, so that
/// their first or last value is held, longest first and at most `most` by name; steps and a fund that the clock never
/// reaches.
std::vector<std::string> time_notes(const Scenario& scenario, std::size_t most);

}  // namespace multivector
