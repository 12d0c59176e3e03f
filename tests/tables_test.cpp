// Laws of whole tables with frontiers of three pieces: rivals, order, units, ties, and whose project is paid for first.
#include <doctest/doctest.h>

#include <map>

#include "cooperative.hpp"
#include "negotiation.hpp"
#include "processes.hpp"
#include "random_tables.hpp"

using namespace multivector;

namespace {

template <class Function>
void for_every_rule(Function f) {
    for (std::size_t i = 0; i < solutions.size(); ++i)
        for (const OutsideOption rule : {OutsideOption::split_the_difference, OutsideOption::deal_me_out}) {
            CAPTURE(std::string(solutions[i].name));
            CAPTURE(std::string(names_of<OutsideOption>[static_cast<std::size_t>(rule)]));
            f(static_cast<Solution>(i), rule);
        }
}

const SolutionRow& row(Solution solution) { return solutions[static_cast<std::size_t>(solution)]; }

Scenario under(Solution solution, OutsideOption rule, Scenario scenario) {
    scenario.bargaining.solution = solution, scenario.bargaining.outside_option = rule;
    return scenario;
}

/// Nobody has secrets and nothing breaks off, so that a table under any solution is a function of its partners.
Scenario without_secrets(Scenario scenario) {
    scenario.bargaining.private_part = scenario.bargaining.breakdown_risk = 0;
    return scenario;
}

/// The partners of a scenario in the order that `order` says, attitudes included.
Scenario permuted(const Scenario& scenario, const std::vector<std::size_t>& order) {
    Scenario other = scenario;
    for (std::size_t i = 0; i < order.size(); ++i) {
        other.partners[i] = scenario.partners[order[i]];
        for (std::size_t r = 0; r < other.regions.size(); ++r)
            other.regions[r].attitudes[i] = scenario.regions[r].attitudes[order[i]];
    }
    return other;
}

/// Whether the host got more than its Shapley value of the table.
bool above_value(const std::vector<TalkRecord>& talks) {
    std::vector<double> limits;
    double reserve = 0;
    for (const TalkRecord& talk : talks) {
        if (talk.outcome == TalkOutcome::agreed || talk.outcome == TalkOutcome::lost_to_rival)
            limits.push_back(talk.concession_limit);
        for (const double alternative : {talk.self_finance, talk.waiting})
            if (alternative > reserve) reserve = alternative;
    }
    std::sort(limits.rbegin(), limits.rend());
    return host_payoff(talks) > shapley_host(limits, reserve) + 1e-9;
}

/// The table over one project of each sector, in a world as it stands when the first talks begin.
std::vector<std::array<double, 4>> tables_by_sector(const Scenario& scenario) {
    const Setting setting = prepare(scenario);
    World world;
    begin(world, setting);
    const Luck luck(1, 0);
    world_moves(world, setting, luck);
    fund_flows(world, setting, luck);
    weigh_sides(world, setting);
    std::vector<std::array<double, 4>> results;
    for (int s = 0; s < setting.sectors; ++s) {
        const Project project{.id = 0,
                              .born = 0,
                              .sector = s,
                              .index = 0,
                              .region = 0,
                              .size = 1,
                              .queue_luck = .5,
                              .next_talk = world.year,
                              .last_chance = world.year + 2};
        Table table;
        seat_partners(table, world, setting, project);
        const TableResult result = settle_table(table, scenario.bargaining.solution, world, setting, luck, project);
        if (result.winner < 0)
            results.push_back({-1, result.self_financed ? 1. : 0., 0, 0});
        else
            results.push_back({static_cast<double>(table.seat(result.winner).partner),
                               table.seat(result.winner).terms.payoff.host,
                               table.seat(result.winner).terms.payoff.partner, table.seat(result.winner).outside.host});
    }
    return results;
}

/// How often each partner has the deal over the first project of a world, over many runs of the luck.
std::map<std::int64_t, int> winners(const Scenario& scenario, std::uint32_t replications) {
    std::map<std::int64_t, int> count;
    for (std::uint32_t replication = 0; replication < replications; ++replication)
        for (const TalkRecord& talk : run_world(scenario, 1, replication).log.talks)
            if (talk.project == 0 && talk.outcome == TalkOutcome::agreed) ++count[talk.partner];
    return count;
}

}  // namespace

TEST_CASE("every solution and rule, three-piece frontiers: under complete information a rival never hurts the host") {
    for_every_rule([](Solution solution, OutsideOption rule) {
        if (row(solution).is(uncertain)) return;
        std::mt19937 luck(61);
        int agreed = 0, fell = 0, pieces[4] = {};
        for (int round = 0; round < 1000; ++round) {
            Scenario scenario = under(solution, rule, random_table(luck, 4));
            double before = 0;
            bool above = false;
            for (std::size_t count = 1; count <= 4; ++count) {
                for (std::size_t p = 0; p < 4; ++p)
                    scenario.partners[p].partner.present = p < count ? Switch::on : Switch::off;
                const std::vector<TalkRecord> talks = talks_of_one_table(scenario);
                const double after = host_payoff(talks);
                if (after < before - 1e-9) {
                    // The Shapley value is a formula of transferable payoffs. Where one partner's frontier begins above
                    // it, or politics insists on more with that partner, the host gets that, until a rival outbids.
                    ++fell;
                    REQUIRE(solution == Solution::shapley);
                    REQUIRE(above);
                }
                before = after, above = above_value(talks);
                for (const TalkRecord& talk : talks)
                    if (talk.outcome == TalkOutcome::agreed) ++agreed, ++pieces[static_cast<std::size_t>(talk.piece)];
            }
        }
        CHECK(agreed > 1500);
        CHECK(fell < 20);
        for (const Piece piece : {Piece::local_content_low, Piece::revenue})
            CHECK(pieces[static_cast<std::size_t>(piece)] > 100);
        CHECK(pieces[static_cast<std::size_t>(Piece::local_content_high)] > 0);
    });
}

TEST_CASE(
    "every solution and rule, three-piece frontiers: the order of partners permutes a table's result, to the bit") {
    for_every_rule([](Solution solution, OutsideOption rule) {
        std::mt19937 luck(62);
        int agreed = 0;
        for (int round = 0; round < 200; ++round) {
            const Scenario scenario = under(solution, rule, without_secrets(random_table(luck, 4)));
            std::vector<std::size_t> order{0, 1, 2, 3};
            std::shuffle(order.begin(), order.end(), luck);
            const auto talks = talks_of_one_table(scenario), other = talks_of_one_table(permuted(scenario, order));
            REQUIRE(talks.size() == other.size());
            for (const TalkRecord& talk : other) {
                const auto same = std::find_if(talks.begin(), talks.end(), [&](const TalkRecord& candidate) {
                    return candidate.partner == static_cast<int>(order[static_cast<std::size_t>(talk.partner)]);
                });
                REQUIRE(same != talks.end());
                REQUIRE(talk.outcome == same->outcome);
                REQUIRE(talk.concession_limit == same->concession_limit);
                REQUIRE(talk.host_outside == same->host_outside);
                if (talk.outcome != TalkOutcome::agreed) continue;
                ++agreed;
                REQUIRE(talk.host_payoff == same->host_payoff);
                REQUIRE(talk.partner_payoff == same->partner_payoff);
            }
        }
        CHECK(agreed > 100);
    });
}

TEST_CASE("every solution and rule: the order of sectors changes no table, to the bit") {
    for_every_rule([](Solution solution, OutsideOption rule) {
        std::mt19937 luck(63);
        int agreed = 0;
        for (int round = 0; round < 100; ++round) {
            const Scenario scenario = under(solution, rule, without_secrets(random_table(luck, 3, 4)));
            Scenario other = scenario;
            std::vector<std::size_t> order{0, 1, 2, 3};
            std::shuffle(order.begin(), order.end(), luck);
            for (std::size_t i = 0; i < order.size(); ++i) {
                other.sectors[i] = scenario.sectors[order[i]];
                for (std::size_t p = 0; p < other.partners.size(); ++p)
                    other.partners[p].sectors[i] = scenario.partners[p].sectors[order[i]];
            }
            const auto before = tables_by_sector(scenario), after = tables_by_sector(other);
            for (std::size_t i = 0; i < order.size(); ++i) {
                REQUIRE(after[i] == before[order[i]]);
                agreed += after[i][0] >= 0;
            }
        }
        CHECK(agreed > 150);
    });
}

TEST_CASE("the order of partners permutes a whole run") {
    Scenario scenario = lively();
    scenario.opinion.rumour_rate = 0;  // rumours are drawn by partner
    const std::vector<std::size_t> order{2, 0, 1};
    const TestRun run = run_world(scenario, 3), other = run_world(permuted(scenario, order), 3);
    CHECK(run.total(&Observation::signed_deals) > 50);
    for (std::size_t t = 0; t < run.ticks.size(); ++t) {
        const Observation &one = run.ticks[t], &two = other.ticks[t];
        REQUIRE(two.net_gain == doctest::Approx(one.net_gain).epsilon(1e-9));
        REQUIRE(two.fund == doctest::Approx(one.fund).epsilon(1e-9));
        REQUIRE(two.completed == one.completed);
        for (std::size_t i = 0; i < order.size(); ++i) {
            REQUIRE(two.signed_by_partner[i] == one.signed_by_partner[order[i]]);
            REQUIRE(two.capital_to_hand_by_partner[i] ==
                    doctest::Approx(one.capital_to_hand_by_partner[order[i]]).epsilon(1e-9));
            REQUIRE(two.attitude_by_partner[i] == doctest::Approx(one.attitude_by_partner[order[i]]).epsilon(1e-9));
        }
    }
}

TEST_CASE("names of partners, sectors and regions change no bit of a run") {
    const Scenario scenario = lively();
    Scenario other = scenario;
    for (std::size_t p = 0; p < other.partners.size(); ++p)
        other.partners[p].name = std::string(1, static_cast<char>('z' - p));
    for (std::size_t s = 0; s < other.sectors.size(); ++s)
        other.sectors[s].name = std::string(1, static_cast<char>('y' - s));
    for (std::size_t r = 0; r < other.regions.size(); ++r)
        other.regions[r].name = std::string(1, static_cast<char>('x' - r));
    CHECK(same_bits(run_world(scenario), run_world(other)));
}

TEST_CASE("the order of sectors changes no law of a run: what luck hits is another project, but as often") {
    // Sectors have luck of their own, by position: means over many runs agree within their errors.
    Scenario scenario = lively(), other = scenario;
    std::reverse(other.sectors.begin(), other.sectors.end());
    for (PartnerInput& partner : other.partners)
        std::reverse(partner.sectors.begin(),
                     partner.sectors.begin() + static_cast<std::ptrdiff_t>(other.sectors.size()));
    const int runs = 150;
    for (const auto field : {&Observation::net_gain, &Observation::signed_deals, &Observation::refused}) {
        double sum[2] = {}, square[2] = {};
        for (std::uint32_t replication = 0; replication < runs; ++replication) {
            const double totals[] = {run_world(scenario, 7, replication).total(field),
                                     run_world(other, 7, replication).total(field)};
            for (int i = 0; i < 2; ++i) sum[i] += totals[i], square[i] += totals[i] * totals[i];
        }
        double variance = 0;
        for (int i = 0; i < 2; ++i) variance += (square[i] / runs - sum[i] * sum[i] / runs / runs) / runs;
        CHECK(std::fabs(sum[0] - sum[1]) / runs < 4 * std::sqrt(variance));
    }
}

TEST_CASE("every solution and rule: a table of another size has the same terms and payoffs of that size") {
    for_every_rule([](Solution solution, OutsideOption rule) {
        std::mt19937 luck(64);
        int agreed = 0;
        for (int round = 0; round < 100; ++round) {
            Scenario scenario = under(solution, rule, random_table(luck, 3));
            scenario.headline.connectivity_demand =
                0;  // a corridor fills up: the larger the project, the less a dollar
            scenario.fund.opening_balance = 1e15;
            for (PartnerInput& partner : scenario.partners) partner.finance = constant_path(1e15);
            const auto talks = talks_of_one_table(scenario);
            for (const double k : {1e-9, 1e9}) {
                Scenario scaled = scenario;
                scaled.projects.size_scale *= k;
                const auto other = talks_of_one_table(scaled);
                REQUIRE(talks.size() == other.size());
                for (std::size_t i = 0; i < talks.size(); ++i) {
                    REQUIRE(other[i].outcome == talks[i].outcome);
                    if (talks[i].outcome != TalkOutcome::agreed) continue;
                    ++agreed;
                    REQUIRE(other[i].host_payoff / k == doctest::Approx(talks[i].host_payoff).epsilon(1e-6));
                    REQUIRE(other[i].local_content == doctest::Approx(talks[i].local_content).epsilon(1e-6));
                }
            }
        }
        CHECK(agreed > 50);
    });
}

TEST_CASE("every solution and rule: of partners who are alike in everything each wins as often, whatever their order") {
    for_every_rule([](Solution solution, OutsideOption rule) {
        const Scenario scenario = without_secrets(under(solution, rule, one_table({10, 10, 10})));
        const std::map<std::int64_t, int> count = winners(scenario, 1200);
        double all = 0;
        for (const auto& [partner, wins] : count) all += wins;
        REQUIRE(all > 500);
        for (std::int64_t p = 0; p < 3; ++p)  // four standard errors
            CHECK(std::fabs(count.at(p) - all / 3) < 4 * std::sqrt(all * 2 / 9));
    });
}

TEST_CASE(
    "every solution and rule: of partners with one limit the one with the larger joint value wins, in any order") {
    // It keeps an aspiration of 2 and is worth 12 together with the host, the other 10 without any: both could
    // concede 10.
    for_every_rule([](Solution solution, OutsideOption rule) {
        for (const std::int64_t larger : {0, 1}) {
            Scenario scenario = without_secrets(under(solution, rule, one_table({10, 10})));
            PartnerInput& input = scenario.partners[static_cast<std::size_t>(larger)];
            input.sectors[0].interest = 12, input.partner.aspiration_weight = 1, input.partner.opening_aspiration = 2;
            const std::map<std::int64_t, int> count = winners(scenario, 100);
            CHECK(count.size() == 1);
            CHECK(count.count(larger) == 1);
        }
    });
}

TEST_CASE("every solution and rule: equal rivals under complete information leave the host as much whoever wins") {
    for_every_rule([](Solution solution, OutsideOption rule) {
        if (row(solution).is(uncertain)) return;
        const Scenario scenario = under(solution, rule, one_table({10, 10, 4}));
        std::map<std::int64_t, double> payoff;
        for (std::uint32_t replication = 0; replication < 100; ++replication)
            for (const TalkRecord& talk : run_world(scenario, 1, replication).log.talks)
                if (talk.project == 0 && talk.outcome == TalkOutcome::agreed) payoff[talk.partner] = talk.host_payoff;
        REQUIRE(payoff.size() == 2);
        CHECK(payoff[0] == payoff[1]);
    });
}

TEST_CASE("a partner whose best the fund can just match has the deal; one that cannot match it has not") {
    for_every_rule([](Solution solution, OutsideOption rule) {
        const auto outcome = [&](double fund) {
            const Scenario scenario = without_secrets(under(solution, rule, one_table({10}, fund)));
            return talks_of_one_table(scenario).front().outcome;
        };
        CHECK(outcome(10) == TalkOutcome::agreed);
        CHECK(outcome(10.001) == TalkOutcome::lost_to_self_finance);
    });
}

TEST_CASE(
    "capital that pays for one project of a tick goes to each sector as often, wherever it stands in the scenario") {
    Scenario scenario = one_table({10});
    scenario.sectors.resize(3, scenario.sectors[0]);
    for (std::size_t s = 1; s < 3; ++s) scenario.partners[0].sectors[s] = scenario.partners[0].sectors[0];
    scenario.partners[0].finance = constant_path(2);  // what is left of it at the tick's end pays for one
    int ticks = 0, first[3] = {};
    for (std::uint32_t replication = 0; replication < 4000; ++replication) {
        const TestRun run = run_world(scenario, 1, replication);
        const Observation& now = run.ticks[0];
        if (now.projects_arisen != 3 || now.talks != 3) continue;
        bool each[3] = {};
        for (const TalkRecord& talk : run.log.talks) each[talk.sector] = true;
        if (!each[0] || !each[1] || !each[2]) continue;
        ++ticks;
        int paid = 0;
        for (const TalkRecord& talk : run.log.talks)
            if (talk.outcome == TalkOutcome::agreed) ++first[talk.sector], ++paid;
        REQUIRE(paid == 1);
    }
    REQUIRE(ticks > 100);
    for (const int count : first) CHECK(std::fabs(count - ticks / 3.) < 4 * std::sqrt(ticks * 2 / 9.));
}

TEST_CASE("a table in brief ends as the whole one: a partner that nothing would satisfy is no party to either") {
    std::mt19937 luck(13);
    int left_out = 0, worked_out = 0;
    for (int round = 0; round < 1000; ++round) {
        const Scenario scenario = random_table(luck, 4);
        const Setting setting = prepare(scenario);
        World world;
        begin(world, setting);
        const Luck run(3, static_cast<std::uint32_t>(round));
        world_moves(world, setting, run), fund_flows(world, setting, run), projects_arise(world, setting, run);
        weigh_sides(world, setting);
        for (const Project& project : world.arisen) {
            Table whole, brief;
            seat_partners(whole, world, setting, project), seat_partners(brief, world, setting, project, true);
            const Solution solution = scenario.bargaining.solution;
            const TableResult expected = settle_table(whole, solution, world, setting, run, project),
                              result = settle_table(brief, solution, world, setting, run, project);
            REQUIRE(brief.seated == whole.seated);
            REQUIRE(result.winner == expected.winner);
            REQUIRE(result.self_financed == expected.self_financed);
            for (int i = 0; i < whole.seated; ++i) {
                REQUIRE(brief.seat(i).credible == whole.seat(i).credible);
                ++(brief.seat(i).hopeless ? left_out : worked_out);
            }
        }
    }
    CHECK(left_out > 100);
    CHECK(worked_out > 100);
}
