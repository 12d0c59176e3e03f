// Alternating offers under incomplete information: nobody knows what the other would settle for, both come down from
// their ideal as rounds go by, and some talks fail that need not have (time-dependent tactics of Faratin, Sierra and
// Jennings 1998, Robotics and Autonomous Systems 24(3-4)).
//
// Side i secretly insists on o_i and a part of what it could gain beyond it. In round k of K it asks for
//     reservation + (ideal - reservation) (1 - a_k),   a_k = ((k - 1) / (K - 1))^e,
// with e above one stubborn until late (Boulware) and below one yielding early. Sides make offers in turn, on the
// frontier; the other accepts what is no worse than what it would ask for itself a round later, in the last round what
// is no worse than its reservation.
#include "solutions.hpp"
#include "tactics.hpp"

namespace multivector {

namespace {

Bargainer side_of(double outside, double ideal, double secret_part, std::span<const double> concession) {
    const double possible = std::max(ideal, outside);
    return {possible, outside + secret_part * (possible - outside), concession};
}

}  // namespace

Bargainers bargainers_of(const Talk& talk) {
    const Frontier& frontier = talk.frontier;
    const Protocol& protocol = talk.protocol;
    const Payoffs least = talk.least();
    return {side_of(least.host, frontier.where_partner_gets(least.partner).payoff.host, protocol.private_part.host,
                    protocol.host_concession),
            side_of(least.partner, frontier.where_host_gets(least.host).payoff.partner, protocol.private_part.partner,
                    protocol.partner_concession)};
}

Settlement settle_concession_tactics(const Talk& talk) {
    const Frontier& frontier = talk.frontier;
    const Protocol& protocol = talk.protocol;
    const auto [host, partner] = bargainers_of(talk);
    const int last = std::min(protocol.rounds, protocol.broken_off_after);
    const double slack = frontier.slack();
    bool host_offers = protocol.host_first;
    Terms terms{};
    double refused_offer = std::numeric_limits<double>::quiet_NaN();
    for (int round = 0; round < last; ++round, host_offers = !host_offers) {
        terms = host_offers ? frontier.where_host_gets(host.demand(round))
                            : frontier.where_partner_gets(partner.demand(round));
        const bool accepted = host_offers ? terms.payoff.partner >= partner.demand(round + 1) - slack
                                          : terms.payoff.host >= host.demand(round + 1) - slack;
        if (talk.offers != nullptr) talk.offers->push_back({round + 1, host_offers, accepted, terms});
        if (accepted) return {terms, round + 1};
        if (!host_offers) refused_offer = terms.payoff.host;
    }
    if (!frontier.offers({host.reservation, partner.reservation}))
        return {TalkOutcome::reservations_apart, last, terms, refused_offer};
    return {last < protocol.rounds ? TalkOutcome::broken_off : TalkOutcome::out_of_rounds, last, terms, refused_offer};
}

}  // namespace multivector
