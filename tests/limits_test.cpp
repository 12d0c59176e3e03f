// Exact results of bargaining theory, named after their theorems, to six digits and better.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "cooperative.hpp"
#include "random_talks.hpp"

using namespace multivector;

namespace {

const SolutionRow& row(Solution solution) { return solutions[static_cast<std::size_t>(solution)]; }

doctest::Approx six(double value) { return doctest::Approx(value).epsilon(1e-6); }

/// Host's payoff where offers take turns over a pie of one.
double rubinstein(double host_discount, double partner_discount, int rounds = 0, bool host_first = true,
                  Payoffs outside = {0, 0}, double pie = 1) {
    const Frontier frontier = transferable(pie);
    Talk talk{frontier, {0, 0}, outside, 0.5};
    talk.protocol.host_discount = host_discount, talk.protocol.partner_discount = partner_discount;
    talk.protocol.rounds = rounds, talk.protocol.host_first = host_first;
    return settle(row(Solution::alternating_offers), OutsideOption::deal_me_out, talk).terms.payoff.host;
}

/// Host's payoff against partners worth `values`, the first at the table, with self-finance worth `fund`.
double one_seller(Solution solution, std::vector<double> values, double fund = 0, double weight = 0.5) {
    const Frontier frontier = transferable(values.front());
    const std::vector<double> rivals(values.begin() + 1, values.end());
    Talk talk{frontier, {0, 0}, {fund, 0}, weight};
    talk.rivals = rivals, talk.reserve = fund;
    return settle(row(solution), OutsideOption::deal_me_out, talk).terms.payoff.host;
}

/// Mean marginal contribution of a player over all orders of arrival; player 0 is the host.
double enumerated_shapley(const std::vector<double>& values, double fund, std::size_t player) {
    std::vector<std::size_t> order(values.size() + 1);
    std::iota(order.begin(), order.end(), 0u);
    double sum = 0, count = 0;
    do {
        bool host = false;
        double best = fund, before = 0, added = 0;
        for (const std::size_t who : order) {
            if (who == 0) host = true;
            if (who > 0) best = std::max(best, values[who - 1]);
            const double worth = host ? best : 0;
            if (who == player) added = worth - before;
            before = worth;
        }
        sum += added, ++count;
    } while (std::next_permutation(order.begin(), order.end()));
    return sum / count;
}

}  // namespace

TEST_CASE("Rubinstein 1982: the first mover gets (1 - d2) / (1 - d1 d2)") {
    CHECK(rubinstein(.9, .8) == six(.714286));
    CHECK(rubinstein(.9, .9) == six(0.526316));
    CHECK(rubinstein(.95, .9) == six(0.689655));
    CHECK(rubinstein(.9, .95) == six(0.344828));
    CHECK(rubinstein(.9, .9, 0, false) == six(1 - 0.526316));
    CHECK(rubinstein(0, 0) == six(1));
    CHECK(rubinstein(.9, 0) == six(1));
    CHECK(rubinstein(0, .9) == six(.1));
}

TEST_CASE("Stahl 1972: with N rounds the first mover gets (1 - (-d)^N) / (1 + d)") {
    const double expected[] = {1, .1, .91, .181, .8371, .24661};
    for (int rounds = 1; rounds <= 6; ++rounds) CHECK(rubinstein(.9, .9, rounds) == six(expected[rounds - 1]));
    for (int rounds = 1; rounds <= 60; ++rounds)
        CHECK(rubinstein(.7, .7, rounds) == six((1 - std::pow(-.7, rounds)) / 1.7));
}

TEST_CASE(
    "Binmore, Rubinstein and Wolinsky 1986: as rounds shorten the deal is Nash's, and the error is r1 r2 D / "
    "2(r1+r2)") {
    for (const auto& [r1, r2] : {std::pair{1.0, 3.0}, {2.0, 0.5}, {1.0, 1.0}}) {
        const double limit = r2 / (r1 + r2), slope = r1 * r2 / (2 * (r1 + r2));
        for (const double length : {1e-2, 1e-3, 1e-4})
            CHECK((rubinstein(std::exp(-r1 * length), std::exp(-r2 * length)) - limit) / length ==
                  doctest::Approx(slope).epsilon(2 * length * (r1 + r2)));
    }
    const double length = 1e-5;
    CHECK((rubinstein(std::exp(-length), std::exp(-3 * length)) - .75) / length == doctest::Approx(.375).epsilon(1e-4));
}

TEST_CASE(
    "Binmore, Rubinstein and Wolinsky 1986: as the risk of breakdown goes to 0 the threat is what breakdown gives") {
    const Frontier frontier = transferable(1);
    Talk talk{frontier, {.2, .1}, {.2, .1}, 0.5};
    talk.protocol.host_discount = talk.protocol.partner_discount = 1 - 1e-8;
    CHECK(settle_alternating_offers(talk).terms.payoff.host == six(.55));
    talk.protocol.host_discount = talk.protocol.partner_discount = 1;  // no risk and no impatience: the limit itself
    CHECK(settle_alternating_offers(talk).terms.payoff.host == six(.55));
}

TEST_CASE("Shaked and Sutton 1984: the answering side's outside option counts only where it is better than waiting") {
    CHECK(1 - rubinstein(.999, .999, 0, true, {0, .4}) == six(.999 / 1.999));
    CHECK(1 - rubinstein(.999, .999, 0, true, {0, .4}) == doctest::Approx(.49975).epsilon(1e-6));
    CHECK(1 - rubinstein(.999, .999, 0, true, {0, .6}) == six(.6));
    for (const double option : {0., .2, .45, .5, .55, .9})
        for (const double discount : {.5, .9, .999})
            CHECK(1 - rubinstein(discount, discount, 0, true, {0, option}) ==
                  six(std::max(option, discount / (1 + discount))));
}

TEST_CASE("Binmore, Shaked and Sutton 1989: the host gets max(w1, min(pi - w2, alpha pi)), whatever alpha") {
    std::mt19937 random(14);
    for (int round = 0; round < 2000; ++round) {
        const double pie = between(random, .5, 2), alpha = between(random, 0, 1), w1 = between(random, 0, pie),
                     w2 = between(random, 0, pie - w1);
        const Frontier frontier = transferable(pie);
        const Talk talk{frontier, {0, 0}, {w1, w2}, alpha};
        CHECK(settle(row(Solution::nash), OutsideOption::deal_me_out, talk).terms.payoff.host ==
              six(std::max(w1, std::min(pie - w2, alpha * pie))));
    }
}

TEST_CASE("Nash 1950: a side that fears risk gets less: u = x^a against 1 - x divides at a / (1 + a)") {
    // The curve l in [0, 1]: host b l, partner c (1 - l^2) / 2, is u2 = 1 - u1^2 with b = 1, c = 2: a = 1/2 of x = l^2.
    const Frontier frontier = make_frontier(0, 1, 1, 2, 0, 0);
    const Settlement settled = settle_nash({frontier, {0, 0}, {0, 0}, .5});
    CHECK(std::pow(settled.terms.payoff.host, 2) == six(1. / 3));
    CHECK(settled.terms.payoff.partner == six(2. / 3));
    // Kalai 1977 with powers a = 1/2 and 1 and weights (.3, .7): x = .3 a / (.3 a + .7).
    const Settlement weighted = settle_nash({frontier, {0, 0}, {0, 0}, .3});
    CHECK(std::pow(weighted.terms.payoff.host, 2) == six(.15 / .85));
}

TEST_CASE("Kalai 1977: powers a and b of the payoffs shift the weights to alpha a / (alpha a + (1 - alpha) b)") {
    // Maximised by golden section over the frontier, where payoffs are worth x^.5 and (1 - x)^.8.
    const Frontier pie = transferable(1);
    const double alpha = .3, a = .5, b = .8, golden = (std::sqrt(5.) - 1) / 2;
    const auto product = [&](double host) {
        const Payoffs u = pie.where_host_gets(host).payoff;
        return alpha * a * std::log(u.host) + (1 - alpha) * b * std::log(u.partner);
    };
    double low = 0, high = 1;
    while (high - low > 1e-9) {
        const double left = high - golden * (high - low), right = low + golden * (high - low);
        (product(left) < product(right) ? low : high) = product(left) < product(right) ? left : right;
    }
    CHECK(low == doctest::Approx(.211268).epsilon(3e-6));
    const double weight = alpha * a / (alpha * a + (1 - alpha) * b);
    CHECK(settle_nash({pie, {0, 0}, {0, 0}, weight}).terms.payoff.host == six(.211268));
}

TEST_CASE("Nash 1950: neither a side's unit nor the loss of outcomes that were not chosen moves the outcome") {
    std::mt19937 random(13);
    int chosen = 0;
    for (int round = 0; round < 2000; ++round) {
        // One curve without revenue: each side's unit can be changed alone.
        const double b = between(random, .1, 1), c = between(random, .1, 1), weight = between(random, .05, .95);
        const Frontier curve = make_frontier(0, c, b, c, 0, 0);
        const double content = settle_nash({curve, {0, 0}, {0, 0}, weight}).terms.local_content;
        const Frontier host_unit = make_frontier(0, c, 7 * b, c, 0, 0),
                       partner_unit = make_frontier(0, 9 * c, b, 9 * c, 0, 0);
        CHECK(settle_nash({host_unit, {0, 0}, {0, 0}, weight}).terms.local_content == six(content));
        CHECK(settle_nash({partner_unit, {0, 0}, {0, 0}, weight}).terms.local_content == six(content));
        // Revenue given to the partner beforehand takes outcomes from the host's end, a floor those from the partner's.
        const Frontier all = random_frontier(random);
        if (!all.offers({0, 0})) continue;
        const Terms terms = settle_nash({all, {0, 0}, {0, 0}, weight}).terms;
        if (terms.piece != Piece::revenue || all.efficient_local_content <= all.least_local_content) continue;
        ++chosen;
        const double given = .5 * (1 - terms.revenue_share) * all.revenue;
        const Frontier smaller = make_frontier(all.host_base, all.partner_base + given, all.local_value, all.local_cost,
                                               all.revenue - given, all.efficient_local_content);
        CHECK(settle_nash({smaller, {0, 0}, {0, 0}, weight}).terms.payoff.host == six(terms.payoff.host));
        CHECK(settle_nash({smaller, {0, 0}, {0, 0}, weight}).terms.payoff.partner == six(terms.payoff.partner));
    }
    CHECK(chosen > 200);
}

TEST_CASE("Emerson 1962: equal dependence is Nash, and dependence falls when an alternative is added") {
    // What a side would lose without the other is its dependence, and the other's power.
    const Frontier pie = transferable(1);
    for (const Solution solution : {Solution::nash, Solution::kalai_smorodinsky, Solution::egalitarian}) {
        const Talk talk{pie, {0, 0}, {.3, .1}, .5};
        const Payoffs u = settle(row(solution), OutsideOption::split_the_difference, talk).terms.payoff;
        CHECK(u.host == six(.6));
        CHECK(u.host - .3 == six(u.partner - .1));
        double before = 1;
        for (const double alternative : {.3, .4, .6, .9}) {
            const Talk better{pie, {0, 0}, {alternative, .1}, .5};
            const double dependence =
                settle(row(solution), OutsideOption::split_the_difference, better).terms.payoff.host - alternative;
            CHECK(dependence < before);
            before = dependence;
        }
        CHECK(before == doctest::Approx(0));
    }
}

TEST_CASE(
    "after Iida 1993: one offer to a side that needs a secret r, uniform on [0, R], is min(R, 1/2) of a pie of one") {
    // One round of offers under incomplete information: the program decides what is accepted, the best offer is sought.
    const Frontier pie = transferable(1);
    const auto accepted = [&](double offer, double most) {
        const int draws = static_cast<int>(std::lround(1000 * most));  // a thousandth of the pie apart
        int count = 0;
        for (int i = 0; i < draws; ++i) {
            Talk talk{pie, {0, 0}, {0, 0}, .5};
            const double yielded[] = {offer};
            talk.protocol.rounds = 1, talk.protocol.host_concession = yielded;
            talk.protocol.private_part = {0, most * (i + .5) / draws};
            const Settlement settled = settle_concession_tactics(talk);
            if (settled.agreed()) CHECK(settled.terms.payoff.partner == six(offer));
            count += settled.agreed();
        }
        return static_cast<double>(count) / draws;
    };
    for (const double most : {.3, .5, .8, 1.}) {
        double best = 0, gain = 0;
        for (int percent = 0; percent <= 100; ++percent) {
            const double offer = percent / 100., now = (1 - offer) * accepted(offer, most);
            if (now > gain + 1e-9) best = offer, gain = now;
        }
        CHECK(best == six(std::min(most, .5)));
        CHECK(accepted(best, most) == six(std::min(1., 1 / (2 * most))));
    }
    CHECK(accepted(.5, .8) == six(.625));
}

TEST_CASE("Kalai and Smorodinsky 1975: equal parts of the ideal gains") {
    // u2 = 1 - u1^2 from (0, 0): both ideals are 1, and t = 1 - t^2.
    const Frontier curve = make_frontier(0, 1, 1, 2, 0, 0);
    const Settlement settled = settle_kalai_smorodinsky({curve, {0, 0}, {0, 0}, .5});
    CHECK(settled.terms.payoff.host == six((std::sqrt(5.) - 1) / 2));
    CHECK(1 - settled.terms.payoff.host == six(.381966));
    // A pie of 1 whose partner can get at most .7: (1 - t) / .7 = t.
    const Frontier capped = make_frontier(.3, .7 - 2, 1e-12, 1, 2, 0);
    CHECK(capped.host_worst().payoff.partner == six(.7));
    CHECK(settle_kalai_smorodinsky({capped, {0, 0}, {0, 0}, .5}).terms.payoff.host == six(.588235));
    const Frontier pie = transferable(1);
    CHECK(settle_kalai_smorodinsky({pie, {.2, .1}, {.2, .1}, .9}).terms.payoff.host == six(.55));
}

TEST_CASE("Kalai and Smorodinsky 1975: raising the partner's cap helps it under theirs, and Nash stays at one half") {
    double before = 0;
    for (const double cap : {.55, .6, .7, .9, 1.}) {
        const Frontier capped = make_frontier(1 - cap, cap - 2, 1e-12, 1, 2, 0);
        const double partner = settle_kalai_smorodinsky({capped, {0, 0}, {0, 0}, .5}).terms.payoff.partner;
        CHECK(partner > before);
        CHECK(partner == six(cap / (1 + cap)));
        CHECK(settle_nash({capped, {0, 0}, {0, 0}, .5}).terms.payoff.partner == six(.5));
        before = partner;
    }
}

TEST_CASE("Kalai 1977: the egalitarian solution gives both the same gain") {
    const Frontier pie = transferable(1), curve = make_frontier(0, 1, 1, 2, 0, 0);
    CHECK(settle_egalitarian({pie, {.2, .1}, {.2, .1}, .9}).terms.payoff.host == six(.55));
    CHECK(settle_egalitarian({curve, {.1, .3}, {.1, .3}, .9}).terms.payoff.host - .1 ==
          six(settle_egalitarian({curve, {.1, .3}, {.1, .3}, .9}).terms.payoff.partner - .3));
}

TEST_CASE("one host against (10, 7, 4, 1): the rule decides the result") {
    const std::vector<double> values{10, 7, 4, 1};
    CHECK(one_seller(Solution::nash, {10}) == six(5));
    CHECK(one_seller(Solution::shapley, values) == six(6.55));
    CHECK(one_seller(Solution::auction, values) == six(7));
    CHECK(one_seller(Solution::nucleolus, values) == six(8.5));
    CHECK(one_seller(Solution::nash_in_nash, values) == six(8.5));
}

TEST_CASE("Vickrey 1961 and Bertrand: the second price, or the reserve, and equal bidders leave nothing") {
    CHECK(one_seller(Solution::auction, {10, 7, 4, 1}, 8) == six(8));
    CHECK(one_seller(Solution::auction, {10, 10}) == six(10));
    CHECK(one_seller(Solution::auction, {10}, 3) == six(3));
}

TEST_CASE(
    "Shapley and Shubik 1971: the core of the one-seller game is [max(V2, w0), V1]; the second price is its end") {
    const std::vector<double> values{10, 7, 4, 1};
    CHECK(core_bounds(values, 0).host_worst == six(7));
    CHECK(core_bounds(values, 0).host_best == six(10));
    CHECK(core_bounds(values, 8).host_worst == six(8));
    for (const double fund : {0., 3., 7.5, 9.})
        CHECK(one_seller(Solution::auction, values, fund) == six(core_bounds(values, fund).host_worst));
}

TEST_CASE("Schmeidler 1969: the nucleolus is the middle of the core") {
    CHECK(one_seller(Solution::nucleolus, {10, 2}, 4) == six(7));
}

TEST_CASE("Horn and Wolinsky 1988: Nash-in-Nash leaves each partner its part of what it adds") {
    CHECK(one_seller(Solution::nash_in_nash, {10, 7}) == six(8.5));
    CHECK(one_seller(Solution::nash_in_nash, {10, 7}, 0, .3) == six(10 - .7 * 3));
    CHECK(one_seller(Solution::nash_in_nash, {10}, 0, .4) == six(4));
}

TEST_CASE("Shapley 1953: the closed form with an essential host, and K equal rivals leave it K / (K + 1)") {
    const std::vector<double> values{10, 7, 4, 1};
    CHECK(shapley_host(values, 0) == six(6.55));
    const double expected[] = {2.3, .8, .3, .05};
    for (std::size_t k = 0; k < 4; ++k) CHECK(shapley_partner(values, 0, k) == six(expected[k]));
    CHECK(shapley_host(values, 3) == six(7.25));
    CHECK(shapley_host(std::vector<double>{10, 7}, 0) == six(6.166667));
    for (const auto& [partners, payoff] : {std::pair{1, 5.}, {2, 6.}})
        CHECK(shapley_host(partners == 1 ? std::vector<double>{10} : std::vector<double>{10, 6}, 0) == six(payoff));
    CHECK(shapley_host(std::vector<double>{10, 6, 3}, 0) == six(6.25));
    CHECK(shapley_host(std::vector<double>{12, 6}, 0) == six(7));
    for (int rivals = 1; rivals <= 8; ++rivals)
        CHECK(shapley_host(std::vector<double>(static_cast<std::size_t>(rivals), 1.), 0) ==
              six(rivals / (rivals + 1.)));
}

TEST_CASE("Shapley's closed form is the mean over all orders of arrival, for host and partners") {
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> values(1 + static_cast<std::size_t>(round % 6));
        for (double& value : values) value = between(random, 0, 10);
        std::sort(values.rbegin(), values.rend());
        const double fund = round % 3 == 0 ? between(random, 0, 8) : 0;
        CHECK(shapley_host(values, fund) == six(enumerated_shapley(values, fund, 0)));
        for (std::size_t k = 0; k < values.size(); ++k)
            CHECK(shapley_partner(values, fund, k) == doctest::Approx(enumerated_shapley(values, fund, k + 1)));
    }
}

TEST_CASE("with one partner Nash-in-Nash at even weights is the Shapley value") {
    for (const double value : {1., 5., 12.})
        CHECK(one_seller(Solution::nash_in_nash, {value}) == six(shapley_host(std::vector<double>{value}, 0)));
}

TEST_CASE("rules of the core: the host's payoff falls neither with V2, nor with K, nor with the fund") {
    std::mt19937 random(12);
    for (const Solution solution : {Solution::auction, Solution::shapley, Solution::nucleolus, Solution::nash_in_nash})
        for (int round = 0; round < 500; ++round) {
            std::vector<double> values{10, between(random, 0, 9), between(random, 0, 9)};
            std::sort(values.rbegin(), values.rend());
            const double fund = between(random, 0, 9), before = one_seller(solution, values, fund);
            CHECK(one_seller(solution, values, fund + .5) >= before - 1e-9);
            std::vector<double> better = values, more = values;
            better[1] += .5, more.push_back(between(random, 0, values.back()));
            CHECK(one_seller(solution, better, fund) >= before - 1e-9);
            CHECK(one_seller(solution, more, fund) >= before - 1e-9);
        }
}
