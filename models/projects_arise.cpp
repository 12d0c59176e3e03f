// Projects arise. Their number and luck depend on the seed, the tick and the sector alone, never on what anyone
// decides.
#include <algorithm>

#include "processes.hpp"

namespace multivector {

namespace {

/// Poisson by inversion of one uniform, so that more demand for projects only adds to them.
int arrivals(double none, double mean, double uniform) {
    double probability = none, cumulative = none;
    int count = 0;
    while (uniform > cumulative && count < 4096) {
        ++count;
        probability *= mean / count;
        cumulative += probability;
    }
    return count;
}

std::int32_t place(const Setting& setting, std::size_t sector, double uniform) {
    const auto& cumulative = setting.place_cumulative[sector];
    std::int32_t region = 0;
    while (region + 1 < setting.regions && uniform > cumulative[static_cast<std::size_t>(region)]) ++region;
    return region;
}

Project arise(World& world, const Setting& setting, const Luck& luck, int sector, int index) {
    const auto s = static_cast<std::size_t>(sector);
    const auto t = static_cast<std::uint32_t>(world.tick), round = static_cast<std::uint32_t>(index);
    const UniformPair size = luck.pair(Stream::project_size, t, static_cast<std::uint32_t>(sector), round);
    const double where = luck.uniform(Stream::project_place, t, static_cast<std::uint32_t>(sector), round);
    const Sector& row = setting.scenario.sectors[s].sector;
    const Projects& projects = setting.scenario.projects;
    return {.id = world.next_project++,
            .born = world.tick,
            .sector = sector,
            .index = index,
            .region = place(setting, s, where),
            .size = projects.size_scale * row.size_median * portable_exp(row.size_sigma * normal_quantile(size.first)),
            .priority = size.second,
            .next_talk = world.year,
            .last_chance = world.year + projects.lifetime};
}

}  // namespace

void projects_arise(World& world, const Setting& setting, const Luck& luck) {
    const auto first_new = static_cast<std::ptrdiff_t>(world.open.size());
    for (int s = 0; s < setting.sectors; ++s) {
        const double mean = setting.scenario.sectors[static_cast<std::size_t>(s)].sector.rate *
                            setting.scenario.projects.arrival_scale * setting.dt;
        const double uniform =
            luck.uniform(Stream::arrivals, static_cast<std::uint32_t>(world.tick), static_cast<std::uint32_t>(s));
        const int count = arrivals(setting.no_arrival(s), mean, uniform);
        for (int index = 0; index < count; ++index) world.open.push_back(arise(world, setting, luck, s, index));
        world.now.projects_arisen += count;
    }
    // Older projects come to the table first; among those of one tick the order is their own luck, so that no sector or
    // partner is privileged when capital is short.
    std::sort(world.open.begin() + first_new, world.open.end(),
              [](const Project& a, const Project& b) { return a.priority < b.priority; });
}

}  // namespace multivector
