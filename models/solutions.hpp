// The solution table: how a talk over a frontier is settled. A solution is one file in solutions/ and one row here,
// with its name in choices.hpp. Closed forms are headers: a table that knows its solution works them out in place.
#pragma once

#include "solutions/auction.hpp"
#include "solutions/egalitarian.hpp"
#include "solutions/kalai_smorodinsky.hpp"
#include "solutions/nash.hpp"
#include "solutions/nash_in_nash.hpp"
#include "solutions/nucleolus.hpp"
#include "solutions/shapley.hpp"
#include "talk.hpp"

namespace multivector {

/// Axioms a solution may claim; it is tested on exactly those: the claimed ones hold, the others fail somewhere. For a
/// solution of a whole table they are about one talk at it, with rivals who could concede what they could before.
enum Axiom : unsigned {
    individually_rational = 1u << 0,                   ///< nobody gets less than the threat
    efficient = 1u << 1,                               ///< no package is better for both
    scale_invariant = 1u << 2,                         ///< payoffs in another unit do not move the terms
    symmetric = 1u << 3,                               ///< equal weights and a symmetric set: equal gains
    independent_of_irrelevant_alternatives = 1u << 4,  ///< forbidding what was not chosen does not move the choice
    monotone_in_disagreement = 1u << 5,                ///< a better threat never hurts its owner
    individually_monotone = 1u << 6,  ///< more for one side at every payoff of the other never hurts it
    equal_gains = 1u << 7,            ///< both gain the same wherever the frontier lets them
};

/// By bit.
inline constexpr std::array<std::string_view, 8> axiom_names{"individually rational",
                                                             "efficient",
                                                             "scale invariant",
                                                             "symmetric",
                                                             "independent of irrelevant alternatives",
                                                             "monotone in disagreement",
                                                             "individually monotone",
                                                             "equal gains"};
static_assert(equal_gains == 1u << (axiom_names.size() - 1));

/// What a solution is beyond a rule for one talk.
enum Trait : unsigned {
    plain = 0,
    whole_table = 1u << 0,  ///< it looks at every partner's limit: outside-option rule and standing offers do not enter
    bids = 1u << 1,         ///< of a whole table: the limits are offers, which the host could take
    protocol = 1u << 2,     ///< it says who offers what and when, so that it can be held against a concept
    uncertain = 1u << 3,    ///< talks can fail though both could gain
};

struct SolutionRow {
    std::string_view name;  ///< as in names_of<Solution>
    std::string_view source;
    unsigned axioms, traits;
    std::string_view meaning;
    /// Settles a talk whose agreement set from its threat is not empty.
    Settlement (*settle)(const Talk& talk);

    constexpr bool is(Trait trait) const { return (traits & trait) != 0; }
};

Settlement settle_alternating_offers(const Talk& talk);
Settlement settle_concession_tactics(const Talk& talk);

inline constexpr std::array solutions{
    SolutionRow{"nash", "Nash 1950, Econometrica 18(2); Kalai 1977, International Journal of Game Theory 6(3)",
                individually_rational | efficient | scale_invariant | symmetric |
                    independent_of_irrelevant_alternatives | monotone_in_disagreement,
                plain, "maximises (u_h - t_h)^beta (u_p - t_p)^(1 - beta) over the frontier", settle_nash},
    SolutionRow{"kalai_smorodinsky", "Kalai and Smorodinsky 1975, Econometrica 43(3)",
                individually_rational | efficient | scale_invariant | symmetric | monotone_in_disagreement |
                    individually_monotone,
                plain, "gives both the same part of the most that each could gain while the other loses nothing",
                settle_kalai_smorodinsky},
    SolutionRow{"egalitarian", "Kalai 1977, Econometrica 45(7)",
                individually_rational | efficient | symmetric | independent_of_irrelevant_alternatives |
                    monotone_in_disagreement | individually_monotone | equal_gains,
                plain, "gives both the same gain, the largest there is", settle_egalitarian},
    SolutionRow{
        "alternating_offers", "Rubinstein 1982, Econometrica 50(1); Stahl 1972; Binmore, Rubinstein and Wolinsky 1986",
        individually_rational | efficient | scale_invariant | monotone_in_disagreement, protocol,
        "the equilibrium of offers in turn, with impatience and a risk of breakdown, under complete information",
        settle_alternating_offers},
    SolutionRow{"concession_tactics", "Faratin, Sierra and Jennings 1998, Robotics and Autonomous Systems 24(3-4)",
                individually_rational | scale_invariant, protocol | uncertain,
                "offers in turn by sides that hide what they would settle for and yield with time; some talks fail",
                settle_concession_tactics},
    SolutionRow{"auction", "Vickrey 1961, Journal of Finance 16(1)",
                individually_rational | efficient | scale_invariant | independent_of_irrelevant_alternatives |
                    monotone_in_disagreement | individually_monotone,
                whole_table | bids,
                "the partners bid; the host gets what the second could concede, or its reserve if that is more",
                settle_auction},
    SolutionRow{"shapley", "Shapley 1953, Contributions to the Theory of Games II",
                individually_rational | efficient | scale_invariant | monotone_in_disagreement | individually_monotone,
                whole_table,
                "the host gets its average marginal contribution over all orders of arrival; losers get nothing",
                settle_shapley},
    SolutionRow{"nucleolus", "Schmeidler 1969, SIAM Journal on Applied Mathematics 17(6)",
                individually_rational | efficient | scale_invariant | monotone_in_disagreement | individually_monotone,
                whole_table, "the host gets the middle of the core of the game of one host and its partners",
                settle_nucleolus},
    SolutionRow{"nash_in_nash", "Horn and Wolinsky 1988, RAND Journal of Economics 19(3)",
                individually_rational | efficient | scale_invariant | monotone_in_disagreement | individually_monotone,
                whole_table, "each partner keeps 1 - beta of what the host would lose without it", settle_nash_in_nash},
};

static_assert(solutions.size() == names_of<Solution>.size());
static_assert(std::all_of(solutions.begin(), solutions.end(), [](const SolutionRow& row) {
    return row.is(protocol) || !row.is(uncertain);  // what is hidden is hidden by who makes offers
}));

}  // namespace multivector
