// What a damaged /design makes its readers say: nothing of it is believed that its text does not say.
#include <doctest/doctest.h>

#include <cstring>
#include <fstream>
#include <functional>

#include "hdf5_along.hpp"
#include "hdf5_reader.hpp"
#include "input_error.hpp"
#include "recorded_result.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

/// The result of a design, to which something is done again and again.
struct DesignCopies {
    Folder folder;
    fs::path whole = folder.path / "whole.h5", copy = folder.path / "copy.h5";

    explicit DesignCopies(const std::string& rest) {
        const fs::path design = folder.path / "design.yaml";
        std::ofstream(folder.path / "rows.csv") << "connectivity_demand,bargaining.rivals\n0,on\n1,on\n1,off\n";
        std::ofstream(design) << "scenario: " MULTIVECTOR_SOURCE "/scenarios/minimal.yaml\nreplications: 2\n" + rest;
        const Answer swept = answer({"sweep", design.string(), "-o", whole.string(), "--quiet"});
        REQUIRE_MESSAGE(swept.code == done, swept.err);
    }

    /// What reading says after the harm; "whole" when nothing.
    std::string harmed(const std::function<void(hid_t)>& harm) const {
        fs::copy_file(whole, copy, fs::copy_options::overwrite_existing);
        {
            const hdf5::Handle file = opened(copy);
            harm(file);
        }
        try {
            const ResultFile read(copy);
            return "whole";
        } catch (const DamagedResult& error) {
            return error.what();
        }
    }

    std::string with_texts(const std::string& name, const std::function<void(Texts&)>& change) const {
        return harmed([&](hid_t file) {
            const std::string path = "/design/" + name;
            Texts texts = hdf5::read_texts(file, path);
            change(texts);
            std::vector<const char*> pointers;
            for (const std::string& text : texts) pointers.push_back(text.c_str());
            const hdf5::Handle data = hdf5::open_dataset(file, path), type(H5Dget_type(data), H5Tclose, "type");
            REQUIRE(H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) >= 0);
        });
    }

    std::string with_number(const std::string& name, double value) const {
        return harmed([&](hid_t file) {
            const hdf5::Handle data = hdf5::open_dataset(file, "/design/" + name),
                               space(H5Dget_space(data), H5Sclose, "space");
            std::vector<double> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)), value);
            REQUIRE(H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
        });
    }
};

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string not_as_written = "/design is not the design that its text says";

}  // namespace

TEST_CASE("levels that are no lines of a table are refused where the design's text says that they are") {
    const DesignCopies copies(
        "kind: factorial\naxes: {oil_fund_capacity: [0.5, 1]}\nover: {point: {rows: rows.csv}}\n");
    CHECK(copies.harmed([](hid_t) {}) == "whole");
    CHECK(says(copies.with_texts("level_label", [](Texts& labels) { labels.back() = "7"; }), "no table's line"));
}

TEST_CASE("roles, labels, names and amounts that the design's text does not say are refused") {
    const DesignCopies copies(
        "kind: factorial\naxes: {connectivity_demand: [0, 1], bargaining.rivals: [off, on]}\n"
        "smallest_effect: {net_gain: 1}\n");
    CHECK(copies.harmed([](hid_t) {}) == "whole");
    const auto unlike = [&](const std::string& name, const std::function<void(Texts&)>& change) {
        return says(copies.with_texts(name, change), not_as_written);
    };
    CHECK(unlike("axis_role", [](Texts& roles) { std::swap(roles[0], roles[1]); }));
    CHECK(unlike("axis_role", [](Texts& roles) { roles[1] = "effect"; }));
    CHECK(unlike("level_label", [](Texts& labels) { labels[1] = labels[0]; }));
    CHECK(unlike("level_label", [](Texts& labels) { std::swap(labels[2], labels[3]); }));
    CHECK(unlike("outcome", [](Texts& outcomes) { outcomes[0] = "net_gain_by_partner.Nobody"; }));
    CHECK(says(copies.with_texts("axis_role", [](Texts& roles) { roles[0] = "cause"; }), "means nothing"));
    for (const double amount : {0.0, -1.0, 2.0, std::nan("")})
        CHECK(says(copies.with_number("smallest_effect", amount), not_as_written));
    CHECK(says(copies.with_texts("design_verbatim", [](Texts& texts) { texts[0] = "no design"; }),
               "its design cannot be read"));
    CHECK(says(copies.with_texts("design_verbatim",
                                 [](Texts& texts) {
                                     const std::size_t at = texts[0].find("factorial");
                                     texts[0].replace(at, std::strlen("factorial"), "grid");
                                 }),
               not_as_written));
}

TEST_CASE("the levels that a row says again are read again, and are not missing") {
    const DesignCopies copies("kind: factorial\naxes: {connectivity_demand: [0, 1], bargaining.rivals: [off, on]}\n");
    for (const char* axis : {"connectivity_demand", "bargaining.rivals"})
        CHECK(copies.harmed([&](hid_t file) {
            REQUIRE(H5Ldelete(file, ("/design/row_" + std::string(axis)).c_str(), H5P_DEFAULT) >= 0);
        }) != "whole");
    CHECK(says(copies.harmed([](hid_t file) {
        const char* path = "/design/row_connectivity_demand";
        REQUIRE(H5Ldelete(file, path, H5P_DEFAULT) >= 0);
        REQUIRE(H5Lcreate_hard(file, "/design/base_of_row", file, path, H5P_DEFAULT, H5P_DEFAULT) >= 0);
    }),
               "row_connectivity_demand is of another size or type than its dimension"));
    CHECK(says(copies.with_number("row_connectivity_demand", 1), "is not what level_of_connectivity_demand says"));
    CHECK(says(copies.with_texts("row_bargaining.rivals", [](Texts& texts) { std::swap(texts[0], texts[2]); }),
               "is not what level_of_bargaining.rivals says"));
}

TEST_CASE("a list, whose rows its text does not hold, keeps to what a list can be") {
    const DesignCopies copies("kind: list\nrows: rows.csv\nsmallest_effect: {net_gain: 1}\n");
    CHECK(copies.harmed([](hid_t) {}) == "whole");
    CHECK(says(copies.with_texts("axis_role", [](Texts& roles) { roles[0] = "effect"; }), "an axis that no list has"));
    CHECK(says(copies.with_texts("level_label", [](Texts& labels) { labels[1] = labels[0]; }), "an axis that no list"));
    CHECK(says(copies.with_number("smallest_effect", std::nan("")), not_as_written));
    CHECK(
        says(copies.with_texts("design_verbatim",
                               [](Texts& texts) { texts[0] = "kind: twin\n" + texts[0].substr(texts[0].find('\n')); }),
             "damaged"));
}

TEST_CASE("what a sampled point is there for stands in the text too") {
    const DesignCopies copies(
        "kind: saltelli\npoints: 2\naxes: {placebo: {from: 0, to: 1}, bargaining.rivals: [off, on]}\n");
    CHECK(copies.harmed([](hid_t) {}) == "whole");
    const std::string other = "a sampled point that its text does not say";
    CHECK(says(copies.with_texts("part_of_row", [](Texts& parts) { std::swap(parts[0], parts[1]); }), other));
    CHECK(says(copies.with_texts("part_of_row", [](Texts& parts) { parts[0] = "C"; }), "means nothing"));
    CHECK(says(copies.with_number("moved_axis_of_row", 1), other));
    CHECK(says(copies.with_number("group_of_row", 1), other));
    CHECK(says(copies.with_number("scramble_of_row", 3), other));
    CHECK(says(copies.with_number("step_of_row", 1), other));
    CHECK(says(copies.with_number("point_of_row", 0), "says two things of the point of its row 1"));
    CHECK(says(copies.with_number("point_of_row", -7), "says two things of the point of its row 0"));
    CHECK(copies.harmed([](hid_t file) { REQUIRE(H5Ldelete(file, "/design/group_of_row", H5P_DEFAULT) >= 0); }) !=
          "whole");
    CHECK(copies.with_number("row_placebo", 0.5) != "whole");
}

TEST_CASE("every sampled point has as many rows as there are worlds of the effect") {
    const DesignCopies copies(
        "kind: lhs\npoints: 3\neffect: {connectivity_demand: [0, 1], bargaining.rivals: [off, on]}\n"
        "axes: {placebo: {from: 0, to: 1}}\n");
    CHECK(copies.harmed([](hid_t) {}) == "whole");
    const std::string said = copies.harmed([](hid_t file) {  // the fourth row goes over to the second point
        for (const char* path : {"/design/point_of_row", "/design/group_of_row"}) {
            auto numbers = hdf5::read_counts(file, path);
            REQUIRE(numbers.at(3) + 1 == numbers.at(4));
            ++numbers[3];
            const hdf5::Handle data = hdf5::open_dataset(file, path);
            REQUIRE(H5Dwrite(data, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) >= 0);
        }
    });
    CHECK(says(said, "/design/point_of_row is not what a sample's rows are"));
}

}  // namespace multivector
