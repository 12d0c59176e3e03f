// Shards that no sweep wrote: their checksums agree, and merge still takes nothing that is not there.
#include <doctest/doctest.h>

#include <fstream>

#include "hdf5_checksums.hpp"
#include "hdf5_dataset.hpp"
#include "recorded_result.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

/// Two shards of a design of two worlds and two replications.
struct Shards {
    Shards() {
        const fs::path design = folder.path / "design.yaml";
        std::ofstream(design) << "scenario: " MULTIVECTOR_SOURCE "/scenarios/minimal.yaml\nkind: twin\n"
                              << "replications: 2\naxes: {connectivity_demand: [0, 1]}\n";
        for (const auto& [name, number] : {std::pair(first, "1/2"), std::pair(second, "2/2")}) {
            const Answer said = answer(
                {"sweep", design.string(), "-o", name.string(), "--shard", number, "--record", "full", "--quiet"});
            REQUIRE_MESSAGE(said.code == done, said.err);
        }
    }

    /// What merge says of the first shard when it is changed so, checksums and all.
    std::string refusal(const std::function<void(hid_t)>& change) const {
        const fs::path copy = folder.path / "copy.h5", merged = folder.path / "merged.h5";
        fs::copy_file(first, copy, fs::copy_options::overwrite_existing);
        {
            const hdf5::Handle file = opened(copy);
            change(file);
            REQUIRE(H5Ldelete(file, hdf5::checksums_path, H5P_DEFAULT) >= 0);
            hdf5::write_checksums(file, {});
        }
        CHECK(answer({"verify", copy.string()}).code == done);
        const Answer said = answer({"merge", copy.string(), second.string(), "-o", merged.string(), "--quiet"});
        CHECK(said.code == (said.err.empty() ? done : bad_input));
        CHECK(fs::exists(merged) == said.err.empty());
        fs::remove(merged);
        const std::string about = "multivector: " + copy.string() + ": is damaged: ";
        return said.err.starts_with(about) ? said.err.substr(about.size()) : said.err;
    }

    Folder folder;
    fs::path first = folder.path / "1.h5", second = folder.path / "2.h5";
};

/// Puts another dataset, or so many zeros, in the place of one.
void replace(hid_t file, const char* path, hsize_t size) {
    REQUIRE(H5Ldelete(file, path, H5P_DEFAULT) >= 0);
    const hdf5::Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, "space"),
        data(H5Dcreate2(file, path, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose, "data");
    const std::vector<double> zeros(size);
    REQUIRE(H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data()) >= 0);
}

void number(hid_t file, const std::string& path, const std::function<std::int32_t(std::int32_t)>& change) {
    std::vector<std::int32_t> numbers(hdf5::sizes_of(hdf5::open_dataset(file, path)).at(0));
    REQUIRE(numbers.size() > 1);
    const hdf5::Handle data = hdf5::open_dataset(file, path);
    REQUIRE(H5Dread(data, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) >= 0);
    for (std::int32_t& value : numbers) value = change(value);
    REQUIRE(H5Dwrite(data, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) >= 0);
}

}  // namespace

TEST_CASE("a shard whose variables, columns or rows are not those of its realisations is not merged") {
    const Shards shards;
    CHECK(shards.refusal([](hid_t) {}).empty());
    for (const char* path : {"/summary/net_gain", "/series/net_gain"})
        for (const hsize_t size : {1, 3})
            CHECK(shards.refusal([&](hid_t file) { replace(file, path, size); }) ==
                  std::string(path) + " does not have a row for each realisation\n");
    for (const char* column : {"/deals/size", "/offers/round"})
        CHECK(shards.refusal([&](hid_t file) { replace(file, column, 1); }) ==
              std::string(column).substr(0, std::string(column).rfind('/')) + " has columns of different lengths\n");
    for (const std::int32_t by : {1, -1, 100})
        CHECK(shards.refusal([&](hid_t file) {
            number(file, "/deals/realization", [&](std::int32_t realization) { return realization + by; });
        }) == "/deals has rows of a realisation that is not there\n");
    CHECK(shards.refusal([&](hid_t file) {
        number(file, "/events/realization", [&](std::int32_t realization) { return 1 - realization; });
    }) == "/events has rows of a realisation that is not there\n");
}

}  // namespace multivector
