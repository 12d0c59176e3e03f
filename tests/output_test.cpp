// Result files: what they hold, and that they are whole or absent.
#include <doctest/doctest.h>

#include <fstream>

#include "hdf5_cubes.hpp"
#include "hdf5_dataset.hpp"
#include "input_error.hpp"
#include "result_files.hpp"
#include "sha256.hpp"

namespace multivector {

namespace {

double recomputed(const Observable& row, int index, const std::vector<Observation>& series) {
    double sum = 0, over = 0, largest = 0;
    for (const Observation& observation : series) {
        const std::size_t at = row.offset + static_cast<std::size_t>(index);
        sum += values(observation)[at];
        over += values(observation)[row.over + static_cast<std::size_t>(index)];
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
        case Summary::counterfactual:
            break;
    }
    return over == 0 ? std::nan("") : sum / over;
}

}  // namespace

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
        CHECK(variable.labels.size() == hdf5::Actors({&setting, 1}).extent(row.shape));
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
    Realization late;
    late.replication = 1;
    CHECK_THROWS_AS(unfinished.add({&late, 1}), std::logic_error);
}

TEST_CASE("an output that exists stays as it is unless forced") {
    const Folder folder;
    const Setting setting = prepare(small_scenario());
    const auto path = folder.path / "a.h5";
    write_result(path, setting, small_origin());
    const std::string before = file_bytes(path);
    CHECK_THROWS_AS(Recorder(path, setting, small_origin(), false), InputError);
    const auto simulate = [](auto&&... arguments) { fail_from(11, arguments...); };
    CHECK_THROWS_AS(write_result(path, setting, small_origin(), 1, simulate), RealizationFailed);
    CHECK(file_bytes(path) == before);
    write_result(path, setting, small_origin(Record::full));
    CHECK(file_bytes(path) != before);
    CHECK(ResultFile(path).seed() == 9);
    CHECK(folder.files().size() == 1);
}

TEST_CASE("even a forced output never replaces what is no result") {
    const Folder folder;
    const auto path = folder.path / "scenario.yaml";
    std::ofstream(path) << "precious";
    CHECK_THROWS_AS(Recorder(path, prepare(small_scenario()), small_origin(), true), InputError);
    CHECK(file_bytes(path) == "precious");
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

TEST_CASE("a result file that was tampered with is refused with its name, whatever is asked of it") {
    const Folder folder;
    const auto path = folder.path / "a.h5";
    const auto complaint = [&](const std::function<void(hid_t)>& tamper) {
        write_result(path, prepare(small_scenario()), small_origin());
        const hid_t opened = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        tamper(opened);
        H5Fclose(opened);
        try {
            const ResultFile file(path);
            file.read("net_gain");
            file.scenario_resolved();
            return std::string();
        } catch (const InputError& error) {
            return error.message();
        }
    };
    const auto dataset = [](hid_t file, const char* name, hid_t type, const std::vector<hsize_t>& sizes) {
        H5Ldelete(file, name, H5P_DEFAULT);
        const hid_t space = H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr);
        H5Dclose(H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        H5Sclose(space);
    };
    const auto attribute = [](hid_t file, const char* object, const char* name, const std::string& text) {
        H5Adelete_by_name(file, object, name, H5P_DEFAULT);
        const hid_t group = H5Oopen(file, object, H5P_DEFAULT);
        hdf5::write_attribute(group, name, text);
        H5Oclose(group);
    };
    CHECK(complaint([](hid_t) {}).empty());
    CHECK(complaint([&](hid_t file) { attribute(file, "/provenance", "master_seed", "0xzz"); }) ==
          "is damaged: it names no master seed");
    CHECK(complaint([&](hid_t file) { dataset(file, "/summary/realization", H5T_NATIVE_INT32, {}); }) ==
          "is damaged: /summary/realization says that it has more values than it holds");
    CHECK(complaint([&](hid_t file) { dataset(file, "/summary/realization", H5T_NATIVE_INT32, {1ull << 40}); }) ==
          "is damaged: /summary/realization says that it has more values than it holds");
    CHECK(complaint([&](hid_t file) {
              dataset(file, "/summary/realization", H5T_NATIVE_INT32, {0, 4});
          }) == "is damaged: /summary/realization is not what the file says it holds");
    CHECK(complaint([&](hid_t file) { dataset(file, "/summary/net_gain", H5T_NATIVE_DOUBLE, {0}); }) ==
          "is damaged: /summary/net_gain is of another size or type than its labels");
    CHECK(complaint([&](hid_t file) { dataset(file, "/provenance/scenario_resolved", H5T_NATIVE_DOUBLE, {1}); }) ==
          "is damaged: /provenance/scenario_resolved holds no text");
    CHECK(complaint([](hid_t file) {
              H5Ldelete(file, "/provenance/scenario_resolved", H5P_DEFAULT);
          }).starts_with("is damaged: cannot open /provenance/scenario_resolved"));
}

TEST_CASE("SHA-256 gives the published digests of FIPS 180-4") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace multivector
