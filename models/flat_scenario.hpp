// A scenario as two plain lists, for wherever YAML is not: a page in a browser, another processor's build of the core.
//
// Both directions walk the parameter table, so no list of fields is kept here and a new parameter is in the flat form
// as soon as it has its row. The form keeps every bit of every number. It belongs to one version of the table: its
// first number says which, and a form of another version is refused instead of being read askew.
#pragma once

#include <string>
#include <vector>

#include "scenario.hpp"

namespace multivector {

struct FlatScenario {
    std::vector<std::string> names;  ///< the title, then every partner, sector, region and route
    /// The table's version; how many partners, sectors, regions, routes and borders; then the values in the order of
    /// `visit`, a choice as its position among its names, each path followed by its record and its points (how many,
    /// then year and value by turns); then the borders as pairs of positions of regions.
    std::vector<double> numbers;
};

/// What lies behind the last partner or sector in a block's fixed arrays is not kept: nothing reads it.
FlatScenario flatten(const Scenario& scenario);

/// The full key of each number of flatten(scenario), as --set knows it: "fund.floor" stands where the value of
/// fund.floor does. Points are "oil.price.record[0].year", "oil.price.record[0].value", and so on. Every key is there
/// once.
std::vector<std::string> flat_keys(const Scenario& scenario);

/// The scenario again, bit for bit. Throws std::invalid_argument, whose message begins with the key at fault and a
/// colon, when a number is missing, too many, outside its row's range, or of another version of the table.
Scenario unflatten(const FlatScenario& flat);

}  // namespace multivector
