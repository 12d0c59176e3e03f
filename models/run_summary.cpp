#include "run_summary.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace multivector {

namespace {

constexpr std::size_t rows_of_maxima() {
    std::size_t count = 0;
    for (const Observable& row : observables) count += row.summary == Summary::maximum;
    return count;
}

/// The rows that keep their maximum, by number.
constexpr auto maxima = [] {
    std::array<std::size_t, rows_of_maxima()> rows{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < observables.size(); ++i)
        if (observables[i].summary == Summary::maximum) rows[count++] = i;
    return rows;
}();

}  // namespace

void RunSummary::reset() { *this = RunSummary{}; }

void RunSummary::add(const Observation& observation) {
    const double* now = values(observation);
    for (std::size_t i = 0; i < observation_width; ++i) sum_[i] += now[i];
    std::memcpy(last_.data(), now, sizeof last_);
    for (const std::size_t row : maxima) largest_[row] = std::max(largest_[row], now[observables[row].offset]);
    ticks_ += 1;
}

double RunSummary::value(const Observable& row, int index) const {
    const auto i = static_cast<std::size_t>(index);
    const std::size_t at = row.offset + i;
    const double missing = std::numeric_limits<double>::quiet_NaN();
    if (ticks_ == 0) return missing;
    switch (row.summary) {
        case Summary::sum:
            return sum_[at];
        case Summary::mean:
            return sum_[at] / ticks_;
        case Summary::final:
            return last_[at];
        case Summary::maximum:
            return largest_[static_cast<std::size_t>(&row - observables.data())];
        case Summary::ratio:
            return sum_[row.over + i] != 0 ? sum_[at] / sum_[row.over + i] : missing;
        case Summary::counterfactual:
            break;
    }
    return missing;
}

}  // namespace multivector
