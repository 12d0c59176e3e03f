// The golden record of a world: enough of a few realisations to know every bit again, and to name the first tick and
// observable in which another build or another version of the model departs from it.
//
// Everything is compared as bits: 0 and -0 differ, and a NaN equals only the same NaN. Needs nothing but the core, so
// that Emscripten can compile it.
#pragma once

#include <algorithm>
#include <span>

#include "small_world.hpp"

namespace multivector {

/// What one tick left, over all realisations on record.
struct GoldenTick {
    std::uint32_t hash = 0;              ///< of everything
    std::vector<std::uint16_t> digests;  ///< twelve bits per name: two different values share one in 1 of 4096 cases
};

struct GoldenRecord {
    std::uint64_t seed = 0, hash = 0;
    std::vector<std::uint32_t> realizations;  ///< one hash each, from replication 0 on
    std::vector<std::string> names;           ///< observables, then the tables of the log
    std::vector<GoldenTick> ticks;
};

inline constexpr std::uint64_t golden_seed = 2024;
inline constexpr std::uint32_t golden_replications = 16;

inline std::uint64_t folded(std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
}

inline std::vector<std::string> golden_names() {
    std::vector<std::string> names;
    for (const Observable& row : observables) names.emplace_back(row.name);
    for_each_log_table(
        [&](const char* table, const char*, const auto&) { names.push_back("log." + std::string(table)); });
    return names;
}

/// An observable in one tick; in the last one with what the whole run comes to. A ratio has only the latter.
inline std::uint64_t golden_cell(const TestRun& run, std::size_t tick, const Observable& row) {
    std::uint64_t hash = 0;
    if (row.summary != Summary::ratio)
        for (std::size_t i = 0; i < extent(row.shape); ++i)
            hash = folded(hash, to_bits(values(run.ticks[tick])[row.offset + i]));
    if (tick + 1 == run.ticks.size())
        for (std::size_t i = 0; i < extent(row.shape); ++i)
            hash = folded(hash, to_bits(run.summary.value(row, static_cast<int>(i))));
    return hash;
}

/// The tick in which a record counts: a deal in that of its last status, so that its fate is not laid at the door of
/// the tick that signed it.
template <class Record_>
std::int64_t golden_tick(const Record_& record) {
    if constexpr (std::is_same_v<Record_, DealRecord>)
        return record.status_tick;
    else
        return record.tick;
}

/// One realisation as a hash per tick and name, in the order of golden_names.
inline std::vector<std::vector<std::uint64_t>> golden_cells(const TestRun& run) {
    std::vector<std::vector<std::uint64_t>> cells(run.ticks.size());
    for (std::size_t t = 0; t < cells.size(); ++t)
        for (const Observable& row : observables) cells[t].push_back(golden_cell(run, t, row));
    for_each_log_table(run.log, [&](const char*, const char*, const auto& records, const auto& columns) {
        for (auto& tick : cells) tick.push_back(0);
        for (const auto& record : records)
            for (const auto& column : columns) {
                std::uint64_t& hash = cells[static_cast<std::size_t>(golden_tick(record))].back();
                hash = folded(hash, to_bits(column.read(record)));
            }
    });
    return cells;
}

inline GoldenRecord golden_record(std::span<const TestRun> runs) {
    GoldenRecord record;
    record.seed = golden_seed;
    record.names = golden_names();
    std::vector<std::vector<std::uint64_t>> totals(runs.empty() ? 0 : runs[0].ticks.size());
    for (auto& tick : totals) tick.resize(record.names.size());
    for (const TestRun& run : runs) {
        std::uint64_t realization = 0;
        const auto cells = golden_cells(run);
        for (std::size_t t = 0; t < cells.size(); ++t)
            for (std::size_t i = 0; i < cells[t].size(); ++i) {
                totals[t][i] = folded(totals[t][i], cells[t][i]);
                realization = folded(realization, cells[t][i]);
            }
        record.realizations.push_back(static_cast<std::uint32_t>(realization >> 32));
        record.hash = folded(record.hash, realization);
    }
    for (const auto& tick : totals) {
        GoldenTick golden;
        std::uint64_t hash = 0;
        for (const std::uint64_t total : tick) {
            hash = folded(hash, total);
            golden.digests.push_back(static_cast<std::uint16_t>(total >> 52));
        }
        golden.hash = static_cast<std::uint32_t>(hash >> 32);
        record.ticks.push_back(std::move(golden));
    }
    return record;
}

inline std::vector<TestRun> golden_runs(const Scenario& scenario) {
    std::vector<TestRun> runs;
    for (std::uint32_t r = 0; r < golden_replications; ++r) runs.push_back(run_world(scenario, golden_seed, r));
    return runs;
}

/// Where a record departs from another.
struct GoldenDifference {
    bool any = false;
    std::size_t tick = 0;
    std::vector<std::string> names;         ///< that differ in that tick; empty when no digest tells
    std::vector<std::size_t> replications;  ///< that differ in any tick
    std::vector<std::string> added, gone;   ///< names on one side only
    std::size_t ticks_before = 0, ticks_now = 0;
};

inline std::vector<std::string> names_missing_from(const std::vector<std::string>& there,
                                                   const std::vector<std::string>& here) {
    std::vector<std::string> missing;
    for (const std::string& name : here)
        if (std::find(there.begin(), there.end(), name) == there.end()) missing.push_back(name);
    return missing;
}

/// Compares name by name, so that a new observable or another order hides nothing of the rest.
inline GoldenDifference golden_difference(const GoldenRecord& on_record, const GoldenRecord& found) {
    GoldenDifference difference;
    difference.added = names_missing_from(on_record.names, found.names);
    difference.gone = names_missing_from(found.names, on_record.names);
    difference.ticks_before = on_record.ticks.size();
    difference.ticks_now = found.ticks.size();
    difference.any = on_record.hash != found.hash || on_record.names != found.names ||
                     difference.ticks_before != difference.ticks_now;
    const std::size_t ticks = std::min(difference.ticks_before, difference.ticks_now);
    for (difference.tick = 0; difference.tick < ticks; ++difference.tick) {
        const GoldenTick &before = on_record.ticks[difference.tick], &now = found.ticks[difference.tick];
        for (std::size_t i = 0; i < found.names.size(); ++i) {
            const auto place = std::find(on_record.names.begin(), on_record.names.end(), found.names[i]);
            if (place == on_record.names.end()) continue;
            if (before.digests[static_cast<std::size_t>(place - on_record.names.begin())] != now.digests[i])
                difference.names.push_back(found.names[i]);
        }
        if (!difference.names.empty() || (on_record.names == found.names && before.hash != now.hash)) break;
    }
    for (std::size_t r = 0; r < std::min(on_record.realizations.size(), found.realizations.size()); ++r)
        if (on_record.realizations[r] != found.realizations[r]) difference.replications.push_back(r);
    return difference;
}

}  // namespace multivector
