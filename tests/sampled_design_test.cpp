// Designs that sample a space: from their files to rows, to result files and back.
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "answer.hpp"
#include "contrasts.hpp"
#include "csv.hpp"
#include "design_reader.hpp"
#include "hdf5_along.hpp"
#include "input_error.hpp"
#include "math.hpp"
#include "recorded_result.hpp"
#include "sha256.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

const fs::path baseline = fs::path(MULTIVECTOR_SOURCE) / "scenarios" / "minimal.yaml";

fs::path design(const Folder& folder, const std::string& rest) {
    std::ofstream(folder.path / "brief.yaml") << "extends: " + baseline.string() + "\nclock: {ticks: 4}\n";
    std::ofstream(folder.path / "design.yaml") << "scenario: brief.yaml\n" + rest;
    return folder.path / "design.yaml";
}

LoadedDesign loaded(const std::string& rest) {
    const Folder folder;
    return load_design(design(folder, rest));
}

/// Line, column and message.
std::string refusal(const std::string& rest) {
    try {
        loaded(rest);
    } catch (const InputError& error) {
        return std::to_string(error.line()) + ":" + std::to_string(error.column()) + ": " + error.message();
    }
    return "accepted";
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

double number(const Design& design, std::size_t row, std::size_t axis) {
    return *parse_number(design.axes[axis].levels[design.rows[row][axis]].label);
}

const std::string axes =
    "axes:\n  bargaining.rival_offer: {from: 0.2, to: 0.8}\n  oil_fund_capacity: {from: 0.25, to: 2, scale: log}\n"
    "  bargaining.solution: [nash, kalai_smorodinsky]\n";
const std::string effect = "effect:\n  connectivity_demand: [0, 1]\n  bargaining.rivals: [off, on]\n";

}  // namespace

TEST_CASE("every point of a sample is crossed with the worlds of the effect, which change fastest") {
    const LoadedDesign with = loaded("kind: sobol\npoints: 8\n" + effect + axes);
    const Design& read = with.record.design;
    REQUIRE(read.rows.size() == 32);
    REQUIRE(read.points.size() == 8);
    CHECK(read.rows_of_point() == 4);
    CHECK(read.axes[0].role == AxisRole::effect);
    CHECK(read.axes[1].role == AxisRole::moderator);
    for (std::size_t axis = 2; axis < 5; ++axis) CHECK(read.axes[axis].role == AxisRole::sampled);
    for (std::size_t row = 0; row < 32; ++row) {
        CHECK(read.rows[row][0] == row % 2);
        CHECK(read.rows[row][1] == row / 2 % 2);
        for (std::size_t axis = 2; axis < 5; ++axis) CHECK(read.rows[row][axis] == read.rows[row / 4 * 4][axis]);
        CHECK(with.settings[row].scenario.bargaining.rival_offer == number(read, row, 2));
        CHECK(with.settings[row].scenario.headline.oil_fund_capacity == number(read, row, 3));
    }
    const Design alone = loaded("kind: sobol\npoints: 8\n" + axes).record.design;
    REQUIRE(alone.rows.size() == 8);
    for (std::size_t row = 0; row < 8; ++row) CHECK(number(alone, row, 0) == number(read, 4 * row, 2));
}

TEST_CASE("a sample lies in its ranges, on a log scale evenly in the logarithm, and halves its choices") {
    const Design read = loaded("kind: lhs\npoints: 40\n" + axes).record.design;
    std::set<int> linear, log;
    std::size_t nash = 0;
    for (std::size_t row = 0; row < 40; ++row) {
        linear.insert(static_cast<int>((number(read, row, 0) - 0.2) / 0.6 * 40));
        log.insert(static_cast<int>(std::log(number(read, row, 1) / 0.25) / std::log(8) * 40));
        nash += read.rows[row][2] == 0;
    }
    CHECK(linear.size() == 40);
    CHECK(*linear.begin() == 0);
    CHECK(*linear.rbegin() == 39);
    CHECK(log.size() == 40);
    CHECK(nash == 20);
}

TEST_CASE("trajectories reach the ends of ranges to the bit") {
    const Design read = loaded("kind: morris\ntrajectories: 12\nlevels: 4\n" + axes).record.design;
    REQUIRE(read.rows.size() == 12 * 4);
    std::set<std::string> offers, funds;
    for (const DesignLevel& level : read.axes[0].levels) offers.insert(level.label);
    for (const DesignLevel& level : read.axes[1].levels) funds.insert(level.label);
    CHECK(offers == std::set<std::string>{"0.2", "0.4", "0.6", "0.8"});
    CHECK(funds == std::set<std::string>{"0.25", "0.5", "1", "2"});
    CHECK(loaded("kind: morris\n" + axes).record.design.points.size() == 20 * 4);
}

TEST_CASE("the design's own seed fixes its points, and --seed only the luck") {
    const std::string rest = "kind: lhs\npoints: 5\nreplications: 1\n" + axes;
    const Design one = loaded("seed: 1\n" + rest).record.design, two = loaded("seed: 2\n" + rest).record.design;
    CHECK(one.axes != two.axes);
    const Folder folder;
    const fs::path file = design(folder, "seed: 1\n" + rest);
    const std::string result = (folder.path / "r.h5").string();
    REQUIRE(answer({"sweep", file.string(), "-o", result, "--quiet", "--seed", "77"}).code == 0);
    CHECK(ResultFile(result).design()->design.axes == one.axes);
    CHECK(ResultFile(result).seed() == 77);
}

TEST_CASE("what every row is there for is in the result, which reruns, compares and exports by itself") {
    for (const std::string head : {"kind: lhs\npoints: 3\n", "kind: sobol\npoints: 2\nscrambles: 2\n",
                                   "kind: morris\ntrajectories: 2\n", "kind: saltelli\npoints: 2\n"}) {
        CAPTURE(head);
        const Folder folder;
        const fs::path file = design(folder, head + "replications: 2\n" + effect + axes);
        const std::string result = (folder.path / "r.h5").string();
        REQUIRE(answer({"sweep", file.string(), "-o", result, "--quiet"}).code == 0);
        const Design expected = load_design(file).record.design;
        for (const char* name : {"design.yaml", "brief.yaml"}) fs::remove(folder.path / name);
        const ResultFile read(result);
        const Design& held = read.design()->design;
        CHECK(held.rows == expected.rows);
        REQUIRE(held.points.size() == expected.points.size());
        for (std::size_t i = 0; i < held.points.size(); ++i) CHECK(held.points[i].same(expected.points[i]));
        const auto point_of = hdf5::read_counts(read.id(), "/design/point_of_row");
        for (std::size_t row = 0; row < point_of.size(); ++row)
            CHECK(point_of[row] == static_cast<std::int32_t>(row / 4));
        CHECK(says(answer({"rerun", result, "--quiet"}).out, "bit-identical"));
        const Answer compared = answer({"compare", result, "--format", "csv"});
        CHECK(compared.code == 0);
        CHECK(says(compared.out, "amplification"));
        const Answer text = answer({"compare", result});
        CHECK(says(text.out, "bargaining.rivals"));
        CHECK(says(text.out, " points: those of each stand in the other formats"));
        const fs::path csv = folder.path / "csv";
        CHECK(answer({"export", result, "--csv", "-o", csv.string(), "--quiet"}).code == 0);
        CHECK(read_csv(csv / "design.csv").rows.size() == expected.rows.size());
    }
}

TEST_CASE("a point's contrasts are those of its own worlds") {
    const Folder folder;
    const fs::path file = design(folder, "kind: lhs\npoints: 3\nreplications: 4\n" + effect + axes);
    const std::string result = (folder.path / "r.h5").string();
    REQUIRE(answer({"sweep", file.string(), "-o", result, "--quiet"}).code == 0);
    const ResultFile read(result);
    const SummaryVariable gain = read.read("net_gain");
    std::size_t amplifications = 0;
    for (const Contrast& contrast : contrasts_of(read.design()->design)) {
        if (contrast.quantity != Quantity::amplification) continue;
        const std::size_t point = amplifications++;
        std::map<std::size_t, double> weights(contrast.rows.begin(), contrast.rows.end());
        CHECK(weights == std::map<std::size_t, double>{
                             {4 * point, 1}, {4 * point + 1, -1}, {4 * point + 2, -1}, {4 * point + 3, 1}});
    }
    CHECK(amplifications == 3);
}

TEST_CASE("compare names a sampled axis by where its values lie, and by each value where they are few") {
    const Folder folder;
    const std::string result = (folder.path / "r.h5").string();
    const fs::path file = design(folder, "kind: morris\nlevels: 14\ntrajectories: 40\nreplications: 1\n" + axes);
    REQUIRE(answer({"sweep", file.string(), "-o", result, "--quiet"}).code == 0);
    const std::string said = answer({"compare", result}).out;
    CHECK(says(said, "  sampled  bargaining.rival_offer: 14 values from 0.2 to 0.8\n"));
    CHECK(says(said, "  sampled  oil_fund_capacity: 14 values from 0.25 to 2\n"));
    CHECK(says(said, "  sampled  bargaining.solution: nash, kalai_smorodinsky\n"));
}

TEST_CASE("a sample without an effect says that nothing is compared, and who knows more") {
    const Folder folder;
    const std::string result = (folder.path / "r.h5").string();
    const fs::path file = design(folder, "kind: saltelli\npoints: 2\nreplications: 1\n" + axes);
    REQUIRE(answer({"sweep", file.string(), "-o", result, "--quiet"}).code == 0);
    const Answer said = answer({"compare", result});
    CHECK(said.code == 0);
    CHECK(says(said.out, "analysis/sensitivity.py"));
}

TEST_CASE("what is wrong with a sample is shown where it stands") {
    CHECK(says(refusal("kind: lhs\n" + axes), "1:1: 'design' needs the key 'points'"));
    CHECK(says(refusal("kind: lhs\npoints: 1\n" + axes), "3:9: "));
    CHECK(says(refusal("kind: saltelli\npoints: 200\n" + axes), "3:9: points: 200 is no power of two"));
    CHECK(says(refusal("kind: saltelli\npoints: 200\n" + axes), "take 128 or 256"));
    CHECK(says(refusal("kind: sobol\npoint: 8\n" + axes), "the nearest valid key is 'points'"));
    CHECK(says(refusal("kind: lhs\npoints: 8\nscrambles: 2\n" + axes), "unknown key 'scrambles'"));
    CHECK(says(refusal("kind: lhs\npoints: 8\nover: {placebo: [0, 1]}\n" + axes), "a sample has no 'over'"));
    CHECK(says(refusal("kind: morris\nlevels: 5\n" + axes), "3:9: 'levels' must be even"));
    CHECK(says(refusal("kind: morris\npoints: 9\n" + axes), "has 'trajectories', not 'points'"));
    CHECK(says(refusal("kind: morris\ntrajectories: 1\n" + axes), "3:15: "));
    const std::string head = "kind: lhs\npoints: 4\naxes:\n";
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 2, to: 1}\n"), "5:29: "));
    CHECK(
        says(refusal(head + "  oil_fund_capacity: {from: 2, to: 1}\n"), "sampled from 2 to 1; from must be below to"));
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 0, to: 1, scale: log}\n"), "5:29: "));
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 0, to: 1, scale: log}\n"), "above 0"));
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 0, to: 1, scale: lug}\n"), "the nearest"));
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 0, too: 1}\n"), "the nearest valid key is 'to'"));
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 0, to: 1, points: 3}\n"),
               "'points' stands once, beside 'axes'"));
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 0, to: 99}\n"), "5:36: "));
    CHECK(says(refusal(head + "  oil_fund_capacity: {from: 0, to: 99}\n"), "outside 0 to 3"));
    CHECK(says(refusal(head + "  oil_fund_capacty: {from: 0, to: 1}\n"), "'oil_fund_capacity'"));
    CHECK(says(refusal(head + "  bargaining.solution: {from: nash, to: shapley}\n"),
               "choices are a list: [nash, shapley]"));
    CHECK(says(refusal(head + "  bargaining.solution: {from: 0, to: 1}\n"), "must be one of nash"));
    CHECK(says(refusal(head + "  bargaining.solution: {scale: log}\n"), "needs the key 'from'"));
    CHECK(says(refusal(head + "  bargaining.solution: [nash, nsah]\n"), "the nearest is 'nash'"));
    CHECK(says(refusal(head + "  bargaining.solution: [nash]\n"), "needs two levels at least"));
    CHECK(says(refusal(head + "  clock.ticks: {from: 4, to: 9}\n"), "whole numbers are a list: [1, 2, 3]"));
    CHECK(says(refusal(head + "  placebo: {from: 0, to: 1}\neffect: {placebo: [0, 1]}\n"), "is an axis already"));
    CHECK(says(refusal("kind: saltelli\npoints: 65536\n" + effect + axes), "at most 100000 are allowed"));
    CHECK(says(refusal(head + "  placebo: {from: 0, to: 1}\neffect: {a: {x: {}, y: {bargaining.waiting: 0}}}\n"),
               "accepted"));
}

TEST_CASE("points that are no power of two are advised against, not refused, where Sobol's sequence is all there is") {
    CHECK(loaded("kind: sobol\npoints: 12\n" + axes).notes.size() == 1);
    CHECK(loaded("kind: sobol\npoints: 16\n" + axes).notes.empty());
    const Folder folder;
    CHECK(says(answer({"validate", design(folder, "kind: sobol\npoints: 12\n" + axes).string()}).err,
               "note: points: 12 is no power of two"));
}

TEST_CASE("validate says how many points, worlds and runs there are, and estimates time and size") {
    const Folder folder;
    const Answer said = answer(
        {"validate",
         design(folder, "kind: saltelli\npoints: 4\nscrambles: 2\nreplications: 30\n" + effect + axes).string()});
    REQUIRE_MESSAGE(said.code == 0, said.err);
    CHECK(says(said.out, "a design of 160 worlds"));
    CHECK(
        says(said.out, "points   40: 4 pairs A and B, and A with each column of B, in each of 2 scrambles; 4 worlds"));
    CHECK(says(said.out, "runs     4800: 160 worlds, 30 replications of each"));
    CHECK(says(said.out, "an estimate, from "));
    CHECK(says(said.out, " with --record summary, "));
    CHECK(
        says(answer({"validate", design(folder, "kind: lhs\npoints: 100\nreplications: 200000\n" + axes).string()}).out,
             "too many for one file, which holds 10000000: at most -n 100000"));
}

TEST_CASE("a row made in place is the row that reading its assignments gives, whatever came before it") {
    const BaseScenario base = [] {
        const Folder folder;
        const fs::path file = fs::path(MULTIVECTOR_SOURCE) / "scenarios" / "kazakhstan.yaml";
        const LoadedScenario scenario = load_scenario(file, {});
        return BaseScenario{file.string(), scenario.verbatim, scenario.resolved};
    }();
    RowMaker maker(base.resolved, base.name);
    const std::vector<std::vector<std::string>> rows{
        {},
        {"connectivity_demand=0.5", "bargaining.rivals=off"},
        {"partners.*.rival_response=-0.25", "partners.China.connectivity.credit.scale=0.05"},
        {"oil.price.scale=0.5"},
        {"partners.Russia.connectivity.credit.shape=constant", "partners.Russia.connectivity.credit.level=0.1"},
        {"regions.*.capacity=0.3", "bargaining.solution=shapley"},
        {"partners.China.connectivity.credit.scale=0.05", "partners.China.present=off"},
        {"connectivity_demand=0.5", "bargaining.rivals=off"},
        {}};
    for (const auto& row : rows) {
        const LoadedScenario expected = load_row(base, row);
        const MadeRow made = maker.make(row);
        CHECK(made.resolved_sha256 == sha256(expected.resolved));
        Realization one, other;
        World world;
        run_realization(world, made.setting, 3, 0, Record::summary, one);
        run_realization(world, prepare(expected.scenario), 3, 0, Record::summary, other);
        for (const Observable& observable : observables)
            CHECK(to_bits(one.summary.value(observable)) == to_bits(other.summary.value(observable)));
    }
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"connectivity_demand=9"},
                                                  {"conectivity_demand=1"},
                                                  {"oil.price.level=3"},
                                                  {"oil.price=70"},
                                                  {"economy.growth=0.2", "clock.ticks=100000"},
                                                  {"connectivity_demand=1", "connectivity_demand=2"}}) {
        std::string expected;
        try {
            load_row(base, wrong);
        } catch (const InputError& error) {
            expected = error.what();
        }
        CHECK(!expected.empty());
        CHECK_THROWS_WITH_AS(maker.make(wrong), expected.c_str(), InputError);
    }
    CHECK(maker.make({}).resolved_sha256 == sha256(load_row(base, {}).resolved));
}

}  // namespace multivector
