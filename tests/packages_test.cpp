// Packages: two clauses settled together against one after the other (logrolling).
#include <doctest/doctest.h>

#include "optimiser.hpp"
#include "random_talks.hpp"

using namespace multivector;

namespace {

double nash_product(Payoffs u, Payoffs threat, double weight) {
    return std::pow(std::max(0., u.host - threat.host), weight) *
           std::pow(std::max(0., u.partner - threat.partner), 1 - weight);
}

/// What is left to bargain over once local content is fixed: revenue alone, at the costs of that content.
Frontier revenue_alone(const Frontier& of, double content) {
    const Payoffs fixed = of.at(0, content);
    return make_frontier(fixed.host, fixed.partner - of.revenue, 1e-12, 1e-12, of.revenue, 0);
}

}  // namespace

TEST_CASE("logrolling: packages of (3x + y)((1 - x) + 3(1 - y)) make 9, issue by issue makes 4") {
    const auto product = [](double x, double y) { return (3 * x + y) * ((1 - x) + 3 * (1 - y)); };
    double best = 0, best_x = -1, best_y = -1;
    for (int i = 0; i <= 1000; ++i)
        for (int j = 0; j <= 1000; ++j)
            if (product(i / 1000., j / 1000.) > best)
                best = product(i / 1000., j / 1000.), best_x = i / 1000., best_y = j / 1000.;
    CHECK(best == doctest::Approx(9).epsilon(1e-6));
    CHECK(best_x == 1);
    CHECK(best_y == 0);
    // Alone, each issue is a pie that the sides count in units of their own, which do not matter to Nash.
    const Frontier pie = transferable(1);
    const double alone = settle_nash({pie, {0, 0}, {0, 0}, .5}).terms.payoff.host;
    CHECK(product(alone, alone) == doctest::Approx(4).epsilon(1e-6));
}

TEST_CASE(
    "a package of both clauses is at least as good for both as revenue alone at any local content, and often better") {
    std::mt19937 luck(41);
    int better = 0, compared = 0;
    for (int round = 0; round < 20000; ++round) {
        const Frontier frontier = random_frontier(luck);
        const Payoffs threat{between(luck, -.5, .5), between(luck, -.5, .5)};
        const double weight = between(luck, .05, .95), content = between(luck, frontier.least_local_content, 1);
        const Frontier alone = revenue_alone(frontier, content);
        if (!alone.offers(threat)) continue;
        const Terms package = settle_nash({frontier, threat, threat, weight}).terms,
                    clause = settle_nash({alone, threat, threat, weight}).terms;
        ++compared;
        REQUIRE(nash_product(package.payoff, threat, weight) >= nash_product(clause.payoff, threat, weight) - 1e-9);
        // Where revenue divides freely in both, the package makes the pie larger and both sides gain by it.
        if (package.piece != Piece::revenue || clause.revenue_share <= 0 || clause.revenue_share >= 1) continue;
        ++better;
        REQUIRE(package.payoff.host >= clause.payoff.host - 1e-9);
        REQUIRE(package.payoff.partner >= clause.payoff.partner - 1e-9);
        if (std::fabs(content - frontier.efficient_local_content) > .05) {
            REQUIRE(package.payoff.host > clause.payoff.host);
            REQUIRE(package.payoff.partner > clause.payoff.partner);
        }
    }
    CHECK(compared > 5000);
    CHECK(better > 500);
}

TEST_CASE(
    "settled alone, local content only costs the partner and stays at its least: paid for with revenue, both gain") {
    // Content alone: the host gains b l, the partner loses c l^2 / 2, and nothing above l_min is acceptable to it.
    const Frontier both = make_frontier(0, 0, .4, .5, 1, .1);
    const Frontier content = make_frontier(0, 0, .4, .5, 0, .1);
    const Payoffs stays = content.host_worst().payoff;
    CHECK(settle_nash({content, stays, stays, .5}).terms.local_content == doctest::Approx(.1).epsilon(1e-6));
    const Frontier revenue = revenue_alone(both, .1);
    const Payoffs one_by_one = settle_nash({revenue, {0, 0}, {0, 0}, .5}).terms.payoff,
                  package = settle_nash({both, {0, 0}, {0, 0}, .5}).terms.payoff;
    CHECK(package.host > one_by_one.host);
    CHECK(package.partner > one_by_one.partner);
    // And the package is what an optimiser finds that knows neither frontier nor pieces.
    const Payoffs found = PackageOptimiser(both, {0, 0}).largest_product(.5);
    CHECK(package.host == doctest::Approx(found.host).epsilon(1e-6));
    CHECK(package.partner == doctest::Approx(found.partner).epsilon(1e-6));
}

TEST_CASE("no package of a grid beats the closed forms of Nash, Kalai-Smorodinsky and equal gains in 100,000 talks") {
#ifdef NDEBUG
    constexpr int wanted = 100000;
#else
    constexpr int wanted = 2000;  // as the battery's: assertions and counters make it slow
#endif
    constexpr int grid = 16;
    std::mt19937 luck(42);
    double farthest[3] = {}, sum[3] = {};
    for (int compared = 0; compared < wanted;) {
        const RandomTalk random(luck);
        const Frontier& of = random.frontier;
        const Payoffs threat = random.talk.threat;
        const Payoffs ideal{of.where_partner_gets(threat.partner).payoff.host - threat.host,
                            of.where_host_gets(threat.host).payoff.partner - threat.partner};
        if (!of.offers(threat) || ideal.host < 0.02 || ideal.partner < 0.02) continue;
        ++compared;
        const double weight = random.talk.weight;
        const auto measure = [&](Payoffs u) {
            const double host = u.host - threat.host, partner = u.partner - threat.partner;
            return std::array{nash_product(u, threat, weight), std::min(host / ideal.host, partner / ideal.partner),
                              std::min(host, partner)};
        };
        std::array<double, 3> best{-1e300, -1e300, -1e300};
        for (int i = 0; i <= grid; ++i)
            for (int j = 0; j <= grid; ++j) {
                const double least = of.least_local_content;
                const Payoffs u = of.at(static_cast<double>(i) / grid, least + (1 - least) * j / grid);
                if (u.host < threat.host || u.partner < threat.partner) continue;
                const auto now = measure(u);
                for (std::size_t k = 0; k < 3; ++k) best[k] = std::max(best[k], now[k]);
            }
        Talk talk = random.talk;
        talk.outside = threat;
        const double closed[] = {measure(settle_nash(talk).terms.payoff)[0],
                                 measure(settle_kalai_smorodinsky(talk).terms.payoff)[1],
                                 measure(settle_egalitarian(talk).terms.payoff)[2]};
        for (std::size_t k = 0; k < 3; ++k) {
            REQUIRE(closed[k] >= best[k] - 1e-9);
            if (best[k] < 0) continue;  // the grid met no acceptable package
            farthest[k] = std::max(farthest[k], closed[k] - best[k]), sum[k] += closed[k] - best[k];
        }
    }
    for (std::size_t k = 0; k < 3; ++k) {  // and the grid comes as close as its mesh allows
        CHECK(farthest[k] < (k == 1 ? 0.6 : 0.1));
        CHECK(sum[k] / wanted < 0.02);
    }
}
