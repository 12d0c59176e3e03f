// A run condensed to one value per observable.
#pragma once

#include "observables.hpp"

namespace multivector {

/// Condenses a run: reset, add each tick's observation in order, then read a row's run value. Costs one pass over the
/// observation per tick.
class RunSummary {
 public:
    void reset();
    void add(const Observation& observation);
    /// Value of `row` over the run for partner, sector or region `index`; NaN when there were no ticks or the ratio's
    /// denominator is zero. `row` is a row of `observables`.
    double value(const Observable& row, int index = 0) const;

 private:
    std::array<double, observation_width> sum_{}, last_{};
    std::array<double, observables.size()> largest_{};  ///< by row; of rows that keep their maximum
    double ticks_ = 0;
};

}  // namespace multivector
