// The formulas of models/ODD.md 7.7 and 7.8, each worked out a second time here.
#include <doctest/doctest.h>

#include <cmath>

#include "corridor.hpp"
#include "deals.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

using doctest::Approx;

/// The middle of the first tick of a world whose stocks do not wear out: what stands at its start stands all along.
struct Economics {
    explicit Economics(const Scenario& scenario) : setting(prepare(scenario)) {
        begin(world, setting);
        world_moves(world, setting, luck);
    }
    const Observation& respond() {
        economy_responds(world, setting, luck);
        return world.now;
    }
    Setting setting;
    World world;
    Luck luck{1, 0};
};

/// Stages S0 raw, S1 intermediate, S2 consumer; S0 sells at the oil price. Nothing wears out.
Scenario lasting() {
    Scenario scenario = small_scenario();
    scenario.economy.capital_depreciation = scenario.economy.capability_depreciation = 0;
    return scenario;
}

}  // namespace

TEST_CASE("ODD 7.7: exports are those of the opening times capital, capability, price, trade cost and volume") {
    Scenario scenario = lasting();
    scenario.oil_price.path = {.shape = PathShape::step, .level = 90, .before = 60, .year = 1995.1};  // after it opened
    scenario.oil_output.path = {.shape = PathShape::step, .level = 66, .before = 60, .year = 1995.1};
    const Economy& economy = scenario.economy;
    Economics world(scenario);
    world.world.sector_capital(0) = 6, world.world.sector_capital(1) = 12;
    world.world.capability(1) = 0.5, world.world.corridor_capital = 4, world.world.gdp_trend = 1.3;
    const Observation& now = world.respond();
    const double trend = 1.3 * std::exp(economy.growth * 0.25), cut = scenario.corridor.trade_cost_cut;
    const double trade = 1 - cut * (1 - std::exp(-4 / scenario.corridor.capital_scale));
    CHECK(now.trade_cost == Approx(trade));
    const double cheaper = std::pow(trade, -economy.trade_elasticity);
    // opening capital is 3, opening exports 1 a year; all oil volume in S0, all trend elsewhere
    CHECK(now.exports_by_sector[0] == Approx(0.25 * std::pow(2, economy.capital_elasticity) * 1.5 * cheaper * 1.1));
    CHECK(now.exports_by_sector[1] == Approx(0.25 * std::pow(4, economy.capital_elasticity) * cheaper * trend *
                                             (1 + economy.capability_effect * 0.5)));
    CHECK(now.exports_by_sector[2] == Approx(0.25 * cheaper * trend));
    const double moved = now.exports_by_sector[1] * economy.upgrading * 0.5 / (1 + economy.upgrading * 0.5);
    CHECK(now.exports_raw == Approx(now.exports_by_sector[0]));
    CHECK(now.exports_intermediate == Approx(now.exports_by_sector[1] - moved));
    CHECK(now.exports_consumer == Approx(now.exports_by_sector[2] + moved));
    const double share = corridor_at(world.setting, 0, 4).share;
    CHECK(now.transit == Approx(15 * share * 0.25));
    CHECK(now.exports_service == Approx(now.transit * scenario.corridor.host_tariff / 1000));
    scenario.corridor.trade_gain = Switch::off;
    Economics without(scenario);
    without.world.corridor_capital = 4;
    CHECK(without.respond().trade_cost == 1);
}

TEST_CASE("ODD 7.7: a dollar of oil money spent costs delta dollars of exports at the margin, none of them raw") {
    const Scenario scenario = lasting();
    const auto exports = [&](double spent, Switch disease) {
        Scenario other = scenario;
        other.economy.dutch_disease = disease;
        Economics world(other);
        world.world.windfall = spent;
        const Observation& now = world.respond();
        return std::pair{now.exports_raw * 4, (now.exports_by_sector[1] + now.exports_by_sector[2]) * 4};
    };
    const auto [raw, before] = exports(0, Switch::on);
    CHECK((before - exports(1e-6, Switch::on).second) / 1e-6 ==
          Approx(scenario.economy.dutch_coefficient).epsilon(1e-4));
    double last = before;
    for (const double spent : {1., 10., 1000., 1e6}) {
        const auto [raw_then, then] = exports(spent, Switch::on);
        CHECK(raw_then == raw);
        CHECK(then > 0);
        CHECK(then < last);
        CHECK(before - then < scenario.economy.dutch_coefficient * spent);
        CHECK(exports(spent, Switch::off).second == before);
        last = then;
    }
}

TEST_CASE(
    "ODD 7.7: product is the trend, a multiple of oil money spent, the yield of what projects added, and the value of "
    "the oil") {
    const Scenario scenario = lasting();
    const Economy& economy = scenario.economy;
    Economics world(scenario);
    world.world.windfall = 2, world.world.sector_capital(2) += 7;
    const Observation& now = world.respond();
    const double oil = 60 * 7.6 * 70 / 1000;  // rent, and costs: wages and services
    CHECK(now.gdp == Approx(economy.opening_gdp * std::exp(economy.growth * 0.125) + economy.spending_multiplier * 2 +
                            economy.capital_yield * 7 + oil));
    CHECK(now.oil_share_of_gdp == Approx(oil / now.gdp));
}

TEST_CASE("ODD 7.7: a commodity currency follows the oil price that is remembered, and values product outside oil") {
    Scenario scenario = lasting();
    scenario.economy.exchange_elasticity = 0.8, scenario.economy.exchange_speed = 0.5;
    scenario.oil_price.path = {.shape = PathShape::step, .level = 90, .before = 60, .year = 1995.1};  // after it opened
    Economics world(scenario);
    world.respond();
    // The remembered log price approaches the new one; the first tick's rate is its average over a quarter.
    const double average = std::log(1.5) * (1 - (1 - std::exp(-0.125)) / 0.125);
    const double rate = std::exp(0.8 * average), oil = 60 * 7.6 * 90 / 1000;
    CHECK(world.world.now.real_exchange_rate == Approx(rate));
    CHECK(world.world.now.gdp ==
          Approx(scenario.economy.opening_gdp * rate * std::exp(scenario.economy.growth * 0.125) + oil));
    for (int t = 1; t < 400; ++t) world.respond();
    CHECK(world.world.now.real_exchange_rate == Approx(std::pow(1.5, 0.8)));

    scenario.economy.exchange_elasticity = 0;
    Economics still(scenario);
    CHECK(still.respond().real_exchange_rate == 1);
}

TEST_CASE("ODD 7.7: capability comes with local content completed and with policy spending by priority, and fades") {
    for (const Switch learns : {Switch::on, Switch::off}) {
        Scenario scenario = small_scenario();
        scenario.economy.learning_by_doing = learns;
        scenario.sectors[0].sector.priority = 0.25;  // beside the 1 of S2
        Economics world(scenario);
        world.world.capability(0) = world.world.capability(1) = 0.5;
        world.world.completed_learning(1) = 3, world.world.completed_size(1) = 5, world.world.now.policy_spending = 2;
        world.world.sector_capital(1) = 4;
        world.respond();
        const double kept = std::exp(-scenario.economy.capability_depreciation * 0.25) * 0.5;
        const double taught = learns == Switch::on ? scenario.sectors[1].sector.learning_rate * 3 : 0;
        CHECK(world.world.capability(0) == Approx(kept + scenario.fund.policy_learning * 2 * 0.2));
        CHECK(world.world.capability(1) == Approx(kept + taught));
        CHECK(world.world.capability(2) == Approx(scenario.fund.policy_learning * 2 * 0.8));
        CHECK(world.world.sector_capital(1) == Approx(3 + std::exp(-scenario.economy.capital_depreciation * 0.25) + 5));
    }
}

TEST_CASE(
    "ODD 7.5 and 7.8: attitudes shift with what is signed and completed, by the size of the project in its region") {
    Scenario scenario = small_scenario();
    scenario.domestic.ratification = Ratification::none;
    scenario.regions[3].region.output = 5;  // the mean of 1, 1, 1 and 5 is 2
    const Opinion& opinion = scenario.opinion;
    const Sector& sector = scenario.sectors[2].sector;
    Economics world(scenario);
    const double elite = world.world.elite(1, 3), felt = 6 / (6 + opinion.output_scale * 2.5);
    Agreement agreement{};
    agreement.project.sector = 2, agreement.project.region = 3, agreement.project.size = 6, agreement.partner = 1;
    world.world.agreements = {agreement};
    publics_ratify(world.world, world.setting, world.luck);
    const double announced = opinion.announcement * sector.visibility + opinion.land * sector.land_intensity;
    CHECK(world.world.shift(1, 3) == Approx(felt * announced));
    CHECK(world.world.elite(1, 3) == Approx(elite + felt * opinion.elite_gain));
    Deal deal{};
    deal.partner = 1, deal.region = 3, deal.sector = 2, deal.size = 6, deal.log_row = deal.signed_in = -1;
    enter_phase(deal, Phase::under_way, world.world, world.setting, world.luck);
    deal.clock = 0, deal.event_luck = 0;  // complete at once
    world.world.deals = {deal};
    projects_progress(world.world, world.setting, world.luck);
    REQUIRE(world.world.now.completed == 1);
    CHECK(world.world.shift(1, 3) == Approx(felt * (announced + opinion.completion * sector.visibility)));
    // The quarter ends: the region's neighbour is R2, and its public is drawn to it and to where it began.
    const double own = world.world.attitude(1, 3), beside = world.world.attitude(1, 2), shift = world.world.shift(1, 3);
    scenario.opinion.rumour_rate = 0, scenario.protest.present = Switch::off;
    const Setting quiet = prepare(scenario);
    opinion_moves(world.world, quiet, world.luck);
    const double first = scenario.regions[3].attitudes[1].public_attitude, alpha = opinion.stubbornness;
    const double step = 1 - std::exp(-opinion.speed * 0.25);
    CHECK(world.world.attitude(1, 3) == Approx(own + step * ((1 - alpha) * beside + alpha * first - own) + shift));
    CHECK(world.world.shift(1, 3) == 0);
}

TEST_CASE("ODD 7.8: opinion that does not move stays as it began, elites too") {
    Scenario scenario = lively();
    scenario.opinion.moves = Switch::off;
    scenario.protest.present = Switch::off;
    const TestRun run = run_world(scenario);
    CHECK(run.total(&Observation::signed_deals) > 0);
    CHECK(run.total(&Observation::rumours) + run.total(&Observation::large_protests) == 0);
    CHECK(run.ticks.back().lowest_attitude_by_region == run.ticks.front().lowest_attitude_by_region);
    CHECK(run.ticks.back().attitude_by_partner == run.ticks.front().attitude_by_partner);
}

TEST_CASE("ODD 7.8: a large protest lets off hostility, wins a concession that fades, and is alone for a while") {
    for (const Switch concessions : {Switch::on, Switch::off}) {
        Scenario scenario = small_scenario();
        scenario.opinion.moves = Switch::off, scenario.protest.concessions = concessions;
        scenario.protest.spread = 0, scenario.protest.contagion = 0;
        scenario.clock.dt = 0.25;
        const Protest& protest = scenario.protest;
        Economics world(scenario);
        world.world.year = 1995.125;
        world.world.attitude.setZero();
        world.world.attitude(1, 0) = -0.9, world.world.attitude(1, 1) = -0.2, world.world.attitude(1, 2) = 0.3;
        opinion_moves(world.world, world.setting, world.luck);
        CHECK(world.world.now.large_protests == 1);
        CHECK(world.world.now.protest_share == Approx(0.1));  // R0 has one in ten
        CHECK(world.world.attitude(1, 0) == Approx(-0.9 * (1 - protest.relief)));
        CHECK(world.world.attitude(1, 1) == Approx(-0.2 * (1 - protest.relief)));
        CHECK(world.world.attitude(1, 2) == 0.3);
        const double won = concessions == Switch::on ? protest.concession : 0;
        CHECK(world.world.owed_content(1) == Approx(won));
        world.world.tick = 1, world.world.year += 0.25;
        opinion_moves(world.world, world.setting, world.luck);
        CHECK(world.world.now.large_protests == 1);  // still cooling, though R0 protests
        CHECK(world.world.owed_content(1) == Approx(won * std::exp(-protest.concession_decay * 0.25)));
        world.world.tick = 5, world.world.year = 1995.125 + protest.cooling;
        opinion_moves(world.world, world.setting, world.luck);
        CHECK(world.world.now.large_protests == 2);
    }
}
