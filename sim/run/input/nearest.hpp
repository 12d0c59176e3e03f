// The name that somebody who mistyped probably meant.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace multivector {

/// Smallest number of insertions, deletions, substitutions and swaps of neighbours between two texts, a letter's case
/// aside (the restricted Damerau-Levenshtein distance). When it is more than `most`, some number between `most` and it.
int edit_distance(std::string_view a, std::string_view b, int most = std::numeric_limits<int>::max());

/// The candidate nearest to `word`, the first of equals; none unless it is close: at most a third of its letters
/// differ.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// "; the nearest valid `what` is 'x'" or, when nothing is close, "; valid: a, b, c" (at most a dozen named).
std::string suggestion(std::string_view word, std::span<const std::string> candidates, std::string_view what);

}  // namespace multivector
