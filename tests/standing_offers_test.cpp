// Standing offers, worked out again from what a talk's whole settlement would be.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "negotiation.hpp"
#include "outside_option.hpp"
#include "random_tables.hpp"

namespace multivector {

namespace {

/// Works out every standing offer of a table in the words of ODD 7.4: what the two would settle on given the best
/// alternative so far, or d + kappa (m - d), plus rho times the largest value of connectivity to a rival, within the
/// frontier, what approval at home insists on, and m.
class OffersInWords : public TableWatch {
 public:
    void seated(const Table& seats, const World&, const Setting& setting, const Luck&, const Project&) override {
        const Bargaining& rules = setting.scenario.bargaining;
        const SolutionRow& solution = solutions[static_cast<std::size_t>(rules.solution)];
        std::vector<const Seat*> order;
        for (int i = 0; i < seats.seated; ++i)
            if (would_settle(seats.seat(i))) order.push_back(&seats.seat(i));
        std::sort(order.begin(), order.end(),
                  [](const Seat* a, const Seat* b) { return a->concession_limit < b->concession_limit; });
        double best = std::max({0.0, held(seats.alternatives.self_finance), held(seats.alternatives.waiting)});
        for (const Seat* seat : order) {
            double rival_value = 0;
            for (int i = 0; i < seats.seated; ++i)
                if (&seats.seat(i) != seat) rival_value = std::max(rival_value, seats.seat(i).connectivity_value);
            const double rho =
                setting.scenario.partners[static_cast<std::size_t>(seat->partner)].partner.rival_response;
            const double limit = seat->concession_limit,
                         least = std::max({0.0, seat->required.host, seat->frontier.host_worst().payoff.host});
            const double offer = std::max(settled(*seat, solution, rules, best), rules.rival_offer * limit);
            offers[seat->partner] = std::max(least, std::min(limit, offer + rho * rival_value));
            best = std::max(best, offers[seat->partner]);
        }
    }
    std::map<std::int32_t, double> offers;

 private:
    static double held(double alternative) { return std::isnan(alternative) ? 0 : alternative; }

    static bool would_settle(const Seat& seat) {
        return seat.frontier.offers(
            {std::max(0.0, seat.required.host), std::max(seat.outside.partner, seat.required.partner)});
    }

    static double settled(const Seat& seat, const SolutionRow& solution, const Bargaining& rules, double best) {
        const Payoffs outside{best, seat.outside.partner};
        Talk talk{seat.frontier, threat_under(rules.outside_option, {0, 0}, outside), outside, seat.host_weight};
        talk.required = seat.required;
        if (!seat.frontier.offers({best, talk.least().partner})) return -1e300;  // it cannot match what there is
        return settle_from_threat(solution, talk).terms.payoff.host;
    }
};

}  // namespace

TEST_CASE("a standing offer is what the two would settle on, moved by the response, whatever approval insists on") {
    int offers = 0, below_limit = 0, moved = 0;
    for (std::size_t s = 0; s < solutions.size(); ++s) {
        if (solutions[s].is(whole_table) || solutions[s].is(protocol)) continue;
        for (const OutsideOption rule : {OutsideOption::split_the_difference, OutsideOption::deal_me_out})
            for (const double rho : {-0.5, 0.0, 0.5}) {
                std::mt19937 luck(11);
                for (int table = 0; table < 400; ++table) {
                    Scenario scenario = random_table(luck, 4);
                    scenario.bargaining.solution = static_cast<Solution>(s);
                    scenario.bargaining.outside_option = rule;
                    scenario.headline.connectivity_demand = 1;
                    for (PartnerInput& partner : scenario.partners) partner.partner.rival_response = rho;
                    const Setting setting = prepare(scenario);
                    World world;
                    Log log;
                    OffersInWords words;
                    world.log = &log, world.watch = &words;
                    begin(world, setting);
                    tick(world, setting, Luck(3, static_cast<std::uint32_t>(table)));
                    const std::int64_t last = log.talks.empty() ? -1 : log.talks.back().project;
                    for (const TalkRecord& talk : log.talks) {
                        const auto found = words.offers.find(static_cast<std::int32_t>(talk.partner));
                        // Of a tick's tables the words are those of the last.
                        if (talk.project != last || std::isnan(talk.standing_offer) || found == words.offers.end())
                            continue;
                        REQUIRE(talk.standing_offer ==
                                doctest::Approx(found->second).epsilon(1e-9).scale(std::fabs(talk.joint_value) + 1));
                        ++offers;
                        below_limit += talk.standing_offer < talk.concession_limit - 1e-6;
                        moved += rho != 0 && talk.connectivity_value == 0;
                    }
                }
            }
    }
    CHECK(offers > 4000);
    CHECK(below_limit > offers / 4);
    CHECK(moved > 500);
}

TEST_CASE("a table of which nothing is recorded ends as the one on record does, and the host refused as much") {
    int agreed = 0, refused = 0, rivals_bind = 0;
    for (std::size_t s = 0; s < solutions.size(); ++s)
        for (const OutsideOption rule : {OutsideOption::split_the_difference, OutsideOption::deal_me_out})
            for (const Switch rivals : {Switch::on, Switch::off})
                for (const double rho : {0.0, 0.4}) {
                    std::mt19937 luck(12);
                    for (int drawn = 0; drawn < 250; ++drawn) {
                        Scenario scenario = random_table(luck, 4);
                        scenario.bargaining.solution = static_cast<Solution>(s);
                        scenario.bargaining.outside_option = rule, scenario.bargaining.rivals = rivals;
                        scenario.clock.ticks = 4;  // what was refused is remembered until a deal is signed or lapses
                        scenario.projects.pause = 1;
                        if (drawn % 2 ==
                            0) {  // a host that can wait, and partners that ask for the least they must give
                            scenario.bargaining.waiting = 1, scenario.bargaining.rival_offer = 0;
                            scenario.fund.self_finance = Switch::off;
                        }
                        for (PartnerInput& partner : scenario.partners) partner.partner.rival_response = rho;
                        const Setting setting = prepare(scenario);
                        World unseen, seen;
                        Log log;
                        seen.log = &log;
                        begin(unseen, setting), begin(seen, setting);
                        for (int t = 0; t < setting.ticks; ++t) {
                            const Luck run(3, static_cast<std::uint32_t>(drawn));
                            tick(unseen, setting, run), tick(seen, setting, run);
                            REQUIRE(std::memcmp(&unseen.now, &seen.now, sizeof(Observation)) == 0);
                            REQUIRE(unseen.open.size() == seen.open.size());
                            for (std::size_t i = 0; i < seen.open.size(); ++i) {
                                REQUIRE(unseen.open[i].refused_offer == seen.open[i].refused_offer);
                                refused += std::isfinite(seen.open[i].refused_offer);
                            }
                        }
                        for (const TalkRecord& talk : log.talks) {
                            agreed += talk.outcome == TalkOutcome::agreed;
                            rivals_bind +=
                                talk.outcome == TalkOutcome::agreed && talk.best_alternative == Alternative::rival;
                        }
                    }
                }
    CHECK(agreed > 10000);
    CHECK(rivals_bind > 2000);
    CHECK(refused > 2000);
}

}  // namespace multivector
