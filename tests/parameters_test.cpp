// The parameter table against the model: every row moves something where it says it is active, and the placebo nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "parameter_table.hpp"
#include "small_world.hpp"

using namespace multivector;

namespace {

/// A world in which every mechanism has something to do.
Scenario busy() {
    Scenario scenario = small_scenario(3, 3, 4);
    scenario.oil_price = constant_path(60);
    scenario.oil_price.path = {.shape = PathShape::series, .level = 70, .before = 50, .year = 2000};
    scenario.oil_price.points = {{1995.5, 90}, {1998.5, 40}, {2001.5, 110}, {2004.5, 50}};
    scenario.fund.self_finance_limit = 0.3;
    scenario.fund.self_finance_cost = 0.8;
    scenario.implementation.suspend_rate = 0.4;
    scenario.implementation.reopen_rate = 0.3;
    scenario.opinion.rumour_rate = 1;
    scenario.protest.threshold = 0.35;
    scenario.protest.large = 0.02;
    scenario.projects.lifetime = 3;
    scenario.domestic.threshold = 0.3;
    scenario.domestic.noise = 0.2;
    for (SectorInput& sector : scenario.sectors) sector.sector.revenue = 1.6;
    for (std::size_t r = 0; r < scenario.regions.size(); ++r)
        scenario.regions[r].region.capacity = 0.2 + 0.2 * static_cast<double>(r);
    const auto give_points = [](PathInput& path) {
        if (path.path.shape == PathShape::series) {
            path.record = path.points;
            return;
        }
        const double level = path.path.level;
        path.path.before = 1 + 2 * level;
        path.path.year = 2000;
        path.record = {{1995.5, 1 + level}, {2005.5, 2 + 2 * level}};
        path.points = path.record;
    };
    give_points(scenario.oil_price);
    give_points(scenario.oil_output);
    for (RouteInput& route : scenario.routes) give_points(route.cost);
    for (PartnerInput& partner : scenario.partners)
        for (PathInput* path : {&partner.transit, &partner.credit, &partner.finance, &partner.news}) give_points(*path);
    return scenario;
}

std::uint64_t fingerprint(const Scenario& scenario) {
    return hash_of(run_world(scenario, 11, 0)) ^ (hash_of(run_world(scenario, 11, 1)) << 1);
}

/// Writes `value` (a number or the name of a choice) to the row with this full key. False when there is none.
bool assign(Scenario& scenario, const std::string& key, const std::string& value) {
    bool found = false;
    visit(scenario, [&](const std::string& place, auto& block, const auto& rows) {
        for (const auto& row : rows) {
            if ((place.empty() ? std::string(row.key) : place + "." + std::string(row.key)) != key) continue;
            const auto name = std::find(row.names.begin(), row.names.end(), value);
            row.write(block,
                      name == row.names.end() ? std::stod(value) : static_cast<double>(name - row.names.begin()));
            found = true;
        }
    });
    return found;
}

/// Applies "key=value; key=value" of a row at `place`.
void activate(Scenario& scenario, const std::string& place, std::string_view conditions) {
    std::string rest(conditions);
    while (!rest.empty()) {
        const auto end = rest.find(';');
        std::string condition = rest.substr(0, end);
        rest = end == std::string::npos ? "" : rest.substr(end + 1);
        condition.erase(0, condition.find_first_not_of(' '));
        const auto equals = condition.find('=');
        if (equals == std::string::npos) continue;  // "demand": the busy world has it
        const std::string key = condition.substr(0, equals),
                          value = condition.substr(equals + 1, condition.find('|') - equals - 1);
        REQUIRE_MESSAGE((assign(scenario, place + "." + key, value) || assign(scenario, key, value)),
                        place << ": active_when names an unknown key '" << key << "'");
    }
}

template <class Row>
std::vector<double> candidates(const Row& row, double now) {
    std::vector<double> values;
    if (row.kind == Kind::choice) {
        for (double value = row.low; value <= row.high; ++value) values.push_back(value);
    } else {
        values = {now + row.step,
                  now - row.step,
                  now * 1.5,
                  now * 0.5,
                  row.low,
                  row.high,
                  (row.low + std::min(row.high, 100.0)) / 2};
        if (row.kind == Kind::count) values = {now / 2, now + 3};
    }
    std::erase_if(values, [&](double value) { return value == now || value < row.low || value > row.high; });
    return values;
}

struct Verdict {
    bool moved = false, placebo = false;
};

}  // namespace

TEST_CASE("every parameter moves some observable where it is active, and the placebo moves none") {
    std::map<std::string, Verdict> verdicts;  // by table row: one place where it moves something is enough
    const Scenario base = busy();
    Scenario walked = base;
    visit(walked, [&](const std::string& place, auto& block, const auto& rows) {
        using Block = std::remove_reference_t<decltype(block)>;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string name = std::string(typeid(Block).name()) + "." + std::string(rows[i].key);
            if (rows[i].low == rows[i].high) continue;  // a choice of one
            Verdict& verdict = verdicts[name];
            if (verdict.moved) continue;
            verdict.placebo = rows[i].active_when == "never";
            Scenario active = base;
            if (!verdict.placebo) activate(active, place, rows[i].active_when);
            const std::uint64_t before = fingerprint(active);
            double now = 0;
            visit(active, [&](const std::string& other, auto& target, const auto& target_rows) {
                if constexpr (std::is_same_v<std::remove_reference_t<decltype(target)>, Block>)
                    if (other == place) now = target_rows[i].read(target);
            });
            for (const double value : candidates(rows[i], now)) {
                Scenario changed = active;
                visit(changed, [&](const std::string& other, auto& target, const auto& target_rows) {
                    if constexpr (std::is_same_v<std::remove_reference_t<decltype(target)>, Block>)
                        if (other == place) target_rows[i].write(target, value);
                });
                try {
                    if (fingerprint(changed) != before) verdict.moved = true;
                } catch (const std::invalid_argument&) {  // a value that contradicts another block
                }
                if (verdict.moved) break;
            }
        }
    });
    CHECK(verdicts.size() > 150);
    for (const auto& entry : verdicts) CHECK_MESSAGE(entry.second.moved != entry.second.placebo, entry.first);
}

TEST_CASE("every default lies in its own range") {
    Scenario scenario = small_scenario();
    visit(scenario, [](const std::string& place, const auto& block, const auto& rows) {
        using Block = std::remove_cvref_t<decltype(block)>;
        const Block fresh{};
        for (const auto& row : rows) {
            CHECK_MESSAGE(row.read(fresh) >= row.low, place << "." << row.key);
            CHECK_MESSAGE(row.read(fresh) <= row.high, place << "." << row.key);
            CHECK_MESSAGE(!row.meaning.empty(), place << "." << row.key);
            CHECK_MESSAGE(!row.source.empty(), place << "." << row.key);
            CHECK_MESSAGE(!row.unit.empty(), place << "." << row.key);
        }
    });
}
