// Row types of the project's tables, and the compile-time checks that a table is whole.
//
// A block is a struct whose every field is eight bytes wide (double, std::int64_t, or an enumeration over
// std::int64_t), so that counting is enough: `covers_every_field` refuses a block with a field that has no row, and a
// table with two rows for one field.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace multivector {

enum class Switch : std::int64_t { off, on };

enum class Kind : std::uint8_t { number, count, choice };

/// One row of the parameter table: a field of `Block`, how to say it in YAML, what it may be and what it means.
template <class Block>
struct Parameter {
    std::string_view key;           ///< YAML key inside the block
    Kind kind;                      ///< number, whole number, or one of `names`
    double (*read)(const Block&);   ///< choices read as their position in `names`
    void (*write)(Block&, double);  ///< value must be within [low, high]
    double low, high, step;         ///< allowed range; step of a slider
    std::string_view unit;          ///< UDUNITS; with money in it, of a parameter in words, of a column "1" and [words]
    std::string_view symbol;        ///< as in ODD.md; empty when the key is the name
    std::string_view meaning;       ///< one sentence
    std::string_view source;        ///< of the default value, or "assumed"
    std::string_view active_when;   ///< "key=value; key=one|other", empty when always; "never" for a placebo
    std::span<const std::string_view> names{};  ///< of a choice
};

/// The names of an enumeration's values, in order; specialise for each enumeration used in a block.
template <class Enum>
inline constexpr std::array<std::string_view, 0> names_of{};
template <>
inline constexpr std::array<std::string_view, 2> names_of<Switch>{"off", "on"};

namespace detail {
template <class>
struct MemberTraits;
template <class Block_, class Field_>
struct MemberTraits<Field_ Block_::*> {
    using Block = Block_;
    using Field = Field_;
};
}  // namespace detail

/// Makes a row from a member: row<&Fund::floor>("floor", 0, 1, 0.05, "1", "", "meaning", "source", "active when").
template <auto member>
constexpr auto row(std::string_view key, double low, double high, double step, std::string_view unit,
                   std::string_view symbol, std::string_view meaning, std::string_view source,
                   std::string_view active_when = "") {
    using Block = typename detail::MemberTraits<decltype(member)>::Block;
    using Field = typename detail::MemberTraits<decltype(member)>::Field;
    static_assert(sizeof(Field) == 8, "a block's fields are eight bytes wide");
    Parameter<Block> made{key,
                          std::is_floating_point_v<Field> ? Kind::number
                          : std::is_enum_v<Field>         ? Kind::choice
                                                          : Kind::count,
                          [](const Block& block) { return static_cast<double>(block.*member); },
                          [](Block& block, double value) { block.*member = static_cast<Field>(value); },
                          low,
                          high,
                          step,
                          unit,
                          symbol,
                          meaning,
                          source,
                          active_when};
    if constexpr (std::is_enum_v<Field>) made.names = names_of<Field>;
    return made;
}

/// As `row` for a field that is a choice: the range is its list of names.
template <auto member>
constexpr auto choice(std::string_view key, std::string_view meaning, std::string_view source,
                      std::string_view active_when = "") {
    using Field = typename detail::MemberTraits<decltype(member)>::Field;
    return row<member>(key, 0, static_cast<double>(names_of<Field>.size()) - 1, 1, "1", "", meaning, source,
                       active_when);
}

/// True when every field of `Block` has exactly one row and every key occurs once.
template <class Block, std::size_t count>
constexpr bool covers_every_field(const std::array<Parameter<Block>, count>& rows) {
    if (sizeof(Block) != 8 * count) return false;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
            if (i == j) continue;
            if (rows[i].key == rows[j].key) return false;
            Block block{};
            const double before = rows[j].read(block);
            rows[i].write(block, rows[i].read(block) == rows[i].low ? rows[i].high : rows[i].low);
            if (rows[j].read(block) != before) return false;
        }
    }
    return true;
}

}  // namespace multivector
