// Granovetter's threshold model of collective behaviour (American Journal of Sociology 83, 1978).
#pragma once

#include <span>

namespace multivector {

/// Actor i joins once contagion times the weight of those who act reaches thresholds[i]; a threshold of zero or less
/// acts alone. Returns the weight of all who act in the end. The spans have one length.
double cascade(std::span<const double> thresholds, std::span<const double> weights, double contagion);

}  // namespace multivector
