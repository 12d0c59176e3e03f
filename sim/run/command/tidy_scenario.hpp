// The scenario of a result file as a table: every parameter with its value, its unit, its range and where it is from.
#pragma once

#include <string>
#include <vector>

#include "codebook.hpp"
#include "scenario_reader.hpp"
#include "tidy_tables.hpp"

namespace multivector {

/// One row per parameter in the order of the parameter table; then the points of every path, and the borders.
Codebook parameter_sheet(const LoadedScenario& loaded);

/// What the columns of parameter_sheet are.
std::vector<TidyColumn> parameter_sheet_columns();

/// The parameters of these keys. Throws InputError for a key that the scenario does not have, with the nearest.
std::vector<RepeatedParameter> repeated_parameters(const Scenario& scenario, const std::vector<std::string>& keys);

}  // namespace multivector
