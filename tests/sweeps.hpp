// A small sweep, in parts and whole, for tests.
#pragma once

#include <doctest/doctest.h>

#include <fstream>

#include "answer.hpp"
#include "hdf5_checksums.hpp"
#include "result_difference.hpp"
#include "result_files.hpp"

namespace multivector {

namespace fs = std::filesystem;

inline bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A design of three rows of the minimal scenario, five replications, and what is made of it.
struct Sweeps {
    explicit Sweeps(std::string record_level = "full") : record(std::move(record_level)) {
        std::ofstream(design) << "scenario: " MULTIVECTOR_SOURCE "/scenarios/minimal.yaml\n"
                              << "kind: grid\nreplications: 5\nseed: 3\naxes: {connectivity_demand: [0, 1, 1.5]}\n";
    }
    Answer sweep(const std::string& name, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"sweep", design.string(), "-o", path(name), "--record", record, "--quiet"};
        words.insert(words.end(), more.begin(), more.end());
        return answer(words);
    }
    std::vector<std::string> shards(int count) const {
        std::vector<std::string> names;
        for (int i = 1; i <= count; ++i) {
            names.push_back(path("s" + std::to_string(i) + "of" + std::to_string(count) + ".h5"));
            const Answer said = sweep(fs::path(names.back()).filename().string(),
                                      {"--shard", std::to_string(i) + "/" + std::to_string(count), "--threads", "2"});
            REQUIRE_MESSAGE(said.code == done, said.err);
        }
        return names;
    }
    Answer merged(std::vector<std::string> files, const std::string& name,
                  const std::vector<std::string>& more = {}) const {
        files.insert(files.begin(), {"merge", "-o", path(name), "--quiet"});
        files.insert(files.end(), more.begin(), more.end());
        return answer(files);
    }
    std::string path(const std::string& name) const { return (folder.path / name).string(); }

    Folder folder;
    std::string record;
    fs::path design = folder.path / "d.yaml";
};

/// Every dataset, the structure and every attribute but those of /provenance and the history.
inline void check_same(const std::string& a, const std::string& b) {
    const ResultFile first(a), second(b);
    const ResultDifference found = difference(first, second, 0);
    CHECK(found.verdict == Verdict::bit_identical);
    CHECK(found.datasets > 20);
    CHECK(hdf5::check_checksums(second.id()).empty());
}

}  // namespace multivector
