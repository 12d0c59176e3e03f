// The formulas of models/ODD.md 7.2 and 7.6 to 7.9, each worked out a second time here.
#include <doctest/doctest.h>

#include <cmath>

#include "deals.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

using doctest::Approx;

/// A world that stands at the beginning of a scenario.
struct Begun {
    explicit Begun(const Scenario& scenario) : setting(prepare(scenario)) { begin(world, setting); }
    /// To the point at which fund_flows is called, at this oil price.
    void price(double price) { world.year = 1995, world.oil_price = price, world.now = Observation{}; }
    void flow(double at) { price(at), fund_flows(world, setting, luck); }
    Setting setting;
    World world;
    Luck luck{1, 0};
};

/// 60 million tonnes a year of 7.6 barrels, of which the public has 45 percent above the cost of 15: USD billion a
/// year.
double revenue(double price) { return 60 * 7.6 * std::max(0., price - 15) / 1000 * 0.45; }

Scenario with_rule(FundRule rule) {
    Scenario scenario = small_scenario();
    scenario.fund.rule = rule;
    scenario.fund.political_volatility = 0;
    return scenario;
}

}  // namespace

TEST_CASE("ODD 6: a path is a constant, a step, a logistic, or points joined by lines and held, at the tick's middle") {
    Scenario scenario = small_scenario();
    const auto at = [&](const Path& path, double year, const Series& points = {}) {
        scenario.oil_output = {path, points, points};
        return prepare(scenario).oil_output[static_cast<std::size_t>((year - 1995) * 4)];
    };
    CHECK(at({.level = 7}, 1999) == 7);
    const Path step{.shape = PathShape::step, .level = 7, .before = 2, .year = 2000.125};
    CHECK(at(step, 1999.75) == 2);
    CHECK(at(step, 2000) == 7);
    const Path logistic{.shape = PathShape::logistic, .level = 7, .before = 2, .year = 1998, .steepness = 2};
    for (const double year : {1995., 1998., 2001.25})
        CHECK(at(logistic, year) == Approx(2 + 5 / (1 + std::exp(-2 * (year + 0.125 - 1998)))));
    for (const PathShape shape : {PathShape::historical, PathShape::series}) {
        const Series points{{1996.125, 10}, {1998.125, 20}, {2000.125, 0}};
        for (const auto& [year, value] : Series{{1995, 10}, {1996, 10}, {1997, 15}, {1999.5, 5}, {2000, 0}, {2004, 0}})
            CHECK(at({.shape = shape, .scale = 3}, year, points) == Approx(3 * value));
    }
}

/// Of F' = rate F + inflow over a time, by the middles of many parts of it.
double integral_of_balance(double start, double rate, double inflow, double time) {
    const int parts = 100000;
    const double part = time / parts;
    double sum = 0, balance = start;
    for (int i = 0; i < parts; ++i) {
        const double middle = balance + (rate * balance + inflow) * part / 2;
        sum += middle * part;
        balance += (rate * middle + inflow) * part;
    }
    return sum;
}

TEST_CASE("ODD 7.2: what the fund receives, earns and pays by rule") {
    for (const double price : {10., 40., 90.})
        for (std::int64_t rule = 0; rule < 5; ++rule) {
            const Scenario scenario = with_rule(static_cast<FundRule>(rule));
            const Fund& fund = scenario.fund;
            Begun begun(scenario);
            begun.flow(price);
            const Observation& now = begun.world.now;
            const double share = std::min(1., fund.saved_share), F = fund.opening_balance, dt = 0.25,
                         r = fund.real_return;
            double saved = share * revenue(price), transfer = fund.guaranteed_transfer;
            if (fund.rule == FundRule::cutoff_price) {
                saved = share * std::max(0., revenue(price) - revenue(30));
                transfer = std::max(0., revenue(30) - revenue(price));
            } else if (fund.rule == FundRule::bird_in_hand) {
                transfer = r * F;
            } else if (fund.rule == FundRule::permanent_income) {
                transfer = r * F + saved * (1 - std::exp(-r * fund.resource_horizon));
            }
            CHECK(now.oil_revenue == Approx(revenue(price) * dt));
            CHECK(now.oil_saved == Approx(saved * dt));
            CHECK(now.guaranteed_transfer == Approx(transfer * dt));
            CHECK((now.targeted_transfer > 0) == (fund.rule == FundRule::targeted));
            if (fund.rule == FundRule::targeted) continue;  // below
            CHECK(now.fund_return == Approx(r * integral_of_balance(F, r, saved - transfer, dt)).epsilon(1e-8));
        }
}

TEST_CASE(
    "ODD 7.2: the discretionary draw approaches what politics wants, up faster than down, and more under stress") {
    Scenario scenario = with_rule(FundRule::targeted);
    scenario.fund.floor = scenario.fund.guaranteed_transfer = 0;
    scenario.fund.ratchet_up = 2, scenario.fund.ratchet_down = 0.2;
    for (const double standing : {0., 0.03, 0.2, 3.})
        for (const double price : {70., 40.}) {  // revenue is remembered at the price of 70
            Begun begun(scenario);
            begun.flow(70);
            begun.world.tick = 1, begun.world.discretionary_rate = standing, begun.world.fund_capital = 10;
            const double balance = begun.world.fund, kept = std::exp(-scenario.fund.memory * 0.25);
            const double remembered = revenue(price) + (revenue(70) - revenue(price)) * kept;
            const double wanted =
                scenario.fund.political_draw + scenario.fund.stress_draw * (1 - revenue(price) / remembered);
            const double speed = wanted > standing ? 2 : 0.2;
            double mean = 0;  // of the rate over the tick, by the middles of a thousand parts of it
            for (int i = 0; i < 1000; ++i)
                mean += (wanted + (standing - wanted) * std::exp(-speed * 0.25 * (i + 0.5) / 1000)) / 1000;
            begun.flow(price);
            const double r = scenario.fund.real_return;
            const double inflow =
                scenario.fund.saved_share * revenue(price) + scenario.fund.dividend_rate * begun.world.fund_capital;
            const double held = integral_of_balance(balance, r - mean, inflow, 0.25);
            CHECK(begun.world.now.targeted_transfer == Approx(mean * held).epsilon(1e-6));
            CHECK(begun.world.now.fund_return == Approx(r * held).epsilon(1e-6));
            CHECK(begun.world.discretionary_rate ==
                  Approx(wanted + (standing - wanted) * std::exp(-speed * 0.25)).epsilon(1e-12));
        }
}

TEST_CASE("ODD 7.2: the targeted draw leaves the floor, and breaches it under more stress than the threshold") {
    Scenario scenario = with_rule(FundRule::targeted);
    scenario.fund.political_draw = 0.5, scenario.fund.ratchet_up = 10, scenario.fund.saved_share = 0;
    scenario.fund.guaranteed_transfer = 0;
    Begun begun(scenario);
    scenario.fund.floor = 19.5 / begun.world.gdp;
    for (const double price : {70., 30.}) {
        Begun again(scenario);
        again.flow(70);
        CHECK(again.world.fund == Approx(19.5));
        again.world.tick = 1;
        again.flow(price);
        CHECK((again.world.fund < 19) == (price < 70));
    }
}

TEST_CASE("ODD 7.2: a fund of so much of the product makes the host so patient, and industrial policy has its part") {
    for (const double slope : {-1., 0., 0.5, 2.}) {
        Scenario scenario = with_rule(FundRule::fixed);
        scenario.fund.patience_slope = slope;
        Begun begun(scenario);
        begun.flow(70);
        const double y = -slope * begun.world.fund / begun.world.gdp, r_0 = scenario.bargaining.host_discount_rate;
        CHECK(begun.world.host_discount_rate == Approx(y >= 0 ? r_0 * (1 + y) : r_0 / (1 - y)));
        CHECK(begun.world.now.policy_spending ==
              Approx(scenario.fund.policy_share * begun.world.now.guaranteed_transfer));
        scenario.fund.patience = scenario.fund.industrial_policy = Switch::off;
        Begun without(scenario);
        without.flow(70);
        CHECK(without.world.host_discount_rate == r_0);
        CHECK(without.world.now.policy_spending == 0);
    }
}

TEST_CASE(
    "ODD 7.6: hazards rise and fall with size, capacity, elite, co-finance, hostility and the oil price as stated") {
    Scenario scenario = lively();
    scenario.regions[1].region.capacity = 0.9;
    scenario.regions[1].attitudes[2] = {-0.4, 0.7};
    const Implementation& rules = scenario.implementation;
    Begun begun(scenario);
    for (const double fund_share : {0., 0.2})
        for (const double size : {0.1, 0.5, 4.}) {
            Deal deal{};
            deal.partner = 2, deal.region = 1, deal.sector = 1, deal.size = size, deal.fund_share = fund_share;
            const double elite = std::exp(rules.elite_effect * 0.7);
            const double hostility = std::exp(rules.attitude_effect * scenario.sectors[1].sector.visibility * 0.4);
            enter_phase(deal, Phase::waiting, begun.world, begun.setting, begun.luck);
            CHECK(deal.steady_rate == Approx(rules.start_rate * elite));
            CHECK(deal.setback_rate == Approx((rules.replace_rate + rules.cancel_rate) * hostility));
            enter_phase(deal, Phase::under_way, begun.world, begun.setting, begun.luck);
            const double helped = fund_share > 0 ? std::exp(rules.cofinance_effect) : 1;
            CHECK(deal.steady_rate - rules.reopen_rate ==
                  Approx(scenario.sectors[1].sector.completion_rate * elite * helped *
                         std::exp(rules.capacity_effect * 0.4) *
                         std::pow(size / rules.size_reference, -rules.size_slowdown)));
            CHECK(deal.setback_rate == Approx((rules.suspend_rate + rules.cancel_rate) * hostility));
            deal.clock = 100, begun.world.log_price_ratio = std::log(0.5), begun.world.tick = 1;
            begun.world.deals = {deal};
            projects_progress(begun.world, begun.setting, begun.luck);
            CHECK(100 - begun.world.deals[0].clock ==
                  Approx((deal.steady_rate + deal.setback_rate * std::pow(0.5, -rules.oil_effect)) * 0.25));
            enter_phase(deal, Phase::suspended, begun.world, begun.setting, begun.luck);
            CHECK(deal.steady_rate == Approx(rules.resume_rate));
            CHECK(deal.setback_rate == Approx(3 * rules.cancel_rate * hostility));
            deal.partner = -1;  // nobody has an attitude to what the fund builds alone, and nobody reopens it
            enter_phase(deal, Phase::under_way, begun.world, begun.setting, begun.luck);
            CHECK(deal.setback_rate == Approx(rules.suspend_rate + rules.cancel_rate));
            CHECK(deal.reopen_rate == 0);
        }
}

TEST_CASE("ODD 7.6: of competing events each happens with its hazard's part of the luck") {
    Scenario scenario = lively();
    scenario.learning.trust = Switch::off;
    scenario.implementation = {.replace_rate = 0.4,
                               .suspend_rate = 0.3,
                               .cancel_rate = 0.2,
                               .size_slowdown = 0,
                               .capacity_effect = 0,
                               .elite_effect = 0,
                               .attitude_effect = 0,
                               .oil_effect = 0,
                               .reopen_rate = 0.25};
    const double start = scenario.implementation.start_rate, complete = scenario.sectors[0].sector.completion_rate;
    const double resume = scenario.implementation.resume_rate;
    for (const Phase phase : {Phase::waiting, Phase::under_way, Phase::suspended}) {
        const int draws = 10000;
        Begun begun(scenario);
        for (int i = 0; i < draws; ++i) {
            Deal deal{};
            deal.size = 1, deal.log_row = deal.signed_in = -1;
            enter_phase(deal, phase, begun.world, begun.setting, begun.luck);
            deal.clock = 0.25 * (deal.steady_rate + deal.setback_rate) * (1 - 1e-12),
            deal.event_luck = (i + 0.5) / draws;
            begun.world.deals = {deal};
            projects_progress(begun.world, begun.setting, begun.luck);
        }
        const Observation& now = begun.world.now;
        const auto is = [&](double count, double hazard, double all) {
            CHECK(std::fabs(count / draws - hazard / all) < 2. / draws);
        };
        if (phase == Phase::waiting) {
            is(now.replaced, 0.4, start + 0.6);
            is(now.cancelled, 0.2, start + 0.6);
        } else if (phase == Phase::under_way) {
            is(now.completed, complete, complete + 0.75);
            is(now.suspended, 0.3, complete + 0.75);
            is(now.cancelled, 0.2, complete + 0.75);
            is(now.reopened, 0.25, complete + 0.75);
        } else {
            is(now.cancelled, 0.6, resume + 0.6);
        }
    }
}

TEST_CASE("ODD 7.6: without setbacks or renegotiation nothing is set back or reopened") {
    Scenario scenario = lively();
    const TestRun before = run_world(scenario);
    CHECK(before.total(&Observation::suspended) + before.total(&Observation::cancelled) > 0);
    CHECK(before.total(&Observation::reopened) > 0);
    scenario.implementation.setbacks = scenario.implementation.renegotiation = Switch::off;
    const TestRun after = run_world(scenario);
    for (const auto field : {&Observation::suspended, &Observation::cancelled, &Observation::replaced,
                             &Observation::reopened, &Observation::renegotiation_gain})
        CHECK(after.total(field) == 0);
    CHECK(after.total(&Observation::completed) > 0);
}

TEST_CASE("ODD 7.6: a reopening takes its share of what the partner still keeps, and costs trust") {
    for (const Switch trust : {Switch::on, Switch::off}) {
        Scenario scenario = lively();
        scenario.learning.trust = trust;
        scenario.sectors[0].sector.completion_rate = 0.01;
        scenario.implementation.setbacks = Switch::off, scenario.implementation.size_slowdown = 0;
        scenario.implementation.reopen_rate = 5;
        Begun begun(scenario);
        Deal deal{};
        deal.size = 1, deal.revenue = 3, deal.revenue_share = 0.4, deal.log_row = -1, deal.signed_in = -1;
        enter_phase(deal, Phase::under_way, begun.world, begun.setting, begun.luck);
        deal.clock = 0.2499999 * deal.steady_rate, deal.event_luck = 0.9;  // just before the tick's end
        begun.world.deals = {deal};
        projects_progress(begun.world, begun.setting, begun.luck);
        REQUIRE(begun.world.now.reopened == 1);
        const double taken = scenario.implementation.extraction * 0.6,
                     before = scenario.partners[0].partner.opening_trust;
        CHECK(begun.world.deals[0].revenue_share == Approx(0.4 + taken));
        CHECK(begun.world.now.renegotiation_gain == Approx(3 * taken));
        CHECK(begun.world.trust(0) == Approx(before * (trust == Switch::on ? 1 - scenario.learning.trust_loss : 1)));
    }
}

TEST_CASE("ODD 7.9: an aspiration is the mean gain per dollar over all tables, each dollar forgotten at the rate") {
    for (const Switch learns : {Switch::on, Switch::off}) {
        Scenario scenario = small_scenario();
        scenario.learning.aspirations = learns;
        const double rate = scenario.learning.aspiration_rate;
        Begun begun(scenario);
        const Sector& sector = scenario.sectors[1].sector;
        const double yearly = sector.rate * sector.size_median * std::exp(sector.size_sigma * sector.size_sigma / 2);
        double host_dollars = yearly / rate, partner_dollars = 3 * yearly / rate;  // three sectors of one kind
        double host = scenario.learning.opening_aspiration, partner = scenario.partners[0].partner.opening_aspiration;
        for (int tick = 0; tick < 6; ++tick) {
            const double size = tick % 3, gain = 0.3 * size + (tick == 4 ? -0.2 : 0.1) * size;
            begun.world.table_size(1) = begun.world.talk_size(0) = size;
            begun.world.table_gain(1) = begun.world.talk_gain(0) = gain;
            for (const auto& [aspiration, dollars] : {std::pair{&host, &host_dollars}, {&partner, &partner_dollars}}) {
                *dollars *= std::exp(-rate * 0.25);
                if (learns == Switch::on) *aspiration = (*dollars * *aspiration + gain) / (*dollars + size);
                *dollars += size;
            }
            parties_learn(begun.world, begun.setting, begun.luck);
            CHECK(begun.world.host_aspiration(1) == Approx(host));
            CHECK(begun.world.aspiration(0) == Approx(partner));
        }
    }
}

TEST_CASE("ODD 7.9: trust recovers toward one, debt is repaid and equity written down, unless they do not learn") {
    Scenario scenario = small_scenario();
    for (const Switch learns : {Switch::on, Switch::off}) {
        scenario.learning.trust = scenario.learning.exposure = learns;
        const Learning& learning = scenario.learning;
        const Partner& partner = scenario.partners[0].partner;
        Begun begun(scenario);
        for (int tick = 0; tick < 8; ++tick) parties_learn(begun.world, begun.setting, begun.luck);
        const double years = learns == Switch::on ? 2 : 0;
        CHECK(begun.world.trust(0) ==
              Approx(1 - (1 - partner.opening_trust) * std::exp(-learning.trust_recovery * years)));
        CHECK(begun.world.debt(0) == Approx(partner.opening_debt * std::exp(-learning.debt_repayment * years)));
        CHECK(begun.world.equity(0) == Approx(partner.opening_equity * std::exp(-learning.equity_decay * years)));
    }
}
