// The two-level game: what approval at home insists on, on either side, and what it does to terms and deals.
#include <doctest/doctest.h>

#include "random_talks.hpp"
#include "scenario_reader.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

/// Host's payoff over a pie of one with ratifiers who need r1 and r2; NaN without a deal.
double with_ratifiers(const SolutionRow& solution, OutsideOption rule, double r1, double r2) {
    const Frontier pie = transferable(1);
    Talk talk{pie, {0, 0}, {0, 0}, 0.5};
    talk.required = {r1, r2};
    talk.protocol.host_discount = talk.protocol.partner_discount = 1 - 1e-7;
    const Settlement settled = settle(solution, rule, talk);
    return settled.agreed() ? settled.terms.payoff.host : NAN;
}

constexpr std::array rules{OutsideOption::split_the_difference, OutsideOption::deal_me_out};

Scenario world(Ratification host, Ratification partner) {
    Scenario scenario = small_scenario();
    scenario.domestic.ratification = host;
    for (PartnerInput& input : scenario.partners) input.partner.ratification = partner;
    return scenario;
}

struct Counts {
    double blocked = 0, abroad = 0, deals = 0, gain = 0, not_ratifiable = 0;
};

Counts counts(const Scenario& scenario) {
    Counts all;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        const TestRun run = run_world(scenario, 8, replication);
        for (const Observation& now : run.ticks)
            all.blocked += now.blocked, all.abroad += now.blocked_abroad, all.deals += now.signed_deals,
                all.gain += now.net_gain;
        for (const TalkRecord& talk : run.log.talks) all.not_ratifiable += talk.outcome == TalkOutcome::not_ratifiable;
        for (const DealRecord& deal : run.log.deals)
            CHECK((deal.blocked_by != Side::none) == (deal.status == DealStatus::blocked));
    }
    return all;
}

}  // namespace

TEST_CASE(
    "Schelling 1960, Putnam 1988, Tarar 2001: ratifiers who need r1 and r2 give min(max(1/2, r1), 1 - r2) or no deal") {
    const Solution concepts[] = {Solution::nash, Solution::kalai_smorodinsky, Solution::egalitarian,
                                 Solution::alternating_offers};
    for (const Solution choice : concepts)
        for (const OutsideOption rule : rules) {
            const SolutionRow& solution = solutions[static_cast<std::size_t>(choice)];
            CAPTURE(std::string(solution.name));
            for (const auto& [r1, r2] : {std::pair{.6, 0.}, {.2, .7}, {.3, .3}, {0., 0.}, {.6, .4}})
                CHECK(with_ratifiers(solution, rule, r1, r2) ==
                      doctest::Approx(std::min(std::max(.5, r1), 1 - r2)).epsilon(1e-6));
            CHECK(std::isnan(with_ratifiers(solution, rule, .6, .41)));
        }
}

TEST_CASE(
    "what a ratifier insists on is never a threat: under split the difference it moves terms only where it binds") {
    const Frontier pie = transferable(1);
    Talk talk{pie, {0, 0}, {.2, 0}, 0.5};
    const SolutionRow& nash = solutions[0];
    CHECK(settle(nash, OutsideOption::split_the_difference, talk).terms.payoff.host == doctest::Approx(.6));
    talk.required = {.5, 0};
    CHECK(settle(nash, OutsideOption::split_the_difference, talk).terms.payoff.host == doctest::Approx(.6));
    talk.required = {.7, 0};
    CHECK(settle(nash, OutsideOption::split_the_difference, talk).terms.payoff.host == doctest::Approx(.7));
}

TEST_CASE(
    "every solution: nobody signs what their politics would refuse, and where nothing can be approved there is no "
    "deal") {
    std::mt19937 luck(31);
    for (const SolutionRow& solution : solutions)
        for (const OutsideOption rule : rules)
            for (int round = 0; round < 3000; ++round) {
                RandomTalk random(luck);
                random.talk.required = {between(luck, -0.5, 1), between(luck, -0.5, 1)};
                const Settlement settled = settle(solution, rule, random.talk);
                const bool can = random.frontier.offers(random.talk.least());
                if (!can) REQUIRE(!settled.agreed());
                if (can && !solution.is(uncertain)) REQUIRE(settled.agreed());
                if (!settled.agreed()) continue;
                REQUIRE(settled.terms.payoff.host >= random.talk.required.host - 1e-9);
                REQUIRE(settled.terms.payoff.partner >= random.talk.required.partner - 1e-9);
            }
}

TEST_CASE(
    "Iida 1993: under complete information nothing is refused after the table; uncertainty makes refusals, more of "
    "them the more is asked") {
    CHECK(counts(world(Ratification::none, Ratification::none)).blocked == 0);
    CHECK(counts(world(Ratification::constraint, Ratification::constraint)).blocked == 0);
    double before = 0;
    for (const double threshold : {-1., 0., 0.2, 1.}) {
        Scenario scenario = world(Ratification::probability, Ratification::none);
        scenario.domestic.threshold = threshold;
        const Counts now = counts(scenario);
        CHECK(now.blocked >= before);
        CHECK(now.abroad == 0);
        before = now.blocked;
    }
    CHECK(before > 0);
}

TEST_CASE(
    "Iida 1993, Milner and Rosendorff 1997: refusals vanish with uncertainty, and rise with it and with what divided "
    "politics ask beyond the deal") {
    // One deal worth 5 to the host, approved with probability logistic((5 - threshold) / noise).
    const auto refused = [](double threshold, double noise) {
        Scenario scenario = one_table({10});
        scenario.domestic.ratification = Ratification::probability;
        scenario.domestic.threshold = threshold, scenario.domestic.noise = noise;
        double blocked = 0, all = 0;
        for (std::uint32_t replication = 0; replication < 2000; ++replication)
            for (const DealRecord& deal : run_world(scenario, 9, replication).log.deals)
                ++all, blocked += deal.status == DealStatus::blocked;
        const double expected = 1 / (1 + std::exp((5 - threshold) / noise));
        CHECK(std::fabs(blocked / all - expected) < 4 * std::sqrt(expected * (1 - expected) / all) + 1e-12);
        return blocked / all;
    };
    CHECK(refused(4.9, 0.001) == 0);  // known: no deal that would be refused is signed
    double before = 0;
    for (const double noise : {0.02, 0.1, 0.5, 2.}) {
        const double now = refused(4.9, noise);
        CHECK(now > before);
        before = now;
    }
    before = 0;
    for (const double threshold : {4., 4.5, 4.9, 5., 5.5, 7.}) {
        const double now = refused(threshold, 0.3);
        CHECK(now > before);
        before = now;
    }
}

TEST_CASE("the partner's own politics refuses, and the record says whose it was") {
    Scenario scenario = world(Ratification::none, Ratification::probability);
    for (PartnerInput& input : scenario.partners) input.partner.threshold = 0.2;
    const Counts now = counts(scenario);
    CHECK(now.abroad > 0);
    CHECK(now.abroad == now.blocked);
    CHECK(now.deals > 0);
}

TEST_CASE(
    "a constraint known at the table raises what the host gets of a deal, and kills deals when it asks too much") {
    Scenario scenario = world(Ratification::constraint, Ratification::none);
    scenario.domestic.requirement = -5;
    const Counts free = counts(scenario);
    CHECK(free.not_ratifiable == 0);
    scenario.domestic.requirement = 0.5;
    const Counts bound = counts(scenario);
    CHECK(bound.gain / bound.deals > free.gain / free.deals);
    scenario.domestic.requirement = 5;
    const Counts killed = counts(scenario);
    CHECK(killed.deals == 0);
    CHECK(killed.not_ratifiable > 0);
}

TEST_CASE("Schelling's gain and its failure come out of the scenarios that ask for them") {
    const auto totals = [](const char* name) {
        const LoadedScenario loaded =
            load_scenario(std::string(MULTIVECTOR_SOURCE "/scenarios/questions/") + name + ".yaml", {});
        return counts(loaded.scenario);
    };
    const Counts free = totals("public_asks_nothing"), gain = totals("public_insists"),
                 failure = totals("public_asks_too_much");
    CHECK(free.not_ratifiable == 0);
    CHECK(gain.gain > free.gain);
    CHECK(gain.deals < free.deals);
    CHECK(failure.gain < free.gain);
    CHECK(failure.deals < gain.deals / 2);
    CHECK(failure.not_ratifiable > gain.not_ratifiable);
}
