// Reading a command line: options with Boost, mistakes as InputError with the nearest valid name.
#pragma once

#include <boost/program_options.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace multivector {

namespace program_options = boost::program_options;

/// What was said to one command.
struct Said {
    std::vector<std::string> arguments;  ///< as they came, after the command's name
    std::vector<std::string> words;      ///< what is no option, in order
    program_options::variables_map options;

    bool has(const std::string& option) const { return options.count(option) > 0; }
    std::string text(const std::string& option) const { return options[option].as<std::string>(); }
    std::vector<std::string> texts(const std::string& option) const;  ///< empty when not said

    /// What stands between the commas of a text option, without blanks around it; empty when not said.
    std::vector<std::string> list(const std::string& option) const;
};

/// Options are said in full or by their letter. Throws InputError for an unknown option (with the nearest), an option
/// without its value, or said twice.
Said parse_options(std::span<const std::string> arguments, const program_options::options_description& options);

/// Throws InputError unless there are at least `least` and at most `most` words; `what` says what they are.
void expect_words(const Said& said, std::size_t least, std::size_t most, const std::string& what);

/// A whole number in decimal or, after 0x, hexadecimal. Throws InputError naming the option and the range.
std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t low, std::uint64_t high);

/// Position of `text` among `names`. Throws InputError with the nearest.
std::size_t one_of(const std::string& what, const std::string& text, std::span<const std::string> names);

/// Throws the InputError of a mistake on the command line.
[[noreturn]] void refuse_command_line(const std::string& why);

}  // namespace multivector
