// Scenario files, CSV files, --set and describe: what good input means.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <sstream>

#include "counterfactuals.hpp"
#include "describe.hpp"
#include "input_folder.hpp"
#include "log.hpp"
#include "nearest.hpp"

using namespace multivector;

namespace {

template <class Pairs>
void append(std::vector<double>& numbers, const Pairs& pairs) {
    for (const auto& [first, second] : pairs) {
        numbers.push_back(static_cast<double>(first));
        numbers.push_back(static_cast<double>(second));
    }
}

/// Every number of a scenario by its full key, and every point of its paths.
std::map<std::string, std::vector<double>> numbers_of(Scenario scenario) {
    std::map<std::string, std::vector<double>> numbers;
    Place places = make_places(scenario);
    for_each_field(places, [&](const std::string& key, Place& place, Field& field) {
        numbers[key] = {field.read()};
        if (!place.path || field.key != "shape") return;
        append(numbers[place.key + ".record"], place.path->record);
        append(numbers[place.key + ".points"], place.path->points);
    });
    append(numbers["borders"], scenario.borders);
    return numbers;
}

bool identical(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

bool same_bits(const Scenario& a, const Scenario& b) {
    const auto left = numbers_of(a), right = numbers_of(b);
    if (a.title != b.title || left.size() != right.size()) return false;
    for (auto x = left.begin(), y = right.begin(); x != left.end(); ++x, ++y)
        if (x->first != y->first || x->second.size() != y->second.size() ||
            !std::equal(x->second.begin(), x->second.end(), y->second.begin(), identical))
            return false;
    return true;
}

}  // namespace

TEST_CASE("a file that extends another overrides only what it says") {
    const InputFolder folder;
    const auto loaded = folder.load("extends: base.yaml\nfund: {floor: 0.25}\npartners: {West: {linkage: -0.5}}\n");
    CHECK(loaded.scenario.title == "base");
    CHECK(loaded.scenario.fund.floor == 0.25);
    CHECK(loaded.scenario.fund.memory == Fund{}.memory);
    REQUIRE(loaded.scenario.partners.size() == 2);
    CHECK(loaded.scenario.partners[1].name == "West");
    CHECK(loaded.scenario.partners[1].partner.linkage == -0.5);
    CHECK(loaded.scenario.partners[1].finance.path.level == 2);
    CHECK(loaded.verbatim == std::string("# scenario.yaml\nextends: base.yaml\nfund: {floor: 0.25}\npartners: {West: "
                                         "{linkage: -0.5}}\n# base.yaml\n") +
                                 InputFolder::base);
}

TEST_CASE("files may extend each other over folders, and data are found from the file that names them") {
    const InputFolder folder;
    folder.write("deep/data/own.csv", "year,variable,value,unit,source,quality\n2010,x,0.5,1,Here,verified\n");
    folder.write("deep/middle.yaml",
                 "extends: ../base.yaml\nfund: {floor: {record: x, file: data/own.csv, year: 2010}}\n");
    const auto loaded = folder.load("extends: deep/middle.yaml\ntitle: last\n");
    CHECK(loaded.scenario.title == "last");
    CHECK(loaded.scenario.fund.floor == 0.5);
    CHECK(loaded.verbatim.find("# deep/middle.yaml\nextends: ../base.yaml\n") != std::string::npos);
}

TEST_CASE("new: yes adds a partner to an extended world, in order") {
    const InputFolder folder;
    const auto loaded =
        folder.load("extends: base.yaml\npartners: {Far South-2: {new: yes, finance: 3}, Océan: {new: on}}\n");
    REQUIRE(loaded.scenario.partners.size() == 4);
    CHECK(loaded.scenario.partners[2].name == "Far South-2");
    CHECK(loaded.scenario.partners[2].finance.path.level == 3);
    CHECK(loaded.scenario.partners[3].name == "Océan");
    CHECK(same_bits(load_resolved_text(loaded.resolved, "resolved"), loaded.scenario));
}

TEST_CASE("names within partners and regions are known whatever the order in the file") {
    const InputFolder folder;
    const auto loaded = folder.load(
        "regions: {North: {attitudes: {East: {public: -0.5}}, endowment: {farms: 3}, sectors: {mines: {endowment: "
        "2}}}}\n"
        "partners: {East: {sectors: {farms: {interest: 0.25}}}}\nsectors: {mines: {stage: raw}, farms: {}}\n"
        "oil: {price: 1, output: 1}\n");
    const RegionInput& north = loaded.scenario.regions.at(0);
    CHECK(north.attitudes[0].public_attitude == -0.5);
    CHECK(north.sectors[0].endowment == 2);
    CHECK(north.sectors[1].endowment == 3);
    CHECK(loaded.scenario.partners.at(0).sectors[1].interest == 0.25);
    CHECK(loaded.scenario.sectors.at(0).sector.stage == Stage::raw);
}

TEST_CASE("an empty block keeps its defaults and switches have several words") {
    const InputFolder folder;
    const auto loaded =
        folder.load("extends: base.yaml\nclock:\nfund: {present: No, patience: FALSE, self_finance: yes}\n");
    CHECK(loaded.scenario.clock.ticks == Clock{}.ticks);
    CHECK(loaded.scenario.fund.present == Switch::off);
    CHECK(loaded.scenario.fund.patience == Switch::off);
    CHECK(loaded.scenario.fund.self_finance == Switch::on);
}

TEST_CASE("Windows line ends and a byte-order mark change nothing") {
    const InputFolder folder;
    const std::string text = "extends: base.yaml\nfund:\n  floor: 0.25\n  present: off\n";
    std::string windows = "\xEF\xBB\xBF";
    for (const char letter : text) windows += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
    CHECK(same_bits(folder.load(text).scenario, folder.load(windows).scenario));
    folder.write(
        "data.csv",
        "\xEF\xBB\xBFyear,variable,value,unit,source,quality\r\n2000,p,7,x,\"a \"\"b\"\"\r\nc\",verified\r\n\r\n");
    const SeriesRecord record = read_series(folder.path() / "data.csv", "p");
    CHECK(record.points == Series{{2000, 7}});
    CHECK(record.source == "a \"b\"\nc");
}

TEST_CASE("a record becomes points at mid-year, sorted, without spans, with sources and the worst quality") {
    const InputFolder folder;
    const auto loaded =
        folder.load("extends: base.yaml\noil: {price: {record: {file: data.csv, variable: price}, scale: 2}}\n");
    CHECK(loaded.scenario.oil_price.path.shape == PathShape::historical);
    CHECK(loaded.scenario.oil_price.record == Series{{2000.5, 20}, {2001.5, 40}, {2003.5, 30}});
    const Annotation& note = loaded.annotations.at("oil.price.record");
    CHECK(note.source == "Office, yearbook; Agency");
    CHECK(note.quality == "recalled");
    CHECK(load_resolved(loaded.resolved, "resolved").annotations.at("oil.price.record").source == note.source);
}

TEST_CASE("a deflator puts each point on the prices of its base") {
    const InputFolder folder;
    const auto loaded = folder.load(
        "extends: base.yaml\noil: {price: {record: {file: data.csv, variable: price, deflator: {file: data.csv, "
        "variable: index, base: 2001}}}}\n");
    CHECK(loaded.scenario.oil_price.record == Series{{2000.5, 40}, {2001.5, 40}, {2003.5, 15}});
}

TEST_CASE("a record may end early, deflated or not, and its path holds the last year that is left") {
    const InputFolder folder;
    const auto cut =
        folder.load("extends: base.yaml\noil: {price: {record: {file: data.csv, variable: price, until: 2002}}}\n");
    CHECK(cut.scenario.oil_price.path.shape == PathShape::historical);
    CHECK(cut.scenario.oil_price.record == Series{{2000.5, 20}, {2001.5, 40}});
    const auto deflated = folder.load(
        "extends: base.yaml\noil: {price: {record: {file: data.csv, variable: price, until: 2000, deflator: {file: "
        "data.csv, variable: index, base: 2001}}}}\n");
    CHECK(deflated.scenario.oil_price.record == Series{{2000.5, 40}});
}

TEST_CASE("points of whole years stand at mid-year, others where they say") {
    const InputFolder folder;
    const auto loaded = folder.load("extends: base.yaml\noil: {price: {points: {2000: 1.5, 2010.25: 2, 2011: 3}}}\n");
    CHECK(loaded.scenario.oil_price.path.shape == PathShape::series);
    CHECK(loaded.scenario.oil_price.points == Series{{2000.5, 1.5}, {2010.25, 2}, {2011.5, 3}});
    const auto both = folder.load(
        "extends: base.yaml\noil: {price: {shape: step, points: {2000: 1}, record: {file: data.csv, variable: price}, "
        "before: 3, level: 4}}\n");
    CHECK(both.scenario.oil_price.path.shape == PathShape::step);
    CHECK(both.scenario.oil_price.record.size() == 3);
}

TEST_CASE("a single recorded value is scaled and carries its source") {
    const InputFolder folder;
    const auto loaded = folder.load(
        "extends: base.yaml\nregions: {North: {population: {record: price, file: data.csv, year: 1990-1999, scale: "
        "0.001}}}\n");
    CHECK(loaded.scenario.regions.at(0).region.population == 9 * 0.001);
    CHECK(loaded.annotations.at("regions.North.population").source == "Span");
    CHECK(loaded.annotations.at("regions.North.population").quality == "verified");
}

TEST_CASE("annotations follow the value that holds") {
    const InputFolder folder;
    folder.write("middle.yaml",
                 "extends: base.yaml\nfund: {floor: {value: 0.2, source: law, range: [0.1, 0.3]}, memory: {value: 1, "
                 "source: x}}\n");
    const auto loaded = folder.load("extends: middle.yaml\nfund: {memory: 2}\n");
    const Annotation& floor = loaded.annotations.at("fund.floor");
    CHECK(floor.source == "law");
    CHECK(floor.low == 0.1);
    CHECK(floor.high == 0.3);
    CHECK(loaded.annotations.count("fund.memory") == 0);
    const auto again = load_resolved(loaded.resolved, "resolved");
    CHECK(again.annotations.at("fund.floor").high == 0.3);
    CHECK(again.resolved == loaded.resolved);
}

TEST_CASE("the resolved text gives the same scenario bit for bit") {
    const InputFolder folder;
    const auto loaded = folder.load(
        "extends: base.yaml\ntitle: \"a \\\"title\\\": with\\ttabs\\nand lines \\\\\"\nclock: {dt: 0.3333333333333333, "
        "ticks: 7}\n"
        "projects: {size_scale: 1.0000000000000002e-9}\nopinion: {rumour: -0.1, land: -0.0}\n"
        "oil: {price: {record: {file: data.csv, variable: price, deflator: {file: data.csv, variable: index, base: "
        "2003}}, scale: 1.1}}\n"
        "partners: {East: {finance: {shape: series, points: {1999.1: 0.1, 2000: 0.7}, source: told}}}\n"
        "borders: [[South, North]]\n");
    const LoadedScenario again = load_resolved(loaded.resolved, "resolved");
    Scenario expected = loaded.scenario;
    for (PathInput* path : {&expected.oil_price, &expected.partners[0].finance})
        path->path.level = Path{}.level;  // idle under points
    CHECK(same_bits(again.scenario, expected));
    CHECK(again.resolved == loaded.resolved);
    CHECK(again.annotations.at("partners.East.finance").source == "told");
    CHECK(std::signbit(again.scenario.opinion.land));
}

TEST_CASE("the scenarios of this repository load and resolve") {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(MULTIVECTOR_SOURCE "/scenarios")) {
        const bool is_scenario = entry.path().parent_path().filename() != "designs" &&
                                 entry.path().parent_path().filename() != "calibration";
        if (entry.path().extension() != ".yaml" || !is_scenario) continue;
        CAPTURE(entry.path().string());
        const LoadedScenario loaded = load_scenario(entry.path(), {});
        CHECK(same_bits(load_resolved_text(loaded.resolved, "resolved"), loaded.scenario));
        CHECK(load_scenario_text(loaded.resolved, "resolved.yaml", {}).resolved == loaded.resolved);
    }
}

TEST_CASE("a resolved scenario leaves out what cannot act, so that it is a scenario file itself") {
    const InputFolder folder;
    folder.write("middle.yaml", "extends: base.yaml\noil: {price: {shape: step, before: 12, level: 34, year: 2001}}\n");
    const auto loaded = folder.load("extends: middle.yaml\noil: {price: {points: {2000: 1, 2001: 2}}}\n");
    CHECK(loaded.scenario.oil_price.path.level == 34);
    CHECK(loaded.resolved.find("34") == std::string::npos);
    CHECK(folder.load(loaded.resolved).resolved == loaded.resolved);
}

TEST_CASE("assignments apply after the file, the last one wins, and a star stands for every name") {
    const InputFolder folder;
    const auto loaded = folder.load(
        "extends: base.yaml\nfund: {floor: 0.25}\n",
        {"fund.floor=0.5", "partners.*.linkage = 0.1", "partners.West.linkage=0.2",
         "regions.*.attitudes.West.public=-0.3", "oil.price=75", "fund.present=off", "routes.sea.cost.level=300"});
    const Scenario& scenario = loaded.scenario;
    CHECK(scenario.fund.floor == 0.5);
    CHECK(scenario.fund.present == Switch::off);
    CHECK(scenario.partners[0].partner.linkage == 0.1);
    CHECK(scenario.partners[1].partner.linkage == 0.2);
    CHECK(scenario.regions[0].attitudes[1].public_attitude == -0.3);
    CHECK(scenario.regions[1].attitudes[1].public_attitude == -0.3);
    CHECK(scenario.regions[1].attitudes[0].public_attitude == 0);
    CHECK(scenario.oil_price.path.level == 75);
    CHECK(scenario.routes[0].cost.path.level == 300);
    CHECK(loaded.annotations.at("fund.floor").source == "set on the command line");
    CHECK(same_bits(load_resolved_text(loaded.resolved, "resolved"), scenario));
}

TEST_CASE("the source of a path's points stays when only its scale changes, and goes with the points") {
    const InputFolder folder;
    folder.write("middle.yaml", "extends: base.yaml\noil: {price: {points: {2000: 1, 2001: 2}, source: told}}\n");
    const auto source = [&](const std::string& price) {
        const LoadedScenario loaded = folder.load("extends: middle.yaml\noil: {price: " + price + "}\n");
        const auto found = loaded.annotations.find("oil.price");
        return found == loaded.annotations.end() ? std::string() : found->second.source;
    };
    CHECK(source("{scale: 2}") == "told");
    CHECK(source("{points: {2000: 3}}").empty());
    CHECK(source("{shape: step, level: 3, before: 2}").empty());
    CHECK(source("70").empty());
}

TEST_CASE("a path written as one number is constant, whatever it was") {
    const InputFolder folder;
    folder.write("middle.yaml", "extends: base.yaml\noil: {price: {points: {2000: 1, 2001: 2}}}\n");
    const auto loaded = folder.load("extends: middle.yaml\noil: {price: {value: 70, source: told}}\n");
    CHECK(loaded.scenario.oil_price.path.shape == PathShape::constant);
    CHECK(loaded.scenario.oil_price.path.level == 70);
    CHECK(loaded.annotations.at("oil.price.level").source == "told");
}

TEST_CASE("borders come from a list or a file and replace what was inherited") {
    const InputFolder folder;
    folder.write("middle.yaml", "extends: base.yaml\nborders: [[North, South]]\n");
    folder.write("near.csv", "region,neighbour,source,quality\nSouth,North,atlas,recalled\n");
    const auto loaded = folder.load("extends: middle.yaml\nborders: {file: near.csv}\n");
    CHECK(loaded.scenario.borders == std::vector<std::pair<int, int>>{{1, 0}});
    CHECK(loaded.annotations.at("borders").source == "atlas");
    CHECK(folder.load("extends: middle.yaml\nborders: []\n").scenario.borders.empty());
}

TEST_CASE("nearest finds one slip and nothing far away") {
    const std::vector<std::string> names{"floor", "memory", "real_return"};
    CHECK(nearest("flor", names) == "floor");
    CHECK(nearest("FLOOR", names) == "floor");
    CHECK(nearest("mmeory", names) == "memory");
    CHECK(nearest("real-retrun", names) == "real_return");
    CHECK_FALSE(nearest("ceiling", names).has_value());
    CHECK_FALSE(nearest("", names).has_value());
    CHECK_FALSE(nearest("floor", {}).has_value());
    CHECK(edit_distance("abcd", "acbd") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("", "abc") == 3);
}

TEST_CASE("describe names every key, observable, solution and process") {
    for (const Format format : {Format::text, Format::markdown}) {
        std::ostringstream parameters, observed;
        describe(parameters, "parameters", format);
        describe(observed, "observables", format);
        const std::string opening = format == Format::markdown ? "\n| " : "\n",
                          name = format == Format::markdown ? "\\<name>" : "<name>";
        CHECK(parameters.str().find(opening + "partners." + name + ".linkage") != std::string::npos);
        CHECK(parameters.str().find(opening + "regions." + name + ".attitudes." + name + ".public") !=
              std::string::npos);
        CHECK(parameters.str().find(" by definition, ") != std::string::npos);
        for_each_measure([&](const Observable& row) {
            CHECK(observed.str().find(opening + std::string(row.name)) != std::string::npos);
        });
        for (const auto& column : event_columns)
            CHECK(observed.str().find(opening + std::string(column.key)) != std::string::npos);
    }
    std::ostringstream rest;
    for (const char* what : {"solutions", "processes", "schema"}) describe(rest, what, Format::text);
    for (const char* what :
         {"independent of irrelevant alternatives", "\nparties_bargain\n", "\"connectivity_demand\": "})
        CHECK(rest.str().find(what) != std::string::npos);
    CHECK_THROWS_WITH_AS(describe(rest, "procesess", Format::text),
                         "describe: nothing is called 'procesess'; the nearest valid name is 'processes'", InputError);
}
