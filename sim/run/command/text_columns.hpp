// Numbers, names and columns as they read in text.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace multivector {

/// Four significant digits, and never a minus before zero; a dash for what is missing.
inline std::string digits(double value) {
    if (!std::isfinite(value)) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value == 0 ? 0.0 : value);
    return text;
}

inline std::string spaced(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

/// Columns as wide as what stands in them; the first to the left, the others to the right.
class Columns {
 public:
    explicit Columns(std::vector<std::string> header) { add(std::move(header)); }
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    void print(std::ostream& out) const {
        std::vector<std::size_t> widths;
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (i == widths.size()) widths.push_back(0);
                widths[i] = std::max(widths[i], letters(row[i]));
            }
        for (const auto& row : rows_) {
            std::string line = "  ";
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string padding(widths[i] - letters(row[i]), ' ');
                line += i == 0 ? row[i] + padding : "  " + padding + row[i];
            }
            while (line.ends_with(' ')) line.pop_back();
            out << line << '\n';
        }
    }

 private:
    static std::size_t letters(const std::string& text) {  // of UTF-8: bytes that begin one
        return static_cast<std::size_t>(
            std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
    }
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace multivector
