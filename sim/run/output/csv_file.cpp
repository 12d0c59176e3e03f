#include "csv_file.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "text_file.hpp"

namespace multivector {

std::string csv_cell(std::string_view text) {
    const bool edges = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    if (!edges && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string cell = "\"";
    for (const char letter : text) {
        if (letter == '"') cell += '"';
        cell += letter;
    }
    return cell + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    return line;
}

CsvFile::CsvFile(const std::filesystem::path& path) : path_(path), file_(std::fopen(path.c_str(), "wb"), std::fclose) {
    if (!file_) fail();
}

void CsvFile::fail() const {
    throw std::runtime_error("cannot write " + path_.filename().string() + ": " + std::strerror(errno));
}

void CsvFile::separate() {
    if (row_begun_) held_ += ',';
    row_begun_ = true;
}

void CsvFile::text(std::string_view text) {
    separate();
    held_ += csv_cell(text);
}

void CsvFile::number(double value) {
    separate();
    if (!std::isnan(value)) held_ += number_text(value);
}

void CsvFile::whole(double value) {
    separate();
    if (std::isnan(value)) return;
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<long long>(value)).ptr;
    held_.append(digits.data(), end);
}

void CsvFile::ready(const std::string& cells) {
    separate();
    held_ += cells;
}

void CsvFile::end_row() {
    held_ += '\n';
    row_begun_ = false;
    constexpr std::size_t enough = 1 << 18;
    if (held_.size() >= enough) flush();
}

void CsvFile::flush() {
    if (std::fwrite(held_.data(), 1, held_.size(), file_.get()) != held_.size()) fail();
    held_.clear();
}

void CsvFile::finish() {
    flush();
    if (std::fclose(file_.release()) != 0) fail();
}

}  // namespace multivector
