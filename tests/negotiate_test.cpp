// A table shown is the table that was held: the view says what the record of the run says.
#include <doctest/doctest.h>

#include "answer.hpp"
#include "small_world.hpp"
#include "table_view.hpp"

using namespace multivector;

TEST_CASE("what is shown of a talk is what the run's record has of it") {
    int seen = 0;
    for (const SolutionRow& solution : solutions) {
        CAPTURE(std::string(solution.name));
        Scenario scenario = small_scenario();
        scenario.bargaining.solution = static_cast<Solution>(&solution - solutions.data());
        const Setting setting = prepare(scenario);
        const TestRun run = run_world(scenario, 3, 0);
        for (int tick = 0; tick < setting.ticks; tick += 7) {
            const auto view = view_table(setting, 3, 0, {tick, -1});
            if (!view) continue;
            for (int i = 0; i < view->table.seated; ++i) {
                const Seat& seat = view->table.seat(i);
                const auto found =
                    std::find_if(run.log.talks.begin(), run.log.talks.end(), [&](const TalkRecord& talk) {
                        return talk.tick == tick && talk.project == view->project.id && talk.partner == seat.partner;
                    });
                REQUIRE(found != run.log.talks.end());
                ++seen;
                CHECK(found->outcome == seat.outcome);
                CHECK(found->rounds == seat.rounds);
                CHECK(found->concession_limit == seat.concession_limit);
                if (seat.outcome != TalkOutcome::agreed) continue;
                CHECK(found->host_payoff == seat.terms.payoff.host);
                CHECK(found->partner_payoff == seat.terms.payoff.partner);
            }
        }
    }
    CHECK(seen > 100);
}

TEST_CASE("a world does not notice that somebody looks at its tables") {
    class Settler : public TableWatch {
     public:
        void seated(const Table& table, const World& world, const Setting& setting, const Luck& luck,
                    const Project& project) override {
            for (std::size_t i = 0; i < solutions.size(); ++i) {
                Table copy = table;
                ++tables;
                settle_table(copy, static_cast<Solution>(i), world, setting, luck, project, {true, nullptr});
            }
        }
        int tables = 0;
    } settler;
    const Setting setting = prepare(small_scenario());
    World watched, alone;
    const Luck luck(3, 0);
    begin(watched, setting), begin(alone, setting);
    watched.watch = &settler;
    for (int t = 0; t < setting.ticks; ++t) {
        tick(watched, setting, luck), tick(alone, setting, luck);
        for (std::size_t i = 0; i < observation_width; ++i)
            REQUIRE(to_bits(values(watched.now)[i]) == to_bits(values(alone.now)[i]));
    }
    CHECK(settler.tables > 100);
}

TEST_CASE("among what every solution would give stands what the solution in force gave") {
    const Scenario scenario = small_scenario();
    const auto view = view_table(prepare(scenario), 3, 0, {});
    REQUIRE(view);
    CHECK(view->table.credible > 0);
    int found = 0;
    for (const OtherOutcome& other : view->others) {
        if (other.solution != scenario.bargaining.solution || other.rule != scenario.bargaining.outside_option)
            continue;
        ++found;
        CHECK(other.result.winner == view->result.winner);
        if (view->result.winner >= 0) CHECK(other.host == view->table.seat(view->result.winner).terms.payoff.host);
    }
    CHECK(found == 1);
    std::size_t rows = 0;
    for (const SolutionRow& solution : solutions) rows += solution.is(whole_table) ? 1 : 2;
    CHECK(view->others.size() == rows);
}

TEST_CASE("every refused offer is listed before the one that is accepted, and each side asks for less as it goes") {
    Scenario scenario = small_scenario();
    scenario.bargaining.solution = Solution::concession_tactics;
    const Setting setting = prepare(scenario);
    int talks = 0;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        auto view = view_table(setting, 5, replication, {});
        if (!view || view->table.credible == 0) continue;
        const int main_partner = view->table.seat(view->table.main_seat()).partner;
        std::erase_if(view->offers, [&](const Offer& offer) { return offer.partner != main_partner; });
        if (view->offers.empty()) continue;
        ++talks;
        double host = 1e300, partner = 1e300;
        for (std::size_t i = 0; i < view->offers.size(); ++i) {
            const Offer& offer = view->offers[i];
            CHECK(offer.round == static_cast<int>(i) + 1);
            double& asked = offer.by_host ? host : partner;
            const double now = offer.by_host ? offer.terms.payoff.host : offer.terms.payoff.partner;
            CHECK(now <= asked + 1e-12);
            asked = now;
        }
        const Seat& seat = view->table.seat(view->table.main_seat());
        CHECK(static_cast<int>(view->offers.size()) == seat.rounds);
        if (seat.outcome == TalkOutcome::agreed) CHECK(view->offers.back().terms.payoff.host == seat.terms.payoff.host);
    }
    CHECK(talks > 5);
}

TEST_CASE("a table's core and Shapley values divide what its best coalition is worth") {
    int seen = 0;
    for (std::uint32_t replication = 0; replication < 30; ++replication)
        for (const Switch rivals : {Switch::on, Switch::off}) {
            Scenario scenario = small_scenario();
            scenario.bargaining.rivals = rivals, scenario.bargaining.waiting = 0.5;
            const auto view = view_table(prepare(scenario), 7, replication, {});
            if (!view || view->table.credible == 0) continue;
            ++seen;
            const CooperativeGame& game = view->game;
            const HostAlternatives& host = view->table.alternatives;
            double best = std::fmax(0, std::fmax(host.self_finance, host.waiting)), sum = game.host;
            const Seat& main = view->table.seat(view->table.main_seat());
            best = std::max(best, main.concession_limit);
            for (const double partner : game.partners) sum += partner;
            CHECK(sum == doctest::Approx(best).epsilon(1e-9));
            CHECK(game.core.host_best == best);
            CHECK(game.core.host_worst <= game.core.host_best);  // the Shapley value may lie below both
            for (const OtherOutcome& other : view->others)
                if (other.result.winner >= 0 && other.solution == Solution::auction)
                    CHECK(other.host >= game.core.host_worst - 1e-12);  // more where its frontier only begins there
        }
    CHECK(seen > 30);
}

TEST_CASE(
    "negotiate answers on the command line in text and JSON, and says where there is a table when there is none") {
    const std::string file = MULTIVECTOR_SOURCE "/scenarios/minimal.yaml";
    const Answer text = answer({"negotiate", file});
    CHECK(text.code == done);
    CHECK(text.out.find("What every solution would give at this table") != std::string::npos);
    CHECK(answer({"negotiate", file, "--json"}).out.starts_with("{\"scenario\": \""));
    const Answer none = answer({"negotiate", file, "--tick", "0", "--set", "projects.arrival_scale=0"});
    CHECK(none.code == bad_input);
    CHECK(none.err.find("there is no table in tick 0") != std::string::npos);
}
