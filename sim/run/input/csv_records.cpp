#include <algorithm>
#include <set>

#include "csv.hpp"
#include "nearest.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

std::size_t rank_of(std::string_view quality) {
    return static_cast<std::size_t>(std::find(qualities.begin(), qualities.end(), quality) - qualities.begin());
}

bool is_plain_year(std::string_view text) {
    return text.size() == 4 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_span(std::string_view text) {
    return text.size() == 9 && text[4] == '-' && is_plain_year(text.substr(0, 4)) && is_plain_year(text.substr(5)) &&
           text.substr(0, 4) < text.substr(5);
}

/// A unit without the remarks that follow it: "million tonnes (announced)" counts in million tonnes.
std::string_view bare_unit(std::string_view unit) { return unit.substr(0, unit.find(" (")); }

struct Columns {
    explicit Columns(const CsvTable& table)
        : year(table.column("year")),
          variable(table.column("variable")),
          value(table.column("value")),
          unit(table.column("unit")) {}
    std::size_t year, variable, value, unit;
};

[[noreturn]] void fail_whole(const CsvTable& table, const std::string& message) {
    throw InputError(table.source.name, 0, 0, message);
}

std::vector<const CsvRow*> rows_of(const CsvTable& table, std::size_t column, std::string_view variable) {
    std::vector<const CsvRow*> rows;
    for (const CsvRow& row : table.rows)
        if (row.cells[column] == variable) rows.push_back(&row);
    if (!rows.empty()) return rows;
    std::set<std::string> names;
    for (const CsvRow& row : table.rows) names.insert(row.cells[column]);
    const std::vector<std::string> candidates(names.begin(), names.end());
    fail_whole(table, "no variable " + in_quotes(variable) + suggestion(variable, candidates, "variable"));
}

double value_of(const CsvTable& table, const CsvRow& row, const Columns& columns, Provenance& provenance) {
    const auto value = parse_number(row.cells[columns.value]);
    if (!value)
        table.fail(row, columns.value, "the value must be a finite number, not " + in_quotes(row.cells[columns.value]));
    provenance.add(table, row);
    return *value;
}

/// Refuses a row of a series that cannot stand in line with its first row.
void require_same_unit(const CsvTable& table, const CsvRow& row, const CsvRow& first, std::size_t unit) {
    if (bare_unit(row.cells[unit]) == bare_unit(first.cells[unit])) return;
    table.fail(row, unit,
               "the unit changes within a series: " + in_quotes(row.cells[unit]) + " here, but " +
                   in_quotes(first.cells[unit]) + " on line " + std::to_string(first.line));
}

std::string years_in(const std::vector<const CsvRow*>& rows, std::size_t column) {
    std::string list;
    for (const CsvRow* row : rows) list += (list.empty() ? "" : ", ") + row->cells[column];
    return list;
}

}  // namespace

void Provenance::add(const CsvTable& table, const CsvRow& row) {
    const std::string &row_source = row.cells[table.column("source")],
                      &row_quality = row.cells[table.column("quality")];
    if (rank_of(row_quality) == qualities.size())
        table.fail(row, table.column("quality"),
                   "the quality must be verified, recalled or assumed, not " + in_quotes(row_quality));
    if (quality.empty() || rank_of(row_quality) > rank_of(quality)) quality = row_quality;
    if (sources.insert(row_source).second) source += (source.empty() ? "" : "; ") + row_source;
}

SeriesRecord read_series(const CsvTable& table, std::string_view variable) {
    const Columns columns(table);
    const auto rows = rows_of(table, columns.variable, variable);
    SeriesRecord record;
    std::map<double, int> lines;
    const CsvRow* first = nullptr;
    for (const CsvRow* row : rows) {
        if (is_span(row->cells[columns.year])) continue;
        if (!is_plain_year(row->cells[columns.year]))
            table.fail(
                *row, columns.year,
                "a year must be written YYYY, or YYYY-YYYY for a span, not " + in_quotes(row->cells[columns.year]));
        if (!first) first = row;
        const double year = *parse_number(row->cells[columns.year]);
        const auto [earlier, is_new] = lines.emplace(year, row->line);
        if (!is_new)
            table.fail(*row, columns.year,
                       in_quotes(variable) + " has " + row->cells[columns.year] + " twice; first on line " +
                           std::to_string(earlier->second));
        require_same_unit(table, *row, *first, columns.unit);
        record.points.emplace_back(year, value_of(table, *row, columns, record));
    }
    if (record.points.empty())
        fail_whole(table, in_quotes(variable) + " has no plain year, only " + years_in(rows, columns.year));
    std::sort(record.points.begin(), record.points.end());
    return record;
}

SeriesRecord read_series(const std::filesystem::path& file, std::string_view variable) {
    return read_series(read_csv(file), variable);
}

ValueRecord read_value(const CsvTable& table, std::string_view variable, std::string_view year) {
    const Columns columns(table);
    const auto rows = rows_of(table, columns.variable, variable);
    const CsvRow* found = nullptr;
    for (const CsvRow* row : rows) {
        if (row->cells[columns.year] != year) continue;
        if (found)
            table.fail(*row, columns.year,
                       in_quotes(variable) + " has " + std::string(year) + " twice; first on line " +
                           std::to_string(found->line));
        found = row;
    }
    if (!found)
        fail_whole(table,
                   in_quotes(variable) + " has no year " + in_quotes(year) + ", only " + years_in(rows, columns.year));
    ValueRecord record;
    record.value = value_of(table, *found, columns, record);
    return record;
}

ValueRecord read_value(const std::filesystem::path& file, std::string_view variable, std::string_view year) {
    return read_value(read_csv(file), variable, year);
}

void deflate(SeriesRecord& record, const CsvTable& deflator, std::string_view variable, int base) {
    const SeriesRecord index = read_series(deflator, variable);
    const std::map<double, double> level(index.points.begin(), index.points.end());
    const auto at = [&](double year) {
        const auto found = level.find(year);
        if (found == level.end() || found->second <= 0)
            fail_whole(deflator, "no positive " + in_quotes(variable) + " for " + number_text(year));
        return found->second;
    };
    const double base_level = at(base);
    for (auto& [year, value] : record.points) value *= base_level / at(year);
    record.source +=
        " (put on prices of " + std::to_string(base) + " by " + std::string(variable) + ": " + index.source + ")";
    if (rank_of(index.quality) > rank_of(record.quality)) record.quality = index.quality;
}

}  // namespace multivector
