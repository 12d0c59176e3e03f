// Every scenario file of the project: it runs, its books balance, its header asks a question, and what the header says
// is there to see, is. Headers and titles are the only list of scenarios; nothing here names one, but for the dates.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "answer.hpp"
#include "books.hpp"
#include "result_files.hpp"
#include "scenario_reader.hpp"

using namespace multivector;

namespace {

namespace fs = std::filesystem;

const fs::path folder = MULTIVECTOR_SOURCE "/scenarios";

const std::vector<fs::path>& scenario_files() {
    static const auto all = [] {
        std::vector<fs::path> files;
        for (const char* part : {".", "questions", "placebo"})
            for (const auto& entry : fs::directory_iterator(folder / part))
                if (entry.path().extension() == ".yaml") files.push_back(entry.path().lexically_normal());
        std::sort(files.begin(), files.end());
        return files;
    }();
    return all;
}

std::string named(const fs::path& file) { return file.lexically_relative(folder).string(); }

/// The comments before the first line that is none, in one line of text.
std::string header_of(const fs::path& file) {
    std::string header;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line) && line.starts_with("#");)
        if (!line.starts_with("# yaml-language-server"))
            header += line.substr(std::min<std::size_t>(2, line.size())) + " ";
    return header;
}

/// A map that other scenarios build on, and no world of its own.
bool asks_nothing(const std::string& header) {
    return header.find("By itself it answers no question") != std::string::npos;
}

std::vector<std::smatch> found_in(const std::string& text, const std::regex& pattern) {
    return {std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator()};
}

const Observable* observable(const std::string& name) {
    const auto row =
        std::find_if(observables.begin(), observables.end(), [&](const Observable& o) { return o.name == name; });
    return row == observables.end() ? nullptr : &*row;
}

/// Position of a partner, sector or region by its name; -1 when there is none.
int position(const Scenario& scenario, const Observable& row, const std::string& name) {
    const auto among = [&](const auto& actors) {
        for (std::size_t i = 0; i < actors.size(); ++i)
            if (actors[i].name == name) return static_cast<int>(i);
        return -1;
    };
    if (row.shape == Shape::partner) return among(scenario.partners);
    if (row.shape == Shape::sector) return among(scenario.sectors);
    if (row.shape == Shape::region) return among(scenario.regions);
    return name.empty() ? 0 : -1;
}

/// A file that a header names: beside the scenario, or as seen from scenarios/ or the project. Empty when it is not
/// there.
fs::path beside(const fs::path& file, const std::string& name) {
    for (const fs::path& from : {file.parent_path(), folder, folder.parent_path()})
        if (fs::exists(from / name)) return (from / name).lexically_normal();
    return {};
}

/// The other world of a comparison, from the header's "Compare with FILE".
fs::path compared_with(const fs::path& file, const std::string& header) {
    std::smatch found;
    if (!std::regex_search(header, found, std::regex("[Cc]ompare with ([a-z_/.]+\\.yaml)"))) return {};
    return beside(file, found[1].str());
}

constexpr std::uint32_t pairs = 60;

/// Run summaries of a file's world, one for each replication, run once for all comparisons.
const std::vector<RunSummary>& summaries(const fs::path& file) {
    static std::map<fs::path, std::vector<RunSummary>> kept;
    std::vector<RunSummary>& made = kept[file];
    if (!made.empty()) return made;
    const Scenario scenario = load_scenario(file, {}).scenario;
    for (std::uint32_t replication = 0; replication < pairs; ++replication)
        made.push_back(run_world(scenario, 1, replication).summary);
    return made;
}

/// How far the mean of paired differences stands from none, in standard errors; pairs in which either is missing left
/// out.
double standing(const fs::path& a, const fs::path& b, const Observable& row, int index) {
    double count = 0, sum = 0, squares = 0;
    for (std::uint32_t i = 0; i < pairs; ++i) {
        const double difference = summaries(a)[i].value(row, index) - summaries(b)[i].value(row, index);
        if (!std::isfinite(difference)) continue;
        count += 1, sum += difference, squares += difference * difference;
    }
    const double mean = sum / count, variance = squares / count - mean * mean;
    if (!(count > pairs / 2.)) return 0;
    return variance > 0 ? mean / std::sqrt(variance / count) : mean * 1e9;
}

}  // namespace

TEST_CASE("every scenario runs for some seeds, its values in their ranges and its books in balance") {
    CHECK(scenario_files().size() > 15);
    for (const fs::path& file : scenario_files()) {
        CAPTURE(named(file));
        const LoadedScenario loaded = load_scenario(file, {});
        const Setting setting = prepare(loaded.scenario);
        for (std::uint32_t replication = 0; replication < 4; ++replication) {
            const TestRun run = run_world(loaded.scenario, 7, replication);
            CHECK(Audit(setting, run).complaint() == "");
            for (const Observable& row : observables)
                for (std::size_t i = 0; i < extent(row.shape); ++i) {
                    const double value = run.summary.value(row, static_cast<int>(i));
                    const bool may_miss = row.summary == Summary::ratio || row.summary == Summary::counterfactual;
                    CHECK_MESSAGE((std::isfinite(value) || (may_miss && std::isnan(value))), row.name);
                }
        }
    }
}

TEST_CASE("every scenario gives a result that is whole, through the program") {
    const Folder results;
    const std::string result = (results.path / "result.h5").string();
    for (const fs::path& file : scenario_files()) {
        CAPTURE(named(file));
        const Answer ran =
            answer({"run", file.string(), "-n", "3", "--record", "full", "-o", result, "--force", "--quiet"});
        REQUIRE_MESSAGE(ran.code == done, ran.err);
        CHECK(answer({"verify", result}).code == done);
        const ResultFile read{fs::path(result)};
        for (const std::string& variable : read.variables())
            for (const double value : read.read(variable).values) {
                const Observable* row = observable(variable);
                CHECK_MESSAGE((std::isfinite(value) || !row || row->summary == Summary::ratio), variable);
            }
    }
}

TEST_CASE("every scenario has a title of its own, and a header that asks, compares, and says what to look at") {
    std::set<std::string> titles;
    for (const fs::path& file : scenario_files()) {
        CAPTURE(named(file));
        const std::string header = header_of(file), title = load_scenario(file, {}).scenario.title;
        CHECK(!title.empty());
        CHECK_MESSAGE(titles.insert(title).second, "another scenario is called the same: " << title);
        if (asks_nothing(header)) continue;
        CHECK_MESSAGE(header.find('?') != std::string::npos, "the header asks no question");
        CHECK_MESSAGE(std::regex_search(header, std::regex("\\b[Ll]ook\\b")),
                      "the header does not say what to look at");
        const auto words = found_in(header, std::regex("[a-z_]+"));
        CHECK_MESSAGE(std::any_of(words.begin(), words.end(), [](const auto& word) { return observable(word.str()); }),
                      "the header names nothing that is measured");
        for (const auto& other : found_in(header, std::regex("[a-z_/.]+\\.yaml")))
            CHECK_MESSAGE(!beside(file, other.str()).empty(),
                          "the header names " << other.str() << ", which is not there");
        if (file.parent_path() == folder) continue;  // a world to start from
        CHECK_MESSAGE(!compared_with(file, header).empty(), "the header does not say 'Compare with FILE'");
    }
}

TEST_CASE(
    "what a header says rises or falls, does: name (rises), name.Partner (falls), beside the world to compare with") {
    const std::regex claim(R"(([a-z_]+)(\.([A-Za-z]+( [A-Z][a-z]+)*))? \((rises|falls)\))");
    int claims = 0;
    for (const fs::path& file : scenario_files()) {
        const std::string header = header_of(file);
        const fs::path other = compared_with(file, header);
        for (const auto& said : found_in(header, claim)) {
            CAPTURE(named(file));
            CAPTURE(said.str());
            REQUIRE(!other.empty());
            const Observable* row = observable(said[1].str());
            REQUIRE_MESSAGE(row, "no such observable");
            const int index = position(load_scenario(file, {}).scenario, *row, said[3].str());
            REQUIRE_MESSAGE(index >= 0, "of whom?");
            const double found = standing(file, other, *row, index);
            CHECK((said[5].str() == "rises" ? found : -found) > 3);
            ++claims;
        }
    }
    CHECK(claims > 20);
}

TEST_CASE("what a question copies from the baseline is what the baseline says") {
    const auto read = [](const char* file) { return load_scenario(folder / file, {}).scenario; };
    const Scenario baseline = read("kazakhstan.yaml"), open = read("questions/middle_corridor.yaml");
    const auto route = [](const Scenario& scenario, const char* name) {
        return *std::find_if(scenario.routes.begin(), scenario.routes.end(),
                             [&](const auto& one) { return one.name == name; });
    };
    CHECK(route(open, "middle").cost.path.level == route(baseline, "northern").cost.path.before);
    CHECK(route(open, "middle").cost.path.shape == PathShape::constant);
    CHECK(route(open, "middle").route.capacity == route(baseline, "northern").route.capacity);
    CHECK(read("questions/calm_oil.yaml").oil_price.path.level == baseline.oil.reference_price);
}

TEST_CASE("a world that departs from another in some year is the same to the bit until then") {
    struct Dated {
        const char *file, *from;
        double year;
    };
    for (const Dated& dated : {Dated{"questions/no_oil_crash.yaml", "kazakhstan.yaml", 2013.5},
                               {"questions/calm_oil_crashes.yaml", "questions/calm_oil.yaml", 2014.5},
                               {"questions/west_withdraws.yaml", "kazakhstan.yaml", 2012.5},
                               {"questions/land_protest.yaml", "kazakhstan.yaml", 2016},
                               {"questions/russia_closed.yaml", "kazakhstan.yaml", 2022}}) {
        CAPTURE(std::string(dated.file));
        const Scenario scenario = load_scenario(folder / dated.file, {}).scenario;
        const TestRun with = run_world(scenario), without = run_world(load_scenario(folder / dated.from, {}).scenario);
        const auto before = static_cast<std::size_t>((dated.year - scenario.clock.start_year) / scenario.clock.dt);
        REQUIRE(before < with.ticks.size());
        CHECK(std::memcmp(with.ticks.data(), without.ticks.data(), before * sizeof(Observation)) == 0);
        CHECK(!same_bits(with, without));
    }
}
