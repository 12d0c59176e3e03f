// What the two sides of a talk under concession tactics ask for, which nobody at the table knows of the other.
#pragma once

#include "talk.hpp"

namespace multivector {

/// One side, in its own payoff.
struct Bargainer {
    double ideal, reservation;
    std::span<const double> concession;

    /// What it asks for in a round, counted from zero; its reservation after the last.
    double demand(int round) const {
        const auto k = static_cast<std::size_t>(round);
        return k < concession.size() ? ideal - (ideal - reservation) * concession[k] : reservation;
    }
};

struct Bargainers {
    Bargainer host, partner;
};
Bargainers bargainers_of(const Talk& talk);

}  // namespace multivector
