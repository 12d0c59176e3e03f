// Result files for tests.
#pragma once

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "hdf5_recorder.hpp"
#include "result_reader.hpp"
#include "small_world.hpp"

namespace multivector {

/// A folder of its own that disappears.
struct Folder {
    Folder() {
        static std::atomic<int> made = 0;
        path = std::filesystem::temp_directory_path() /
               ("multivector-test-" + std::to_string(getpid()) + "-" + std::to_string(made++));
        std::filesystem::create_directories(path);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;

    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path))
            names.push_back(entry.path().filename().string());
        return names;
    }

    std::filesystem::path path;
};

inline std::string file_bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Twenty replications of seed 9.
inline RunOrigin small_origin(Record record = Record::summary) {
    RunOrigin origin;
    origin.verbatim = "title: small\n";
    origin.resolved = "title: small\nclock: {ticks: 40, dt: 0.25}\nconnectivity_demand: 1\n";
    origin.seed = 9;
    origin.count = 20;
    origin.record = record;
    origin.reproducible = true;
    return origin;
}

/// A simulation that fails from replication `bad` on.
inline void fail_from(std::uint32_t bad, World& world, const Setting& setting, std::uint64_t seed,
                      std::uint32_t replication, Record record, Realization& realization) {
    if (replication >= bad) throw std::runtime_error("the bridge is out");
    run_realization(world, setting, seed, replication, record, realization);
}

/// All that a realisation kept, as bytes; not what other runs say beside it.
inline std::string bytes_of(const Realization& realization) {
    std::string bytes = std::to_string(realization.replication);
    for (const Observable& row : observables)
        for (int i = 0; i < static_cast<int>(extent(row.shape)); ++i) {
            const double value = realization.summary.value(row, i);
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
    bytes.append(reinterpret_cast<const char*>(realization.series.data()),
                 realization.series.size() * sizeof(Observation));
    for_each_log_table(realization.log, [&](const char*, const char*, const auto& records, const auto& rows) {
        for (const auto& record : records)
            for (const auto& row : rows) bytes += std::to_string(row.read(record)) + " ";
    });
    return bytes;
}

/// Runs what `origin` says and writes it, replacing what is there.
inline void write_result(const std::filesystem::path& path, const Setting& setting, const RunOrigin& origin,
                         unsigned threads = 1, const std::function<Simulation>& simulate = run_realization) {
    Recorder recorder(path, setting, origin, true);
    run_ensemble(
        setting, {origin.seed, origin.first, origin.count, threads, origin.record},
        [&](std::span<const Realization> realizations) { recorder.add(realizations); }, simulate);
    recorder.finish();
}

}  // namespace multivector
