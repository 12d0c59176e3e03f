#include "design_reader.hpp"

#include "sample_reader.hpp"
#include "smallest_effects.hpp"
#include "text_file.hpp"
#include "yaml_values.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

YamlNode key_at(const std::string& text, Position position) {
    YamlNode key;
    key.kind = YamlNode::Kind::scalar, key.text = text, key.position = position;
    return key;
}

/// Reads one design.
class DesignReader {
 public:
    /// Without a file that other files could stand beside, a list stays without its rows.
    DesignReader(SourceText source, std::optional<fs::path> file, const std::vector<DesignAxis>& held = {})
        : file_(std::move(file)), source_(std::move(source)), held_(held) {
        root_ = parse_yaml(source_);
    }

    PlacedDesign read() {
        if (root_.kind != YamlNode::Kind::map)
            fail_at(source_, root_.position, "a design is a mapping with the keys scenario, kind and axes");
        design_.kind = static_cast<DesignKind>(
            require_choice(source_, require_entry(source_, root_, "design", "kind"), "kind", names_of<DesignKind>));
        refuse_strangers();
        require_keys(source_, root_, "design", allowed_keys());
        read_head();
        is(DesignKind::list) ? read_list() : is_sampled(design_.kind) ? read_sample() : read_axes();
        design_.axes = axes_.all();
        const Position scenario = root_.find("scenario")->position;
        return {std::move(design_),  source_,        scenario,         axes_.places(),
                std::move(effects_), axes_.ranges(), std::move(notes_)};
    }

 private:
    bool is(DesignKind kind) const { return design_.kind == kind; }

    /// Keys of the other kinds whose place something else takes in a sample.
    void refuse_strangers() const {
        if (!is_sampled(design_.kind)) return;
        if (const YamlNode* over = root_.find("over"))
            fail_at(
                source_, over->position,
                "a sample has no 'over': what the answer should not hang on stands under 'axes' and is sampled, and "
                "'effect' is crossed with every point");
        const YamlNode* points = root_.find("points");
        if (points && is(DesignKind::morris))
            fail_at(source_, points->position,
                    "a morris design has 'trajectories', not 'points': each has a point more than there are axes");
    }

    std::vector<std::string> allowed_keys() const {
        std::vector<std::string> keys{"scenario", "kind", "title", "seed", "replications", "smallest_effect"};
        if (is(DesignKind::list)) {
            keys.emplace_back("rows");
            return keys;
        }
        keys.emplace_back("axes");
        if (is_sampled(design_.kind)) {
            keys.emplace_back("effect");
            for (std::string& key : sample_keys(design_.kind)) keys.push_back(std::move(key));
            return keys;
        }
        keys.emplace_back("over");
        if (is(DesignKind::ablate)) keys.emplace_back("mechanisms"), keys.emplace_back("subsets");
        if (is(DesignKind::placebo)) keys.emplace_back("placebos");
        return keys;
    }

    void read_head() {
        design_.scenario = require_text(source_, require_entry(source_, root_, "design", "scenario"), "scenario");
        if (const YamlNode* title = root_.find("title")) design_.title = require_text(source_, *title, "title");
        if (const YamlNode* seed = root_.find("seed"))
            design_.seed = require_whole(source_, *seed, "seed", 0, 9007199254740992.0);
        if (const YamlNode* count = root_.find("replications"))
            design_.replications =
                static_cast<std::uint32_t>(require_whole(source_, *count, "replications", 1, 10'000'000));
        if (const YamlNode* smallest = root_.find("smallest_effect"))
            for (const auto& [variable, effect] : read_smallest_effects(source_, *smallest)) {
                design_.smallest_effect[variable] = effect.size;
                effects_[variable] = effect.position;
            }
    }

    void read_axes() {
        constexpr const char* what = "keys of the parameter table with their levels";
        const YamlNode& axes = require_entry(source_, root_, "design", "axes");
        require_map(source_, axes, "axes", what);
        for (const YamlEntry& entry : axes.entries)
            axes_.read(entry, axes_.all().empty() ? AxisRole::effect : AxisRole::moderator);
        require_few(axes);
        if (const YamlNode* over = root_.find("over")) {
            require_map(source_, *over, "over", what);
            for (const YamlEntry& entry : over->entries) axes_.read(entry, AxisRole::context);
        }
        std::size_t most_off = most_design_axes;
        if (is(DesignKind::ablate)) most_off = read_mechanisms();
        if (is(DesignKind::placebo)) read_placebos();
        if (axes_.lack_levels()) return;
        require_rows(static_cast<double>(crossed_rows(axes_.all(), most_off)));
        design_.rows = crossed(axes_.all(), most_off);
    }

    /// Every point of the sample with every combination of the effect's axes, which change fastest.
    void read_sample() {
        constexpr const char* what = "keys of the parameter table with what each is sampled over";
        const SampleSize size = read_sample_size(source_, root_, design_.kind, notes_);
        if (const YamlNode* effect = root_.find("effect")) {
            require_map(source_, *effect, "effect", "keys of the parameter table with their levels");
            for (const YamlEntry& entry : effect->entries)
                axes_.read(entry, axes_.all().empty() ? AxisRole::effect : AxisRole::moderator);
        }
        const std::vector<DesignAxis> crossing = axes_.all();
        const YamlNode& axes = require_entry(source_, root_, "design", "axes");
        require_map(source_, axes, "axes", what);
        for (const YamlEntry& entry : axes.entries) axes_.read_sampled(entry);
        if (axes_.lack_levels()) return;
        require_rows(static_cast<double>(size.total(design_.kind, axes.entries.size())) *
                     static_cast<double>(crossed_rows(crossing, 0)));
        auto [roles, points] = sample_axes(axes_, design_.kind, size, design_.seed);
        const std::vector<DesignRow> cells = crossed(crossing, 0);
        for (const DesignRow& point : points)
            for (const DesignRow& cell : cells) {
                design_.rows.push_back(cell);
                design_.rows.back().insert(design_.rows.back().end(), point.begin(), point.end());
            }
        design_.points = std::move(roles);
    }

    /// Axes and levels no more than the kind of design has.
    void require_few(const YamlNode& axes) {
        const std::vector<DesignAxis>& all = axes_.all();
        if (is(DesignKind::twin) && all.size() != 1)
            fail_at(source_, axes.position, "a twin has one axis: what sets the two worlds apart");
        for (std::size_t a = 0; a < all.size(); ++a)
            if (!is(DesignKind::grid) && all[a].levels.size() != 2)
                fail_at(source_, axes.entries[a].value.position,
                        "'" + all[a].name + "' needs two levels in this kind of design; kind: grid takes any number");
        if (is(DesignKind::ablate) && all.size() > 1)
            fail_at(source_, axes.position,
                    "a design that ablates has one axis, the effect that is taken apart; others stand under 'over'");
    }

    /// Says how many mechanisms are off at once at most.
    std::size_t read_mechanisms() {
        const YamlNode& mechanisms = require_entry(source_, root_, "design", "mechanisms");
        require_map(source_, mechanisms, "mechanisms", "names with what switches each off");
        for (const YamlEntry& entry : mechanisms.entries) axes_.read_mechanism(entry);
        const YamlNode* subsets = root_.find("subsets");
        constexpr std::array<std::string_view, 2> names{"single", "all"};
        return subsets && require_choice(source_, *subsets, "subsets", names) == 0 ? 1 : most_design_axes;
    }

    void read_placebos() {
        const YamlNode& placebos = require_entry(source_, root_, "design", "placebos");
        require_map(source_, placebos, "placebos", "names with what makes each world one without an effect");
        axes_.begin(key_at("placebo", placebos.position), AxisRole::placebo);
        axes_.add({"none", {}, ""}, placebos.position);
        for (const YamlEntry& entry : placebos.entries) axes_.add_named(entry);
    }

    /// The rows of a CSV file: a column for each key, a line for each row.
    void read_list() {
        const YamlNode& node = require_entry(source_, root_, "design", "rows");
        const std::string& name = require_text(source_, node, "rows");
        if (!file_) return;
        const CsvTable table = axes_.read_table(node, name);
        require_rows(static_cast<double>(table.rows.size()));
        design_.rows.resize(table.rows.size());
        for (std::size_t c = 0; c < table.header.size(); ++c) {
            axes_.begin(key_at(table.header[c], node.position), AxisRole::cell);
            std::vector<std::string> cells;
            for (const CsvRow& row : table.rows) cells.push_back(row.cells[c]);
            const std::vector<std::size_t> levels = axes_.read_cells(c, cells, node.position);
            for (std::size_t r = 0; r < levels.size(); ++r) design_.rows[r].push_back(levels[r]);
        }
    }

    void require_rows(double rows) {
        if (rows == 0) fail_at(source_, root_.position, "the design has no row");
        if (rows > static_cast<double>(most_design_rows))
            fail_at(source_, root_.position,
                    "the design has " + (rows > 1e9 ? "more than a billion" : number_text(rows)) + " rows; at most " +
                        std::to_string(most_design_rows) + " are allowed");
    }

    std::optional<fs::path> file_;
    SourceText source_;
    std::vector<DesignAxis> held_;
    YamlNode root_;
    Design design_;
    DesignAxes axes_{source_, file_, held_};
    std::map<std::string, Position> effects_;  ///< of each smallest effect
    std::vector<std::string> notes_;
};

}  // namespace

bool is_design(const fs::path& file) {
    const YamlNode root = parse_yaml(read_text_file(file));
    return root.kind == YamlNode::Kind::map && root.find("kind") != nullptr;
}

PlacedDesign read_placed_design(const fs::path& file) { return DesignReader(read_text_file(file), file).read(); }

Design read_design_text(std::string_view text, const std::string& name, const std::vector<DesignAxis>& held) {
    return DesignReader(clean_text(name, text), std::nullopt, held).read().design;
}

Design read_design(const fs::path& file) { return read_placed_design(file).design; }

}  // namespace multivector
