#include "cooperative.hpp"

#include <algorithm>

namespace multivector {

namespace {

double limit_at(std::span<const double> limits, double reserve, std::size_t k) {
    return k < limits.size() ? std::max(limits[k], reserve) : reserve;
}

/// U_k - U_{k+1}, counting from zero.
double step_at(std::span<const double> limits, double reserve, std::size_t k) {
    return limit_at(limits, reserve, k) - limit_at(limits, reserve, k + 1);
}

}  // namespace

CoreBounds core_bounds(std::span<const double> limits, double reserve) {
    return {limit_at(limits, reserve, 1), limit_at(limits, reserve, 0)};
}

double shapley_host(std::span<const double> limits, double reserve) {
    double payoff = reserve;
    for (std::size_t k = 0; k < limits.size(); ++k)
        payoff += step_at(limits, reserve, k) * static_cast<double>(k + 1) / static_cast<double>(k + 2);
    return payoff;
}

double shapley_partner(std::span<const double> limits, double reserve, std::size_t which) {
    double payoff = 0;
    for (std::size_t k = which; k < limits.size(); ++k)
        payoff += step_at(limits, reserve, k) / (static_cast<double>(k + 1) * static_cast<double>(k + 2));
    return payoff;
}

double nucleolus_host(std::span<const double> limits, double reserve) {
    const CoreBounds core = core_bounds(limits, reserve);
    return (core.host_worst + core.host_best) / 2;
}

double nash_in_nash_host(std::span<const double> limits, double reserve, double weight) {
    const CoreBounds core = core_bounds(limits, reserve);
    return core.host_best - (1 - weight) * (core.host_best - core.host_worst);
}

}  // namespace multivector
