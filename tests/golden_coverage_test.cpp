// What the golden worlds exercise together: every mechanism, or the same bits everywhere would say little.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "golden_files.hpp"
#include "parameter_table.hpp"

using namespace multivector;

namespace {

/// Every golden world with its runs, run once for all tests below.
const std::vector<std::pair<GoldenWorld, std::vector<TestRun>>>& worlds_and_runs() {
    static const auto all = [] {
        std::vector<std::pair<GoldenWorld, std::vector<TestRun>>> made;
        for (GoldenWorld& world : golden_worlds()) {
            std::vector<TestRun> runs = golden_runs(world.scenario);
            made.emplace_back(std::move(world), std::move(runs));
        }
        return made;
    }();
    return all;
}

/// The choices of a scenario by full key, as names.
std::map<std::string, std::string> choices_of(const Scenario& scenario) {
    std::map<std::string, std::string> choices;
    visit(scenario, [&](const std::string& place, const auto& block, const auto& rows) {
        for (const auto& row : rows)
            if (row.kind == Kind::choice)
                choices[place + "." + std::string(row.key)] = row.names[static_cast<std::size_t>(row.read(block))];
    });
    return choices;
}

/// Whether a row at `place` acts: every condition of active_when on a choice holds. Conditions on numbers are advice.
bool acts(const std::map<std::string, std::string>& choices, const std::string& place, std::string_view conditions) {
    std::istringstream all{std::string(conditions)};
    for (std::string condition; std::getline(all, condition, ';');) {
        condition.erase(0, condition.find_first_not_of(' '));
        const std::string key = condition.substr(0, condition.find('='));
        auto found = choices.find(place + "." + key);
        if (found == choices.end()) found = choices.find(key);
        if (found == choices.end()) continue;
        std::istringstream allowed(condition.substr(condition.find('=') + 1));
        bool holds = false;
        for (std::string name; std::getline(allowed, name, '|');) holds = holds || name == found->second;
        if (!holds) return false;
    }
    return true;
}

/// Marks what is seen of a list that the tables give, to tell what never was.
class Seen {
 public:
    void expect(const std::string& what) { seen_.try_emplace(what, false); }
    void see(const std::string& what) { seen_[what] = true; }
    std::string missing() const {
        std::vector<std::string> list;
        for (const auto& [what, seen] : seen_)
            if (!seen) list.push_back(what);
        return listed(list, 100);
    }
    std::size_t size() const { return seen_.size(); }

 private:
    std::map<std::string, bool> seen_;
};

/// A row of the table whatever actor or path it belongs to: "partners.present", "partners.sectors.interest",
/// "path.shape".
template <class Block>
std::string row_name(const std::string& place, const Parameter<Block>& row) {
    if (std::is_same_v<Block, Path>) return "path." + std::string(row.key);
    std::string name = place.substr(0, place.find('.'));
    for (const char* list : {".sectors", ".attitudes"})
        if (place.find(std::string(list) + ".") != std::string::npos) name += list;
    return name + "." + std::string(row.key);
}

}  // namespace

TEST_CASE("the golden worlds take every value of every choice where it acts, and every switch both ways") {
    Seen values;
    for (const auto& [world, runs] : worlds_and_runs()) {
        const auto choices = choices_of(world.scenario);
        visit(world.scenario, [&](const std::string& place, const auto& block, const auto& rows) {
            for (const auto& row : rows) {
                if (row.kind != Kind::choice) continue;
                const std::string name = row_name(place, row);
                for (const std::string_view value : row.names) values.expect(name + "=" + std::string(value));
                if (acts(choices, place, row.active_when))
                    values.see(name + "=" + std::string(row.names[static_cast<std::size_t>(row.read(block))]));
            }
        });
    }
    CHECK(values.size() > 60);
    CHECK_MESSAGE(values.missing() == "", values.missing());
}

TEST_CASE("the golden worlds give every number a value other than zero where it acts") {
    Seen numbers;
    for (const auto& [world, runs] : worlds_and_runs()) {
        const auto choices = choices_of(world.scenario);
        visit(world.scenario, [&](const std::string& place, const auto& block, const auto& rows) {
            for (const auto& row : rows) {
                if (row.kind == Kind::choice || row.active_when == "never") continue;
                const std::string name = row_name(place, row);
                numbers.expect(name);
                if (acts(choices, place, row.active_when) && row.read(block) != 0) numbers.see(name);
            }
        });
    }
    CHECK(numbers.size() > 100);
    CHECK_MESSAGE(numbers.missing() == "", numbers.missing());
}

TEST_CASE("every choice in every column of the log occurs in some golden world") {
    Seen kinds;
    const auto look = [&](const std::string& table, const char*, const auto& records, const auto& columns) {
        for (const auto& column : columns) {
            const std::string name = table + "." + std::string(column.key) + "=";
            for (const std::string_view value : column.names) kinds.expect(name + std::string(value));
            if (column.kind != Kind::choice) continue;
            for (const auto& record : records)
                kinds.see(name + std::string(column.names[static_cast<std::size_t>(column.read(record))]));
        }
    };
    for (const auto& [world, runs] : worlds_and_runs())
        for (const TestRun& run : runs) for_each_log_table(run.log, look);
    CHECK(kinds.size() > 25);
    CHECK_MESSAGE(kinds.missing() == "", kinds.missing());
}

TEST_CASE("every observable is other than zero and moves in some golden world") {
    Seen moving;
    for (const Observable& row : observables) {
        if (row.summary == Summary::ratio) continue;
        const std::string name(row.name);
        moving.expect(name);
        for (const auto& [world, runs] : worlds_and_runs())
            for (const TestRun& run : runs) {
                std::set<double> seen;
                for (const Observation& tick : run.ticks) seen.insert(values(tick)[row.offset]);
                seen.erase(0);
                if (seen.size() > (row.summary == Summary::sum ? 0 : 1)) moving.see(name);
            }
    }
    CHECK_MESSAGE(moving.missing() == "", moving.missing());
}
