// Results on a disk that fills up: whatever the moment, the file is whole or absent. kills.sh and outputs.sh try the
// real program on a real disk.
#include <doctest/doctest.h>

#include "fault_watch.hpp"
#include "full_disk.hpp"
#include "result_files.hpp"
#include "simulation.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

const std::string unwritten =
    "File too large; nothing was written under this name: make room there, or write elsewhere (-o)";

/// Every size that matters to a file of `size` bytes: dense where the library begins it, then evenly.
std::vector<std::uint64_t> sizes_below(std::uint64_t size) {
    std::vector<std::uint64_t> sizes{0, 1, 96, 512, 2048, 4096};
    for (std::uint64_t i = 1; i < 20; ++i) sizes.push_back(size * i / 20);
    sizes.push_back(size - 1);
    std::sort(sizes.begin(), sizes.end());
    return sizes;
}

}  // namespace

// The HDF5 library keeps what it could not write, which the address sanitizer would count as lost.
TEST_CASE("however early or late the disk is full, a result names the file and leaves nothing" *
          doctest::skip(sanitized)) {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    const fs::path output = folder.path / "a.h5";
    for (const Record record : {Record::summary, Record::full}) {
        write_result(output, setting, small_origin(record));
        const std::uint64_t size = fs::file_size(output);
        fs::remove(output);
        for (const std::uint64_t limit : sizes_below(size)) {
            CAPTURE(limit);
            std::string said;
            try {
                const FullDisk disk(limit);
                write_result(output, setting, small_origin(record));
            } catch (const std::exception& error) {
                said = error.what();
            }
            CHECK_MESSAGE(said.starts_with(output.string() + ": "), said);
            CHECK_MESSAGE(said.ends_with(limit < 96 ? "the output cannot be created: File too large" : unwritten),
                          said);
            CHECK(folder.files().empty());
        }
    }
}

TEST_CASE("a disk that is full in the middle of a long run ends it there" * doctest::skip(sanitized)) {
    const Folder folder;
    Scenario scenario = small_scenario();
    scenario.clock.ticks = 1000;
    const Setting setting = prepare(scenario);
    RunOrigin origin = small_origin(Record::series);
    origin.count = 1000;
    const fs::path output = folder.path / "a.h5";
    std::size_t taken = 0;
    const auto run = [&] {
        const FullDisk disk(4'000'000);
        Recorder recorder(output, setting, origin, false);
        run_ensemble(setting, {origin.seed, 0, origin.count, 1, origin.record},
                     [&](std::span<const Realization> realizations) {
                         recorder.add(realizations);
                         taken += realizations.size();
                     });
    };
    CHECK_THROWS_WITH_AS(run(), doctest::Contains(unwritten.c_str()), std::runtime_error);
    CHECK(taken > 0);
    CHECK(taken < 500);
    CHECK(folder.files().empty());
}

TEST_CASE("a disk to which room is added little by little gets the result of an empty one" * doctest::skip(sanitized)) {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    const RunOrigin origin = small_origin(Record::full);
    const fs::path output = folder.path / "a.h5", journal_path = Journal::path_of(output);
    write_result(output, setting, origin);
    const std::string whole = file_bytes(output);
    fs::remove(output);
    std::uint64_t kept = 0, limit = 0, failures = 0;
    std::ostringstream err;
    for (;; limit += whole.size() / 20) {
        CAPTURE(limit);
        try {
            const FullDisk disk(limit);
            Journal journal(output, "of a test", Journal::Begin::resume);
            simulate_to_file({output, false, 1, true, false, &journal}, {&setting, 1}, origin, err);
            break;
        } catch (const std::exception& error) {
            CHECK_MESSAGE(std::string(error.what()).find("File too large") != std::string::npos, error.what());
        }
        ++failures;
        REQUIRE(limit < 3 * whole.size());
        CHECK_FALSE(fs::exists(output));
        if (!fs::exists(journal_path)) continue;
        CHECK(fs::file_size(journal_path) >= kept);
        kept = fs::file_size(journal_path);
    }
    CHECK(failures > 10);
    CHECK(kept > 1000);
    CHECK(file_bytes(output) == whole);
    CHECK(folder.files() == std::vector<std::string>{"a.h5"});
}

}  // namespace multivector
