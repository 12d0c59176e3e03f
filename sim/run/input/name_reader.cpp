// Actors and borders: the parts of a scenario file that say who is in the world.
#include <algorithm>
#include <set>

#include "nearest.hpp"
#include "reading.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

bool is_letter_or_digit(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/// Characters beyond ASCII that are no part of a word: C1 controls, line separators, the byte-order mark.
bool has_invisible_character(std::string_view name) {
    for (const std::string_view hidden : {"\u2028", "\u2029", "\uFEFF", "\u200B"})
        if (name.find(hidden) != std::string_view::npos) return true;
    for (std::size_t i = 0; i + 1 < name.size(); ++i)
        if (name[i] == '\xC2' && static_cast<unsigned char>(name[i + 1]) < 0xA0) return true;
    return false;
}

void require_good_name(const Reading& reading, const ActorList& list, const YamlNode& key) {
    const std::string& name = key.text;
    constexpr std::size_t longest = 60;
    const bool good_characters = std::all_of(name.begin(), name.end(), [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte >= 0x80 || is_letter_or_digit(byte) || letter == '_' || letter == '-' || letter == ' ';
    });
    if (name.empty() || name.size() > longest || !good_characters || name.front() == ' ' || name.back() == ' ' ||
        has_invisible_character(name))
        reading.fail(key, "a " + std::string(list.singular) +
                              "'s name is made of at most 60 letters, digits, _, - and spaces inside, not " +
                              in_quotes(name));
}

bool says_new(const Reading& reading, const YamlNode& block) {
    const YamlNode* node = block.kind == YamlNode::Kind::map ? block.find("new") : nullptr;
    if (!node) return false;
    const auto value = node->kind == YamlNode::Kind::scalar ? parse_switch(node->text) : std::nullopt;
    if (!value) reading.fail(*node, "'new' must be yes or no, not " + node->described());
    return *value != 0;
}

/// As result files write it among others, separated by spaces.
std::string label_of(std::string name) {
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

void require_own_label(const Reading& reading, const ActorList& list, const YamlNode& key,
                       const std::vector<std::string>& names) {
    for (const std::string& other : names)
        if (label_of(other) == label_of(key.text))
            reading.fail(key, "the " + std::string(list.key) + " " + in_quotes(other) + " and " + in_quotes(key.text) +
                                  " would share the label " + in_quotes(label_of(other)) +
                                  " in result files; give one of them another name");
}

void read_name(const Reading& reading, Scenario& scenario, const ActorList& list, const YamlEntry& entry,
               bool extends) {
    const std::vector<std::string> names = list.names(scenario);
    const bool known = std::find(names.begin(), names.end(), entry.key.text) != names.end();
    const bool is_new = says_new(reading, entry.value);
    const std::string singular(list.singular);
    if (known && extends && is_new)
        reading.fail(entry.key,
                     "the " + singular + " " + in_quotes(entry.key.text) + " is not new; the extended file has it");
    if (known) return;
    if (extends && !is_new)
        reading.fail(entry.key, "no " + singular + " " + in_quotes(entry.key.text) + " in the extended file" +
                                    suggestion(entry.key.text, names, singular) +
                                    " (write 'new: yes' in the block to add one)");
    require_good_name(reading, list, entry.key);
    require_own_label(reading, list, entry.key, names);
    if (static_cast<int>(names.size()) == list.maximum)
        reading.fail(entry.key,
                     "at most " + std::to_string(list.maximum) + " " + std::string(list.key) + " fit in a world");
    list.add(scenario, entry.key.text);
}

/// Turns pairs of region names into pairs of positions; refuses what a map of neighbours cannot hold.
class BorderList {
 public:
    explicit BorderList(const Scenario& scenario) {
        for (const RegionInput& region : scenario.regions) names_.push_back(region.name);
    }

    void add(const SourceText& source, Position position, const std::string& a, Position a_at, const std::string& b,
             Position b_at) {
        const int first = index(source, a, a_at), second = index(source, b, b_at);
        if (first == second) fail_at(source, position, "the region " + in_quotes(a) + " borders itself");
        if (!seen_.insert(std::minmax(first, second)).second)
            fail_at(source, position, "the border of " + in_quotes(a) + " and " + in_quotes(b) + " is given twice");
        pairs.emplace_back(first, second);
    }

    std::vector<std::pair<int, int>> pairs;

 private:
    int index(const SourceText& source, const std::string& name, Position position) const {
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end())
            fail_at(source, position, "no region " + in_quotes(name) + suggestion(name, names_, "region"));
        return static_cast<int>(found - names_.begin());
    }

    std::vector<std::string> names_;
    std::set<std::pair<int, int>> seen_;
};

void read_pairs(const Reading& reading, BorderList& list, const YamlNode& node) {
    if (node.kind != YamlNode::Kind::list)
        reading.fail(node, "borders must be a list of pairs of regions, not " + node.described());
    for (const YamlNode& pair : node.items) {
        if (pair.kind != YamlNode::Kind::list || pair.items.size() != 2)
            reading.fail(pair, "a border must be a list of two regions, [one, other]");
        const YamlNode &one = pair.items[0], &other = pair.items[1];
        list.add(reading.source(), pair.position, require_text(reading.source(), one, "borders"), one.position,
                 require_text(reading.source(), other, "borders"), other.position);
    }
}

void read_border_table(const CsvTable& table, BorderList& list, Annotation& annotation) {
    const std::size_t region = table.column("region"), neighbour = table.column("neighbour");
    Provenance provenance;
    for (const CsvRow& row : table.rows) {
        const Position at = row.places[region], other = row.places[neighbour];
        list.add(table.source, at, row.cells[region], at, row.cells[neighbour], other);
        provenance.add(table, row);
    }
    annotation.source = provenance.source;
    annotation.quality = provenance.quality;
}

}  // namespace

void read_names(const Reading& reading, Scenario& scenario, const YamlNode& document, bool extends) {
    for (const ActorList& list : actor_lists) {
        const YamlNode* node = document.find(list.key);
        if (!node || node->kind == YamlNode::Kind::null) continue;
        if (node->kind != YamlNode::Kind::map)
            reading.fail(*node, "'" + std::string(list.key) + "' must be a mapping from names to blocks, not " +
                                    node->described());
        for (const YamlEntry& entry : node->entries) read_name(reading, scenario, list, entry, extends);
    }
}

void read_borders(Reading& reading, Scenario& scenario, const YamlNode& node) {
    reading.note("borders", node.position);
    BorderList list(scenario);
    Annotation annotation;
    if (node.kind == YamlNode::Kind::list) {
        read_pairs(reading, list, node);
    } else if (node.kind != YamlNode::Kind::map) {
        reading.fail(node, "borders must be a list of pairs of regions or {file: ...}, not " + node.described());
    } else {
        require_keys(reading.source(), node, "borders", {"file", "pairs", "source", "quality"});
        if (node.find("pairs") && node.find("file"))
            reading.fail(node, "'borders' has both pairs and a file; give one");
        if (const YamlNode* pairs = node.find("pairs"))
            read_pairs(reading, list, *pairs);
        else
            read_border_table(reading.table(require_entry(reading.source(), node, "borders", "file")), list,
                              annotation);
        read_provenance(reading, "borders", node, annotation);
    }
    scenario.borders = list.pairs;
    if (annotation.empty())
        reading.annotations.erase("borders");
    else
        reading.annotations["borders"] = annotation;
}

}  // namespace multivector
