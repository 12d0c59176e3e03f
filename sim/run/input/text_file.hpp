// Reading text that somebody else wrote, and numbers in text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "input_error.hpp"

namespace multivector {

inline constexpr std::size_t largest_text_file = 10'000'000;  ///< bytes; a scenario is a few thousand

/// Reads a UTF-8 text. Drops a byte-order mark and turns Windows line ends into \n. Throws InputError for a missing
/// file, a directory, a pipe or device, an empty or huge file, bytes that are not UTF-8, and control characters (a
/// binary file).
SourceText read_text_file(const std::filesystem::path& file);

/// As read_text_file for a text at hand.
SourceText clean_text(std::string name, std::string_view bytes);

/// Whether this is UTF-8 without control characters other than line ends and tabs.
bool is_text(std::string_view text);

/// A whole text as a number; none when it is not one, when it is not finite, or too large or small for a double.
std::optional<double> parse_number(std::string_view text);

/// The shortest text that reads back as the same double.
std::string number_text(double value);

/// A value somebody wrote, in quotes and cut when long, for a message.
std::string in_quotes(std::string_view text);

}  // namespace multivector
