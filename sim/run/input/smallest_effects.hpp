// `smallest_effect:` of a design: what would be too small to matter, by variable.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenario.hpp"
#include "yaml_tree.hpp"

namespace multivector {

struct PlacedEffect {
    double size;  ///< above 0, in the variable's unit
    Position position;
};

/// Variables are measures of a run ("net_gain"), or an actor's entry of a measure that has one for each
/// ("net_gain_by_partner.China"). Throws InputError for what is neither and for an amount that is not above 0.
std::map<std::string, PlacedEffect> read_smallest_effects(const SourceText& source, const YamlNode& node);

/// The actors whose entry such a variable can be; none for a measure that is one number.
std::vector<std::string> actors_for(const Scenario& scenario, const std::string& variable);

}  // namespace multivector
