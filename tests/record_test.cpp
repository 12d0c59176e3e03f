// The record of talks and offers: whatever is said of a refusal was on the table.
#include <doctest/doctest.h>

#include <map>

#include "negotiation.hpp"
#include "random_tables.hpp"

using namespace multivector;

namespace {

using Key = std::array<std::int64_t, 3>;

Key key_of(const auto& record) { return {record.tick, record.project, record.partner}; }

std::map<Key, std::vector<OfferRecord>> offers_by_talk(const Log& log) {
    std::map<Key, std::vector<OfferRecord>> offers;
    for (const OfferRecord& offer : log.offers) offers[key_of(offer)].push_back(offer);
    return offers;
}

/// Worlds in which talks fail, rivals answer rivals, and the host has alternatives or none.
std::vector<Scenario> protocol_worlds() {
    std::vector<Scenario> worlds;
    for (const Solution solution : {Solution::alternating_offers, Solution::concession_tactics})
        for (const Switch rivals : {Switch::on, Switch::off})
            for (const double response : {-0.5, 0., 0.5}) {
                Scenario scenario = small_scenario();
                scenario.bargaining.solution = solution, scenario.bargaining.rivals = rivals;
                scenario.bargaining.private_part = 0.9, scenario.bargaining.breakdown_risk = 0.05;
                scenario.bargaining.waiting = rivals == Switch::on ? 0.5 : 0;
                scenario.domestic.ratification = response > 0 ? Ratification::constraint : Ratification::none;
                scenario.domestic.requirement = 0.02;
                for (PartnerInput& partner : scenario.partners) partner.partner.rival_response = response;
                worlds.push_back(scenario);
            }
    return worlds;
}

}  // namespace

TEST_CASE("every offer of every talk is on record: sides take turns, and who accepts ends it") {
    int talks = 0, accepted = 0, stood_aside = 0;
    for (const Scenario& scenario : protocol_worlds())
        for (std::uint32_t replication = 0; replication < 3; ++replication) {
            const Log log = run_world(scenario, 3, replication).log;
            auto offers = offers_by_talk(log);
            for (const TalkRecord& talk : log.talks) {
                const auto found = offers.find(key_of(talk));
                REQUIRE((found == offers.end()) == (talk.rounds == 0));
                if (found == offers.end()) continue;
                ++talks;
                const std::vector<OfferRecord>& made = found->second;
                REQUIRE(static_cast<std::int64_t>(made.size()) == talk.rounds);
                for (std::size_t i = 0; i < made.size(); ++i) {
                    REQUIRE(made[i].round == static_cast<std::int64_t>(i) + 1);
                    REQUIRE(made[i].sector == talk.sector);
                    REQUIRE(made[i].region == talk.region);
                    if (i > 0) REQUIRE(made[i].made_by != made[i - 1].made_by);
                    if (i + 1 < made.size()) REQUIRE(made[i].reply == Reply::refused);
                }
                const bool settled = made.back().reply == Reply::accepted;
                accepted += settled;
                if (talk_failed(
                        talk.outcome)) {  // what was refused is the last offer, not what might have been offered
                    REQUIRE_FALSE(settled);
                    REQUIRE(talk.host_payoff == made.back().host_payoff);
                    REQUIRE(talk.partner_payoff == made.back().partner_payoff);
                    REQUIRE(std::isnan(talk.standing_offer));
                } else if (settled && scenario.partners[0].partner.rival_response >= 0) {
                    REQUIRE(talk.host_payoff >= made.back().host_payoff - 1e-9);
                }
                stood_aside += talk.outcome == TalkOutcome::lost_to_rival;
                offers.erase(found);
            }
            REQUIRE(offers.empty());
        }
    CHECK(talks > 500);
    CHECK(accepted > 200);
    CHECK(stood_aside > 100);
}

TEST_CASE(
    "every solution and rule: a talk is lost to who or what has the project, and without rivals nobody is heard") {
    std::map<TalkOutcome, int> seen;
    for (std::size_t which = 0; which < solutions.size(); ++which)
        for (const Switch rivals : {Switch::on, Switch::off})
            for (const double waiting : {0., 0.9}) {
                Scenario scenario = small_scenario();
                scenario.bargaining.solution = static_cast<Solution>(which), scenario.bargaining.rivals = rivals;
                scenario.bargaining.private_part = 1, scenario.bargaining.waiting = waiting;
                if (waiting > 0 && which % 2 == 0) {
                    scenario.fund.self_finance = Switch::on, scenario.fund.self_finance_limit = 1;
                    scenario.fund.opening_balance = 1e4, scenario.fund.self_finance_cost = 0.6;
                }
                for (std::uint32_t replication = 0; replication < 3; ++replication) {
                    const Log log = run_world(scenario, 5, replication).log;
                    std::map<std::array<std::int64_t, 2>, std::vector<TalkRecord>> tables;
                    for (const TalkRecord& talk : log.talks) tables[{talk.tick, talk.project}].push_back(talk);
                    for (const auto& table : tables) {
                        const std::vector<TalkRecord>& talks = table.second;
                        const auto ended = [&](TalkOutcome outcome) {
                            return std::count_if(talks.begin(), talks.end(),
                                                 [&](const TalkRecord& talk) { return talk.outcome == outcome; });
                        };
                        REQUIRE(ended(TalkOutcome::agreed) <= 1);
                        if (ended(TalkOutcome::lost_to_rival) > 0) REQUIRE(ended(TalkOutcome::agreed) == 1);
                        if (ended(TalkOutcome::agreed) == 1) {
                            REQUIRE(ended(TalkOutcome::lost_to_waiting) == 0);
                            REQUIRE(ended(TalkOutcome::lost_to_self_finance) == 0);
                        }
                        if (rivals == Switch::off) REQUIRE(ended(TalkOutcome::lost_to_rival) == 0);
                        for (const TalkRecord& talk : talks) {
                            ++seen[talk.outcome];
                            if (talk.outcome != TalkOutcome::not_heard) continue;
                            REQUIRE(rivals == Switch::off);
                            REQUIRE(std::isnan(talk.standing_offer));
                            REQUIRE(talk.rounds == 0);
                        }
                    }
                }
            }
    for (const TalkOutcome outcome : {TalkOutcome::lost_to_rival, TalkOutcome::lost_to_waiting,
                                      TalkOutcome::lost_to_self_finance, TalkOutcome::not_heard})
        CHECK_MESSAGE(seen[outcome] > 10, names_of<TalkOutcome>[static_cast<std::size_t>(outcome)]);
}

TEST_CASE("concession tactics: who refuses an offer in its last round neither signs it nor lets it stand as its own") {
    // In a last round whatever is above the secret reservation is accepted: the refused offer is below it.
    std::mt19937 random(71);
    int refused = 0, stands = 0;
    for (int round = 0; round < 1500; ++round) {
        Scenario scenario = random_table(random, 4);
        scenario.bargaining.solution = Solution::concession_tactics, scenario.bargaining.first_offer = Proposer::host;
        scenario.bargaining.private_part = 1, scenario.bargaining.rival_offer = 1, scenario.bargaining.deadline = 1;
        const Log log = run_world(scenario, 1, static_cast<std::uint32_t>(round)).log;
        const auto offers = offers_by_talk(log);
        for (const TalkRecord& talk : log.talks) {
            const auto found = offers.find(key_of(talk));
            if (found == offers.end() || found->second.back().reply == Reply::accepted) continue;
            ++refused;
            const OfferRecord& offer = found->second.back();
            stands += std::isfinite(talk.standing_offer);
            if (std::isfinite(talk.standing_offer)) REQUIRE(talk.standing_offer <= offer.host_payoff);
            if (talk.outcome == TalkOutcome::agreed) REQUIRE(talk.partner_payoff >= offer.partner_payoff);
        }
    }
    CHECK(refused > 500);
    CHECK(stands > 200);
}
