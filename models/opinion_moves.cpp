// Opinion moves over the map of regions, rumours strike, protests burst and concessions follow.
#include "cascade.hpp"
#include "deals.hpp"

namespace multivector {

namespace {

/// National shocks that need no local project behind them. Each has a strength of its own.
void rumours_strike(World& world, const Setting& setting, const Luck& luck, int step) {
    const auto t = static_cast<std::uint32_t>(world.tick), first = static_cast<std::uint32_t>(step) * 4096;
    std::array<UniformPair, max_partners> draws;  // drawn together: the generator's steps overlap
    for (std::uint32_t p = 0; p < static_cast<std::uint32_t>(setting.partners); ++p)
        draws[p] = luck.pair(Stream::rumour, t, p, first);
    for (int p = 0; p < setting.partners; ++p) {
        const UniformPair& pair = draws[static_cast<std::size_t>(p)];
        const int count = poisson(setting.decay.no_rumour, setting.decay.mean_rumours, pair.first);
        if (count == 0 || setting.present(p) <= 0) continue;
        double strength = 0.5 + pair.second;
        for (int i = 1; i < count; ++i)
            strength +=
                0.5 + luck.pair(Stream::rumour, t, static_cast<std::uint32_t>(p), first + static_cast<std::uint32_t>(i))
                          .second;
        const double suspicion = setting.scenario.partners[static_cast<std::size_t>(p)].partner.suspicion;
        const double shock = strength * suspicion * setting.scenario.opinion.rumour;
        world.now.rumours += count;
        for (int r = 0; r < setting.regions; ++r) shift_attitude(world, p, r, shock);
        record_event(world, {world.tick, EventKind::rumour, p, -1, -1, -1, shock});
    }
}

/// Rumours that the scenario dates, in place of luck.
void news_breaks(World& world, const Setting& setting, int step) {
    if (setting.news.empty()) return;
    const PartnerArray& news = setting.news[static_cast<std::size_t>(world.tick * setting.opinion_steps + step)];
    const double length = setting.dt / setting.opinion_steps;
    for (int p = 0; p < setting.partners; ++p) {
        if (news(p) == 0) continue;
        const double suspicion = setting.scenario.partners[static_cast<std::size_t>(p)].partner.suspicion;
        const double shock = news(p) * length * suspicion * setting.scenario.opinion.rumour;
        for (int r = 0; r < setting.regions; ++r) shift_attitude(world, p, r, shock);
    }
}

/// Friedkin and Johnsen (1990): x' = clip(x + step ((1 - alpha) W x + alpha x0 - x) + shift), W the mean of neighbours.
/// `width` partners at most.
template <int width>
void attitudes_spread(World& world, const Setting& setting) {
    using Row = Eigen::Array<double, width, 1>;
    const auto of = [](auto& attitudes, int region) { return attitudes.col(region).template head<width>(); };
    const Opinion& opinion = setting.scenario.opinion;
    const double step = setting.decay.opinion_step, alpha = opinion.stubbornness;
    const bool network = opinion.network == Switch::on;
    world.scratch.leftCols(setting.regions) = world.attitude.leftCols(setting.regions);
    for (int r = 0; r < setting.regions; ++r) {
        const auto region = static_cast<std::size_t>(r);
        const int neighbours = network ? setting.neighbours[region] : 0;
        Row around = of(world.scratch, r);
        if (neighbours > 0) {
            around = of(world.scratch, setting.neighbour[region][0]);
            for (int i = 1; i < neighbours; ++i)
                around += of(world.scratch, setting.neighbour[region][static_cast<std::size_t>(i)]);
            around /= neighbours;
        }
        const Row pull = (1 - alpha) * around + alpha * of(setting.first_attitude, r) - of(world.scratch, r);
        of(world.attitude, r) = (of(world.scratch, r) + step * pull + of(world.shift, r)).max(-1.0).min(1.0);
        of(world.elite, r) += step * (of(setting.first_elite, r) - of(world.elite, r));
    }
}

/// Regions differ in how much hostility it takes before they protest alone.
void draw_thresholds(World& world, const Setting& setting, const Luck& luck) {
    const Protest& protest = setting.scenario.protest;
    for (int r = 0; r < setting.regions; ++r)
        world.protest_threshold[static_cast<std::size_t>(r)] =
            protest.threshold + protest.spread * luck.normal(Stream::threshold, 0, static_cast<std::uint32_t>(r));
}

/// Share of the population in regions that protest against a partner. Hostility is the negative of attitude.
double protest_against(const World& world, const Setting& setting, int p) {
    std::array<double, max_regions> short_of{};
    for (int r = 0; r < setting.regions; ++r)
        short_of[static_cast<std::size_t>(r)] =
            world.protest_threshold[static_cast<std::size_t>(r)] + world.attitude(p, r);
    const auto regions = static_cast<std::size_t>(setting.regions);
    return cascade({short_of.data(), regions}, {setting.population_share.data(), regions},
                   setting.scenario.protest.contagion);
}

/// How far each partner is from a first region that would protest alone; at or below zero one does.
PartnerArray calm(const World& world, const Setting& setting) {
    PartnerArray least = world.protest_threshold[0] + world.attitude.col(0);
    for (int r = 1; r < setting.regions; ++r)
        least = least.min(world.protest_threshold[static_cast<std::size_t>(r)] + world.attitude.col(r));
    return least;
}

void large_protest(World& world, const Setting& setting, int p, double share, double year) {
    const Protest& protest = setting.scenario.protest;
    world.now.large_protests += 1;
    world.next_large_protest[static_cast<std::size_t>(p)] = year + protest.cooling;
    record_event(world, {world.tick, EventKind::large_protest, p, -1, -1, -1, share});
    for (int r = 0; r < setting.regions; ++r)
        if (world.attitude(p, r) < 0) world.attitude(p, r) *= 1 - protest.relief;
    if (protest.concessions == Switch::off) return;
    world.owed_content(p) = std::min(1.0, world.owed_content(p) + protest.concession);
    world.now.concessions_won += 1;
    record_event(world, {world.tick, EventKind::concession, p, -1, -1, -1, world.owed_content(p)});
}

void protests_burst(World& world, const Setting& setting, double year) {
    world.owed_content *= setting.decay.concession_kept;
    const PartnerArray far = calm(world, setting);
    for (int p = 0; p < setting.partners; ++p) {
        if (far(p) > 0 || setting.present(p) <= 0) continue;
        const double share = std::min(1.0, protest_against(world, setting, p));
        if (share <= 0) continue;
        world.now.protest_share = std::max(world.now.protest_share, share);
        record_event(world, {world.tick, EventKind::protest, p, -1, -1, -1, share});
        const bool rested = year + 1e-9 * setting.dt >= world.next_large_protest[static_cast<std::size_t>(p)];
        if (rested && share >= setting.scenario.protest.large) large_protest(world, setting, p, share, year);
    }
}

}  // namespace

void opinion_moves(World& world, const Setting& setting, const Luck& luck) {
    const bool moves = setting.scenario.opinion.moves == Switch::on;
    const bool protests = setting.scenario.protest.present == Switch::on;
    if (world.tick == 0) draw_thresholds(world, setting, luck);
    const int steps = setting.opinion_steps;
    const double length = setting.dt / steps;
    if (steps > 1) world.gathered = world.shift /= steps;  // what the tick's deals did is felt in all of its steps
    for (int step = 0; step < steps; ++step) {
        if (step > 0) world.shift = world.gathered;
        if (moves) {
            rumours_strike(world, setting, luck, step);
            news_breaks(world, setting, step);
            setting.partners <= 4 ? attitudes_spread<4>(world, setting)
                                  : attitudes_spread<max_partners>(world, setting);
        }
        if (protests) protests_burst(world, setting, world.year + (step - (steps - 1) / 2.0) * length);
    }
    world.shift.setZero();
}

}  // namespace multivector
