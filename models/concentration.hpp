// Concentration of shares.
#pragma once

#include <span>

namespace multivector {

struct Concentration {
    double hhi;             ///< sum of squared shares (Hirschman 1945), in [1/K, 1]
    double normalised_hhi;  ///< (HHI - 1/K) / (1 - 1/K); 1 when K is 1
    double theil;           ///< sum of s log(K s), in [0, log K]
    double entropy;         ///< -sum of s log s / log K, in [0, 1]; 0 when K is 1
};

/// The normalised HHI alone: no logarithms.
double normalised_hhi(std::span<const double> amounts);

/// Of amounts >= 0, K of them. All of it concentrated when nothing is there: hhi 1, theil 0, entropy 0.
Concentration concentration(std::span<const double> amounts);

}  // namespace multivector
