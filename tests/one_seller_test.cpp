// One host and many partners at whole tables of the program: the exact results on one seller and several buyers.
#include <doctest/doctest.h>

#include "random_talks.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

doctest::Approx six(double value) { return doctest::Approx(value).epsilon(1e-6); }

constexpr auto split = OutsideOption::split_the_difference, deal_me_out = OutsideOption::deal_me_out;

/// Solutions of one talk that give both sides half of a pie when nothing tells them apart.
constexpr std::array even{Solution::nash, Solution::kalai_smorodinsky, Solution::egalitarian,
                          Solution::alternating_offers};

Scenario table(Solution solution, OutsideOption rule, const std::vector<double>& values, double fund = -1) {
    Scenario scenario = one_table(values, fund);
    scenario.bargaining.solution = solution, scenario.bargaining.outside_option = rule;
    scenario.bargaining.round_length = 1e-5, scenario.bargaining.breakdown_risk = 0;  // the limit of short rounds
    return scenario;
}

struct Result {
    double host = 0;
    std::int64_t winner = -1;
    std::vector<TalkRecord> talks;
};

Result result_of(const Scenario& scenario) {
    Result result;
    result.talks = talks_of_one_table(scenario);
    result.host = host_payoff(result.talks);
    for (const TalkRecord& talk : result.talks)
        if (talk.outcome == TalkOutcome::agreed) result.winner = talk.partner;
    return result;
}

double host_gets(Solution solution, OutsideOption rule, const std::vector<double>& values, double fund = -1) {
    return result_of(table(solution, rule, values, fund)).host;
}

}  // namespace

TEST_CASE("one seller, buyers worth h > l: max(h / 2, l), and h wins") {
    for (const Solution solution : even) {
        CAPTURE(std::string(solutions[static_cast<std::size_t>(solution)].name));
        for (const auto& [low, payoff] : {std::pair{.3, .5}, {.7, .7}})
            for (const bool low_first : {false, true}) {
                const Result result =
                    result_of(table(solution, deal_me_out, low_first ? std::vector{low, 1.} : std::vector{1., low}));
                CHECK(result.host == six(payoff));
                CHECK(result.winner == (low_first ? 1 : 0));
            }
    }
}

TEST_CASE("K rivals and a fund: the host gets max(alpha V1, V2, w0), and there is no deal if V1 < w0") {
    for (const Solution solution : even) {
        CAPTURE(std::string(solutions[static_cast<std::size_t>(solution)].name));
        CHECK(host_gets(solution, deal_me_out, {10, 7, 4, 1}) == six(7));
        CHECK(host_gets(solution, deal_me_out, {10, 4, 4, 1}) == six(5));
        CHECK(host_gets(solution, deal_me_out, {10, 4}, 8) == six(8));
        const Result alone = result_of(table(solution, deal_me_out, {10, 7, 4, 1}, 11));
        CHECK(alone.winner == -1);
        CHECK(alone.host == six(11));
        for (const TalkRecord& talk : alone.talks) CHECK(talk.outcome == TalkOutcome::lost_to_self_finance);
    }
    Scenario uneven = table(Solution::nash, deal_me_out, {10, 3});
    uneven.partners[0].partner.discount_rate = .15;  // alpha = .15 / (.1 + .15)
    CHECK(result_of(uneven).host == six(6));
}

TEST_CASE("the rule decides the result at a table too: 5, 6.55, 7, 8.5 against partners worth (10, 7, 4, 1)") {
    for (const OutsideOption rule : {split, deal_me_out}) {
        CHECK(host_gets(Solution::nash, rule, {10}) == six(5));
        CHECK(host_gets(Solution::shapley, rule, {10, 7, 4, 1}) == six(6.55));
        CHECK(host_gets(Solution::auction, rule, {10, 7, 4, 1}) == six(7));
        CHECK(host_gets(Solution::nucleolus, rule, {10, 7, 4, 1}) == six(8.5));
        CHECK(host_gets(Solution::nash_in_nash, rule, {10, 7, 4, 1}) == six(8.5));
    }
    Scenario bilateral = table(Solution::nash, deal_me_out, {10, 7, 4, 1});
    bilateral.bargaining.rivals = Switch::off;
    CHECK(result_of(bilateral).host == six(5));
    CHECK(host_gets(Solution::nash, deal_me_out, {10, 7, 4, 1}) == six(7));
    CHECK(host_gets(Solution::nash, split, {10, 7}) == six(8.5));
}

TEST_CASE("Vickrey, Schmeidler, Shapley and Horn and Wolinsky at tables with a fund, and with equal partners") {
    CHECK(host_gets(Solution::auction, deal_me_out, {10, 7}, 8) == six(8));
    CHECK(host_gets(Solution::auction, deal_me_out, {10, 10}) == six(10));
    CHECK(host_gets(Solution::auction, deal_me_out, {10}, 3) == six(3));
    CHECK(host_gets(Solution::nucleolus, deal_me_out, {10, 2}, 4) == six(7));
    CHECK(host_gets(Solution::shapley, deal_me_out, {10, 7, 4, 1}, 3) == six(7.25));
    CHECK(host_gets(Solution::shapley, deal_me_out, {10, 7}) == six(6.166667));
    CHECK(host_gets(Solution::shapley, deal_me_out, {10, 6}) == six(6));
    CHECK(host_gets(Solution::shapley, deal_me_out, {10, 6, 3}) == six(6.25));
    CHECK(host_gets(Solution::shapley, deal_me_out, {12, 6}) == six(7));
    const double equal[] = {.5, 2. / 3, .75, .8};
    for (std::size_t count = 1; count <= 4; ++count)
        CHECK(host_gets(Solution::shapley, deal_me_out, std::vector<double>(count, 1.)) == six(equal[count - 1]));
    CHECK(host_gets(Solution::nash_in_nash, deal_me_out, {10, 7}) == six(8.5));
}

TEST_CASE(
    "every solution without secrets, and rule: what the host gets is continuous where a rival begins to count, at "
    "V2 = alpha V1, and where the best partner changes, at V2 = V1") {
    for (std::size_t i = 0; i < solutions.size(); ++i)
        for (const OutsideOption rule : {split, deal_me_out}) {
            if (solutions[i].is(uncertain)) continue;
            CAPTURE(std::string(solutions[i].name));
            const auto solution = static_cast<Solution>(i);
            for (const double at : {5., 10.}) {
                const double low = host_gets(solution, rule, {10, at - 1e-6}),
                             here = host_gets(solution, rule, {10, at}),
                             high = host_gets(solution, rule, {10, at + 1e-6});
                CHECK(std::fabs(here - low) < 2e-6);
                CHECK(std::fabs(high - here) < 2e-6);
            }
        }
}

TEST_CASE("every solution without secrets, and rule: the host's payoff falls neither in V2, nor in V1, nor in w0") {
    for (std::size_t i = 0; i < solutions.size(); ++i)
        for (const OutsideOption rule : {split, deal_me_out}) {
            if (solutions[i].is(uncertain)) continue;
            CAPTURE(std::string(solutions[i].name));
            const auto solution = static_cast<Solution>(i);
            double in_second = 0, in_first = 0, in_fund = 0;
            for (double value = .25; value <= 14; value += .25) {
                const double second = host_gets(solution, rule, {10, value, 3}, 2),
                             first = host_gets(solution, rule, {value, 6}, 2),
                             fund = host_gets(solution, rule, {10, 6}, value);
                CHECK(second >= in_second - 1e-6);
                CHECK(first >= in_first - 1e-6);
                CHECK(fund >= in_fund - 1e-6);
                in_second = second, in_first = first, in_fund = fund;
            }
        }
}

TEST_CASE("alternatives that are worth the same: the partner before the fund, and the fund before waiting") {
    for (const auto& [value, outcome] : {std::pair{3., TalkOutcome::agreed}, {2., TalkOutcome::lost_to_self_finance}}) {
        Scenario scenario = table(Solution::nash, deal_me_out, {value}, 3);
        scenario.bargaining.waiting = 1, scenario.learning.opening_aspiration = 3;
        scenario.bargaining.host_discount_rate = 0;  // waiting costs nothing
        const TalkRecord talk = result_of(scenario).talks.front();
        REQUIRE(talk.waiting == 3);
        REQUIRE(talk.self_finance == 3);
        CHECK(talk.outcome == outcome);
    }
}

TEST_CASE(
    "every solution and rule: tables without surplus, of equals, with all or no patience and of any size stay finite") {
    double tables = 0, agreed = 0;
    for (std::size_t i = 0; i < solutions.size(); ++i)
        for (const OutsideOption rule : {split, deal_me_out})
            for (const auto& values : {std::vector<double>{}, {0}, {0, 0}, {10, 10, 10}, {-1, -2}, {10, 0, -1}})
                for (const double fund : {-1., 0., 10.})
                    for (const auto& [host, partner] : {std::pair{0., 0.}, {0., .1}, {.1, 0.}, {1e6, .1}})
                        for (const double size : {1e-9, 1., 1e9}) {
                            Scenario scenario = table(static_cast<Solution>(i), rule, values, fund);
                            scenario.bargaining.host_discount_rate = host;
                            scenario.bargaining.breakdown_risk = host > 1 ? 0.5 : 0;
                            scenario.projects.size_scale = size, scenario.fund.opening_balance = 1e15;
                            for (PartnerInput& input : scenario.partners)
                                input.partner.discount_rate = partner, input.finance = constant_path(1e12);
                            scenario.sectors[0].sector.rate = 3;
                            const TestRun run = run_world(scenario, 1, 1);
                            tables += run.ticks.front().talks;
                            for (const double number :
                                 std::span(multivector::values(run.ticks.front()), observation_width))
                                REQUIRE(std::isfinite(number));
                            for (const TalkRecord& talk : run.log.talks) {
                                if (talk.outcome != TalkOutcome::agreed) continue;
                                ++agreed;
                                REQUIRE(talk.host_payoff >= -1e-9 * size);
                                REQUIRE(talk.partner_payoff >= -1e-9 * size);
                            }
                        }
    CHECK(tables > 5000);
    CHECK(agreed > 2000);
}

TEST_CASE("Emerson 1962: with every alternative added, the host depends less on the partner it signs with") {
    for (const Solution solution : even)
        for (const OutsideOption rule : {split, deal_me_out}) {
            CAPTURE(std::string(solutions[static_cast<std::size_t>(solution)].name));
            double before = 10;
            for (const auto& values : {std::vector<double>{10}, {10, 3}, {10, 3, 6}, {10, 3, 6, 9}}) {
                const Result result = result_of(table(solution, rule, values));
                REQUIRE(result.winner == 0);
                const double dependence = result.talks[0].host_payoff - result.talks[0].host_outside;
                CHECK(dependence < before);
                if (rule == split)  // equal dependence
                    CHECK(dependence == six(result.talks[0].partner_payoff - result.talks[0].partner_outside));
                before = dependence;
                if (rule == deal_me_out && dependence < 1e-9) break;  // the best alternative is what it gets
            }
        }
    // A surplus of 1 over alternatives of .3 and .1: .6.
    Scenario scenario = table(Solution::nash, split, {1, .3});
    scenario.partners[0].partner.aspiration_weight = 1, scenario.partners[0].partner.opening_aspiration = .1;
    CHECK(result_of(scenario).host == six(.6));
}

TEST_CASE(
    "the one-to-many job: partners worth U(40, 100) and a fund worth U(0, 30) leave the host 75.9, and the best wins") {
    std::mt19937 luck(71);
    const int tables = 2000;
    double sum = 0;
    for (int round = 0; round < tables; ++round) {
        std::vector<double> values(4);
        for (double& value : values) value = between(luck, 40, 100);
        const double fund = between(luck, 0, 30);
        const Result result = result_of(table(Solution::nash, deal_me_out, values, fund));
        const auto best = std::max_element(values.begin(), values.end());
        REQUIRE(result.winner == best - values.begin());
        std::vector<double> sorted = values;
        std::sort(sorted.rbegin(), sorted.rend());
        REQUIRE(result.host == six(std::max({sorted[0] / 2, sorted[1], fund})));
        sum += result.host;
    }
    CHECK(std::fabs(sum / tables - 75.9) < 4 * 12 / std::sqrt(tables));  // four errors, the spread being 12
}
