// The laws of the whole tick: books that balance, worlds that must be equal, luck that is common.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "small_world.hpp"

using namespace multivector;

namespace {

constexpr double cent = 1e-9;

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
            REQUIRE(now.capital_to_hand_by_partner[p] >= -cent);
        }
        for (const DealRecord& deal : run.log.deals)
            if (deal.partner == static_cast<std::int64_t>(p) && deal.status != DealStatus::blocked)
                spent += deal.size * (1 - deal.fund_share);
        CHECK(given - spent == doctest::Approx(run.ticks.back().capital_to_hand_by_partner[p]).epsilon(1e-7));
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
    CHECK_THROWS_WITH(prepare(scenario),
                      "routes.route0.crosses_host: one route at least must avoid the host and have capacity");
    scenario = small_scenario();
    scenario.oil_price.path.shape = PathShape::historical;
    CHECK_THROWS_WITH(prepare(scenario), "oil.price.record: shape is historical, but no record is given");
}
