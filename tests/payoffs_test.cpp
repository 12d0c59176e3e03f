// The payoffs of models/ODD.md 7.4, each term worked out a second time from what stood before the talks of a tick.
#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "corridor.hpp"
#include "processes.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

using doctest::Approx;

/// A world in which no term of any payoff is zero all the time.
Scenario many_terms(AttitudeChannel channel) {
    Scenario scenario = lively();
    scenario.domestic.channel = channel;
    scenario.oil_price.path = {.shape = PathShape::step, .level = 100, .before = 70, .year = 1996};
    scenario.implementation.cofinance_share = 0.1;
    scenario.fund.opening_balance = 1e4;  // so that its part is the same at every table
    scenario.fund.self_finance_cost = 1.2;
    scenario.sectors[0].sector.host_competence = 1.1;
    scenario.sectors[1].sector.connectivity_intensity = 0.7;
    scenario.sectors[2].sector.price_passthrough = 0.3;
    for (PartnerInput& partner : scenario.partners) {
        partner.finance = constant_path(50);
        partner.partner.linkage = 0.2, partner.partner.urgency = 0.5, partner.partner.influence = 0.2;
    }
    scenario.partners[1].partner.opening_equity = 8;
    scenario.partners[2].partner.opening_trust = 0.3;
    return scenario;
}

/// Present value of one a year over some years.
double annuity(double rate, double years) { return (1 - std::exp(-rate * years)) / rate; }

/// What stood before the talks of a tick.
struct Before {
    const World& world;
    const Setting& setting;
    const Scenario& scenario = setting.scenario;

    double share(int p) const {
        double total = scenario.bargaining.exposure_scale;
        for (int q = 0; q < setting.partners; ++q) total += world.equity(q) + world.debt(q);
        return (world.equity(p) + world.debt(p)) / total;
    }
    double rivals(int p) const {
        double sum = 0;
        for (int q = 0; q < setting.partners; ++q) sum += q == p ? 0 : share(q);
        return sum;
    }
    const Sector& sector(const TalkRecord& talk) const {
        return scenario.sectors[static_cast<std::size_t>(talk.sector)].sector;
    }
    double fund_part(const TalkRecord& talk) const {
        return scenario.implementation.cofinance_share * sector(talk).priority;
    }
    /// Pressure x weight x visibility x attitude.
    double felt(const TalkRecord& talk) const {
        return scenario.domestic.public_pressure * scenario.domestic.attitude_weight * sector(talk).visibility *
               world.attitude(talk.partner, talk.region);
    }
    /// Revenue Y, with the price of the tick.
    double revenue(const TalkRecord& talk, double competence) const {
        const Sector& s = sector(talk);
        return s.revenue * competence * std::pow(world.oil_price / 60, s.price_passthrough) * talk.size;
    }
    double tariff(const TalkRecord& talk, double committed) const {
        const double added = sector(talk).connectivity_intensity * talk.size;
        const double gained = corridor_at(setting, world.tick, committed + added).share -
                              corridor_at(setting, world.tick, committed).share;
        return scenario.corridor.tariff_share * scenario.corridor.host_tariff * 15 * gained *
               annuity(world.host_discount_rate, scenario.corridor.horizon) / 1000;
    }
    double host_at_nothing(const TalkRecord& talk, double competence, double committed) const {
        const double G = world.policy_spending, s = share(static_cast<int>(talk.partner));
        const Partner& partner = scenario.partners[static_cast<std::size_t>(talk.partner)].partner;
        const double premium = sector(talk).priority * scenario.fund.policy_premium * G / (1 + G);
        const double attitude = scenario.domestic.channel == AttitudeChannel::cost ? felt(talk) : 0;
        return talk.size * (sector(talk).spillover * (1 + world.capability(talk.sector)) * competence + premium -
                            scenario.bargaining.autonomy_cost * s * s - partner.conditionality -
                            fund_part(talk) * scenario.fund.self_finance_cost + attitude) +
               tariff(talk, committed);
    }
    /// w_0, where the host builds alone.
    double alone(const TalkRecord& talk, double committed) const {
        const Sector& s = sector(talk);
        const double A = world.capability(talk.sector), L = scenario.economy.capability_effect * A;
        const double q = s.host_competence + std::max(0., 1 - s.host_competence) * L / (1 + L);
        const double l = std::min(1., s.local_content_value / s.local_content_cost), G = world.policy_spending;
        return revenue(talk, q) +
               talk.size * (q * s.spillover * (1 + A) + s.local_content_value * l - s.local_content_cost * l * l / 2 +
                            s.priority * scenario.fund.policy_premium * G / (1 + G) - scenario.fund.self_finance_cost) +
               tariff(talk, committed);
    }
    double waiting(const TalkRecord& talk) const {
        return scenario.bargaining.waiting * std::exp(-world.host_discount_rate * scenario.projects.pause) *
               std::max(0., world.host_aspiration(talk.sector)) * talk.size;
    }
    double connectivity(const TalkRecord& talk, double committed) const {
        const PartnerInput& partner = scenario.partners[static_cast<std::size_t>(talk.partner)];
        const double iota = sector(talk).connectivity_intensity, I = talk.size;
        const double worth = corridor_at(setting, world.tick, committed).worth;
        const double gain = corridor_at(setting, world.tick, committed + iota * I).worth - worth;
        const double linked = partner.partner.linkage * (1 - iota) * I / scenario.corridor.capital_scale * worth;
        return partner.transit.path.level * (gain + linked) *
               annuity(partner.partner.discount_rate, scenario.corridor.horizon) / 1000;
    }
    double partner_at_nothing(const TalkRecord& talk, double interest) const {
        const int p = static_cast<int>(talk.partner);
        const Partner& partner = scenario.partners[static_cast<std::size_t>(p)].partner;
        return talk.size * (interest + partner.influence * rivals(p) - partner.cost_of_capital * (1 - fund_part(talk)) -
                            scenario.learning.trust_cost * (1 - world.trust(p)));
    }
    double least_content(const TalkRecord& talk) const {
        const double hostility =
            scenario.domestic.channel == AttitudeChannel::local_content ? std::max(0., -felt(talk)) : 0;
        return std::min(1., sector(talk).local_content_floor + world.owed_content(talk.partner) + hostility);
    }
    double weight(const TalkRecord& talk) const {
        const Partner& partner = scenario.partners[static_cast<std::size_t>(talk.partner)].partner;
        const double demand = talk.partner == 0 ? 1 : 0;  // its transit is constant, and so the largest of the run
        const double r_u = partner.discount_rate * (1 + partner.urgency * demand);
        return r_u / (world.host_discount_rate + r_u);
    }
};

struct Seen {
    int terms = 0, tariffs = 0, hostile = 0, owed = 0, funded = 0, alone = 0, waiting = 0;
};

/// Holds a talk on record against the formulas.
void check_talk(const TalkRecord& talk, const Before& before, double committed, Seen& seen) {
    if (talk.outcome == TalkOutcome::no_capital) return;
    const Sector& sector = before.sector(talk);
    const PartnerSector& skill =
        before.scenario.partners[static_cast<std::size_t>(talk.partner)].sectors[static_cast<std::size_t>(talk.sector)];
    REQUIRE(talk.connectivity_value == Approx(before.connectivity(talk, committed)).epsilon(1e-9));
    REQUIRE(talk.host_weight == Approx(before.weight(talk)).epsilon(1e-12));
    REQUIRE(talk.least_local_content == Approx(before.least_content(talk)).epsilon(1e-12));
    if (!std::isnan(talk.self_finance)) {
        ++seen.alone;
        REQUIRE(std::fabs(talk.self_finance - before.alone(talk, committed)) < 1e-9 * talk.size);
    }
    if (!std::isnan(talk.waiting)) {
        ++seen.waiting;
        REQUIRE(talk.waiting == Approx(before.waiting(talk)).epsilon(1e-12));
    }
    if (std::isnan(talk.host_payoff)) return;
    const double e = talk.revenue_share, l = talk.local_content, I = talk.size;
    const double Y = before.revenue(talk, skill.competence);
    const double host =
        before.host_at_nothing(talk, skill.competence, committed) + sector.local_content_value * I * l + e * Y;
    const double partner = before.partner_at_nothing(talk, skill.interest) + talk.connectivity_value -
                           sector.local_content_cost * I * l * l / 2 + (1 - e) * Y;
    REQUIRE(std::fabs(talk.host_payoff - host) < 1e-9 * (I + Y));
    REQUIRE(std::fabs(talk.partner_payoff - partner) < 1e-9 * (I + Y));
    ++seen.terms;
    seen.tariffs += before.tariff(talk, committed) > 0;
    seen.hostile += before.felt(talk) < 0;
    seen.owed += before.world.owed_content(talk.partner) > 0;
    seen.funded += before.fund_part(talk) > 0;
}

/// Runs a world process by process and holds every talk of every tick against what stood before it.
Seen check_run(const Scenario& scenario) {
    const Setting setting = prepare(scenario);
    const Luck luck(3, 0);
    Log log;
    World world;
    world.log = &log;
    begin(world, setting);
    Seen seen;
    for (int t = 0; t < setting.ticks; ++t) {
        world.tick = t, world.year = scenario.clock.start_year + (t + 0.5) * setting.dt, world.now = Observation{};
        world_moves(world, setting, luck);
        fund_flows(world, setting, luck);
        projects_arise(world, setting, luck);
        const World standing = world;
        const Before before{standing, setting};
        const std::size_t first = log.talks.size();
        parties_bargain(world, setting, luck);
        double committed = standing.corridor_committed, settled = 0;
        for (std::size_t i = first; i < log.talks.size(); ++i) {
            const TalkRecord& talk = log.talks[i];
            if (i == first || talk.project != log.talks[i - 1].project) committed += settled, settled = 0;
            check_talk(talk, before, committed, seen);
            if (talk.outcome == TalkOutcome::agreed || talk.outcome == TalkOutcome::lost_to_self_finance)
                settled = before.sector(talk).connectivity_intensity * talk.size;
        }
        for (const auto process : {publics_ratify, projects_progress, economy_responds, opinion_moves, parties_learn})
            process(world, setting, luck);
    }
    return seen;
}

}  // namespace

TEST_CASE("ODD 7.4: both sides' payoffs, dV, weight, least local content, self-finance and waiting are the formulas'") {
    for (const AttitudeChannel channel : {AttitudeChannel::cost, AttitudeChannel::local_content,
                                          AttitudeChannel::ratification, AttitudeChannel::none}) {
        const Seen seen = check_run(many_terms(channel));
        CHECK(seen.terms > 200);
        for (const int count : {seen.tariffs, seen.hostile, seen.funded, seen.alone, seen.waiting}) CHECK(count > 30);
    }
}

TEST_CASE("ODD 7.4: what a partner owes after protests is asked of it at the table") {
    Scenario scenario = many_terms(AttitudeChannel::cost);
    scenario.protest.threshold = 0.1;
    CHECK(check_run(scenario).owed > 30);
}

TEST_CASE("ODD 7.9: host welfare is every project's payoff, the fund's too, and what was reopened, discounted at r_0") {
    const Scenario scenario = lively();
    const TestRun run = run_world(scenario);
    const auto discounted = [&](std::int64_t tick, double value) {
        return value * std::exp(-scenario.bargaining.host_discount_rate * (static_cast<double>(tick) + 0.5) * 0.25);
    };
    double welfare = 0, alone = 0;
    for (const DealRecord& deal : run.log.deals) {
        if (deal.status == DealStatus::blocked) continue;
        welfare += discounted(deal.tick, deal.host_payoff);
        alone += deal.partner < 0;
    }
    int reopened = 0;
    for (const EventRecord& event : run.log.events)
        if (event.kind == EventKind::reopening) welfare += discounted(event.tick, event.value), ++reopened;
    CHECK(alone > 5);
    CHECK(reopened > 5);
    CHECK(run.total(&Observation::host_welfare) == Approx(welfare).epsilon(1e-9));
}
