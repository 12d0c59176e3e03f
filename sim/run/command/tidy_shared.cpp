#include "tidy_shared.hpp"

#include "codebook.hpp"
#include "hexadecimal.hpp"
#include "text_file.hpp"
#include "tidy_names.hpp"

namespace multivector {

namespace {

std::string text_of(const std::optional<double>& limit) { return limit ? number_text(*limit) : ""; }

std::string joined(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : "; ") + name;
    return list;
}

/// A summary's long name says first how the run was condensed: "sum over the run: deals signed".
std::pair<std::string, std::string> condensed_apart(const ResultColumn& column) {
    const std::size_t colon = column.long_name.find(": ");
    if (column.group != "summary" || colon == std::string::npos) return {"", column.long_name};
    return {column.long_name.substr(0, colon), column.long_name.substr(colon + 2)};
}

/// The file holds positions of actors, the table their names.
std::string with_names(std::string meaning, const std::string& actor) {
    const std::string position = "position in the " + actor + " coordinate";
    const std::size_t at = meaning.find(position);
    return at == std::string::npos ? meaning : meaning.replace(at, position.size(), "name of the " + actor);
}

void add_design_columns(Shared& shared, const DesignRecord& record, std::set<std::string>& taken) {
    shared.design = true;
    taken.insert({"replication", "design_row", "scenario_file", "sets"});  // the latter two stand in design.csv
    shared.parameters = {
        {"replication", "replication number; with the master seed it fixes the luck", "1", "0", "", "", "", "", "",
         "/summary/replication"},
        {"design_row", "row of the design: one world", "1", "0", "", "", "", "", "", "/summary/design_row"}};
    for (const DesignAxis& axis : record.design.axes) {
        std::vector<std::string> labels;
        for (const DesignLevel& level : axis.levels) labels.push_back(level.label);
        shared.axes.push_back(tidy_name(axis.name, taken));
        shared.parameters.push_back({shared.axes.back(), "level of " + axis.name, "", "", "", joined(labels), "", "",
                                     "", "/design/row_" + axis.name});
    }
}

/// The word before the digits keeps programs from reading them as a number, such as 1234e5678901.
std::string identity(const std::string& sha256) { return "sha256:" + sha256.substr(0, 12); }

}  // namespace

TidyColumn tidy(const ResultColumn& column) {
    const auto [condensed, said] = condensed_apart(column);
    const auto [meaning, unit] = unit_apart(said, column.unit);
    const bool text = !column.names.empty();
    return {tidy_name(name_in_table(column.name, column.dimension)),
            with_names(meaning, column.name),
            text ? "" : unit,
            text ? "" : text_of(column.low),
            text ? "" : text_of(column.high),
            joined(column.names),
            condensed,
            column.caution,
            column.symbol,
            column.path()};
}

TidyColumn label_column(const std::string& dimension, const std::vector<std::string>& labels) {
    return {dimension, "name of the " + dimension, "", "", "", joined(labels), "", "", "", "/summary/" + dimension};
}

Shared shared_of(const ResultFile& file, const ResultTables& source,
                 const std::vector<std::vector<RepeatedParameter>>& repeated, std::set<std::string> taken) {
    Shared shared;
    shared.keys = {{"scenario", "title of the scenario", "", "", "", "", "", "", "", "attribute title of the file"},
                   {"scenario_id", "first digits of the SHA-256 of the scenario with every parameter", "", "", "", "",
                    "", "", "", "attribute scenario_resolved_sha256 of /provenance; sha256_of_row of /design"},
                   {"seed", "master seed; with the realisation it fixes the luck", "", "", "", "", "", "", "",
                    "attribute master_seed of /provenance"}};
    const auto& record = file.design();
    if (record) add_design_columns(shared, *record, taken);
    for (const RepeatedParameter& parameter : repeated.front())
        shared.parameters.push_back({tidy_name(parameter.key, taken), parameter.meaning, parameter.unit,
                                     parameter.minimum, parameter.maximum, parameter.values, "", "", "",
                                     "parameter " + parameter.key});
    for (std::size_t row = 0; row < file.rows(); ++row) {
        const std::string sha =
            record ? record->worlds[row].resolved_sha256 : file.provenance("scenario_resolved_sha256").value_or("");
        shared.key_cells.push_back(csv_line({source.title(), identity(sha), hexadecimal(file.seed())}));
        std::vector<std::string> cells;
        if (record)
            for (std::size_t a = 0; a < record->design.axes.size(); ++a)
                cells.push_back(record->design.axes[a].levels[record->design.rows[row][a]].label);
        for (const RepeatedParameter& parameter : repeated[row]) cells.push_back(parameter.value);
        shared.parameter_cells.push_back(csv_line(cells));
    }
    return shared;
}

}  // namespace multivector
