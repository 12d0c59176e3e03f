// Where a number is from, told by the text that says so, so that numbers can be counted by how well they are founded.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace multivector {

enum class SourceKind : std::uint8_t { record, estimate, literature, definition, calibrated, assumed, unclear };

struct SourceKindRow {
    std::string_view name;
    std::string_view counted;  ///< after a number of such values
    std::string_view meaning;
};

/// In the order of SourceKind.
inline constexpr std::array source_kinds{
    SourceKindRow{"record", "read from the record", "as it stands in a table of the record"},
    SourceKindRow{"estimate", "estimated from the record", "worked out from the table that the source names (.csv)"},
    SourceKindRow{"literature", "from the literature", "from the work that the source names with its year"},
    SourceKindRow{"definition", "by definition", "what the question or the unit makes it"},
    SourceKindRow{"calibrated", "calibrated", "found by matching the record, as the source says"},
    SourceKindRow{"assumed", "assumed", "a judgement, of which the range is the honest statement"},
    SourceKindRow{"unclear", "without a source", "the source is none of these, or there is none"},
};

namespace detail {
constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
constexpr bool is_small(char letter) { return letter >= 'a' && letter <= 'z'; }
constexpr bool is_capital(char letter) { return (letter >= 'A' && letter <= 'Z') || (letter & '\x80') != 0; }
constexpr bool in_word(char letter) {
    return is_digit(letter) || is_small(letter) || is_capital(letter) || letter == '_';
}

constexpr bool begins_with_word(std::string_view text, std::string_view word) {
    return text.starts_with(word) && (text.size() == word.size() || !in_word(text[word.size()]));
}

constexpr bool has_word(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        if ((at == 0 || !in_word(text[at - 1])) && begins_with_word(text.substr(at), word)) return true;
    return false;
}

/// Whether a name stands before a year: "Nash 1950", "Nash (1950)", "World Bank, 2019", "Grimm et al. 2020".
constexpr bool names_a_work(std::string_view text) {
    for (std::size_t at = 1; at + 4 <= text.size(); ++at) {
        const std::string_view year = text.substr(at, 4);
        bool whole = (year[0] == '1' || year[0] == '2') && (at + 4 == text.size() || !in_word(text[at + 4]));
        for (const char letter : year) whole = whole && is_digit(letter);
        if (!whole || in_word(text[at - 1])) continue;
        std::size_t end = at;
        while (end > 0 && !in_word(text[end - 1])) --end;
        std::size_t begin = end;
        while (begin > 0 && in_word(text[begin - 1])) --begin;
        const std::string_view name = text.substr(begin, end - begin);
        if (!name.empty() && (is_capital(name[0]) || name == "al")) return true;
    }
    return false;
}
}  // namespace detail

/// The kind of a source. "assumed" anywhere in it makes it assumed, since no part of a number is better than its
/// worst; "calibrated" and "definition" come first; a table of the record is named with its ".csv", a work with its
/// year.
constexpr SourceKind source_kind(std::string_view source) {
    if (detail::has_word(source, "assumed")) return SourceKind::assumed;
    if (detail::begins_with_word(source, "calibrated")) return SourceKind::calibrated;
    if (detail::begins_with_word(source, "definition")) return SourceKind::definition;
    if (source.find(".csv") != std::string_view::npos) return SourceKind::estimate;
    return detail::names_a_work(source) ? SourceKind::literature : SourceKind::unclear;
}

constexpr const SourceKindRow& row_of(SourceKind kind) { return source_kinds[static_cast<std::size_t>(kind)]; }

}  // namespace multivector
