// Measures of leverage: each against theory, against stories told by hand, and against the record of the same run.
#include <doctest/doctest.h>

#include <map>

#include "random_talks.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

const Observable& row_named(std::string_view name) {
    return *std::find_if(observables.begin(), observables.end(),
                         [&](const Observable& row) { return row.name == name; });
}

double over_run(const TestRun& run, std::string_view name, int index = 0) {
    return run.summary.value(row_named(name), index);
}

/// A world in which the host lets offers go, and politics blocks some agreements.
Scenario picky(Solution solution) {
    Scenario scenario = small_scenario();
    scenario.bargaining.solution = solution, scenario.bargaining.waiting = 1;
    scenario.bargaining.private_part = 0.9, scenario.learning.opening_aspiration = 0.5;
    scenario.domestic.ratification = Ratification::probability;
    return scenario;
}

/// What came of refused offers, worked out from the log: of every project that was refused while an offer stood and
/// then ended, the settlement less the best of those offers, both discounted to the run's start.
struct Refusals {
    double gain = 0, ended = 0, paid = 0;
};

Refusals refusals_by_log(const Scenario& scenario, const Log& log) {
    const double dt = scenario.clock.dt, rate = scenario.bargaining.host_discount_rate;
    const auto discount = [&](std::int64_t tick) { return std::exp(-rate * (static_cast<double>(tick) + 0.5) * dt); };
    std::map<std::int64_t, double> best, settled;
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<TalkRecord>> tables;
    for (const TalkRecord& talk : log.talks) tables[{talk.tick, talk.project}].push_back(talk);
    std::map<std::array<std::int64_t, 3>, double> last_by_partner;
    for (const OfferRecord& offer : log.offers)
        if (offer.made_by == Proposer::partner)
            last_by_partner[{offer.tick, offer.project, offer.partner}] = offer.host_payoff;
    std::map<std::pair<std::int64_t, std::int64_t>, bool> settled_at;
    for (const DealRecord& deal : log.deals) {
        settled_at[{deal.tick, deal.project}] = true;
        if (deal.status != DealStatus::blocked) settled[deal.project] = discount(deal.tick) * deal.host_payoff;
    }
    for (const EventRecord& event : log.events)
        if (event.kind == EventKind::lapse) settled[event.project] = 0;
    for (const auto& [where, talks] : tables) {
        if (settled_at.contains(where)) continue;
        for (const TalkRecord& talk : talks) {
            double offer = talk.standing_offer;
            const bool failed =
                talk.outcome >= TalkOutcome::reservations_apart && talk.outcome <= TalkOutcome::out_of_rounds;
            if (failed && last_by_partner.contains({talk.tick, talk.project, talk.partner}))
                offer = last_by_partner[{talk.tick, talk.project, talk.partner}];
            if (std::isnan(offer)) continue;
            const auto found = best.find(talk.project);
            const double worth = discount(talk.tick) * offer;
            if (found == best.end() || worth > found->second) best[talk.project] = worth;
        }
    }
    Refusals result;
    for (const auto& [project, offer] : best) {
        if (!settled.contains(project)) continue;
        result.gain += settled[project] - offer;
        result.ended += 1;
        result.paid += settled[project] >= offer;
    }
    return result;
}

}  // namespace

TEST_CASE("refusal_gain is what the record says of offers refused, whether or not a record is kept") {
    for (const Solution solution : {Solution::nash, Solution::concession_tactics, Solution::auction}) {
        const Scenario scenario = picky(solution);
        double ended = 0;
        for (std::uint32_t replication = 0; replication < 20; ++replication) {
            const TestRun run = run_world(scenario, 3, replication);
            const Refusals expected = refusals_by_log(scenario, run.log);
            CHECK(run.total(&Observation::refusal_gain) == doctest::Approx(expected.gain).epsilon(1e-9));
            CHECK(run.total(&Observation::refusals_ended) == expected.ended);
            CHECK(std::fabs(run.total(&Observation::refusals_paid) - expected.paid) <= 1);  // a tie may round
            ended += expected.ended;
            World world;
            const Setting setting = prepare(scenario);
            const Luck luck(3, replication);
            begin(world, setting);
            for (const Observation& recorded : run.ticks) {
                tick(world, setting, luck);
                REQUIRE(to_bits(world.now.refusal_gain) == to_bits(recorded.refusal_gain));
            }
        }
        CHECK(ended > 10);
    }
}

namespace {

/// One project over which a partner worth 10 and the host bargain at two tables a year apart. The host expects so much
/// of waiting that it refuses at the first; at the second it can wait no longer.
Scenario two_tables(double kappa, std::vector<double> values = {10}, double self_finance = -1) {
    Scenario scenario = one_table(values, self_finance);
    scenario.clock.ticks = 2;
    scenario.projects.lifetime = scenario.projects.pause = 1;
    scenario.bargaining.rival_offer = kappa, scenario.bargaining.waiting = 1;
    scenario.learning.opening_aspiration = 100;
    return scenario;
}

/// Of an early replication in which one project arises in the first tick and none later.
TestRun with_one_project(const Scenario& scenario) {
    for (std::uint32_t replication = 0; replication < 256; ++replication) {
        TestRun run = run_world(scenario, 1, replication);
        if (run.ticks[0].projects_arisen == 1 && run.total(&Observation::projects_arisen) == 1) return run;
    }
    FAIL("no such replication");
    return {};
}

struct Story {
    Scenario scenario;
    double gain, ended, paid, veto;
};

void check(const Story& story) {
    const TestRun run = with_one_project(story.scenario);
    CHECK(over_run(run, "refusal_gain") == doctest::Approx(story.gain).epsilon(1e-6));
    CHECK(over_run(run, "refusals_ended") == story.ended);
    CHECK(over_run(run, "refusals_paid") == story.paid);
    const double success = over_run(run, "refusal_success");
    CHECK((story.ended > 0 ? success == story.paid / story.ended : std::isnan(success)));
    CHECK(over_run(run, "veto_gain") == doctest::Approx(story.veto).epsilon(1e-6));
}

const double first = std::exp(-0.05), second = std::exp(-0.15);  // the middles of two years at a tenth

}  // namespace

TEST_CASE("a refusal gains what is signed a year later, a year's discount less, over the offer refused") {
    check({two_tables(0.4), 5 * second - 4 * first, 1, 1, 0});
    check({two_tables(0.6), 5 * second - 6 * first, 1, 0, 0});
}

TEST_CASE("the best of the offers refused at a table counts, whoever made it") {
    Scenario scenario = two_tables(0.4, {10, 8});  // the second partner starts from the first one's offer
    const TestRun run = with_one_project(scenario);
    double best = 0;
    for (const TalkRecord& talk : run.log.talks)
        if (talk.tick == 0) best = std::max(best, talk.standing_offer);
    CHECK(best == doctest::Approx(4).epsilon(1e-6));
    check({scenario, second * run.log.deals.at(0).host_payoff - 4 * first, 1, 1, 0});
}

TEST_CASE("what the fund pays for after a refusal is a settlement") {
    check({two_tables(0.4, {2}, 3), 3 * second - 0.8 * first, 1, 1, 0});
}

TEST_CASE("a project that lapses after a refusal leaves d, and one still open at the end is not counted") {
    Scenario gone = two_tables(0.4);
    gone.partners[0].partner.capital_carryover = 1e-9;
    gone.partners[0].finance.path = {
        .shape = PathShape::step, .level = 0, .before = 1000, .year = gone.clock.start_year + 1};
    check({gone, -4 * first, 1, 0, 0});
    Scenario open = two_tables(0.4);
    open.clock.ticks = 1;
    check({open, 0, 0, 0, 0});
}

TEST_CASE("what politics blocks is no refusal: it is measured apart") {
    Scenario scenario = two_tables(0.4);
    scenario.bargaining.waiting = 0;
    scenario.domestic.ratification = Ratification::probability, scenario.domestic.threshold = 1e9;
    check({scenario, 0, 0, 0, -5 * first});
    scenario.bargaining.waiting = 1;  // refused at the first table, blocked at the second
    check({scenario, -4 * first, 1, 0, -5 * second});
}

TEST_CASE("shapley_gain is the host's value of the game: 5 alone with 10, 6 beside 6, 6.25 beside 3; 7 beside 12") {
    const auto gain = [](const std::vector<double>& values, double fund = -1, Switch rivals = Switch::on) {
        Scenario scenario = one_table(values, fund);
        scenario.bargaining.rivals = rivals;
        return over_run(with_one_project(scenario), "shapley_gain");
    };
    CHECK(gain({10}) == doctest::Approx(5).epsilon(1e-6));
    CHECK(gain({10, 6}) == doctest::Approx(6).epsilon(1e-6));
    CHECK(gain({3, 10, 6}) == doctest::Approx(6.25).epsilon(1e-6));
    CHECK(gain({6, 12}) == doctest::Approx(7).epsilon(1e-6));
    CHECK(gain({10, 6}, 4) == doctest::Approx(4 + 4. / 2 + 2 * 2. / 3).epsilon(1e-6));
    CHECK(gain({10, 6}, -1, Switch::off) == doctest::Approx(5).epsilon(1e-6));
}

TEST_CASE("nash with the implied weight gives the same terms, at ends and corners too; within a piece it is beta") {
    std::mt19937 random(61);
    int within[4] = {}, at_corners = 0;
    for (int round = 0; round < 20000; ++round) {
        const RandomTalk drawn(random);
        if (!drawn.frontier.offers(drawn.talk.threat)) continue;
        Talk talk = drawn.talk;
        const Terms terms = settle_nash(talk).terms;
        const double beta = talk.weight, weight = implied_weight(talk.frontier, terms, talk.threat);
        REQUIRE(weight >= 0);
        REQUIRE(weight <= 1);
        talk.weight = weight;
        const Terms again = settle_nash(talk).terms;
        CHECK(again.payoff.host == doctest::Approx(terms.payoff.host).epsilon(1e-6));
        CHECK(again.payoff.partner == doctest::Approx(terms.payoff.partner).epsilon(1e-6));
        const double l = terms.local_content, e = terms.revenue_share;
        const bool corner = l == talk.frontier.efficient_local_content
                                ? e == 0 || e == 1
                                : l == talk.frontier.least_local_content || l == 1;
        at_corners += corner;
        if (corner) continue;
        ++within[static_cast<int>(terms.piece)];
        CHECK(weight == doctest::Approx(beta).epsilon(1e-6));
    }
    CHECK(at_corners > 100);
    CHECK(within[static_cast<int>(Piece::local_content_low)] > 100);
    CHECK(within[static_cast<int>(Piece::revenue)] > 100);
    CHECK(within[static_cast<int>(Piece::local_content_high)] > 100);
}

namespace {

/// A world of one tick and a few projects in which nash gives terms on one piece or another.
Scenario pieces(OutsideOption rule, int round) {
    Scenario scenario = small_scenario();
    scenario.clock.ticks = 1, scenario.bargaining.solution = Solution::nash;
    scenario.bargaining.outside_option = rule;
    scenario.bargaining.rivals = rule == OutsideOption::deal_me_out ? Switch::off : Switch::on;
    scenario.bargaining.waiting = rule == OutsideOption::deal_me_out ? 0 : 0.5;
    scenario.bargaining.host_discount_rate = 0.02 + 0.002 * (round % 100);
    for (PartnerInput& input : scenario.partners) input.partner.aspiration_weight = 0;
    for (SectorInput& input : scenario.sectors) {
        input.sector.rate = 1.5, input.sector.local_content_value = 0.3, input.sector.local_content_cost = 0.5;
        input.sector.revenue = round % 3 == 0 ? 0.1 : 0.9, input.sector.spillover = round % 3 == 1 ? 0.8 : 0.2;
    }
    for (PartnerInput& input : scenario.partners)
        for (auto& row : input.sectors) row.interest = round % 3 == 0 ? 2 : 0.7;
    return scenario;
}

/// Whether one weight alone gives a talk's terms: they are within a piece of the frontier.
bool one_weight(const TalkRecord& talk, const Sector& sector) {
    const double best =
        std::min(1.0, std::max(talk.least_local_content, sector.local_content_value / sector.local_content_cost));
    const double l = talk.local_content, near = 1e-9;
    if (talk.piece == Piece::revenue) return talk.revenue_share > near && talk.revenue_share < 1 - near;
    return l > talk.least_local_content + near && l < 1 - near && std::fabs(l - best) > near;
}

}  // namespace

TEST_CASE(
    "in a run under nash the implied weight is beta on every piece: from d with no option that binds, else from o") {
    for (const OutsideOption rule : {OutsideOption::split_the_difference, OutsideOption::deal_me_out}) {
        const bool split = rule == OutsideOption::split_the_difference;
        int seen[4] = {};
        for (std::uint32_t round = 0; round < 2000; ++round) {
            const Scenario scenario = pieces(rule, static_cast<int>(round));
            const TestRun run = run_world(scenario, 3, round);
            if (run.total(&Observation::signed_deals) != 1) continue;
            const auto deal = std::find_if(run.log.talks.begin(), run.log.talks.end(),
                                           [](const TalkRecord& talk) { return talk.outcome == TalkOutcome::agreed; });
            REQUIRE(deal != run.log.talks.end());
            if (!one_weight(*deal, scenario.sectors[static_cast<std::size_t>(deal->sector)].sector)) continue;
            if (!split && deal->host_outside > deal->host_disagreement) continue;
            ++seen[static_cast<int>(deal->piece)];
            CHECK(over_run(run, split ? "implied_weight_outside" : "implied_weight") ==
                  doctest::Approx(deal->host_weight).epsilon(1e-6));
        }
        CHECK(seen[static_cast<int>(Piece::local_content_low)] > 5);
        CHECK(seen[static_cast<int>(Piece::revenue)] > 5);
        CHECK(seen[static_cast<int>(Piece::local_content_high)] > 5);
    }
}

TEST_CASE("equal rivals who concede everything leave no weight over o, and no share above one") {
    for (int i = 0; i < 200; ++i) {
        const double value = 0.7 + 0.37 * i;
        Scenario scenario = one_table({value, value});
        scenario.bargaining.rival_offer = 1;
        const TestRun run = with_one_project(scenario);
        REQUIRE(over_run(run, "signed_deals") == 1);
        CHECK(over_run(run, "net_gain") == doctest::Approx(value).epsilon(1e-6));
        CHECK(over_run(run, "surplus_share") <= 1);
        CHECK(over_run(run, "implied_weight") == doctest::Approx(1).epsilon(1e-6));
        CHECK(over_run(run, "implied_weights_outside") == 0);
        CHECK(std::isnan(over_run(run, "implied_weight_outside")));
    }
}

TEST_CASE("the shares by partner are ratios of sums by partner, and the whole is their weighted mean") {
    const TestRun run = run_world(small_scenario(), 5, 0);
    const std::pair<const char*, const char*> shares[] = {
        {"surplus_share", "surplus"}, {"net_share", "surplus_over_outside"}, {"concession_index", "clause_weight"}};
    for (const auto& [name, weight] : shares) {
        const std::string by_partner = "_by_partner";
        double above = 0, below = 0;
        int with_deals = 0;
        for (int p = 0; p < max_partners; ++p) {
            const double share = over_run(run, name + by_partner, p), of = over_run(run, weight + by_partner, p);
            CHECK(std::isnan(share) == (of == 0));
            if (of == 0) continue;
            ++with_deals;
            CHECK(share >= 0);
            CHECK(share <= 1);
            above += share * of, below += of;
        }
        CHECK(with_deals > 1);
        CHECK(above / below == doctest::Approx(over_run(run, name)).epsilon(1e-9));
    }
}
