// The game of one host and many partners with transferable payoffs, in closed form. Only the host can deal, with one
// partner at most: a coalition is worth what its best partner could concede, or what the host has without any.
//
// `limits` are m_1 >= m_2 >= ... of the partners, gross of `reserve` w_0, the host's best alternative that is no
// partner. Partners below w_0 are worth nothing to any coalition.
#pragma once

#include <span>

namespace multivector {

/// Host's payoffs that no coalition can better: second price and whole pie (Shapley and Shubik 1971). Losers get 0.
struct CoreBounds {
    double host_worst, host_best;
};
CoreBounds core_bounds(std::span<const double> limits, double reserve);

/// Host: w_0 + sum_k (U_k - U_{k+1}) k / (k + 1) with U = max(m - w_0, 0) (Shapley 1953).
double shapley_host(std::span<const double> limits, double reserve);

/// Partner at position `which`: sum_{k >= which} (U_k - U_{k+1}) / (k (k + 1)), counting from one.
double shapley_partner(std::span<const double> limits, double reserve, std::size_t which);

/// The middle of the core (Schmeidler 1969).
double nucleolus_host(std::span<const double> limits, double reserve);

/// Each partner keeps the part 1 - weight of what the host would lose without it (Horn and Wolinsky 1988).
double nash_in_nash_host(std::span<const double> limits, double reserve, double weight);

}  // namespace multivector
