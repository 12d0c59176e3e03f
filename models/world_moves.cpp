// The world moves: oil price, connectivity demand, route costs and partners' capital.
#include <algorithm>

#include "processes.hpp"

namespace multivector {

namespace {

/// Exact discretisation of an Ornstein-Uhlenbeck process, or a random walk, in the log of the price around its path.
void price_noise(World& world, const Setting& setting, const Luck& luck) {
    const Oil& oil = setting.scenario.oil;
    if (oil.noise == PriceNoise::none) return;
    const double years = world.tick == 0 ? setting.dt / 2 : setting.dt;  // the price is that of the middle of a tick
    const double z = luck.normal(Stream::oil_price, static_cast<std::uint32_t>(world.tick));
    if (oil.noise == PriceNoise::random_walk) {
        // Held within e^30: in ten thousand years a walk leaves every range of numbers.
        world.oil_noise = std::clamp(world.oil_noise + oil.volatility * std::sqrt(years) * z, -30.0, 30.0);
        return;
    }
    const double kept = portable_exp(-oil.mean_reversion * years);
    world.oil_noise =
        kept * world.oil_noise + oil.volatility * std::sqrt((1 - kept * kept) / (2 * oil.mean_reversion)) * z;
}

}  // namespace

void world_moves(World& world, const Setting& setting, const Luck& luck) {
    const auto t = static_cast<std::size_t>(world.tick);
    price_noise(world, setting, luck);
    world.oil_price = setting.oil_price[t];
    if (world.oil_noise != 0) world.oil_price *= portable_exp(world.oil_noise);
    world.log_price_ratio = log_price_ratio(setting.scenario.oil, world.oil_price);
    for (std::size_t s = 0; s < static_cast<std::size_t>(setting.sectors); ++s) {
        const double passthrough = setting.scenario.sectors[s].sector.price_passthrough;
        world.price_factor[s] = passthrough == 0 ? 1 : portable_exp(passthrough * world.log_price_ratio);
    }
    world.transit = setting.transit[t];
    world.traffic = 0;
    for (int p = 0; p < setting.partners; ++p) world.traffic += world.transit(p);
    world.capital =
        world.capital * setting.capital_kept + (setting.credit[t] + setting.finance[t]) * setting.capital_years;
}

}  // namespace multivector
