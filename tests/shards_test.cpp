// A sweep in parts, interrupted, or with realisations that fail.
#include <algorithm>

#include "design_reader.hpp"
#include "hdf5_reader.hpp"
#include "simulation.hpp"
#include "sweeps.hpp"

namespace multivector {

namespace {

RunOrigin origin_of_sweep(const LoadedDesign& loaded) {
    RunOrigin origin;
    origin.verbatim = loaded.record.bases.front().verbatim;
    origin.resolved = loaded.record.bases.front().resolved;
    origin.seed = 3, origin.count = 5;
    origin.record = Record::full;
    origin.design = loaded.record;
    origin.reproducible = true;
    return origin;
}

/// A simulation in which realisation 7, replication 2 of row 1, fails.
std::function<Simulation> bridge_is_out(const LoadedDesign& loaded) {
    return [row = &loaded.settings[1]](World& world, const Setting& setting, std::uint64_t seed,
                                       std::uint32_t replication, Record record, Realization& realization) {
        run_realization(world, setting, seed, replication, record, realization);
        if (replication == 2 && &setting == row) throw std::runtime_error("the bridge is out");
    };
}

}  // namespace

TEST_CASE("shards are even, follow each other, and are everything") {
    for (const std::size_t all : {0u, 1u, 5u, 15u, 1000u})
        for (const std::uint32_t of : {1u, 2u, 3u, 7u, 40u}) {
            std::size_t next = 0;
            for (std::uint32_t i = 1; i <= of; ++i) {
                const Share share = share_of(Shard{i, of}, all);
                CHECK(share.begin == next);
                CHECK((share.size() == all / of || share.size() == all / of + 1));
                next = share.end;
            }
            CHECK(next == all);
        }
    for (const char* wrong : {"", "1", "/", "0/3", "4/3", "1/0", "1/3x", "x1/3", "-1/3", "1 /3", "99999999999/3"})
        CHECK_FALSE(shard_in(wrong));
    CHECK(shard_in("2/7")->text() == "2/7");
}

TEST_CASE("merged shards of any number, in any order and of any record, are the sweep without shards") {
    for (const std::string record : {"summary", "series", "full"}) {
        const Sweeps sweeps(record);
        REQUIRE(sweeps.sweep("all.h5").code == done);
        for (const int count : {1, 2, 3, 7}) {
            CAPTURE(record);
            CAPTURE(count);
            std::vector<std::string> files = sweeps.shards(count);
            for (int order = 0; order < 3; ++order) {
                const std::string name = std::to_string(count) + "_" + std::to_string(order) + ".h5";
                const Answer said = sweeps.merged(files, name);
                REQUIRE_MESSAGE(said.code == done, said.err);
                check_same(sweeps.path("all.h5"), sweeps.path(name));
                std::rotate(files.begin(), files.begin() + 1, files.end());
                if (order == 1) std::reverse(files.begin(), files.end());
            }
        }
        CHECK(answer({"rerun", sweeps.path("7_0.h5"), "--quiet"}).code == done);
        CHECK(answer({"compare", sweeps.path("7_0.h5")}).out.size() > 100);
    }
}

TEST_CASE("a shard is a result file of its own that can be verified and replayed, but not compared") {
    const Sweeps sweeps;
    const std::string shard = sweeps.shards(7)[2];
    CHECK(answer({"verify", shard}).code == done);
    const Answer replay = answer({"rerun", shard, "--quiet"});
    CHECK_MESSAGE(replay.code == done, replay.err);
    CHECK(says(answer({"compare", shard}).err, "is shard 3/7 of a sweep; merge it with the others first"));
    CHECK(says(answer({"export", shard, "--csv", "-o", sweeps.path("t")}).err, "is shard 3/7 of a sweep"));
}

TEST_CASE("merge refuses what is missing, doubled, damaged or of another sweep, and names it") {
    const Sweeps sweeps("summary");
    const std::vector<std::string> files = sweeps.shards(3), halves = sweeps.shards(2);
    const auto refusal = [&](const std::vector<std::string>& some) {
        const Answer said = sweeps.merged(some, "m.h5");
        CHECK(said.code == bad_input);
        CHECK_FALSE(fs::exists(sweeps.path("m.h5")));
        return said.err;
    };
    CHECK(says(refusal({files[0], files[2]}),
               "would lack 5 realisations from replication 1, row 2 to replication 3, row 0"));
    CHECK(says(refusal({files[0], files[1], files[2], files[1]}), "has realisations that " + files[1] + " has too"));
    CHECK(says(refusal({files[0], files[1], halves[1]}), "they would count twice"));
    REQUIRE(sweeps.sweep("other.h5", {"--shard", "3/3", "--seed", "4"}).code == done);
    CHECK(says(refusal({files[0], files[1], sweeps.path("other.h5")}), "other.h5: is of another sweep than"));
    CHECK(says(refusal({files[0], files[1], sweeps.path("other.h5")}), "its seed is another"));
    {
        std::fstream file(files[1], std::ios::in | std::ios::out | std::ios::binary);
        const double value = ResultFile(files[1]).read("net_gain").values.at(2);
        const std::string bytes = file_bytes(files[1]);
        const std::size_t at = bytes.find(std::string(reinterpret_cast<const char*>(&value), sizeof value));
        REQUIRE(at != std::string::npos);
        file.seekp(static_cast<std::streamoff>(at)), file.put(static_cast<char>(bytes[at] ^ 1));
    }
    CHECK(says(refusal(files), files[1] + ": is damaged: /summary/net_gain differs from its checksum"));
    const Answer resumed = sweeps.sweep("s2of3.h5", {"--shard", "2/3", "--resume"});
    CHECK(resumed.code == bad_input);
    CHECK(says(resumed.err, "--force instead of --resume computes it again"));
    REQUIRE(sweeps.sweep("s2of3.h5", {"--shard", "2/3", "--force"}).code == done);
    CHECK(sweeps.merged(files, "m.h5").code == done);
}

TEST_CASE("what no shard has is missing where that is allowed, and never zero") {
    const Sweeps sweeps;
    const std::vector<std::string> files = sweeps.shards(3);
    REQUIRE(sweeps.sweep("all.h5").code == done);
    REQUIRE(sweeps.merged({files[2], files[0]}, "m.h5", {"--allow-missing"}).code == done);
    const ResultFile all(sweeps.path("all.h5")), part(sweeps.path("m.h5"));
    CHECK(part.missing() == 5);
    for (const std::string& name : all.variables()) {
        const SummaryVariable whole = all.read(name), some = part.read(name);
        for (std::size_t i = 0; i < 15; ++i)
            for (std::size_t label = 0; label < some.labels.size(); ++label) {
                const double a = whole.at(i, label), b = some.at(i, label);
                CHECK(((i >= 5 && i < 10) ? std::isnan(b) : (a == b || (std::isnan(a) && std::isnan(b)))));
            }
    }
    const Answer said = answer({"compare", sweeps.path("m.h5")});
    CHECK(said.code == done);
    CHECK(says(said.err, "5 of 15 realisations are left out: no merged file had them"));
    CHECK(says(answer({"rerun", sweeps.path("m.h5")}).err, "lacks 5 realisations"));
    CHECK(answer({"verify", sweeps.path("m.h5")}).code == done);
}

TEST_CASE("missing says which realisations no file has, and which shards would make them") {
    const Sweeps sweeps("summary");
    const std::vector<std::string> files = sweeps.shards(3);
    const Answer all = answer({"missing", sweeps.design.string(), files[2], files[0], files[1]});
    CHECK(all.code == done);
    CHECK(all.out == "all 15 realisations are there\n");
    std::ofstream(files[1], std::ios::binary | std::ios::trunc) << "not a result";
    const Answer some = answer({"missing", sweeps.design.string(), files[2], files[0], files[1]});
    CHECK(some.code == run_failed);
    CHECK(says(some.err, files[1] + ": is not an HDF5 file, or not a whole one; it counts as not there"));
    CHECK(says(some.out, "missing        replication 1 row 2 to replication 3 row 0: 5 realisations\n"));
    CHECK(says(some.out, "to be run      --shard 2/3\n5 of 15 realisations are missing\n"));
    CHECK(answer({"missing", sweeps.design.string()}).out.ends_with("15 of 15 realisations are missing\n"));
    CHECK(
        says(answer({"missing", sweeps.design.string(), files[0], "-n", "6"}).err, "is of a sweep of 5 replications"));
}

TEST_CASE("a finished sweep is resumed by checking it, another one's output is refused") {
    const Sweeps sweeps("summary");
    REQUIRE(sweeps.sweep("a.h5", {"--resume"}).code == done);
    const std::string before = file_bytes(sweeps.path("a.h5"));
    const Answer again = sweeps.sweep("a.h5", {"--resume"});
    CHECK(again.code == done);
    CHECK(says(again.out, "is there and whole; nothing is left to do"));
    CHECK(file_bytes(sweeps.path("a.h5")) == before);
    CHECK(says(sweeps.sweep("a.h5", {"--resume", "-n", "6"}).err,
               "is there, and of another sweep: its number of replications is another (5, not 6)"));
    CHECK(says(sweeps.sweep("a.h5", {"--resume", "--counterfactuals"}).err,
               "its use of counterfactuals is another (off, not on)"));
    CHECK(sweeps.sweep("a.h5", {"--resume", "--force"}).code == bad_input);
}

TEST_CASE("interrupted after any realisation, a resumed sweep is the same to the bit") {
    const Sweeps sweeps;
    REQUIRE(sweeps.sweep("all.h5").code == done);
    const LoadedDesign loaded = load_design(sweeps.design);
    const RunOrigin origin = origin_of_sweep(loaded);
    const fs::path output = sweeps.path("b.h5");
    std::ostringstream err;
    for (std::size_t stop = 0; stop < 15; ++stop) {  // each goes one further than the last
        Journal journal(output, "of a test", Journal::Begin::resume);
        Recorder recorder(output, loaded.settings, origin, false);
        CHECK(recorder.follow(journal) == stop);
        run_ensemble(loaded.settings, {3, 0, 5, 1, Record::full, nullptr, {}, stop, stop + 1},
                     [&](std::span<const Realization> realizations) { recorder.add(realizations); });
    }
    Journal journal(output, "of a test", Journal::Begin::resume);
    CHECK(simulate_to_file({output, false, 2, false, false, &journal}, loaded.settings, origin, err).empty());
    CHECK(err.str().starts_with("note: resumes after 15 of 15 realisations\n"));
    check_same(sweeps.path("all.h5"), output.string());
    CHECK_FALSE(fs::exists(Journal::path_of(output)));
}

TEST_CASE("a realisation that fails is left missing and listed, the others are as ever, and compare counts it") {
    const Sweeps sweeps;
    REQUIRE(sweeps.sweep("all.h5").code == done);
    const LoadedDesign loaded = load_design(sweeps.design);
    const std::string output = sweeps.path("f.h5");
    std::ostringstream err;
    const auto failures = simulate_to_file({output, false, 2, true, true, nullptr, bridge_is_out(loaded)},
                                           loaded.settings, origin_of_sweep(loaded), err);
    const std::vector<Failure> expected{{7, "the bridge is out"}};
    CHECK(failures == expected);
    const ResultFile file(output), all(sweeps.path("all.h5"));
    CHECK(file.failures() == expected);
    CHECK(hdf5::check_checksums(file.id()).empty());
    CHECK(hdf5::read_texts(file.id(), "/failures/assignments") == std::vector<std::string>{"connectivity_demand=1"});
    const SummaryVariable gains = file.read("net_gain"), whole = all.read("net_gain");
    for (std::size_t i = 0; i < 15; ++i)
        CHECK((i == 7 ? std::isnan(gains.values[i]) : gains.values[i] == whole.values[i]));
    const Answer said = answer({"compare", output});
    CHECK(said.code == done);
    CHECK(says(said.err, "1 of 15 realisations are left out: they failed, and are listed in its /failures"));
    CHECK(answer({"export", output, "--csv", "-o", sweeps.path("t"), "--quiet"}).code == done);
    CHECK(answer({"rerun", output, "--quiet"}).code == run_failed);  // here it does not fail
}

TEST_CASE("a failure stops a sweep unless it is to be skipped, and what was done before is kept") {
    const Sweeps sweeps;
    const LoadedDesign loaded = load_design(sweeps.design);
    const RunOrigin origin = origin_of_sweep(loaded);
    const fs::path output = sweeps.path("f.h5");
    std::ostringstream err;
    {
        Journal journal(output, "of a test", Journal::Begin::anew);
        CHECK_THROWS_WITH_AS(simulate_to_file({output, false, 1, true, false, &journal, bridge_is_out(loaded)},
                                              loaded.settings, origin, err),
                             "design row 1, replication 2 of seed 0x0000000000000003 failed: the bridge is out",
                             RealizationFailed);
    }
    CHECK_FALSE(fs::exists(output));
    Journal journal(output, "of a test", Journal::Begin::resume);
    CHECK(
        simulate_to_file({output, false, 1, true, true, &journal, bridge_is_out(loaded)}, loaded.settings, origin, err)
            .size() == 1);
}

TEST_CASE("failures stand in merged files as in the sweep without shards") {
    const Sweeps sweeps;
    const LoadedDesign loaded = load_design(sweeps.design);
    RunOrigin origin = origin_of_sweep(loaded);
    std::ostringstream err;
    const auto simulate = [&](const std::string& name) {
        simulate_to_file({sweeps.path(name), false, 1, true, true, nullptr, bridge_is_out(loaded)}, loaded.settings,
                         origin, err);
    };
    simulate("all.h5");
    std::vector<std::string> files;
    for (std::uint32_t i = 1; i <= 3; ++i) {
        origin.shard = Shard{i, 3};
        files.push_back(sweeps.path(std::to_string(i) + ".h5"));
        simulate(std::to_string(i) + ".h5");
    }
    REQUIRE(sweeps.merged(files, "m.h5").code == done);
    check_same(sweeps.path("all.h5"), sweeps.path("m.h5"));
    CHECK(
        says(answer({"missing", sweeps.design.string(), files[0], files[1], files[2]}).out, "failed         1 realis"));
}

TEST_CASE("one realisation of a run can be run alone, and is the one of the long run") {
    const Folder folder;
    const std::string scenario = MULTIVECTOR_SOURCE "/scenarios/minimal.yaml", many = (folder.path / "m.h5").string(),
                      one = (folder.path / "o.h5").string();
    REQUIRE(answer({"run", scenario, "-n", "6", "-o", many, "--quiet"}).code == done);
    REQUIRE(answer({"run", scenario, "--first", "4", "-n", "1", "-o", one, "--quiet"}).code == done);
    CHECK(ResultFile(one).read("net_gain").values.at(0) == ResultFile(many).read("net_gain").values.at(4));
    CHECK(ResultFile(one).replications().at(0) == 4);
}

}  // namespace multivector
