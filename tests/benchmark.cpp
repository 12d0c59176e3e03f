// Speeds, never tests: realisations of the baseline per second at each level of recording, the time of each process,
// of a table under each solution, and how a run grows with its scenario. How to build and run it stands in the README,
// "How fast".
#include <benchmark/benchmark.h>

#include <chrono>
#include <filesystem>

#include "benchmark_bargaining.hpp"
#include "benchmark_growth.hpp"
#include "ensemble.hpp"
#include "hdf5_recorder.hpp"
#include "scenario_reader.hpp"
#include "tick.hpp"

using namespace multivector;

namespace {

const LoadedScenario& baseline() {
    static const LoadedScenario loaded = load_scenario(MULTIVECTOR_SOURCE "/scenarios/kazakhstan.yaml", {});
    return loaded;
}

const Setting& setting() {
    static const Setting prepared = prepare(baseline().scenario);
    return prepared;
}

enum class Keep { nothing, summary, series, everything };

/// One realisation in memory, nothing written.
void realisation(benchmark::State& state, Keep keep) {
    World world;
    Log log;
    if (keep == Keep::everything) world.log = &log;
    RunSummary summary;
    std::vector<Observation> series(static_cast<std::size_t>(setting().ticks));
    std::uint32_t replication = 0;
    for (auto _ : state) {
        begin(world, setting());
        summary.reset();
        const Luck luck(1, replication++);
        for (int t = 0; t < setting().ticks; ++t) {
            tick(world, setting(), luck);
            if (keep != Keep::nothing) summary.add(world.now);
            if (keep >= Keep::series) series[static_cast<std::size_t>(t)] = world.now;
        }
        benchmark::DoNotOptimize(summary);
    }
    state.counters["runs/s"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// Time of one process within the running tick, per realisation. The clock's own cost (about 25 ns a call) is in it.
void process(benchmark::State& state, std::size_t wanted) {
    using Clock = std::chrono::steady_clock;
    World world;
    std::uint32_t replication = 0;
    for (auto _ : state) {
        begin(world, setting());
        const Luck luck(1, replication++);
        Clock::duration spent{};
        for (int t = 0; t < setting().ticks; ++t) {
            world.now = Observation{};
            world.year = setting().scenario.clock.start_year + (world.tick + 0.5) * setting().dt;
            for (std::size_t i = 0; i < processes.size(); ++i) {
                if (i != wanted) {
                    processes[i].run(world, setting(), luck);
                    continue;
                }
                const auto start = Clock::now();
                processes[i].run(world, setting(), luck);
                spent += Clock::now() - start;
            }
            ++world.tick;
        }
        state.SetIterationTime(std::chrono::duration<double>(spent).count());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::pair<const char*, Keep> levels[] = {
        {"nothing", Keep::nothing}, {"summary", Keep::summary}, {"series", Keep::series}, {"full", Keep::everything}};
    for (const auto& [name, keep] : levels)
        benchmark::RegisterBenchmark((std::string("realisation/record:") + name).c_str(), realisation, keep)
            ->Unit(benchmark::kMicrosecond);
    for (std::size_t i = 0; i < processes.size(); ++i)
        benchmark::RegisterBenchmark(("process/" + std::string(processes[i].name)).c_str(), process, i)
            ->UseManualTime()
            ->Unit(benchmark::kMicrosecond);
    register_bargaining(setting());
    register_growth(baseline().scenario);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
