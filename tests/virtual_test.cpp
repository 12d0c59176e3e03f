// Merged files whose values stay in the shards.
#include <sys/stat.h>

#include <algorithm>

#include "hdf5_reader.hpp"
#include "recorded_result.hpp"
#include "sweeps.hpp"

namespace multivector {

namespace {

struct VirtualSweep : Sweeps {
    using Sweeps::Sweeps;
    Answer virtually(const std::vector<std::string>& files, const std::string& name,
                     std::vector<std::string> more = {}) const {
        more.emplace_back("--virtual");
        return merged(files, name, more);
    }
};

bool is_virtual(const std::string& file, const std::string& path) {
    const ResultFile result(file);
    return hdf5::is_virtual(hdf5::open_dataset(result.id(), path));
}

/// As a reader that knows nothing of shards sees them.
template <class Value>
std::vector<Value> plainly_read(const std::string& file, const std::string& path, hid_t type, std::size_t count) {
    const hdf5::Handle opened(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "file"),
        data(H5Dopen2(opened, path.c_str(), H5P_DEFAULT), H5Dclose, "data"),
        space(H5Dget_space(data), H5Sclose, "space");
    REQUIRE(H5Sget_simple_extent_npoints(space) == static_cast<hssize_t>(count));
    std::vector<Value> values(count);
    REQUIRE(H5Dread(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
    return values;
}

/// Changes a value where a file stores it.
void change(const std::string& file, double value) {
    const std::string bytes = file_bytes(file);
    const std::size_t at = bytes.find(std::string(reinterpret_cast<const char*>(&value), sizeof value));
    REQUIRE(at != std::string::npos);
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(static_cast<std::streamoff>(at)), out.put(static_cast<char>(bytes[at] ^ 1));
}

std::string copied(const Folder& folder, const std::string& file, const std::string& name) {
    fs::create_directories((folder.path / name).parent_path());
    fs::copy_file(file, folder.path / name);
    return (folder.path / name).string();
}

/// One source of a dataset of fifteen values, as somebody else might write it.
struct Reference {
    std::string file, path = "/summary/net_gain";
    hsize_t start = 0, rows = 5, all = 5, from = 0;  ///< of the dataset here, and of `all` there
};

/// Puts a dataset of references in the place of /summary/net_gain.
void refer(const std::string& file, const std::vector<Reference>& references, hsize_t size = 15) {
    const hsize_t most = H5S_UNLIMITED;
    const hdf5::Handle opened_file = opened(file), here(H5Screate_simple(1, &size, &most), H5Sclose, "space"),
                       properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "properties");
    REQUIRE(H5Ldelete(opened_file, "/summary/net_gain", H5P_DEFAULT) >= 0);
    for (const Reference& to : references) {
        const hdf5::Handle there(H5Screate_simple(1, &to.all, nullptr), H5Sclose, "space");
        const bool blocks = to.file.find('%') != std::string::npos;  // of which the library counts the files
        const hsize_t count = blocks ? H5S_UNLIMITED : 1;
        H5Sselect_hyperslab(here, H5S_SELECT_SET, &to.start, &to.rows, &count, &to.rows);
        if (to.rows < to.all) H5Sselect_hyperslab(there, H5S_SELECT_SET, &to.from, nullptr, &to.rows, nullptr);
        REQUIRE(H5Pset_virtual(properties, here, to.file.c_str(), to.path.c_str(), there) >= 0);
    }
    const hdf5::Handle data(
        H5Dcreate2(opened_file, "/summary/net_gain", H5T_IEEE_F64LE, here, H5P_DEFAULT, properties, H5P_DEFAULT),
        H5Dclose, "data");
}

}  // namespace

TEST_CASE("a virtual merge of any number of shards, in any order and of any record, is the sweep without shards") {
    for (const std::string record : {"summary", "series", "full"}) {
        const VirtualSweep sweeps(record);
        REQUIRE(sweeps.sweep("all.h5").code == done);
        for (const int count : record == "full" ? std::vector{1, 4, 16} : std::vector{4}) {
            CAPTURE(record);
            CAPTURE(count);
            std::vector<std::string> files = sweeps.shards(count);
            for (int order = 0; order < 2; ++order) {
                const std::string name = std::to_string(count) + "_" + std::to_string(order) + ".h5";
                const Answer said = sweeps.virtually(files, name);
                REQUIRE_MESSAGE(said.code == done, said.err);
                CHECK(says(said.out, "virtual        its values stay in the files merged"));
                check_same(sweeps.path("all.h5"), sweeps.path(name));
                CHECK(is_virtual(sweeps.path(name), "/summary/net_gain_by_partner"));
                if (record == "full") CHECK(is_virtual(sweeps.path(name), "/deals/partner"));
                std::rotate(files.begin(), files.begin() + 1, files.end());
                std::reverse(files.begin(), files.end());
            }
        }
        CHECK_FALSE(is_virtual(sweeps.path("4_0.h5"), "/summary/realization"));
        REQUIRE(sweeps.merged({sweeps.path("4_0.h5")}, "copy.h5").code == done);  // holds its values itself again
        check_same(sweeps.path("all.h5"), sweeps.path("copy.h5"));
        CHECK_FALSE(is_virtual(sweeps.path("copy.h5"), "/summary/net_gain"));
    }
}

TEST_CASE("every command reads a virtual file as it reads one that holds its values") {
    const VirtualSweep sweeps;
    const std::vector<std::string> files = sweeps.shards(3);
    REQUIRE(sweeps.merged(files, "m.h5").code == done);
    REQUIRE(sweeps.virtually(files, "v.h5").code == done);
    CHECK(hdf5::contents_of(ResultFile(sweeps.path("v.h5")).id()) ==
          hdf5::contents_of(ResultFile(sweeps.path("m.h5")).id()));
    CHECK(answer({"verify", sweeps.path("v.h5")}).code == done);
    CHECK(answer({"rerun", sweeps.path("v.h5"), "--quiet"}).code == done);
    const auto without_name = [](std::string text, const std::string& name) {
        for (std::size_t at = 0; (at = text.find(name)) != std::string::npos;) text.erase(at, name.size());
        return text;
    };
    CHECK(without_name(answer({"compare", sweeps.path("v.h5")}).out, "v.h5") ==
          without_name(answer({"compare", sweeps.path("m.h5")}).out, "m.h5"));
    for (const std::string name : {"v", "m"})
        REQUIRE(answer({"export", sweeps.path(name + ".h5"), "--csv", "-o", sweeps.path(name), "--quiet"}).code ==
                done);
    for (const char* table : {"summary.csv", "series.csv", "deals.csv"}) {
        CAPTURE(table);
        CHECK(file_bytes(sweeps.path("v/") + table).size() > 100);
        CHECK(file_bytes(sweeps.path("v/") + table) == file_bytes(sweeps.path("m/") + table));
    }
    CHECK(answer({"missing", sweeps.design.string(), sweeps.path("v.h5")}).out == "all 15 realisations are there\n");
}

TEST_CASE("a virtual file and its shards move together, to any folder, and may be called anything") {
    const VirtualSweep sweeps("summary");
    std::vector<std::string> files = sweeps.shards(3);
    const std::vector<std::string> names{"parts/100%%b.h5", "parts/deep er/%b.h5", "s\xC3\xA9ries, 2.h5"};
    const Folder other;
    const auto at = [](const Folder& folder, const std::string& name) { return (folder.path / name).string(); };
    std::vector<std::string> renamed;
    for (std::size_t i = 0; i < files.size(); ++i) renamed.push_back(copied(other, files[i], names[i]));
    REQUIRE(
        answer({"merge", "--virtual", "-o", at(other, "v.h5"), renamed[0], renamed[1], renamed[2], "--quiet"}).code ==
        done);
    const Folder third;
    fs::remove(third.path);
    fs::rename(other.path, third.path);
    CHECK(answer({"verify", at(third, "v.h5")}).code == done);
    const Folder fourth;
    fs::create_symlink(third.path / "v.h5", fourth.path / "link.h5");
    CHECK(answer({"verify", at(fourth, "link.h5")}).code == done);
    fs::rename(third.path / "v.h5", fourth.path / "v.h5");
    CHECK(says(answer({"verify", at(fourth, "v.h5")}).err, "its shard parts/100%%b.h5 is not there"));
}

TEST_CASE("what no shard has is missing in a virtual file too, where that is allowed") {
    const VirtualSweep sweeps;
    const std::vector<std::string> files = sweeps.shards(3);
    CHECK(says(sweeps.virtually({files[0], files[2]}, "v.h5").err, "would lack 5 realisations"));
    REQUIRE(sweeps.virtually({files[2], files[0]}, "v.h5", {"--allow-missing"}).code == done);
    REQUIRE(sweeps.merged({files[2], files[0]}, "m.h5", {"--allow-missing"}).code == done);
    check_same(sweeps.path("m.h5"), sweeps.path("v.h5"));
    CHECK(ResultFile(sweeps.path("v.h5")).missing() == 5);
    CHECK(std::isnan(ResultFile(sweeps.path("v.h5")).read("net_gain").values.at(7)));
}

TEST_CASE("a shard that is gone is named, and whoever does not ask for it reads missing values and never zero") {
    const VirtualSweep sweeps;
    const std::vector<std::string> files = sweeps.shards(3);
    REQUIRE(sweeps.virtually(files, "v.h5").code == done);
    const std::string file = sweeps.path("v.h5");
    const std::size_t deals = [&] {
        const ResultFile whole(file);
        return hdf5::sizes_of(hdf5::open_dataset(whole.id(), "/deals/partner")).at(0);
    }();
    const auto before = plainly_read<double>(file, "/summary/net_gain", H5T_NATIVE_DOUBLE, 15);
    fs::rename(files[1], sweeps.path("away"));
    const std::string reason = file + ": is damaged: its shard s2of3.h5 is not there";
    CHECK(says(answer({"verify", file}).err, reason));
    CHECK(answer({"verify", file}).code == run_failed);
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"compare", file}, {"rerun", file}, {"export", file, "--csv", "-o", sweeps.path("t")}}) {
        const Answer said = answer(words);
        CHECK(said.code == bad_input);
        CHECK(says(said.err, reason));
    }
    CHECK(says(answer({"missing", sweeps.design.string(), file}).err, "it counts as not there"));
    const auto after = plainly_read<double>(file, "/summary/net_gain", H5T_NATIVE_DOUBLE, 15);
    for (std::size_t i = 0; i < 15; ++i) CHECK((i >= 5 && i < 10 ? std::isnan(after[i]) : after[i] == before[i]));
    const auto partners = plainly_read<std::int32_t>(file, "/deals/partner", H5T_NATIVE_INT32, deals);
    CHECK(std::count(partners.begin(), partners.end(), hdf5::missing_count) > 0);
    const auto states = plainly_read<std::int8_t>(file, "/deals/status", H5T_NATIVE_INT8, deals);
    CHECK(std::count(states.begin(), states.end(), -1) ==
          std::count(partners.begin(), partners.end(), hdf5::missing_count));
    fs::create_directory(files[1]);
    CHECK(says(answer({"verify", file}).err, reason));
    fs::remove(files[1]);
    std::ofstream(files[1]) << "not a result";
    CHECK(says(answer({"verify", file}).err, "its shard s2of3.h5 cannot be opened"));
}

TEST_CASE("a shard that was changed or swapped after the merge is found, one that was computed again is as good") {
    const VirtualSweep sweeps("summary");
    const std::vector<std::string> files = sweeps.shards(3);
    REQUIRE(sweeps.virtually(files, "v.h5").code == done);
    const std::string file = sweeps.path("v.h5");
    const double value = ResultFile(file).read("net_gain").values.at(7);
    change(files[1], value);
    const Answer changed = answer({"verify", file});
    CHECK(changed.code == run_failed);
    CHECK(says(changed.err, file + ": /summary/net_gain differs from its checksum\n"));
    CHECK(says(changed.err, file + ": in its shard s2of3.h5: /summary/net_gain differs from its checksum\n"));
    REQUIRE(sweeps.sweep("s2of3.h5", {"--shard", "2/3", "--force"}).code == done);
    CHECK(answer({"verify", file}).code == done);
    const std::string reason = "its shard s2of3.h5 is not the one that was merged, or changed since";
    for (const std::vector<std::string>& other : std::vector<std::vector<std::string>>{
             {"--shard", "2/3", "--seed", "4"}, {"--shard", "1/3"}, {"--shard", "2/4"}}) {
        std::vector<std::string> more = other;
        more.emplace_back("--force");
        REQUIRE(sweeps.sweep("s2of3.h5", more).code == done);
        CHECK(says(answer({"verify", file}).err, reason));
        CHECK(says(answer({"compare", file}).err, reason));
    }
}

TEST_CASE("merge refuses a virtual file that its readers would not find or not read") {
    const VirtualSweep sweeps("summary");
    const std::vector<std::string> files = sweeps.shards(2);
    fs::create_directory(sweeps.path("under"));
    CHECK(says(sweeps.virtually(files, "under/v.h5").err,
               files[0] + ": does not stand beside " + sweeps.path("under/v.h5") + " or in a folder under it"));
    REQUIRE(sweeps.virtually(files, "v.h5").code == done);
    const Answer twice = sweeps.virtually({sweeps.path("v.h5")}, "w.h5");
    CHECK(twice.code == bad_input);
    CHECK(says(twice.err, "v.h5: is a virtual file itself; name the shards that it was merged from"));
    REQUIRE(sweeps.sweep("one.h5", {"--shard", "1/1200", "-n", "400"}).code == done);
    CHECK(says(sweeps.virtually({sweeps.path("one.h5")}, "w.h5", {"--allow-missing"}).err,
               "w.h5: cannot be virtual: almost all of it is missing"));
    const std::vector<std::string> many(501, files[0]);
    CHECK(says(sweeps.virtually(many, "w.h5").err,
               "w.h5: cannot be virtual: 501 files are more than its readers can hold open at once; 500 at most"));
    CHECK_FALSE(fs::exists(sweeps.path("w.h5")));
}

TEST_CASE("virtual datasets that this program would not write are refused, wherever their values would come from") {
    const VirtualSweep sweeps("summary");
    const std::vector<std::string> files = sweeps.shards(3);
    REQUIRE(sweeps.virtually(files, "v.h5").code == done);
    const std::string s1 = "s1of3.h5", s2 = "s2of3.h5", s3 = "s3of3.h5",
                      folder = sweeps.folder.path.filename().string();
    const auto said = [&](const std::vector<Reference>& references, hsize_t size = 15) {
        fs::copy_file(sweeps.path("v.h5"), sweeps.path("w.h5"), fs::copy_options::overwrite_existing);
        refer(sweeps.path("w.h5"), references, size);
        const Answer compared = answer({"compare", sweeps.path("w.h5")}),
                     verified = answer({"verify", sweeps.path("w.h5")});
        CHECK(compared.code == bad_input);
        CHECK(verified.code == run_failed);
        return compared.err + verified.err;
    };
    const std::string refusal = "/summary/net_gain stands in another file";
    for (const std::string& name :
         {files[0], "../" + folder + "/" + s1, "./" + s1, std::string("."), std::string("a/../") + s1}) {
        CAPTURE(name);
        CHECK(says(said({{name}}), refusal));
    }
    REQUIRE(mkfifo(sweeps.path("s0.h5").c_str(), 0600) == 0);  // whoever opens it waits for ever
    CHECK(says(said({{"s%b.h5"}}), refusal));
    CHECK(says(said({{"s0.h5"}}), "its shard s0.h5 is not there"));
    CHECK(says(said({{s1, "/summary/costs"}}), refusal));
    CHECK(says(said({{s1, "/summary/net_gain", 5}, {s2, "/summary/net_gain", 0}}), refusal));
    CHECK(says(said({{s1, "/summary/net_gain", 0, 4}}), refusal));
    CHECK(says(said({{s1, "/summary/net_gain", 0, 4, 5, 1}}), refusal));
    CHECK(says(said({{s1, "/summary/net_gain", 0, 6, 6}}), refusal));
    CHECK(says(said({{"gone.h5"}}), "its shard gone.h5 is not there"));
    CHECK(says(said({{s1}}, 5 * 1033), "/summary/net_gain says that it has more values than it holds"));
    CHECK(says(said({{"v.h5", "/summary/net_gain", 0, 15, 15}}), refusal));  // of which nothing is its own
    const auto harmed_source = [&](auto&& harm) {
        fs::copy_file(files[0], sweeps.path("x.h5"), fs::copy_options::overwrite_existing);
        {
            const hdf5::Handle file = opened(sweeps.path("x.h5"));
            REQUIRE(H5Lmove(file, "/summary/net_gain", file, "/moved", H5P_DEFAULT, H5P_DEFAULT) >= 0);
            harm(file.id());
        }
        return said({{"x.h5"}});
    };
    const hsize_t five = 5;
    const hdf5::Handle space(H5Screate_simple(1, &five, nullptr), H5Sclose, "space");
    const auto made = [&](hid_t file, hid_t type, hid_t properties) {
        const hdf5::Handle data(
            H5Dcreate2(file, "/summary/net_gain", type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose, "data");
    };
    CHECK(says(harmed_source([&](hid_t file) {
                   REQUIRE(H5Lcreate_soft("/moved", file, "/summary/net_gain", H5P_DEFAULT, H5P_DEFAULT) >= 0);
               }),
               "/summary/net_gain is a link to what stands elsewhere"));
    CHECK(says(harmed_source([&](hid_t file) {
                   const hdf5::Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "properties");
                   REQUIRE(H5Pset_external(properties, files[0].c_str(), 0, 40) >= 0);
                   made(file, H5T_IEEE_F64LE, properties);
               }),
               refusal));
    CHECK(says(harmed_source([&](hid_t file) { made(file, H5T_STD_I32LE, H5P_DEFAULT); }), refusal));
    CHECK(says(harmed_source([&](hid_t file) { made(file, H5T_IEEE_F64LE, H5P_DEFAULT); }),
               "/summary/net_gain of x.h5 says that it has more values than it holds"));
}

TEST_CASE("a list of shards that names what stands elsewhere is damage") {
    const VirtualSweep sweeps("summary");
    const std::vector<std::string> files = sweeps.shards(2);
    REQUIRE(sweeps.virtually(files, "v.h5").code == done);
    for (const std::string& name : {files[0], std::string("../s1of2.h5"), std::string()}) {
        CAPTURE(name);
        {
            const hdf5::Handle file = opened(sweeps.path("v.h5"));
            REQUIRE(H5Ldelete(file, "/provenance/shards", H5P_DEFAULT) >= 0);
            hdf5::write_sources(file, {{name, std::string(64, '0'), {}, {}}});
        }
        CHECK(says(answer({"verify", sweeps.path("v.h5")}).err,
                   "is damaged: /provenance/shards names what does not stand beside it"));
    }
}

}  // namespace multivector
