// Exact results of bargaining theory that concern what exists (asymmetric Nash, outside options, rivals, self-finance).
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "random_talks.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

double host_gets(OutsideOption rule, double total, double weight, Payoffs d, Payoffs o) {
    const Frontier frontier = transferable(total);
    const Settlement settlement = settle(solutions[0], rule, {frontier, d, o, weight});
    return settlement.agreed() ? settlement.terms.payoff.host : NAN;
}

constexpr auto split = OutsideOption::split_the_difference;
constexpr auto deal_me_out = OutsideOption::deal_me_out;

/// The best Nash product on a fine grid over the whole package set, not only its frontier.
double best_product(const Frontier& frontier, Payoffs threat, double weight, int grid) {
    double best = -1;
    for (int i = 0; i <= grid; ++i)
        for (int j = 0; j <= grid; ++j) {
            const double content = frontier.least_local_content + (1 - frontier.least_local_content) * j / grid;
            const Payoffs u = frontier.at(static_cast<double>(i) / grid, content);
            if (u.host < threat.host || u.partner < threat.partner) continue;
            best = std::max(best,
                            std::pow(u.host - threat.host, weight) * std::pow(u.partner - threat.partner, 1 - weight));
        }
    return best;
}

double product(Payoffs u, Payoffs threat, double weight) {
    return std::pow(std::max(0.0, u.host - threat.host), weight) *
           std::pow(std::max(0.0, u.partner - threat.partner), 1 - weight);
}

}  // namespace

TEST_CASE(
    "Nash 1950: each side gets its disagreement payoff and half of the rest, and no deal if those exceed the pie") {
    CHECK(host_gets(split, 1, 0.5, {0.2, 0.1}, {0.2, 0.1}) == doctest::Approx(0.55).epsilon(1e-9));
    CHECK(std::isnan(host_gets(split, 1, 0.5, {0.7, 0.4}, {0.7, 0.4})));
}

TEST_CASE("Kalai 1977: asymmetric Nash divides the rest by the weights") {
    CHECK(host_gets(split, 1, 0.3, {0.2, 0.1}, {0.2, 0.1}) == doctest::Approx(0.41).epsilon(1e-9));
    CHECK(host_gets(split, 1, 0, {0.2, 0.1}, {0.2, 0.1}) == doctest::Approx(0.2).epsilon(1e-9));
    CHECK(host_gets(split, 1, 1, {0.2, 0.1}, {0.2, 0.1}) == doctest::Approx(0.9).epsilon(1e-9));
}

TEST_CASE(
    "Binmore, Shaked and Sutton 1989: an outside option only constrains, an inside option splits the difference") {
    CHECK(host_gets(deal_me_out, 1, 0.5, {0, 0}, {0.4, 0}) == doctest::Approx(0.5).epsilon(1e-9));
    CHECK(host_gets(deal_me_out, 1, 0.5, {0, 0}, {0.6, 0}) == doctest::Approx(0.6).epsilon(1e-9));
    CHECK(host_gets(deal_me_out, 1, 0.5, {0, 0}, {0, 0.7}) == doctest::Approx(0.3).epsilon(1e-9));
    CHECK(host_gets(split, 1, 0.5, {0, 0}, {0.4, 0}) == doctest::Approx(0.7).epsilon(1e-9));
    CHECK(std::isnan(host_gets(deal_me_out, 1, 0.5, {0, 0}, {0.6, 0.5})));
}

TEST_CASE("Schelling 1960: a ratifier who needs r1 raises the host's terms until there is no deal") {
    CHECK(host_gets(deal_me_out, 1, 0.5, {0, 0}, {0.6, 0}) == doctest::Approx(0.6).epsilon(1e-9));
    CHECK(host_gets(deal_me_out, 1, 0.5, {0, 0}, {0.2, 0.7}) == doctest::Approx(0.3).epsilon(1e-9));
    CHECK(std::isnan(host_gets(deal_me_out, 1, 0.5, {0, 0}, {0.6, 0.41})));
}

TEST_CASE("the identity table: value 10 + 4 D, cost 2, weight 0.4, rival offer 0 or 5") {
    struct Row {
        OutsideOption rule;
        double payoffs[4], interaction;
    };
    const Row rows[] = {{split, {3.2, 6.2, 4.8, 7.8}, 0}, {deal_me_out, {3.2, 5, 4.8, 5}, -1.6}};
    for (const Row& row : rows) {
        double got[4];
        for (int i = 0; i < 4; ++i) {
            const double total = 10 + 4 * (i / 2) - 2, offer = 5 * (i % 2);
            got[i] = host_gets(row.rule, total, 0.4, {0, 0}, {offer, 0});
            CHECK(got[i] == doctest::Approx(row.payoffs[i]).epsilon(1e-9));
        }
        CHECK(got[3] - got[2] - got[1] + got[0] == doctest::Approx(row.interaction).epsilon(1e-9));
    }
}

TEST_CASE("the identity table: a rival that responds by 0.3 makes the demand effect 2.32 instead of 1.6") {
    const auto effect = [](double offer, double response) {
        return host_gets(split, 12, 0.4, {0, 0}, {offer + response * 4, 0}) -
               host_gets(split, 8, 0.4, {0, 0}, {offer, 0});
    };
    CHECK(effect(0, 0) == doctest::Approx(1.6).epsilon(1e-9));
    CHECK(effect(5, 0.3) == doctest::Approx(2.32).epsilon(1e-9));
}

TEST_CASE("the identity table: a fund that buys patience interacts in levels and not in logs") {
    double got[4];
    for (int i = 0; i < 4; ++i) {
        const double total = 10 + 4 * (i / 2) - 2, patient = 0.1 / (1 + i % 2);
        got[i] = host_gets(split, total, 0.1 / (patient + 0.1), {0, 0}, {0, 0});
    }
    CHECK(got[0] == doctest::Approx(4).epsilon(1e-6));
    CHECK(got[1] == doctest::Approx(16.0 / 3).epsilon(1e-6));
    CHECK(got[2] == doctest::Approx(6).epsilon(1e-6));
    CHECK(got[3] == doctest::Approx(8).epsilon(1e-6));
    CHECK(got[3] - got[2] - got[1] + got[0] == doctest::Approx(2.0 / 3).epsilon(1e-6));
    CHECK(std::log(got[3] / got[2]) - std::log(got[1] / got[0]) == doctest::Approx(0).epsilon(1e-9));
    CHECK(tilted(0.1, -1) == doctest::Approx(0.05));  // the model's own slope: r / (1 + F)
}

TEST_CASE("the shares of the identity table: surplus_share falls from 0.775 to 0.65 while net_share stays at 0.4") {
    for (const auto& [total, surplus_share] : {std::pair{8.0, 0.775}, std::pair{12.0, 0.65}}) {
        const double payoff = host_gets(split, total, 0.4, {0, 0}, {5, 0});
        CHECK(payoff / total == doctest::Approx(surplus_share).epsilon(1e-9));
        CHECK((payoff - 5) / (total - 5) == doctest::Approx(0.4).epsilon(1e-9));
    }
}

TEST_CASE("one host, rivals worth 10, 7, 4 and 1: the host gets max(alpha V1, V2, w0)") {
    const auto payoff = [](const std::vector<double>& values, double self_finance) {
        return host_payoff(talks_of_one_table(one_table(values, self_finance)));
    };
    CHECK(payoff({10, 7, 4, 1}, -1) == doctest::Approx(7).epsilon(1e-9));
    CHECK(payoff({10, 3}, -1) == doctest::Approx(5).epsilon(1e-9));
    CHECK(payoff({10}, -1) == doctest::Approx(5).epsilon(1e-9));
    CHECK(payoff({10, 2}, 6) == doctest::Approx(6).epsilon(1e-9));
    CHECK(payoff({10, 7}, 12) == doctest::Approx(12).epsilon(1e-9));
    CHECK(payoff({10, 10}, -1) == doctest::Approx(10).epsilon(1e-9));
}

TEST_CASE("a rival that just matches the fund is the alternative: a partner comes before the fund") {
    Scenario scenario = one_table({10, 9}, 6);
    scenario.bargaining.outside_option = OutsideOption::deal_me_out;
    scenario.bargaining.rival_offer = 0;
    const auto talks = talks_of_one_table(scenario);
    REQUIRE(talks.size() == 2);
    CHECK(talks[1].standing_offer == talks[0].self_finance);  // to the bit: what the two alone would settle on is less
    CHECK(talks[0].best_alternative == Alternative::rival);
}

TEST_CASE("a rival responds to what connectivity gives to another, up or down, and at most to its limit") {
    Scenario scenario = one_table({10, 7});
    scenario.sectors[0].sector.connectivity_intensity = 1;
    scenario.headline.connectivity_demand = 1;
    scenario.bargaining.rival_offer = 0.6;
    scenario.corridor.tariff_share = 0;
    const auto talks = talks_of_one_table(scenario);
    REQUIRE(talks.size() == 2);
    const double worth = talks[0].connectivity_value;
    REQUIRE(worth > 0.05);
    CHECK(talks[1].connectivity_value == 0);
    CHECK(talks[1].standing_offer == doctest::Approx(0.6 * 7).epsilon(1e-9));
    for (const double rho : {-0.5, 0.3, 0.5}) {
        scenario.partners[1].partner.rival_response = rho;
        CHECK(talks_of_one_table(scenario)[1].standing_offer ==
              doctest::Approx(std::min(7.0, 4.2 + rho * worth)).epsilon(1e-9));
    }
    scenario.partners[0].partner.rival_response = 0.5;  // it does not respond to its own value
    CHECK(talks_of_one_table(scenario)[0].standing_offer == doctest::Approx(talks[0].standing_offer).epsilon(1e-9));
}

TEST_CASE("a fuller fund makes the host more patient and its share larger, and a negative slope does the reverse") {
    const auto weight = [](double slope) {
        Scenario scenario = one_table({10});
        scenario.fund.patience = Switch::on;
        scenario.fund.patience_slope = slope;
        scenario.fund.opening_balance = 40;
        return talks_of_one_table(scenario).front();
    };
    CHECK(weight(0).host_weight == doctest::Approx(0.5));
    CHECK(weight(1).host_weight > 0.55);
    CHECK(weight(-1).host_weight == doctest::Approx(1 - weight(1).host_weight).epsilon(1e-9));
    CHECK(weight(1).host_payoff == doctest::Approx(10 * weight(1).host_weight).epsilon(1e-9));
}

TEST_CASE("a rival without capital is no threat") {
    Scenario scenario = one_table({10, 7});
    scenario.partners[1].finance = constant_path(0.5);
    const auto talks = talks_of_one_table(scenario);
    CHECK(host_payoff(talks) == doctest::Approx(5).epsilon(1e-9));
    REQUIRE(talks.size() == 2);
    CHECK(talks[1].outcome == TalkOutcome::no_capital);
}

TEST_CASE("the host's payoff does not fall in the rivals' offers and in self-finance") {
    double before = 0;
    for (double kappa = 0; kappa <= 1; kappa += 0.05) {
        Scenario scenario = one_table({10, 9, 4});
        scenario.bargaining.rival_offer = kappa;
        const double after = host_payoff(talks_of_one_table(scenario));
        CHECK(after >= before - 1e-9);
        before = after;
    }
    before = 0;
    for (double fund = 0; fund <= 12; fund += 0.5) {
        const double after = host_payoff(talks_of_one_table(one_table({10, 6}, fund)));
        CHECK(after >= before - 1e-9);
        before = after;
    }
}

TEST_CASE("the frontier's three pieces meet, and it is concave") {
    std::mt19937 random(2);
    for (int round = 0; round < 2000; ++round) {
        const Frontier frontier = random_frontier(random);
        const double low = frontier.host_worst().payoff.host, high = frontier.host_best().payoff.host;
        double last_partner = frontier.host_worst().payoff.partner, last_slope = 1e9, last_host = low;
        for (int i = 1; i <= 60; ++i) {
            const Terms terms = frontier.where_host_gets(low + (high - low) * i / 60);
            REQUIRE(terms.payoff.host == doctest::Approx(low + (high - low) * i / 60).epsilon(1e-9));
            const double slope = (terms.payoff.partner - last_partner) / (terms.payoff.host - last_host);
            REQUIRE(slope <= last_slope + 1e-7);
            REQUIRE(slope <= 1e-9);
            const Terms back = frontier.where_partner_gets(terms.payoff.partner);
            if (slope < -1e-6) REQUIRE(back.payoff.host == doctest::Approx(terms.payoff.host).epsilon(1e-6));
            last_slope = slope, last_partner = terms.payoff.partner, last_host = terms.payoff.host;
        }
    }
}

TEST_CASE("no package beats the frontier") {
    std::mt19937 random(3);
    std::uniform_real_distribution<> unit(0, 1);
    for (int round = 0; round < 100000; ++round) {
        const Frontier frontier = random_frontier(random);
        const double content = frontier.least_local_content + (1 - frontier.least_local_content) * unit(random);
        const Payoffs package = frontier.at(unit(random), content);
        REQUIRE(frontier.where_host_gets(package.host).payoff.partner >= package.partner - 1e-12);
    }
}

TEST_CASE("the closed form of Nash is never beaten by a grid search over all packages") {
    std::mt19937 random(4);
    std::uniform_real_distribution<> unit(0, 1);
    int settled = 0, pieces[4] = {};
    for (int round = 0; round < 3000; ++round) {
        const Frontier frontier = random_frontier(random);
        const Payoffs threat{unit(random) - 0.5, unit(random) - 0.5};
        const double weight = 0.05 + 0.9 * unit(random);
        if (!frontier.offers(threat)) continue;
        const Terms terms = settle_nash({frontier, threat, threat, weight}).terms;
        const double best = best_product(frontier, threat, weight, 60);
        REQUIRE(product(terms.payoff, threat, weight) >= best - 1e-9);
        REQUIRE(terms.payoff.host >= threat.host - 1e-9);
        REQUIRE(terms.payoff.partner >= threat.partner - 1e-9);
        ++settled;
        ++pieces[static_cast<std::size_t>(terms.piece)];
    }
    CHECK(settled > 1000);
    CHECK(pieces[1] > 50);  // every piece was reached
    CHECK(pieces[2] > 50);
    CHECK(pieces[3] > 50);
}

TEST_CASE("Nash is invariant to the unit of money and to what the host gets in any case") {
    std::mt19937 random(5);
    for (int round = 0; round < 1000; ++round) {
        const Frontier one = random_frontier(random);
        const double k = 1e6, shift = 3;
        const Frontier other = make_frontier(k * one.host_base + shift, k * one.partner_base, k * one.local_value,
                                             k * one.local_cost, k * one.revenue, one.least_local_content);
        if (!one.offers({0, 0})) continue;
        const Terms first = settle_nash({one, {0, 0}, {0, 0}, 0.4}).terms,
                    second = settle_nash({other, {shift, 0}, {shift, 0}, 0.4}).terms;
        REQUIRE(second.payoff.host == doctest::Approx(k * first.payoff.host + shift).epsilon(1e-6));
        REQUIRE(second.local_content == doctest::Approx(first.local_content).epsilon(1e-6));
    }
}

TEST_CASE("degenerate talks give finite terms: no surplus, weights 0 and 1, sizes from 1e-9 to 1e9") {
    for (double size : {1e-9, 1.0, 1e9})
        for (double weight : {0.0, 0.5, 1.0})
            for (double revenue : {0.0, 1.0}) {
                const Frontier frontier =
                    make_frontier(0.1 * size, 0.3 * size, 0.3 * size, 0.6 * size, revenue * size, 0.2);
                REQUIRE(frontier.offers({0, 0}));
                const Terms terms = settle_nash({frontier, {0, 0}, {0, 0}, weight}).terms;
                CHECK(std::isfinite(terms.payoff.host));
                CHECK(terms.payoff.host >= 0);
                CHECK(terms.payoff.partner >= -1e-12 * size);
            }
}
