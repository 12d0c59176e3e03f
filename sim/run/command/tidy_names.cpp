#include "tidy_names.hpp"

#include <algorithm>
#include <cctype>

namespace multivector {

namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Characters, not bytes, of UTF-8.
std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !continues(byte); }));
}

std::string first_characters(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size(); ++end)
        if (!continues(text[end]) && seen++ == count) break;
    return std::string(text.substr(0, end));
}

std::string with_legal_letters(std::string_view text) {
    std::string name;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        name += byte >= 0x80 || std::isalnum(byte) ? letter : '_';
    }
    if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front()))) name.insert(0, "_");
    return name;
}

}  // namespace

std::string tidy_name(std::string_view key) {
    for (;;) {
        const std::string name = with_legal_letters(key);
        if (length(name) <= longest_tidy_name) return name;
        const std::size_t dot = key.find('.');
        if (dot == std::string_view::npos) return first_characters(name, longest_tidy_name);
        key.remove_prefix(dot + 1);
    }
}

std::string tidy_name(std::string_view key, std::set<std::string>& taken) {
    const std::string name = tidy_name(key);
    std::string made = name;
    for (int number = 2; !taken.insert(made).second; ++number) {
        const std::string ending = "_" + std::to_string(number);
        made = first_characters(name, longest_tidy_name - ending.size()) + ending;
    }
    return made;
}

std::string name_in_table(const std::string& name, const std::string& dimension) {
    const std::string ending = "_by_" + dimension;
    const bool said = !dimension.empty() && name.size() > ending.size() && name.ends_with(ending);
    return said ? name.substr(0, name.size() - ending.size()) : name;
}

}  // namespace multivector
