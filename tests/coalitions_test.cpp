// The game of one host and its partners by enumeration of coalitions: core, nucleolus, Shapley value, Nash-in-Nash.
#include <doctest/doctest.h>

#include <numeric>

#include "cooperative.hpp"
#include "random_talks.hpp"

using namespace multivector;

namespace {

/// A game by what each set of partners is worth with the host, set by bits; without the host nobody is worth anything.
struct Game {
    std::size_t partners;
    std::vector<double> worth;

    template <class Worth>
    Game(std::size_t count, Worth of) : partners(count), worth(std::size_t{1} << count) {
        for (std::size_t set = 0; set < worth.size(); ++set) worth[set] = of(set);
    }
    double all() const { return worth.back(); }
    double without(std::size_t partner) const { return worth[worth.size() - 1 - (std::size_t{1} << partner)]; }
};

/// One project: a set is worth its best partner, or the fund.
Game one_project(const std::vector<double>& values, double fund) {
    return {values.size(), [&](std::size_t set) {
                double best = fund;
                for (std::size_t p = 0; p < values.size(); ++p)
                    if (set >> p & 1) best = std::max(best, values[p]);
                return best;
            }};
}

/// Losses of all coalitions, the host's and those without it, the largest first; the winner is partner 0.
std::vector<double> excesses(const Game& game, double host) {
    const double winner = game.all() - host;
    std::vector<double> losses;
    for (std::size_t set = 0; set < game.worth.size(); ++set) {
        const double paid = set & 1 ? winner : 0;
        if (set + 1 < game.worth.size()) losses.push_back(game.worth[set] - host - paid);
        if (set > 0) losses.push_back(-paid);
    }
    std::sort(losses.rbegin(), losses.rend());
    return losses;
}

double shapley_by_sets(const Game& game) {
    double sum = 0;
    const auto n = static_cast<double>(game.partners);
    for (std::size_t set = 0; set < game.worth.size(); ++set) {
        double before = 0;
        for (std::size_t bits = set; bits > 0; bits &= bits - 1) ++before;
        sum += game.worth[set] * std::tgamma(before + 1) * std::tgamma(n - before + 1) / std::tgamma(n + 2);
    }
    return sum;
}

double at_table(Solution solution, std::vector<double> values, double fund) {
    const Frontier frontier = transferable(values.front());
    const std::vector<double> rivals(values.begin() + 1, values.end());
    Talk talk{frontier, {0, 0}, {fund, 0}, .5};
    talk.rivals = rivals, talk.reserve = fund;
    return settle(solutions[static_cast<std::size_t>(solution)], OutsideOption::deal_me_out, talk).terms.payoff.host;
}

struct Draw {
    std::vector<double> values;
    double fund;
};

Draw draw(std::mt19937& random, int round) {
    Draw drawn{std::vector<double>(1 + static_cast<std::size_t>(round % 5)), 0};
    for (double& value : drawn.values) value = between(random, 1, 10);
    std::sort(drawn.values.rbegin(), drawn.values.rend());
    if (round % 2) drawn.fund = between(random, 0, drawn.values.front());
    if (round % 7 == 6) drawn.values.assign(drawn.values.size(), drawn.values.front());
    return drawn;
}

}  // namespace

TEST_CASE("Shapley and Shubik 1971: no coalition betters the second price, and any less for the host is bettered") {
    std::mt19937 random(51);
    for (int round = 0; round < 500; ++round) {
        const Draw drawn = draw(random, round);
        const Game game = one_project(drawn.values, drawn.fund);
        const double host = at_table(Solution::auction, drawn.values, drawn.fund);
        CHECK(excesses(game, host).front() <= 1e-9);
        // In the core nobody gets more than it adds to all others, so that this is the least for the host.
        double least = game.all();
        for (std::size_t p = 0; p < game.partners; ++p) least -= game.all() - game.without(p);
        CHECK(host == doctest::Approx(least).epsilon(1e-9));
        CHECK(core_bounds(drawn.values, drawn.fund).host_worst == doctest::Approx(least).epsilon(1e-9));
        const double most = core_bounds(drawn.values, drawn.fund).host_best;
        CHECK(excesses(game, most).front() <= 1e-9);
        CHECK(excesses(game, least - 1e-3).front() > 1e-4);
        CHECK(excesses(game, most + 1e-3).front() > 1e-4);
    }
}

TEST_CASE("Schmeidler 1969: the nucleolus makes the largest loss of any coalition least, then the next largest") {
    // The nucleolus lies in the core, where losers get nothing: the host's payoff is what is sought, by a fine grid.
    std::mt19937 random(52);
    for (int round = 0; round < 200; ++round) {
        const Draw drawn = draw(random, round);
        const Game game = one_project(drawn.values, drawn.fund);
        const CoreBounds core = core_bounds(drawn.values, drawn.fund);
        const int steps = 1000;
        double best = core.host_worst;
        std::vector<double> least = excesses(game, best);
        for (int i = 1; i <= steps; ++i) {
            const double host = core.host_worst + (core.host_best - core.host_worst) * i / steps;
            std::vector<double> now = excesses(game, host);
            const auto [a, b] = std::mismatch(now.begin(), now.end(), least.begin(),
                                              [](double x, double y) { return std::fabs(x - y) < 1e-12; });
            if (a != now.end() && *a < *b) best = host, least = now;
        }
        const double unit = (core.host_best - core.host_worst) / steps;
        CHECK(std::fabs(at_table(Solution::nucleolus, drawn.values, drawn.fund) - best) <= unit + 1e-9);
    }
}

TEST_CASE("Shapley 1953: at a table the host gets its mean marginal contribution over all coalitions") {
    std::mt19937 random(53);
    for (int round = 0; round < 500; ++round) {
        const Draw drawn = draw(random, round);
        CHECK(at_table(Solution::shapley, drawn.values, drawn.fund) ==
              doctest::Approx(shapley_by_sets(one_project(drawn.values, drawn.fund))).epsilon(1e-6));
    }
    CHECK(at_table(Solution::shapley, {10, 7, 4, 1}, 3) == doctest::Approx(7.25).epsilon(1e-6));
    const double equal[] = {.5, 2. / 3, .75, .8};
    for (std::size_t count = 1; count <= 4; ++count)
        CHECK(at_table(Solution::shapley, std::vector<double>(count, 1.), 0) ==
              doctest::Approx(equal[count - 1]).epsilon(1e-6));
}

TEST_CASE("Horn and Wolinsky 1988: where partners do not compete, Nash-in-Nash gives the host its Shapley value") {
    // Each partner has a project of its own, so that a set is worth the sum.
    std::mt19937 random(54);
    for (int round = 0; round < 200; ++round) {
        const Draw drawn = draw(random, 2 * round);
        const Game additive(drawn.values.size(), [&](std::size_t set) {
            double sum = 0;
            for (std::size_t p = 0; p < drawn.values.size(); ++p)
                if (set >> p & 1) sum += drawn.values[p];
            return sum;
        });
        double host = 0;
        for (const double value : drawn.values) host += at_table(Solution::nash_in_nash, {value}, 0);
        CHECK(host == doctest::Approx(shapley_by_sets(additive)).epsilon(1e-6));
    }
    // Where they do, it does not: 8.5 against 37 / 6.
    CHECK(at_table(Solution::nash_in_nash, {10, 7}, 0) == doctest::Approx(8.5).epsilon(1e-6));
    CHECK(shapley_by_sets(one_project({10, 7}, 0)) == doctest::Approx(6.166667).epsilon(1e-6));
}
