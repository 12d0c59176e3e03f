#include "design_cost.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "ensemble.hpp"
#include "hdf5_actors.hpp"
#include "simulation.hpp"

namespace multivector {

namespace {

std::string in_units(double value, std::initializer_list<std::pair<double, const char*>> units) {
    const auto* unit = units.begin();
    while (value < unit->first && unit + 1 != units.end()) ++unit;
    const double count = value / unit->first;
    char text[64];
    std::snprintf(text, sizeof text, count < 10 ? "%.1f %s" : "%.0f %s", count, unit->second);
    return text;
}

std::string bytes(double count) { return in_units(count, {{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}}); }

template <class List>
double held(const List& list) {
    return static_cast<double>(list.size() * sizeof(list[0]));
}

double memory_of(const Setting& setting) {
    const Scenario& scenario = setting.scenario;
    return static_cast<double>(sizeof setting) + held(setting.oil_price) + held(setting.oil_output) +
           held(setting.transit) + held(setting.credit) + held(setting.finance) + held(setting.news) +
           held(setting.route_cost) + held(setting.around) + held(scenario.partners) + held(scenario.sectors) +
           held(scenario.regions) + held(scenario.routes);
}

/// Bytes of one realisation in a file, before compression.
struct Sizes {
    double summary, series, full;
};

Sizes sizes_of(const hdf5::Actors& actors, const Setting& setting, const Log& log) {
    constexpr double coordinates = 3 * sizeof(std::int32_t);
    double values = 0, records = 0;
    for (const Observable& row : observables) values += static_cast<double>(sizeof(double) * actors.extent(row.shape));
    for_each_log_table(log, [&](const char*, const char*, const auto& rows, const auto& columns) {
        double each = 2 * sizeof(std::int32_t);  // the row's number, and its realisation
        for (const auto& column : columns)
            each += column.kind == Kind::number  ? sizeof(double)
                    : column.kind == Kind::count ? sizeof(std::int32_t)
                                                 : sizeof(std::int8_t);
        records += each * static_cast<double>(rows.size());
    });
    const double summary = values + coordinates, series = summary + values * setting.ticks + coordinates;
    return {summary, series, series + records};
}

/// What a file holds beside realisations.
double design_bytes(const DesignRecord& record) {
    double total = 8e5;  // attributes, provenance, the scenarios
    for (const DesignWorld& world : record.worlds) {
        total += 100;
        for (const std::string& assignment : world.assignments) total += static_cast<double>(assignment.size()) + 13;
    }
    return total;
}

struct Trial {
    std::size_t runs = 0;
    double seconds = 0;  ///< each
    Sizes sizes{};
    std::string failure;  ///< of the first that failed; empty when none did
};

/// Rows from all over the design, for a fraction of a second.
Trial tried(const LoadedDesign& loaded) {
    using Clock = std::chrono::steady_clock;
    constexpr std::size_t most = 64;
    constexpr double enough = 0.2;
    const std::size_t rows = loaded.settings.size(), count = std::min(most, rows);
    World world;
    Realization realization;
    Trial trial;
    const auto run = [&](std::size_t row, Record record) {
        try {
            run_realization(world, loaded.settings[row], loaded.record.design.seed, 0, record, realization);
        } catch (const std::overflow_error& error) {
            world = World();
            if (trial.failure.empty()) trial.failure = "design row " + std::to_string(row) + ": " + error.what();
        }
    };
    run(0, Record::full);
    trial.sizes = sizes_of(hdf5::Actors(loaded.settings), loaded.settings.front(), realization.log);
    const auto start = Clock::now();
    const auto since = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    while (trial.runs < count && since() < enough) run(trial.runs++ * rows / count, Record::summary);
    trial.seconds = since() / static_cast<double>(trial.runs);
    return trial;
}

void print_sample(std::ostream& out, const Design& design) {
    const PointRole& last = design.points.back();
    const std::string groups = std::to_string(last.group + 1);
    out << "  points   " << design.points.size();
    if (design.kind == DesignKind::saltelli) out << ": " << groups << " pairs A and B, and A with each column of B";
    if (design.kind == DesignKind::morris) out << ": " << groups << " trajectories";
    if (last.scramble > 0) out << ", in each of " << last.scramble + 1 << " scrambles";
    if (design.rows_of_point() > 1) out << "; " << design.rows_of_point() << " worlds at each";
    out << '\n';
}

}  // namespace

std::string rough_time(double seconds) {
    return in_units(seconds, {{86400, "days"}, {3600, "h"}, {60, "min"}, {1, "s"}, {1e-3, "ms"}});
}

RunCost cost_of_a_run(const LoadedDesign& loaded) {
    const Trial trial = tried(loaded);
    return {trial.seconds, trial.failure};
}

void print_design_cost(std::ostream& out, const LoadedDesign& loaded) {
    const Design& design = loaded.record.design;
    const std::size_t rows = loaded.settings.size();
    const double runs = static_cast<double>(rows) * design.replications;
    const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
    double memory = 0;
    for (const Setting& setting : loaded.settings) memory += memory_of(setting);
    const Trial trial = tried(loaded);
    const double fixed = design_bytes(loaded.record);
    if (!design.points.empty()) print_sample(out, design);
    char text[64];
    std::snprintf(text, sizeof text, "%.0f", runs);
    out << "  runs     " << text << ": " << rows << (rows == 1 ? " world, " : " worlds, ") << design.replications
        << (design.replications == 1 ? " replication" : " replications of each") << '\n';
    if (runs > static_cast<double>(most_realizations))
        out << "           too many for one file, which holds " << most_realizations << ": at most -n "
            << most_realizations / rows << '\n';
    out << "  memory   about " << bytes(memory) << " for the worlds\n";
    if (!trial.failure.empty()) {
        out << "  time     unknown, since a run that was tried fails: " << trial.failure << '\n';
        return;
    }
    out << "  time     about " << rough_time(runs * trial.seconds / threads) << " with " << threads
        << (threads == 1 ? " thread" : " threads") << ": an estimate, from " << trial.runs
        << (trial.runs == 1 ? " run" : " runs") << " just now, of " << rough_time(trial.seconds)
        << " each on one thread\n"
        << "  result   about " << bytes(runs * trial.sizes.summary + fixed) << " with --record summary, "
        << bytes(runs * trial.sizes.series + fixed) << " with series, " << bytes(runs * trial.sizes.full + fixed)
        << " with full: estimates, before compression\n";
}

}  // namespace multivector
