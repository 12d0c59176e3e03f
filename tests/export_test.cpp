// Tidy tables: what an export says is what the result file says, and what it means stands beside it.
#include <doctest/doctest.h>

#include <bit>
#include <map>
#include <set>

#include "csv.hpp"
#include "exported_result.hpp"
#include "hdf5_dataset.hpp"
#include "hdf5_reader.hpp"
#include "text_file.hpp"
#include "tidy_names.hpp"
#include "tidy_scenario.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

/// All values of a dataset; NaN for missing whole numbers.
std::vector<double> values_at(const fs::path& file, const std::string& path) {
    const hdf5::Handle handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open");
    const hdf5::Handle dataset = hdf5::open_dataset(handle, path);
    const hdf5::Handle type(H5Dget_type(dataset), H5Tclose, "type");
    std::size_t total = 1;
    for (const hsize_t size : hdf5::sizes_of(dataset)) total *= size;
    std::vector<double> values(total);
    if (total > 0) H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    for (double& value : values)
        if (H5Tget_class(type) == H5T_INTEGER && value == hdf5::missing_count) value = std::nan("");
    return values;
}

std::vector<std::string> split_at(const std::string& text, const std::string& mark) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t at; (at = text.find(mark, from)) != std::string::npos; from = at + mark.size())
        parts.push_back(text.substr(from, at - from));
    parts.push_back(text.substr(from));
    return parts;
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// Whether a cell says this value: nothing, one of the texts, or exactly the number.
bool says(const std::string& cell, double value, const std::string& texts) {
    if (std::isnan(value)) return cell.empty();
    if (!texts.empty()) return cell == split_at(texts, "; ").at(static_cast<std::size_t>(value));
    const auto read = parse_number(cell);
    return read && same_bits(*read, value);
}

/// Compares every value column of every table with the dataset that the codebook names. Rows of a table stand in the
/// order of the file.
void check_values(const ExportedResult& result) {
    const CsvTable book = read_csv(result.csv / "codebook.csv");
    std::map<std::string, CsvTable> tables;
    std::size_t compared = 0, missing = 0;
    for (const CsvRow& row : book.rows) {
        const std::string table = row.cells[0], name = row.cells[1], values = row.cells[6], stands_at = row.cells[10];
        if (table == "parameters" || !stands_at.starts_with("/")) continue;
        if (!tables.contains(table)) tables.emplace(table, read_csv(result.csv / (table + ".csv")));
        const CsvTable& sheet = tables.at(table);
        const bool label = stands_at.starts_with("/summary/") && !values.empty();
        if (label || name == "year" || stands_at == "/series/tick") continue;  // repeated along the rows: see below
        const std::vector<double> all = values_at(result.file, stands_at);
        const std::size_t repeats = all.empty() ? 1 : std::max<std::size_t>(sheet.rows.size() / all.size(), 1);
        REQUIRE(sheet.rows.size() == all.size() * repeats);
        REQUIRE((repeats == 1 || name == "realization"));
        const std::size_t column = sheet.column(name);
        bool same = true;
        for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
            same &= says(sheet.rows[i].cells[column], all[i / repeats], values);
            missing += sheet.rows[i].cells[column].empty();
            ++compared;
        }
        CHECK_MESSAGE(same, table << "." << name);
    }
    CHECK(compared > 10000);
    CHECK(missing > 0);
}

}  // namespace

TEST_CASE("every value of every table reads back as the file has it, bit for bit; what is missing is empty") {
    const ExportedResult result(small_scenario());
    const Answer said = result.exported();
    REQUIRE_MESSAGE(said.code == 0, said.err);
    check_values(result);
}

TEST_CASE("more realisations than fit in a block come out whole and in their order") {
    Scenario scenario = small_scenario(1, 1, 1);
    scenario.clock.ticks = 1;
    const ExportedResult result(scenario, Record::series, 5000);
    REQUIRE(result.exported().code == 0);
    check_values(result);
    CHECK(read_csv(result.csv / "summary.csv").rows.back().cells[3] == "4999");
}

TEST_CASE("a row says its keys: scenario, seed, realisation, tick with its year, and label") {
    const ExportedResult result(small_scenario());
    REQUIRE(result.exported().code == 0);
    const CsvTable table = read_csv(result.csv / "series_by_partner.csv");
    CHECK(std::vector<std::string>(table.header.begin(), table.header.begin() + 9) ==
          std::vector<std::string>{"scenario", "scenario_id", "seed", "realization", "tick", "year", "partner",
                                   "connectivity_demand", "oil_fund_capacity"});
    const std::vector<std::string>& cells = table.rows.at(40 * 3 + 3 + 1).cells;  // second run, tick and partner
    CHECK(cells[1].starts_with("sha256:"));
    CHECK(cells[2] == "0x0000000000000009");
    CHECK(std::vector<std::string>(cells.begin() + 3, cells.begin() + 9) ==
          std::vector<std::string>{"1", "1", "1995.375", "P1", "1", "1"});
    const CsvTable deals = read_csv(result.csv / "deals.csv");
    for (const CsvRow& row : deals.rows)
        CHECK(*parse_number(row.cells[deals.column("year")]) ==
              1995 + (*parse_number(row.cells[deals.column("tick")]) + 0.5) / 4);
}

TEST_CASE("the codebook covers every column of every table and no other") {
    const ExportedResult result(small_scenario());
    REQUIRE(result.exported().code == 0);
    std::map<std::string, std::vector<std::string>> described;
    for (const CsvRow& row : read_csv(result.csv / "codebook.csv").rows) {
        described[row.cells[0] + ".csv"].push_back(row.cells[1]);
        CHECK_MESSAGE(!row.cells[2].empty(), row.cells[0] << "." << row.cells[1] << " has no label");
    }
    std::size_t tables = 0;
    for (const auto& entry : fs::directory_iterator(result.csv)) {
        const std::string name = entry.path().filename().string();
        if (name == "codebook.csv" || name == "scenario.yaml") continue;
        ++tables;
        CHECK_MESSAGE(read_csv(entry.path()).header == described[name], name);
    }
    CHECK(tables == described.size());
    CHECK(tables == 13);
}

TEST_CASE("every name in every table is one that Stata takes") {
    const std::set<std::string> reserved{"_all",  "_b",  "byte",  "_coef", "_cons", "double", "float",
                                         "if",    "in",  "int",   "long",  "_n",    "_N",     "_pi",
                                         "_pred", "_rc", "_skip", "strL",  "using", "with"};
    const auto check = [&](const std::string& name) {
        CHECK_MESSAGE(name.size() <= 32, name);
        CHECK_MESSAGE(tidy_name(name) == name, name);
        CHECK_MESSAGE(!reserved.contains(name), name);
    };
    for_each_measure([&](const Observable& row) { check(std::string(row.name)); });
    for_each_log_table([&](const char*, const char*, const auto& columns) {
        for (const auto& row : columns) check(std::string(row.key));
    });
    const ExportedResult result(small_scenario());
    REQUIRE(result.exported().code == 0);
    for (const auto& entry : fs::directory_iterator(result.csv)) {
        if (entry.path().extension() != ".csv") continue;
        std::set<std::string> seen;
        for (const std::string& name : read_csv(entry.path()).header) {
            check(name);
            CHECK_MESSAGE(seen.insert(name).second, name << " occurs twice");
        }
    }
}

TEST_CASE("a key of any length and any script becomes a name of at most 32 characters, never the same for two") {
    CHECK(tidy_name("connectivity_demand") == "connectivity_demand");
    CHECK(tidy_name("fund.floor") == "fund_floor");
    CHECK(tidy_name("partners.China.connectivity.transit.scale") == "China_connectivity_transit_scale");
    CHECK(tidy_name("sectors.oil and gas.rate") == "sectors_oil_and_gas_rate");
    CHECK(tidy_name("partners.Қазақстан.urgency") == "partners_Қазақстан_urgency");
    CHECK(tidy_name("routes.7.cost.level") == "routes_7_cost_level");
    CHECK(tidy_name(std::string(31, 'x') + ".7") == "_7");
    CHECK(tidy_name(std::string(60, 'x')) == std::string(32, 'x'));
    std::string cyrillic;
    for (int i = 0; i < 60; ++i) cyrillic += "ж";
    CHECK(tidy_name(cyrillic) == cyrillic.substr(0, 2 * 32));
    std::set<std::string> taken;
    CHECK(tidy_name("a.b", taken) == "a_b");
    CHECK(tidy_name("a_b", taken) == "a_b_2");
    CHECK(tidy_name(std::string(60, 'x'), taken) == std::string(32, 'x'));
    CHECK(tidy_name(std::string(61, 'x'), taken) == std::string(30, 'x') + "_2");
}

TEST_CASE("parameters asked for stand in every row, under names of their own") {
    Scenario scenario = small_scenario();
    const std::string far(50, 'F'), near(50, 'N');
    scenario.partners[0].name = far;
    scenario.partners[1].name = near;
    scenario.partners[1].partner.urgency = 0.25;
    const ExportedResult result(scenario);
    const std::string keys = "bargaining.rival_offer,partners." + far + ".urgency,partners." + near + ".urgency";
    REQUIRE(result.exported({"--parameters", keys}).code == 0);
    const CsvTable table = read_csv(result.csv / "negotiations.csv");
    for (const CsvRow& row : table.rows) {
        CHECK(row.cells[table.column("bargaining_rival_offer")] == "0.6");
        CHECK(row.cells[table.column("urgency")] == "0");
        CHECK(row.cells[table.column("urgency_2")] == "0.25");
    }
    CHECK(file_bytes(result.csv / "codebook.csv").find("parameter partners." + near + ".urgency") != std::string::npos);
    CHECK(std::count(table.header.begin(), table.header.end(), "connectivity_demand") == 0);
}

TEST_CASE("titles and labels with commas, quotes, line ends and other scripts survive") {
    Scenario scenario = small_scenario();
    const RunOrigin origin = export_origin(scenario, Record::full);
    scenario.title = "Қазақстан: \"көп\nвекторлы\", 1995";
    scenario.partners[0].name = "East, \"far\"";
    scenario.partners[1].name = " Ресей ";
    const Folder folder;
    write_result(folder.path / "a.h5", prepare(scenario), origin);
    REQUIRE(answer({"export", "--quiet", (folder.path / "a.h5").string(), "--csv", "-o", (folder.path / "t").string()})
                .code == 0);
    const CsvTable table = read_csv(folder.path / "t/summary_by_partner.csv");
    CHECK(table.rows[0].cells[0] == scenario.title);
    for (std::size_t p = 0; p < 3; ++p)
        CHECK(table.rows[p].cells[table.column("partner")] == scenario.partners[p].name);
    const CsvTable deals = read_csv(folder.path / "t/deals.csv");
    std::set<std::string> seen;
    for (const CsvRow& row : deals.rows) seen.insert(row.cells[deals.column("partner")]);
    CHECK(seen.contains(scenario.partners[0].name));
    CHECK(file_bytes(folder.path / "t/deals.csv").starts_with("scenario,"));  // no byte-order mark
    CHECK(file_bytes(folder.path / "t/deals.csv").find('\r') == std::string::npos);
}

TEST_CASE("cells are quoted when they must be, and numbers are as short as their bits allow") {
    CHECK(csv_line({"a", "", "b,c", "d\"e", "f\ng", " h"}) == "a,,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\"");
    const Folder folder;
    CsvFile file(folder.path / "a.csv");
    for (const double value : {0.1, 1e300, 5e-324, 100000.0, -0.0, std::nan("")}) file.number(value);
    for (const double value : {2147483647.0, std::nan("")}) file.whole(value);
    file.end_row();
    file.finish();
    CHECK(file_bytes(folder.path / "a.csv") == "0.1,1e+300,5e-324,100000,-0,,2147483647,\n");
}

TEST_CASE("the table of parameters has every value with its range, its default and where it is from") {
    Annotations notes;
    notes["bargaining.rival_offer"] = {"assumed, sweep it", 0.5, 1.0, "recalled"};
    Scenario scenario = small_scenario();
    scenario.bargaining.rival_offer = 0.75;
    const LoadedScenario loaded = load_resolved(resolved_text(scenario, notes), "test");
    const Codebook sheet = parameter_sheet(loaded);
    std::size_t fields = 0;
    visit(scenario, [&](const std::string&, const auto&, const auto& rows) { fields += rows.size(); });
    CHECK(sheet.rows.size() >= fields);
    bool found = false;
    for (const auto& row : sheet.rows) {
        CHECK(row.size() == sheet.header.size());
        CHECK_MESSAGE((!row[2].empty() || !row[5].empty() || row[0] == "borders"),
                      row[0] << " has neither a unit nor choices");
        if (row[0] != "bargaining.rival_offer") continue;
        found = true;
        CHECK(std::vector<std::string>(row.begin() + 1, row.begin() + 11) ==
              std::vector<std::string>{"0.75", "1", "0", "1", "", "0.6", "assumed, sweep it", "recalled", "0.5", "1"});
    }
    CHECK(found);
}

TEST_CASE("a parameter of an actor whose name has blanks can be repeated, with blanks around it or not") {
    const Folder folder;
    const std::string file = (folder.path / "a.h5").string();
    const Answer run =
        answer({"run", MULTIVECTOR_SOURCE "/scenarios/kazakhstan.yaml", "-n", "1", "--quiet", "-o", file});
    REQUIRE_MESSAGE(run.code == done, run.err);
    for (const char* keys :
         {"partners.European Union.urgency,fund.floor", " partners.European Union.urgency , fund.floor "}) {
        const Answer said = answer({"export", file, "--csv", "--quiet", "--force", "--tables", "summary", "-o",
                                    (folder.path / "t").string(), "--parameters", keys});
        REQUIRE_MESSAGE(said.code == done, said.err);
        const auto header = read_csv(folder.path / "t/summary.csv").header;
        CHECK(std::count(header.begin(), header.end(), "fund_floor") == 1);
        CHECK(std::count_if(header.begin(), header.end(), [](const std::string& name) {
                  return name.find("European_Union") != std::string::npos;
              }) == 1);
    }
}

}  // namespace multivector
