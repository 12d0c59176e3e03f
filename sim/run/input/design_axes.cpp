#include "design_axes.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <unordered_map>

#include "math.hpp"
#include "text_file.hpp"
#include "yaml_values.hpp"

namespace multivector {

namespace {

/// Twelve significant digits.
std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.12g", value);
    return number_text(*parse_number(text));
}

bool fits(const std::string& text) {
    constexpr std::size_t longest = 64;
    return !text.empty() && text.size() <= longest && text.find_first_of("\n\r\t") == std::string::npos;
}

/// {rows: FILE}, and not a level of the name "rows", which would be a mapping.
bool names_a_table(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) return false;
    const YamlNode* rows = node.find("rows");
    return rows && rows->kind == YamlNode::Kind::scalar;
}

/// {from: 0, to: 2}, and not levels of these names, which would be mappings.
bool is_range(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) return false;
    return std::any_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) {
        const std::string& key = entry.key.text;
        return (key == "from" || key == "to" || key == "scale" || key == "points") &&
               entry.value.kind == YamlNode::Kind::scalar;
    });
}

}  // namespace

std::string AxisRange::text_at(double part) const {
    const double value = log ? from * portable_pow(to / from, part) : from + part * (to - from);
    const std::string text = part == 0 ? number_text(from) : part == 1 ? number_text(to) : rounded(value);
    const double said = *parse_number(text);
    return std::min(from, to) <= said && said <= std::max(from, to) ? text : number_text(part < 0.5 ? from : to);
}

void DesignAxes::begin(const YamlNode& key, AxisRole role) {
    // Becomes a name in result files, where '/' would mean a group.
    if (!fits(key.text) || key.text.find('/') != std::string::npos)
        fail_at(source_, key.position,
                "the name of an axis must be a text of 1 to 64 bytes without '/', tabs and line ends");
    for (const DesignAxis& axis : axes_)
        if (axis.name == key.text) fail_at(source_, key.position, "'" + key.text + "' is an axis already");
    if (axes_.size() == most_design_axes)
        fail_at(source_, key.position, "a design has at most " + std::to_string(most_design_axes) + " axes");
    axes_.push_back({key.text, role, {}});
    places_.emplace_back();
    ranges_.emplace_back();
    labels_.clear();
}

void DesignAxes::read(const YamlEntry& entry, AxisRole role) {
    begin(entry.key, role);
    const std::string& name = entry.key.text;
    const YamlNode& node = entry.value;
    if (is_range(node))
        add_range(node);
    else if (names_a_table(node)) {
        add_lines(node);
        if (axes_.back().levels.empty() && !file_) return;
    } else if (node.kind == YamlNode::Kind::map && !node.entries.empty())
        for (const YamlEntry& level : node.entries) add_named(level);
    else if (node.kind == YamlNode::Kind::list && !node.items.empty())
        add_list(node);
    else
        fail_at(source_, node.position,
                "'" + name +
                    "' needs a list of values, {from:, to:, points:}, {rows: FILE.csv}, or levels by name, not " +
                    node.described());
    if (axes_.back().levels.size() < 2) fail_at(source_, node.position, "'" + name + "' needs two levels at least");
}

void DesignAxes::read_mechanism(const YamlEntry& entry) {
    begin(entry.key, AxisRole::mechanism);
    add({"on", {}, ""}, entry.key.position);
    YamlEntry off = entry;
    off.key.text = "off";
    add_named(off);
}

void DesignAxes::add(DesignLevel level, Position position) {
    require_label(level.label, position);
    DesignAxis& axis = axes_.back();
    if (!labels_.insert(level.label).second)
        fail_at(source_, position, "'" + axis.name + "' has the level " + in_quotes(level.label) + " already");
    if (axis.levels.size() == most_design_levels)
        fail_at(source_, position, "an axis has at most " + std::to_string(most_design_levels) + " levels");
    axis.levels.push_back(std::move(level));
    places_.back().push_back(position);
}

void DesignAxes::add_named(const YamlEntry& entry) {
    DesignLevel level{entry.key.text, {}, ""};
    const YamlNode& node = entry.value;
    const bool nothing =
        node.kind == YamlNode::Kind::null || (node.kind == YamlNode::Kind::map && node.entries.empty());
    if (!nothing)
        require_map(source_, node, axes_.back().name + "." + entry.key.text,
                    "keys of the parameter table with their values");
    for (const YamlEntry& set : node.entries) {
        const std::string& value = require_text(source_, set.value, "'" + set.key.text + "'");
        if (set.key.text == "scenario")
            level.scenario = value;
        else
            level.assignments.push_back(assignment(set.key.text, value, set.value.position));
    }
    add(std::move(level), entry.key.position);
}

std::vector<std::size_t> DesignAxes::read_cells(std::size_t axis, const std::vector<std::string>& cells, Position at) {
    DesignAxis& column = axes_[axis];
    const bool scenarios = column.name == "scenario";
    std::vector<std::size_t> found;
    std::map<std::string, std::size_t> known;
    std::vector<std::string> texts;
    for (const std::string& cell : cells) {
        const auto [place, is_new] = known.emplace(cell, texts.size());
        found.push_back(place->second);
        if (is_new) texts.push_back(cell);
    }
    const std::vector<std::string> labels = scenarios ? scenario_labels(texts) : texts;
    for (std::size_t l = 0; l < texts.size(); ++l) {
        require_label(texts[l].empty() ? "" : labels[l], at);
        if (scenarios)
            column.levels.push_back({labels[l], {}, texts[l]});
        else
            column.levels.push_back({labels[l], {assignment(column.name, texts[l], at)}, ""});
        places_[axis].push_back(at);
    }
    return found;
}

AxisRange DesignAxes::read_range(const YamlNode& node) const {
    const std::string name = axes_.back().name;
    const YamlNode &first = require_entry(source_, node, name, "from"),
                   &last = require_entry(source_, node, name, "to");
    for (const YamlNode* end : {&first, &last})
        if (end->kind == YamlNode::Kind::scalar && !parse_number(end->text))
            fail_at(source_, end->position,
                    "'" + name + "' goes from a number to a number, not " + in_quotes(end->text) +
                        "; choices are a list: [" + first.text + ", " + last.text + "]");
    AxisRange range;
    range.from = require_number(source_, first, name + ".from", -1e12, 1e12);
    range.to = require_number(source_, last, name + ".to", -1e12, 1e12);
    range.from_at = first.position, range.to_at = last.position;
    const YamlNode* scale = node.find("scale");
    constexpr std::array<std::string_view, 2> scales{"linear", "log"};
    range.log = scale && require_choice(source_, *scale, name + ".scale", scales) == 1;
    if (range.log && (range.from <= 0 || range.to <= 0))
        fail_at(source_, range.from <= 0 ? first.position : last.position,
                "'" + name + "' is on a log scale; from and to must be above 0");
    return range;
}

void DesignAxes::add_range(const YamlNode& node) {
    const std::string name = axes_.back().name;
    require_keys(source_, node, name, {"from", "to", "points", "scale"});
    const AxisRange range = read_range(node);
    const YamlNode* points = node.find("points");
    const auto count = points ? require_whole(source_, *points, name + ".points", 2, most_design_levels) : 5;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string text = range.text_at(static_cast<double>(i) / static_cast<double>(count - 1));
        add({text, {name + "=" + text}, ""}, node.position);
    }
}

void DesignAxes::read_sampled(const YamlEntry& entry) {
    if (!is_range(entry.value)) return read(entry, AxisRole::sampled);
    begin(entry.key, AxisRole::sampled);
    const std::string& name = entry.key.text;
    if (const YamlNode* points = entry.value.find("points"))
        fail_at(source_, points->position,
                "'" + name + "' has as many points as the sample; 'points' stands once, beside 'axes'");
    require_keys(source_, entry.value, name, {"from", "to", "scale"});
    AxisRange range = read_range(entry.value);
    range.key_at = entry.key.position;
    if (!(range.from < range.to))
        fail_at(source_, range.from_at,
                "'" + name + "' is sampled from " + number_text(range.from) + " to " + number_text(range.to) +
                    "; from must be below to");
    ranges_.back() = range;
}

std::vector<std::size_t> DesignAxes::add_parts(std::size_t axis, const std::vector<double>& parts) {
    DesignAxis& about = axes_[axis];
    std::vector<std::size_t> found;
    std::unordered_map<std::string, std::size_t> known;
    for (const double part : parts) {
        std::string text = ranges_[axis]->text_at(part);
        const auto [place, is_new] = known.emplace(text, about.levels.size());
        found.push_back(place->second);
        if (!is_new) continue;
        about.levels.push_back({text, {about.name + "=" + text}, ""});
        places_[axis].push_back(ranges_[axis]->from_at);
    }
    return found;
}

void DesignAxes::add_list(const YamlNode& node) {
    const std::string name = axes_.back().name;
    std::vector<std::string> texts;
    for (const YamlNode& item : node.items) texts.push_back(require_text(source_, item, "a level of '" + name + "'"));
    const std::vector<std::string> labels = name == "scenario" ? scenario_labels(texts) : texts;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Position position = node.items[i].position;
        if (name == "scenario")
            add({labels[i], {}, texts[i]}, position);
        else
            add({labels[i], {assignment(name, texts[i], position)}, ""}, position);
    }
}

/// Every line of the table is a level that sets all of its columns; levels are numbered from 1.
void DesignAxes::add_lines(const YamlNode& node) {
    const std::string name = axes_.back().name;
    require_keys(source_, node, name, {"rows"});
    const YamlNode& rows = *node.find("rows");
    const std::string& file = require_text(source_, rows, name + ".rows");
    if (!file_) return add_held(node);
    const CsvTable table = read_table(rows, file);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        DesignLevel level{std::to_string(r + 1), {}, ""};
        for (std::size_t c = 0; c < table.header.size(); ++c)
            level.assignments.push_back(assignment(table.header[c], table.rows[r].cells[c], rows.position));
        add(std::move(level), rows.position);
    }
}

/// The same from what a result file holds: levels numbered from 1 that set the same keys, each once.
void DesignAxes::add_held(const YamlNode& node) {
    const auto keys = [](const DesignLevel& level) {
        std::vector<std::string> found;
        for (const std::string& text : level.assignments) found.push_back(text.substr(0, text.find('=')));
        return found;
    };
    for (const DesignAxis& axis : held_) {
        if (axis.name != axes_.back().name) continue;
        for (std::size_t l = 0; l < axis.levels.size(); ++l) {
            const DesignLevel& level = axis.levels[l];
            if (level.label != std::to_string(l + 1) || !level.scenario.empty() || keys(level) != keys(axis.levels[0]))
                fail_at(source_, node.position, "'" + axis.name + "' has a level that no table's line is");
            add(level, node.position);
        }
    }
}

CsvTable DesignAxes::read_table(const YamlNode& node, const std::string& name) const {
    try {
        return read_csv((file_->parent_path() / name).lexically_normal());
    } catch (const InputError& error) {
        if (error.line() != 0) throw;
        fail_at(source_, node.position, error.file() + ": " + error.message());
    }
}

bool DesignAxes::lack_levels() const {
    for (std::size_t a = 0; a < axes_.size(); ++a)
        if (axes_[a].levels.empty() && !ranges_[a]) return true;
    return false;
}

void DesignAxes::require_label(const std::string& label, Position position) const {
    if (!fits(label))
        fail_at(source_, position,
                "a level is a text of 1 to 64 bytes without tabs and line ends, not " + in_quotes(label));
}

/// Assignments are written one to a line.
std::string DesignAxes::assignment(const std::string& key, const std::string& value, Position position) const {
    if (value.find_first_of("\n\r") != std::string::npos || key.find_first_of("\n\r=") != std::string::npos)
        fail_at(source_, position, "a key or a value cannot go over a line's end");
    return key + "=" + value;
}

}  // namespace multivector
