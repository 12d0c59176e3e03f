// Where numbers are from: every default and every value of the scenarios about Kazakhstan has a source of a known kind.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>

#include "answer.hpp"
#include "codebook.hpp"
#include "csv.hpp"
#include "input_folder.hpp"
#include "small_world.hpp"
#include "tidy_scenario.hpp"
#include "value_sources.hpp"

using namespace multivector;

namespace {

namespace fs = std::filesystem;

const fs::path scenarios = MULTIVECTOR_SOURCE "/scenarios";

/// The tables that a source names, "events.csv".
std::vector<std::string> tables_in(const std::string& source) {
    std::vector<std::string> tables;
    for (std::size_t at = source.find(".csv"); at != std::string::npos; at = source.find(".csv", at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && (std::isalnum(static_cast<unsigned char>(source[begin - 1])) || source[begin - 1] == '_'))
            --begin;
        tables.push_back(source.substr(begin, at + 4 - begin));
    }
    return tables;
}

void check_tables(const std::string& key, const std::string& source) {
    for (const std::string& table : tables_in(source))
        CHECK_MESSAGE(fs::is_regular_file(scenarios / "data" / table), key << " names " << table);
}

int of(const KindCounts& counts, SourceKind kind) { return counts[static_cast<std::size_t>(kind)]; }

}  // namespace

TEST_CASE("a source is of the kind that its words say") {
    const std::map<SourceKind, std::vector<std::string>> examples{
        {SourceKind::assumed,
         {"assumed", "assumed; Nash 1950", "7 of 51 (china_projects.csv); a third assumed",
          "calibrated, size assumed"}},
        {SourceKind::calibrated, {"calibrated", "calibrated; 500 points, macro_annual.csv"}},
        {SourceKind::definition, {"definition", "definition: sold at the oil price"}},
        {SourceKind::estimate, {"events.csv", "7 of 51 replaced (china_projects.csv, 2017)", "events.csv, May 2022"}},
        {SourceKind::literature,
         {"Nash 1950", "Grimm et al. 2020", "Iida (1993)", "World Bank, 2019", "Östman 2010; others"}},
        {SourceKind::unclear,
         {"", "told", "2013", "as in 2013", "recalibrated", "definitions", "unassumed", "Nash", "Nash 19503", "B2020",
          "set on the command line", "1.7 billion of 1995", "Brent 3000"}},
    };
    for (const auto& [kind, sources] : examples)
        for (const std::string& source : sources)
            CHECK_MESSAGE(row_of(source_kind(source)).name == row_of(kind).name, source);
}

TEST_CASE(
    "every default is by definition, from a work, from tables that exist, calibrated, or assumed in a finite range") {
    Scenario scenario = generic_scenario();
    Place places = make_places(scenario);
    std::map<SourceKind, int> counts;
    for_each_field(places, [&](const std::string& key, Place&, Field& field) {
        const SourceKind kind = source_kind(field.source);
        ++counts[kind];
        CHECK_MESSAGE(kind != SourceKind::unclear, key << ": " << field.source);
        check_tables(key, std::string(field.source));
        if (kind != SourceKind::assumed || field.kind == Kind::choice) return;
        CHECK_MESSAGE((std::isfinite(field.low) && std::isfinite(field.high) && field.low < field.high), key);
        CHECK_MESSAGE((field.low <= field.read() && field.read() <= field.high), key);
    });
    for (const SourceKind kind : {SourceKind::definition, SourceKind::literature, SourceKind::estimate})
        CHECK(counts[kind] > 5);
}

TEST_CASE("every value of the scenarios about Kazakhstan has a source, and what is assumed has a range around it") {
    int checked = 0;
    for (const char* folder : {"", "questions", "placebo"})
        for (const fs::directory_entry& entry : fs::directory_iterator(scenarios / folder)) {
            // All numbers of minimal.yaml are invented, as it says.
            if (entry.path().extension() != ".yaml" || entry.path().filename() == "minimal.yaml") continue;
            ++checked;
            CAPTURE(entry.path().string());
            for_each_value(load_scenario(entry.path(), {}), [](const SourcedValue& value) {
                if (!value.own) return;
                CHECK_MESSAGE(value.kind != SourceKind::unclear, value.key << ": " << value.annotation.source);
                if (value.kind == SourceKind::estimate || value.kind == SourceKind::assumed)
                    check_tables(value.key, value.annotation.source);
                if (value.kind != SourceKind::assumed || !value.field || value.field->kind == Kind::choice) return;
                CHECK_MESSAGE(value.annotation.low.has_value(), value.key << " has no range");
                CHECK_MESSAGE(value.annotation.low < value.annotation.high, value.key);
            });
        }
    CHECK(checked >= 8);
}

TEST_CASE("describe shows the kind of every default and counts each kind") {
    std::ostringstream csv, text;
    describe(csv, "parameters", Format::csv);
    describe(text, "parameters", Format::text);
    const CsvTable table = parse_csv({"described", csv.str()});
    const std::size_t column = table.column("kind");
    KindCounts counts{};
    for (const auto& row : table.rows)
        for (std::size_t kind = 0; kind < source_kinds.size(); ++kind)
            if (row.cells[column] == source_kinds[kind].name) ++counts[kind];
    CHECK(total(counts) == static_cast<int>(table.rows.size()));
    const std::string said = text.str(), last = std::to_string(total(counts)) + " defaults: " + counts_text(counts);
    CHECK(said.ends_with("\n" + last + ".\n"));
    CHECK(said.find("    kind         assumed\n") != std::string::npos);
}

TEST_CASE("validate counts a scenario's own values and the defaults that it falls back on, by kind") {
    const InputFolder folder;
    folder.write("data.csv", "year,variable,value,unit,source,quality\n1995,oil,30,Mt,BP,verified\n");
    // One more of each kind. Of two without a source one takes the place of the base's output; unit_cost is the
    // default.
    const fs::path file =
        folder.write("own.yaml",
                     "extends: base.yaml\n"
                     "clock: {dt: 0.5}\n"
                     "oil: {output: {record: {file: data.csv, variable: oil}}, unit_cost: 15}\n"
                     "fund: {floor: {value: 0.2, source: assumed, range: [0, 1]}, memory: 0.31, ratchet_up: 2}\n"
                     "protest: {spread: {value: 0.2, source: 'calibrated; wave 3'}}\n"
                     "corridor: {horizon: {value: 25, source: 'Nash 1950'}}\n"
                     "implementation: {start_rate: {value: 0.6, source: 'data.csv, 1995'}}\n");
    const SourceCounts before = count_sources(load_scenario(folder.path() / "base.yaml", {})),
                       after = count_sources(load_scenario(file, {}));
    const auto more = [&](SourceKind kind) { return of(after.own, kind) - of(before.own, kind); };
    for (const SourceKind kind : {SourceKind::record, SourceKind::estimate, SourceKind::literature,
                                  SourceKind::calibrated, SourceKind::assumed, SourceKind::unclear})
        CHECK_MESSAGE(more(kind) == 1, row_of(kind).name);
    CHECK(more(SourceKind::definition) >= 1);
    const Answer said = answer({"validate", file.string()});
    CHECK(said.code == done);
    CHECK(said.out.find("  " + std::to_string(total(after.own)) + " values of its own: " + counts_text(after.own) +
                        "\n  " + std::to_string(total(after.defaults)) + " defaults: " + counts_text(after.defaults) +
                        "\n") != std::string::npos);
}

TEST_CASE("an exported table of parameters says of which kind each value's source is") {
    Annotations notes;
    notes["bargaining.rival_offer"] = {"calibrated; 500 points", 0.5, 1.0, ""};
    Scenario scenario = small_scenario();
    scenario.bargaining.rival_offer = 0.75;
    scenario.fund.floor = 0.3;
    const Codebook sheet = parameter_sheet(load_resolved(resolved_text(scenario, notes), "test"));
    REQUIRE(sheet.header.back() == "kind_of_source");
    std::map<std::string, std::string> kinds;
    for (const auto& row : sheet.rows) kinds[row.front()] = row.back();
    CHECK(kinds.at("bargaining.rival_offer") == "calibrated");
    CHECK(kinds.at("fund.floor") == "unclear");
    CHECK(kinds.at("fund.political_draw") == "assumed");
    CHECK(kinds.at("bargaining.rivals") == "definition");
    CHECK(kinds.at("oil.price.scale").empty());  // the path is a constant
}
