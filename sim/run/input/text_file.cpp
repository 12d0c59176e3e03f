#include "text_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <vector>

#include "nearest.hpp"

namespace multivector {
namespace {

/// Length of the UTF-8 character at the start of `text`; 0 when there is none (RFC 3629, table 3-7 of Unicode).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto between = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
    const auto tail = [&](std::size_t i) { return between(i, 0x80, 0xBF); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return between(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return between(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4 : 0;
    return 0;
}

bool is_control(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && letter != '\n' && letter != '\t') || byte == 0x7F;
}

/// Position of the first byte that is no text; the text's length when there is none.
std::size_t first_stray(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0 || is_control(text[i])) return i;
        i += length;
    }
    return text.size();
}

void check_characters(const SourceText& source) {
    const std::size_t stray = first_stray(source.text);
    if (stray == source.text.size()) return;
    const auto line =
        1 + std::count(source.text.begin(), source.text.begin() + static_cast<std::ptrdiff_t>(stray), '\n');
    throw InputError(source.name, 0, 0,
                     "line " + std::to_string(line) + " of this file " +
                         (is_control(source.text[stray]) ? "has a control character; is this a text file?"
                                                         : "is not UTF-8 text; save it as UTF-8"));
}

std::string with_plain_line_ends(std::string_view bytes) {
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '\r')
            text += bytes[i];
        else if (i + 1 == bytes.size() || bytes[i + 1] != '\n')
            text += '\n';
    }
    return text;
}

/// Characters that look like a space or like nothing are written out: they are what is wrong. A line end becomes a
/// space, so that a message stays on its line.
std::string visible(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> hidden{{{"\n", " "},
                                                                                   {"\t", "<tab>"},
                                                                                   {"\u00A0", "<U+00A0>"},
                                                                                   {"\u00AD", "<U+00AD>"},
                                                                                   {"\u200B", "<U+200B>"},
                                                                                   {"\u200C", "<U+200C>"},
                                                                                   {"\u200D", "<U+200D>"},
                                                                                   {"\u202F", "<U+202F>"},
                                                                                   {"\uFEFF", "<U+FEFF>"}}};
    std::string shown;
    while (!text.empty()) {
        const auto found = std::find_if(hidden.begin(), hidden.end(),
                                        [&](const auto& entry) { return text.starts_with(entry.first); });
        shown += found == hidden.end() ? text.substr(0, 1) : found->second;
        text.remove_prefix(found == hidden.end() ? 1 : found->first.size());
    }
    return shown;
}

/// The file beside a missing one that may have been meant: endings apart, since they would make any two alike.
std::string similar_file(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    constexpr std::size_t most = 1000;
    std::vector<std::filesystem::path> beside;
    std::error_code ignored;
    for (auto entry = std::filesystem::directory_iterator(folder, ignored);
         entry != std::filesystem::directory_iterator() && beside.size() < most; entry.increment(ignored))
        beside.push_back(entry->path().filename());
    std::sort(beside.begin(), beside.end());
    std::vector<std::string> stems;
    for (const auto& name : beside) stems.push_back(name.stem().string());
    const auto close = nearest(file.stem().string(), stems);
    if (!close) return "";
    const auto at = std::find(stems.begin(), stems.end(), *close) - stems.begin();
    return "; the nearest there is " + in_quotes(beside[static_cast<std::size_t>(at)].string());
}

}  // namespace

bool is_text(std::string_view text) { return first_stray(text) == text.size(); }

SourceText clean_text(std::string name, std::string_view bytes) {
    if (bytes.size() > largest_text_file) throw InputError(std::move(name), 0, 0, "larger than 10 MB");
    SourceText source{std::move(name), with_plain_line_ends(bytes)};
    check_characters(source);
    if (source.text.find_first_not_of(" \t\n") == std::string::npos)
        throw InputError(source.name, 0, 0, "the file is empty");
    return source;
}

SourceText read_text_file(const std::filesystem::path& file) {
    std::error_code ignored;
    if (file.empty()) throw InputError("''", 0, 0, "no file is named");
    if (std::filesystem::is_directory(file, ignored)) throw InputError(file.string(), 0, 0, "is a folder, not a file");
    if (!std::filesystem::exists(file, ignored) && std::filesystem::is_symlink(file, ignored))
        throw InputError(file.string(), 0, 0, "is a link that leads to no file");
    if (!std::filesystem::exists(file, ignored))
        throw InputError(file.string(), 0, 0,
                         file == "-" ? "standard input is not read; save the text in a file and name that"
                                     : "no such file" + similar_file(file));
    if (!std::filesystem::is_regular_file(file, ignored))  // a pipe without a writer would wait for ever
        throw InputError(file.string(), 0, 0, "is a pipe or a device; save the text in a file and name that");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw InputError(file.string(), 0, 0, "cannot be opened for reading");
    std::string bytes;
    std::array<char, 65536> block;
    while (bytes.size() <= largest_text_file) {  // an endless file stops here
        stream.read(block.data(), block.size());
        if (stream.gcount() == 0) break;
        bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad()) throw InputError(file.string(), 0, 0, "cannot be read to its end");
    return clean_text(file.string(), bytes);
}

std::optional<double> parse_number(std::string_view text) {
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string number_text(double value) {
    std::array<char, 40> buffer;
    char *first = buffer.data(), *last = first + buffer.size();
    const bool plain = value == std::floor(value) && std::abs(value) < 1e7;  // 100000 reads better than 1e+05
    const auto [end, error] =
        plain ? std::to_chars(first, last, value, std::chars_format::fixed) : std::to_chars(first, last, value);
    return error == std::errc() ? std::string(buffer.data(), end) : std::string();
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t most = 60;
    std::size_t end = std::min(text.size(), most);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return "'" + visible(text.substr(0, end)) + (end < text.size() ? "...'" : "'");
}

}  // namespace multivector
