// Sentences on estimates that are made up, one for everything that can be said.
#include <doctest/doctest.h>

#include "estimates_report.hpp"

namespace multivector {

namespace {

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Estimate estimate(double point, double half, const Levels& at = {}) {
    Estimate made = about("net_gain", "gain [USD billion]", "1e9 USD");
    made.of = {"demand", "0", "1"}, made.at = at, made.n = 20;
    made.point = point, made.interval = {point - half, point + half};
    return made;
}

Estimate in_placebo(double point, double half, Levels at) {
    Estimate made = estimate(point, half, at);
    made.placebo = true;
    return made;
}

/// The same in logs, without which a placebo is held in levels.
void add(std::vector<Estimate>& all, Estimate made) {
    all.push_back(made);
    made.scale = Scale::logs, made.interval.reset(), made.point.reset();
    all.push_back(made);
}

std::string sentence(const Estimate& real, const Estimate& placebo) {
    std::vector<Estimate> all;
    add(all, real), add(all, placebo);
    Design design;
    design.kind = DesignKind::placebo;
    return in_plain_words(design, all).back();
}

}  // namespace

TEST_CASE("a placebo holds, fails, is open, or says nothing, and names its setting") {
    const Levels none{{"rivals", "on"}, {"placebo", "none"}}, far{{"rivals", "on"}, {"placebo", "far away"}};
    const auto verdict = [&](double real, double real_half, double placebo, double placebo_half) {
        return sentence(estimate(real, real_half, none), in_placebo(placebo, placebo_half, far));
    };
    CHECK(says(verdict(10, 1, 1, 1),
               "In the placebo far away, rivals on, the effect on net_gain is 1 (95% interval [0, 2])"));
    CHECK(says(verdict(10, 1, 1, 1), "this placebo holds"));
    CHECK(says(verdict(10, 1, -8, 1), "this placebo FAILS"));
    CHECK(says(verdict(10, 1, 5, 1), "whether this placebo holds is open"));
    CHECK(says(verdict(10, 20, 1, 1), "says nothing, for the sign of the world's own effect is open"));
    CHECK(says(verdict(0, 0, 0, 0), "has no effect that a placebo could be held against"));
    Estimate once = in_placebo(1, 1, far);
    once.interval.reset();
    CHECK(says(sentence(estimate(10, 1, none), once), "one replication says nothing of this placebo"));
}

TEST_CASE("effects that are open, missing, negligible or may be so are said to be") {
    Design design;
    const auto said = [&](Estimate made) { return in_plain_words(design, {made}).front(); };
    CHECK(said(estimate(-3, 1)) == "Moving demand 0 to 1 lowers net_gain by 3 USD billion (95% interval [-4, -2]).");
    CHECK(says(said(estimate(1, 2)), "but the interval [-1, 3] includes zero, so the sign is open"));
    Estimate sized = estimate(1, 0.5);
    sized.size = Size::undetermined;
    CHECK(says(said(sized), ", which may be less than the smallest of interest"));
    sized.point.reset(), sized.interval.reset();
    CHECK(says(said(sized), "leaves nothing to say of net_gain, which is missing"));
    Estimate other = sized;
    other.at = {{"kappa", "1"}};
    CHECK(says(in_plain_words(design, {sized, other}).front(), "; every estimate is missing"));
    const Estimate here = estimate(2, 1, {{"kappa", "0"}}), there = estimate(2, 1, {{"kappa", "1"}});
    CHECK(says(in_plain_words(design, {here, there}).front(), "net_gain rises in 2; the estimate is 2 USD billion"));
}

TEST_CASE("an amplification says from where to where, and a part of an effect what is not known of it") {
    Estimate amplified = estimate(2, 1);
    amplified.quantity = Quantity::amplification, amplified.by = {"rivals", "off", "on"};
    amplified.unmoved = {{1.0}, {{0.5, 1.5}}}, amplified.moved = {{3.0}, {{2.5, 3.5}}};
    Design design;
    CHECK(in_plain_words(design, {amplified}).front() ==
          "When rivals goes from off to on, the effect of demand 0 to 1 on net_gain is amplified, from 1 to 3: the "
          "difference is 2 "
          "USD billion (95% interval [1, 3]).");
    amplified.point = 0, amplified.interval = {0, 0};
    CHECK(says(in_plain_words(design, {amplified}).front(), "on net_gain does not change in any replication."));
    design.kind = DesignKind::ablate;
    design.axes = {{"demand", AxisRole::effect, {}}, {"patience", AxisRole::mechanism, {}}};
    Estimate part = estimate(0.1, 1), left = estimate(9.9, 1);
    part.quantity = left.quantity = Quantity::contribution;
    part.by.axis = "patience", left.by.axis = none_of_them;
    const auto words = [&](const Estimate& whole) { return in_plain_words(design, {whole, part, left}).front(); };
    const Levels on{{"patience", "on"}};
    CHECK(says(words(estimate(10, 1, on)),
               "patience 0.1 (1%, open) and what is left with all of them off is 9.9 (99%)."));
    CHECK(says(words(estimate(10, 11, on)), "patience 0.1 (open) and"));
    part.size = Size::negligible;
    CHECK(says(words(estimate(10, 1, on)), "patience 0.1 (1%, negligible) and"));
    CHECK(in_plain_words(design, {part, left}).empty());  // parts of an effect that is not there
}

}  // namespace multivector
