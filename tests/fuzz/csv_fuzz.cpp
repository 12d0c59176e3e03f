// Whatever a CSV file says is refused with InputError or read.
//
// An input is the text of a table. Every variable and year it has is asked for, and one that it does not have.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "csv.hpp"
#include "fuzz.hpp"
#include "text_file.hpp"

using namespace multivector;

namespace {

constexpr std::size_t most_rows = 8;  ///< whose variable is asked for

template <class Function>
void attempt(Function f) {
    try {
        f();
    } catch (const InputError&) {
    }
}

void require(bool holds) {
    if (!holds) std::abort();
}

void require_points(const SeriesRecord& record) {
    require(!record.points.empty());
    for (std::size_t i = 0; i < record.points.size(); ++i) {
        require(std::isfinite(record.points[i].second));
        require(i == 0 || record.points[i - 1].first < record.points[i].first);
    }
    require(std::find(qualities.begin(), qualities.end(), record.quality) != qualities.end());
}

void ask(const CsvTable& table, const std::string& variable, const std::string& year) {
    attempt([&] { require(std::isfinite(read_value(table, variable, year).value)); });
    attempt([&] {
        SeriesRecord record = read_series(table, variable);
        require_points(record);
        deflate(record, table, variable, static_cast<int>(record.points.front().first));
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    attempt([&] {
        const CsvTable table = parse_csv(clean_text("fuzzed.csv", {reinterpret_cast<const char*>(data), size}));
        for (const CsvRow& row : table.rows) require(row.cells.size() == table.header.size());
        ask(table, "no such variable", "2000");
        const std::size_t variable = table.column("variable"), year = table.column("year");
        for (std::size_t i = 0; i < std::min(table.rows.size(), most_rows); ++i)
            ask(table, table.rows[i].cells[variable], table.rows[i].cells[year]);
    });
    return 0;
}
