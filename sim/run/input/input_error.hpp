// The one error for bad input, and the text it points into.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace multivector {

/// Bad input, with the place where it stands. what() reads
///     scenarios/x.yaml:12:7: message
///       the source line
///             ^
/// Line 0 means that the fault concerns the file as a whole; what() is then "file: message".
class InputError : public std::runtime_error {
 public:
    /// `column` counts characters from 1 in `source_line`.
    InputError(std::string file, int line, int column, std::string message, std::string_view source_line = {});

    const std::string& file() const { return file_; }
    int line() const { return line_; }
    int column() const { return column_; }
    const std::string& message() const { return message_; }

 private:
    std::string file_, message_;
    int line_, column_;
};

/// A place in a text: line from 1, column in bytes from 1. Line 0 is the text as a whole.
struct Position {
    int line = 0, column = 0;
};

/// A text that errors can point into. UTF-8 without byte-order mark; lines end in \n.
struct SourceText {
    std::string name;  ///< as errors call it
    std::string text;

    std::string_view line(int number) const;
};

/// Throws the InputError that points at `position`.
[[noreturn]] void fail_at(const SourceText& source, Position position, const std::string& message);

}  // namespace multivector
