// Speeds of bargaining: a table of four partners under each solution, and the one-to-many job that other packages do.
#pragma once

#include <benchmark/benchmark.h>

#include "negotiation.hpp"
#include "random_talks.hpp"
#include "tick.hpp"

namespace multivector {

/// Projects of the baseline's first eighteen years that all four partners sat down to, and the world as it stands then.
class SeatedTables : public TableWatch {
 public:
    explicit SeatedTables(const Setting& setting) {
        World world;
        begin(world, setting);
        world.watch = this;
        const Luck luck(1, 0);
        for (int t = 0; t < 72; ++t) tick(world, setting, luck);
        state_ = world;
        state_.watch = nullptr;
        weigh_sides(state_, setting);
    }
    void seated(const Table& table, const World&, const Setting& setting, const Luck&,
                const Project& project) override {
        if (table.seated == setting.partners) projects.push_back(project);
    }
    World& world() { return state_; }

    std::vector<Project> projects;

 private:
    World state_;
};

/// Nanoseconds a table: every partner's payoffs and frontier worked out, order of speakers, standing offers, deal.
inline void table_under(benchmark::State& state, const Setting& given, Solution solution, bool only_seats) {
    Setting setting = given;
    setting.scenario.bargaining.solution = solution;
    SeatedTables tables(given);
    const Luck luck(1, 0);
    Table table;
    std::size_t next = 0;
    for (auto _ : state) {
        const Project& project = tables.projects[next];
        if (next % 2 == 0) tables.world().corridor_known_in = -1;  // a run keeps it for one table in four that ask
        if (++next == tables.projects.size()) next = 0;  // no remainder: its division is none of the table's time
        seat_partners(table, tables.world(), setting, project);
        if (only_seats) {
            benchmark::DoNotOptimize(table);
            continue;
        }
        const TableResult result = settle_table(table, solution, tables.world(), setting, luck, project);
        benchmark::DoNotOptimize(result);
    }
}

/// LIMITS' one-to-many job: each tick eight projects, four partners each, values uniform on (40, 100), self-finance on
/// (0, 30), at most 50 rounds; the host talks with one partner after the other, the best so far its reserve.
inline void one_to_many(benchmark::State& state) {
    std::mt19937 random(1);
    std::vector<double> concession;
    for (int k = 0; k < 50; ++k) concession.push_back(k / 49.0);
    double rounds = 0, best_wins = 0, host = 0, theory = 0, tables = 0;
    constexpr int jobs = 4096;
    std::vector<std::array<double, 5>> draws(jobs);
    for (auto& draw : draws) {
        for (int p = 0; p < 4; ++p) draw[static_cast<std::size_t>(p)] = between(random, 40, 100);
        draw[4] = between(random, 0, 30);
    }
    std::size_t next = 0;
    for (auto _ : state)
        for (int project = 0; project < 8; ++project) {
            const auto& draw = draws[next++ % jobs];
            double best = draw[4];
            std::size_t winner = 4;
            for (std::size_t p = 0; p < 4; ++p) {
                const Frontier frontier = make_frontier(0, 0, 1e-9, 1, draw[p], 0);
                Talk talk{frontier, {best, 0}, {best, 0}, 0.5};
                talk.protocol.rounds = 50;
                talk.protocol.host_concession = talk.protocol.partner_concession = concession;
                if (!frontier.offers(talk.outside)) continue;
                const Settlement settled = settle_concession_tactics(talk);
                rounds += settled.rounds;
                if (settled.agreed() && settled.terms.payoff.host > best) best = settled.terms.payoff.host, winner = p;
            }
            const std::array<double, 4> values{draw[0], draw[1], draw[2], draw[3]};
            std::array<double, 4> sorted = values;
            std::sort(sorted.rbegin(), sorted.rend());
            ++tables, host += best;
            best_wins += winner < 4 && values[winner] == sorted[0];
            theory += std::max({sorted[0] / 2, sorted[1], draw[4]});
        }
    state.counters["ticks/s"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
    state.counters["rounds/s"] = benchmark::Counter(rounds, benchmark::Counter::kIsRate);
    state.counters["best wins"] = best_wins / tables;
    state.counters["host"] = host / tables;
    state.counters["deal me out"] = theory / tables;
}

/// Everything above, registered.
inline void register_bargaining(const Setting& setting) {
    benchmark::RegisterBenchmark("table/seats only",
                                 [&](benchmark::State& state) { table_under(state, setting, Solution::nash, true); });
    for (std::size_t i = 0; i < solutions.size(); ++i)
        benchmark::RegisterBenchmark(
            ("table/" + std::string(solutions[i].name)).c_str(),
            [&setting, i](benchmark::State& state) { table_under(state, setting, static_cast<Solution>(i), false); });
    benchmark::RegisterBenchmark("one-to-many/concession_tactics", one_to_many);
}

}  // namespace multivector
