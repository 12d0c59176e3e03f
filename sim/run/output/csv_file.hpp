// CSV as RFC 4180 has it, but with \n at the ends of lines, in UTF-8 without a byte-order mark; a missing value is
// empty.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace multivector {

/// A cell, in quotes when it holds a comma, a quote, a line's end, or spaces at its ends.
std::string csv_cell(std::string_view text);

/// Cells and the commas between them, without the end of the line.
std::string csv_line(const std::vector<std::string>& cells);

/// Writes rows cell by cell, to any length in constant memory. Throws std::runtime_error with the system's reason, for
/// example a full disk, which `finish` notices at the latest.
class CsvFile {
 public:
    explicit CsvFile(const std::filesystem::path& path);

    void text(std::string_view text);
    void number(double value);             ///< the shortest text that reads back as the same double; NaN is empty
    void whole(double value);              ///< a whole number in digits; NaN is empty
    void ready(const std::string& cells);  ///< what csv_line gave, one cell or more
    void end_row();

    void finish();  ///< writes what is held and closes

 private:
    void separate();
    void flush();
    [[noreturn]] void fail() const;

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    std::string held_;
    bool row_begun_ = false;
};

}  // namespace multivector
