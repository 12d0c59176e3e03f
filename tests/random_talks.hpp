// Talks drawn at random, for laws that hold in every one.
#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "outside_option.hpp"

namespace multivector {

/// A pie of size V: local content is worth nothing, and revenue is large enough to divide it in every way.
inline Frontier transferable(double total) { return make_frontier(-50, -50 + total, 1e-12, 1, 100, 0); }

inline double between(std::mt19937& random, double low, double high) {
    return std::uniform_real_distribution<>(low, high)(random);
}

inline Frontier random_frontier(std::mt19937& random) {
    const auto draw = [&](double low, double high) { return between(random, low, high); };
    return make_frontier(draw(-1, 1), draw(-1, 1), draw(0.01, 1), draw(0.01, 1), draw(0, 2), draw(0, 0.8));
}

/// A talk that owns what it points at.
struct RandomTalk {
    Frontier frontier;
    std::vector<double> rivals, host_concession, partner_concession;
    Talk talk;

    explicit RandomTalk(std::mt19937& random) : RandomTalk(random, random_frontier(random)) {}
    RandomTalk(std::mt19937& random, const Frontier& of) : frontier(of), talk{frontier, {}, {}, 0} {
        const auto draw = [&](double low, double high) { return between(random, low, high); };
        talk.threat = {draw(-0.5, 0.5), draw(-0.5, 0.5)};
        talk.outside = {talk.threat.host + std::max(0.0, draw(-0.5, 0.5)),
                        talk.threat.partner + std::max(0.0, draw(-0.5, 0.5))};
        talk.weight = draw(0.05, 0.95);
        talk.reserve = talk.outside.host;
        Protocol& protocol = talk.protocol;
        protocol.host_discount = draw(0.5, 1), protocol.partner_discount = draw(0.5, 1);
        protocol.host_first = draw(0, 1) < 0.5;
        protocol.rounds = draw(0, 1) < 0.5 ? 0 : 1 + static_cast<int>(draw(0, 20));
        for (int i = 0; i < protocol.rounds; ++i)
            host_concession.push_back(i / std::max(1.0, protocol.rounds - 1.0)),
                partner_concession.push_back(i * i / std::max(1.0, (protocol.rounds - 1.0) * (protocol.rounds - 1.0)));
        protocol.host_concession = host_concession, protocol.partner_concession = partner_concession;
        protocol.private_part = {draw(0, 0.6), draw(0, 0.6)};
        protocol.broken_off_after = draw(0, 1) < 0.2 ? 1 + static_cast<int>(draw(0, 10)) : max_rounds;
    }
    RandomTalk(const RandomTalk&) = delete;

    bool possible() const { return frontier.offers(talk.outside); }

    /// Rivals who could concede less than the partner in this talk, the first one most.
    void add_rivals(std::mt19937& random, int count) {
        const double most = frontier.where_partner_gets(talk.outside.partner).payoff.host;
        for (int i = 0; i < count; ++i) rivals.push_back(between(random, talk.threat.host, most));
        std::sort(rivals.rbegin(), rivals.rend());
        talk.rivals = rivals;
    }
};

/// The same talk over another frontier, with other threats; rounds and rivals as they are.
inline Talk over(const Frontier& frontier, const Talk& talk, Payoffs threat, Payoffs outside) {
    Talk other{frontier, threat, outside, talk.weight, talk.protocol};
    other.rivals = talk.rivals, other.reserve = outside.host;
    return other;
}

/// As settle_from_threat for a talk whose threat is d so far; no agreement when no point of the frontier gives both
/// sides what they accept at least.
inline Settlement settle(const SolutionRow& solution, OutsideOption rule, Talk talk) {
    talk.threat = threat_under(rule, talk.threat, talk.outside);
    if (!talk.frontier.offers(talk.outside)) return {TalkOutcome::no_agreement, 0, {}, 0};
    if (!talk.frontier.offers(talk.least())) return {TalkOutcome::not_ratifiable, 0, {}, 0};
    return settle_from_threat(solution, talk);
}

}  // namespace multivector
