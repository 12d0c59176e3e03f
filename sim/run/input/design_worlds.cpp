// From the rows of a design to worlds that can run.
#include <algorithm>
#include <set>

#include "design_clashes.hpp"
#include "design_reader.hpp"
#include "flat_scenario.hpp"
#include "nearest.hpp"
#include "sha256.hpp"
#include "smallest_effects.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

/// A digest of all that a scenario says except its title.
std::string world_digest(const Scenario& scenario) {
    const FlatScenario flat = flatten(scenario);
    Sha256 digest;
    for (std::size_t n = 1; n < flat.names.size(); ++n) digest.add(flat.names[n].c_str(), flat.names[n].size() + 1);
    for (const double number : flat.numbers) {
        const double value = number + 0.0;  // no minus before a zero
        digest.add(&value, sizeof value);
    }
    return digest.hexadecimal();
}

/// A level's world in each combination of the other axes' levels.
using WorldsOfLevel = std::map<DesignRow, std::size_t>;

/// Whether the levels have rows in common that differ in nothing else, and every two of them are the same world.
bool are_twins(const WorldsOfLevel& a, const WorldsOfLevel& b) {
    bool any = false;
    for (const auto& [others, world] : a) {
        const auto found = b.find(others);
        if (found == b.end()) continue;
        if (found->second != world) return false;
        any = true;
    }
    return any;
}

std::vector<WorldsOfLevel> worlds_of_levels(const Design& design, std::size_t axis,
                                            const std::vector<std::size_t>& worlds) {
    std::vector<WorldsOfLevel> levels(design.axes[axis].levels.size());
    for (std::size_t r = 0; r < worlds.size(); ++r) {
        DesignRow others = design.rows[r];
        others[axis] = 0;
        levels[design.rows[r][axis]][others] = worlds[r];
    }
    return levels;
}

/// Of the first `rows`; levels of a sample are nowhere compared.
std::vector<IdleLevel> idle_levels(const LoadedDesign& loaded, std::size_t rows) {
    const Design& design = loaded.record.design;
    std::map<std::string, std::size_t> known;
    std::vector<std::size_t> worlds;
    for (std::size_t r = 0; r < rows; ++r)
        worlds.push_back(known.emplace(world_digest(loaded.settings[r].scenario), known.size()).first->second);
    std::vector<IdleLevel> idle;
    for (std::size_t a = 0; a < design.axes.size(); ++a) {
        if (design.axes[a].role == AxisRole::sampled) continue;
        const std::vector<WorldsOfLevel> levels = worlds_of_levels(design, a, worlds);
        std::map<std::size_t, std::set<std::size_t>> having;  // levels by world: only those that share one can be twins
        for (std::size_t l = 0; l < levels.size(); ++l) {
            std::set<std::size_t> sharing;
            for (const auto& [others, world] : levels[l]) sharing.insert(having[world].begin(), having[world].end());
            const auto twin = std::find_if(sharing.begin(), sharing.end(),
                                           [&](std::size_t earlier) { return are_twins(levels[l], levels[earlier]); });
            if (twin != sharing.end()) idle.push_back({a, l, *twin});
            for (const auto& [others, world] : levels[l]) having[world].insert(l);
        }
    }
    return idle;
}

/// Levels that differ at the first point of a sample are idle nowhere, so that the other points need not be looked at.
std::vector<IdleLevel> idle_levels(const LoadedDesign& loaded) {
    const Design& design = loaded.record.design;
    if (!design.points.empty() && idle_levels(loaded, design.rows_of_point()).empty()) return {};
    return idle_levels(loaded, design.rows.size());
}

/// Loads the scenarios and rows of a design.
class DesignLoader {
 public:
    explicit DesignLoader(const fs::path& file) : file_(file), placed_(read_placed_design(file)) {
        record().design = std::move(placed_.design);
        record().verbatim = placed_.source.text;
        loaded_.notes = std::move(placed_.notes);
    }

    LoadedDesign load() {
        base_of(record().design.scenario, placed_.scenario);
        require_ranges();
        for (const DesignRow& row : record().design.rows) add_row(row);
        require_one_clock();
        require_actors();
        loaded_.idle = idle_levels(loaded_);
        require_differences();
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

    /// The ends of what an axis is sampled over are values of the parameter. They are tried before any row: points lie
    /// anywhere between them, and none need lie beyond the parameter's range.
    void require_ranges() {
        for (std::size_t a = 0; a < placed_.ranges.size(); ++a) {
            if (!placed_.ranges[a]) continue;
            const AxisRange& range = *placed_.ranges[a];
            const double within = range.from + 0.4142 * (range.to - range.from);  // of whole numbers none
            require_value(a, range.from, range.from_at, "");
            require_value(a, range.to, range.to_at, "");
            require_value(a, within, range.from_at, "; whole numbers are a list: [1, 2, 3]");
        }
    }

    void require_value(std::size_t axis, double value, Position position, const char* hint) {
        const std::string assignment = record().design.axes[axis].name + "=" + number_text(value);
        Scenario scenario = rows_.base(record().bases, 0).scenario();
        Place root = make_places(scenario);
        if (keys_set_by(root, assignment).empty()) position = placed_.ranges[axis]->key_at;
        try {
            apply_assignment(scenario, assignment);
        } catch (const InputError& error) {
            fail_at(placed_.source, position, error.message() + hint);
        }
    }

    void add_row(const DesignRow& row) {
        const Design& design = record().design;
        require_one_scenario(row);
        DesignWorld world{base_of(design.scenario_of(row), position_of_scenario(row)), design.assignments(row), ""};
        const BaseScenario& base = record().bases[world.base];
        require_one_giver(row, world.base);
        try {
            MadeRow made = rows_.make(record().bases, world.base, world.assignments);
            world.resolved_sha256 = std::move(made.resolved_sha256);
            loaded_.settings.push_back(std::move(made.setting));
        } catch (const InputError& error) {
            fail_at(placed_.source, culprit(row, base), error.message() + " (in the row " + design.label(row) + ")");
        }
        record().worlds.push_back(std::move(world));
    }

    void require_one_giver(const DesignRow& row, std::size_t base) {
        const Design& design = record().design;
        if (clashes_.size() <= base) clashes_.resize(base + 1);
        if (!clashes_[base])
            clashes_[base] = std::make_unique<DesignClashes>(rows_.base(record().bases, base).scenario());
        const auto clash = clashes_[base]->in(design, row);
        if (!clash) return;
        fail_at(placed_.source, placed_.levels[clash->later][row[clash->later]],
                "'" + clash->key + "' is set twice; first by the axis '" + design.axes[clash->earlier].name +
                    "' (in the row " + design.label(row) + ")");
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

    /// A smallest effect is of an actor that some world has.
    void require_actors() const {
        for (const auto& [variable, position] : placed_.smallest_effect) {
            const std::size_t dot = variable.find('.');
            if (dot == std::string::npos) continue;
            std::set<std::string> names;
            for (const Setting& setting : loaded_.settings)
                for (std::string& name : actors_for(setting.scenario, variable)) names.insert(std::move(name));
            const std::string name = variable.substr(dot + 1);
            if (!names.contains(name))
                fail_at(placed_.source, position,
                        "no world of the design has an actor " + in_quotes(name) + " with an entry in '" +
                            variable.substr(0, dot) + "'" +
                            suggestion(name, std::vector<std::string>(names.begin(), names.end()), "name"));
        }
    }

    void require_differences() const {
        for (const IdleLevel& idle : loaded_.idle) {
            const DesignAxis& axis = loaded_.record.design.axes[idle.axis];
            if (axis.role == AxisRole::effect || axis.role == AxisRole::moderator)
                fail_at(placed_.source, placed_.levels[idle.axis][idle.level],
                        idle.said(loaded_.record.design) + " in every row");
        }
    }

    fs::path file_;
    PlacedDesign placed_;
    LoadedDesign loaded_;
    RowLoader rows_;
    std::vector<std::unique_ptr<DesignClashes>> clashes_;  ///< by base
};

}  // namespace

LoadedDesign load_design(const fs::path& file) { return DesignLoader(file).load(); }

std::string IdleLevel::said(const Design& design) const {
    const DesignAxis& about = design.axes[axis];
    return about.name + ": " + about.levels[level].label + " is the same world as " + about.levels[twin].label;
}

RowMaker& RowLoader::maker(const std::vector<BaseScenario>& bases, std::size_t base) {
    if (makers_.size() <= base) makers_.resize(base + 1);
    if (!makers_[base]) makers_[base] = std::make_unique<RowMaker>(bases[base].resolved, bases[base].name);
    return *makers_[base];
}

const ResolvedScenario& RowLoader::base(const std::vector<BaseScenario>& bases, std::size_t base) {
    return maker(bases, base).base();
}

MadeRow RowLoader::make(const std::vector<BaseScenario>& bases, std::size_t base,
                        const std::vector<std::string>& assignments) {
    return maker(bases, base).make(assignments);
}

LoadedScenario load_row(const BaseScenario& base, const std::vector<std::string>& assignments) {
    return load_resolved(base.resolved, base.name, assignments);
}

std::vector<Setting> prepare_rows(const DesignRecord& record, const std::string& file) {
    std::vector<Setting> settings;
    RowLoader rows;
    for (std::size_t r = 0; r < record.worlds.size(); ++r) {
        const DesignWorld& world = record.worlds[r];
        const auto refuse = [&](const std::string& why) {
            throw InputError(file, 0, 0, "the scenario of design row " + std::to_string(r) + " " + why);
        };
        try {
            MadeRow made = rows.make(record.bases, world.base, world.assignments);
            if (made.resolved_sha256 != world.resolved_sha256) refuse("is not what its checksum says");
            settings.push_back(std::move(made.setting));
        } catch (const std::invalid_argument& error) {
            refuse(std::string("cannot run: ") + error.what());
        }
    }
    return settings;
}

}  // namespace multivector
