// The game of one host and many partners with transferable payoffs, in closed form. Only the host can deal, with one
// partner at most: a coalition is worth what its best partner could concede, or what the host has without any.
//
// `limits` are m_1 >= m_2 >= ... of the partners, gross of `reserve` w_0, the host's best alternative that is no
// partner. Partners below w_0 are worth nothing to any coalition.
#pragma once

#include <algorithm>
#include <span>

namespace multivector {

inline double limit_at(std::span<const double> limits, double reserve, std::size_t k) {
    return k < limits.size() ? std::max(limits[k], reserve) : reserve;
}

/// U_k - U_{k+1}, counting from zero.
inline double step_at(std::span<const double> limits, double reserve, std::size_t k) {
    return limit_at(limits, reserve, k) - limit_at(limits, reserve, k + 1);
}

/// Host's payoffs that no coalition can better: second price and whole pie (Shapley and Shubik 1971). Losers get 0.
struct CoreBounds {
    double host_worst, host_best;
};
inline CoreBounds core_bounds(std::span<const double> limits, double reserve) {
    return {limit_at(limits, reserve, 1), limit_at(limits, reserve, 0)};
}

/// Host: w_0 + sum_k (U_k - U_{k+1}) k / (k + 1) with U = max(m - w_0, 0) (Shapley 1953).
inline double shapley_host(std::span<const double> limits, double reserve) {
    double payoff = reserve;
    for (std::size_t k = 0; k < limits.size(); ++k)
        payoff += step_at(limits, reserve, k) * static_cast<double>(k + 1) / static_cast<double>(k + 2);
    return payoff;
}

/// Partner at position `which`: sum_{k >= which} (U_k - U_{k+1}) / (k (k + 1)), counting from one.
inline double shapley_partner(std::span<const double> limits, double reserve, std::size_t which) {
    double payoff = 0;
    for (std::size_t k = which; k < limits.size(); ++k)
        payoff += step_at(limits, reserve, k) / (static_cast<double>(k + 1) * static_cast<double>(k + 2));
    return payoff;
}

/// The middle of the core (Schmeidler 1969).
inline double nucleolus_host(std::span<const double> limits, double reserve) {
    const CoreBounds core = core_bounds(limits, reserve);
    return (core.host_worst + core.host_best) / 2;
}

/// Each partner keeps the part 1 - weight of what the host would lose without it (Horn and Wolinsky 1988).
inline double nash_in_nash_host(std::span<const double> limits, double reserve, double weight) {
    const CoreBounds core = core_bounds(limits, reserve);
    return core.host_best - (1 - weight) * (core.host_best - core.host_worst);
}

}  // namespace multivector
