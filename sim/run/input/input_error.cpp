#include "input_error.hpp"

#include <algorithm>
#include <vector>

namespace multivector {
namespace {

constexpr std::size_t window = 140;  ///< characters of a long line that are shown

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Calls f(number, byte) for every byte; bytes of one character have its number.
template <class Function>
void for_each_character(std::string_view line, Function f) {
    std::size_t begun = 0;
    for (const char byte : line) {
        if (begun == 0 || !continues_character(byte)) ++begun;
        f(begun - 1, byte);
    }
}

/// The characters first .. last - 1 of a line.
std::vector<std::string> characters_of(std::string_view line, std::size_t first, std::size_t last) {
    std::vector<std::string> characters;
    for_each_character(line, [&](std::size_t number, char byte) {
        if (number < first || number >= last) return;
        const bool control = static_cast<unsigned char>(byte) < 0x20 && byte != '\t';
        characters.resize(number - first + 1);
        characters.back() += control ? ' ' : byte;
    });
    return characters;
}

/// The source line and a caret under the column; a long line is cut to the column's surroundings.
std::string excerpt(std::string_view line, int column) {
    std::size_t count = 0;
    for_each_character(line, [&](std::size_t number, char) { count = number + 1; });
    const std::size_t at = std::min(count, static_cast<std::size_t>(std::max(column, 1) - 1));
    const std::size_t first = count > window && at > window / 2 ? at - window / 2 : 0;
    const std::size_t last = std::min(count, first + window);
    const auto characters = characters_of(line, first, last);
    std::string shown = first > 0 ? "  ..." : "  ", caret = first > 0 ? "     " : "  ";
    for (std::size_t i = 0; i < characters.size(); ++i) {
        shown += characters[i];
        if (first + i < at) caret += characters[i] == "\t" ? "\t" : " ";  // a tab is as wide below as above
    }
    if (last < count) shown += "...";
    return "\n" + shown + "\n" + caret + "^";
}

std::string format(const std::string& file, int line, int column, const std::string& message, std::string_view source) {
    if (line == 0) return file + ": " + message;
    const std::string where = file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message;
    return source.empty() ? where : where + excerpt(source, column);
}

}  // namespace

InputError::InputError(std::string file, int line, int column, std::string message, std::string_view source_line)
    : std::runtime_error(format(file, line, column, message, source_line)),
      file_(std::move(file)),
      message_(std::move(message)),
      line_(line),
      column_(column) {}

std::string_view SourceText::line(int number) const {
    std::string_view rest = text;
    for (int i = 1; i < number; ++i) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) return {};
        rest.remove_prefix(end + 1);
    }
    return rest.substr(0, rest.find('\n'));
}

void fail_at(const SourceText& source, Position position, const std::string& message) {
    const std::string_view line = position.line > 0 ? source.line(position.line) : std::string_view();
    const std::size_t before = std::min(line.size(), static_cast<std::size_t>(std::max(position.column, 1) - 1));
    const auto continuing = std::count_if(line.begin(), line.begin() + before, continues_character);
    throw InputError(source.name, position.line, position.column - static_cast<int>(continuing), message, line);
}

}  // namespace multivector
