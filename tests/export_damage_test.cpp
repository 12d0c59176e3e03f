// export refuses a result whose datasets are not of the sizes that their labels give them.
#include <doctest/doctest.h>
#include <hdf5_hl.h>

#include "hdf5_dataset.hpp"
#include "recorded_result.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

using Sizes = std::vector<hsize_t>;

/// Puts zeros of these sizes under the name of a dataset; no size is a scalar.
void replace(const fs::path& path, const std::string& name, const Sizes& sizes, hid_t type = H5T_IEEE_F64LE) {
    const hdf5::Handle file = opened(path);
    REQUIRE(H5Ldelete(file, name.c_str(), H5P_DEFAULT) >= 0);
    const hdf5::Handle space(
        sizes.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
        H5Sclose, "space");
    const hdf5::Handle data(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                            H5Dclose, "cannot create");
    hsize_t total = 1;
    for (const hsize_t size : sizes) total *= size;
    const std::vector<double> zeros(total);
    REQUIRE(H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data()) >= 0);
}

/// Cuts or stretches a dataset that grows.
void resize(const fs::path& path, const std::string& name, const Sizes& sizes) {
    const hdf5::Handle file = opened(path), data = hdf5::open_dataset(file, name);
    REQUIRE(H5Dset_extent(data, sizes.data()) >= 0);
}

Sizes sizes_in(const fs::path& path, const std::string& name) {
    const hdf5::Handle file = opened(path);
    return hdf5::sizes_of(hdf5::open_dataset(file, name));
}

/// Puts an attribute of as many numbers in the place of one.
void replace_attribute(const fs::path& path, const std::string& name, const char* attribute, hsize_t count) {
    const hdf5::Handle file = opened(path), data = hdf5::open_dataset(file, name);
    REQUIRE(H5Adelete(data, attribute) >= 0);
    hdf5::write_attribute(data, attribute, std::vector<std::int32_t>(count, 7));
}

void check_refused(const Recorded& result, const std::string& dataset) {
    const Answer outcome = result.exported();
    CAPTURE(outcome.err);
    CHECK(outcome.code == bad_input);
    CHECK(outcome.err.find("damaged.h5: is damaged: ") != std::string::npos);
    CHECK(outcome.err.find(dataset) != std::string::npos);
    CHECK(result.folder.files().size() == 1);
}

}  // namespace

TEST_CASE("years that are not one for each tick are refused") {
    for (const Sizes& sizes : {Sizes{}, Sizes{2}, Sizes{100000}, Sizes{2, 100000}}) {
        const Recorded result;
        replace(result.file, "/series/year", sizes);
        check_refused(result, "/series/year");
    }
    const Recorded result;
    replace(result.file, "/series/year", sizes_in(result.file, "/series/tick"), H5T_STD_I32LE);
    check_refused(result, "/series/year");
}

TEST_CASE("a variable that holds fewer values than its labels is refused") {
    for (const char* name : {"/series/net_gain_by_partner", "/series/fund", "/summary/fund"}) {
        const std::size_t dimensions = sizes_in(Recorded().file, name).size();
        for (std::size_t i = 0; i < dimensions; ++i) {
            const Recorded result;
            Sizes fewer = sizes_in(result.file, name);
            --fewer[i];
            resize(result.file, name, fewer);
            check_refused(result, name);
        }
    }
}

TEST_CASE("a column that holds fewer rows than the others, or more, is refused") {
    for (const hsize_t rows : {hsize_t{0}, hsize_t{1}, hsize_t{100000}}) {
        const Recorded result;
        resize(result.file, "/deals/size", {rows});
        check_refused(result, "/deals/size");
    }
}

TEST_CASE("verify does not go through very many rows of nothing one by one") {
    const Recorded result;
    replace(result.file, "/summary/fund", {hsize_t{1} << 62, 0});
    const Answer verified = answer({"verify", result.file.string()});
    CHECK(verified.code == run_failed);
    CHECK(verified.err.find("/summary/fund") != std::string::npos);
}

TEST_CASE("verify reads a single value in the place of many, and says when a type is none of ours") {
    const auto said = [](hid_t type) {
        const Recorded result;
        replace(result.file, "/summary/fund", {}, type);
        const Answer verified = answer({"verify", result.file.string()});
        CHECK(verified.code == run_failed);
        return verified.err;
    };
    CHECK(said(H5T_IEEE_F64LE).find("/summary/fund differs from its checksum") != std::string::npos);
    CHECK(said(H5T_STD_U64BE).find("/summary/fund: a dataset of a type that this") != std::string::npos);
}

TEST_CASE("a table whose first coordinate is a single value is refused") {
    const Recorded result;
    {
        const hdf5::Handle file = opened(result.file), group = hdf5::create_group(file, "odd"),
                           space(H5Screate(H5S_SCALAR), H5Sclose, "space");
        const hdf5::Handle row(H5Dcreate2(group, "row", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                               H5Dclose, "row");
        REQUIRE(H5DSset_scale(row, "row") >= 0);
    }
    check_refused(result, "/odd/row");
}

TEST_CASE("a table that the record promises is never left out in silence") {
    for (const char* path : {"/deals", "/deals/deal", "/negotiations", "/offers", "/events/event", "/series",
                             "/series/realization", "/series/tick", "/series/year", "/summary/partner"}) {
        const Recorded result;
        REQUIRE(H5Ldelete(opened(result.file), path, H5P_DEFAULT) >= 0);
        check_refused(result, std::string(path).substr(0, std::string(path).find('/', 1)));
    }
    for (const char* path : {"/deals/deal", "/series/realization", "/summary/realization"}) {
        const Recorded result;
        {
            const hdf5::Handle file = opened(result.file), data = hdf5::open_dataset(file, path);
            REQUIRE(H5Adelete(data, "CLASS") >= 0);
        }
        check_refused(result, std::string(path).substr(0, std::string(path).find('/', 1)) + " does not begin with");
    }
}

TEST_CASE("a column that lost its scale, became one, or is gone is refused, with checksums or without") {
    const auto harmed = [](const std::string& path, auto&& harm, bool checksums) {
        const Recorded result;
        {
            const hdf5::Handle file = opened(result.file);
            harm(file.id());
            if (!checksums) REQUIRE(H5Ldelete(file, "/provenance/checksums", H5P_DEFAULT) >= 0);
        }
        check_refused(result, path);
    };
    const std::pair<const char*, const char*> columns[] = {{"/deals/size", "/deals/deal"},
                                                           {"/deals/realization", "/deals/deal"},
                                                           {"/series/fund", "/series/realization"},
                                                           {"/summary/net_gain", "/summary/realization"}};
    for (const auto& [path, scale] : columns)
        for (const bool checksums : {true, false}) {
            const std::string column = path, along = scale;
            harmed(
                column,
                [&](hid_t file) {
                    const hdf5::Handle data = hdf5::open_dataset(file, column), row = hdf5::open_dataset(file, along);
                    REQUIRE(H5DSdetach_scale(data, row, 0) >= 0);
                },
                checksums);
        }
    harmed(
        "/deals/size is missing", [](hid_t file) { H5Ldelete(file, "/deals/size", H5P_DEFAULT); }, true);
    harmed(
        "/series/fund is missing", [](hid_t file) { H5Ldelete(file, "/series/fund", H5P_DEFAULT); }, true);
    const auto own_scale = [](hid_t file) {
        const hdf5::Handle data = hdf5::open_dataset(file, "/deals/size"),
                           row = hdf5::open_dataset(file, "/deals/deal");
        REQUIRE(H5DSdetach_scale(data, row, 0) >= 0);
        REQUIRE(H5DSset_scale(data, "size") >= 0);
    };
    harmed("/deals/size", own_scale, true);
}

TEST_CASE("what somebody put beside the columns, or linked from elsewhere, is left out in silence") {
    const Recorded plain, result;
    REQUIRE(plain.exported().code == done);
    {
        const hdf5::Handle file = opened(result.file);
        hdf5::create_group(file, "/deals/notes");
        hdf5::write_text(file, "/deals/remark", "mine", "a remark");
        hdf5::write_text(file, "/summary/remark", "mine", "a remark");
        REQUIRE(H5Lcreate_external("gone.h5", "/a", file, "/series/elsewhere", H5P_DEFAULT, H5P_DEFAULT) >= 0);
        REQUIRE(H5Lcreate_soft("/deals", file, "/mine", H5P_DEFAULT, H5P_DEFAULT) >= 0);
    }
    REQUIRE(result.exported().code == done);
    for (const auto& entry : fs::directory_iterator(plain.csv)) {
        const fs::path name = entry.path().filename();
        CAPTURE(name.string());
        if (name != "scenario.yaml") CHECK(file_bytes(result.csv / name) == file_bytes(entry.path()));
    }
    CHECK(!fs::exists(result.csv / "mine.csv"));
}

TEST_CASE("a list of dimension scales that is of another type or size than the dataset is refused") {
    for (const char* name : {"/summary/fund", "/series/net_gain_by_partner", "/deals/size"}) {
        const Recorded result;
        replace_attribute(result.file, name, "DIMENSION_LIST", 1000);
        check_refused(result, name);
        const Answer verified = answer({"verify", result.file.string()});
        CHECK(verified.code == run_failed);
        CHECK(verified.err.find(name) != std::string::npos);
    }
}

TEST_CASE("a dimension scale in whose place something else stands is refused") {
    const Recorded result;
    {
        const hdf5::Handle file = opened(result.file);
        REQUIRE(H5Ldelete(file, "/series/partner", H5P_DEFAULT) >= 0);
        hdf5::create_group(file, "/series/partner");
    }
    check_refused(result, "/series/partner");
    CHECK(answer({"verify", result.file.string()}).code == run_failed);
}

TEST_CASE("a dimension scale whose class or name is no text does not harm memory") {
    for (const char* attribute : {"CLASS", "NAME"}) {
        const Recorded result;
        replace_attribute(result.file, "/series/tick", attribute, 1000);
        replace_attribute(result.file, "/deals/deal", attribute, 1000);
        const int code = result.exported().code;
        CHECK((code == done || code == bad_input));
        CHECK(answer({"verify", result.file.string()}).code == run_failed);
    }
}

TEST_CASE("a folder that looks like an option and a choice of no table are refused; a parameter said twice is one") {
    const Recorded result;
    const auto exported = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"export", result.file.string(), "--csv"});
        return answer(more);
    };
    const Answer folder = exported({"-o", "--quiet"});
    CHECK(folder.code == bad_input);
    CHECK(folder.err.find("--quiet") != std::string::npos);
    CHECK(!fs::exists("--quiet"));
    CHECK(exported({"-o", result.csv.string(), "--quiet", "--tables", ""}).code == bad_input);
    const std::string key = "oil_fund_capacity";
    REQUIRE(exported({"-o", result.csv.string(), "--quiet", "--parameters", key + "," + key}).code == done);
    const std::string text = file_bytes(result.csv / "summary.csv"), header = text.substr(0, text.find('\n'));
    CHECK(header.find(key) == header.rfind(key));
}

}  // namespace multivector
