// The flat form of a scenario: whole, exact, and refused when it is not what it says.
#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <random>
#include <set>

#include "flat_scenario.hpp"
#include "parameter_table.hpp"
#include "scenario_reader.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

/// Every scenario of the project that can run by itself.
std::vector<std::filesystem::path> scenario_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(MULTIVECTOR_SOURCE "/scenarios"))
        if (entry.path().extension() == ".yaml" && entry.path().stem() != "kazakhstan_regions" &&
            entry.path().parent_path().filename() != "designs" &&
            entry.path().parent_path().filename() != "calibration")
            files.push_back(entry.path());
    return files;
}

/// Replaces every number by a random one that its row allows, and every series by a random one.
Scenario shuffled(Scenario scenario, unsigned seed) {
    std::mt19937_64 random(seed);
    const auto any = [&](double low, double high) {
        const double share = std::generate_canonical<double, 53>(random);
        return std::clamp(low + share * (high - low), low, high);
    };
    visit(scenario, [&](const std::string&, auto& block, const auto& rows) {
        for (const auto& row : rows) {
            const double value = any(row.low, row.high);
            row.write(block, row.kind == Kind::number ? value : std::floor(value));
        }
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(block)>, Path>)
            for (Series* series : {&path_input_of(block).record, &path_input_of(block).points}) {
                series->resize(random() % 5);
                double year = 1900;
                for (auto& point : *series) point = {year += any(0.1, 9), any(-1e-300, 1e300)};
            }
    });
    return scenario;
}

/// The same by value, text by text and bit by bit, without the flat form: by the writer of resolved files, and the
/// rest.
void check_same(const Scenario& a, const Scenario& b) {
    CHECK(resolved_text(a, {}) == resolved_text(b, {}));
    const auto bits_of = [](const Scenario& scenario) {
        std::vector<std::uint64_t> bits;
        visit(scenario, [&](const std::string&, const auto& block, const auto&) {
            std::array<std::uint64_t, sizeof(block) / 8> words;  // a block is eight-byte fields and nothing else
            std::memcpy(words.data(), &block, sizeof block);
            bits.insert(bits.end(), words.begin(), words.end());
        });
        return bits;
    };
    CHECK(bits_of(a) == bits_of(b));
}

/// What unflatten says to a form that `spoil` has spoilt; "" when it takes it.
std::string complaint(const std::function<void(FlatScenario&)>& spoil) {
    FlatScenario flat = flatten(small_scenario());
    spoil(flat);
    try {
        unflatten(flat);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

/// The same for one number, by its key.
std::string complaint_about(const std::string& key, double number) {
    const std::vector<std::string> keys = flat_keys(small_scenario());
    const auto found = std::find(keys.begin(), keys.end(), key);
    REQUIRE(found != keys.end());
    return complaint(
        [&](FlatScenario& flat) { flat.numbers[static_cast<std::size_t>(found - keys.begin())] = number; });
}

}  // namespace

TEST_CASE("every scenario comes back from its flat form bit for bit, and runs the same") {
    const auto files = scenario_files();
    CHECK(files.size() >= 3);
    for (const auto& file : files) {
        const Scenario scenario = load_scenario(file, {}).scenario;
        const Scenario again = unflatten(flatten(scenario));
        INFO(file);
        check_same(scenario, again);
        CHECK(hash_of(run_world(scenario, 5)) == hash_of(run_world(again, 5)));
    }
}

TEST_CASE("random values of every parameter and every path survive the flat form bit for bit") {
    const Scenario base = load_scenario(MULTIVECTOR_SOURCE "/scenarios/kazakhstan.yaml", {}).scenario;
    for (unsigned seed = 0; seed < 50; ++seed) {
        const Scenario scenario = shuffled(seed % 2 ? base : small_scenario(2, 3, 5), seed);
        check_same(scenario, unflatten(flatten(scenario)));
    }
}

TEST_CASE("a negative zero stays negative in the flat form") {
    Scenario scenario = small_scenario();
    scenario.partners[0].partner.linkage = -0.0;
    CHECK(std::signbit(unflatten(flatten(scenario)).partners[0].partner.linkage));
}

TEST_CASE("each number of the flat form has a key of its own, and the value of that key stands there") {
    const Scenario scenario = load_scenario(MULTIVECTOR_SOURCE "/scenarios/kazakhstan.yaml", {}).scenario;
    const std::vector<std::string> keys = flat_keys(scenario);
    FlatScenario flat = flatten(scenario);
    REQUIRE(keys.size() == flat.numbers.size());
    CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size());
    const auto number = [&](const std::string& key) -> double& {
        return flat.numbers[static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin())];
    };
    CHECK(number("fund.floor") == scenario.fund.floor);
    CHECK(number("oil.price.record[3].value") == scenario.oil_price.record[3].second);
    number("partners.China.sectors.transport.interest") = 0.123;
    CHECK(unflatten(flat).partners[0].sectors[2].interest == 0.123);
}

TEST_CASE("a flat form that is not whole or not in range is refused by key") {
    CHECK(complaint([](FlatScenario&) {}) == "");
    CHECK(complaint([](FlatScenario& flat) { flat.numbers.pop_back(); }) ==
          "borders[2].second: the numbers end before it");
    CHECK(complaint([](FlatScenario& flat) { flat.numbers.push_back(0); }) ==
          "numbers: more numbers than the scenario has values");
    CHECK(complaint([](FlatScenario& flat) { flat.names.pop_back(); }).starts_with("names: fewer names"));
    CHECK(complaint([](FlatScenario& flat) { flat.names.emplace_back("x"); }).starts_with("names: more names"));
    CHECK(complaint([](FlatScenario& flat) { flat = {}; }) == "table: the numbers end before it");
    CHECK(complaint_about("table", 7) == "table: the numbers belong to another version of the parameters");
    CHECK(complaint_about("fund.floor", 1.5) == "fund.floor: not a number within its range");
    CHECK(complaint_about("fund.floor", std::nan("")) == "fund.floor: not a number within its range");
    CHECK(complaint_about("fund.rule", 1.5) == "fund.rule: not a whole number");
    CHECK(complaint_about("clock.ticks", 10.5) == "clock.ticks: not a whole number");
    CHECK(complaint_about("partners", 9) == "partners: not a number within its range");
    CHECK(complaint_about("oil.price.record", 1e6) == "oil.price.record: not a number within its range");
    CHECK(complaint_about("borders[0].first", 4) == "borders[0].first: not a number within its range");
}

TEST_CASE("years of a flat form's points must rise and values be finite") {
    Scenario scenario = small_scenario();
    scenario.oil_price.points = {{2000, 1}, {2000, 2}};
    CHECK_THROWS_WITH(unflatten(flatten(scenario)), "oil.price.points[1].year: the years must rise");
    scenario.oil_price.points = {{2000, std::numeric_limits<double>::infinity()}};
    CHECK_THROWS_WITH(unflatten(flatten(scenario)), "oil.price.points[0].value: not a finite number");
}
