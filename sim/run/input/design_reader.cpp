#include "design_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "csv.hpp"
#include "math.hpp"
#include "nearest.hpp"
#include "smallest_effects.hpp"
#include "text_file.hpp"
#include "yaml_tree.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

/// Columns of every table that a design's rows are exported to; an axis has one under its own name.
constexpr std::array<std::string_view, 9> columns_of_tables{
    "design_row", "replication", "realization", "scenario_id", "scenario_file", "sets", "seed", "tick", "year"};

/// Twelve significant digits: what somebody would have written.
std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.12g", value);
    return number_text(*parse_number(text));
}

/// Reads one design; keeps where each level stands.
class DesignReader {
 public:
    /// Without a file that other files could stand beside, a list stays without its rows.
    DesignReader(SourceText source, std::optional<fs::path> file) : file_(std::move(file)), source_(std::move(source)) {
        root_ = parse_yaml(source_);
    }

    PlacedDesign read() {
        if (root_.kind != YamlNode::Kind::map)
            fail_at(source_, root_.position, "a design is a mapping with the keys scenario, kind and axes");
        design_.kind = static_cast<DesignKind>(
            choice(require_entry(source_, root_, "design", "kind"), "kind", names_of<DesignKind>));
        require_keys(source_, root_, "design", allowed_keys());
        read_head();
        read_axes();
        if (is(DesignKind::list)) {
            const YamlNode& rows = require_entry(source_, root_, "design", "rows");
            const std::string& name = require_text(source_, rows, "rows");
            if (file_) design_.rows = listed(rows, name);
            if (file_) require_rows(design_.rows.size());
        } else {
            require_rows(crossed_rows(design_.axes, most_off()));
            design_.rows = crossed(design_.axes, most_off());
        }
        const Position scenario = root_.find("scenario")->position;
        return {std::move(design_), std::move(source_), scenario, std::move(places_), std::move(effects_)};
    }

 private:
    bool is(DesignKind kind) const { return design_.kind == kind; }

    std::vector<std::string> allowed_keys() const {
        std::vector<std::string> keys{"scenario", "kind", "title", "seed", "replications", "smallest_effect"};
        if (is(DesignKind::list)) {
            keys.emplace_back("rows");
            return keys;
        }
        keys.emplace_back("axes"), keys.emplace_back("over");
        if (is(DesignKind::ablate)) keys.emplace_back("mechanisms"), keys.emplace_back("subsets");
        if (is(DesignKind::placebo)) keys.emplace_back("placebos");
        return keys;
    }

    template <std::size_t count>
    std::size_t choice(const YamlNode& node, const std::string& key, const std::array<std::string_view, count>& names) {
        const std::string& text = require_text(source_, node, key);
        const auto found = std::find(names.begin(), names.end(), text);
        if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
        const std::vector<std::string> all(names.begin(), names.end());
        fail_at(source_, node.position, "'" + key + "' cannot be " + in_quotes(text) + suggestion(text, all, key));
    }

    double number(const YamlNode& node, const std::string& key, double low, double high) {
        const auto value = parse_number(require_text(source_, node, key));
        if (!value || *value < low || *value > high)
            fail_at(source_, node.position,
                    "'" + key + "' must be a number from " + number_text(low) + " to " + number_text(high));
        return *value;
    }

    std::uint64_t whole(const YamlNode& node, const std::string& key, double low, double high) {
        const double value = number(node, key, low, high);
        if (value != std::floor(value)) fail_at(source_, node.position, "'" + key + "' must be a whole number");
        return static_cast<std::uint64_t>(value);
    }

    void read_head() {
        design_.scenario = require_text(source_, require_entry(source_, root_, "design", "scenario"), "scenario");
        if (const YamlNode* title = root_.find("title")) design_.title = require_text(source_, *title, "title");
        if (const YamlNode* seed = root_.find("seed")) design_.seed = whole(*seed, "seed", 0, 9007199254740992.0);
        if (const YamlNode* count = root_.find("replications"))
            design_.replications = static_cast<std::uint32_t>(whole(*count, "replications", 1, 10'000'000));
        if (const YamlNode* smallest = root_.find("smallest_effect"))
            for (const auto& [variable, effect] : read_smallest_effects(source_, *smallest)) {
                design_.smallest_effect[variable] = effect.size;
                effects_[variable] = effect.position;
            }
    }

    void require_map(const YamlNode& node, const std::string& key, const std::string& what) {
        if (node.kind != YamlNode::Kind::map || node.entries.empty())
            fail_at(source_, node.position, "'" + key + "' must be a mapping of " + what + ", not " + node.described());
    }

    void read_axes() {
        if (is(DesignKind::list)) return;
        const YamlNode& axes = require_entry(source_, root_, "design", "axes");
        require_map(axes, "axes", "keys of the parameter table with their levels");
        for (const YamlEntry& entry : axes.entries)
            add_axis(entry, design_.axes.empty() ? AxisRole::effect : AxisRole::moderator);
        if (is(DesignKind::twin) && design_.axes.size() != 1)
            fail_at(source_, axes.position, "a twin has one axis: what sets the two worlds apart");
        for (std::size_t a = 0; a < design_.axes.size(); ++a)
            if (!is(DesignKind::grid) && design_.axes[a].levels.size() != 2)
                fail_at(source_, axes.entries[a].value.position,
                        "'" + design_.axes[a].name +
                            "' needs two levels in this kind of design; kind: grid takes any number");
        if (const YamlNode* over = root_.find("over")) {
            require_map(*over, "over", "keys of the parameter table with their levels");
            for (const YamlEntry& entry : over->entries) add_axis(entry, AxisRole::context);
        }
        if (is(DesignKind::ablate)) {
            if (design_.axes.size() > 1 && design_.axes[1].role == AxisRole::moderator)
                fail_at(source_, axes.position,
                        "a design that ablates has one axis, the effect that is taken apart; others stand under "
                        "'over'");
            read_mechanisms();
        }
        if (is(DesignKind::placebo)) read_placebos();
    }

    void begin_axis(const YamlNode& key, AxisRole role) {
        require_name(key.text, key.position);
        for (const DesignAxis& axis : design_.axes)
            if (axis.name == key.text) fail_at(source_, key.position, "'" + key.text + "' is an axis already");
        if (std::find(columns_of_tables.begin(), columns_of_tables.end(), key.text) != columns_of_tables.end())
            fail_at(source_, key.position,
                    "an axis cannot be called '" + key.text + "': every table of results has a column of that name");
        if (design_.axes.size() == most_design_axes)
            fail_at(source_, key.position, "a design has at most " + std::to_string(most_design_axes) + " axes");
        design_.axes.push_back({key.text, role, {}});
        places_.emplace_back();
    }

    void require_levels(std::size_t before, Position position) {
        if (before == most_design_levels)
            fail_at(source_, position, "an axis has at most " + std::to_string(most_design_levels) + " levels");
    }

    void add_level(DesignLevel level, Position position) {
        require_label(level.label, position);
        DesignAxis& axis = design_.axes.back();
        for (const DesignLevel& other : axis.levels)
            if (other.label == level.label)
                fail_at(source_, position, "'" + axis.name + "' has the level " + in_quotes(level.label) + " already");
        require_levels(axis.levels.size(), position);
        axis.levels.push_back(std::move(level));
        places_.back().push_back(position);
    }

    /// A list of values, a range with points, or levels with names of their own.
    void add_axis(const YamlEntry& entry, AxisRole role) {
        begin_axis(entry.key, role);
        const std::string& name = entry.key.text;
        const YamlNode& node = entry.value;
        if (node.kind == YamlNode::Kind::map && node.find("from")) return add_range(name, node);
        if (node.kind == YamlNode::Kind::map && !node.entries.empty()) {
            for (const YamlEntry& level : node.entries) add_named(name, level);
        } else if (node.kind == YamlNode::Kind::list && !node.items.empty()) {
            std::vector<std::string> texts;
            for (const YamlNode& item : node.items)
                texts.push_back(require_text(source_, item, "a level of '" + name + "'"));
            const std::vector<std::string> labels = name == "scenario" ? scenario_labels(texts) : texts;
            for (std::size_t i = 0; i < texts.size(); ++i) {
                const Position position = node.items[i].position;
                if (name == "scenario")
                    add_level({labels[i], {}, texts[i]}, position);
                else
                    add_level({labels[i], {assignment(name, texts[i], position)}, ""}, position);
            }
        } else {
            fail_at(source_, node.position,
                    "'" + name + "' needs a list of values, {from:, to:, points:}, or levels by name, not " +
                        node.described());
        }
        if (design_.axes.back().levels.size() < 2)
            fail_at(source_, node.position, "'" + name + "' needs two levels at least");
    }

    void add_range(const std::string& name, const YamlNode& node) {
        require_keys(source_, node, "'" + name + "'", {"from", "to", "points", "scale"});
        const double from = number(*node.find("from"), name + ".from", -1e12, 1e12),
                     to = number(require_entry(source_, node, "'" + name + "'", "to"), name + ".to", -1e12, 1e12);
        const YamlNode* points = node.find("points");
        const auto count = points ? whole(*points, name + ".points", 2, 1000) : 5;
        const YamlNode* scale = node.find("scale");
        constexpr std::array<std::string_view, 2> scales{"linear", "log"};
        const bool log = scale && choice(*scale, name + ".scale", scales) == 1;
        if (log && (from <= 0 || to <= 0))
            fail_at(source_, node.position, "'" + name + "' is on a log scale; from and to must be above 0");
        for (std::uint64_t i = 0; i < count; ++i) {
            const double part = static_cast<double>(i) / static_cast<double>(count - 1);
            const double between = log ? from * portable_pow(to / from, part) : from + part * (to - from);
            const std::string text = i == 0 ? number_text(from) : i + 1 == count ? number_text(to) : rounded(between);
            add_level({text, {name + "=" + text}, ""}, node.position);
        }
    }

    /// absent: {partners.Russia.present: off}
    void add_named(const std::string& axis, const YamlEntry& entry) {
        DesignLevel level{entry.key.text, {}, ""};
        const YamlNode& node = entry.value;
        const bool nothing =
            node.kind == YamlNode::Kind::null || (node.kind == YamlNode::Kind::map && node.entries.empty());
        if (!nothing) require_map(node, axis + "." + entry.key.text, "keys of the parameter table with their values");
        for (const YamlEntry& set : node.entries) {
            const std::string& value = require_text(source_, set.value, "'" + set.key.text + "'");
            if (set.key.text == "scenario")
                level.scenario = value;
            else
                level.assignments.push_back(assignment(set.key.text, value, set.value.position));
        }
        add_level(std::move(level), entry.key.position);
    }

    void read_mechanisms() {
        const YamlNode& mechanisms = require_entry(source_, root_, "design", "mechanisms");
        require_map(mechanisms, "mechanisms", "names with what switches each off");
        for (const YamlEntry& entry : mechanisms.entries) {
            begin_axis(entry.key, AxisRole::mechanism);
            add_level({"on", {}, ""}, entry.key.position);
            YamlEntry off = entry;
            off.key.text = "off";
            add_named(entry.key.text, off);
        }
        const YamlNode* subsets = root_.find("subsets");
        constexpr std::array<std::string_view, 2> names{"single", "all"};
        every_subset_ = !subsets || choice(*subsets, "subsets", names) == 1;
    }

    std::size_t most_off() const { return every_subset_ ? most_design_axes : 1; }

    void read_placebos() {
        const YamlNode& placebos = require_entry(source_, root_, "design", "placebos");
        require_map(placebos, "placebos", "names with what makes each world one without an effect");
        YamlNode key;
        key.kind = YamlNode::Kind::scalar, key.text = "placebo", key.position = placebos.position;
        begin_axis(key, AxisRole::placebo);
        add_level({"none", {}, ""}, placebos.position);
        for (const YamlEntry& entry : placebos.entries) add_named("placebos", entry);
    }

    /// The rows of a CSV file: a column for each key, a line for each row.
    std::vector<DesignRow> listed(const YamlNode& node, const std::string& name) {
        const CsvTable table = read_list(node, name);
        for (std::size_t c = 0; c < table.header.size(); ++c) {
            YamlNode key;
            key.kind = YamlNode::Kind::scalar, key.text = table.header[c], key.position = node.position;
            begin_axis(key, AxisRole::cell);
        }
        std::vector<DesignRow> rows;
        for (const CsvRow& row : table.rows) {
            DesignRow levels;
            for (std::size_t c = 0; c < row.cells.size(); ++c) levels.push_back(level_of(c, row.cells[c], node));
            rows.push_back(std::move(levels));
        }
        for (DesignAxis& axis : design_.axes)
            if (axis.name == "scenario") call_scenarios(axis, node);
        return rows;
    }

    CsvTable read_list(const YamlNode& node, const std::string& name) {
        try {
            return read_csv((file_->parent_path() / name).lexically_normal());
        } catch (const InputError& error) {
            if (error.line() != 0) throw;
            fail_at(source_, node.position, error.file() + ": " + error.message());
        }
    }

    void call_scenarios(DesignAxis& axis, const YamlNode& node) {
        std::vector<std::string> files;
        for (const DesignLevel& level : axis.levels) files.push_back(level.scenario);
        const std::vector<std::string> labels = scenario_labels(files);
        for (std::size_t l = 0; l < files.size(); ++l) {
            require_label(labels[l], node.position);
            axis.levels[l].label = labels[l];
        }
    }

    std::size_t level_of(std::size_t axis, const std::string& text, const YamlNode& node) {
        DesignAxis& column = design_.axes[axis];
        if (column.name != "scenario" || text.empty()) require_label(text, node.position);
        for (std::size_t l = 0; l < column.levels.size(); ++l)
            if (column.levels[l].label == text) return l;
        if (column.name == "scenario")
            column.levels.push_back({text, {}, text});
        else
            column.levels.push_back({text, {assignment(column.name, text, node.position)}, ""});
        places_[axis].push_back(node.position);
        return column.levels.size() - 1;
    }

    void require_rows(std::size_t rows) {
        if (rows == 0) fail_at(source_, root_.position, "the design has no row");
        if (rows > most_design_rows)
            fail_at(source_, root_.position,
                    "the design has " +
                        std::string(rows > 1'000'000'000 ? "more than a billion" : std::to_string(rows)) +
                        " rows; at most " + std::to_string(most_design_rows) + " are allowed");
    }

    /// Becomes a name in result files, where '/' would mean a group.
    void require_name(const std::string& text, Position position) {
        if (!fits(text) || text.find('/') != std::string::npos)
            fail_at(source_, position,
                    "the name of an axis must be a text of 1 to 64 bytes without '/', tabs and line ends");
    }

    void require_label(const std::string& text, Position position) {
        if (!fits(text))
            fail_at(source_, position,
                    "a level is a text of 1 to 64 bytes without tabs and line ends, not " + in_quotes(text));
    }

    static bool fits(const std::string& text) {
        constexpr std::size_t longest = 64;
        return !text.empty() && text.size() <= longest && text.find_first_of("\n\r\t") == std::string::npos;
    }

    /// Assignments are written one to a line.
    std::string assignment(const std::string& key, const std::string& value, Position position) {
        if (value.find_first_of("\n\r") != std::string::npos || key.find_first_of("\n\r=") != std::string::npos)
            fail_at(source_, position, "a key or a value cannot go over a line's end");
        return key + "=" + value;
    }

    std::optional<fs::path> file_;
    SourceText source_;
    YamlNode root_;
    Design design_;
    std::vector<std::vector<Position>> places_;  ///< of each axis's levels
    std::map<std::string, Position> effects_;    ///< of each smallest effect
    bool every_subset_ = false;
};

}  // namespace

bool is_design(const fs::path& file) {
    const YamlNode root = parse_yaml(read_text_file(file));
    return root.kind == YamlNode::Kind::map && root.find("kind") != nullptr;
}

PlacedDesign read_placed_design(const fs::path& file) { return DesignReader(read_text_file(file), file).read(); }

Design read_design_text(std::string_view text, const std::string& name) {
    return DesignReader(clean_text(name, text), std::nullopt).read().design;
}

Design read_design(const fs::path& file) { return read_placed_design(file).design; }

}  // namespace multivector
