// The economy responds: capital, capability, exports by stage, the exchange rate and product.
#include "corridor.hpp"
#include "processes.hpp"

namespace multivector {

namespace {

using Stages = std::array<double, names_of<Stage>.size()>;

/// What stands at the middle of a tick, on which its flows are earned: the mean of what stood before it and after it.
struct AtWork {
    SectorArray capital, capability;
    double corridor;
};

AtWork capital_and_capability(World& world, const Setting& setting) {
    const Economy& economy = setting.scenario.economy;
    AtWork at_work{world.sector_capital, world.capability, world.corridor_capital};
    world.fund_capital = world.fund_capital * setting.decay.capital_kept + world.completed_by_fund;
    world.completed_by_fund = 0;
    const bool learns = economy.learning_by_doing == Switch::on;
    for (int s = 0; s < setting.sectors; ++s) {
        const Sector& sector = setting.scenario.sectors[static_cast<std::size_t>(s)].sector;
        // The opening stock is kept up by its owners; what projects add wears out.
        const double added = world.sector_capital(s) - sector.opening_capital;
        world.sector_capital(s) = sector.opening_capital + added * setting.decay.capital_kept + world.completed_size(s);
        const double learned = learns ? sector.learning_rate * world.completed_learning(s) : 0;
        const double policy =
            setting.scenario.fund.policy_learning * setting.policy_part(s) * world.now.policy_spending;
        world.capability(s) = world.capability(s) * setting.decay.capability_kept + learned + policy;
    }
    world.corridor_capital += world.corridor_completed;
    world.corridor_completed = 0;
    at_work.capital = (at_work.capital + world.sector_capital) / 2;
    at_work.capability = (at_work.capability + world.capability) / 2;
    at_work.corridor = (at_work.corridor + world.corridor_capital) / 2;
    return at_work;
}

/// Exports per year before the exchange rate acts.
double potential_exports(const World& world, const Setting& setting, const AtWork& at_work, int s,
                         double trade_factor) {
    const Economy& economy = setting.scenario.economy;
    const auto index = static_cast<std::size_t>(s);
    const Sector& sector = setting.scenario.sectors[index].sector;
    const double capital = portable_pow(at_work.capital(s) / sector.opening_capital, economy.capital_elasticity);
    const double skill = 1 + economy.capability_effect * at_work.capability(s);
    const double price = world.price_factor[index] / setting.opening_price_factor(s);
    double volume = capital * skill * trade_factor;
    if (sector.oil_volume > 0) {
        const double opening = setting.opening_output,
                     current = setting.oil_output[static_cast<std::size_t>(world.tick)];
        volume *= opening > 0 ? portable_pow(current / opening, sector.oil_volume) : 1;
    }
    if (sector.oil_volume < 1) volume *= 1 + (world.gdp_trend - 1) * (1 - sector.oil_volume);
    return sector.opening_exports * volume * price;
}

/// Capability moves part of a sector's exports to the next stage of processing.
void add_by_stage(Stages& stages, const Sector& sector, double exports, double capability, double upgrading) {
    const auto stage = static_cast<std::size_t>(sector.stage);
    const bool last = sector.stage == Stage::consumer || sector.stage == Stage::service;
    const double moved = last ? 0 : exports * upgrading * capability / (1 + upgrading * capability);
    stages[stage] += exports - moved;
    if (!last) stages[stage + 1] += moved;
}

/// Spending oil money appreciates the real exchange rate: at the margin a dollar of it costs `dutch_coefficient`
/// dollars of exports that are not raw (never more than there are).
double exchange_rate_factor(const World& world, const Setting& setting, double other_exports) {
    const Economy& economy = setting.scenario.economy;
    if (economy.dutch_disease == Switch::off || other_exports <= 0) return 1;
    return 1 / (1 + economy.dutch_coefficient * world.windfall / other_exports);
}

void export_goods(World& world, const Setting& setting, const AtWork& at_work) {
    Observation& now = world.now;
    now.trade_cost = trade_cost_at(setting, at_work.corridor);
    const double trade_factor = portable_pow(now.trade_cost, -setting.scenario.economy.trade_elasticity);
    std::array<double, max_sectors> exports{};
    double other = 0;
    for (int s = 0; s < setting.sectors; ++s) {
        const auto index = static_cast<std::size_t>(s);
        exports[index] = potential_exports(world, setting, at_work, s, trade_factor);
        if (setting.scenario.sectors[index].sector.stage != Stage::raw) other += exports[index];
    }
    const double factor = exchange_rate_factor(world, setting, other);
    Stages stages{};
    for (int s = 0; s < setting.sectors; ++s) {
        const auto index = static_cast<std::size_t>(s);
        const Sector& sector = setting.scenario.sectors[index].sector;
        const double amount = exports[index] * (sector.stage == Stage::raw ? 1 : factor) * setting.dt;
        add_by_stage(stages, sector, amount, at_work.capability(s), setting.scenario.economy.upgrading);
        now.exports_by_sector[index] = amount;
        now.exports += amount;
    }
    if (world.traffic > 0) {
        now.transit = world.traffic * corridor_at(setting, world.tick, at_work.corridor).share * setting.dt;
        const double tariffs = now.transit * setting.scenario.corridor.host_tariff / 1000;
        stages[static_cast<std::size_t>(Stage::service)] += tariffs;
        now.exports += tariffs;
    }
    now.exports_raw = stages[0], now.exports_intermediate = stages[1], now.exports_consumer = stages[2];
    now.exports_service = stages[3];
}

/// What a unit of product outside oil is worth abroad, relative to the run's start: a commodity currency follows the
/// oil price that those who trade it remember.
double real_exchange_rate(World& world, const Setting& setting) {
    const double elasticity = setting.scenario.economy.exchange_elasticity;
    if (elasticity == 0) return 1;
    const double away = world.log_price_ratio - world.remembered_log_price;
    const double average = world.remembered_log_price + setting.decay.exchange.on_average * away;
    world.remembered_log_price += setting.decay.exchange.by_the_end * away;
    return portable_exp(elasticity * (average - setting.opening_log_price));
}

}  // namespace

void economy_responds(World& world, const Setting& setting, const Luck&) {
    const Scenario& scenario = setting.scenario;
    world.gdp_trend *= setting.decay.growth;
    const AtWork at_work = capital_and_capability(world, setting);
    export_goods(world, setting, at_work);
    const double oil =
        oil_product(scenario.oil, setting.oil_output[static_cast<std::size_t>(world.tick)], world.oil_price);
    double project_capital = 0;
    for (int s = 0; s < setting.sectors; ++s)
        project_capital += at_work.capital(s) - scenario.sectors[static_cast<std::size_t>(s)].sector.opening_capital;
    world.now.real_exchange_rate = real_exchange_rate(world, setting);
    world.gdp = scenario.economy.opening_gdp * world.gdp_trend * world.now.real_exchange_rate +
                scenario.economy.spending_multiplier * world.windfall +
                scenario.economy.capital_yield * project_capital + oil;
    world.now.gdp = world.gdp;
    world.now.oil_share_of_gdp = oil / world.gdp;
}

}  // namespace multivector
