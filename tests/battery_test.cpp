// One battery for every solution and outside-option rule: laws over random talks and tables, and closed forms against
// independent searches.
#include <doctest/doctest.h>

#include "optimiser.hpp"
#include "random_talks.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

constexpr std::array rules{OutsideOption::split_the_difference, OutsideOption::deal_me_out};

template <class Function>
void for_every_rule(Function f) {
    for (const SolutionRow& solution : solutions)
        for (const OutsideOption rule : rules) {
            CAPTURE(std::string(solution.name));
            CAPTURE(std::string(names_of<OutsideOption>[static_cast<std::size_t>(rule)]));
            f(solution, rule);
        }
}

Solution choice_of(const SolutionRow& solution) { return static_cast<Solution>(&solution - solutions.data()); }

Scenario table_of(const SolutionRow& solution, OutsideOption rule, const std::vector<double>& values,
                  double fund = -1) {
    Scenario scenario = one_table(values, fund);
    scenario.bargaining.solution = choice_of(solution), scenario.bargaining.outside_option = rule;
    return scenario;
}

}  // namespace

TEST_CASE(
    "every solution and rule: nobody signs for less than their walk-away value, and no package is better for both") {
    for_every_rule([](const SolutionRow& solution, OutsideOption rule) {
        std::mt19937 luck(21);
        int agreed = 0, failed = 0;
        for (int round = 0; round < 5000; ++round) {
            RandomTalk random(luck);
            random.add_rivals(luck, round % 4);
            if (!random.possible() || (solution.is(uncertain) && random.talk.protocol.rounds == 0)) continue;
            const Settlement settled = settle(solution, rule, random.talk);
            failed += !settled.agreed();
            if (!settled.agreed()) continue;
            ++agreed;
            REQUIRE(settled.terms.payoff.host >= random.talk.outside.host - 1e-9);
            REQUIRE(settled.terms.payoff.partner >= random.talk.outside.partner - 1e-9);
            const Payoffs best = random.frontier.where_host_gets(settled.terms.payoff.host).payoff;
            REQUIRE(best.partner <= settled.terms.payoff.partner + 1e-9);
        }
        CHECK(agreed > 500);
        CHECK((failed > 0) == solution.is(uncertain));
    });
}

TEST_CASE("every solution and rule: another unit of money changes nothing but the numbers") {
    for_every_rule([](const SolutionRow& solution, OutsideOption rule) {
        std::mt19937 luck(22);
        for (int round = 0; round < 2000; ++round) {
            RandomTalk random(luck);
            random.add_rivals(luck, round % 4);
            if (!random.possible()) continue;
            const Frontier& of = random.frontier;
            const double k = round % 2 ? 1e9 : 1e-9;
            const Frontier scaled = make_frontier(k * of.host_base, k * of.partner_base, k * of.local_value,
                                                  k * of.local_cost, k * of.revenue, of.least_local_content);
            const auto times = [&](Payoffs u) { return Payoffs{k * u.host, k * u.partner}; };
            std::vector<double> rivals;
            for (const double rival : random.rivals) rivals.push_back(k * rival);
            Talk talk = over(scaled, random.talk, times(random.talk.threat), times(random.talk.outside));
            talk.rivals = rivals;
            if (!scaled.offers(talk.outside)) continue;
            const Settlement one = settle(solution, rule, random.talk), other = settle(solution, rule, talk);
            REQUIRE(one.outcome == other.outcome);
            REQUIRE(other.terms.payoff.host == doctest::Approx(k * one.terms.payoff.host).epsilon(1e-6).scale(k));
            REQUIRE(other.terms.local_content == doctest::Approx(one.terms.local_content).epsilon(1e-6));
        }
    });
}

TEST_CASE("every solution without secrets, and rule: permuting the partners permutes the result") {
    for_every_rule([](const SolutionRow& solution, OutsideOption rule) {
        if (solution.is(uncertain)) return;  // secrets are drawn by partner
        std::vector<double> values{10, 7, 4, 1};
        const double expected = host_payoff(talks_of_one_table(table_of(solution, rule, values)));
        do {
            const auto talks = talks_of_one_table(table_of(solution, rule, values));
            for (const TalkRecord& talk : talks)
                CHECK((talk.outcome == TalkOutcome::agreed) == (values[static_cast<std::size_t>(talk.partner)] == 10));
            CHECK(host_payoff(talks) == doctest::Approx(expected).epsilon(1e-9));
        } while (std::prev_permutation(values.begin(), values.end()));
    });
}

TEST_CASE("every solution and rule under complete information: more rivals never lower the host's payoff") {
    for_every_rule([](const SolutionRow& solution, OutsideOption rule) {
        if (solution.is(uncertain)) return;
        std::mt19937 luck(23);
        for (int round = 0; round < 120; ++round) {
            const auto draw = [&](double low, double high) { return between(luck, low, high); };
            Scenario scenario =
                table_of(solution, rule, {draw(0, 10), draw(0, 10), draw(0, 10), draw(0, 10)}, draw(-4, 6));
            scenario.bargaining.rival_offer = draw(0, 1), scenario.bargaining.waiting = draw(0, 1);
            scenario.bargaining.round_length = draw(0, 1), scenario.bargaining.breakdown_risk = draw(0, 0.3);
            scenario.bargaining.last_round = round % 5;
            scenario.bargaining.first_offer = round % 2 ? Proposer::host : Proposer::partner;
            scenario.learning.opening_aspiration = draw(0, 5);
            for (PartnerInput& partner : scenario.partners) {
                partner.partner.discount_rate = draw(0.001, 0.3);
                partner.partner.aspiration_weight = draw(0, 1);
            }
            double before = 0;
            for (std::size_t count = 1; count <= 4; ++count) {
                for (std::size_t p = 0; p < 4; ++p)
                    scenario.partners[p].partner.present = p < count ? Switch::on : Switch::off;
                const double after = host_payoff(talks_of_one_table(scenario));
                REQUIRE(after >= before - 1e-9);
                before = after;
            }
        }
    });
}

TEST_CASE("every solution and rule: equal rivals, no surplus, weights 0 and 1 and sizes from 1e-9 to 1e9 stay finite") {
    for_every_rule([](const SolutionRow& solution, OutsideOption rule) {
        std::mt19937 luck(24);
        for (const double size : {1e-9, 1., 1e9})
            for (const double weight : {0., .5, 1.})
                for (const double revenue : {0., 1.})
                    for (const bool exhausted : {false, true}) {
                        RandomTalk random(
                            luck, make_frontier(.1 * size, .3 * size, .3 * size, .6 * size, revenue * size, .2));
                        const double all = random.frontier.where_partner_gets(0).payoff.host;
                        random.talk.threat = {0, 0}, random.talk.outside = {exhausted ? all : 0, 0};
                        random.talk.weight = weight, random.talk.reserve = random.talk.outside.host;
                        random.rivals = {all, all, all};
                        random.talk.rivals = random.rivals;
                        const Settlement settled = settle(solution, rule, random.talk);
                        CHECK(std::isfinite(settled.terms.payoff.host + settled.terms.payoff.partner));
                        if (!settled.agreed()) continue;
                        CHECK(settled.terms.payoff.host >= random.talk.outside.host - 1e-12 * size);
                        CHECK(settled.terms.payoff.partner >= -1e-9 * size);
                    }
        // Nothing to agree on at all.
        RandomTalk random(luck, make_frontier(-1, -1, .1, .1, .1, .5));
        random.talk.threat = random.talk.outside = {0, 0};
        CHECK(settle(solution, rule, random.talk).outcome == TalkOutcome::no_agreement);
    });
}

TEST_CASE("every solution and rule: a refused talk has terms on record exactly where an offer was made") {
    for_every_rule([](const SolutionRow& solution, OutsideOption rule) {
        Scenario scenario = small_scenario();
        scenario.bargaining.solution = choice_of(solution), scenario.bargaining.outside_option = rule;
        int refused = 0;
        for (std::uint32_t replication = 0; replication < 6; ++replication)
            for (const TalkRecord& talk : run_world(scenario, 2, replication).log.talks) {
                if (talk.outcome == TalkOutcome::agreed) continue;
                ++refused;
                REQUIRE(std::isfinite(talk.host_payoff) ==
                        (talk_failed(talk.outcome) || std::isfinite(talk.standing_offer)));
                if (std::isfinite(talk.standing_offer))
                    REQUIRE(talk.host_payoff == doctest::Approx(talk.standing_offer).epsilon(1e-9));
            }
        CHECK(refused > 50);
    });
}

TEST_CASE(
    "every solution and rule: what approval insists on binds at tables with rivals, without, and when talks fail") {
    for_every_rule([](const SolutionRow& solution, OutsideOption rule) {
        for (const Switch rivals : {Switch::on, Switch::off})
            for (const double required : {-1., 3., 8.5, 9.5, 11.}) {
                Scenario scenario = table_of(solution, rule, {10, 7, 4, 1});
                scenario.bargaining.rivals = rivals, scenario.bargaining.private_part = 0.9;
                scenario.domestic.ratification = Ratification::constraint, scenario.domestic.requirement = required;
                for (const TalkRecord& talk : talks_of_one_table(scenario)) {
                    const double limit[] = {10, 7, 4, 1};
                    const bool can = limit[talk.partner] >= required;
                    REQUIRE((talk.outcome == TalkOutcome::not_ratifiable) == !can);
                    if (talk.outcome == TalkOutcome::agreed) REQUIRE(talk.host_payoff >= required - 1e-9);
                }
            }
    });
}

TEST_CASE("what a protocol gives departs from Nash, at the weight that it approaches, by less the shorter its rounds") {
    const auto gap = [](double length, double risk) {
        double sum = 0;
        for (std::uint32_t replication = 0; replication < 5; ++replication) {
            Scenario scenario = small_scenario();
            scenario.bargaining.solution = Solution::alternating_offers;
            scenario.bargaining.host_discount_rate = 0.3;
            scenario.bargaining.round_length = length, scenario.bargaining.breakdown_risk = risk;
            for (const Observation& now : run_world(scenario, 4, replication).ticks) sum += now.protocol_host_gap;
        }
        return std::fabs(sum);
    };
    const double far = gap(1, 0.1), near = gap(0.1, 0.01), nearest = gap(0.001, 0.0001);
    CHECK(far > near);
    CHECK(near > 2 * nearest);
    CHECK(nearest < 0.05 * far);
}

TEST_CASE("a risk of breakdown too small to change a number is none") {
    Scenario scenario = small_scenario();
    scenario.bargaining.solution = Solution::concession_tactics;
    scenario.bargaining.breakdown_risk = 0;
    const TestRun none = run_world(scenario, 2, 0);
    scenario.bargaining.breakdown_risk = 1e-17;
    const TestRun tiny = run_world(scenario, 2, 0);
    for (std::size_t t = 0; t < none.ticks.size(); ++t) CHECK(none.ticks[t].net_gain == tiny.ticks[t].net_gain);
}

TEST_CASE("the closed forms of Nash, Kalai-Smorodinsky and the egalitarian solution equal an independent optimiser's") {
#ifdef NDEBUG
    constexpr int wanted = 100000;
#else
    constexpr int wanted = 2000;  // assertions, sanitizers and counters make the optimiser a hundred times slower
#endif
    std::mt19937 luck(25);
    int compared = 0;
    double worst = 0;
    while (compared < wanted) {
        RandomTalk random(luck);
        const Frontier& of = random.frontier;
        Talk talk = random.talk;
        talk.outside = talk.threat;
        const Payoffs ideal{of.where_partner_gets(talk.threat.partner).payoff.host - talk.threat.host,
                            of.where_host_gets(talk.threat.host).payoff.partner - talk.threat.partner};
        if (!of.offers(talk.threat) || ideal.host < 0.02 || ideal.partner < 0.02) continue;
        ++compared;
        PackageOptimiser optimiser(of, talk.threat);
        const auto compare = [&](const Settlement& closed, Payoffs found, auto measure) {
            worst = std::max(worst, std::fabs(measure(closed.terms.payoff) - measure(found)));
        };
        compare(settle_egalitarian(talk), optimiser.largest_common_part({1, 1}),
                [&](Payoffs u) { return std::min(u.host - talk.threat.host, u.partner - talk.threat.partner); });
        compare(settle_kalai_smorodinsky(talk), optimiser.largest_common_part(ideal), [&](Payoffs u) {
            return std::min((u.host - talk.threat.host) / ideal.host,
                            (u.partner - talk.threat.partner) / ideal.partner);
        });
        compare(settle_nash(talk), optimiser.largest_product(talk.weight), [&](Payoffs u) {
            return talk.weight * std::log(u.host - talk.threat.host) +
                   (1 - talk.weight) * std::log(u.partner - talk.threat.partner);
        });
    }
    CHECK(compared == wanted);
    MESSAGE("worst difference of the objectives: ", worst);
    CHECK(worst < 1e-9);
}

TEST_CASE("offers without a last round equal those with a last round that is far away") {
    std::mt19937 luck(26);
    for (int round = 0; round < 5000; ++round) {
        RandomTalk random(luck);
        if (!random.possible()) continue;
        Talk& talk = random.talk;
        talk.protocol.host_discount = between(luck, 0.3, 0.95),
        talk.protocol.partner_discount = between(luck, 0.3, 0.95);
        talk.protocol.rounds = 0;
        const double stationary = settle_alternating_offers(talk).terms.payoff.host;
        talk.protocol.rounds = 2000;
        REQUIRE(settle_alternating_offers(talk).terms.payoff.host ==
                doctest::Approx(stationary).epsilon(1e-9).scale(1));
    }
}

TEST_CASE("on every frontier offers in turn approach Nash at the rate of the rounds' length") {
    std::mt19937 luck(27);
    int straight = 0;
    for (int round = 0; round < 3000; ++round) {
        RandomTalk random(luck);
        Talk talk = random.talk;
        talk.outside = talk.threat, talk.protocol.rounds = 0;
        if (!random.frontier.offers(talk.threat)) continue;
        const double r_h = between(luck, 0.1, 2), r_p = between(luck, 0.1, 2);
        talk.weight = r_p / (r_h + r_p);
        const double nash = settle_nash(talk).terms.payoff.host;
        const auto error = [&](double length) {
            talk.protocol.host_discount = std::exp(-r_h * length),
            talk.protocol.partner_discount = std::exp(-r_p * length);
            return settle_alternating_offers(talk).terms.payoff.host - nash;
        };
        const double far = error(1e-2), near = error(1e-3);
        REQUIRE(std::fabs(near) <= std::fabs(far) + 1e-9);
        REQUIRE(std::fabs(near) < 1e-2);
        // Where the deal is inside a piece the error is proportional to the length.
        if (std::fabs(far) < 1e-5 || settle_nash(talk).terms.piece != Piece::revenue) continue;
        const double e = settle_nash(talk).terms.revenue_share;
        if (e < 0.1 || e > 0.9) continue;
        ++straight;
        REQUIRE(far / near == doctest::Approx(10).epsilon(0.05));
    }
    CHECK(straight > 200);
}
