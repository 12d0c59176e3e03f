// Runs without a partner or without its rivals: differences of whole runs with the same luck, which disturb no other.
#include <doctest/doctest.h>

#include "recorded_result.hpp"

using namespace multivector;

namespace {

const Observable& measured(std::string_view name) {
    return *std::find_if(observables.begin(), observables.end(),
                         [&](const Observable& row) { return row.name == name; });
}

double over_run(const Scenario& scenario, const char* name) {
    return run_world(scenario, 5, 2).summary.value(measured(name));
}

Counterfactuals measures_of(const Scenario& scenario) {
    World world;
    return CounterfactualRuns(scenario).measure(world, Luck(5, 2), run_world(scenario, 5, 2).summary);
}

/// Answers of the program to `run` on a scenario of the house.
std::filesystem::path result(const Folder& folder, const std::string& scenario, const std::string& name,
                             std::vector<std::string> more) {
    const std::filesystem::path file = folder.path / (name + ".h5");
    std::vector<std::string> words{
        "run", MULTIVECTOR_SOURCE "/scenarios/" + scenario, "-n", "3", "--seed", "11", "-o", file.string(), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    const Answer run = answer(words);
    REQUIRE_MESSAGE(run.code == done, run.err);
    return file;
}

double read(const ResultFile& file, const std::string& name, std::size_t run, std::size_t label = 0) {
    return file.read(name).at(run, label);
}

}  // namespace

TEST_CASE("counterfactual measures are differences of whole runs with the same luck") {
    const Scenario scenario = small_scenario();
    const Counterfactuals measures = measures_of(scenario);
    const RunSummary summary = run_world(scenario, 5, 2).summary;  // a run alone cannot say
    for (const Observable& row : counterfactual_measures) CHECK(std::isnan(summary.value(row)));
    const double gain = over_run(scenario, "net_gain"), welfare = over_run(scenario, "host_welfare");
    double worst = -1e300;
    for (std::size_t p = 0; p < scenario.partners.size(); ++p) {
        Scenario alone = scenario, without = scenario;
        for (std::size_t q = 0; q < scenario.partners.size(); ++q)
            (q == p ? without : alone).partners[q].partner.present = Switch::off;
        CHECK(measures.rival_premium_by_partner[p] == gain - over_run(alone, "net_gain"));
        const double loss = (welfare - over_run(without, "host_welfare")) / welfare;
        CHECK(measures.partner_loss_by_partner[p] == loss);
        CHECK(loss <= 1);
        worst = std::max(worst, loss);
    }
    CHECK(measures.worst_partner_loss == worst);
    for (std::size_t p = scenario.partners.size(); p < max_partners; ++p) {
        CHECK(std::isnan(measures.rival_premium_by_partner[p]));
        CHECK(std::isnan(measures.partner_loss_by_partner[p]));
    }
}

TEST_CASE("they are differences of two runs of the program with partners' presence switched, bit for bit") {
    const Folder folder;
    const auto off = [](const std::string& partner) { return "partners." + partner + ".present=off"; };
    const ResultFile all(result(folder, "kazakhstan.yaml", "all", {"--counterfactuals"}));
    const std::vector<std::string> names = all.read("partner_loss_by_partner").labels;
    REQUIRE(names.size() == 4);
    std::vector<double> worst(3, -1e300);
    for (std::size_t p = 0; p < names.size(); ++p) {
        std::vector<std::string> rivals;
        for (const std::string& name : names)
            if (name != names[p]) rivals.insert(rivals.end(), {"--set", off(name)});
        const ResultFile alone(result(folder, "kazakhstan.yaml", "alone" + std::to_string(p), rivals));
        const ResultFile without(
            result(folder, "kazakhstan.yaml", "without" + std::to_string(p), {"--set", off(names[p])}));
        for (std::size_t run = 0; run < worst.size(); ++run) {
            CHECK(read(all, "rival_premium_by_partner", run, p) ==
                  read(all, "net_gain", run) - read(alone, "net_gain", run));
            const double welfare = read(all, "host_welfare", run);
            const double loss = (welfare - read(without, "host_welfare", run)) / welfare;
            CHECK(read(all, "partner_loss_by_partner", run, p) == loss);
            worst[run] = std::max(worst[run], loss);
        }
    }
    for (std::size_t run = 0; run < worst.size(); ++run) CHECK(read(all, "worst_partner_loss", run) == worst[run]);
}

TEST_CASE("each partner costs two more runs, of which two partners share theirs and one has no rivals") {
    for (const auto& [partners, more] : {std::pair{0, 0}, {1, 1}, {2, 2}, {3, 6}, {4, 8}, {8, 16}})
        CHECK(CounterfactualRuns(small_scenario(partners)).more_runs() == static_cast<std::size_t>(more));
}

TEST_CASE("without rivals a partner's rival premium is nothing, and an absent partner has no measure") {
    Scenario scenario = small_scenario();
    for (std::size_t p = 1; p < scenario.partners.size(); ++p) scenario.partners[p].partner.present = Switch::off;
    const Counterfactuals measures = measures_of(scenario);
    CHECK(CounterfactualRuns(scenario).more_runs() == 1);
    CHECK(measures.rival_premium_by_partner[0] == 0);
    Scenario nobody = scenario;
    nobody.partners[0].partner.present = Switch::off;
    const double welfare = over_run(scenario, "host_welfare");
    CHECK(measures.partner_loss_by_partner[0] == (welfare - over_run(nobody, "host_welfare")) / welfare);
    CHECK(measures.worst_partner_loss == measures.partner_loss_by_partner[0]);
    CHECK(std::isnan(measures.rival_premium_by_partner[1]));
    CHECK(std::isnan(measures.partner_loss_by_partner[1]));
}

TEST_CASE("a run in which nothing is worth anything has no loss to share") {
    Scenario scenario = small_scenario();
    scenario.projects.arrival_scale = 0;
    const Counterfactuals measures = measures_of(scenario);
    CHECK(measures.rival_premium_by_partner[0] == 0);
    CHECK(std::isnan(measures.partner_loss_by_partner[0]));
    CHECK(std::isnan(measures.worst_partner_loss));
}

TEST_CASE("the runs beside it change nothing in a run, and threads nothing in what they say") {
    const Setting setting = prepare(lively());
    const CounterfactualRuns runs(setting.scenario);
    std::string said;
    for (const bool with : {false, true}) {
        const auto beside = std::span(&runs, with ? 1 : 0);
        std::string bytes;
        run_ensemble(setting, {7, 3, 20, 2, Record::full, nullptr, beside},
                     [&](std::span<const Realization> realizations) {
                         for (const Realization& realization : realizations) {
                             bytes += bytes_of(realization);
                             CHECK(realization.counterfactuals.has_value() == with);
                         }
                     });
        if (said.empty()) said = bytes;
        CHECK(said == bytes);
    }
    std::vector<double> measures[2];
    for (const unsigned threads : {1u, 3u})
        run_ensemble(
            setting, {7, 3, 20, threads, Record::full, nullptr, std::span(&runs, 1)},
            [&](std::span<const Realization> realizations) {
                for (const Realization& realization : realizations)
                    for (const Observable& row : counterfactual_measures)
                        for (int p = 0; p < setting.partners && (p == 0 || row.shape == Shape::partner); ++p)
                            measures[threads / 2].push_back(value_of(realization.counterfactuals.value(), row, p));
            });
    CHECK(measures[0].size() == 20 * 7);
    CHECK(measures[0] == measures[1]);
    Log log;
    World world;
    world.log = &log;
    static_cast<void>(runs.measure(world, Luck(7, 3), run_world(setting.scenario, 7, 3).summary));
    CHECK(log.talks.empty());
}

TEST_CASE(
    "a result has them in its summary when asked for, whatever it records, and replays, exports and compares them") {
    for (const char* record : {"summary", "series", "deals", "full"}) {
        const Folder folder;
        const std::string with =
            result(folder, "minimal.yaml", "with", {"--record", record, "--counterfactuals"}).string();
        const std::string plain = result(folder, "minimal.yaml", "plain", {"--record", record}).string();
        const Answer replay = answer({"rerun", with, "--quiet"});
        CHECK_MESSAGE(replay.code == done, replay.out << replay.err);
        CHECK(answer({"verify", with}).code == done);
        CHECK(ResultFile(with).provenance("counterfactuals") == "on");
        CHECK(ResultFile(plain).provenance("counterfactuals") == "off");
        const std::filesystem::path csv = folder.path / "tables";
        REQUIRE(answer({"export", with, "--csv", "-o", csv.string(), "--quiet"}).code == done);
        const std::string book = file_bytes(csv / "codebook.csv"), series = file_bytes(csv / "series.csv");
        for (const Observable& row : counterfactual_measures) {
            const std::string name(row.name);
            CHECK(ResultFile(with).read(name).name == name);
            CHECK_THROWS(ResultFile(plain).read(name));
            CHECK(book.find(name) != std::string::npos);
            CHECK(series.find(name) == std::string::npos);
        }
        const Answer compared = answer({"compare", with, with, "--variables", "worst_partner_loss"});
        CHECK(compared.out.find("worst_partner_loss") != std::string::npos);
        CHECK(answer({"compare", with, plain, "--all"}).code == done);
        const Answer missing = answer({"compare", with, plain, "--variables", "worst_partner_loss"});
        CHECK(missing.code == bad_input);
        CHECK(missing.err.find("has no variable 'worst_partner_loss'") != std::string::npos);
    }
}
