// How alternatives enter a talk.
#pragma once

#include <optional>

#include "solutions.hpp"

namespace multivector {

/// Settles a talk with disagreement payoffs d and outside options o >= d. Under split_the_difference the solution is
/// taken from o, as if alternatives were lived on while talking. Under deal_me_out it is taken from d and moved along
/// the frontier only as far as an outside option binds (Binmore, Shaked and Sutton 1989). Nothing when no point of the
/// frontier gives both sides their outside option: the talk breaks down.
std::optional<Terms> settle(const SolutionRow& solution, OutsideOption rule, const Frontier& frontier,
                            Payoffs disagreement, Payoffs outside, double weight);

}  // namespace multivector
