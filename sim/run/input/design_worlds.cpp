// From the rows of a design to worlds that can run.
#include <algorithm>

#include "design_reader.hpp"
#include "flat_scenario.hpp"
#include "sha256.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

/// Loads the scenarios and rows of a design.
class DesignLoader {
 public:
    explicit DesignLoader(const fs::path& file) : file_(file), placed_(read_placed_design(file)) {
        record().design = std::move(placed_.design);
        record().verbatim = placed_.source.text;
    }

    LoadedDesign load() {
        base_of(record().design.scenario, placed_.scenario);
        for (const DesignRow& row : record().design.rows) add_row(row);
        require_one_clock();
        return std::move(loaded_);
    }

 private:
    DesignRecord& record() { return loaded_.record; }

    std::size_t base_of(const std::string& name, Position position) {
        std::vector<BaseScenario>& bases = record().bases;
        for (std::size_t b = 0; b < bases.size(); ++b)
            if (bases[b].name == name) return b;
        const fs::path path = (file_.parent_path() / name).lexically_normal();
        try {
            const LoadedScenario scenario = load_scenario(path, {});
            bases.push_back({name, scenario.verbatim, scenario.resolved});
        } catch (const InputError& error) {
            if (error.line() != 0) throw;
            fail_at(placed_.source, position, error.file() + ": " + error.message());
        }
        return bases.size() - 1;
    }

    void add_row(const DesignRow& row) {
        const Design& design = record().design;
        require_one_scenario(row);
        DesignWorld world{base_of(design.scenario_of(row), position_of_scenario(row)), design.assignments(row), ""};
        const BaseScenario& base = record().bases[world.base];
        try {
            LoadedScenario scenario = load_row(base, world.assignments);
            world.resolved_sha256 = sha256(scenario.resolved);
            loaded_.settings.push_back(prepare(std::move(scenario.scenario)));
        } catch (const InputError& error) {
            fail_at(placed_.source, culprit(row, base), error.message() + " (in the row " + design.label(row) + ")");
        }
        record().worlds.push_back(std::move(world));
    }

    /// Two levels cannot both say which scenario a row starts from.
    void require_one_scenario(const DesignRow& row) const {
        bool named = false;
        for (std::size_t a = 0; a < row.size(); ++a) {
            const DesignLevel& level = loaded_.record.design.axes[a].levels[row[a]];
            if (level.scenario.empty()) continue;
            if (named)
                fail_at(placed_.source, placed_.levels[a][row[a]],
                        "another axis names a scenario already; a row starts from one");
            named = true;
        }
    }

    Position position_of_scenario(const DesignRow& row) const {
        for (std::size_t a = 0; a < row.size(); ++a)
            if (!loaded_.record.design.axes[a].levels[row[a]].scenario.empty()) return placed_.levels[a][row[a]];
        return placed_.scenario;
    }

    /// The first level with which the row can no longer be loaded.
    Position culprit(const DesignRow& row, const BaseScenario& base) const {
        std::vector<std::string> sets;
        for (std::size_t a = 0; a < row.size(); ++a) {
            const auto& more = loaded_.record.design.axes[a].levels[row[a]].assignments;
            if (more.empty()) continue;
            sets.insert(sets.end(), more.begin(), more.end());
            try {
                static_cast<void>(load_row(base, sets));
            } catch (const InputError&) {
                return placed_.levels[a][row[a]];
            }
        }
        return placed_.scenario;
    }

    /// Luck is drawn by tick: rows with other ticks would not share it.
    void require_one_clock() const {
        const Clock& first = loaded_.settings.front().scenario.clock;
        for (std::size_t r = 1; r < loaded_.settings.size(); ++r) {
            const Clock& clock = loaded_.settings[r].scenario.clock;
            if (clock.ticks == first.ticks && clock.dt == first.dt && clock.start_year == first.start_year) continue;
            fail_at(placed_.source, placed_.scenario,
                    "the row " + loaded_.record.design.label(loaded_.record.design.rows[r]) +
                        " has another clock than the first; rows of a design share their luck tick by tick");
        }
    }

    fs::path file_;
    PlacedDesign placed_;
    LoadedDesign loaded_;
};

}  // namespace

LoadedDesign load_design(const fs::path& file) { return DesignLoader(file).load(); }

std::vector<std::string> idle_levels(const LoadedDesign& loaded) {
    const Design& design = loaded.record.design;
    std::map<DesignRow, std::size_t> place;
    std::vector<std::vector<double>> worlds;
    for (std::size_t r = 0; r < design.rows.size(); ++r) {
        place[design.rows[r]] = r;
        worlds.push_back(flatten(loaded.settings[r].scenario).numbers);
    }
    std::vector<std::string> idle;
    for (std::size_t a = 0; a < design.axes.size(); ++a) {
        const std::vector<DesignLevel>& levels = design.axes[a].levels;
        for (std::size_t l = 1; l < levels.size(); ++l) {
            std::size_t pairs = 0, same = 0;
            for (const auto& [row, at] : place) {
                if (row[a] != l) continue;
                DesignRow before = row;
                before[a] = 0;
                const auto found = place.find(before);
                if (found == place.end()) continue;
                ++pairs, same += worlds[at] == worlds[found->second];
            }
            if (pairs > 0 && same == pairs)
                idle.push_back(design.axes[a].name + ": " + levels[l].label + " is the same world as " +
                               levels[0].label);
        }
    }
    return idle;
}

LoadedScenario load_row(const BaseScenario& base, const std::vector<std::string>& assignments) {
    return load_resolved(base.resolved, base.name, assignments);
}

std::vector<Setting> prepare_rows(const DesignRecord& record, const std::string& file) {
    std::vector<Setting> settings;
    for (std::size_t r = 0; r < record.worlds.size(); ++r) {
        const DesignWorld& world = record.worlds[r];
        const auto refuse = [&](const std::string& why) {
            throw InputError(file, 0, 0, "the scenario of design row " + std::to_string(r) + " " + why);
        };
        try {
            LoadedScenario scenario = load_row(record.bases[world.base], world.assignments);
            if (sha256(scenario.resolved) != world.resolved_sha256) refuse("is not what its checksum says");
            settings.push_back(prepare(std::move(scenario.scenario)));
        } catch (const std::invalid_argument& error) {
            refuse(std::string("cannot run: ") + error.what());
        }
    }
    return settings;
}

}  // namespace multivector
