#include "smallest_effects.hpp"

#include <algorithm>

#include "counterfactuals.hpp"
#include "nearest.hpp"
#include "text_file.hpp"
#include "yaml_values.hpp"

namespace multivector {

namespace {

const Observable* measure_called(const std::string& name) {
    const Observable* found = nullptr;
    for_each_measure([&](const Observable& row) {
        if (row.name == name) found = &row;
    });
    return found;
}

std::string actor_word(Shape shape) {
    return shape == Shape::partner ? "partner" : shape == Shape::sector ? "sector" : "region";
}

/// "net_gain_by_partner" of "net_gain_by_partner.China".
std::string measure_in(const std::string& variable) { return variable.substr(0, variable.find('.')); }

void require_measure(const SourceText& source, const YamlNode& key) {
    const std::string name = measure_in(key.text);
    const Observable* measure = measure_called(name);
    if (!measure) {
        std::vector<std::string> names;
        for_each_measure([&](const Observable& row) { names.emplace_back(row.name); });
        fail_at(source, key.position,
                "nothing that is measured is called " + in_quotes(name) + suggestion(name, names, "variable"));
    }
    const bool has_entries = measure->shape != Shape::tick, names_one = key.text.size() > name.size();
    if (has_entries && !names_one)
        fail_at(source, key.position,
                "'" + name + "' has a value for each " + actor_word(measure->shape) + "; say which, as in " + name +
                    ".NAME");
    if (names_one && !has_entries)
        fail_at(source, key.position,
                "'" + name + "' is one number; it has no entry " + in_quotes(key.text.substr(name.size() + 1)));
}

}  // namespace

std::map<std::string, PlacedEffect> read_smallest_effects(const SourceText& source, const YamlNode& node) {
    require_map(source, node, "smallest_effect", "variables with the smallest effect of interest");
    constexpr double most = 1e12;
    std::map<std::string, PlacedEffect> effects;
    for (const YamlEntry& entry : node.entries) {
        require_measure(source, entry.key);
        const std::string key = "smallest_effect." + entry.key.text;
        const auto size = parse_number(require_text(source, entry.value, key));
        if (!size || !(*size > 0 && *size <= most))
            fail_at(source, entry.value.position, "'" + key + "' must be a number above 0, at most 1e12");
        effects[entry.key.text] = {*size, entry.key.position};
    }
    return effects;
}

std::vector<std::string> actors_for(const Scenario& scenario, const std::string& variable) {
    std::vector<std::string> names;
    const auto take = [&](const auto& actors) {
        for (const auto& actor : actors) names.push_back(actor.name);
    };
    const Observable* measure = measure_called(measure_in(variable));
    if (!measure || measure->shape == Shape::tick) return names;
    if (measure->shape == Shape::partner) take(scenario.partners);
    if (measure->shape == Shape::sector) take(scenario.sectors);
    if (measure->shape == Shape::region) take(scenario.regions);
    return names;
}

}  // namespace multivector
