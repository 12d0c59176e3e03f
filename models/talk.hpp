// One talk as a solution sees it: the frontier, what each side falls back on, who else bids, and the rules of offering.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "frontier.hpp"

namespace multivector {

/// How offers are made where a solution has rounds. Discount factors are per round and count the risk that talks break
/// down: delta_i = exp(-r_i Delta) (1 - risk).
struct Protocol {
    double host_discount = 0.99, partner_discount = 0.99;  ///< in [0, 1]
    bool host_first = true;                                ///< who makes the first offer
    int rounds = 0;                                        ///< the last one; 0 when there is no last one
    int broken_off_after = max_rounds;                     ///< rounds that talks last when they do not end before
    std::span<const double> host_concession, partner_concession;  ///< part of the way gone, by round
    Payoffs private_part{0, 0};  ///< of its possible gain that each side secretly insists on, in [0, 1]
};

/// One offer of a talk.
struct Offer {
    int round;
    bool by_host, accepted;
    Terms terms;
    int partner = -1;  ///< at whose seat: the table knows, a solution does not
};

struct Talk {
    const Frontier& frontier;
    Payoffs threat;   ///< what a solution starts from: d, or o under split_the_difference
    Payoffs outside;  ///< o >= threat: what each side can leave for while they talk
    double weight;    ///< beta of the host, in [0, 1]
    Protocol protocol{};
    std::span<const double> rivals{};      ///< limits m_j of the other credible partners, the highest first
    double reserve = 0;                    ///< the host's best alternative that is no partner: self-finance, waiting, d
    Payoffs required{-1e300, -1e300};      ///< what a deal must give each side to be approved at home (Schelling 1960)
    std::vector<Offer>* offers = nullptr;  ///< where a solution with rounds puts its offers, when somebody wants them

    /// What each side accepts at least: its outside option, and what its politics insists on.
    Payoffs least() const {
        return {std::max(outside.host, required.host), std::max(outside.partner, required.partner)};
    }
};

/// How a talk ended: on terms, or without, and why; then `terms` are the last offer, and `refused_offer` is the host's
/// payoff in the partner's last, NaN when it made none.
struct Settlement {
    Settlement(const Terms& reached, int after = 0) : terms(reached), rounds(after) {}
    Settlement(TalkOutcome why, int after, const Terms& refused, double offered)
        : terms(refused), outcome(why), rounds(after), refused_offer(offered) {}
    bool agreed() const { return outcome == TalkOutcome::agreed; }

    Terms terms;
    TalkOutcome outcome = TalkOutcome::agreed;
    int rounds;
    double refused_offer = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace multivector
