// The model's identity table through its public interface: a scenario file, --set, and what the program answers.
#include <doctest/doctest.h>

#include <fstream>

#include "answer.hpp"
#include "estimates.hpp"
#include "result_files.hpp"
#include "scenario_reader.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

const std::string file = MULTIVECTOR_SOURCE "/tests/identities.yaml";

doctest::Approx six(double value) { return doctest::Approx(value).epsilon(1e-6); }

using Settings = std::vector<std::string>;

/// The host's payoff in the deal that `negotiate` shows.
double host_payoff(const Settings& settings) {
    std::vector<std::string> words{"negotiate", file, "--json"};
    for (const std::string& setting : settings) words.insert(words.end(), {"--set", setting});
    const Answer shown = answer(words);
    REQUIRE(shown.code == done);
    const std::size_t deal = shown.out.find("\"deal\": {\"partner\": \"China\"");
    REQUIRE(deal != std::string::npos);
    const std::string key = "\"host_payoff\": ";
    return std::stod(shown.out.substr(shown.out.find(key, deal) + key.size()));
}

struct Square {
    double none, second, demand, both;  ///< payoffs at (0,0), (0,1), (1,0), (1,1)
    double interaction() const { return both - demand - second + none; }
};

/// Payoffs with and without demand, in two states of a second thing.
Square square(const Settings& always, const std::string& off, const std::string& on) {
    const auto payoff = [&](const char* demand, const std::string& state) {
        Settings settings = always;
        settings.insert(settings.end(), {std::string("connectivity_demand=") + demand, state});
        return host_payoff(settings);
    };
    return {payoff("0", off), payoff("0", on), payoff("1", off), payoff("1", on)};
}

/// The second thing is a rival beside China.
Square with_rival(const Settings& always) {
    return square(always, "partners.Rival.present=off", "partners.Rival.present=on");
}

double summary(const TestRun& run, std::string_view name) {
    for (const Observable& row : observables)
        if (row.name == name) return run.summary.value(row);
    FAIL(name);
    return NAN;
}

}  // namespace

TEST_CASE("the identity table: split the difference adds a rival's offer and demand without interaction") {
    const Square got = with_rival({"bargaining.outside_option=split_the_difference"});
    CHECK(got.none == six(3.2));
    CHECK(got.second == six(6.2));
    CHECK(got.demand == six(4.8));
    CHECK(got.both == six(7.8));
    CHECK(std::fabs(got.interaction()) < 1e-6);
}

TEST_CASE("the identity table: under deal me out a rival's offer swallows what demand would bring") {
    const Square got = with_rival({"bargaining.outside_option=deal_me_out"});
    CHECK(got.none == six(3.2));
    CHECK(got.second == six(5));
    CHECK(got.demand == six(4.8));
    CHECK(got.both == six(5));
    CHECK(got.interaction() == six(-1.6));
}

TEST_CASE("the identity table: a rival that responds by 0.3 makes the effect of demand 2.32 instead of 1.6") {
    const Square got =
        with_rival({"bargaining.outside_option=split_the_difference", "partners.Rival.rival_response=0.3"});
    CHECK(got.demand - got.none == six(1.6));
    CHECK(got.both - got.second == six(2.32));
    CHECK(got.interaction() == six(0.72));
}

TEST_CASE("the identity table: a fund that buys patience interacts with demand in levels and not in logs") {
    const Square got = square({"partners.Rival.present=off", "fund.patience=on", "bargaining.host_discount_rate=0.1"},
                              "oil_fund_capacity=0", "oil_fund_capacity=1");
    CHECK(got.none == six(4));
    CHECK(got.second == six(16. / 3));
    CHECK(got.demand == six(6));
    CHECK(got.both == six(8));
    CHECK(got.interaction() == six(2. / 3));
    CHECK(std::fabs(std::log(got.both / got.demand) - std::log(got.second / got.none)) < 1e-6);
}

TEST_CASE(
    "the identity table: with a rival demand raises the amount, lowers the surplus share and leaves the net share") {
    for (const auto& [demand, gain, share] : {std::tuple{"0", 6.2, 0.775}, {"1", 7.8, 0.65}}) {
        const LoadedScenario loaded = load_scenario(
            file, {"bargaining.outside_option=split_the_difference", std::string("connectivity_demand=") + demand});
        const TestRun run = run_world(loaded.scenario);
        const double deals = summary(run, "signed_deals");
        REQUIRE(deals > 5);
        CHECK(summary(run, "net_gain") / deals == six(gain));
        CHECK(summary(run, "surplus_share") == six(share));
        CHECK(summary(run, "net_share") == six(0.4));
    }
}

TEST_CASE("the identity table through sweep and compare: the amplification is the interaction, in levels and in logs") {
    // Projects arise by luck, all alike and each signed: a world's gain is their number times the payoff of one.
    struct Row {
        std::string base, moderator;
        double effect, interaction, in_logs;
    };
    const std::string patient = "partners.Rival.present: off, fund.patience: on, bargaining.host_discount_rate: 0.1",
                      rival = "partners.Rival.present: [off, on]";
    for (const Row& row : {Row{"bargaining.outside_option: split_the_difference", rival, 1.6, 0,
                               std::log(7.8 / 6.2) - std::log(4.8 / 3.2)},
                           Row{"bargaining.outside_option: deal_me_out", rival, 1.6, -1.6, -std::log(4.8 / 3.2)},
                           Row{"bargaining.outside_option: split_the_difference, partners.Rival.rival_response: 0.3",
                               rival, 1.6, 0.72, std::log(8.52 / 6.2) - std::log(4.8 / 3.2)},
                           Row{patient, "oil_fund_capacity: [0, 1]", 2, 2. / 3, 0}}) {
        const Folder folder;
        const std::string result = (folder.path / "identity.h5").string();
        std::ofstream(folder.path / "identity.yaml")
            << "scenario: " << file << "\nkind: factorial\nreplications: 12\naxes:\n  connectivity_demand: [0, 1]\n  "
            << row.moderator << "\nover:\n  world: {once: {" << row.base << "}, again: {" << row.base
            << ", placebo: 1}}\n";
        const Answer swept = answer({"sweep", (folder.path / "identity.yaml").string(), "-o", result, "--quiet"});
        REQUIRE(swept.err == "");
        REQUIRE(swept.code == done);
        const ResultFile read{std::filesystem::path(result)};
        const SummaryVariable deals = read.read("signed_deals");
        double each = 0;
        for (const double count : deals.values) each += count / static_cast<double>(deals.values.size());
        REQUIRE(each > 10);
        int found = 0;
        for (const Estimate& estimate : estimates_of(read, {}, false)) {
            if (estimate.outcome != "net_gain" || estimate.quantity == Quantity::contribution) continue;
            const bool logs = estimate.scale == Scale::logs;
            if (estimate.quantity == Quantity::amplification) {
                const double got = *estimate.point / (logs ? 1 : each);
                CHECK(got == doctest::Approx(logs ? row.in_logs : row.interaction).epsilon(1e-6).scale(1));
                if (!logs) CHECK(*estimate.unmoved.point / each == six(row.effect));
                ++found;
            }
        }
        CHECK(found == 4);
    }
}
