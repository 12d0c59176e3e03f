// Ensembles and result files.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "hdf5_cubes.hpp"
#include "hexadecimal.hpp"
#include "input_error.hpp"
#include "progress.hpp"
#include "result_files.hpp"
#include "sha256.hpp"

namespace multivector {

namespace {

/// All that a realisation kept, as bytes.
std::string bytes_of(const Realization& realization) {
    std::string bytes = std::to_string(realization.replication);
    for (const Observable& row : observables)
        for (int i = 0; i < static_cast<int>(extent(row.shape)); ++i) {
            const double value = realization.summary.value(row, i);
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
    bytes.append(reinterpret_cast<const char*>(realization.series.data()),
                 realization.series.size() * sizeof(Observation));
    const auto columns = [&](const auto& records, const auto& rows) {
        for (const auto& record : records)
            for (const auto& row : rows) bytes += std::to_string(row.read(record)) + " ";
    };
    columns(realization.log.talks, talk_columns);
    columns(realization.log.deals, deal_columns);
    columns(realization.log.events, event_columns);
    return bytes;
}

std::string ensemble_bytes(unsigned threads, std::uint32_t count) {
    const Setting setting = prepare(small_scenario());
    std::string bytes;
    run_ensemble(setting, {7, 3, count, threads, Record::full}, [&](std::span<const Realization> realizations) {
        for (const Realization& realization : realizations) bytes += bytes_of(realization);
    });
    return bytes;
}

double recomputed(const Observable& row, int index, const std::vector<Observation>& series) {
    double sum = 0, over = 0, largest = 0;
    for (const Observation& observation : series) {
        const std::size_t at = row.offset + static_cast<std::size_t>(index);
        sum += values(observation)[at];
        over += values(observation)[row.over];
        largest = std::max(largest, values(observation)[at]);
    }
    switch (row.summary) {
        case Summary::sum:
            return sum;
        case Summary::mean:
            return sum / static_cast<double>(series.size());
        case Summary::final:
            return values(series.back())[row.offset + static_cast<std::size_t>(index)];
        case Summary::maximum:
            return largest;
        case Summary::ratio:
            break;
    }
    return over == 0 ? std::nan("") : sum / over;
}

void fail_from(std::uint32_t bad, World& world, const Setting& setting, std::uint64_t seed, std::uint32_t replication,
               Record record, Realization& realization) {
    if (replication >= bad) throw std::runtime_error("the bridge is out");
    run_realization(world, setting, seed, replication, record, realization);
}

}  // namespace

TEST_CASE("one, two and eight threads give the same bits") {
    const std::string one = ensemble_bytes(1, 45);
    CHECK(!one.empty());
    CHECK(one == ensemble_bytes(2, 45));
    CHECK(one == ensemble_bytes(8, 45));
}

TEST_CASE("realisations arrive in order, each once, from the first that was asked for") {
    const Setting setting = prepare(small_scenario());
    for (const std::uint32_t count : {0u, 1u, 2u, 37u}) {
        std::uint32_t next = 5;
        run_ensemble(setting, {1, 5, count, 3, Record::summary}, [&](std::span<const Realization> realizations) {
            for (const Realization& realization : realizations) CHECK(realization.replication == next++);
        });
        CHECK(next == 5 + count);
    }
}

TEST_CASE("however slow the sink, the number of realisations in flight is bounded") {
    const Setting setting = prepare(small_scenario());
    std::atomic<std::uint32_t> started = 0;
    std::uint32_t delivered = 0, ahead = 0;
    run_ensemble(
        setting, {1, 0, 600, 2, Record::summary},
        [&](std::span<const Realization> realizations) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            ahead = std::max(ahead, started - delivered);
            delivered += static_cast<std::uint32_t>(realizations.size());
        },
        [&](World&, const Setting&, std::uint64_t, std::uint32_t, Record, Realization&) { ++started; });
    CHECK(delivered == 600);
    CHECK(ahead <= (2 + 2) * 8);
}

TEST_CASE("a failing realisation stops the ensemble and is named, the lowest first whatever the threads") {
    const Setting setting = prepare(small_scenario());
    for (const unsigned threads : {1u, 2u, 8u}) {
        const auto simulate = [](auto&&... arguments) { fail_from(23, arguments...); };
        const auto ignore = [](std::span<const Realization>) {};
        CHECK_THROWS_WITH_AS(run_ensemble(setting, {1, 0, 90, threads}, ignore, simulate),
                             "replication 23 of seed 0x0000000000000001 failed: the bridge is out", RealizationFailed);
    }
}

TEST_CASE("a stop flag interrupts an ensemble") {
    const Setting setting = prepare(small_scenario());
    std::atomic<bool> stop = false;
    const auto sink = [&](std::span<const Realization>) { stop = true; };
    CHECK_THROWS_AS(run_ensemble(setting, {1, 0, 1'000'000, 2, Record::summary, &stop}, sink), Interrupted);
}

TEST_CASE("the summary in the file equals its recomputation from the series") {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    write_result(folder.path / "a.h5", setting, small_origin(Record::series));
    const ResultFile file(folder.path / "a.h5");
    std::vector<std::vector<Observation>> series;
    run_ensemble(setting, {9, 0, 20, 1, Record::series}, [&](std::span<const Realization> realizations) {
        for (const Realization& realization : realizations) series.push_back(realization.series);
    });
    for (const Observable& row : observables) {
        const SummaryVariable variable = file.read(std::string(row.name));
        CHECK(variable.labels.size() == static_cast<std::size_t>(hdf5::extent_in(setting, row.shape)));
        for (std::size_t r = 0; r < series.size(); ++r)
            for (std::size_t i = 0; i < variable.labels.size(); ++i) {
                const double expected = recomputed(row, static_cast<int>(i), series[r]), found = variable.at(r, i);
                CHECK((std::isnan(expected) ? std::isnan(found) : found == doctest::Approx(expected).epsilon(1e-12)));
            }
    }
}

TEST_CASE("files of one, two and eight threads are the same bytes when reproducible") {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    std::vector<std::string> files;
    for (const unsigned threads : {1u, 2u, 8u}) {
        write_result(folder.path / "a.h5", setting, small_origin(Record::full), threads);
        files.push_back(file_bytes(folder.path / "a.h5"));
    }
    CHECK(files[0].size() > 100'000);
    CHECK(files[0] == files[1]);
    CHECK(files[0] == files[2]);
    CHECK(files[0].find("command_line") == std::string::npos);
    CHECK(files[0].find("started") == std::string::npos);
}

TEST_CASE("a result file says where it came from") {
    const Folder folder;
    RunOrigin origin = small_origin();
    origin.reproducible = false;
    origin.command_line = "multivector run small.yaml";
    write_result(folder.path / "a.h5", prepare(small_scenario()), origin);
    const ResultFile file(folder.path / "a.h5");
    CHECK(file.seed() == 9);
    CHECK(file.replications().size() == 20);
    CHECK(file.scenario_resolved() == origin.resolved);
    CHECK(file.scenario_verbatim() == origin.verbatim);
    CHECK(file.provenance("scenario_resolved_sha256") == sha256(origin.resolved));
    CHECK(file.provenance("command_line") == origin.command_line);
    CHECK(file.provenance("generator") == "Philox4x32-10");
    for (const char* name : {"started", "ended", "git_commit", "compiler", "libraries", "record"})
        CHECK(file.provenance(name).value_or("") != "");
}

TEST_CASE("after a failure or an interruption no file is left") {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    const auto simulate = [](auto&&... arguments) { fail_from(11, arguments...); };
    for (const Record record : {Record::summary, Record::full}) {
        CHECK_THROWS_AS(write_result(folder.path / "a.h5", setting, small_origin(record), 2, simulate),
                        RealizationFailed);
        CHECK(folder.files().empty());
    }
    Recorder unfinished(folder.path / "a.h5", setting, small_origin(), false);
    CHECK_THROWS_AS(unfinished.finish(), std::logic_error);
}

TEST_CASE("an output that exists stays as it is unless forced") {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    const auto path = folder.path / "a.h5";
    std::ofstream(path) << "precious";
    CHECK_THROWS_AS(Recorder(path, setting, small_origin(), false), InputError);
    const auto simulate = [](auto&&... arguments) { fail_from(11, arguments...); };
    CHECK_THROWS_AS(write_result(path, setting, small_origin(), 1, simulate), RealizationFailed);
    CHECK(file_bytes(path) == "precious");
    write_result(path, setting, small_origin());
    CHECK(ResultFile(path).seed() == 9);
    CHECK(folder.files().size() == 1);
}

TEST_CASE("a folder, a missing folder or no name as output is bad input") {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    for (const char* output : {".", "missing/a.h5", ""}) {
        const auto path = std::string(output).empty() ? std::filesystem::path() : folder.path / output;
        CHECK_THROWS_AS(Recorder(path, setting, small_origin(), true), InputError);
    }
    CHECK(folder.files().empty());
}

TEST_CASE("one tick, one replication, no partner and no realisation at all are legal") {
    const Folder folder;
    Scenario scenario = small_scenario(0);
    scenario.clock.ticks = 1;
    for (const std::uint32_t count : {0u, 1u}) {
        RunOrigin origin = small_origin(Record::full);
        origin.count = count;
        write_result(folder.path / "a.h5", prepare(scenario), origin);
        const ResultFile file(folder.path / "a.h5");
        CHECK(file.replications().size() == count);
        CHECK(file.read("net_gain_by_partner").values.empty());
        const SummaryVariable share = file.read("surplus_share");
        CHECK(share.values.size() == count);
        for (const double value : share.values) CHECK(std::isnan(value));
    }
}

TEST_CASE("what is no result file is refused with its name") {
    const Folder folder;
    std::ofstream(folder.path / "text.h5") << "not HDF5";
    for (const char* name : {"missing.h5", "text.h5", "."}) CHECK_THROWS_AS(ResultFile(folder.path / name), InputError);
    const hid_t foreign = H5Fcreate((folder.path / "foreign.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(foreign);
    CHECK_THROWS_WITH_AS(ResultFile(folder.path / "foreign.h5"),
                         ((folder.path / "foreign.h5").string() + ": was not written by multivector").c_str(),
                         InputError);
}

TEST_CASE("SHA-256 gives the published digests of FIPS 180-4") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("seeds are written with all their digits") {
    CHECK(hexadecimal(0) == "0x0000000000000000");
    CHECK(hexadecimal(UINT64_MAX) == "0xffffffffffffffff");
}

TEST_CASE("progress on a pipe is JSON lines, at most five a second, and always the last") {
    std::ostringstream out;
    const Progress::Clock::time_point start{};
    Progress progress(out, ProgressStyle::lines, 100, start);
    for (int i = 1; i <= 100; ++i)
        progress.update(static_cast<std::uint64_t>(i), start + std::chrono::milliseconds(10 * i));
    const std::string text = out.str();
    CHECK(std::count(text.begin(), text.end(), '\n') == 5);
    CHECK(text.starts_with("{\"done\":20,\"total\":100,\"seconds\":0.2,\"seconds_left\":0.8}\n"));
    CHECK(text.ends_with("{\"done\":100,\"total\":100,\"seconds\":1.0,\"seconds_left\":0.0}\n"));
}

TEST_CASE("quiet progress writes nothing") {
    std::ostringstream out;
    {
        Progress progress(out, ProgressStyle::silent, 3);
        progress.update(3);
    }
    CHECK(out.str().empty());
}

}  // namespace multivector
