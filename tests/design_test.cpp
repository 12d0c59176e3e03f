// Designs: from their files to rows, to result files and back.
#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "answer.hpp"
#include "design_reader.hpp"
#include "input_error.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

const std::filesystem::path baseline = std::filesystem::path(MULTIVECTOR_SOURCE) / "scenarios" / "minimal.yaml";

std::filesystem::path written(const Folder& folder, const std::string& text, const std::string& name = "design.yaml") {
    std::ofstream(folder.path / name) << text;
    return folder.path / name;
}

std::filesystem::path design(const Folder& folder, const std::string& rest) {
    return written(folder, "scenario: " + baseline.string() + "\n" + rest);
}

std::string refusal_in(const Folder& folder, const std::string& rest) {
    try {
        load_design(design(folder, rest));
    } catch (const InputError& error) {
        return std::to_string(error.line()) + ": " + error.message();
    }
    return "accepted";
}

std::string refusal(const std::string& rest) { return refusal_in(Folder(), rest); }

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a factorial crosses its axes, the first changing fastest, and every row gets its assignments") {
    const Folder folder;
    const LoadedDesign loaded = load_design(design(folder,
                                                   "kind: factorial\naxes:\n  connectivity_demand: [0, 1]\n"
                                                   "  rivals:\n    absent: {bargaining.rivals: off}\n    there: {}\n"
                                                   "over: {bargaining.rival_offer: {from: 0, to: 1, points: 3}}\n"));
    const Design& read = loaded.record.design;
    REQUIRE(read.rows.size() == 12);
    CHECK(read.rows[1] == DesignRow{1, 0, 0});
    CHECK(read.label(read.rows[5]) == "connectivity_demand 1, rivals absent, bargaining.rival_offer 0.5");
    CHECK(loaded.record.worlds[5].assignments ==
          std::vector<std::string>{"connectivity_demand=1", "bargaining.rivals=off", "bargaining.rival_offer=0.5"});
    CHECK(loaded.settings[5].scenario.bargaining.rivals == Switch::off);
    CHECK(loaded.settings[7].scenario.bargaining.rival_offer == 0.5);
    CHECK(loaded.settings[7].scenario.bargaining.rivals == Switch::on);
    CHECK(read.axes[0].role == AxisRole::effect);
    CHECK(read.axes[1].role == AxisRole::moderator);
    CHECK(read.axes[2].role == AxisRole::context);
}

TEST_CASE("every design beside the scenarios can run, and validate knows it for a design") {
    int designs = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(MULTIVECTOR_SOURCE) / "scenarios" / "designs")) {
        const Answer valid = answer({"validate", entry.path().string()});
        CHECK_MESSAGE(valid.code == 0, valid.err);
        CHECK(says(valid.out, "a design of"));
        ++designs;
    }
    CHECK(designs >= 4);
}

TEST_CASE("a level that changes no parameter is named, and one that changes some in one row only is not") {
    const Folder folder;
    const LoadedDesign loaded =
        load_design(design(folder,
                           "kind: ablate\nsubsets: all\naxes: {connectivity_demand: [0, 1]}\nmechanisms:\n"
                           "  linkage: {partners.*.linkage: 0}\n  rivals: {bargaining.rivals: off}\n"));
    REQUIRE(loaded.idle.size() == 1);
    CHECK(loaded.idle[0].said(loaded.record.design) == "linkage: off is the same world as on");
    const std::filesystem::path file = design(folder,
                                              "kind: factorial\naxes: {connectivity_demand: [1, 0]}\nover: {scale: "
                                              "{one: {}, none: {partners.*.linkage: 0}}}\n");
    const Answer swept = answer({"sweep", file.string(), "-n", "2", "-o", (folder.path / "idle.h5").string()});
    CHECK(says(swept.err, "note: scale: none is the same world as one in every row"));
}

TEST_CASE("a range keeps its ends to the bit, and the points between read as one would write them") {
    const Folder folder;
    const Design read = read_design(
        design(folder, "kind: grid\naxes:\n  oil_fund_capacity: {from: 0.25, to: 2, points: 4, scale: log}\n"));
    CHECK(read.axes[0].levels.front().label == "0.25");
    CHECK(read.axes[0].levels.back().label == "2");
    CHECK(read.axes[0].levels[1].label == "0.5");
    const Design linear =
        read_design(design(folder, "kind: grid\naxes:\n  oil_fund_capacity: {from: 0, to: 0.5, points: 6}\n"));
    CHECK(linear.axes[0].levels[3].label == "0.3");
}

TEST_CASE("the lines of a table are levels that set all of its columns, numbered from 1") {
    const Folder folder;
    written(folder, "oil_fund_capacity,bargaining.rival_offer\n0.5,0\n2,1\n1,0.25\n", "points.csv");
    const std::string rest = "kind: grid\naxes: {connectivity_demand: [0, 1]}\nover: {point: {rows: ";
    const PlacedDesign placed = read_placed_design(design(folder, rest + "points.csv}}\n"));
    const DesignAxis& point = placed.design.axes.back();
    REQUIRE(point.levels.size() == 3);
    CHECK(point.levels[1].label == "2");
    CHECK(point.levels[2].assignments ==
          std::vector<std::string>{"oil_fund_capacity=1", "bargaining.rival_offer=0.25"});
    CHECK(placed.design.rows.size() == 6);
    CHECK(load_design(design(folder, rest + "points.csv}}\n")).record.worlds.size() == 6);

    CHECK(says(refusal_in(folder, rest + "nothing.csv}}\n"), "nothing.csv: no such file"));
    CHECK(says(refusal_in(folder, rest + "points.csv, from: 1}}\n"), "from"));
    written(folder, "oil_fund_capacity\n1\n", "one.csv");
    CHECK(says(refusal_in(folder, rest + "one.csv}}\n"), "'point' needs two levels at least"));
    written(folder, "oil_fund_capacty\n1\n2\n", "wrong.csv");
    CHECK(says(refusal_in(folder, rest + "wrong.csv}}\n"), "oil_fund_capacity"));
    const std::string result = (folder.path / "points.h5").string();
    design(folder, rest + "points.csv}}\n");
    CHECK(answer({"sweep", (folder.path / "design.yaml").string(), "-n", "2", "-o", result}).code == 0);
    const Answer compared = answer({"compare", result});
    CHECK_MESSAGE(compared.code == 0, compared.err);
    CHECK(says(compared.out, "context  point: 1, 2, 3"));
    // What the result holds of the table must be what a table's lines are.
    const std::string text = "scenario: a.yaml\n" + rest + "points.csv}}\n";
    std::vector<DesignAxis> held = placed.design.axes;
    CHECK(read_design_text(text, "text", held).rows == placed.design.rows);
    held.back().levels[1].assignments.pop_back();
    CHECK_THROWS_WITH_AS(read_design_text(text, "text", held), doctest::Contains("no table's line"), InputError);
    // A text that stands nowhere keeps the axis without its levels, and a level may have the name.
    CHECK(read_design_text("scenario: a.yaml\n" + rest + "points.csv}}\n", "text").rows.empty());
    CHECK(read_design(design(folder, "kind: grid\naxes: {size: {rows: {clock.ticks: 3}, columns: {}}}\n"))
              .axes[0]
              .levels[0]
              .label == "rows");
}

TEST_CASE("mechanisms go off in every combination, or one at a time where that is asked for") {
    const Folder folder;
    const std::string rest =
        "kind: ablate\naxes: {connectivity_demand: [0, 1]}\nmechanisms:\n  rivals: {bargaining.rivals: off}\n"
        "  network: {opinion.network: off}\n  exposure: {learning.exposure: off}\n";
    CHECK(load_design(design(folder, rest + "subsets: single\n")).record.worlds.size() == 8);
    CHECK(load_design(design(folder, rest + "subsets: all\n")).record.worlds.size() == 16);
    CHECK(load_design(design(folder, rest)).record.worlds.size() == 16);
}

TEST_CASE("a placebo is a level of its own beside none, and a list's rows are a file's lines") {
    const Folder folder;
    const Design placebo = read_design(design(
        folder, "kind: placebo\naxes: {connectivity_demand: [0, 1]}\nplacebos:\n  mute: {bargaining.rivals: off}\n"));
    CHECK(placebo.rows.size() == 4);
    CHECK(placebo.axes.back().levels[1].label == "mute");
    written(folder, "connectivity_demand,bargaining.rivals\n0,on\n1,on\n1,off\n", "rows.csv");
    const LoadedDesign list = load_design(design(folder, "kind: list\nrows: rows.csv\n"));
    CHECK(list.record.worlds.size() == 3);
    CHECK(list.settings[2].scenario.bargaining.rivals == Switch::off);
}

TEST_CASE("what is wrong in a design is shown where it stands, with what was meant") {
    CHECK(says(refusal("kind: twin\naxes: [1, 2]\n"), "'axes' must be a mapping of"));
    CHECK(says(refusal("kind: grid\naxes: {connectivity_demand: [1]}\n"),
               "'connectivity_demand' needs two levels at least"));
    CHECK(says(refusal("kind: factorial\naxes:\n  connectivity_demnd: [0, 1]\n"), "4: no parameter"));
    CHECK(says(refusal("kind: factorial\naxes:\n  connectivity_demnd: [0, 1]\n"), "'connectivity_demand'"));
    CHECK(says(refusal("kind: factorial\naxes:\n  connectivity_demand: [0, 99]\n"), "outside 0 to 3"));
    CHECK(says(refusal("kind: factrial\naxes: {connectivity_demand: [0, 1]}\n"), "'factorial'"));
    CHECK(says(refusal("kind: twin\naxes: {connectivity_demand: [0, 1, 2]}\n"), "two levels in this kind"));
    CHECK(says(refusal("kind: twin\naxes: {connectivity_demand: [0, 1], oil_fund_capacity: [0, 1]}\n"), "one axis"));
    CHECK(says(refusal("kind: twin\naxes: {connectivity_demand: 1}\n"), "needs a list of values"));
    CHECK(says(refusal("kind: twin\naxes: {connectivity_demand: [1, 1]}\n"), "already"));
    CHECK(says(refusal("kind: twin\n"), "axes"));
    CHECK(says(refusal("kind: twin\naxis: {connectivity_demand: [0, 1]}\n"), "'axes'"));
    CHECK(says(refusal("kind: grid\naxes: {clock.ticks: [10, 20]}\n"), "another clock"));
    CHECK(says(refusal("kind: grid\naxes: {scenario: [a.yaml, b.yaml]}\n"), "no such file"));
    CHECK(says(refusal("kind: grid\naxes:\n  connectivity_demand: [0, 1]\n  d: {x: {connectivity_demand: 1}, y: {}}\n"),
               "5: "));
    CHECK(says(refusal("kind: grid\nreplications: 0\naxes: {connectivity_demand: [0, 1]}\n"), "replications"));
    CHECK(says(refusal("kind: list\nrows: missing.csv\n"), "no such file"));
    const std::string wide = "{from: 0, to: 1, points: 1000}";
    CHECK(says(refusal("kind: grid\naxes: {connectivity_demand: " + wide + ", oil_fund_capacity: " + wide +
                       ", bargaining.rival_offer: " + wide + ", bargaining.waiting: " + wide + "}\n"),
               "more than a billion rows"));
    CHECK(says(refusal("kind: twin\naxes: {connectivity_demand: [\"0\\n\", 1]}\n"), "line's end"));
    CHECK(says(refusal("kind: twin\naxes: {a/b: {x: {}, y: {connectivity_demand: 0}}}\n"), "without '/'"));
    CHECK(says(refusal("kind: twin\naxes: {connectivity_demand: [0, 1]}\nsmallest_effect: {net_gian: 1}\n"),
               "'net_gain'"));
    CHECK(says(refusal("kind: ablate\naxes: {connectivity_demand: [0, 1], bargaining.rivals: [off, on]}\n"
                       "mechanisms: {exposure: {learning.exposure: off}}\n"),
               "one axis"));
    CHECK(says(refusal("kind: grid\naxes:\n  a: {x: {}, y: {scenario: " + baseline.string() +
                       "}}\n  b: {x: {}, y: {scenario: " + baseline.string() + "}}\n"),
               "names a scenario already"));
    CHECK(says(refusal("kind: grid\naxes: {oil_fund_capacity: {from: 0, to: 1, scale: log}}\n"), "above 0"));
}

TEST_CASE(
    "a design's file holds every row with the luck that the row alone would have, and all that it needs to rerun") {
    const Folder folder;
    const std::string text =
        "kind: factorial\nreplications: 3\nseed: 12\ntitle: small\naxes:\n  connectivity_demand: [0, 1]\n"
        "  bargaining.rivals: [off, on]\nsmallest_effect: {net_gain: 0.5}\n";
    const auto file = design(folder, text);
    const Answer swept = answer({"sweep", file.string(), "-o", (folder.path / "r.h5").string(), "--quiet"});
    REQUIRE(swept.code == 0);
    const ResultFile result(folder.path / "r.h5");
    REQUIRE(result.design());
    const LoadedDesign loaded = load_design(file);
    const DesignRecord& record = *result.design();
    CHECK(result.rows() == 4);
    CHECK(result.seed() == 12);
    CHECK(result.replications() == std::vector<std::int32_t>{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2});
    CHECK(record.design.rows == loaded.record.design.rows);
    CHECK(record.design.kind == DesignKind::factorial);
    CHECK(record.design.smallest_effect.at("net_gain") == 0.5);
    CHECK(record.verbatim == loaded.record.verbatim);
    for (std::size_t a = 0; a < record.design.axes.size(); ++a) {
        CHECK(record.design.axes[a].name == loaded.record.design.axes[a].name);
        CHECK(record.design.axes[a].role == loaded.record.design.axes[a].role);
        for (std::size_t l = 0; l < record.design.axes[a].levels.size(); ++l)
            CHECK(record.design.axes[a].levels[l].assignments == loaded.record.design.axes[a].levels[l].assignments);
    }
    const SummaryVariable gain = result.read("net_gain");
    for (std::size_t row = 0; row < 4; ++row)
        for (std::uint32_t replication = 0; replication < 3; ++replication) {
            World world;
            Realization alone;
            run_realization(world, loaded.settings[row], 12, replication, Record::summary, alone);
            const auto& observable = *std::find_if(observables.begin(), observables.end(),
                                                   [](const Observable& o) { return o.name == "net_gain"; });
            CHECK(gain.at(replication * 4 + row, 0) == alone.summary.value(observable));
        }
    const Answer rerun = answer({"rerun", (folder.path / "r.h5").string(), "--quiet"});
    CHECK(rerun.code == 0);
    CHECK(says(rerun.out, "bit-identical"));
    CHECK(answer({"verify", (folder.path / "r.h5").string()}).code == 0);
}

TEST_CASE("a sweep to a precision writes as many replications as it says, the same ones that a count would give") {
    const Folder folder;
    const auto file = design(folder, "kind: twin\naxes: {connectivity_demand: [0, 1]}\n");
    const std::string precise = (folder.path / "p.h5").string(), counted = (folder.path / "c.h5").string();
    const Answer swept = answer({"sweep", file.string(), "-o", precise, "--quiet", "--precision", "2"});
    REQUIRE_MESSAGE(swept.code == 0, swept.err);
    const ResultFile result(precise);
    const std::size_t n = result.replications().size() / 2;
    CHECK(n >= 25);
    CHECK(says(swept.out, std::to_string(n) + " replications: the widest of 1 contrasts of net_gain"));
    REQUIRE(answer({"sweep", file.string(), "-o", counted, "--quiet", "-n", std::to_string(n)}).code == 0);
    CHECK(result.read("net_gain").values == ResultFile(counted).read("net_gain").values);
    CHECK(answer({"sweep", file.string(), "--precision", "0"}).code == 2);
    CHECK(answer({"sweep", file.string(), "--precision", "1", "-n", "3"}).code == 2);
}

TEST_CASE("worlds with other actors share a file: what a world does not have is missing there") {
    const Folder folder;
    written(folder, "extends: " + baseline.string() + "\npartners: {Newcomer: {new: yes}}\n", "more.yaml");
    const auto file =
        design(folder, "kind: twin\nreplications: 2\naxes: {scenario: [" + baseline.string() + ", more.yaml]}\n");
    REQUIRE(
        answer({"sweep", file.string(), "-o", (folder.path / "r.h5").string(), "--quiet", "--record", "full"}).code ==
        0);
    const ResultFile result(folder.path / "r.h5");
    const SummaryVariable gains = result.read("net_gain_by_partner");
    const std::size_t newcomer = gains.labels.size() - 1;
    CHECK(gains.labels.back() == "Newcomer");
    CHECK(std::isnan(gains.at(0, newcomer)));
    CHECK(!std::isnan(gains.at(1, newcomer)));
    CHECK(answer({"rerun", (folder.path / "r.h5").string(), "--quiet"}).code == 0);
    CHECK(answer({"export", (folder.path / "r.h5").string(), "--csv", "-o", (folder.path / "csv").string(), "--quiet"})
              .code == 0);
}

TEST_CASE("compare reads a design's file in every format, and refuses one world alone") {
    const Folder folder;
    const auto file = design(folder,
                             "kind: factorial\nreplications: 5\naxes:\n  connectivity_demand: [0, 1]\n"
                             "  bargaining.rivals: [off, on]\nsmallest_effect: {net_gain: 1}\n");
    const std::string result = (folder.path / "r.h5").string();
    REQUIRE(answer({"sweep", file.string(), "-o", result, "--quiet"}).code == 0);
    const Answer text = answer({"compare", result});
    CHECK(text.code == 0);
    CHECK(says(text.out, "amplification of the effect of connectivity_demand 0 to 1 by bargaining.rivals off to on"));
    CHECK(says(text.out, "- Moving connectivity_demand 0 to 1, in 2 settings: net_gain "));
    CHECK(says(text.out,
               "- When bargaining.rivals goes from off to on, the effect of connectivity_demand 0 to 1 on net_gain "));
    CHECK(says(text.out, "connectivity_demand 1, bargaining.rivals off"));  // the means of the worlds
    const std::string json = answer({"compare", result, "--format", "json"}).out;
    CHECK(says(json, "\"p_holm\": null"));
    CHECK(says(json, "\"words\": [\"Moving connectivity_demand 0 to 1"));
    for (const char* format : {"json", "markdown", "csv"}) {
        const Answer said = answer({"compare", result, "--format", format});
        CHECK(said.code == 0);
        CHECK(says(said.out, "amplification"));
        CHECK(!says(said.out, "nan"));
    }
    CHECK(answer({"compare", result, "--variables", "net_gian"}).code == 2);
    write_result(folder.path / "one.h5", prepare(small_scenario()), small_origin());
    CHECK(answer({"compare", (folder.path / "one.h5").string()}).code == 2);
    const Answer mixed = answer({"compare", result, (folder.path / "one.h5").string()});
    CHECK(mixed.code == 2);
    CHECK(says(mixed.err, "holds the 4 worlds of a design"));
}

}  // namespace multivector
