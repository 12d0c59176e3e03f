// The parameter table as a tree: every block of one scenario under its place, every row tied to its field.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parameter_table.hpp"

namespace multivector {

/// A row of the parameter table and the field of the scenario it stands for.
struct Field {
    std::string_view key;
    Kind kind;
    double low, high;
    std::string_view unit, symbol, meaning, source, active_when;
    std::span<const std::string_view> names;
    std::function<double()> read;
    std::function<void(double)> write;

    /// Of a path's field, whether "active when" ("shape=step|logistic") names the shape.
    bool acts_under(std::string_view shape) const;

    bool is_switch() const { return names.data() == names_of<Switch>.data(); }
};

/// A block, or a group of blocks ("partners", "connectivity"). Points into its scenario: valid until an actor is added.
struct Place {
    std::string name;  ///< last part of the key
    std::string key;   ///< "partners.China.connectivity"; empty for the top level
    std::vector<Field> fields;
    std::vector<std::unique_ptr<Place>> children;
    PathInput* path = nullptr;  ///< of a path's block
    bool names_actors =
        false;  ///< children carry names that the scenario gives: "partners", "regions.Atyrau.attitudes"

    Field* field(std::string_view wanted);
    Place* child(std::string_view wanted);
    std::vector<std::string> keys() const;  ///< of fields and children
    std::string key_of(std::string_view last) const;
    std::string_view shape() const;  ///< of a path
};

Place make_places(Scenario& scenario);

/// Calls f(full key, place, field) for every row, in the order of `visit`.
void for_each_field(Place& place, const std::function<void(const std::string&, Place&, Field&)>& f);

/// The parts of a dotted key.
std::vector<std::string> parts_of(std::string_view key);

/// The four lists of actors a scenario file may fill, in the order in which names must be known.
struct ActorList {
    std::string_view key, singular;
    int maximum;
    std::vector<std::string> (*names)(const Scenario&);
    void (*add)(Scenario&, const std::string& name);
};

namespace detail {
template <auto list>
std::vector<std::string> names_in(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& actor : scenario.*list) names.push_back(actor.name);
    return names;
}
template <auto list>
void add_to(Scenario& scenario, const std::string& name) {
    (scenario.*list).emplace_back().name = name;
}
}  // namespace detail

inline constexpr std::array actor_lists{
    ActorList{"sectors", "sector", max_sectors, detail::names_in<&Scenario::sectors>,
              detail::add_to<&Scenario::sectors>},
    ActorList{"routes", "route", max_routes, detail::names_in<&Scenario::routes>, detail::add_to<&Scenario::routes>},
    ActorList{"partners", "partner", max_partners, detail::names_in<&Scenario::partners>,
              detail::add_to<&Scenario::partners>},
    ActorList{"regions", "region", max_regions, detail::names_in<&Scenario::regions>,
              detail::add_to<&Scenario::regions>},
};

}  // namespace multivector
