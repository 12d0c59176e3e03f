// A table shown is the table that was held: the view says what the record of the run says.
#include <doctest/doctest.h>

#include <functional>

#include "answer.hpp"
#include "negotiation_words.hpp"
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
    for (const SolutionRow& solution : solutions) rows += under_both_rules(solution) ? 1 : 2;
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
            for (const int i : game.players) sum += game.partners[static_cast<std::size_t>(i)];
            CHECK(game.players.size() == (rivals == Switch::on ? static_cast<std::size_t>(view->table.credible) : 1u));
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
    "under tactics a side accepts what is no worse than what it would ask for itself, and reservations apart fail") {
    Scenario scenario = small_scenario();
    scenario.bargaining.solution = Solution::concession_tactics;
    const Setting setting = prepare(scenario);
    int offers = 0, apart = 0;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        const auto view = view_table(setting, 5, replication, {});
        if (!view || !view->rules) continue;
        const Rules& rules = *view->rules;
        const Seat& seat = view->table.seat(view->shown);
        const double slack = seat.frontier.slack();
        std::size_t made = 0;
        for (const Offer& offer : view->offers) {
            if (offer.partner != seat.partner) continue;
            const double gets = offer.by_host ? offer.terms.payoff.partner : offer.terms.payoff.host;
            CHECK(offer.accepted == (gets >= rules.asked[made] - slack));
            ++made, ++offers;
        }
        CHECK(made == rules.asked.size());
        CHECK(rules.reservation.host <= rules.ideal.host);
        CHECK(rules.reservation.partner <= rules.ideal.partner);
        const bool failed = seat.outcome == TalkOutcome::reservations_apart;
        apart += failed;
        if (failed) CHECK_FALSE(seat.frontier.offers(rules.reservation));
    }
    CHECK(offers > 50);
    CHECK(apart > 0);
}

TEST_CASE("offers in turn are accepted because refusing is worth no more, with and without a last round") {
    for (const std::int64_t last_round : {0, 1, 2, 5})
        for (const Proposer first : {Proposer::host, Proposer::partner}) {
            Scenario scenario = small_scenario();
            scenario.bargaining.solution = Solution::alternating_offers;
            scenario.bargaining.last_round = last_round, scenario.bargaining.first_offer = first;
            const Setting setting = prepare(scenario);
            int seen = 0;
            for (std::uint32_t replication = 0; replication < 10; ++replication) {
                const auto view = view_table(setting, 5, replication, {});
                if (!view || !view->rules) continue;
                ++seen;
                const Seat& seat = view->table.seat(view->shown);
                const Payoffs got = seat.terms.payoff;
                CHECK(view->rules->next.has_value() == (last_round != 1));
                const double accepts = first == Proposer::host ? got.partner : got.host;
                CHECK(accepts >= view->rules->refusing - seat.frontier.slack());
                const Payoffs end =
                    (first == Proposer::host ? seat.frontier.host_best() : seat.frontier.host_worst()).payoff;
                if (std::fabs(got.host - end.host) > seat.frontier.slack())  // else there is no less to offer
                    CHECK(accepts == doctest::Approx(view->rules->refusing).epsilon(1e-9));
            }
            CHECK(seen > 5);
        }
}

TEST_CASE("the benchmark shown is the one that the run counts") {
    for (const Solution solution : {Solution::alternating_offers, Solution::concession_tactics}) {
        Scenario scenario = small_scenario();
        scenario.bargaining.solution = solution, scenario.projects.arrival_scale = 0.15;
        const Setting setting = prepare(scenario);
        const TestRun run = run_world(scenario, 3, 0);
        int seen = 0;
        for (int tick = 0; tick < setting.ticks; ++tick) {
            const Observation& now = run.ticks[static_cast<std::size_t>(tick)];
            const auto view = view_table(setting, 3, 0, {tick, -1});
            if (!view || now.talks != 1) continue;
            ++seen;
            const double host = view->benchmark ? view->benchmark->played.host - view->benchmark->nash.host : 0;
            const double joint = view->benchmark ? view->benchmark->played.joint - view->benchmark->nash.joint : 0;
            CHECK(now.protocol_host_gap == host);
            CHECK(now.protocol_joint_gap == joint);
        }
        CHECK(seen > 2);
    }
}

TEST_CASE("the chances of approval shown decide whether deals pass") {
    for (const double threshold : {-1e3, 1e3}) {
        Scenario scenario = small_scenario();
        scenario.domestic.ratification = Ratification::probability, scenario.domestic.threshold = threshold;
        scenario.partners[0].partner.ratification = Ratification::probability;
        const auto view = view_table(prepare(scenario), 3, 0, {});
        REQUIRE(view);
        REQUIRE(view->ended == Ending::deal);
        CHECK(view->approval_at_home == doctest::Approx(threshold < 0 ? 1 : 0));
        CHECK(std::isfinite(view->approval_abroad) == (view->table.seat(view->result.winner).partner == 0));
        const TestRun run = run_world(scenario, 3, 0);
        CHECK((run.total(&Observation::signed_deals) > 0) == (threshold < 0));
    }
    Scenario scenario = small_scenario();
    scenario.domestic.ratification = Ratification::none;
    const auto view = view_table(prepare(scenario), 3, 0, {});
    REQUIRE(view);
    CHECK(std::isnan(view->approval_at_home));
}

TEST_CASE("a table ends as its run says: a deal, the fund pays, the project waits or lapses") {
    std::array<int, 4> ends{};
    for (const double arrivals : {0.1, 1.0}) {
        Scenario scenario = small_scenario();
        scenario.projects.arrival_scale = arrivals;
        scenario.domestic.ratification = Ratification::constraint, scenario.domestic.requirement = 0.4;
        const Setting setting = prepare(scenario);
        const Log log = run_world(scenario, 3, 0).log;
        for (int tick = 0; tick < setting.ticks; ++tick) {
            const auto view = view_table(setting, 3, 0, {tick, -1});
            if (!view) continue;
            ++ends[static_cast<std::size_t>(view->ended)];
            const auto deal = std::find_if(log.deals.begin(), log.deals.end(), [&](const DealRecord& row) {
                return row.tick == tick && row.project == view->project.id;
            });
            const auto lapse = std::find_if(log.events.begin(), log.events.end(), [&](const EventRecord& row) {
                return row.kind == EventKind::lapse && row.tick == tick && row.project == view->project.id;
            });
            CHECK((deal != log.deals.end()) == (view->ended == Ending::deal || view->ended == Ending::fund));
            if (deal != log.deals.end()) CHECK((deal->partner < 0) == (view->ended == Ending::fund));
            CHECK((lapse != log.events.end()) == (view->ended == Ending::lapses));
        }
    }
    for (const int count : ends) CHECK(count > 0);
}

TEST_CASE("where nobody is credible the seat that comes closest is shown; a rival is named by its standing offer") {
    Scenario scenario = small_scenario();
    int rivals = 0;
    for (std::uint32_t replication = 0; replication < 10; ++replication) {
        const auto view = view_table(prepare(scenario), 3, replication, {});
        if (!view || view->rival < 0) continue;
        ++rivals;
        CHECK(view->table.seat(view->rival).standing_offer == view->table.seat(view->shown).rival_offer);
    }
    CHECK(rivals > 3);
    scenario.domestic.ratification = Ratification::constraint, scenario.domestic.requirement = 20;
    const auto view = view_table(prepare(scenario), 3, 0, {0, -1});
    REQUIRE(view);
    REQUIRE(view->table.credible == 0);
    for (int i = 0; i < view->table.seated; ++i)
        CHECK(view->table.seat(i).concession_limit <= view->table.seat(view->shown).concession_limit);
    CHECK_FALSE(view->talk_held());
    CHECK(view->game.players.empty());
    for (const OtherOutcome& other : view->others) CHECK_FALSE(other.main_talk.has_value());
}

TEST_CASE("why two cannot settle is told by its case: the partner's end, the host's own, approval on either side") {
    const auto said = [](const std::function<void(Partner&, Scenario&)>& change) {
        Scenario scenario = small_scenario();
        for (PartnerInput& input : scenario.partners) change(input.partner, scenario);
        const auto view = view_table(prepare(scenario), 3, 0, {0, -1});
        REQUIRE(view);
        REQUIRE(view->table.credible == 0);
        return TableWords(*view, scenario).why_no_deal();
    };
    const auto contains = [](const std::string& text, const char* words) {
        CHECK_MESSAGE(text.find(words) != std::string::npos, text);
    };
    contains(said([](Partner& partner, Scenario&) { partner.cost_of_capital = 9; }),
             "even at the end of the frontier that is its own");
    contains(said([](Partner& partner, Scenario&) { partner.conditionality = 9; }), "less than its disagreement");
    contains(said([](Partner& partner, Scenario&) {
                 partner.ratification = Ratification::constraint, partner.requirement = 20;
             }),
             "and the frontier gives it");
    contains(said([](Partner&, Scenario& scenario) {
                 scenario.domestic.ratification = Ratification::constraint, scenario.domestic.requirement = 20;
             }),
             "on which approval at home insists");
}

TEST_CASE("the chance of approval is told for each side that leaves it to chance") {
    for (const bool home : {true, false})
        for (const bool abroad : {true, false}) {
            Scenario scenario = small_scenario();
            scenario.domestic.ratification = home ? Ratification::probability : Ratification::none;
            for (PartnerInput& input : scenario.partners)
                input.partner.ratification = abroad ? Ratification::probability : Ratification::none;
            std::optional<TableView> view;
            for (std::uint32_t replication = 0; !view || view->ended != Ending::deal; ++replication)
                view = view_table(prepare(scenario), 3, replication, {});
            const std::string text = TableWords(*view, scenario).approval();
            CHECK((text.find(" at home is ") != std::string::npos) == home);
            CHECK((text.find(" in " + TableWords(*view, scenario).seated(view->result.winner)) != std::string::npos) ==
                  abroad);
        }
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
