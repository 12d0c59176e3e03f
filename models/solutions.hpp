// The solution table: how a talk over a frontier is settled. One row and one file per solution.
#pragma once

#include "frontier.hpp"

namespace multivector {

/// Axioms a solution may claim; it is tested on exactly those it claims.
enum Axiom : unsigned {
    individually_rational = 1u << 0,
    efficient = 1u << 1,
    scale_invariant = 1u << 2,
    independent_of_irrelevant_alternatives = 1u << 3,
    monotone_in_disagreement = 1u << 4,
};

struct SolutionRow {
    std::string_view name;  ///< as in names_of<Solution>
    std::string_view source;
    unsigned axioms;
    std::string_view meaning;
    /// Settles a talk whose agreement set from `threat` is not empty; `weight` is the host's bargaining weight in [0,
    /// 1].
    Terms (*settle)(const Frontier& frontier, Payoffs threat, double weight);
};

Terms settle_nash(const Frontier& frontier, Payoffs threat, double weight);

inline constexpr std::array solutions{
    SolutionRow{"nash", "Nash 1950, Econometrica 18(2); Kalai 1977, International Journal of Game Theory 6(3)",
                individually_rational | efficient | scale_invariant | independent_of_irrelevant_alternatives |
                    monotone_in_disagreement,
                "maximises (u_h - t_h)^beta (u_p - t_p)^(1 - beta) over the frontier", settle_nash},
};

static_assert(solutions.size() == names_of<Solution>.size());

}  // namespace multivector
