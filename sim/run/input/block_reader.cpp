#include <algorithm>
#include <set>

#include "nearest.hpp"
#include "reading.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

const std::vector<std::string> document_keys{"title", "extends", "borders"};
const std::string marks_new = "new";

/// Whether the place is one partner, sector, region or route.
bool is_actor(Place& root, const Place& place) {
    const auto parts = parts_of(place.key);
    return parts.size() == 2 && root.child(parts[0])->names_actors;
}

/// Keys that other readers handle.
std::vector<std::string> keys_elsewhere(Place& root, const Place& place) {
    if (place.key.empty()) return document_keys;
    return is_actor(root, place) ? std::vector{marks_new} : std::vector<std::string>{};
}

/// The group of an actor in whose blocks `key` stands, so that `endowment: {energy: 1}` may stand for
/// `sectors: {energy: {endowment: 1}}`.
Place* short_form(Place& root, Place& place, std::string_view key) {
    if (!is_actor(root, place)) return nullptr;
    for (const auto& group : place.children)
        if (group->names_actors && !group->children.empty() && group->children.front()->field(key)) return group.get();
    return nullptr;
}

std::vector<std::string> valid_keys(Place& root, Place& place) {
    std::vector<std::string> keys = place.keys();
    for (const std::string& key : keys_elsewhere(root, place)) keys.push_back(key);
    if (!is_actor(root, place)) return keys;
    for (const auto& group : place.children)
        if (group->names_actors && !group->children.empty())
            for (const Field& field : group->children.front()->fields) keys.emplace_back(field.key);
    return keys;
}

[[noreturn]] void fail_unknown(const Reading& reading, Place& root, Place& place, const YamlNode& key) {
    const std::string where = place.key.empty() ? "at the top level" : "in '" + place.key + "'";
    const std::string what = place.names_actors ? "name" : "key";
    const std::string message = "unknown " + what + " " + in_quotes(key.text) + " " + where;
    if (place.key.empty() && parts_of(key.text).size() == 2)
        if (Place* block = root.child(parts_of(key.text)[0]); block && block->field(parts_of(key.text)[1]))
            reading.fail(key, message + "; keys stand inside their blocks, as in " + block->name + ": {" +
                                  parts_of(key.text)[1] + ": ...}");
    const std::string first_word = key.text.substr(0, key.text.find_first_of(" =;:\xC2"));
    if (first_word != key.text && (place.field(first_word) || place.child(first_word)))
        reading.fail(key, message + "; a key is followed by a colon and a space, '" + first_word + ": '");
    const std::vector<std::string> here = valid_keys(root, place);
    if (!place.names_actors && !nearest(key.text, here))
        if (const auto elsewhere = nearest_by_last_part(root, key.text, place.key))
            reading.fail(key, message + "; the nearest valid key is '" + *elsewhere + "'");
    reading.fail(key, message + suggestion(key.text, here, what));
}

void require_mapping(const Reading& reading, const Place& place, const YamlNode& node) {
    if (node.kind == YamlNode::Kind::map) return;
    const std::string name = place.key.empty() ? "a scenario" : "'" + place.key + "'";
    const bool has_colon = node.kind == YamlNode::Kind::scalar && node.text.find(':') != std::string::npos;
    reading.fail(node, name + " must be a mapping of keys, not " + node.described() +
                           (has_colon ? "; a colon after a key is followed by a space" : ""));
}

void read_short_form(Reading& reading, Place& root, Place& group, std::string_view key, const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map)
        reading.fail(node, "'" + std::string(key) + "' here must be a mapping from the names in '" + group.key +
                               "', not " + node.described());
    for (const YamlEntry& entry : node.entries) {
        Place* block = group.child(entry.key.text);
        if (!block) fail_unknown(reading, root, group, entry.key);
        read_leaf(reading, block->key_of(key), *block->field(key), entry.value);
    }
}

void read_child(Reading& reading, Place& root, Place& child, const YamlEntry& entry) {
    reading.note(child.key, entry.key.position);
    read_block(reading, root, child, entry.value);
}

}  // namespace

std::optional<std::string> nearest_by_last_part(Place& root, std::string_view word, const std::string& around) {
    std::vector<std::string> full_keys, beyond, last_parts;
    for_each_field(root, [&](const std::string& key, Place& place, Field& field) {
        auto& keys = key.starts_with(around + ".") ? full_keys : beyond;
        if (place.path && field.key == "shape") keys.push_back(place.key);
        keys.push_back(key);
    });
    full_keys.insert(full_keys.end(), beyond.begin(), beyond.end());
    for (const std::string& key : full_keys) last_parts.push_back(parts_of(key).back());
    const auto close = nearest(word, last_parts);
    if (!close) return std::nullopt;
    return full_keys[static_cast<std::size_t>(std::find(last_parts.begin(), last_parts.end(), *close) -
                                              last_parts.begin())];
}

void read_block(Reading& reading, Place& root, Place& place, const YamlNode& node) {
    if (node.kind == YamlNode::Kind::null) return;  // a block whose keys are all commented out
    require_mapping(reading, place, node);
    const std::vector<std::string> elsewhere = keys_elsewhere(root, place);
    for (const YamlEntry& entry : node.entries) {
        const std::string& key = entry.key.text;
        if (std::find(elsewhere.begin(), elsewhere.end(), key) != elsewhere.end()) continue;
        if (Field* field = place.field(key))
            read_leaf(reading, place.key_of(key), *field, entry.value);
        else if (Place* child = place.child(key); child && child->path)
            read_path(reading, *child, entry.value);
        else if (child)
            read_child(reading, root, *child, entry);
        else if (Place* group = short_form(root, place, key))
            read_short_form(reading, root, *group, key, entry.value);
        else
            fail_unknown(reading, root, place, entry.key);
    }
}

void read_document(Reading& reading, Scenario& scenario, const YamlNode& document, bool extends) {
    if (document.kind == YamlNode::Kind::null) reading.fail(YamlNode{}, "the file holds no keys");
    require_mapping(reading, Place{}, document);
    read_names(reading, scenario, document, extends);
    if (const YamlNode* title = document.find("title"))
        scenario.title = require_text(reading.source(), *title, "title");
    if (const YamlNode* borders = document.find("borders")) read_borders(reading, scenario, *borders);
    Place places = make_places(scenario);
    read_block(reading, places, places, document);
}

}  // namespace multivector
