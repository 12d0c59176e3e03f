// Reference data: CSV files with the columns year, variable, value, unit, source, quality (see scenarios/data).
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "input_error.hpp"
#include "scenario.hpp"

namespace multivector {

struct CsvRow {
    int line;  ///< on which the row begins
    std::vector<std::string> cells;
    std::vector<Position> places;  ///< of each cell
};

/// A table as RFC 4180 has it: a header, quoted fields, every row as wide as the header. Blank lines are skipped.
struct CsvTable {
    SourceText source;
    std::vector<std::string> header;
    std::vector<CsvRow> rows;

    /// Position of the column; throws InputError naming the nearest when there is none.
    std::size_t column(std::string_view name) const;

    /// Throws InputError that points at a cell.
    [[noreturn]] void fail(const CsvRow& row, std::size_t column, const std::string& message) const;
};

/// Throws InputError for everything that read_text_file refuses, a bad quote, a ragged row or a repeated column.
CsvTable read_csv(const std::filesystem::path& file);

/// As read_csv for a text at hand.
CsvTable parse_csv(SourceText source);

/// Where figures come from: the distinct source texts of their rows joined by "; ", and the worst of their qualities.
struct Provenance {
    std::string source, quality;
    std::set<std::string> sources;  ///< those joined in `source`
    /// Adds a row; throws InputError at its line for a quality that the codebook does not know.
    void add(const CsvTable& table, const CsvRow& row);
};

/// The codebook's qualities from best to worst.
inline constexpr std::array<std::string_view, 3> qualities{"verified", "recalled", "assumed"};

struct SeriesRecord : Provenance {
    Series points;  ///< (calendar year, value), years rising; the year is not yet moved to mid-year
};

struct ValueRecord : Provenance {
    double value = 0;
};

/// The rows of `variable` with a plain year; spans such as 2018-2020 are skipped. Errors point at their cell: a year
/// that is neither, a value that is not a finite number, an unknown quality, a year twice, a unit that is not that of
/// the first row (remarks in parentheses aside). No such variable, or no plain year left, is an error of line 0.
SeriesRecord read_series(const CsvTable& table, std::string_view variable);
SeriesRecord read_series(const std::filesystem::path& file, std::string_view variable);

/// The row of `variable` whose year reads exactly `year`, so that a span can be named too. Errors likewise.
ValueRecord read_value(const CsvTable& table, std::string_view variable, std::string_view year);
ValueRecord read_value(const std::filesystem::path& file, std::string_view variable, std::string_view year);

/// Puts a series on the prices of `base`: each value times deflator(base) / deflator(its year). A year that the
/// deflator lacks is an error of line 0 of `deflator`'s file.
void deflate(SeriesRecord& record, const CsvTable& deflator, std::string_view variable, int base);

/// Reads each file once.
class CsvFiles {
 public:
    const CsvTable& get(const std::filesystem::path& file);

 private:
    std::map<std::filesystem::path, CsvTable> tables_;
};

}  // namespace multivector
