// The paired comparison of two result files, and the command line around it.
#include <doctest/doctest.h>

#include <sstream>

#include "answer.hpp"
#include "compare.hpp"
#include "input_error.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

PairedEffect effect_of(const std::vector<double>& a, const std::vector<double>& b) { return paired_effect(a, b); }

/// Writes a result file of a small world.
std::filesystem::path result(const Folder& folder, const std::string& name, double demand, std::uint64_t seed = 9,
                             std::uint32_t first = 0) {
    Scenario scenario = small_scenario();
    scenario.headline.connectivity_demand = demand;
    RunOrigin origin = small_origin();
    origin.seed = seed;
    origin.first = first;
    origin.resolved = "title: " + name + "\nclock: {ticks: 40}\nconnectivity_demand: " + std::to_string(demand) + "\n";
    write_result(folder.path / name, prepare(scenario), origin);
    return folder.path / name;
}

std::string report(const Comparison& comparison) {
    std::ostringstream out;
    print_text(out, comparison);
    return out.str();
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the paired interval equals the one computed by hand") {
    // Differences 2, 3, 4, 7: mean 4, s^2 = 14/3, half width t(0.975, 3) sqrt(14/12) = 3.182446 * 1.080123.
    const PairedEffect effect = effect_of({3, 5, 8, 10}, {1, 2, 4, 3});
    CHECK(effect.pairs == 4);
    CHECK(*effect.mean_a == 6.5);
    CHECK(*effect.mean_b == 2.5);
    CHECK(*effect.effect == 4);
    CHECK(effect.interval->first == doctest::Approx(0.562565).epsilon(1e-5));
    CHECK(effect.interval->second == doctest::Approx(7.437435).epsilon(1e-6));
    CHECK(*effect.correlation == doctest::Approx(10 / std::sqrt(145.0)));
    CHECK(*effect.variance_ratio == doctest::Approx(34.0 / 14));
}

TEST_CASE("pairs with a missing value are dropped and counted") {
    const PairedEffect effect = effect_of({3, missing, 5, 8, 10, 1}, {1, 5, 2, 4, 3, missing});
    CHECK(effect.pairs == 4);
    CHECK(effect.dropped == 2);
    CHECK(*effect.effect == 4);
    const PairedEffect none = effect_of({missing}, {1});
    CHECK(none.pairs == 0);
    CHECK(!none.effect);
    CHECK(!none.interval);
}

TEST_CASE("equal values have an effect of exactly zero and a correlation of one") {
    const PairedEffect effect = effect_of({0.1, 0.7, 0.3}, {0.1, 0.7, 0.3});
    CHECK(*effect.effect == 0);
    CHECK(*effect.interval == std::pair(0.0, 0.0));
    CHECK(*effect.correlation == doctest::Approx(1));
    CHECK(!effect.variance_ratio);
}

TEST_CASE("what one pair or constant values leave undefined is absent") {
    const PairedEffect single = effect_of({2}, {1});
    CHECK(*single.effect == 1);
    CHECK(!single.interval);
    const PairedEffect constant = effect_of({0.1, 0.1, 0.1}, {0.3, 0.1, 0.2});
    CHECK(!constant.correlation);
    CHECK(constant.interval);
}

TEST_CASE("a file compared with itself has no effect anywhere and prints no NaN") {
    const Folder folder;
    const ResultFile a(result(folder, "a.h5", 1));
    const Comparison comparison = compare(a, a, {}, true);
    CHECK(comparison.parameters.empty());
    CHECK(comparison.variables.size() > observables.size());
    int absent = 0;  // in every pair
    for (const ComparedVariable& variable : comparison.variables) {
        CAPTURE(variable.name);
        absent += variable.effect.pairs == 0;
        CHECK(variable.effect.effect.has_value() == (variable.effect.pairs > 0));
        CHECK(variable.effect.effect.value_or(0) == 0);
        CHECK(variable.effect.interval.value_or(std::pair(0.0, 0.0)) == std::pair(0.0, 0.0));
    }
    CHECK(absent < 5);
    const std::string text = report(comparison);
    for (const char* number : {" nan", "-nan", "[nan"}) CHECK(!says(text, number));
    CHECK(says(text, "is the same in every pair"));
}

TEST_CASE("realisations pair by replication, not by place") {
    const Folder folder;
    const ResultFile early(result(folder, "a.h5", 1, 9, 0)), late(result(folder, "b.h5", 1, 9, 12));
    const Comparison comparison = compare(early, late, {}, true);
    CHECK(comparison.pairs == 8);
    CHECK(comparison.only_a == 12);
    CHECK(comparison.only_b == 12);
    for (const ComparedVariable& variable : comparison.variables) CHECK(variable.effect.effect.value_or(0) == 0);
}

TEST_CASE("different seeds, no shared replication and unknown variables are refused") {
    const Folder folder;
    const ResultFile a(result(folder, "a.h5", 1)), other(result(folder, "b.h5", 1, 10)),
        late(result(folder, "c.h5", 1, 9, 50));
    CHECK_THROWS_AS(compare(a, other, {}, false), InputError);
    CHECK_THROWS_AS(compare(a, late, {}, false), InputError);
    const std::vector<std::string> wrong{"net_gian"};
    try {
        compare(a, a, wrong, false);
        FAIL("accepted a variable that does not exist");
    } catch (const InputError& error) {
        CHECK(says(error.what(), "'net_gain'"));
    }
}

TEST_CASE("the primary variables come first, then those asked for, each label in its row") {
    const Folder folder;
    const ResultFile a(result(folder, "a.h5", 1)), b(result(folder, "b.h5", 0));
    const std::vector<std::string> more{"net_gain_by_partner", "blocked"};
    const Comparison comparison = compare(a, b, more, false);
    std::vector<std::string> names = primary_variables();
    for (const char* name : {"net_gain_by_partner.P0", "net_gain_by_partner.P1", "net_gain_by_partner.P2", "blocked"})
        names.emplace_back(name);
    CHECK(comparison.variables.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) CHECK(comparison.variables[i].name == names[i]);
    const std::string text = report(comparison);
    CHECK(says(text, "connectivity_demand: 1.000000 | 0.000000"));
    CHECK(!says(text, "clock"));
    CHECK(says(text, "In plain words"));
    CHECK(says(text, "a law of the model, not evidence"));
    CHECK(!says(text, "amplification"));
}

TEST_CASE("an effect is held against the smallest of interest: larger, negligible, or not known well enough") {
    const SmallestEffects smallest{{"net_gain", 1}};
    const auto size = [&](double low, double high) { return size_of("net_gain", {{low, high}}, smallest); };
    CHECK(size(1.1, 2) == Size::larger);
    CHECK(size(-2, -1.1) == Size::larger);
    CHECK(size(-0.9, 0.9) == Size::negligible);
    CHECK(size(0.5, 1.5) == Size::undetermined);
    CHECK(size(-1.5, 0.5) == Size::undetermined);
    CHECK(size(-3, 3) == Size::undetermined);
    CHECK(size_of("net_gain", {}, smallest) == Size::undeclared);
    CHECK(size_of("surplus_share", {{2, 3}}, smallest) == Size::undeclared);
}

TEST_CASE("plain words are honest about an interval that includes zero") {
    const std::string open =
        in_plain_words(effect_of({1, 2, 3}, {2, 1, 3.5}), effect_of({0.5, 0.6, 0.7}, {0.1, 0.3, 0.2}));
    CHECK(says(open, "includes zero, so the sign is open"));
    CHECK(says(open, "its share of the surplus is 0.4 higher in A than in B on average (95% interval"));
}

TEST_CASE("a correlation that is not positive draws a warning") {
    Comparison comparison;
    comparison.variables.push_back({"net_gain", "", "1", effect_of({1, 2, 3}, {3, 2.5, 1})});
    CHECK(says(report(comparison), "warning: net_gain: the correlation of the pairs is not positive"));
}

TEST_CASE("clocks that differ draw a warning") {
    Comparison comparison;
    const auto said = [&](const std::string& key) {
        comparison.parameters = {{key, "1", "2"}};
        std::ostringstream out;
        print_text(out, comparison);
        return out.str();
    };
    CHECK(said("clock.dt").find("their luck is not the same") != std::string::npos);
    CHECK(said("clock.start_year").find("their luck is not the same") != std::string::npos);
    CHECK(said("clock.ticks").find("differ in length") != std::string::npos);
    CHECK(said("fund.floor").find("warning") == std::string::npos);
}

TEST_CASE("parameters differ by key, whatever the order and style of the YAML") {
    CHECK(different_parameters("a: {b: 1, c: [1, 2]}\ntitle: x", "title: y\na:\n  c: [1, 2]\n  b: 1\n").empty());
    const auto differences = different_parameters("a: {b: 1}\nd: 2", "a: {b: 3}\ne: 4");
    CHECK(differences.size() == 3);
    CHECK(differences[0].key == "a.b");
    CHECK(differences[1].b.empty());
}

TEST_CASE("mistakes on the command line end with code 2 and the nearest valid name") {
    const auto refuses = [](const std::vector<std::string>& arguments, const std::string& part) {
        const Answer outcome = answer(arguments);
        CHECK(outcome.code == bad_input);
        CHECK(outcome.out.empty());
        CHECK_MESSAGE(says(outcome.err, part), outcome.err);
    };
    refuses({}, "usage");
    refuses({"rum"}, "'run'");
    refuses({"--verson"}, "'--version'");
    refuses({"run", "x.yaml", "--replicatons", "3"}, "'--replications'");
    refuses({"run", "x.yaml", "--seed"}, "--seed");
    refuses({"run"}, "missing: one scenario file");
    refuses({"run", "a", "b"}, "unexpected 'b'");
    refuses({"compare"}, "two result files, or one of a design");
    refuses({"sweep"}, "missing: one design file");
    refuses({"run", "x.yaml", "--threads", "-1"}, "--threads");
}

TEST_CASE("help and version go to standard output") {
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{{"--help"},
                                                                                           {"--version"},
                                                                                           {"run", "--help"},
                                                                                           {"compare", "--help"},
                                                                                           {"validate", "-h"},
                                                                                           {"describe", "-h"}}) {
        const Answer outcome = answer(arguments);
        CHECK(outcome.code == done);
        CHECK(!outcome.out.empty());
        CHECK(outcome.err.empty());
    }
}

TEST_CASE("the program compares two files and refuses unlike seeds") {
    const Folder folder;
    const auto a = result(folder, "a.h5", 1), b = result(folder, "b.h5", 0), other = result(folder, "c.h5", 0, 10);
    CHECK(answer({"compare", a, b, "--variables", "gdp, fund"}).code == done);
    CHECK(answer({"compare", a, other}).code == bad_input);
    const Answer held =
        answer({"compare", a, b, "--smallest-effect", "net_gain=1e9", "--smallest-effect", "fund=0.001"});
    CHECK(held.out.find("net_gain: the effect is smaller than the smallest of interest") != std::string::npos);
    CHECK(held.out.find("fund: the effect is ") != std::string::npos);
    CHECK(answer({"compare", a, b, "--smallest-effect", "fund=0.001", "--format", "csv"}).out.find(",negligible\n") ==
          std::string::npos);
}

}  // namespace multivector
