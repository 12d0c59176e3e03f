#include "csv.hpp"

#include <algorithm>
#include <unordered_set>

#include "nearest.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

/// Walks through the characters of a CSV text and cuts it into rows.
class CsvParser {
 public:
    explicit CsvParser(const SourceText& source) : source_(source), text_(source.text) {}

    bool done() const { return at_ >= text_.size(); }

    /// A blank line gives a row with one empty cell.
    CsvRow row() {
        CsvRow made{line_, {}, {}};
        for (;;) {
            made.places.push_back({line_, static_cast<int>(at_ - line_start_) + 1});
            made.cells.push_back(text_.substr(at_, 1) == "\"" ? quoted_cell() : plain_cell());
            if (done()) return made;
            if (text_[at_++] == '\n') {
                start_line();
                return made;
            }
        }
    }

 private:
    void start_line() {
        ++line_;
        line_start_ = at_;
    }

    [[noreturn]] void fail(int line, std::size_t at, const std::string& message) const {
        fail_at(source_, {line, static_cast<int>(at - line_start_) + 1}, message);
    }

    std::string plain_cell() {
        const std::size_t begin = at_;
        while (!done() && text_[at_] != ',' && text_[at_] != '\n') {
            if (text_[at_] == '"') fail(line_, at_, "a quote inside a field that does not begin with one");
            ++at_;
        }
        return std::string(text_.substr(begin, at_ - begin));
    }

    std::string quoted_cell() {
        const int begin_line = line_;
        const std::size_t begin_column = at_ - line_start_;
        std::string cell;
        for (++at_; !done(); ++at_) {
            if (text_[at_] == '"' && text_.substr(at_ + 1, 1) != "\"") {
                ++at_;
                if (!done() && text_[at_] != ',' && text_[at_] != '\n')
                    fail(line_, at_, "text after the closing quote of a field");
                return cell;
            }
            cell += text_[at_];
            if (text_[at_] == '"') ++at_;
            if (!done() && text_[at_] == '\n') {
                ++line_;
                line_start_ = at_ + 1;
            }
        }
        fail_at(source_, {begin_line, static_cast<int>(begin_column) + 1}, "this quote is never closed");
    }

    const SourceText& source_;
    std::string_view text_;
    std::size_t at_ = 0, line_start_ = 0;
    int line_ = 1;
};

/// Refuses a table whose separator is that of a spreadsheet set to another language.
void require_commas(const SourceText& source, const std::vector<std::string>& header) {
    if (header.size() != 1) return;
    if (header.front().find(';') != std::string::npos)
        fail_at(source, {1, 1}, "the fields are separated by semicolons; write commas");
    if (header.front().find('\t') != std::string::npos)
        fail_at(source, {1, 1}, "the fields are separated by tabs; write commas");
}

}  // namespace

std::size_t CsvTable::column(std::string_view name) const {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    const auto close = nearest(name, header);
    fail_at(source, {1, 1},
            "the table needs the column " + in_quotes(name) +
                (close ? "; the nearest it has is " + in_quotes(*close) : "; it has none that is like it"));
}

void CsvTable::fail(const CsvRow& row, std::size_t column, const std::string& message) const {
    fail_at(source, row.places[column], message);
}

CsvTable read_csv(const std::filesystem::path& file) { return parse_csv(read_text_file(file)); }

CsvTable parse_csv(SourceText source) {
    CsvTable table{std::move(source), {}, {}};
    CsvParser parser(table.source);
    const CsvRow header = parser.row();
    table.header = header.cells;
    require_commas(table.source, table.header);
    std::unordered_set<std::string_view> columns;
    for (std::size_t i = 0; i < table.header.size(); ++i)
        if (!columns.insert(table.header[i]).second)
            table.fail(header, i, "the column " + in_quotes(table.header[i]) + " occurs twice");
    while (!parser.done()) {
        CsvRow row = parser.row();
        if (row.cells.size() == 1 && row.cells[0].empty()) continue;
        if (row.cells.size() != table.header.size())
            table.fail(row, std::min(row.cells.size(), table.header.size() + 1) - 1,
                       "this row has " + std::to_string(row.cells.size()) +
                           (row.cells.size() == 1 ? " field" : " fields") + " and the header " +
                           std::to_string(table.header.size()));
        table.rows.push_back(std::move(row));
    }
    return table;
}

const CsvTable& CsvFiles::get(const std::filesystem::path& file) {
    const auto found = tables_.find(file);
    return found != tables_.end() ? found->second : tables_.emplace(file, read_csv(file)).first->second;
}

}  // namespace multivector
