// Which contrasts of its rows a design allows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "design.hpp"

namespace multivector {

enum class Quantity : std::uint8_t { effect, amplification, contribution };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Quantity>{"effect", "amplification", "contribution"};

/// An axis that goes from one level to another; a mechanism has no levels.
struct Step {
    std::string axis, from, to;

    std::string said() const;  ///< "connectivity_demand 0 to 1"; empty without an axis
    bool operator==(const Step&) const = default;
};

/// Axes with the level at which they stand; without a level, the mean over theirs.
using Levels = std::vector<std::pair<std::string, std::string>>;

/// "oil_fund_capacity 0.5, mean over bargaining.rivals".
std::string said(const Levels& levels);

/// A sum of rows, each with its weight.
using RowWeights = std::vector<std::pair<std::size_t, double>>;

/// Where a mechanism's name would stand: what is left of the effect with all mechanisms off.
inline constexpr std::string_view none_of_them = "(none of them)";

/// Two words for two things. Effect: what changes when one axis goes from its first level to another and nothing else
/// does. Amplification: how much that effect changes when a moderator has moved too, (Y11 - Y01) - (Y10 - Y00), over
/// the levels of the other moderators alike. Contribution: how much of the effect runs through a mechanism. In a design
/// with every subset of mechanisms it is the mechanism's Shapley value (1953), what switching it off takes away over
/// every order in which they could be switched off: contributions and the effect with all of them off sum to the whole
/// effect. Otherwise it is what switching the mechanism off alone takes away. Of a list every world stands against the
/// first.
struct Contrast {
    Quantity quantity;
    Step of;
    Step by;               ///< of an amplification the moderator; of a contribution the mechanism
    Levels at;             ///< of the other axes
    bool placebo = false;  ///< in a world where there should be no effect
    RowWeights rows;
    RowWeights unmoved;  ///< of an amplification: the effect where the moderator has not moved
    std::optional<std::pair<std::size_t, std::size_t>> pair;  ///< of an effect: the row before and the row after
};

/// Whether a contrast belongs to the design's confirmatory family: contributions where mechanisms are switched off,
/// else amplifications, else effects; of placebos none.
bool is_confirmatory(const Contrast& contrast, const Design& design);
std::vector<Contrast> confirmatory(const Design& design);

/// Every contrast that a design allows; none when no axis of it is an effect.
std::vector<Contrast> contrasts_of(const Design& design);

}  // namespace multivector
