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

Project arise(World& world, const Setting& setting, const Luck& luck, int sector, int index) {
    const auto s = static_cast<std::size_t>(sector);
    const auto t = static_cast<std::uint32_t>(world.tick), round = static_cast<std::uint32_t>(index);
    const UniformTriple draw = luck.triple(Stream::project, t, static_cast<std::uint32_t>(sector), round);
    const Sector& row = setting.scenario.sectors[s].sector;
    const Projects& projects = setting.scenario.projects;
    return {.id = world.next_project++,
            .born = world.tick,
            .sector = sector,
            .index = index,
            .region = place(setting, s, draw.first_coarse),
            .size = projects.size_scale * row.size_median * portable_exp(row.size_sigma * normal_quantile(draw.fine)),
            .queue_luck = draw.second_coarse,
            .next_talk = world.year,
            .last_chance = world.year + projects.lifetime};
}

}  // namespace

void projects_arise(World& world, const Setting& setting, const Luck& luck) {
    const auto first_new = static_cast<std::ptrdiff_t>(world.open.size());
    std::array<double, max_sectors> uniform;  // drawn together: the generator's steps overlap
    const auto t = static_cast<std::uint32_t>(world.tick);
    for (std::uint32_t s = 0; s < static_cast<std::uint32_t>(setting.sectors); ++s)
        uniform[s] = luck.uniform(Stream::arrivals, t, s);
    for (int s = 0; s < setting.sectors; ++s) {
        const int count =
            poisson(setting.no_arrival(s), setting.mean_arrivals(s), uniform[static_cast<std::size_t>(s)]);
        for (int index = 0; index < count; ++index) world.open.push_back(arise(world, setting, luck, s, index));
        world.now.projects_arisen += count;
    }
    // Older projects come to the table first; among those of one tick the order is their own luck, so that no sector or
    // partner is privileged when capital is short.
    std::sort(world.open.begin() + first_new, world.open.end(),
              [](const Project& a, const Project& b) { return a.queue_luck < b.queue_luck; });
}

}  // namespace multivector
