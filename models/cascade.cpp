#include "cascade.hpp"

namespace multivector {

double cascade(std::span<const double> thresholds, std::span<const double> weights, double contagion) {
    double acting = 0;
    for (std::size_t round = 0; round <= thresholds.size(); ++round) {
        // The weight is summed afresh, in one order, so that a share that has been reached is reached exactly.
        double joined = 0;
        for (std::size_t i = 0; i < thresholds.size(); ++i)
            if (thresholds[i] <= contagion * acting) joined += weights[i];
        if (joined == acting) break;
        acting = joined;
    }
    return acting;
}

}  // namespace multivector
