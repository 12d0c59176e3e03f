// verify and rerun: a result file vouches for its content and can be replayed from itself alone.
#include <doctest/doctest.h>
#include <hdf5_hl.h>

#include <sstream>

#include "answer.hpp"
#include "hdf5_checksums.hpp"
#include "hdf5_dataset.hpp"
#include "hdf5_reader.hpp"
#include "input_error.hpp"
#include "result_difference.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A few realisations of the minimal scenario, written by the command, with the scenario file gone afterwards.
std::string recorded(const Folder& folder, const std::string& record) {
    const auto scenario = folder.path / "copy.yaml";
    const std::string result = (folder.path / (record + ".h5")).string();
    std::filesystem::copy_file(MULTIVECTOR_SOURCE "/scenarios/minimal.yaml", scenario);
    const Answer run =
        answer({"run", scenario.string(), "-n", "5", "--seed", "11", "--record", record, "-o", result, "--quiet"});
    REQUIRE_MESSAGE(run.code == done, run.err);
    std::filesystem::remove(scenario);
    return result;
}

hdf5::Handle opened(const std::string& path) {
    return {H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "cannot open"};
}

/// Changes one number of a dataset in place.
void change(const std::string& path, const std::string& dataset, const std::vector<hsize_t>& place,
            double (*to)(double)) {
    const hdf5::Handle file = opened(path), data = hdf5::open_dataset(file, dataset),
                       space(H5Dget_space(data), H5Sclose, "space"), memory(H5Screate(H5S_SCALAR), H5Sclose, "space");
    REQUIRE(H5Sselect_elements(space, H5S_SELECT_SET, 1, place.data()) >= 0);
    double value = 0;
    REQUIRE(H5Dread(data, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, &value) >= 0);
    value = to(value);
    REQUIRE(H5Dwrite(data, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, &value) >= 0);
}

std::vector<hdf5::Damage> damages(const std::string& path) { return hdf5::check_checksums(ResultFile(path).id()); }

}  // namespace

TEST_CASE("a result of any record replays from its file alone to the same bits") {
    for (const char* record : {"summary", "series", "deals", "full"}) {
        const Folder folder;
        const std::string file = recorded(folder, record);
        const Answer replay = answer({"rerun", file, "--quiet"});
        CHECK_MESSAGE(replay.code == done, replay.out << replay.err);
        CHECK(contains(replay.out, "bit-identical"));
        CHECK(answer({"verify", file}).code == done);
        CHECK(folder.files().size() == 1);
    }
}

TEST_CASE("the replayed result can be kept, and is itself whole") {
    const Folder folder;
    const std::string file = recorded(folder, "series"), again = (folder.path / "again.h5").string();
    CHECK(answer({"rerun", file, "-o", again, "--quiet"}).code == done);
    CHECK(answer({"verify", file, again}).code == done);
    CHECK(answer({"rerun", file, "-o", again, "--quiet"}).code == bad_input);
    CHECK(answer({"rerun", file, "-o", again, "--quiet", "--force"}).code == done);
}

TEST_CASE("a replay that differs names the first tick, the realisation, the observable and both values") {
    const Folder folder;
    const std::string file = recorded(folder, "series");
    change(file, "/series/net_gain_by_partner", {1, 10, 1}, [](double) { return 42.0; });
    change(file, "/series/fund", {4, 7}, [](double) { return -7.0; });
    change(file, "/series/oil_price", {0, 12}, [](double) { return 1e9; });
    change(file, "/summary/fund", {0}, [](double) { return 3.0; });
    const Answer replay = answer({"rerun", file, "--quiet"});
    CHECK(replay.code == run_failed);
    CHECK(contains(replay.out, ": different;"));
    CHECK(contains(replay.out, "first at tick 7 ("));
    CHECK(contains(replay.out, ") of replication 4: /series/fund was -7 and is now "));
    for (const char* dataset :
         {"/summary/fund:", "/series/fund:", "/series/oil_price:", "/series/net_gain_by_partner:"})
        CHECK(contains(replay.out, dataset));

    change(file, "/series/net_gain_by_partner", {3, 2, 1}, [](double) { return 42.0; });
    CHECK(contains(answer({"rerun", file, "--quiet"}).out, "of replication 3: /series/net_gain_by_partner[West]"));
}

TEST_CASE("a replay within tolerance says so, and passes only where a tolerance was asked for") {
    const Folder folder;
    const std::string file = recorded(folder, "summary");
    change(file, "/summary/fund", {2}, [](double value) { return value * (1 + 1e-12); });
    const Answer strict = answer({"rerun", file, "--quiet"});
    CHECK(strict.code == run_failed);
    CHECK(contains(strict.out, ": within tolerance;"));
    CHECK(contains(strict.out, "the tick is not known"));
    CHECK(answer({"rerun", file, "--quiet", "--tolerance", "1e-9"}).code == done);
    CHECK(answer({"rerun", file, "--quiet", "--tolerance", "1e-15"}).code == run_failed);
    for (const char* wrong : {"1", "-1", "nan", "x", "1e-9 "})
        CHECK(answer({"rerun", file, "--tolerance", wrong}).code == bad_input);
}

TEST_CASE("a record of deals is a full one without talks and offers") {
    const Folder folder;
    const std::string full = recorded(folder, "full"), deals = recorded(folder, "deals");
    const ResultDifference found = difference(ResultFile(full), ResultFile(deals), 0);
    for (const DatasetDifference& dataset : found.differing) {
        CHECK_MESSAGE((dataset.path.starts_with("/negotiations") || dataset.path.starts_with("/offers")), dataset.path);
        CHECK(contains(dataset.what, "is missing in " + deals));
    }
    CHECK(!found.differing.empty());
    CHECK(difference(ResultFile(deals), ResultFile(deals), 0).verdict == Verdict::bit_identical);
}

TEST_CASE("two files that hold other rows, types or datasets are different") {
    const Folder folder;
    const std::string summary = recorded(folder, "summary"), full = recorded(folder, "full");
    const ResultDifference found = difference(ResultFile(full), ResultFile(summary), 1e-9);
    CHECK(found.verdict == Verdict::different);
    CHECK(found.differing.front().what == "is missing in " + summary);
    CHECK(difference(ResultFile(summary), ResultFile(full), 1e-9).differing.front().what == "is missing in " + summary);
    const std::string again = (folder.path / "again.h5").string();
    std::filesystem::copy_file(full, again);
    {
        const hdf5::Handle file = opened(again), data = hdf5::open_dataset(file, "/deals/size");
        const hsize_t fewer = 1;
        REQUIRE(H5Dset_extent(data, &fewer) >= 0);
    }
    const ResultDifference rows = difference(ResultFile(full), ResultFile(again), 1e-9);
    CHECK(rows.verdict == Verdict::different);
    REQUIRE(rows.differing.size() == 1);
    CHECK(contains(rows.differing[0].what, " rows against 1"));
}

TEST_CASE("verify finds a changed value, attribute, or member, wherever it is") {
    const Folder folder;
    const std::string whole = recorded(folder, "full"), path = (folder.path / "changed.h5").string();
    const auto damaged = [&](auto&& harm) {
        std::filesystem::copy_file(whole, path, std::filesystem::copy_options::overwrite_existing);
        harm();
        std::string said;
        for (const hdf5::Damage& damage : damages(path)) said += damage.path + " " + damage.what + "; ";
        CHECK(answer({"verify", path}).code == (said.empty() ? done : run_failed));
        return said;
    };
    CHECK(damaged([] {}) == "");
    CHECK(damaged([&] {
              change(path, "/series/fund", {1, 2}, [](double value) { return value * (1 + 1e-15); });
          }) == "/series/fund differs from its checksum; ");
    CHECK(damaged([&] { hdf5::write_attribute(opened(path), "comment", std::string_view("x")); }) ==
          "/ differs from its checksum; ");
    CHECK(damaged([&] {
              const hdf5::Handle file = opened(path), data = hdf5::open_dataset(file, "/deals/size");
              REQUIRE(H5Adelete(data, "units") >= 0);
              hdf5::write_attribute(data, "units", std::string_view("kg"));
          }) == "/ differs from its checksum; ");
    CHECK(contains(damaged([&] { REQUIRE(H5Ldelete(opened(path), "/series/fund", H5P_DEFAULT) >= 0); }),
                   "/series/fund is missing"));
    CHECK(contains(damaged([&] { hdf5::write_text(opened(path), "note", "x", "x"); }), "/note has no checksum"));
}

TEST_CASE("verify finds another dimension scale, another type of an attribute and a link to elsewhere") {
    const Folder folder;
    const std::string whole = recorded(folder, "summary"), path = (folder.path / "changed.h5").string();
    const auto said = [&](auto&& harm) {
        std::filesystem::copy_file(whole, path, std::filesystem::copy_options::overwrite_existing);
        {
            const hdf5::Handle file = opened(path);
            harm(file);
        }
        const Answer verified = answer({"verify", path});
        CHECK(verified.code == run_failed);
        return verified.err;
    };
    const auto other_scale = [](hid_t file) {
        const hdf5::Handle data = hdf5::open_dataset(file, "/summary/net_gain_by_partner"),
                           partner = hdf5::open_dataset(file, "/summary/partner"),
                           sector = hdf5::open_dataset(file, "/summary/sector");
        REQUIRE(H5DSdetach_scale(data, partner, 1) >= 0);
        REQUIRE(H5DSattach_scale(data, sector, 1) >= 0);
    };
    CHECK(contains(said(other_scale), "the structure or an attribute differs"));
    const auto other_type = [](hid_t file) {
        const hdf5::Handle data = hdf5::open_dataset(file, "/summary/gdp");
        REQUIRE(H5Adelete(data, "valid_min") >= 0);
        const hdf5::Handle space(H5Screate(H5S_SCALAR), H5Sclose, "space"),
            attribute(H5Acreate2(data, "valid_min", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, "made");
        const std::int64_t same_bytes = 0;
        REQUIRE(H5Awrite(attribute, H5T_NATIVE_INT64, &same_bytes) >= 0);
    };
    CHECK(contains(said(other_type), "the structure or an attribute differs"));
    const auto linked = [&](hid_t file) {
        REQUIRE(H5Ldelete(file, "/summary/net_gain", H5P_DEFAULT) >= 0);
        REQUIRE(H5Lcreate_external(whole.c_str(), "/summary/net_gain", file, "/summary/net_gain", H5P_DEFAULT,
                                   H5P_DEFAULT) >= 0);
    };
    CHECK(contains(said(linked), "/summary/net_gain is a link to what stands elsewhere"));
    CHECK(answer({"rerun", path, "--quiet"}).code == bad_input);
    CHECK(contains(said([](hid_t file) { hdf5::create_group(file, "added"); }), "the structure"));
    std::filesystem::copy_file(whole, path, std::filesystem::copy_options::overwrite_existing);
    REQUIRE(H5Ldelete(opened(path), hdf5::checksums_path, H5P_DEFAULT) >= 0);
    const Answer bare = answer({"verify", path});
    CHECK(bare.code == bad_input);
    CHECK(contains(bare.err, "holds no checksums"));
}

TEST_CASE("a replay never replaces the result that it replays, nor accepts a result without realisations") {
    const Folder folder;
    const std::string file = recorded(folder, "series"), before = file_bytes(file);
    CHECK(answer({"rerun", file, "-o", file, "--force", "--quiet"}).code == bad_input);
    CHECK(file_bytes(file) == before);
    change(file, "/series/year", {15}, [](double year) { return year + 1; });
    const Answer moved = answer({"rerun", file, "--quiet"});
    CHECK(moved.code == run_failed);
    CHECK(contains(moved.out, "first at tick 15 ("));
    CHECK(contains(moved.out, "): /series/year was"));

    RunOrigin nothing = small_origin();
    nothing.count = 0;
    const auto empty = folder.path / "empty.h5";
    write_result(empty, prepare(small_scenario()), nothing);
    const Answer replay = answer({"rerun", empty.string(), "--quiet"});
    CHECK(replay.code == bad_input);
    CHECK(contains(replay.err, "holds no realisations"));
}

TEST_CASE("no flipped bit of a dataset's values escapes verify") {
    const Folder folder;
    const std::string whole = recorded(folder, "full"), path = (folder.path / "flipped.h5").string();
    const std::string bytes = file_bytes(whole);
    for (const char* dataset : {"/summary/net_gain", "/series/fund", "/deals/size", "/negotiations/outcome"}) {
        haddr_t address = 0;
        hsize_t size = 0, start[2] = {0, 0};
        unsigned mask = 0;
        {
            const ResultFile file(whole);
            const hdf5::Handle data = hdf5::open_dataset(file.id(), dataset);
            REQUIRE(H5Dget_chunk_info_by_coord(data, start, &mask, &address, &size) >= 0);
        }
        for (const hsize_t at : {0, 5, 9}) {  // what follows the rows of a chunk is nobody's value
            std::string harmed = bytes;
            harmed[address + at] = static_cast<char>(harmed[address + at] ^ 4);
            std::ofstream(path, std::ios::binary | std::ios::trunc) << harmed;
            const auto found = damages(path);
            REQUIRE(found.size() == 1);
            CHECK(found[0].path == dataset);
        }
    }
}

TEST_CASE("a file whose scenario was touched is not replayed") {
    const Folder folder;
    const std::string file = recorded(folder, "summary");
    {
        const hdf5::Handle opened_file = opened(file),
                           group(H5Gopen2(opened_file, "/provenance", H5P_DEFAULT), H5Gclose, "group");
        REQUIRE(H5Ldelete(group, "scenario_resolved", H5P_DEFAULT) >= 0);
        hdf5::write_text(group, "scenario_resolved", "title: another\n", "x");
    }
    const Answer replay = answer({"rerun", file, "--quiet"});
    CHECK(replay.code == bad_input);
    CHECK(contains(replay.err, "/provenance/scenario_resolved is not what its checksum says"));
}

}  // namespace multivector
