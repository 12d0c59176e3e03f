// Observe: the stocks at the end of the tick join the flows that the processes counted.
#include <algorithm>

#include "concentration.hpp"
#include "deals.hpp"

namespace multivector {

namespace {

void observe_partners(World& world, const Setting& setting) {
    Observation& now = world.now;
    double total = 0;
    for (int p = 0; p < setting.partners; ++p) total += world.equity(p) + world.debt(p);
    std::array<double, max_partners> exposure{};
    for (int p = 0; p < setting.partners; ++p) {
        const auto i = static_cast<std::size_t>(p);
        exposure[i] = world.equity(p) + world.debt(p);
        now.capital_to_hand_by_partner[i] = world.capital(p);
        now.equity_by_partner[i] = world.equity(p);
        now.debt_by_partner[i] = world.debt(p);
        now.exposure_share_by_partner[i] = total > 0 ? exposure[i] / total : 0;
        now.trust_by_partner[i] = world.trust(p);
        now.owed_content_by_partner[i] = world.owed_content(p);
    }
    now.vector_diversity = 1 - normalised_hhi({exposure.data(), static_cast<std::size_t>(setting.partners)});
}

void observe_regions(World& world, const Setting& setting) {
    Observation& now = world.now;
    PartnerArray mean = PartnerArray::Zero();
    for (int r = 0; r < setting.regions; ++r) {
        const auto region = static_cast<std::size_t>(r);
        mean += setting.population_share[region] * world.attitude.col(r);
        double lowest = setting.partners > 0 ? world.attitude(0, r) : 0;
        for (int p = 1; p < setting.partners; ++p) lowest = std::min(lowest, world.attitude(p, r));
        now.lowest_attitude_by_region[region] = lowest;
    }
    for (int p = 0; p < setting.partners; ++p)
        now.attitude_by_partner[static_cast<std::size_t>(p)] = held_within_one(mean(p));
}

void observe_sectors(World& world, const Setting& setting) {
    Observation& now = world.now;
    for (int s = 0; s < setting.sectors; ++s) {
        now.capital_by_sector[static_cast<std::size_t>(s)] = world.sector_capital(s);
        now.capability_by_sector[static_cast<std::size_t>(s)] = world.capability(s);
    }
    const Concentration mix = concentration({now.exports_by_sector.data(), static_cast<std::size_t>(setting.sectors)});
    now.export_diversification = 1 - mix.hhi;
    now.export_theil = mix.theil;
}

}  // namespace

void observe(World& world, const Setting& setting, const Luck&) {
    Observation& now = world.now;
    now.oil_price = world.oil_price;
    now.fund = world.fund;
    now.fund_to_gdp = world.fund / world.gdp;
    now.budget = world.budget;
    now.host_discount_rate = world.host_discount_rate;
    now.corridor_capital = world.corridor_capital;
    now.projects_open = static_cast<double>(world.open.size());
    now.deals_live = static_cast<double>(world.deals.size());
    observe_partners(world, setting);
    observe_regions(world, setting);
    observe_sectors(world, setting);
}

}  // namespace multivector
