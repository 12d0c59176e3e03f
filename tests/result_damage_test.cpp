// What a damaged result makes verify, rerun, compare and export say, and what they never follow out of the file.
#include <hdf5_hl.h>

#include "hdf5_checksums.hpp"
#include "hdf5_dataset.hpp"
#include "recorded_result.hpp"
#include "result_difference.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

void remove(hid_t file, const std::string& path) { REQUIRE(H5Ldelete(file, path.c_str(), H5P_DEFAULT) >= 0); }

/// Makes an attribute of these extents and writes it from these bytes, as they are.
void put_attribute(hid_t object, const std::string& name, hid_t type, const std::vector<hsize_t>& sizes,
                   const void* bytes) {
    const hdf5::Handle space(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose,
                             "space");
    const hdf5::Handle made(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, "made");
    REQUIRE(H5Awrite(made, type, bytes) >= 0);
}

/// A result to which something is done again and again.
struct Copies {
    Recorded whole;
    fs::path path = whole.folder.path / "copy.h5";

    template <class Harm>
    std::string harmed(Harm harm) const {
        fs::copy_file(whole.file, path, fs::copy_options::overwrite_existing);
        const hdf5::Handle file = opened(path);
        harm(file.id());
        return path.string();
    }
};

Answer verified(const std::string& path) {
    Answer said = answer({"verify", path});
    CHECK(said.code == run_failed);
    CHECK(times(said.err, path) == times(said.err, "\n"));
    return said;
}

}  // namespace

TEST_CASE("verify says which attribute cannot be read and why") {
    const Copies copies;
    const Answer odd = verified(copies.harmed([](hid_t file) {
        const hdf5::Handle data = hdf5::open_dataset(file, "/deals/size"),
                           type(H5Tcreate(H5T_OPAQUE, 4), H5Tclose, "type");
        put_attribute(data, "odd", type, {1}, "odd");
    }));
    CHECK(contains(odd.err, "attribute odd of /deals/size is of a kind that this program does not write"));
}

TEST_CASE("verify says a path once, whether a value differs or cannot be read") {
    const Copies copies;
    const std::string unreadable = copies.harmed([](hid_t file) {
        remove(file, "/summary/fund");
        const hsize_t size = 3;
        const hdf5::Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, "space"),
            data(H5Dcreate2(file, "/summary/fund", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                 H5Dclose, "data");
    });
    const Answer said = verified(unreadable);
    CHECK(contains(said.err, unreadable + ": /summary/fund says that it has more values than it holds\n"));
    CHECK(hdf5::Damage{"/a", "is missing"}.said() == "/a is missing");
    CHECK(hdf5::Damage{"/a", "type", true}.said() == "/a: type");
    CHECK(hdf5::Damage{"/a", "cannot read /a: why", true}.said() == "cannot read /a: why");
}

TEST_CASE("what a callback throws waits until the library has returned, memory that ran out too") {
    const auto throwing = [](auto error) {
        hdf5::Visit<int> visit;
        CHECK(visit.run([&](int&) -> herr_t { throw error; }) < 0);
        visit.finish(-1, "the library's own words");
    };
    CHECK_THROWS_AS(throwing(std::bad_alloc()), std::bad_alloc);
    CHECK_THROWS_WITH_AS(throwing(hdf5::Error("why")), "why", hdf5::Error);
    CHECK_THROWS_AS(hdf5::Visit<int>().finish(-1, "the library's own words"), hdf5::Error);
    CHECK(hdf5::Visit<int>(7).finish(0, "") == 7);
}

TEST_CASE("a lost group and a variable of another size are damage to verify, as a lost value is") {
    const Copies copies;
    for (const char* group : {"/summary", "/provenance"})
        CHECK(contains(verified(copies.harmed([&](hid_t file) { remove(file, group); })).err,
                       std::string("is damaged: it has no group ") + group));
    const std::string other = copies.harmed([](hid_t file) {
        remove(file, "/summary/net_gain");
        hdf5::write_text(file, "/summary/net_gain", "x", "x");
    });
    verified(other);
    CHECK(contains(answer({"compare", other, copies.whole.file.string()}).err,
                   "is damaged: /summary/net_gain is of another size or type than its labels"));
}

TEST_CASE("realisations that are not those that the file says it holds are refused") {
    const Copies copies;
    const auto refusal = [&](const auto& harm) {
        const Answer said = answer({"export", copies.harmed(harm), "--csv", "-o", copies.whole.csv.string()});
        CHECK(said.code == bad_input);
        CHECK_FALSE(fs::exists(copies.whole.csv));
        return said.err;
    };
    const auto numbered = [&](const std::vector<std::int32_t>& numbers) {
        return refusal([&](hid_t file) {
            const hdf5::Handle data = hdf5::open_dataset(file, "/summary/realization");
            REQUIRE(H5Dwrite(data, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) >= 0);
        });
    };
    CHECK(contains(numbered({0, 2, 1}), "is damaged: /summary/realization has 2 where 1 should stand\n"));
    CHECK(contains(numbered({1, 2, 3}), "is damaged: /summary/realization has 1 where 0 should stand\n"));
    for (const char* name : {"first_replication", "replications"})
        for (const double value : {-1.0, 0.5, 3e9, std::nan("")})
            CHECK(contains(refusal([&](hid_t file) {
                               const hdf5::Handle group = hdf5::open_group(file, "/provenance");
                               REQUIRE(H5Adelete(group, name) >= 0);
                               hdf5::write_attribute(group, name, value);
                           }),
                           "is damaged: it does not say which replications it holds\n"));
}

TEST_CASE("a variable of two dimensions whose name says none of actors is damage") {
    const Copies copies;
    const std::string other = copies.harmed([](hid_t file) {
        remove(file, "/summary/net_gain");
        REQUIRE(H5Lcreate_hard(file, "/summary/net_gain_by_partner", file, "/summary/net_gain", H5P_DEFAULT,
                               H5P_DEFAULT) >= 0);
    });
    CHECK(answer({"compare", other, copies.whole.file.string()}).err ==
          "multivector: " + other + ": is damaged: /summary/net_gain has a dimension that its name does not say\n");
}

TEST_CASE("the structure counts byte order and extents of an attribute") {
    const Copies copies;
    const auto digest = [&](hid_t type, const std::vector<hsize_t>& sizes) {
        fs::copy_file(copies.whole.file, copies.path, fs::copy_options::overwrite_existing);
        const hdf5::Handle file = opened(copies.path);
        const std::int32_t values[4] = {1, 2, 3, 4};
        put_attribute(file, "added", type, sizes, values);
        remove(file, hdf5::checksums_path);
        hdf5::write_checksums(file, {});
        return hdf5::stored_checksums(file).at("/");
    };
    const std::string plain = digest(H5T_STD_I32LE, {4});
    CHECK(digest(H5T_STD_I32LE, {4}) == plain);
    CHECK(digest(H5T_STD_I32BE, {4}) != plain);
    CHECK(digest(H5T_STD_I32LE, {2, 2}) != plain);
    CHECK(digest(H5T_STD_I32LE, {1, 4}) != digest(H5T_STD_I32LE, {4, 1}));
}

TEST_CASE("no attribute hides behind the names that the library gives to its own") {
    const Copies copies;
    for (const char* name : {"DIMENSION_LIST", "REFERENCE_LIST"}) {
        const std::int32_t value = 7;
        const auto put = [&](const std::string& path) {
            verified(copies.harmed([&](hid_t file) {
                const hdf5::Handle object(H5Oopen(file, path.c_str(), H5P_DEFAULT), H5Oclose, "object");
                if (H5Aexists(object, name) > 0) REQUIRE(H5Adelete(object, name) >= 0);
                put_attribute(object, name, H5T_STD_I32LE, {1}, &value);
            }));
        };
        for (const char* path : {"/", "/deals", "/provenance/scenario_resolved"}) put(path);
        put(std::string(name) == "DIMENSION_LIST" ? "/deals/deal" : "/deals/size");
    }
    verified(copies.harmed([](hid_t file) {
        const hdf5::Handle single = hdf5::open_dataset(file, "/provenance/scenario_resolved"),
                           type(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "type");
        const hvl_t nothing{0, nullptr};
        put_attribute(single, "DIMENSION_LIST", type, {1}, &nothing);
    }));
}

TEST_CASE("no command follows a link out of the file, whichever step of the path it is") {
    const Copies copies;
    const std::string whole = copies.whole.file.string();
    for (const char* path :
         {"/summary", "/summary/net_gain", "/summary/realization", "/provenance", "/provenance/scenario_resolved"}) {
        for (const bool external : {true, false}) {
            CAPTURE(path);
            const std::string linked = copies.harmed([&](hid_t file) {
                REQUIRE(H5Lmove(file, path, file, "/moved", H5P_DEFAULT, H5P_DEFAULT) >= 0);
                if (external)
                    REQUIRE(H5Lcreate_external(whole.c_str(), path, file, path, H5P_DEFAULT, H5P_DEFAULT) >= 0);
                else
                    REQUIRE(H5Lcreate_soft("/moved", file, path, H5P_DEFAULT, H5P_DEFAULT) >= 0);
            });
            const std::string reason = std::string(path) + " is a link to what stands elsewhere";
            const std::string csv = copies.whole.csv.string();
            CHECK(contains(verified(linked).err, reason));
            CHECK(contains(answer({"rerun", linked, "--quiet"}).err, reason));
            CHECK(contains(answer({"export", linked, "--csv", "-o", csv, "--quiet"}).err, reason));
            if (!contains(path, "/provenance/")) CHECK(contains(answer({"compare", linked, whole}).err, reason));
        }
    }
    for (const char* path : {"/deals", "/deals/size", "/series/year", "/series/fund"}) {
        const std::string linked = copies.harmed([&](hid_t file) {
            remove(file, path);
            REQUIRE(H5Lcreate_external(whole.c_str(), path, file, path, H5P_DEFAULT, H5P_DEFAULT) >= 0);
        });
        const Answer said = answer({"export", linked, "--csv", "-o", copies.whole.csv.string(), "--quiet"});
        CHECK(said.code == bad_input);
        CHECK_MESSAGE(contains(said.err, std::string(path) + " is a link to what stands elsewhere"), said.err);
    }
}

TEST_CASE("no command reads values that stand in another file") {
    const Copies copies;
    const std::string path = copies.harmed([&](hid_t file) {
        remove(file, "/summary/net_gain");
        const hsize_t size = 3;
        const hdf5::Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, "space"),
            properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "properties");
        REQUIRE(H5Pset_external(properties, copies.whole.file.c_str(), 0, 24) >= 0);
        const hdf5::Handle data(
            H5Dcreate2(file, "/summary/net_gain", H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT),
            H5Dclose, "data");
    });
    const std::string reason = "/summary/net_gain stands in another file";
    CHECK(contains(verified(path).err, reason));
    CHECK(contains(answer({"compare", path, copies.whole.file.string()}).err, reason));
}

TEST_CASE("the report of a replay is whole where the years or the labels cannot be read") {
    const Copies copies;
    for (const std::vector<std::string>& lost :
         {std::vector<std::string>{"/series/year"}, {"/series/year", "/summary/partner"}}) {
        const std::string path = copies.harmed([&](hid_t file) {
            const hdf5::Handle data = hdf5::open_dataset(file, "/series/net_gain_by_partner");
            const std::vector<double> sevens(64 * 1024, 7.0);
            REQUIRE(H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, sevens.data()) >= 0);
            for (const std::string& name : lost) remove(file, name);
        });
        const Answer said = answer({"rerun", path, "--quiet"});
        CHECK(said.code == run_failed);
        CHECK_MESSAGE(contains(said.out, "first at tick 0 of replication 0: /series/net_gain_by_partner["), said.out);
        CHECK(contains(said.out, " was 7 and is now "));
        CHECK(contains(said.out, "replayed by "));
        CHECK(said.err.empty());
    }
}

}  // namespace multivector
