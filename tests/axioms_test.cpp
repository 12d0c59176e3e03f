// The axioms: each solution keeps exactly those that its row claims, over random talks.
#include <doctest/doctest.h>

#include "random_talks.hpp"

using namespace multivector;

namespace {

constexpr double slack = 1e-7;

/// Whether the solution keeps an axiom in a talk; an axiom that says nothing about this talk is kept.
using Check = bool (*)(const SolutionRow& solution, const RandomTalk& random, std::mt19937& luck);

/// The talk without outside options beyond the threat: axioms are about the set and the threat.
Talk bare(const RandomTalk& random) {
    return over(random.frontier, random.talk, random.talk.threat, random.talk.threat);
}

bool keeps_individual_rationality(const SolutionRow& solution, const RandomTalk& random, std::mt19937&) {
    const Talk talk = bare(random);
    const Settlement settled = solution.settle(talk);
    return !settled.agreed() || (settled.terms.payoff.host >= talk.threat.host - slack &&
                                 settled.terms.payoff.partner >= talk.threat.partner - slack);
}

bool keeps_efficiency(const SolutionRow& solution, const RandomTalk& random, std::mt19937&) {
    const Settlement settled = solution.settle(bare(random));
    return settled.agreed() && random.frontier.where_host_gets(settled.terms.payoff.host).payoff.partner <=
                                   settled.terms.payoff.partner + slack;
}

/// Without revenue the frontier is one curve, which keeps its form when the host counts in another unit.
bool keeps_scale(const SolutionRow& solution, const RandomTalk& random, std::mt19937&) {
    const double k = 7;
    const Frontier& of = random.frontier;
    const double partner_base = of.partner_base + of.revenue;
    const Frontier one = make_frontier(of.host_base, partner_base, of.local_value, of.local_cost, 0, 0.05),
                   other = make_frontier(k * of.host_base, partner_base, k * of.local_value, of.local_cost, 0, 0.05);
    const Payoffs threat = random.talk.threat;
    if (!one.offers(threat)) return true;
    std::vector<double> rivals(random.rivals), scaled;
    const double most = one.where_partner_gets(threat.partner).payoff.host;
    for (double& rival : rivals) rival = std::min(rival, most);
    for (const double rival : rivals) scaled.push_back(k * rival);
    Talk small = over(one, random.talk, threat, threat),
         large = over(other, random.talk, {k * threat.host, threat.partner}, {k * threat.host, threat.partner});
    small.rivals = rivals, large.rivals = scaled;
    const Settlement a = solution.settle(small), b = solution.settle(large);
    return a.agreed() == b.agreed() && std::fabs(a.terms.local_content - b.terms.local_content) < 1e-6;
}

bool keeps_symmetry(const SolutionRow& solution, const RandomTalk& random, std::mt19937& luck) {
    const Frontier frontier = transferable(between(luck, 1, 2));
    const double same = between(luck, -0.5, 0.5);
    Talk talk = over(frontier, random.talk, {same, same}, {same, same});
    std::vector<double> rivals(random.rivals);  // who else is there is neither in the set nor in the threat
    for (double& rival : rivals) rival = std::min(rival, frontier.where_partner_gets(same).payoff.host);
    talk.weight = 0.5, talk.rivals = rivals;
    talk.protocol.partner_discount = talk.protocol.host_discount;
    const Settlement settled = solution.settle(talk);
    return settled.agreed() && std::fabs(settled.terms.payoff.host - settled.terms.payoff.partner) < slack;
}

/// Whether the partner could still outbid its rivals over another frontier or threat: else it would not be in this
/// talk.
bool outbids_rivals(const Frontier& frontier, Payoffs threat, const Talk& talk) {
    return talk.rivals.empty() || talk.rivals.front() <= frontier.where_partner_gets(threat.partner).payoff.host;
}

/// Forbidding terms that were not chosen: from the partner's end by more local content, from the host's by revenue that
/// is the partner's beforehand. The smaller set must hold what was chosen.
bool keeps_independence(const SolutionRow& solution, const RandomTalk& random, std::mt19937&) {
    const Talk talk = bare(random);
    const Settlement settled = solution.settle(talk);
    if (!settled.agreed()) return true;
    const Frontier& of = random.frontier;
    const auto kept = [&](const Frontier& smaller) {
        if (!outbids_rivals(smaller, talk.threat, talk)) return true;
        const Settlement again = solution.settle(over(smaller, talk, talk.threat, talk.threat));
        return std::fabs(again.terms.payoff.host - settled.terms.payoff.host) < slack;
    };
    const double least = of.least_local_content + (settled.terms.local_content - of.least_local_content) / 2;
    const Frontier without_low =
        make_frontier(of.host_base, of.partner_base, of.local_value, of.local_cost, of.revenue, least);
    const double given = (1 - settled.terms.revenue_share) * of.revenue / 2;
    const Frontier without_high = make_frontier(of.host_base, of.partner_base + given, of.local_value, of.local_cost,
                                                of.revenue - given, of.least_local_content);
    // The revenue piece must stand where it stood.
    if (without_low.efficient_local_content == of.efficient_local_content && !kept(without_low)) return false;
    return settled.terms.piece == Piece::local_content_high || kept(without_high);
}

bool keeps_monotony_in_disagreement(const SolutionRow& solution, const RandomTalk& random, std::mt19937& luck) {
    const Talk talk = bare(random);
    const double more = between(luck, 0, 0.1);
    const Payoffs host_better{talk.threat.host + more, talk.threat.partner},
        partner_better{talk.threat.host, talk.threat.partner + more};
    const Settlement settled = solution.settle(talk);
    const auto kept = [&](Payoffs threat, auto side) {
        if (!settled.agreed() || !random.frontier.offers(threat)) return true;
        if (!outbids_rivals(random.frontier, threat, talk)) return true;
        const Settlement again = solution.settle(over(random.frontier, talk, threat, threat));
        return again.agreed() && again.terms.payoff.*side >= settled.terms.payoff.*side - slack;
    };
    return kept(host_better, &Payoffs::host) && kept(partner_better, &Payoffs::partner);
}

/// Local content becomes cheaper for the partner, or worth more to the host, while the most that the other can get
/// stays what it is.
bool keeps_individual_monotony(const SolutionRow& solution, const RandomTalk& random, std::mt19937& luck) {
    const Frontier& of = random.frontier;
    const Talk talk = bare(random);
    const Settlement before = solution.settle(talk);
    const auto kept = [&](double value, double cost, auto side) {
        const Frontier larger = make_frontier(of.host_base, of.partner_base, of.local_value * value,
                                              of.local_cost * cost, of.revenue, of.least_local_content);
        const Settlement after = solution.settle(over(larger, talk, talk.threat, talk.threat));
        return before.agreed() == after.agreed() &&
               (!before.agreed() || after.terms.payoff.*side >= before.terms.payoff.*side - slack);
    };
    const double cheaper = between(luck, 0.2, 1), dearer = between(luck, 1, 3);
    return (of.host_best().payoff.partner < talk.threat.partner || kept(1, cheaper, &Payoffs::partner)) &&
           (of.host_worst().payoff.host < talk.threat.host || kept(dearer, 1, &Payoffs::host));
}

bool keeps_equal_gains(const SolutionRow& solution, const RandomTalk& random, std::mt19937&) {
    const Talk talk = bare(random);
    const Settlement settled = solution.settle(talk);
    if (!settled.agreed()) return false;
    const Payoffs u = settled.terms.payoff;
    const bool at_an_end = u.host <= random.frontier.host_worst().payoff.host + slack ||
                           u.host >= random.frontier.host_best().payoff.host - slack;
    return at_an_end || std::fabs((u.host - talk.threat.host) - (u.partner - talk.threat.partner)) < slack;
}

/// By bit, as axiom_names.
const std::array<Check, axiom_names.size()> checks{
    keeps_individual_rationality,   keeps_efficiency,          keeps_scale,      keeps_symmetry, keeps_independence,
    keeps_monotony_in_disagreement, keeps_individual_monotony, keeps_equal_gains};

}  // namespace

TEST_CASE("every solution keeps the axioms that it claims in every talk, and breaks each other one somewhere") {
    for (const SolutionRow& solution : solutions)
        for (std::size_t bit = 0; bit < checks.size(); ++bit) {
            const std::string axiom(axiom_names[bit]);
            const Check keeps = checks[bit];
            std::mt19937 luck(5);
            int broken = 0;
            for (int round = 0; round < 20000; ++round) {
                RandomTalk random(luck);
                random.add_rivals(luck, round % 4);
                if (!random.frontier.offers(random.talk.threat)) continue;
                const double most = random.frontier.where_partner_gets(random.talk.threat.partner).payoff.host;
                for (double& rival : random.rivals) rival = std::min(rival, most);
                broken += !keeps(solution, random, luck);
            }
            CAPTURE(std::string(solution.name));
            CAPTURE(axiom);
            CAPTURE(broken);
            if (solution.axioms & (1u << bit))
                CHECK(broken == 0);
            else
                CHECK(broken > 0);
        }
}
