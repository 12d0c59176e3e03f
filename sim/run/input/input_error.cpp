#include "input_error.hpp"

#include <algorithm>
#include <vector>

namespace multivector {
namespace {

constexpr std::size_t window = 140;  ///< characters of a long line that are shown

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::vector<std::string> characters_of(std::string_view line) {
    std::vector<std::string> characters;
    for (const char byte : line) {
        const bool control = static_cast<unsigned char>(byte) < 0x20 && byte != '\t';
        if (continues_character(byte) && !characters.empty())
            characters.back() += byte;
        else
            characters.emplace_back(1, control ? ' ' : byte);
    }
    return characters;
}

/// The source line and a caret under the column; a long line is cut to the column's surroundings.
std::string excerpt(std::string_view line, int column) {
    const auto characters = characters_of(line);
    const std::size_t at = std::min(characters.size(), static_cast<std::size_t>(std::max(column, 1) - 1));
    const std::size_t first = characters.size() > window && at > window / 2 ? at - window / 2 : 0;
    const std::size_t last = std::min(characters.size(), first + window);
    std::string shown = first > 0 ? "  ..." : "  ", caret = first > 0 ? "     " : "  ";
    for (std::size_t i = first; i < last; ++i) {
        shown += characters[i];
        if (i < at) caret += characters[i] == "\t" ? "\t" : " ";  // a tab is as wide below as above
    }
    if (last < characters.size()) shown += "...";
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
