#include "concentration.hpp"

#include <algorithm>

#include "math.hpp"

namespace multivector {

double normalised_hhi(std::span<const double> amounts) {
    double total = 0, squares = 0;
    for (const double amount : amounts) {
        total += amount;
        squares += amount * amount;
    }
    if (!(total > 0) || amounts.size() == 1) return 1;
    const double least = 1 / static_cast<double>(amounts.size());
    return std::max(0.0, (squares / (total * total) - least) / (1 - least));  // equal amounts may round below
}

Concentration concentration(std::span<const double> amounts) {
    const auto count = static_cast<double>(amounts.size());
    double total = 0;
    for (const double amount : amounts) total += amount;
    if (!(total > 0)) return {1, 1, 0, 0};
    double hhi = 0, entropy = 0;
    for (const double amount : amounts) {
        if (amount <= 0) continue;
        const double share = amount / total;
        hhi += share * share;
        entropy -= share * portable_log(share);
    }
    if (amounts.size() == 1) return {1, 1, 0, 0};
    const double most = portable_log(count);
    return {hhi, (hhi - 1 / count) / (1 - 1 / count), most - entropy, entropy / most};
}

}  // namespace multivector
