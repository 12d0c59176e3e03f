// Sweeps with realisations that fail: where product grows beyond what a number can hold, it does so in every
// replication.
#include <doctest/doctest.h>

#include <fstream>

#include "answer.hpp"
#include "design_reader.hpp"
#include "hdf5_along.hpp"
#include "hdf5_dataset.hpp"
#include "recorded_result.hpp"
#include "simulation.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

const std::string reason = "gdp grows beyond what a number can hold; shorten the run (clock.ticks, clock.dt)";

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Two worlds and three replications of each; all of the second world fail.
struct Steep {
    Steep() {
        std::ofstream(folder.path / "steep.yaml")
            << "extends: " MULTIVECTOR_SOURCE "/scenarios/minimal.yaml\nclock: {ticks: 2790, dt: 1}\n"
            << "oil: {price: {shape: step, before: 0, level: 1000000, year: 2013}}\neconomy: {growth: 0.2}\n"
            << "projects: {arrival_scale: 0}\n";
        std::ofstream(design) << "scenario: steep.yaml\nkind: twin\nreplications: 3\nseed: 3\n"
                              << "axes: {economy.exchange_elasticity: [0, 3]}\n";
    }
    Answer sweep(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"sweep", design.string(), "-o", output.string(), "--quiet", "--reproducible"};
        words.insert(words.end(), more.begin(), more.end());
        return answer(words);
    }
    std::string alone() const {
        return "to run it alone: multivector run " + (folder.path / "steep.yaml").string() +
               " --set economy.exchange_elasticity=3 --seed 0x0000000000000003 --first 0 -n 1\n";
    }

    Folder folder;
    fs::path design = folder.path / "design.yaml", output = folder.path / "a.h5";
};

}  // namespace

TEST_CASE("a sweep stops at a run that fails, and says how to run it alone and how to go on without it") {
    const Steep steep;
    const Answer stopped = steep.sweep();
    CHECK(stopped.code == run_failed);
    CHECK(stopped.out.empty());
    CHECK(stopped.err == "multivector: design row 1, replication 0 of seed 0x0000000000000003 failed: " + reason +
                             "\n" + steep.alone() +
                             "to go on without it: the same command with --resume --on-error skip\n");
    CHECK_FALSE(fs::exists(steep.output));
    const Answer skipped = steep.sweep({"--resume", "--on-error", "skip"});
    CHECK(skipped.code == done);
    CHECK(skipped.err ==
          "note: 3 of 6 realisations failed; they are missing in the result, and listed in its "
          "/failures; the first: design row 1, replication 0: " +
              reason + "\nnote: " + steep.alone());
    const std::vector<Failure> expected{{1, reason}, {3, reason}, {5, reason}};
    CHECK(ResultFile(steep.output).failures() == expected);
    const std::string resumed = file_bytes(steep.output);
    REQUIRE(steep.sweep({"--force", "--on-error", "skip"}).code == done);
    CHECK(file_bytes(steep.output) == resumed);
}

TEST_CASE("the command that a failure is told with fails in the same way, and one failure is told as one") {
    const Steep steep;
    const Answer one = steep.sweep({"--on-error", "skip", "-n", "1"});
    CHECK(one.err.starts_with("note: 1 of 2 realisations failed; it is missing in the result"));
    const Answer alone = answer({"run", (steep.folder.path / "steep.yaml").string(), "--set",
                                 "economy.exchange_elasticity=3", "--seed", "0x0000000000000003", "--first", "0", "-n",
                                 "1", "-o", (steep.folder.path / "alone.h5").string(), "--quiet"});
    CHECK(alone.code == run_failed);
    CHECK(alone.err == "multivector: replication 0 of seed 0x0000000000000003 failed: " + reason + "\n");
}

TEST_CASE("validate says which run fails when it is tried, and what it takes all the same without such runs") {
    const Steep steep;
    const Answer said = answer({"validate", steep.design.string()});
    CHECK(said.code == done);
    CHECK(says(said.out, "time     unknown, since a run that was tried fails: design row 1: " + reason + "\n"));
    CHECK_FALSE(says(said.out, "result   about"));
    const Answer refused = steep.sweep({"--submit", "slurm", "--dry-run"});
    CHECK(refused.code == run_failed);
    CHECK(refused.err == "multivector: nothing was submitted, since a run that was tried fails: design row 1: " +
                             reason + "; --on-error skip goes on without such runs\n");
    CHECK_FALSE(fs::exists(steep.output.string() + ".shards"));
    const Answer dry = steep.sweep({"--submit", "slurm", "--dry-run", "--on-error", "skip", "--counterfactuals"});
    CHECK_MESSAGE(dry.code == done, dry.err);
    CHECK(says(file_bytes(steep.output.string() + ".shards/array.sh"),
               "\noptions=(-n 3 --seed 0x0000000000000003 --record summary --on-error skip --counterfactuals "
               "--reproducible)\n"));
}

TEST_CASE("ten thousand failures can be skipped in one file, and no more") {
    const Steep steep;
    const LoadedDesign loaded = load_design(steep.design);
    RunOrigin origin;
    origin.verbatim = loaded.record.bases.front().verbatim, origin.resolved = loaded.record.bases.front().resolved;
    origin.design = loaded.record;
    const auto fails = [](World&, const Setting&, std::uint64_t, std::uint32_t, Record, Realization&) {
        throw std::runtime_error("the bridge is out");
    };
    std::ostringstream err;
    const auto failures = [&](std::uint32_t count) {
        origin.count = count;
        return simulate_to_file({steep.output, true, 1, true, true, nullptr, fails}, loaded.settings, origin, err)
            .size();
    };
    CHECK(failures(5000) == 10'000);
    fs::remove(steep.output);
    CHECK_THROWS_WITH_AS(failures(5001), "more than 10000 realisations failed; the last: the bridge is out",
                         std::runtime_error);
    CHECK_FALSE(fs::exists(steep.output));
}

TEST_CASE("failures that the file does not hold, or that say nothing, are damage") {
    const Steep steep;
    REQUIRE(steep.sweep({"--on-error", "skip"}).code == done);
    const fs::path copy = steep.folder.path / "copy.h5";
    const auto refusal = [&](const std::function<void(hid_t)>& harm) {
        fs::copy_file(steep.output, copy, fs::copy_options::overwrite_existing);
        {
            const hdf5::Handle file = opened(copy);
            harm(file);
        }
        const Answer said = answer({"compare", copy.string()});
        return said.code == bad_input ? said.err : "accepted";
    };
    const auto numbered = [&](const std::vector<std::int32_t>& numbers) {
        return refusal([&](hid_t file) {
            const hdf5::Handle data = hdf5::open_dataset(file, "/failures/realization");
            REQUIRE(H5Dwrite(data, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) >= 0);
        });
    };
    const std::string damaged = "multivector: " + copy.string() + ": is damaged: ",
                      lists = damaged + "/failures lists what the file does not hold\n";
    CHECK(numbered({1, 3, 5}) == "accepted");
    for (const std::vector<std::int32_t>& wrong :
         {std::vector<std::int32_t>{1, 1, 5}, {3, 1, 5}, {1, 3, 6}, {-1, 3, 5}})
        CHECK(numbered(wrong) == lists);
    CHECK(refusal([](hid_t file) {
              const hdf5::Handle data = hdf5::open_dataset(file, "/failures/reason"),
                                 type(H5Dget_type(data), H5Tclose, "type");
              const char* reasons[3] = {"a", "", "c"};
              REQUIRE(H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, reasons) >= 0);
          }) == lists);
    for (const char* other : {"/failures/seed", "/summary/realization"})
        CHECK(refusal([&](hid_t file) {
                  const char* path = "/failures/realization";
                  REQUIRE(H5Ldelete(file, path, H5P_DEFAULT) >= 0);
                  REQUIRE(H5Lcreate_hard(file, other, file, path, H5P_DEFAULT, H5P_DEFAULT) >= 0);
              }) == damaged + "/failures/realization is of another size or type than its dimension\n");
}

}  // namespace multivector
