#include "nearest.hpp"

#include <algorithm>
#include <vector>

namespace multivector {
namespace {

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

int allowed_distance(std::size_t longer) { return static_cast<int>(longer) / 3; }

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int most) {
    std::vector<int> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        // A later row can use this one and, by a swap, the one above, plus one.
        const int least =
            std::min(*std::min_element(row.begin(), row.end()), *std::min_element(above.begin(), above.end()) + 1);
        if (least > most) return least;
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
    std::optional<std::string> best;
    int best_distance = 0;
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(word.size(), candidate.size());
        const std::size_t shorter = std::min(word.size(), candidate.size());
        const int allowed = allowed_distance(longer);
        if (longer - shorter > static_cast<std::size_t>(allowed)) continue;  // also keeps a huge word from costing time
        const int distance = edit_distance(word, candidate, best ? std::min(allowed, best_distance) : allowed);
        if (distance > allowed || (best && distance >= best_distance)) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

std::string suggestion(std::string_view word, std::span<const std::string> candidates, std::string_view what) {
    if (const auto close = nearest(word, candidates))
        return "; the nearest valid " + std::string(what) + " is '" + *close + "'";
    if (candidates.empty()) return "";
    constexpr std::size_t most = 12;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, candidates.size()); ++i) list += (i ? ", " : "") + candidates[i];
    if (candidates.size() > most) list += ", ...";
    return "; valid: " + list;
}

}  // namespace multivector
