// The start of a run: a world forgets everything and takes its opening state from the scenario.
#include <algorithm>

#include "processes.hpp"

namespace multivector {

namespace {

void open_partners(World& world, const Setting& setting) {
    for (auto* array : {&world.transit, &world.capital, &world.equity, &world.debt, &world.trust, &world.aspiration,
                        &world.owed_content, &world.talk_size, &world.talk_gain})
        array->setZero();
    for (int p = 0; p < setting.partners; ++p) {
        const Partner& partner = setting.scenario.partners[static_cast<std::size_t>(p)].partner;
        world.equity(p) = partner.opening_equity * setting.present(p);
        world.debt(p) = partner.opening_debt * setting.present(p);
        world.trust(p) = partner.opening_trust;
        world.aspiration(p) = partner.opening_aspiration;
    }
    world.experience.setOnes();
}

void open_sectors(World& world, const Setting& setting) {
    for (auto* array : {&world.sector_capital, &world.capability, &world.host_aspiration, &world.table_size,
                        &world.table_gain, &world.completed_size, &world.completed_learning})
        array->setZero();
    for (int s = 0; s < setting.sectors; ++s) {
        world.sector_capital(s) = setting.scenario.sectors[static_cast<std::size_t>(s)].sector.opening_capital;
        world.host_aspiration(s) = setting.scenario.learning.opening_aspiration;
    }
    world.host_experience.setOnes();
}

/// The fund's opening balance times the capacity knob; the rest of that oil money is the budget's.
void open_accounts(World& world, const Setting& setting) {
    const Scenario& scenario = setting.scenario;
    const double capacity = scenario.fund.present == Switch::on ? scenario.headline.oil_fund_capacity : 0;
    world.fund = scenario.fund.opening_balance * capacity;
    world.budget = scenario.fund.opening_balance - world.fund;
    world.gdp = scenario.economy.opening_gdp + oil_product(scenario.oil, setting.opening_output, setting.opening_price);
    world.remembered_log_price = setting.opening_log_price;
    world.host_discount_rate = scenario.bargaining.host_discount_rate;
}

}  // namespace

void begin(World& world, const Setting& setting) {
    world.tick = 0;
    world.discount = portable_exp(-setting.scenario.bargaining.host_discount_rate * setting.dt / 2);
    world.oil_noise = world.discretionary_rate = world.fund_capital = world.policy_spending = world.windfall = 0;
    world.corridor_capital = world.corridor_completed = world.corridor_committed = world.fund_reserved =
        world.completed_by_fund = 0;
    world.gdp_trend = portable_exp(-setting.scenario.economy.growth * setting.dt / 2);
    world.corridor_known_in = -1;
    world.next_project = 0;
    open_partners(world, setting);
    open_sectors(world, setting);
    open_accounts(world, setting);
    world.attitude = setting.first_attitude;
    world.elite = setting.first_elite;
    world.shift.setZero();
    world.next_large_protest.fill(setting.scenario.clock.start_year);
    world.open.clear(), world.opportunities.clear(), world.arisen.clear();
    world.agreements.clear();
    world.deals.clear();
    world.now = Observation{};
    if (world.log != nullptr) world.log->clear();
}

}  // namespace multivector
