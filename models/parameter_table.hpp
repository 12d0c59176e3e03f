// The whole parameter table: its rows, the proof that every field of every block has exactly one, and `visit`, the one
// list of where every block of a scenario stands.
#pragma once

#include <cstddef>
#include <string>
#include <type_traits>

#include "actor_parameters.hpp"
#include "parameters.hpp"
#include "process_parameters.hpp"

namespace multivector {

static_assert(covers_every_field(headline_rows) && covers_every_field(clock_rows) && covers_every_field(path_rows) &&
              covers_every_field(oil_rows) && covers_every_field(fund_rows) && covers_every_field(corridor_rows));
static_assert(covers_every_field(projects_rows) && covers_every_field(bargaining_rows) &&
              covers_every_field(domestic_rows) && covers_every_field(implementation_rows) &&
              covers_every_field(economy_rows) && covers_every_field(opinion_rows) &&
              covers_every_field(protest_rows) && covers_every_field(learning_rows));
static_assert(covers_every_field(partner_rows) && covers_every_field(sector_rows) && covers_every_field(region_rows) &&
              covers_every_field(route_rows) && covers_every_field(partner_sector_rows) &&
              covers_every_field(region_sector_rows) && covers_every_field(region_partner_rows));

/// Calls f(place, block, rows) for every block of a scenario, const or not, in a fixed order. `place` is the dotted key
/// under which the block stands, "" for the top level: "fund", "partners.China", "partners.China.connectivity.transit",
/// "partners.China.sectors.energy", "regions.Atyrau.attitudes.China". A row's full key is place + "." + row.key.
template <class AnyScenario, class Visitor>
void visit(AnyScenario& scenario, Visitor&& f) {
    f(std::string(), scenario.headline, headline_rows);
    f(std::string("clock"), scenario.clock, clock_rows);
    f(std::string("oil"), scenario.oil, oil_rows);
    f(std::string("oil.price"), scenario.oil_price.path, path_rows);
    f(std::string("oil.output"), scenario.oil_output.path, path_rows);
    f(std::string("fund"), scenario.fund, fund_rows);
    f(std::string("corridor"), scenario.corridor, corridor_rows);
    f(std::string("projects"), scenario.projects, projects_rows);
    f(std::string("bargaining"), scenario.bargaining, bargaining_rows);
    f(std::string("domestic"), scenario.domestic, domestic_rows);
    f(std::string("implementation"), scenario.implementation, implementation_rows);
    f(std::string("economy"), scenario.economy, economy_rows);
    f(std::string("opinion"), scenario.opinion, opinion_rows);
    f(std::string("protest"), scenario.protest, protest_rows);
    f(std::string("learning"), scenario.learning, learning_rows);
    for (auto& sector : scenario.sectors) f("sectors." + sector.name, sector.sector, sector_rows);
    for (auto& route : scenario.routes) {
        f("routes." + route.name, route.route, route_rows);
        f("routes." + route.name + ".cost", route.cost.path, path_rows);
    }
    for (auto& partner : scenario.partners) {
        const std::string place = "partners." + partner.name;
        f(place, partner.partner, partner_rows);
        f(place + ".connectivity.transit", partner.transit.path, path_rows);
        f(place + ".connectivity.credit", partner.credit.path, path_rows);
        f(place + ".finance", partner.finance.path, path_rows);
        f(place + ".news", partner.news.path, path_rows);
        for (std::size_t s = 0; s < scenario.sectors.size(); ++s)
            f(place + ".sectors." + scenario.sectors[s].name, partner.sectors[s], partner_sector_rows);
    }
    for (auto& region : scenario.regions) {
        const std::string place = "regions." + region.name;
        f(place, region.region, region_rows);
        for (std::size_t s = 0; s < scenario.sectors.size(); ++s)
            f(place + ".sectors." + scenario.sectors[s].name, region.sectors[s], region_sector_rows);
        for (std::size_t p = 0; p < scenario.partners.size(); ++p)
            f(place + ".attitudes." + scenario.partners[p].name, region.attitudes[p], region_partner_rows);
    }
}

/// The path with its record and its points. `visit` hands out a path as the Path with which its PathInput begins.
inline PathInput& path_input_of(Path& path) {
    static_assert(offsetof(PathInput, path) == 0 && std::is_standard_layout_v<PathInput>,
                  "a PathInput can be found from the Path it begins with");
    return reinterpret_cast<PathInput&>(path);
}
inline const PathInput& path_input_of(const Path& path) { return reinterpret_cast<const PathInput&>(path); }

/// The unit of the path at a place of `visit`, which its rows `level` and `before` and its points have. Empty when no
/// path stands there.
constexpr std::string_view path_unit(std::string_view place) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> units{{
        {"oil.price", "USD/barrel at 2020 prices"},
        {"oil.output", "million t/year"},
        {".cost", "USD/t at 2020 prices"},
        {".connectivity.transit", "million t/year"},
        {".connectivity.credit", "USD billion/year at 2020 prices"},
        {".finance", "USD billion/year at 2020 prices"},
        {".news", "year-1"},
    }};
    for (const auto& [ending, unit] : units)
        if (place.ends_with(ending)) return unit;
    return "";
}

}  // namespace multivector
