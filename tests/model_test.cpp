// The laws of the whole tick: books that balance, worlds that must be equal, luck that is common.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "corridor.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

constexpr double cent = 1e-9;

Scenario lively() {
    Scenario scenario = small_scenario();
    scenario.clock.ticks = 80;
    scenario.fund.self_finance_limit = 0.3;
    scenario.fund.self_finance_cost = 0.7;
    scenario.implementation.reopen_rate = 0.2;
    scenario.opinion.rumour_rate = 1;
    scenario.domestic.threshold = 0.1;
    return scenario;
}

/// What luck alone decides of every project: sector, place and size.
std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, double> luck_seen(const TestRun& run) {
    std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, double> seen;
    for (const TalkRecord& talk : run.log.talks) seen[{talk.project, talk.sector, talk.region}] = talk.size;
    return seen;
}

}  // namespace

TEST_CASE("the fund's books balance in every tick, under every rule") {
    for (int rule = 0; rule < 5; ++rule) {
        Scenario scenario = lively();
        scenario.fund.rule = static_cast<FundRule>(rule);
        scenario.oil.noise = PriceNoise::mean_reverting;
        const TestRun run = run_world(scenario);
        double fund = scenario.fund.opening_balance;
        for (const Observation& now : run.ticks) {
            fund += now.oil_saved + now.fund_return + now.fund_dividend - now.guaranteed_transfer -
                    now.targeted_transfer - now.fund_project_spending;
            REQUIRE(now.fund == doctest::Approx(fund).epsilon(cent));
            REQUIRE(now.fund >= 0);
        }
        CHECK(run.total(&Observation::fund_project_spending) > 0);
    }
}

TEST_CASE("oil money is neither created nor destroyed, whatever the capacity") {
    for (double capacity : {0.0, 0.5, 1.0, 3.0}) {
        Scenario scenario = lively();
        scenario.headline.oil_fund_capacity = capacity;
        const TestRun run = run_world(scenario);
        const double came = scenario.fund.opening_balance + run.total(&Observation::oil_revenue) +
                            run.total(&Observation::fund_return) + run.total(&Observation::fund_dividend);
        const double went = run.total(&Observation::windfall_spending) + run.total(&Observation::policy_spending) +
                            run.total(&Observation::fund_project_spending);
        CHECK(came == doctest::Approx(went + run.ticks.back().fund + run.ticks.back().budget).epsilon(cent));
    }
}

TEST_CASE("every project is open, lapsed, or became a deal, and every deal is live, complete, cancelled or replaced") {
    const TestRun run = run_world(lively());
    double arisen = 0, decided = 0, begun = 0, ended = 0;
    for (const Observation& now : run.ticks) {
        arisen += now.projects_arisen;
        decided += now.projects_lapsed + now.signed_deals + now.self_financed;
        begun += now.signed_deals + now.self_financed;
        ended += now.completed + now.cancelled + now.replaced;
        REQUIRE(arisen == decided + now.projects_open);
        REQUIRE(begun == ended + now.deals_live);
    }
    std::map<DealStatus, double> statuses;
    for (const DealRecord& deal : run.log.deals) ++statuses[deal.status];
    CHECK(statuses[DealStatus::completed] == run.total(&Observation::completed));
    CHECK(statuses[DealStatus::cancelled] == run.total(&Observation::cancelled));
    CHECK(statuses[DealStatus::replaced] == run.total(&Observation::replaced));
    CHECK(statuses[DealStatus::blocked] == run.total(&Observation::blocked));
}

TEST_CASE("a partner's capital is what it was given, less what its deals took and what it did not keep") {
    Scenario scenario = lively();
    for (PartnerInput& partner : scenario.partners) partner.partner.capital_carryover = 1;
    scenario.implementation.setbacks = Switch::off;
    const TestRun run = run_world(scenario);
    for (std::size_t p = 0; p < scenario.partners.size(); ++p) {
        double given = 0, spent = 0;
        const double per_year = scenario.partners[p].finance.path.level + scenario.partners[p].credit.path.level;
        for (const Observation& now : run.ticks) {
            given += per_year * scenario.clock.dt;
            REQUIRE(now.capital_by_partner[p] >= -cent);
        }
        for (const DealRecord& deal : run.log.deals)
            if (deal.partner == static_cast<std::int64_t>(p) && deal.status != DealStatus::blocked)
                spent += deal.size * (1 - deal.fund_share);
        CHECK(given - spent == doctest::Approx(run.ticks.back().capital_by_partner[p]).epsilon(1e-7));
    }
}

TEST_CASE("exposure is the opening stock and what deals brought, less what decayed") {
    Scenario scenario = lively();
    scenario.learning.debt_repayment = scenario.learning.equity_decay = 0;
    const TestRun run = run_world(scenario);
    std::array<double, max_partners> brought{};
    for (const DealRecord& deal : run.log.deals)
        if (deal.partner >= 0 && deal.begun_tick >= 0)
            brought[static_cast<std::size_t>(deal.partner)] += deal.size * (1 - deal.fund_share);
    for (std::size_t p = 0; p < scenario.partners.size(); ++p) {
        const Partner& partner = scenario.partners[p].partner;
        CHECK(run.ticks.back().equity_by_partner[p] + run.ticks.back().debt_by_partner[p] ==
              doctest::Approx(partner.opening_equity + partner.opening_debt + brought[p]).epsilon(cent));
    }
}

TEST_CASE("the sums over deals in the log are the observed sums") {
    const TestRun run = run_world(lively());
    double gain = 0, surplus = 0, outside = 0;
    for (const TalkRecord& talk : run.log.talks) {
        if (talk.outcome != TalkOutcome::agreed) continue;
        const auto signed_deal = std::find_if(run.log.deals.begin(), run.log.deals.end(), [&](const DealRecord& deal) {
            return deal.project == talk.project && deal.tick == talk.tick && deal.status != DealStatus::blocked;
        });
        if (signed_deal == run.log.deals.end()) continue;
        gain += talk.host_payoff - talk.host_disagreement;
        surplus += talk.joint_value - talk.host_disagreement - talk.partner_disagreement;
        outside += talk.host_outside - talk.host_disagreement;
    }
    CHECK(gain == doctest::Approx(run.total(&Observation::net_gain)).epsilon(cent));
    CHECK(surplus == doctest::Approx(run.total(&Observation::surplus)).epsilon(cent));
    CHECK(outside == doctest::Approx(run.total(&Observation::outside_gain)).epsilon(cent));
}

TEST_CASE("nobody signs for less than their outside option, and the terms lie on the frontier's bounds") {
    for (int rule = 0; rule < 2; ++rule) {
        Scenario scenario = lively();
        scenario.bargaining.outside_option = static_cast<OutsideOption>(rule);
        scenario.domestic.channel = rule ? AttitudeChannel::local_content : AttitudeChannel::cost;
        const TestRun run = run_world(scenario);
        int agreed = 0;
        for (const TalkRecord& talk : run.log.talks) {
            if (talk.outcome != TalkOutcome::agreed) continue;
            ++agreed;
            REQUIRE(talk.host_payoff >= talk.host_outside - 1e-9 * talk.size);
            REQUIRE(talk.partner_payoff >= talk.partner_outside - 1e-9 * talk.size);
            REQUIRE(talk.host_payoff + talk.partner_payoff <= talk.joint_value + 1e-9 * talk.size);
            REQUIRE(talk.revenue_share >= 0);
            REQUIRE(talk.revenue_share <= 1);
            REQUIRE(talk.local_content >= talk.least_local_content);
            REQUIRE(talk.local_content <= 1);
        }
        CHECK(agreed > 20);
    }
}

TEST_CASE("every refusal has a reason, and reasons agree with the alternatives that stood") {
    const TestRun run = run_world(lively());
    std::map<TalkOutcome, int> outcomes;
    for (const TalkRecord& talk : run.log.talks) {
        ++outcomes[talk.outcome];
        if (talk.outcome == TalkOutcome::lost_to_self_finance) CHECK(talk.self_finance > 0);
        if (talk.outcome == TalkOutcome::lost_to_waiting) CHECK(talk.waiting > 0);
        if (talk.outcome == TalkOutcome::no_agreement) CHECK(std::isnan(talk.host_payoff));
    }
    for (const TalkOutcome outcome :
         {TalkOutcome::agreed, TalkOutcome::lost_to_rival, TalkOutcome::lost_to_self_finance, TalkOutcome::no_agreement,
          TalkOutcome::no_capital})
        CHECK_MESSAGE(outcomes[outcome] > 0, names_of<TalkOutcome>[static_cast<std::size_t>(outcome)]);
}

TEST_CASE("an absent fund equals capacity 0") {
    Scenario absent = lively(), empty = lively();
    absent.fund.present = Switch::off;
    empty.headline.oil_fund_capacity = 0;
    CHECK(same_bits(run_world(absent), run_world(empty)));
}

TEST_CASE("withdrawing a partner equals leaving it without demand, interests and money") {
    Scenario withdrawn = lively(), idle = lively();
    withdrawn.partners[0].partner.present = Switch::off;
    withdrawn.protest.present = idle.protest.present = Switch::off;
    withdrawn.opinion.rumour_rate = idle.opinion.rumour_rate = 0;
    idle.headline.connectivity_demand = 0;
    idle.partners[0].finance = constant_path(0);
    idle.partners[0].partner.opening_equity = idle.partners[0].partner.opening_debt = 0;
    for (PartnerSector& row : idle.partners[0].sectors) row.interest = 0;
    const TestRun a = run_world(withdrawn), b = run_world(idle);
    CHECK(same_bits(a, b));
    CHECK(a.total(&Observation::signed_deals) > 0);
}

TEST_CASE("the demand knob scales transit and credit of every partner and nothing else") {
    Scenario knob = lively(), by_hand = lively();
    knob.headline.connectivity_demand = 0.5;
    by_hand.partners[0].transit.path.level *= 0.5;
    by_hand.partners[0].credit.path.level *= 0.5;
    by_hand.partners[0].partner.urgency = knob.partners[0].partner.urgency = 0;
    CHECK(same_bits(run_world(knob), run_world(by_hand)));
}

TEST_CASE("a world that is used again forgets its last run") {
    const Setting setting = prepare(lively());
    World used, fresh;
    std::vector<Observation> first, second;
    for (auto [world, replication, out] : {std::tuple{&used, 5u, &first}, {&used, 9u, &first}, {&fresh, 9u, &second}}) {
        out->clear();
        begin(*world, setting);
        for (int t = 0; t < setting.ticks; ++t) {
            tick(*world, setting, Luck(1, replication));
            out->push_back(world->now);
        }
    }
    CHECK(std::memcmp(first.data(), second.data(), first.size() * sizeof(Observation)) == 0);
}

TEST_CASE("common luck: no mechanism, partner or rule shifts the arrival, place or size of any project") {
    const auto expected = luck_seen(run_world(lively()));
    const std::vector<std::function<void(Scenario&)>> changes{
        [](Scenario& s) { s.headline.connectivity_demand = 0; },
        [](Scenario& s) { s.headline.oil_fund_capacity = 0; },
        [](Scenario& s) { s.partners[1].partner.present = Switch::off; },
        [](Scenario& s) { s.bargaining.outside_option = OutsideOption::split_the_difference; },
        [](Scenario& s) { s.domestic.ratification = Ratification::none; },
        [](Scenario& s) { s.implementation.setbacks = Switch::off; },
        [](Scenario& s) { s.opinion.moves = Switch::off; },
        [](Scenario& s) { s.oil.noise = PriceNoise::mean_reverting; },
        [](Scenario& s) { s.learning.aspirations = Switch::off; }};
    for (const auto& change : changes) {
        Scenario scenario = lively();
        change(scenario);
        const TestRun run = run_world(scenario);
        CHECK(luck_seen(run) == expected);
        CHECK_MESSAGE(!same_bits(run, run_world(lively())),
                      "change " << &change - changes.data());  // it changed something
    }
}

TEST_CASE("common luck: deals that two worlds share meet the same fate when nothing else differs") {
    // Ratification off in both: what differs is only how the payoff is split, so every deal's clock must agree.
    Scenario split = lively(), deal = lively();
    for (Scenario* scenario : {&split, &deal}) {
        scenario->domestic.ratification = Ratification::none;
        scenario->learning = {.aspirations = Switch::off, .trust = Switch::off, .exposure = Switch::off};
        scenario->opinion.moves = scenario->protest.present = Switch::off;
        scenario->implementation.renegotiation = scenario->fund.self_finance = Switch::off;
        scenario->bargaining.waiting = 0;
        for (PartnerInput& partner : scenario->partners) partner.partner.aspiration_weight = 0;
    }
    split.bargaining.outside_option = OutsideOption::split_the_difference;
    const TestRun a = run_world(split), b = run_world(deal);
    REQUIRE(a.log.deals.size() == b.log.deals.size());
    for (std::size_t i = 0; i < a.log.deals.size(); ++i) {
        CHECK(a.log.deals[i].status == b.log.deals[i].status);
        CHECK(a.log.deals[i].status_tick == b.log.deals[i].status_tick);
    }
    CHECK(a.total(&Observation::net_gain) > b.total(&Observation::net_gain));
}

TEST_CASE("a corridor is worth what the best host route saves over the best route around, when all take the cheapest") {
    Scenario scenario = small_scenario();
    scenario.corridor.dispersion = 1;
    scenario.routes[1].route.crosses_host = Switch::on;
    scenario.routes[0].cost = constant_path(300);
    scenario.routes[1].cost = constant_path(200);
    scenario.routes[2].route.crosses_host = Switch::off;
    scenario.routes[2].cost = constant_path(260);
    scenario.routes[3].cost = constant_path(500);
    const CorridorState state = corridor_at(prepare(scenario), 0, 0);
    CHECK(state.worth == doctest::Approx(60).epsilon(1e-6));
    CHECK(state.share == doctest::Approx(1).epsilon(1e-6));
    scenario.routes[2].cost = constant_path(150);
    CHECK(corridor_at(prepare(scenario), 0, 0).worth == doctest::Approx(0).epsilon(1e-6));
}

TEST_CASE("the next corridor project is worth less as the corridor fills, and avoidance lowers its worth") {
    Scenario scenario = small_scenario();
    const Setting setting = prepare(scenario);
    double last_gain = 1e9;
    for (double built = 0; built < 60; built += 5) {
        const double gain = corridor_at(setting, 0, built + 1).worth - corridor_at(setting, 0, built).worth;
        CHECK(gain > 0);
        if (built > 10) CHECK(gain < last_gain);
        last_gain = gain;
    }
    scenario.corridor.avoidance = Switch::off;
    const Setting naive = prepare(scenario);
    CHECK(corridor_at(naive, 0, 20).worth - corridor_at(naive, 0, 0).worth >
          corridor_at(setting, 0, 20).worth - corridor_at(setting, 0, 0).worth);
}

TEST_CASE("a route of any cost leaves the corridor's worth finite, and a closed one leaves none") {
    for (const double dispersion : {1.0, 40.0, 1000.0})
        for (const double cost : {1e-3, 200.0, 1e4, 1e6})
            for (const double built : {0.0, 200.0})
                for (int avoidance = 0; avoidance < 2; ++avoidance) {
                    Scenario scenario = small_scenario();
                    scenario.corridor.dispersion = dispersion;
                    scenario.corridor.lowest_cost = 0;
                    scenario.corridor.avoidance = static_cast<Switch>(avoidance);
                    scenario.routes[1].cost = scenario.routes[2].cost = constant_path(cost);
                    const CorridorState state = corridor_at(prepare(scenario), 0, built);
                    REQUIRE(std::isfinite(state.worth));
                    REQUIRE(state.worth >= 0);
                    REQUIRE(state.share >= 0);
                    REQUIRE(state.share <= 1);
                }
    Scenario closed = small_scenario();
    closed.routes[2].cost = closed.routes[3].cost = constant_path(1e6);
    CHECK(corridor_at(prepare(closed), 0, 0).worth == 0);
}

TEST_CASE("projects of one tick share the corridor: together they are credited with no more than it gains") {
    Scenario scenario = lively();
    scenario.clock = {.start_year = 1995, .ticks = 1, .dt = 1};
    scenario.sectors[1].sector.rate = 10;
    scenario.sectors[1].sector.revenue = 1.5;
    scenario.partners[0].finance = constant_path(100);
    scenario.partners[0].partner.urgency = 0;
    scenario.domestic.ratification = Ratification::none;
    const Setting setting = prepare(scenario);
    const TestRun run = run_world(scenario);
    double credited = 0, invested = 0;
    for (const TalkRecord& talk : run.log.talks)
        if (talk.sector == 1 && talk.outcome == TalkOutcome::agreed) {
            invested += talk.size;
            if (talk.partner == 0) credited += talk.connectivity_value;
        }
    REQUIRE(credited > 0);
    const double gained = setting.transit[0](0) * setting.horizon_value(0) / 1000 *
                          (corridor_at(setting, 0, invested).worth - corridor_at(setting, 0, 0).worth);
    CHECK(credited <= gained * (1 + 1e-9));
}

TEST_CASE("a partner's unused capital settles at the same stock in quarters and in years") {
    for (const double dt : {0.25, 1.0}) {
        Scenario scenario = small_scenario(1, 1, 1);
        scenario.clock = {.start_year = 1995, .ticks = static_cast<std::int64_t>(60 / dt), .dt = dt};
        scenario.projects.arrival_scale = 0;
        const double flow = scenario.partners[0].finance.path.level + scenario.partners[0].credit.path.level;
        CHECK(run_world(scenario).ticks.back().capital_by_partner[0] ==
              doctest::Approx(flow / std::log(2.0)).epsilon(1e-9));
    }
}

TEST_CASE("without demand the corridor gives no partner any value") {
    Scenario scenario = lively();
    scenario.headline.connectivity_demand = 0;
    for (const TalkRecord& talk : run_world(scenario).log.talks)
        if (talk.outcome != TalkOutcome::no_capital) REQUIRE(talk.connectivity_value == 0);
}

TEST_CASE("opinion on a line of three regions settles where DeGroot's weights say") {
    // W rows (0 1 0), (.5 0 .5), (0 1 0) with a lazy step of one half are P = [.5 .5 0; .25 .5 .25; 0 .5 .5].
    Scenario scenario = small_scenario(1, 1, 3);
    scenario.opinion.stubbornness = 0;
    scenario.opinion.speed = std::log(2.0) / scenario.clock.dt;
    scenario.opinion.rumour_rate = 0;
    scenario.projects.arrival_scale = 0;
    scenario.protest.present = Switch::off;
    scenario.clock.ticks = 200;
    const double first[] = {0.8, -0.2, -0.4};
    for (std::size_t r = 0; r < 3; ++r) {
        scenario.regions[r].attitudes[0].public_attitude = first[r];
        scenario.regions[r].region.population = 1;
    }
    const double expected = 0.25 * first[0] + 0.5 * first[1] + 0.25 * first[2];
    const TestRun run = run_world(scenario);
    for (std::size_t r = 0; r < 3; ++r)
        CHECK(run.ticks.back().lowest_attitude_by_region[r] == doctest::Approx(expected).epsilon(1e-6));
}

TEST_CASE("the Ornstein-Uhlenbeck price has its stationary spread and the same law in quarters and years") {
    for (double dt : {0.25, 1.0}) {
        Scenario scenario = small_scenario(0, 1, 1);
        scenario.clock.dt = dt;
        scenario.clock.ticks = static_cast<std::int64_t>(40 / dt);
        scenario.projects.arrival_scale = 0;
        scenario.oil.noise = PriceNoise::mean_reverting;
        double sum = 0, square = 0;
        const int runs = 1500;
        for (std::uint32_t replication = 0; replication < runs; ++replication) {
            const double log_price = std::log(run_world(scenario, 3, replication).ticks.back().oil_price / 70);
            sum += log_price;
            square += log_price * log_price;
        }
        CHECK(std::fabs(sum / runs) < 0.03);
        CHECK(std::sqrt(square / runs) == doctest::Approx(0.33 / std::sqrt(2 * 0.5)).epsilon(0.06));
    }
}

TEST_CASE("a quarter of a year and a year bring the same number of projects on average") {
    for (double dt : {0.25, 1.0}) {
        Scenario scenario = small_scenario(0, 1, 1);
        scenario.clock.dt = dt;
        scenario.clock.ticks = static_cast<std::int64_t>(20 / dt);
        double arisen = 0, square = 0;
        for (std::uint32_t replication = 0; replication < 400; ++replication) {
            const double count = run_world(scenario, 5, replication).total(&Observation::projects_arisen);
            arisen += count;
            square += count * count;
        }
        const double mean = arisen / 400;
        CHECK(mean == doctest::Approx(80).epsilon(0.03));
        CHECK(square / 400 - mean * mean == doctest::Approx(80).epsilon(0.2));
    }
}

TEST_CASE("the smallest and the largest worlds run, stay finite and keep their books") {
    for (auto [partners, sectors, regions] : {std::tuple{0, 1, 1}, {1, 1, 1}, {8, 8, 32}}) {
        Scenario scenario = small_scenario(partners, sectors, regions);
        const TestRun run = run_world(scenario);
        for (const Observation& now : run.ticks)
            for (std::size_t i = 0; i < observation_width; ++i) REQUIRE(std::isfinite(values(now)[i]));
    }
}

TEST_CASE("contradictions between blocks are refused with the key that is wrong") {
    Scenario scenario = small_scenario();
    scenario.routes[0].route.crosses_host = scenario.routes[1].route.crosses_host = Switch::on;
    CHECK_THROWS_WITH(prepare(scenario), "routes: one route at least must avoid the host and have capacity");
    scenario = small_scenario();
    scenario.oil_price.path.shape = PathShape::historical;
    CHECK_THROWS_WITH(prepare(scenario), "oil.price.record: shape is historical, but no record is given");
}
