// How the time of a realisation grows: the baseline with more or fewer runs, partners, sectors, regions and ticks, and
// the exponent of each, the slope of log time over log size.
#pragma once

#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>
#include <map>
#include <string>

#include "tick.hpp"

namespace multivector {

/// Rows beyond those given repeat them from the first on.
template <class Rows>
void repeat(Rows& rows, std::size_t given, std::size_t wanted) {
    if constexpr (requires { rows.resize(wanted); }) rows.resize(wanted);
    for (std::size_t i = given; i < wanted; ++i) rows[i] = rows[i % given];
}

inline void repeat_regions(Scenario& scenario, int wanted) {
    const int given = static_cast<int>(scenario.regions.size());
    repeat(scenario.regions, scenario.regions.size(), static_cast<std::size_t>(wanted));
    const auto borders = scenario.borders;
    scenario.borders.clear();
    for (int first = 0; first < wanted; first += given)  // a copy of the map beside the other
        for (const auto& [a, b] : borders)
            if (first + a < wanted && first + b < wanted) scenario.borders.emplace_back(first + a, first + b);
}

inline Scenario sized(Scenario scenario, const std::string& what, int wanted) {
    const auto count = static_cast<std::size_t>(wanted);
    if (what == "partners") {
        const std::size_t given = scenario.partners.size();
        repeat(scenario.partners, given, count);
        for (RegionInput& region : scenario.regions) repeat(region.attitudes, given, count);
    } else if (what == "sectors") {
        const std::size_t given = scenario.sectors.size();
        repeat(scenario.sectors, given, count);
        for (PartnerInput& partner : scenario.partners) repeat(partner.sectors, given, count);
        for (RegionInput& region : scenario.regions) repeat(region.sectors, given, count);
    } else if (what == "regions") {
        repeat_regions(scenario, wanted);
    } else if (what == "ticks") {
        scenario.clock.ticks = wanted;
    }
    return scenario;
}

/// Slope of the least-squares line through the logs.
inline double exponent(const std::map<int, double>& seconds) {
    double x = 0, y = 0, xx = 0, xy = 0;
    for (const auto& [size, time] : seconds) {
        const double a = std::log(size), b = std::log(time);
        x += a, y += b, xx += a * a, xy += a * b;
    }
    const auto n = static_cast<double>(seconds.size());
    return (n * xy - x * y) / (n * xx - x * x);
}

inline void growth(benchmark::State& state, const Scenario& baseline, const std::string& what) {
    static std::map<std::string, std::map<int, double>> measured;
    const int size = static_cast<int>(state.range(0));
    const Setting setting = prepare(sized(baseline, what, size));
    const int runs = what == "runs" ? size : 1;
    World world;
    std::uint32_t replication = 0;
    const std::clock_t start = std::clock();  // of this one thread: what else the machine does is not in it
    for (auto _ : state)
        for (int run = 0; run < runs; ++run) {
            begin(world, setting);
            const Luck luck(1, replication++);
            for (int t = 0; t < setting.ticks; ++t) tick(world, setting, luck);
        }
    const double spent = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    measured[what][size] = spent / static_cast<double>(state.iterations());
    if (measured[what].size() > 1) state.counters["exponent"] = exponent(measured[what]);
}

/// From the smallest size to the largest; the last line of each says the exponent over all of them.
inline void register_growth(const Scenario& baseline) {
    const std::pair<const char*, std::array<int, 4>> sizes[] = {{"runs", {1, 10, 100, 1000}},
                                                                {"partners", {1, 2, 4, 8}},
                                                                {"sectors", {1, 2, 4, 8}},
                                                                {"regions", {4, 8, 16, 32}},
                                                                {"ticks", {29, 58, 116, 232}}};
    for (const auto& [what, steps] : sizes) {
        auto* registered = benchmark::RegisterBenchmark(
            (std::string("growth/") + what).c_str(),
            [&baseline, name = std::string(what)](benchmark::State& state) { growth(state, baseline, name); });
        for (const int size : steps) registered->Arg(size);
        registered->Unit(benchmark::kMicrosecond);
    }
}

}  // namespace multivector
