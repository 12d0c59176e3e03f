// Effects, amplifications and contributions, on numbers whose answers are known.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "estimates_report.hpp"

namespace multivector {

namespace {

DesignAxis axis(const std::string& name, AxisRole role, std::size_t levels = 2) {
    DesignAxis made{name, role, {}};
    for (std::size_t l = 0; l < levels; ++l) made.levels.push_back({std::to_string(l), {}, ""});
    return made;
}

Design design_of(std::vector<DesignAxis> axes, std::size_t most_off = 99) {
    Design design;
    design.kind = DesignKind::factorial;
    design.axes = std::move(axes);
    design.rows = crossed(design.axes, most_off);
    return design;
}

Estimate of_outcome(Standing standing = Standing::primary) {
    Estimate estimate;
    estimate.outcome = "net_gain", estimate.unit = "1", estimate.standing = standing;
    return estimate;
}

std::vector<Estimate> estimates_of_all(const Design& design, std::span<const double> values, const Estimate& of) {
    std::vector<Estimate> all = estimates_of(design, contrasts_of(design), values, of);
    adjust_family(all);
    return all;
}

std::vector<Estimate> of_kind(const std::vector<Estimate>& all, Quantity quantity, Scale scale = Scale::levels) {
    std::vector<Estimate> found;
    for (const Estimate& estimate : all)
        if (estimate.quantity == quantity && estimate.scale == scale) found.push_back(estimate);
    return found;
}

/// Two replications of the same cells.
std::vector<double> twice(std::vector<double> cells) {
    std::vector<double> values = cells;
    values.insert(values.end(), cells.begin(), cells.end());
    return values;
}

}  // namespace

TEST_CASE("cells of 1, 2, 3 and 6: the effect is 1 without the moderator, 3 with it, and its amplification 2") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator)});
    const auto all = estimates_of_all(design, twice({1, 2, 3, 6}), of_outcome());
    const auto effects = of_kind(all, Quantity::effect), amplified = of_kind(all, Quantity::amplification);
    REQUIRE(effects.size() == 2);
    CHECK(*effects[0].point == 1);
    CHECK(*effects[1].point == 3);
    CHECK(said(effects[1].at) == "rivals 1");
    REQUIRE(amplified.size() == 1);
    CHECK(*amplified[0].point == 2);
    CHECK(amplified[0].of.said() == "demand 0 to 1");
    CHECK(amplified[0].by.said() == "rivals 0 to 1");
    CHECK(amplified[0].unmoved.point == 1.0);
    CHECK(amplified[0].change() == Change::amplifies);
}

TEST_CASE("the identity table: interactions of 0, -1.6 and +0.72 in levels; patience +0.667 in levels and 0 in logs") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator)});
    const auto amplification = [&](std::vector<double> cells, Scale scale = Scale::levels) {
        return *of_kind(estimates_of_all(design, twice(std::move(cells)), of_outcome()), Quantity::amplification,
                        scale)[0]
                    .point;
    };
    CHECK(amplification({3.2, 4.8, 6.2, 7.8}) == doctest::Approx(0).epsilon(1e-9));
    CHECK(amplification({3.2, 4.8, 5, 5}) == doctest::Approx(-1.6));
    CHECK(amplification({3.2, 4.8, 6.2, 8.52}) == doctest::Approx(0.72));
    CHECK(amplification({4, 6, 16.0 / 3, 8}) == doctest::Approx(2.0 / 3));
    CHECK(amplification({4, 6, 16.0 / 3, 8}, Scale::logs) == doctest::Approx(0).epsilon(1e-12));
}

TEST_CASE("in logs, settings in each of which an effect doubles whatever the moderator leave nothing to amplify") {
    // Means of logs, not logs of means: 1, 2, 10, 20 beside 1, 1, 1, 1.
    const Design design = design_of(
        {axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator), axis("fund", AxisRole::moderator)});
    const auto all = estimates_of_all(design, twice({1, 2, 10, 20, 1, 1, 1, 1}), of_outcome());
    CHECK(*of_kind(all, Quantity::amplification, Scale::logs)[0].point == doctest::Approx(0).epsilon(1e-12));
}

TEST_CASE(
    "what a moderator does is said by the effect's own sign: it amplifies, erodes, turns round, or does nothing") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator)});
    const auto change = [&](double y00, double y10, double y01, double y11) {
        std::vector<double> values;
        for (const double shared : {0.0, 0.5, 1.5})
            for (const double y : {y00, y10, y01, y11}) values.push_back(y + shared);
        return of_kind(estimates_of_all(design, values, of_outcome()), Quantity::amplification)[0].change();
    };
    CHECK(change(0, 1, 0, 3) == Change::amplifies);
    CHECK(change(0, -1, 0, -3) == Change::amplifies);  // a fall that grows
    CHECK(change(0, -3, 0, -1) == Change::erodes);     // a fall that shrinks, though the contrast is above zero
    CHECK(change(0, 3, 0, 1) == Change::erodes);
    CHECK(change(0, 1, 0, -2) == Change::reverses);
    CHECK(change(0.1, 0.3, 0.7, 0.9) == Change::none);  // to the last bit, though 0.9 - 0.7 is not 0.3 - 0.1
}

TEST_CASE("a moderator turns an effect round only where the signs before and after are both told") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator)});
    // Effects before and after as given, each with noise of its own of size `noise`.
    const auto change = [&](double before, double after, double noise, double smallest = 0) {
        Design declared = design;
        if (smallest > 0) declared.smallest_effect["net_gain"] = smallest;
        std::mt19937 random(7);
        std::normal_distribution<double> normal;
        std::vector<double> values;
        for (int r = 0; r < 50; ++r) {
            const double own = noise * normal(random);  // moves both effects alike, and the amplification not at all
            for (const double y : {10.0, 10 + before + own, 12.0, 12 + after + own + 0.001 * normal(random)})
                values.push_back(y);
        }
        return of_kind(estimates_of_all(declared, values, of_outcome()), Quantity::amplification)[0].change();
    };
    CHECK(change(1, -1, 0.1) == Change::reverses);
    CHECK(change(1, -0.01, 1) == Change::erodes);     // what is left may have either sign
    CHECK(change(0.01, 2, 1) == Change::amplifies);   // what there was may have had either
    CHECK(change(-0.05, 0.05, 5) == Change::shifts);  // and so may both
    CHECK(change(1, 1.01, 0.1, 0.5) == Change::negligible);
    CHECK(change(1, 1, 0.1, 0.5) == Change::negligible);  // though it cannot be told from nothing
    CHECK(change(1, 1, 0.1) == Change::open);
    CHECK(change(1, 3, 0.1, 0.5) == Change::amplifies);
}

TEST_CASE("a test that is in the family twice counts once in Holm's adjustment") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator),
                                     axis("idle", AxisRole::context, 3), axis("kappa", AxisRole::context)});
    std::mt19937 random(8);
    std::normal_distribution<double> normal;
    std::vector<double> values;
    for (int r = 0; r < 10; ++r) {
        const double by_kappa[]{normal(random), normal(random)};
        for (const DesignRow& row : design.rows)
            values.push_back(static_cast<double>(row[0] * row[1]) * (0.5 + by_kappa[row[3]]));
    }
    const auto amplified = of_kind(estimates_of_all(design, values, of_outcome()), Quantity::amplification);
    REQUIRE(amplified.size() == 6);
    const double least = std::min(*amplified.front().p, *amplified.back().p);
    for (const Estimate& estimate : amplified)
        if (*estimate.p == least) CHECK(*estimate.holm == doctest::Approx(std::min(1.0, 2 * least)));
}

TEST_CASE(
    "the variance ratio of a contrast is what it would vary with luck of their own in every world, over what it does") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator)});
    std::vector<double> values;
    for (const double shared : {-3.0, -1.0, 1.0, 3.0})  // variance 20/3 in every cell
        for (std::size_t cell = 0; cell < 4; ++cell) values.push_back(shared + (cell == 3 && shared > 0 ? 2 : 0));
    const Estimate amplified = of_kind(estimates_of_all(design, values, of_outcome()), Quantity::amplification)[0];
    // The last cell is -3, -1, 3, 5: variance 40/3. The contrast is 0, 0, 2, 2: variance 4/3.
    CHECK(*amplified.variance_ratio == doctest::Approx((3 * 20.0 / 3 + 40.0 / 3) / (4.0 / 3)));
}

TEST_CASE("sentences put the share beside the amount, and say which placebo fails") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("placebo", AxisRole::placebo, 4)});
    std::mt19937 random(9);
    std::normal_distribution<double> normal;
    std::vector<double> amounts, shares;
    for (int r = 0; r < 40; ++r) {
        const double after[]{20, 10, 4, 13.5}, noise = normal(random);  // an effect of log 2, none, log 2, log 1.35
        for (const DesignRow& row : design.rows) {
            const double before = row[1] == 2 ? 2 : 10;
            amounts.push_back((row[0] == 0 ? before : after[row[1]]) * (1 + 0.01 * noise));
            shares.push_back(0.5 + 0.1 * static_cast<double>(row[0]) + 0.001 * normal(random));
        }
    }
    std::vector<Estimate> all = estimates_of_all(design, amounts, of_outcome());
    Estimate share = of_outcome(Standing::beside);
    share.outcome = "surplus_share";
    for (const Estimate& estimate : estimates_of_all(design, shares, share)) all.push_back(estimate);
    const auto words = in_plain_words(design, all);
    REQUIRE(words.size() == 4);
    CHECK(words[0].starts_with("Moving demand 0 to 1 raises net_gain by "));
    CHECK(words[0].find("; it raises surplus_share by 0.1") != std::string::npos);
    CHECK(words[1].find("placebo 1") != std::string::npos);
    CHECK(words[1].find("this placebo holds") != std::string::npos);
    CHECK(words[2].find("this placebo FAILS") != std::string::npos);
    CHECK(words[3].find("this placebo holds") != std::string::npos);
}

TEST_CASE("placebos and what is asked beside mechanisms stand outside the confirmatory family") {
    const Design placebo = design_of({axis("demand", AxisRole::effect), axis("placebo", AxisRole::placebo, 3)});
    CHECK(confirmatory(placebo).size() == 1);
    const Design ablated = design_of(
        {axis("demand", AxisRole::effect), axis("rivals", AxisRole::mechanism), axis("fund", AxisRole::mechanism)});
    const auto family = confirmatory(ablated);
    CHECK(family.size() == 3);
    for (const Contrast& contrast : family) CHECK(contrast.quantity == Quantity::contribution);
}

TEST_CASE("an amplification by one moderator is the mean over the levels of the others, and stands for each context") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator),
                                     axis("fund", AxisRole::moderator), axis("kappa", AxisRole::context, 3)});
    REQUIRE(design.rows.size() == 24);
    std::vector<double> cells;
    for (const DesignRow& row : design.rows) {
        const auto d = static_cast<double>(row[0]), r = static_cast<double>(row[1]), f = static_cast<double>(row[2]),
                   k = static_cast<double>(row[3]);
        cells.push_back(2 * d + r + f + d * r * (1 + k) + 4 * d * r * f);
    }
    const auto amplified = of_kind(estimates_of_all(design, twice(cells), of_outcome()), Quantity::amplification);
    REQUIRE(amplified.size() == 6);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(*amplified[2 * k].point == doctest::Approx(1.0 + static_cast<double>(k) + 2));
        CHECK(said(amplified[2 * k].at) == "kappa " + std::to_string(k) + ", mean over fund");
        CHECK(*amplified[2 * k + 1].point == doctest::Approx(2));  // by the fund: 4 d r f, half the rivals there
    }
}

TEST_CASE("contributions of mechanisms sum to the effect whatever their order, and are known for a product") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("outside", AxisRole::mechanism),
                                     axis("patience", AxisRole::mechanism), axis("linkage", AxisRole::mechanism)});
    std::vector<double> cells;
    for (const DesignRow& row : design.rows) {  // level 1 is off
        const double a = row[1] == 0, b = row[2] == 0, c = row[3] == 0;
        cells.push_back(row[0] == 0 ? 5 : 5 + 1 + 3 * a + 6 * b * c + 0 * a * c);
    }
    const auto parts = of_kind(estimates_of_all(design, twice(cells), of_outcome()), Quantity::contribution);
    REQUIRE(parts.size() == 4);
    CHECK(*parts[0].point == doctest::Approx(3));
    CHECK(*parts[1].point == doctest::Approx(3));
    CHECK(*parts[2].point == doctest::Approx(3));
    CHECK(*parts[3].point == doctest::Approx(1));
    CHECK(parts[3].by.axis == none_of_them);
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0,
                                       [](double total, const Estimate& part) { return total + *part.point; });
    CHECK(sum == doctest::Approx(10));
}

TEST_CASE("mechanisms switched off one at a time: a contribution is what goes with each alone") {
    const Design design = design_of(
        {axis("demand", AxisRole::effect), axis("outside", AxisRole::mechanism), axis("patience", AxisRole::mechanism)},
        1);
    REQUIRE(design.rows.size() == 6);
    std::vector<double> cells;
    for (const DesignRow& row : design.rows)
        cells.push_back(row[0] == 0 ? 0 : 10 - 4.0 * static_cast<double>(row[1]) - 1.0 * static_cast<double>(row[2]));
    const auto parts = of_kind(estimates_of_all(design, twice(cells), of_outcome()), Quantity::contribution);
    REQUIRE(parts.size() == 2);
    CHECK(*parts[0].point == 4);
    CHECK(*parts[1].point == 1);
}

TEST_CASE("Holm's adjustment: .01, .02, .03, .04 and .05 become .05, .08, .09, .09 and .09, in any order") {
    const std::vector<double> p{.03, .01, .05, .02, .04}, wanted{.09, .05, .09, .08, .09};
    const std::vector<double> adjusted = holm(p);
    for (std::size_t i = 0; i < p.size(); ++i) CHECK(adjusted[i] == doctest::Approx(wanted[i]));
    CHECK(holm(std::vector<double>{.6, .7})[1] == 1);
    CHECK(holm({}).empty());
}

TEST_CASE("Wilson's interval of 90 of 100 is 0.8256 to 0.9448, and of 100 of 100 begins at 0.9630") {
    CHECK(wilson(90, 100).first == doctest::Approx(0.8256).epsilon(1e-4));
    CHECK(wilson(90, 100).second == doctest::Approx(0.9448).epsilon(1e-4));
    CHECK(wilson(100, 100).first == doctest::Approx(0.9630).epsilon(1e-4));
    CHECK(wilson(100, 100).second == 1);
    CHECK(wilson(0, 10).first == 0);
}

TEST_CASE("intervals of a known effect and amplification cover it in 94 to 96 of 100 repetitions") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator)});
    std::mt19937 random(5);
    std::normal_distribution<double> noise;
    constexpr int repetitions = 4000, replications = 20;
    int effect = 0, amplification = 0, logs = 0;
    const double truth = 1.5;
    // Means 10, 12, 13, 16.5: an effect of 2 without rivals, amplified by 1.5.
    const double means[]{10, 12, 13, 16.5};
    const double logs_truth = std::log(16.5) - std::log(13.0) - std::log(12.0) + std::log(10.0);
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        std::vector<double> values;
        for (int r = 0; r < replications; ++r) {
            const double shared = 2 * noise(random);
            for (const double mean : means) values.push_back(mean + shared + 0.7 * noise(random));
        }
        const auto all = estimates_of_all(design, values, of_outcome());
        const auto covers = [](const Estimate& estimate, double value) {
            return estimate.interval->first <= value && value <= estimate.interval->second;
        };
        effect += covers(of_kind(all, Quantity::effect)[0], 2);
        amplification += covers(of_kind(all, Quantity::amplification)[0], truth);
        logs += covers(of_kind(all, Quantity::amplification, Scale::logs)[0], logs_truth);
    }
    CHECK(effect >= 0.94 * repetitions);
    CHECK(effect <= 0.96 * repetitions);
    CHECK(amplification >= 0.94 * repetitions);
    CHECK(amplification <= 0.96 * repetitions);
    CHECK(logs >= 0.94 * repetitions);
    CHECK(logs <= 0.96 * repetitions);
}

TEST_CASE(
    "an effect is larger than the smallest of interest, negligible, or undetermined, and undeclared without one") {
    Design design = design_of({axis("demand", AxisRole::effect)});
    const auto size = [&](std::vector<double> after) {
        std::vector<double> values;
        for (const double value : after) values.push_back(0), values.push_back(value);
        return of_kind(estimates_of_all(design, values, of_outcome()), Quantity::effect)[0].size;
    };
    CHECK(size({5, 5.1, 4.9}) == Size::undeclared);
    design.smallest_effect["net_gain"] = 1;
    CHECK(size({5, 5.1, 4.9}) == Size::larger);
    CHECK(size({-5, -5.1, -4.9}) == Size::larger);
    CHECK(size({0.1, 0, -0.1}) == Size::negligible);
    CHECK(size({1.2, 0.5, 2}) == Size::undetermined);
}

TEST_CASE("missing values are dropped by replication and counted; logs of means that are not positive are undefined") {
    const Design design = design_of({axis("demand", AxisRole::effect), axis("rivals", AxisRole::moderator)});
    const double missing = std::nan("");
    const auto all =
        estimates_of_all(design, std::vector<double>{1, 2, 3, 6, 1, 2, missing, 6, 1, 2, 3, 7}, of_outcome());
    const Estimate amplified = of_kind(all, Quantity::amplification)[0];
    CHECK(amplified.n == 2);
    CHECK(amplified.dropped == 1);
    CHECK(*amplified.point == 2.5);
    const auto negative = estimates_of_all(design, twice({-1, 2, 3, 6}), of_outcome());
    CHECK(!of_kind(negative, Quantity::amplification, Scale::logs)[0].point);
}

}  // namespace multivector
