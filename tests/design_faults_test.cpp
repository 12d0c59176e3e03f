// What is wrong with a design beyond its spelling: axes that contradict each other, levels that do nothing, names.
#include <doctest/doctest.h>

#include <fstream>

#include "answer.hpp"
#include "design_reader.hpp"
#include "input_error.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

const fs::path baseline = fs::path(MULTIVECTOR_SOURCE) / "scenarios" / "minimal.yaml";

fs::path written(const Folder& folder, const std::string& name, const std::string& text) {
    fs::create_directories((folder.path / name).parent_path());
    std::ofstream(folder.path / name) << text;
    return folder.path / name;
}

LoadedDesign loaded(const Folder& folder, const std::string& rest) {
    return load_design(written(folder, "design.yaml", "scenario: " + baseline.string() + "\n" + rest));
}

/// Line and message.
std::string refusal(const std::string& rest) {
    const Folder folder;
    try {
        loaded(folder, rest);
    } catch (const InputError& error) {
        return std::to_string(error.line()) + ": " + error.message();
    }
    return "accepted";
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("two axes that set the same parameter are refused, through stars and short forms of a path too") {
    const std::string first = refusal(
        "kind: grid\naxes:\n  resp: {a: {partners.West.rival_response: .1}, b: {partners.West.rival_response: .3}}\n"
        "  partners.*.rival_response: [0, .5]\n");
    CHECK(says(first, "5: 'partners.West.rival_response' is set twice; first by the axis 'resp' (in the row resp a"));
    CHECK(says(
        refusal("kind: grid\naxes:\n  partners.*.rival_response: [0, .5]\n  partners.West.rival_response: [0, .5]\n"),
        "is set twice; first by the axis 'partners.*.rival_response'"));
    CHECK(says(refusal("kind: grid\naxes:\n  partners.*.sectors.mines.interest: [0, .5]\n"
                       "  partners.West.sectors.*.interest: [0, 1]\n"),
               "'partners.West.sectors.mines.interest' is set twice"));
    CHECK(says(refusal("kind: grid\naxes:\n  oil.price: [1, 2]\n  oil.price.level: [1, 3]\n"),
               "'oil.price.level' is set twice"));
    CHECK(says(refusal("kind: grid\naxes:\n  oil.price.shape: [constant, step]\n  oil.price: [1, 3]\n"),
               "'oil.price.shape' is set twice"));
    CHECK(says(
        refusal(
            "kind: ablate\naxes: {partners.West.linkage: [0, 1]}\nmechanisms: {linkage: {partners.*.linkage: 0}}\n"),
        "first by the axis 'partners.West.linkage'"));
}

TEST_CASE("stars that meet nobody's key are no clash, nor is a level that goes from all to one") {
    CHECK(
        refusal(
            "kind: grid\naxes:\n  partners.East.rival_response: [0, .5]\n  partners.West.rival_response: [0, .5]\n") ==
        "accepted");
    CHECK(refusal("kind: grid\naxes:\n  resp:\n    all: {}\n"
                  "    but one: {partners.*.rival_response: .5, partners.West.rival_response: 0}\n") == "accepted");
}

TEST_CASE("levels of an effect or a moderator that are the same world everywhere are refused where they stand") {
    CHECK(says(refusal("kind: twin\naxes:\n  connectivity_demand: [1, 1.0]\n"),
               "4: connectivity_demand: 1.0 is the same world as 1 in every row"));
    CHECK(says(refusal("kind: grid\naxes: {connectivity_demand: [0, 1, 0.5, 1.0]}\n"), "1.0 is the same world as 1"));
    CHECK(says(refusal("kind: factorial\naxes:\n  connectivity_demand: [0, 1]\n"
                       "  linkage: {none: {partners.*.linkage: 0}, default: {}}\n"),
               "linkage: default is the same world as none"));
    CHECK(refusal("kind: twin\naxes: {placebo: [0, 1]}\n") == "accepted");
}

TEST_CASE("levels of a context that are the same world are only named, and so is a level that repeats a later one") {
    const Folder folder;
    const LoadedDesign design = loaded(folder,
                                       "kind: factorial\naxes: {connectivity_demand: [0, 1]}\nover:\n"
                                       "  bargaining.rival_offer: [0, 0.5, 0.50, 1]\n");
    REQUIRE(design.idle.size() == 1);
    CHECK(design.idle[0].said(design.record.design) == "bargaining.rival_offer: 0.50 is the same world as 0.5");
}

TEST_CASE("scenarios are called by their file, and by as much of its path as tells them apart") {
    CHECK(scenario_labels({"a/world.yaml", "b/world.yaml", "b/other.yaml"}) ==
          std::vector<std::string>{"a/world", "b/world", "other"});
    CHECK(scenario_labels({"x/a/w.yaml", "y/a/w.yaml", "y/b/w.yaml"}) ==
          std::vector<std::string>{"x/a/w", "y/a/w", "b/w"});
    CHECK(scenario_labels({"w.yaml", "w.yml", "w"}) == std::vector<std::string>{"w.yaml", "w.yml", "w"});
    CHECK(scenario_labels({"./w.yaml", "w.yaml", "../w.yaml"}) ==
          std::vector<std::string>{"./w.yaml", "w.yaml", "../w"});
    CHECK(scenario_labels({"w.yaml", "w.yaml"}) == std::vector<std::string>{"w", "w"});
}

TEST_CASE("a list names scenarios in other folders, two of one name too, and its file reads back") {
    const Folder folder;
    for (const char* world : {"a/world", "b/world", "b/other"})
        written(folder, std::string(world) + ".yaml", "extends: " + baseline.string() + "\n");
    written(folder, "rows.csv",
            "scenario,connectivity_demand\na/world.yaml,0\nb/world.yaml,1\nb/other.yaml,1\na/world.yaml,1\n");
    const LoadedDesign design = loaded(folder, "kind: list\nreplications: 2\nrows: rows.csv\n");
    const DesignAxis& axis = design.record.design.axes[0];
    REQUIRE(axis.levels.size() == 3);
    CHECK(axis.levels[0].label == "a/world");
    CHECK(axis.levels[1].label == "b/world");
    CHECK(axis.levels[2].label == "other");
    CHECK(axis.levels[1].scenario == "b/world.yaml");
    CHECK(design.record.design.rows[3] == DesignRow{0, 1});
    const std::string result = (folder.path / "r.h5").string();
    const Answer swept = answer({"sweep", (folder.path / "design.yaml").string(), "-o", result, "--quiet"});
    REQUIRE_MESSAGE(swept.code == 0, swept.err);
    CHECK(ResultFile(result).design()->design.axes == design.record.design.axes);
    CHECK(answer({"rerun", result, "--quiet"}).code == 0);
    CHECK(says(refusal("kind: list\nrows: missing.csv\n"), "no such file"));
}

TEST_CASE("an axis of scenarios takes files of one name from two folders") {
    const Folder folder;
    written(folder, "a/world.yaml", "extends: " + baseline.string() + "\n");
    written(folder, "b/world.yaml", "extends: " + baseline.string() + "\nbargaining: {rivals: off}\n");
    const LoadedDesign design = loaded(folder, "kind: twin\naxes: {scenario: [a/world.yaml, b/world.yaml]}\n");
    CHECK(design.record.design.label({1}) == "scenario b/world");
}

TEST_CASE("a level's label has its limits, and so have levels and axes") {
    const auto refused = [](const std::string& axes) {
        try {
            read_design_text("scenario: s.yaml\nkind: grid\naxes: {" + axes + "}\n", "text");
        } catch (const InputError& error) {
            return error.message();
        }
        return std::string("accepted");
    };
    CHECK(refused("x: {a/b: {}, c: {fund.floor: 0}}") == "accepted");
    CHECK(says(refused("x: {\"a\\tb\": {}, c: {fund.floor: 0}}"), "a level is a text of 1 to 64 bytes"));
    CHECK(says(refused("x: {" + std::string(65, 'a') + ": {}, c: {fund.floor: 0}}"), "a level is a text"));
    std::string levels, axes;
    for (int i = 0; i <= 20000; ++i) levels += (i > 0 ? ", " : "") + std::to_string(i);
    for (int i = 0; i <= 256; ++i) axes += (i > 0 ? ", " : "") + ("x" + std::to_string(i)) + ": [0, 1]";
    CHECK(says(refused("x: [" + levels + "]"), "an axis has at most 20000 levels"));
    CHECK(says(refused(axes), "a design has at most 256 axes"));
    const Folder folder;
    written(folder, "rows.csv", "connectivity_demand,bargaining.rivals\n0,\n1,on\n");
    CHECK_THROWS_WITH_AS(loaded(folder, "kind: list\nrows: rows.csv\n"), doctest::Contains("a level is a text"),
                         InputError);
}

TEST_CASE("a smallest effect is of a measure or of an actor's entry of one, and above 0") {
    const auto refused = [](const std::string& effects) {
        return refusal("kind: twin\naxes: {connectivity_demand: [0, 1]}\nsmallest_effect:\n  " + effects + "\n");
    };
    CHECK(refused("net_gain: 2") == "accepted");
    CHECK(refused("net_gain_by_partner.West: 2") == "accepted");
    CHECK(refused("exports_by_sector.mines: 2") == "accepted");
    CHECK(refused("partner_loss_by_partner.West: 0.1") == "accepted");
    CHECK(says(refused("net_gain_by_partner.Nobody: 2"), "5: no world of the design has an actor 'Nobody'"));
    CHECK(says(refused("net_gain_by_partner.Wst: 2"), "'West'"));
    CHECK(says(refused("exports_by_sector.West: 2"), "no world of the design has an actor 'West'"));
    CHECK(says(refused("net_gain.foo: 3"), "'net_gain' is one number; it has no entry 'foo'"));
    CHECK(says(refused("net_gain_by_partner: 3"), "has a value for each partner; say which"));
    CHECK(says(refused("surplus_share: 0"), "5: 'smallest_effect.surplus_share' must be a number above 0"));
    CHECK(says(refused("surplus_share: -1"), "above 0"));
    CHECK(says(refused("surplus_share: nan"), "above 0"));
    CHECK(says(refused("surplus_share: [1]"), "surplus_share"));
    CHECK(says(refused("[net_gain]"), "smallest_effect"));
}

}  // namespace multivector
