#include "command_options.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "input_error.hpp"
#include "nearest.hpp"

namespace multivector {

namespace {

std::vector<std::string> names_in(const program_options::options_description& options) {
    std::vector<std::string> names;
    for (const auto& option : options.options()) names.push_back("--" + option->long_name());
    return names;
}

}  // namespace

void refuse_command_line(const std::string& why) { throw InputError("command line", 0, 0, why); }

std::vector<std::string> Said::texts(const std::string& option) const {
    return has(option) ? options[option].as<std::vector<std::string>>() : std::vector<std::string>();
}

std::vector<std::string> Said::list(const std::string& option) const {
    std::vector<std::string> parts;
    std::istringstream all(has(option) ? text(option) : "");
    for (std::string part; std::getline(all, part, ',');) {
        const std::size_t first = part.find_first_not_of(' ');  // a blank inside belongs to the name of an actor
        if (first != std::string::npos) parts.push_back(part.substr(first, part.find_last_not_of(' ') + 1 - first));
    }
    return parts;
}

Said parse_options(std::span<const std::string> arguments, const program_options::options_description& options) {
    namespace po = program_options;
    po::options_description all;
    all.add(options).add_options()("words", po::value<std::vector<std::string>>());
    po::positional_options_description places;
    places.add("words", -1);
    // Guessing an option from its beginning would change its meaning when options are added.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    Said said;
    try {
        said.arguments.assign(arguments.begin(), arguments.end());
        po::store(po::command_line_parser(said.arguments).options(all).positional(places).style(style).run(),
                  said.options);
        po::notify(said.options);
    } catch (const po::unknown_option& error) {
        const std::string name = error.get_option_name();
        refuse_command_line("unknown option " + name + suggestion(name, names_in(options), "option"));
    } catch (const po::error& error) {
        refuse_command_line(error.what());
    }
    said.words = said.texts("words");
    return said;
}

void expect_words(const Said& said, std::size_t least, std::size_t most, const std::string& what) {
    if (said.words.size() < least) refuse_command_line("missing: " + what);
    if (said.words.size() > most) refuse_command_line("unexpected '" + said.words[most] + "'; expected " + what);
}

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t low, std::uint64_t high) {
    const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    const char *first = text.data() + (hexadecimal ? 2 : 0), *last = text.data() + text.size();
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(first, last, value, hexadecimal ? 16 : 10);
    if (failure != std::errc() || end != last || first == last || value < low || value > high)
        refuse_command_line("--" + option + " '" + text + "' is not a whole number from " + std::to_string(low) +
                            " to " + std::to_string(high));
    return value;
}

std::size_t one_of(const std::string& what, const std::string& text, std::span<const std::string> names) {
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end())
        refuse_command_line("unknown " + what + " '" + text + "'" + suggestion(text, names, what));
    return static_cast<std::size_t>(found - names.begin());
}

}  // namespace multivector
