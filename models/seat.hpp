// One table: the host, one project and the partners around it. What each side's payoffs are made of.
#pragma once

#include "outside_option.hpp"
#include "world.hpp"

namespace multivector {

/// A partner's seat at a table. All payoffs are USD billion, present value. Left as it is until someone takes it:
/// tables are laid hundreds of times in a run.
struct Seat {
    int partner;
    Frontier frontier;
    Payoffs disagreement, outside;
    Payoffs required;           ///< by approval at home, where that is a constraint; else far below
    double host_weight;         ///< beta
    double connectivity_value;  ///< dV: part of X_p that demand explains
    double domestic_gain;       ///< the host's gain without attitudes, at terms worth nothing: for ratification
    double concession_limit;    ///< m: host's payoff where the partner keeps only its own outside option
    double standing_offer;      ///< o, as a threat in other talks
    double refused_offer;       ///< by the host: the partner's last in a main talk that failed
    bool hopeless;              ///< all that there is would not satisfy the partner; nothing else is worked out
    bool credible;              ///< the two sides alone would settle
    double rival_offer;         ///< best standing offer of the others
    Alternative best_alternative;
    TalkOutcome outcome;
    int rounds;   ///< offers made in this talk
    Terms terms;  ///< of the winner: the deal's
};

/// The alternatives that do not depend on who sits at the table.
struct HostAlternatives {
    double self_finance, waiting;  ///< payoff; NaN when not to be had
    double fund_share;             ///< of a priority project that the fund would add to any deal
};

/// What does not change while the talks of a tick go on: what exposure, trust and expectations weigh, the host's own
/// competence, the premium of industrial policy, bargaining weights, discount factors. Call before any table of a tick.
void weigh_sides(World& world, const Setting& setting);

/// Seats the partners that are in the world and have the capital: works out each one's frontier, outside option, weight
/// and concession limit, and the host's alternatives. Says how many sit there. Of the world only its memo of the
/// corridor's state changes. `in_brief`: of a seat whose partner cannot be satisfied only that is worked out.
int take_seats(std::span<Seat, max_partners> seats, HostAlternatives& alternatives, World& world,
               const Setting& setting, const Project& project, bool in_brief);

}  // namespace multivector
