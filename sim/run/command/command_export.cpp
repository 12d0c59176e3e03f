// multivector export RESULT --csv
#include <algorithm>
#include <array>

#include "command_options.hpp"
#include "commands.hpp"
#include "csv.hpp"
#include "design_reader.hpp"
#include "ensemble.hpp"
#include "hexadecimal.hpp"
#include "input_error.hpp"
#include "left_out.hpp"
#include "nearest.hpp"
#include "output_folder.hpp"
#include "progress.hpp"
#include "signals.hpp"
#include "tidy_scenario.hpp"

namespace multivector {

namespace {

namespace po = program_options;
namespace fs = std::filesystem;

constexpr std::string_view codebook_name = "codebook", parameters_name = "parameters", design_name = "design",
                           scenario_name = "scenario.yaml";

const std::vector<std::string> codebook_header{
    "table",  "column",   "label", "unit", "minimum", "maximum", "values", "summarised", "would_wrongly_show",
    "symbol", "stands_at"};

/// Tables that a full record gives; a file may have fewer.
std::vector<std::string> known_tables(const TidyTables& tables) {
    std::vector<std::string> names;
    for (const char* cube : {"summary", "series"})
        for (const char* ending : {"", "_by_partner", "_by_sector", "_by_region"})
            names.push_back(std::string(cube) + ending);
    for_each_log_table([&](const char* name, const char*, const auto&) { names.emplace_back(name); });
    for (const auto& table : tables.all())
        if (std::find(names.begin(), names.end(), table->name()) == names.end()) names.push_back(table->name());
    return names;
}

/// The least that a run must record for a file to have the table.
std::string_view least_record(const std::string& table) {
    const Record least = table.starts_with("series")   ? Record::series
                         : keeps(Record::deals, table) ? Record::deals
                                                       : Record::full;
    return names_of<Record>[static_cast<std::size_t>(least)];
}

std::vector<const TidyTable*> chosen_tables(const Said& said, const TidyTables& tables, const std::string& file) {
    std::vector<std::string> wanted = said.list("tables");
    std::vector<const TidyTable*> chosen;
    const std::vector<std::string> known = known_tables(tables);
    for (const std::string& name : wanted) one_of("table", name, known);
    for (const auto& table : tables.all()) {
        const bool asked = std::erase(wanted, table->name()) > 0;
        if (asked || !said.has("tables")) chosen.push_back(table.get());
    }
    if (!wanted.empty())
        throw InputError(file, 0, 0,
                         "has no table " + wanted.front() + ": run the scenario with --record " +
                             std::string(least_record(wanted.front())));
    return chosen;
}

/// An earlier export holds the tables that its codebook names, and nothing that --force could destroy.
std::string objection_to_replacing(const fs::path& folder) {
    const std::string only = "; --force replaces an earlier export only";
    const fs::path codebook = folder / (std::string(codebook_name) + ".csv");
    if (!fs::is_regular_file(codebook)) return "the output exists and is no export" + only;
    const CsvTable book = read_csv(codebook);
    if (book.header != codebook_header) return "the output exists and is no export" + only;
    std::vector<std::string> names{codebook.filename().string(), std::string(scenario_name)};
    for (const CsvRow& row : book.rows) names.push_back(row.cells[0] + ".csv");
    for (const auto& entry : fs::directory_iterator(folder))
        if (std::find(names.begin(), names.end(), entry.path().filename().string()) == names.end())
            return "the output exists and holds " + entry.path().filename().string() +
                   ", which is no part of an export" + only;
    return "";
}

LoadedScenario scenario_of(const ResultFile& file) {
    try {
        return load_resolved(file.scenario_resolved(), file.name() + " /provenance/scenario_resolved");
    } catch (const InputError& error) {
        throw InputError(file.name(), 0, 0,
                         "its scenario is not one of this version of the program: " + std::string(error.what()));
    }
}

std::vector<std::vector<RepeatedParameter>> parameters_by_row(const ResultFile& file, const LoadedScenario& loaded,
                                                              const std::vector<std::string>& keys) {
    if (!file.design()) return {repeated_parameters(loaded.scenario, keys)};
    std::vector<std::string> others = keys;  // an axis has its column already
    for (const DesignAxis& axis : file.design()->design.axes) std::erase(others, axis.name);
    std::vector<std::vector<RepeatedParameter>> all;
    RowLoader rows;
    for (const DesignWorld& world : file.design()->worlds)
        all.push_back(repeated_parameters(
            rows.make(file.design()->bases, world.base, world.assignments).setting.scenario, others));
    return all;
}

void write_lines(const fs::path& path, const std::vector<std::vector<std::string>>& lines) {
    CsvFile file(path);
    for (const auto& line : lines) {
        file.ready(csv_line(line));
        file.end_row();
    }
    file.finish();
}

/// A row for each world of a design; `axes` are the columns of its axes.
void write_design(const OutputFolder& folder, const DesignRecord& record, const std::vector<std::string>& axes) {
    const Design& design = record.design;
    std::vector<std::vector<std::string>> lines{{"design_row", "scenario_file", "sets", "scenario_id"}};
    lines[0].insert(lines[0].end(), axes.begin(), axes.end());
    for (std::size_t r = 0; r < record.worlds.size(); ++r) {
        const DesignWorld& world = record.worlds[r];
        std::string sets;
        for (const std::string& assignment : world.assignments) sets += (sets.empty() ? "" : "; ") + assignment;
        lines.push_back(
            {std::to_string(r), record.bases[world.base].name, sets, "sha256:" + world.resolved_sha256.substr(0, 12)});
        for (std::size_t a = 0; a < design.axes.size(); ++a)
            lines.back().push_back(design.axes[a].levels[design.rows[r][a]].label);
    }
    write_lines(folder / (std::string(design_name) + ".csv"), lines);
}

std::vector<TidyColumn> design_columns(const DesignRecord& record, const std::vector<std::string>& axes) {
    std::vector<TidyColumn> columns{
        {"design_row", "row of the design: one world", "1", "0", "", "", "", "", "", "/design/design_row"},
        {"scenario_file", "scenario that the row starts from", "", "", "", "", "", "", "", "/design/scenario"},
        {"sets", "what the row sets", "", "", "", "", "", "", "", "/design/assignments_of_row"},
        {"scenario_id", "first digits of the SHA-256 of the row's scenario with every parameter", "", "", "", "", "",
         "", "", "/design/sha256_of_row"}};
    for (std::size_t a = 0; a < axes.size(); ++a) {
        const std::string& name = record.design.axes[a].name;
        columns.push_back({axes[a], "level of " + name, "", "", "", "", "", "", "", "/design/row_" + name});
    }
    return columns;
}

void write_codebook(const OutputFolder& folder, const std::vector<const TidyTable*>& tables,
                    const std::optional<DesignRecord>& design, const std::vector<std::string>& axes) {
    std::vector<std::vector<std::string>> lines{codebook_header};
    const auto add = [&](const std::string& table, const std::vector<TidyColumn>& columns) {
        for (const TidyColumn& column : columns)
            lines.push_back({table, column.name, column.label, column.unit, column.minimum, column.maximum,
                             column.values, column.summarised, column.caution, column.symbol, column.origin});
    };
    for (const TidyTable* table : tables) add(table->name(), table->columns());
    if (design) add(std::string(design_name), design_columns(*design, axes));
    add(std::string(parameters_name), parameter_sheet_columns());
    write_lines(folder / "codebook.csv", lines);
}

void write_parameters(const OutputFolder& folder, const LoadedScenario& loaded) {
    Codebook sheet = parameter_sheet(loaded);
    sheet.rows.insert(sheet.rows.begin(), sheet.header);
    write_lines(folder / "parameters.csv", sheet.rows);
}

/// A scenario file that runs as it stands.
void write_scenario(const OutputFolder& folder, const LoadedScenario& loaded, const ResultFile& file) {
    const std::string name = fs::path(file.name()).filename().string(),
                      again = "run " + std::string(scenario_name) + " --seed " + hexadecimal(file.seed()) + " -n " +
                              std::to_string(file.replications().size()),
                      of_design =
                          "The design's own scenario in " + name + ", from which design.csv says how rows differ",
                      alone = "The scenario of " + name +
                              ", every parameter written out. To have its runs again: " + "multivector " + again;
    CsvFile text(folder / std::string(scenario_name));
    text.ready("# " + (file.design() ? of_design : alone) + "\n" + loaded.resolved);
    text.finish();
}

void write_tables(const OutputFolder& folder, const std::vector<const TidyTable*>& tables, ProgressStyle style,
                  std::ostream& err) {
    const SignalWatch watch;
    std::uint64_t total = 0, done = 0;
    for (const TidyTable* table : tables) total += table->rows();
    Progress progress(err, style, total);
    for (const TidyTable* table : tables) {
        CsvFile file(folder / (table->name() + ".csv"));
        table->write(file, [&](std::uint64_t rows) {
            if (watch.stop()) throw Interrupted();
            progress.update(done += rows);
        });
        file.finish();
    }
}

void print_report(std::ostream& out, const std::string& folder, const std::vector<const TidyTable*>& tables) {
    out << "folder                " << folder << '\n';
    for (const TidyTable* table : tables) {
        const std::string& name = table->name();
        out << name << std::string(name.size() < 20 ? 22 - name.size() : 2, ' ') << table->rows() << " rows, "
            << table->columns().size() << " columns\n";
    }
    out << "codebook, parameters  what each column means; every parameter's value and source\n"
           "scenario.yaml         the scenario itself, to validate, change or run\n";
}

}  // namespace

void add_export_options(po::options_description& options) {
    const auto text = [](const char* otherwise) { return po::value<std::string>()->default_value(otherwise); };
    options.add_options()                                                                              //
        ("csv", "write tidy tables as CSV, their codebook, the scenario and its parameters")           //
        ("output,o", po::value<std::string>(), "folder; otherwise the result's name with _csv, here")  //
        ("tables", po::value<std::string>(), "which tables, separated by commas; otherwise all")       //
        ("parameters", text("connectivity_demand,oil_fund_capacity"),
         "keys of parameters that every row repeats, separated by commas")  //
        ("quiet", "no progress")                                            //
        ("force", "replace an earlier export");
}

int export_command(const Said& said, std::ostream& out, std::ostream& err) {
    if (!said.has("csv")) refuse_command_line("in which format? --csv writes tidy tables");
    const fs::path path = said.words[0];
    if (said.has("tables") && said.list("tables").empty()) refuse_command_line("--tables names no table");
    const ResultFile file(path);
    say_what_is_left_out(err, file);
    const LoadedScenario loaded = scenario_of(file);
    const TidyTables tables(file, parameters_by_row(file, loaded, said.list("parameters")));
    const auto chosen = chosen_tables(said, tables, file.name());

    const std::string output = said.has("output") ? said.text("output") : path.stem().string() + "_csv";
    OutputFolder folder(output, said.has("force"), objection_to_replacing);
    file.guarded([&] { write_tables(folder, chosen, progress_style(said.has("quiet")), err); });
    write_codebook(folder, chosen, file.design(), tables.axis_columns());
    if (file.design()) write_design(folder, *file.design(), tables.axis_columns());
    write_parameters(folder, loaded);
    write_scenario(folder, loaded, file);
    folder.commit();
    print_report(out, output, chosen);
    return done;
}

}  // namespace multivector
