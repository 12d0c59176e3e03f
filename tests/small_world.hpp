// Small worlds for tests, and a way to run them.
#pragma once

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "run_summary.hpp"
#include "tick.hpp"

namespace multivector {

/// A run's observations, tick by tick, its log and its summary.
struct TestRun {
    std::vector<Observation> ticks;
    Log log;
    RunSummary summary;

    double total(double Observation::*field) const {
        double sum = 0;
        for (const Observation& observation : ticks) sum += observation.*field;
        return sum;
    }
};

inline TestRun run_world(const Scenario& scenario, std::uint64_t seed = 1, std::uint32_t replication = 0) {
    const Setting setting = prepare(scenario);
    TestRun run;
    World world;
    world.log = &run.log;
    begin(world, setting);
    const Luck luck(seed, replication);
    for (int t = 0; t < setting.ticks; ++t) {
        tick(world, setting, luck);
        run.ticks.push_back(world.now);
        run.summary.add(world.now);
    }
    return run;
}

inline bool same_bits(const TestRun& a, const TestRun& b) {
    return a.ticks.size() == b.ticks.size() &&
           std::memcmp(a.ticks.data(), b.ticks.data(), a.ticks.size() * sizeof(Observation)) == 0;
}

/// A run's bytes as a hash (FNV-1a), to compare many runs cheaply.
inline std::uint64_t hash_of(const TestRun& run) {
    std::uint64_t hash = 14695981039346656037u;
    const auto* bytes = reinterpret_cast<const unsigned char*>(run.ticks.data());
    for (std::size_t i = 0; i < run.ticks.size() * sizeof(Observation); ++i) hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash;
}

inline PathInput constant_path(double level) {
    PathInput path;
    path.path.level = level;
    return path;
}

/// A lively world with partners P0.., sectors S0.., regions R0.. in a row, four routes and ten years of quarters. P0 is
/// the one with a connectivity demand.
inline Scenario small_scenario(int partners = 3, int sectors = 3, int regions = 4) {
    Scenario scenario;
    scenario.clock.ticks = 40;
    scenario.oil_price = constant_path(70);
    scenario.oil_output = constant_path(60);
    scenario.fund.start_year = 1995;
    scenario.fund.opening_balance = 20;
    for (int s = 0; s < sectors; ++s) {
        SectorInput input{"S" + std::to_string(s), {}};
        input.sector.rate = 4;
        input.sector.stage = static_cast<Stage>(s % 3);
        input.sector.connectivity_intensity = s == 1 ? 1 : 0;
        input.sector.price_passthrough = s == 0 ? 1 : 0;
        input.sector.oil_volume = s == 0 ? 1 : 0;
        input.sector.priority = s == 2 ? 1 : 0;
        input.sector.land_intensity = s == 2 ? 1 : 0;
        scenario.sectors.push_back(input);
    }
    const double costs[] = {150, 220, 215, 230};
    for (int k = 0; k < 4; ++k) {
        RouteInput route{"route" + std::to_string(k), {}, constant_path(costs[k])};
        route.route.crosses_host = k >= 2 ? Switch::on : Switch::off;
        scenario.routes.push_back(route);
    }
    for (int p = 0; p < partners; ++p) {
        PartnerInput input;
        input.name = "P" + std::to_string(p);
        input.transit = constant_path(p == 0 ? 15 : 0);
        input.credit = constant_path(p == 0 ? 3 : 0);
        input.finance = constant_path(3);
        for (auto& row : input.sectors) row = {0.05 * p, 0.9 - 0.05 * p};
        scenario.partners.push_back(input);
    }
    for (int r = 0; r < regions; ++r) {
        RegionInput input;
        input.name = "R" + std::to_string(r);
        input.region.population = 1 + r;
        for (int p = 0; p < max_partners; ++p)
            input.attitudes[static_cast<std::size_t>(p)] = {0.2 - 0.25 * ((r + p) % 3), 0.1};
        scenario.regions.push_back(input);
        if (r > 0) scenario.borders.emplace_back(r - 1, r);
    }
    return scenario;
}

/// A small world in which much happens: projects the fund can pay for, reopened terms, rumours, vetoes.
inline Scenario lively() {
    Scenario scenario = small_scenario();
    scenario.clock.ticks = 80;
    scenario.fund.self_finance_limit = 0.3;
    scenario.fund.self_finance_cost = 0.7;
    scenario.implementation.reopen_rate = 0.2;
    scenario.opinion.rumour_rate = 1;
    scenario.domestic.threshold = 0.1;
    return scenario;
}

/// One table and nothing else: a single project of size 1 over which partners worth `values` (joint value of a deal)
/// divide transferable payoff, with the host's bargaining weight 1/2, no politics and no history. Self-finance is worth
/// `self_finance`, or not to be had when it is negative.
inline Scenario one_table(const std::vector<double>& values, double self_finance = -1) {
    Scenario scenario = small_scenario(static_cast<int>(values.size()), 1, 1);
    const double revenue = 1000;
    scenario.clock.ticks = 1;
    scenario.clock.dt = 1;
    scenario.bargaining = {.rival_offer = 1, .waiting = 0, .host_discount_rate = 0.1, .autonomy_cost = 0};
    scenario.domestic.channel = AttitudeChannel::none;
    scenario.domestic.ratification = Ratification::none;
    scenario.learning.trust_cost = 0;
    scenario.fund.patience = scenario.fund.industrial_policy = Switch::off;
    scenario.fund.self_finance = self_finance >= 0 ? Switch::on : Switch::off;
    scenario.fund.opening_balance = 1e6;
    scenario.fund.floor = 0;
    scenario.fund.self_finance_limit = 1;
    scenario.oil.reference_price = 70;
    Sector& sector = scenario.sectors[0].sector;
    sector = {.rate = 1,
              .size_median = 1,
              .size_sigma = 0,
              .revenue = revenue,
              .spillover = 0,
              .local_content_value = 1e-12,
              .local_content_cost = 1,
              .local_content_floor = 0,
              .host_competence = 1};
    scenario.fund.self_finance_cost = revenue - self_finance;
    scenario.headline.connectivity_demand = 0;
    for (std::size_t p = 0; p < values.size(); ++p) {
        PartnerInput& partner = scenario.partners[p];
        partner.partner.discount_rate = 0.1;
        partner.partner.cost_of_capital = revenue;
        partner.partner.influence = partner.partner.conditionality = partner.partner.aspiration_weight = 0;
        partner.finance = constant_path(1000);
        partner.sectors[0] = {values[p], 1};
    }
    return scenario;
}

/// The talks over the first project of a world in which one arises in the first tick under some early replication.
inline std::vector<TalkRecord> talks_of_one_table(const Scenario& scenario) {
    for (std::uint32_t replication = 0; replication < 64; ++replication) {
        const TestRun run = run_world(scenario, 1, replication);
        if (run.log.talks.empty()) continue;
        std::vector<TalkRecord> talks;
        for (const TalkRecord& talk : run.log.talks)
            if (talk.project == run.log.talks.front().project) talks.push_back(talk);
        return talks;
    }
    return {};
}

/// The host's payoff at a table: of the talk that was agreed, else the best of self-finance, waiting and nothing.
inline double host_payoff(const std::vector<TalkRecord>& talks) {
    double payoff = 0;
    for (const TalkRecord& talk : talks) {
        if (talk.outcome == TalkOutcome::agreed) return talk.host_payoff;
        for (const double alternative : {talk.self_finance, talk.waiting})
            if (alternative > payoff) payoff = alternative;  // false when it is missing
    }
    return payoff;
}

}  // namespace multivector
