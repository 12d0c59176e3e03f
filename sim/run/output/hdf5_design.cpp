#include "hdf5_design.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

#include "design_reader.hpp"
#include "hdf5_along.hpp"
#include "hdf5_sample.hpp"
#include "text_file.hpp"

namespace multivector::hdf5 {

namespace {

/// One assignment to a line.
std::string lines_of(const std::vector<std::string>& assignments) {
    std::string lines;
    for (const std::string& assignment : assignments) lines += (lines.empty() ? "" : "\n") + assignment;
    return lines;
}

Texts lines_in(const std::string& text) {
    Texts lines;
    for (std::size_t start = 0; !text.empty() && start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

/// Every value of one axis by row: numbers where all levels are.
void write_levels(const Along& rows, const Design& design, std::size_t axis) {
    const DesignAxis& about = design.axes[axis];
    Texts labels;
    std::vector<double> numbers;
    for (const DesignRow& row : design.rows) {
        labels.push_back(about.levels[row[axis]].label);
        if (const auto value = parse_number(labels.back())) numbers.push_back(*value);
    }
    const std::string name = "row_" + about.name, meaning = "level of " + about.name;
    if (numbers.size() == labels.size())
        rows.numbers(name, numbers, meaning);
    else
        rows.texts(name, labels, meaning);
}

void write_axes(hid_t group, const Design& design) {
    Texts names, roles, labels, sets, scenarios;
    Counts of_axis;
    for (std::size_t a = 0; a < design.axes.size(); ++a) {
        names.push_back(design.axes[a].name);
        roles.emplace_back(names_of<AxisRole>[static_cast<std::size_t>(design.axes[a].role)]);
        for (const DesignLevel& level : design.axes[a].levels) {
            labels.push_back(level.label), sets.push_back(lines_of(level.assignments));
            scenarios.push_back(level.scenario), of_axis.push_back(static_cast<std::int32_t>(a));
        }
    }
    const Along axes(group, "axis", names, "what the worlds differ in");
    axes.texts("axis_role", roles, "what the axis is there for");
    const Along levels(group, "level", labels.size(), "level of an axis, counted over all axes");
    levels.texts("level_label", labels, "name of the level");
    levels.counts("level_axis", of_axis, "position of its axis");
    levels.texts("level_assignments", sets, "what the level sets, one key=value to a line");
    levels.texts("level_scenario", scenarios, "the scenario that it takes; empty for the design's own");
}

void write_rows(hid_t group, const DesignRecord& record) {
    const Design& design = record.design;
    const Along rows(group, "design_row", record.worlds.size(), "row of the design: one world");
    Texts sets, digests;
    Counts bases;
    for (const DesignWorld& world : record.worlds) {
        sets.push_back(lines_of(world.assignments)), digests.push_back(world.resolved_sha256);
        bases.push_back(static_cast<std::int32_t>(world.base));
    }
    for (std::size_t a = 0; a < design.axes.size(); ++a) write_levels(rows, design, a);
    Counts first_levels;
    std::int32_t before = 0;
    for (const DesignAxis& axis : design.axes) {
        first_levels.push_back(before);
        before += static_cast<std::int32_t>(axis.levels.size());
    }
    for (std::size_t a = 0; a < design.axes.size(); ++a) {
        Counts levels;
        for (const DesignRow& row : design.rows) levels.push_back(first_levels[a] + static_cast<std::int32_t>(row[a]));
        rows.counts("level_of_" + design.axes[a].name, levels, "position of the level of " + design.axes[a].name);
    }
    if (!design.points.empty()) write_points(rows, design);
    rows.counts("base_of_row", bases, "position of the scenario that the row starts from");
    rows.texts("assignments_of_row", sets, "what the row sets, one key=value to a line");
    rows.texts("sha256_of_row", digests, "SHA-256 of the row's scenario with every parameter");
}

template <class Enum>
Enum named(const std::string& text, const std::string& where) {
    const auto found = std::find(names_of<Enum>.begin(), names_of<Enum>.end(), text);
    if (found == names_of<Enum>.end()) throw Error(where + " is " + in_quotes(text) + ", which means nothing");
    return static_cast<Enum>(found - names_of<Enum>.begin());
}

/// Position `value` in a list of `size`.
std::size_t position(std::int64_t value, std::size_t size, const std::string& path) {
    if (value < 0 || static_cast<std::size_t>(value) >= size) throw Error("/design/" + path + " points at nothing");
    return static_cast<std::size_t>(value);
}

std::vector<DesignAxis> read_axes(hid_t file) {
    const auto texts = [&](const std::string& name) { return read_texts(file, "/design/" + name); };
    const Texts names = texts("axis"), roles = of_size(texts("axis_role"), names.size(), "axis_role"),
                labels = texts("level_label"),
                sets = of_size(texts("level_assignments"), labels.size(), "level_assignments"),
                scenarios = of_size(texts("level_scenario"), labels.size(), "level_scenario");
    const Counts of_axis = of_size(read_counts(file, "/design/level_axis"), labels.size(), "level_axis");
    std::vector<DesignAxis> axes;
    for (std::size_t a = 0; a < names.size(); ++a)
        axes.push_back({names[a], named<AxisRole>(roles[a], "/design/axis_role"), {}});
    for (std::size_t l = 0; l < labels.size(); ++l)
        axes[position(of_axis[l], axes.size(), "level_axis")].levels.push_back(
            {labels[l], lines_in(sets[l]), scenarios[l]});
    return axes;
}

std::vector<DesignRow> read_rows(hid_t file, const std::vector<DesignAxis>& axes, std::size_t count) {
    std::vector<DesignRow> rows(count);
    std::int32_t before = 0;
    for (const DesignAxis& axis : axes) {
        const std::string name = "level_of_" + axis.name;
        const Counts levels = of_size(read_counts(file, "/design/" + name), count, name);
        for (std::size_t r = 0; r < count; ++r)
            rows[r].push_back(position(std::int64_t{levels[r]} - before, axis.levels.size(), name));
        before += static_cast<std::int32_t>(axis.levels.size());
    }
    return rows;
}

/// A row sets what its levels say, and starts from the scenario that they name.
void require_consistent(const DesignRecord& record) {
    const Design& design = record.design;
    if (design.axes.size() > most_design_axes || design.rows.size() > most_design_rows || design.rows.empty())
        throw Error("/design has more axes or rows than this program writes, or none");
    for (std::size_t r = 0; r < design.rows.size(); ++r)
        if (record.worlds[r].assignments != design.assignments(design.rows[r]) ||
            record.bases[record.worlds[r].base].name != design.scenario_of(design.rows[r]))
            throw Error("/design says two things of its row " + std::to_string(r));
}

/// The rows of a list stand in another file, so its text tells nothing of them: a level is a key's value, or a
/// scenario.
void require_cells(const Design& design) {
    for (const DesignAxis& axis : design.axes) {
        std::set<std::string> labels;
        for (const DesignLevel& level : axis.levels) {
            const bool plain = level.assignments == Texts{axis.name + "=" + level.label} && level.scenario.empty();
            const bool scenario = axis.name == "scenario" && level.assignments.empty() && !level.scenario.empty();
            if (axis.role != AxisRole::cell || !labels.insert(level.label).second || !(plain || scenario))
                throw Error("/design has an axis that no list has: " + in_quotes(axis.name));
        }
    }
}

/// Roles, levels and rows stand in datasets of their own, each of which may be damaged alone: the text says them all.
void require_as_written(const DesignRecord& record) {
    const Design& design = record.design;
    const Design written = [&] {
        try {
            return read_design_text(record.verbatim, "/design/design_verbatim", design.axes);
        } catch (const InputError& error) {
            throw Error(std::string("its design cannot be read: ") + error.what());
        }
    }();
    const bool list = written.kind == DesignKind::list;
    if (design.kind != written.kind || design.title != written.title || design.scenario != written.scenario ||
        design.smallest_effect != written.smallest_effect || design.points.size() != written.points.size() ||
        (!list && (design.axes != written.axes || design.rows != written.rows)))
        throw Error("/design is not the design that its text says");
    if (!std::equal(design.points.begin(), design.points.end(), written.points.begin(),
                    [](const PointRole& a, const PointRole& b) { return a.same(b); }))
        throw Error("/design has a sampled point that its text does not say");
    if (list) require_cells(design);
}

/// row_<axis> says again what level_of_<axis> says.
void require_levels(hid_t file, const Design& design, std::size_t axis) {
    const DesignAxis& about = design.axes[axis];
    const std::string path = "/design/row_" + about.name;
    std::size_t row = 0;
    const auto expect = [&](const auto& says) {
        if (row == design.rows.size() || !says(about.levels[design.rows[row][axis]].label))
            throw Error(path + " is not what level_of_" + about.name + " says");
        ++row;
    };
    Blocks blocks(file, path);
    if (blocks.type() == Type::text)
        for (const std::string& text : read_texts(file, path))
            expect([&](const std::string& label) { return label == text; });
    else if (blocks.type() == Type::number && blocks.sizes().size() == 1)
        while (blocks.next())
            for (hsize_t k = 0; k < blocks.rows(); ++k) {
                double value = 0;
                std::memcpy(&value, blocks.bytes().data() + k * sizeof value, sizeof value);
                expect([&](const std::string& label) { return parse_number(label) == value; });
            }
    if (row != design.rows.size()) throw Error(path + " is of another size or type than its dimension");
}

std::string only_text(hid_t file, const std::string& path) {
    const Texts texts = read_texts(file, path);
    if (texts.size() != 1) throw Error(path + " is no text");
    return texts[0];
}

}  // namespace

void write_design(hid_t file, const DesignRecord& record) {
    const Handle group = create_group(file, "design");
    const Design& design = record.design;
    write_attribute(group, "kind", names_of<DesignKind>[static_cast<std::size_t>(design.kind)]);
    write_attribute(group, "title", design.title);
    write_text(group, "design_verbatim", record.verbatim, "the design as it was written");
    write_rows(group, record);
    write_axes(group, design);
    Texts names, verbatim, resolved;
    for (const BaseScenario& base : record.bases)
        names.push_back(base.name), verbatim.push_back(base.verbatim), resolved.push_back(base.resolved);
    const Along scenarios(group, "scenario", names, "scenario file that rows start from");
    scenarios.texts("scenario_verbatim", verbatim, "as it was written");
    scenarios.texts("scenario_resolved", resolved, "with every parameter");
    Texts variables;
    std::vector<double> effects;
    for (const auto& [variable, effect] : design.smallest_effect)
        variables.push_back(variable), effects.push_back(effect);
    const Along outcomes(group, "outcome", variables, "variable with a declared smallest effect of interest");
    outcomes.numbers("smallest_effect", effects, "smallest effect of interest, in the variable's unit");
}

bool has_design(hid_t file) { return H5Lexists(file, "design", H5P_DEFAULT) > 0; }

DesignRecord read_design_record(hid_t file) {
    DesignRecord record;
    Design& design = record.design;
    {
        const Handle group = open_group(file, "/design");
        design.kind = named<DesignKind>(read_text_attribute(group, "kind").value_or(""), "the kind of /design");
        design.title = read_text_attribute(group, "title").value_or("");
    }
    record.verbatim = only_text(file, "/design/design_verbatim");
    const auto texts = [&](const std::string& name) { return read_texts(file, "/design/" + name); };
    const Texts names = texts("scenario"), verbatim = of_size(texts("scenario_verbatim"), names.size(), "scenario"),
                resolved = of_size(texts("scenario_resolved"), names.size(), "scenario");
    for (std::size_t b = 0; b < names.size(); ++b) record.bases.push_back({names[b], verbatim[b], resolved[b]});
    design.scenario = names.empty() ? "" : names[0];
    const Texts sets = texts("assignments_of_row"), digests = of_size(texts("sha256_of_row"), sets.size(), "sha256");
    const Counts bases = of_size(read_counts(file, "/design/base_of_row"), sets.size(), "base_of_row");
    for (std::size_t r = 0; r < sets.size(); ++r)
        record.worlds.push_back({position(bases[r], names.size(), "base_of_row"), lines_in(sets[r]), digests[r]});
    design.axes = read_axes(file);
    design.rows = read_rows(file, design.axes, sets.size());
    design.points = read_points(file, design.kind, sets.size());
    require_consistent(record);
    const Texts outcomes = texts("outcome");
    Blocks effects(file, "/design/smallest_effect");
    if (effects.type() != Type::number || effects.sizes() != std::vector<hsize_t>{outcomes.size()})
        throw Error("/design/smallest_effect is of another size than its dimension");
    for (std::size_t i = 0; effects.next();)
        for (hsize_t k = 0; k < effects.rows() && i < outcomes.size(); ++k, ++i) {
            double value = 0;
            std::memcpy(&value, effects.bytes().data() + k * sizeof value, sizeof value);
            design.smallest_effect[outcomes[i]] = value;
        }
    require_as_written(record);
    for (std::size_t a = 0; a < design.axes.size(); ++a) require_levels(file, design, a);
    return record;
}

}  // namespace multivector::hdf5
