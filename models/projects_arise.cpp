// Projects arise. Their number and luck depend on the seed, the tick and the sector alone, never on what anyone
// decides.
#include <algorithm>

#include "processes.hpp"

namespace multivector {

namespace {

std::int32_t place(const Setting& setting, std::size_t sector, double uniform) {
    const auto& cumulative = setting.place_cumulative[sector];
    std::int32_t region = 0;
    while (region + 1 < setting.regions && uniform > cumulative[static_cast<std::size_t>(region)]) ++region;
    return region;
}

Opportunity opportunity(World& world, const Luck& luck, int sector, int index) {
    const UniformTriple draw = luck.triple(Stream::project, static_cast<std::uint32_t>(world.tick),
                                           static_cast<std::uint32_t>(sector), static_cast<std::uint32_t>(index));
    return {draw.second_coarse, draw.fine, draw.first_coarse, world.next_project++, sector, index};
}

Project project_of(const Opportunity& given, const World& world, const Setting& setting) {
    const auto s = static_cast<std::size_t>(given.sector);
    const Sector& row = setting.scenario.sectors[s].sector;
    const Projects& projects = setting.scenario.projects;
    const double spread = portable_exp(row.size_sigma * normal_quantile(given.size_luck));
    return {.id = given.id,
            .born = world.tick,
            .sector = given.sector,
            .index = given.index,
            .region = place(setting, s, given.place_luck),
            .size = projects.size_scale * row.size_median * spread,
            .queue_luck = given.queue_luck,
            .next_talk = world.year,
            .last_chance = world.year + projects.lifetime};
}

}  // namespace

void projects_arise(World& world, const Setting& setting, const Luck& luck) {
    std::array<double, max_sectors> uniform;  // drawn together: the generator's steps overlap
    const auto t = static_cast<std::uint32_t>(world.tick);
    for (std::uint32_t s = 0; s < static_cast<std::uint32_t>(setting.sectors); ++s)
        uniform[s] = luck.uniform(Stream::arrivals, t, s);
    world.opportunities.clear(), world.arisen.clear();
    for (int s = 0; s < setting.sectors; ++s) {
        const int count =
            poisson(setting.no_arrival(s), setting.mean_arrivals(s), uniform[static_cast<std::size_t>(s)]);
        for (int index = 0; index < count; ++index) world.opportunities.push_back(opportunity(world, luck, s, index));
        world.now.projects_arisen += count;
    }
    // Older projects come to the table first; among those of one tick the order is their own luck, so that no sector or
    // partner is privileged when capital is short. What luck gives is put in order before it is a project, which is
    // larger.
    std::sort(world.opportunities.begin(), world.opportunities.end(),
              [](const Opportunity& a, const Opportunity& b) { return a.queue_luck < b.queue_luck; });
    for (const Opportunity& given : world.opportunities) world.arisen.push_back(project_of(given, world, setting));
}

}  // namespace multivector
