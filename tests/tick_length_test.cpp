// Months, quarters and years: the same law. Tested by distribution over a few hundred realisations, each tick length
// with luck of its own; where an error of the order of the tick remains, that it shrinks with the tick and how large it
// is.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "scenario_reader.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

constexpr double month = 1.0 / 12, quarter = 0.25, year = 1;
constexpr int runs = 400;
/// Every comparison in this file is held to this level. There are about fifty of them: if all laws agree, a fresh set
/// of seeds would raise a false alarm in less than one build of a hundred.
constexpr double level = 1e-4;

using Sample = std::vector<double>;
using Measure = std::function<double(const TestRun&)>;

/// One value for each realisation of `scenario` with ticks of `dt` over the same years.
std::vector<Sample> measure(Scenario scenario, double dt, const std::vector<Measure>& measures) {
    const double years = static_cast<double>(scenario.clock.ticks) * scenario.clock.dt;
    scenario.clock.dt = dt;
    scenario.clock.ticks = std::lround(years / dt);
    std::vector<Sample> samples(measures.size());
    for (std::uint32_t replication = 0; replication < runs; ++replication) {
        const TestRun run = run_world(scenario, 100 + static_cast<std::uint64_t>(1 / dt + 0.5), replication);
        for (std::size_t i = 0; i < measures.size(); ++i) samples[i].push_back(measures[i](run));
    }
    return samples;
}

/// Probability of a two-sample Kolmogorov-Smirnov distance at least as large, by its limiting law (conservative for
/// values that repeat).
double same_law(Sample a, Sample b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    double distance = 0;
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        const double x = std::min(a[i], b[j]);
        while (i < a.size() && a[i] <= x) ++i;
        while (j < b.size() && b[j] <= x) ++j;
        distance = std::max(distance, std::fabs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                                static_cast<double>(j) / static_cast<double>(b.size())));
    }
    const double n = static_cast<double>(a.size() * b.size()) / static_cast<double>(a.size() + b.size());
    const double lambda = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance;
    if (lambda < 0.3) return 1;  // the series converges slowly, to 1
    double probability = 0;
    for (int k = 1; k <= 20; ++k) probability += (k % 2 ? 2 : -2) * std::exp(-2 * k * k * lambda * lambda);
    return std::min(1.0, probability);
}

struct Named {
    std::string name;
    Measure measure;
};

Measure total(double Observation::*field) {
    return [field](const TestRun& run) { return run.total(field); };
}
Measure last(double Observation::*field) {
    return [field](const TestRun& run) { return run.ticks.back().*field; };
}

/// Quarters against months and against years.
void expect_same_law(const Scenario& scenario, const std::vector<Named>& named, std::vector<double> others) {
    std::vector<Measure> measures;
    for (const Named& one : named) measures.push_back(one.measure);
    const auto quarters = measure(scenario, quarter, measures);
    for (const double dt : others) {
        const auto other = measure(scenario, dt, measures);
        for (std::size_t i = 0; i < named.size(); ++i) {
            const double probability = same_law(quarters[i], other[i]);
            CHECK_MESSAGE(probability > level, named[i].name << " with ticks of " << dt << " years: p " << probability);
        }
    }
}

/// Twenty years in which nothing but rumours, protests and the fund's politics happens.
Scenario without_projects() {
    Scenario scenario = lively();
    scenario.projects.arrival_scale = 0;
    scenario.opinion.rumour_rate = 0.5;
    return scenario;
}

/// Twenty years in which money is ample and nothing that is learned or felt comes back to the table.
Scenario without_feedback() {
    Scenario scenario = lively();
    scenario.fund.present = Switch::off;
    scenario.learning.aspirations = scenario.learning.trust = scenario.learning.exposure = Switch::off;
    scenario.opinion.moves = scenario.protest.present = Switch::off;
    for (PartnerInput& partner : scenario.partners) partner.finance = constant_path(1e6);
    for (SectorInput& sector : scenario.sectors) sector.sector.connectivity_intensity = 0;
    return scenario;
}

}  // namespace

TEST_CASE("the Kolmogorov-Smirnov test tells laws apart that differ, and not those that do not") {
    const Luck luck(1, 0);
    Sample a, b, shifted, wide;
    for (std::uint32_t i = 0; i < runs; ++i) {
        a.push_back(luck.normal(Stream::tie, 0, i));
        b.push_back(luck.normal(Stream::tie, 1, i));
        shifted.push_back(luck.normal(Stream::tie, 2, i) + 0.5);
        wide.push_back(luck.normal(Stream::tie, 3, i) * 2);
    }
    CHECK(same_law(a, b) > 0.01);
    CHECK(same_law(a, shifted) < level);
    CHECK(same_law(a, wide) < level);
    CHECK(same_law(a, a) == 1);
}

TEST_CASE("arrivals: as many projects in months and years as in quarters, by distribution") {
    expect_same_law(without_feedback(), {{"projects arisen", total(&Observation::projects_arisen)}}, {month, year});
}

TEST_CASE("oil price: level, change over a year and spread, by distribution") {
    for (const PriceNoise noise : {PriceNoise::mean_reverting, PriceNoise::random_walk}) {
        Scenario scenario = without_projects();
        scenario.oil.noise = noise;
        const auto log_price = [](const TestRun& run, double years_before_end) {
            const auto per_year = run.ticks.size() / 20;
            const auto back =
                1 + static_cast<std::size_t>(std::lround(years_before_end * static_cast<double>(per_year)));
            return std::log(run.ticks[run.ticks.size() - back].oil_price);
        };
        expect_same_law(
            scenario,
            {{"level", [&](const TestRun& run) { return log_price(run, 0); }},
             {"change in a year", [&](const TestRun& run) { return log_price(run, 0) - log_price(run, 1); }},
             {"change in ten years", [&](const TestRun& run) { return log_price(run, 0) - log_price(run, 10); }}},
            {month, year});
    }
}

TEST_CASE("rumours: their number and the sum of what they do, by distribution") {
    Scenario scenario = without_projects();
    scenario.opinion.rumour_rate = 2;  // often more than one in a tick
    const auto shock = [](const TestRun& run) {
        double sum = 0;
        for (const EventRecord& event : run.log.events)
            if (event.kind == EventKind::rumour && event.partner == 0) sum += event.value;
        return sum;
    };
    expect_same_law(scenario, {{"rumours", total(&Observation::rumours)}, {"shock", shock}}, {month, year});
}

TEST_CASE("protests: large ones, concessions, their spread and what publics think, by distribution") {
    for (const double threshold : {0.35, 0.6}) {
        Scenario scenario = without_projects();
        scenario.protest.threshold = threshold;
        const auto largest = [](const TestRun& run) {
            double share = 0;
            for (const Observation& now : run.ticks) share = std::max(share, now.protest_share);
            return share;
        };
        expect_same_law(
            scenario,
            {{"large protests", total(&Observation::large_protests)},
             {"concessions", total(&Observation::concessions_won)},
             {"largest share", largest},
             {"last attitude", [](const TestRun& run) { return run.ticks.back().attitude_by_partner[0]; }},
             {"last concession", [](const TestRun& run) { return run.ticks.back().owed_content_by_partner[0]; }}},
            {month, year});
    }
}

TEST_CASE("the political draw: what the fund pays out and what is left, by distribution") {
    Scenario scenario = without_projects();
    scenario.fund.guaranteed_transfer = 0;
    scenario.fund.floor = 0;
    scenario.fund.political_volatility = 1;
    scenario.oil_output = constant_path(0);
    scenario.fund.opening_balance = 100;
    expect_same_law(
        scenario, {{"targeted transfers", total(&Observation::targeted_transfer)}, {"fund", last(&Observation::fund)}},
        {month, year});
}

TEST_CASE(
    "deals where money is ample: signed, blocked, completed, cancelled, replaced, reopened, and what they are worth") {
    const auto gdp = [](const TestRun& run) {
        double sum = 0;
        for (const Observation& now : run.ticks) sum += now.gdp;
        return sum / static_cast<double>(run.ticks.size());
    };
    expect_same_law(without_feedback(),
                    {{"signed", total(&Observation::signed_deals)},
                     {"blocked", total(&Observation::blocked)},
                     {"lapsed", total(&Observation::projects_lapsed)},
                     {"completed", total(&Observation::completed)},
                     {"suspended", total(&Observation::suspended)},
                     {"cancelled", total(&Observation::cancelled)},
                     {"replaced", total(&Observation::replaced)},
                     {"reopened", total(&Observation::reopened)},
                     {"live at the end", last(&Observation::deals_live)},
                     {"net gain", total(&Observation::net_gain)},
                     {"surplus", total(&Observation::surplus)},
                     {"welfare", total(&Observation::host_welfare)},
                     {"exports", total(&Observation::exports)},
                     {"gdp", gdp}},
                    {month, year});
}

namespace {

/// How far the baseline's run totals with yearly and quarterly ticks may lie from those with monthly ones [relative].
/// ODD.md states these sizes (section 3).
struct Remaining {
    std::string_view observable;
    double years, quarters;
};
constexpr Remaining remaining[] = {
    {"projects_arisen", 0, 0},      {"rumours", 0, 0},
    {"signed_deals", 0.28, 0.012},  {"value_signed", 0.225, 0.01},
    {"completed", 0.025, 0.01},     {"cancelled", 0.05, 0.015},
    {"replaced", 0.02, 0.01},       {"blocked", 0.32, 0.02},
    {"net_gain", 0.17, 0.01},       {"surplus_share", 0.005, 0.002},
    {"host_welfare", 0.04, 0.015},  {"targeted_transfer", 0.2, 0.03},
    {"fund", 0.31, 0.027},          {"fund_to_gdp", 0.21, 0.025},
    {"gdp", 0.015, 0.001},          {"exports", 0.015, 0.004},
    {"large_protests", 0.02, 0.02}, {"net_share", 0.17, 0.05},
    {"refused", 0.4, 0.07},         {"self_financed", 0.88, 0.09},
};

struct Moments {
    double mean = 0, error = 0;
};

std::vector<Moments> baseline(double dt) {
    Scenario scenario = load_scenario(MULTIVECTOR_SOURCE "/scenarios/kazakhstan.yaml", {}).scenario;
    scenario.clock.dt = dt;
    scenario.clock.ticks = std::lround(29 / dt);
    const Setting setting = prepare(scenario);
    const int many = 1000;
    std::vector<Moments> moments(std::size(remaining));
    World world;
    for (std::uint32_t replication = 0; replication < many; ++replication) {
        RunSummary summary;
        begin(world, setting);
        const Luck luck(200 + static_cast<std::uint64_t>(1 / dt + 0.5), replication);
        for (int t = 0; t < setting.ticks; ++t) {
            tick(world, setting, luck);
            summary.add(world.now);
        }
        for (std::size_t i = 0; i < moments.size(); ++i)
            for (const Observable& row : observables)
                if (row.name == remaining[i].observable) {
                    moments[i].mean += summary.value(row);
                    moments[i].error += summary.value(row) * summary.value(row);
                }
    }
    for (Moments& one : moments) {
        one.mean /= many;
        one.error = std::sqrt((one.error / many - one.mean * one.mean) / many);
    }
    return moments;
}

}  // namespace

TEST_CASE(
    "the baseline: what separates years and quarters from months shrinks with the tick and is as small as stated") {
    const auto years = baseline(year), quarters = baseline(quarter), months = baseline(month);
    for (std::size_t i = 0; i < std::size(remaining); ++i) {
        const double unit = std::fabs(months[i].mean);
        const double of_years = std::fabs(years[i].mean - months[i].mean) / unit,
                     of_quarters = std::fabs(quarters[i].mean - months[i].mean) / unit;
        const double doubt = 4 * std::hypot(years[i].error, months[i].error) / unit;  // p = 6e-5
        CHECK_MESSAGE(of_years <= remaining[i].years + doubt,
                      remaining[i].observable << " in years: " << of_years << " +- " << doubt);
        CHECK_MESSAGE(of_quarters <= remaining[i].quarters + doubt,
                      remaining[i].observable << " in quarters: " << of_quarters << " +- " << doubt);
        // Errors of opposite sign may cancel in years: what is as small as stated need not shrink further.
        CHECK_MESSAGE(of_quarters <= std::max(of_years / 2, remaining[i].quarters) + doubt,
                      remaining[i].observable << " does not shrink: " << of_years << " to " << of_quarters);
    }
}
