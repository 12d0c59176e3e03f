// The tables of a design: the same names in all of them, which every program takes.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "answer.hpp"
#include "csv.hpp"
#include "result_files.hpp"
#include "tidy_names.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

const std::string long_key = "partners.East.sectors.railways.competence",
                  longer = "an axis with a name of its own that goes on and on";

/// A design whose axes have names that are long, or those of other columns.
struct ExportedDesign {
    Folder folder;
    fs::path csv = folder.path / "tables";

    ExportedDesign() {
        const fs::path design = folder.path / "design.yaml", result = folder.path / "r.h5";
        std::ofstream(folder.path / "brief.yaml")
            << "extends: " MULTIVECTOR_SOURCE "/scenarios/minimal.yaml\nclock: {ticks: 8}\n";
        std::ofstream(design) << "scenario: brief.yaml\nkind: grid\nreplications: 2\n"
                              << "axes:\n  " << long_key << ": [0, 1]\n"
                              << "  " << longer << ": {a: {}, b: {bargaining.rivals: off}}\n"
                              << "  " << longer << " more: {a: {}, b: {bargaining.rival_offer: 0}}\n"
                              << "  partner: {a: {}, b: {connectivity_demand: 0}}\n"
                              << "  net_gain: {a: {}, b: {oil_fund_capacity: 0}}\n"
                              << "  replication: {a: {}, b: {bargaining.waiting: 0}}\n";
        const Answer swept = answer({"sweep", design.string(), "-o", result.string(), "--quiet", "--record", "full"});
        REQUIRE_MESSAGE(swept.code == done, swept.err);
        const Answer said = answer({"export", result.string(), "--csv", "-o", csv.string(), "--quiet"});
        REQUIRE_MESSAGE(said.code == done, said.err);
    }
};

}  // namespace

TEST_CASE("every column of a design's export has a name of its own, of at most 32 characters") {
    const ExportedDesign exported;
    int tables = 0;
    for (const auto& entry : fs::directory_iterator(exported.csv)) {
        if (entry.path().extension() != ".csv") continue;
        ++tables;
        std::set<std::string> seen;
        for (const std::string& name : read_csv(entry.path()).header) {
            CHECK_MESSAGE(name.size() <= longest_tidy_name, name);
            CHECK_MESSAGE(tidy_name(name) == name, name);
            CHECK_MESSAGE(seen.insert(name).second, name << " occurs twice in " << entry.path());
        }
    }
    CHECK(tables > 10);
}

TEST_CASE("an axis has the same column in every table, in design.csv and in the codebook, which says what it is") {
    const ExportedDesign exported;
    const std::vector<std::string> axes{"East_sectors_railways_competence",
                                        tidy_name(longer),
                                        tidy_name(longer).substr(0, 30) + "_2",
                                        "partner_2",
                                        "net_gain_2",
                                        "replication_2"};
    std::map<std::string, std::set<std::string>> described;
    for (const CsvRow& row : read_csv(exported.csv / "codebook.csv").rows) {
        described[row.cells[0]].insert(row.cells[1]);
        if (row.cells[1] == axes[2]) CHECK(row.cells[2] == "level of " + longer + " more");
    }
    for (const char* table : {"summary", "summary_by_partner", "series", "deals", "design"}) {
        const CsvTable read = read_csv(exported.csv / (std::string(table) + ".csv"));
        for (const std::string& axis : axes) {
            CHECK_MESSAGE(std::count(read.header.begin(), read.header.end(), axis) == 1, table << ": " << axis);
            CHECK_MESSAGE(described[table].contains(axis), table << ": " << axis);
        }
        CHECK(described[table].size() == read.header.size());
    }
}

TEST_CASE("a table and design.csv say the same levels of a row") {
    const ExportedDesign exported;
    const CsvTable summary = read_csv(exported.csv / "summary.csv"), design = read_csv(exported.csv / "design.csv");
    REQUIRE(summary.rows.size() == 2 * design.rows.size());
    for (const CsvRow& row : summary.rows) {
        const auto& world = design.rows.at(std::stoul(row.cells[summary.column("design_row")])).cells;
        for (const char* column : {"East_sectors_railways_competence", "partner_2", "net_gain_2", "scenario_id"})
            CHECK(row.cells[summary.column(column)] == world[design.column(column)]);
    }
}

}  // namespace multivector
