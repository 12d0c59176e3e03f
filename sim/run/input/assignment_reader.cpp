// --set key=value.
#include <algorithm>
#include <set>

#include "nearest.hpp"
#include "reading.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

/// What a key means: a row's field, or a whole path (field null).
struct Target {
    Place* place;
    Field* field;
};

/// Full key of what is set.
std::string set_key(const Target& target) { return target.place->key_of(target.field ? target.field->key : "level"); }

void find_targets(Place& place, const std::vector<std::string>& parts, std::size_t at, std::vector<Target>& found) {
    if (at == parts.size()) return;
    const bool last = at + 1 == parts.size();
    if (last)
        if (Field* field = place.field(parts[at])) found.push_back({&place, field});
    for (const auto& child : place.children) {
        if (child->name != parts[at] && !(parts[at] == "*" && place.names_actors)) continue;
        if (last && child->path) found.push_back({child.get(), nullptr});
        if (!last) find_targets(*child, parts, at + 1, found);
    }
}

std::string joined(const std::vector<std::string>& parts) {
    std::string key;
    for (const std::string& part : parts) key += (key.empty() ? "" : ".") + part;
    return key;
}

/// Every full key, with `*` for a name where the key that was asked for has it.
std::vector<std::string> keys_like(Place& root, const std::vector<std::string>& asked) {
    std::set<std::string> keys;
    for_each_field(root, [&](const std::string& key, Place&, Field&) {
        std::vector<std::string> parts = parts_of(key);
        for (std::size_t i = 0; i + 1 < parts.size() && i < asked.size(); ++i)
            if (asked[i] == "*") parts[i] = "*";
        std::vector<Target> meant;
        find_targets(root, parts, 0, meant);  // a star that stands for no name is no key
        keys.insert(meant.empty() ? key : joined(parts));
    });
    return {keys.begin(), keys.end()};
}

bool reaches(Place& root, const std::vector<std::string>& parts) {
    std::vector<Target> found;
    find_targets(root, parts, 0, found);
    return !found.empty();
}

/// The group below an actor in whose blocks `key` stands, as in the scenario files' short form.
Place* group_with(Place& actor, const std::string& key) {
    for (const auto& group : actor.children)
        if (group->names_actors && !group->children.empty() && group->children.front()->field(key)) return group.get();
    return nullptr;
}

/// The key that was meant when each part is right or nearly so: a misspelt name or word, a name left out, or the short
/// form regions.North.endowment.mines of regions.North.sectors.mines.endowment.
std::optional<std::string> mended(Place& root, std::vector<std::string> parts) {
    Place* place = &root;
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const bool last = at + 1 == parts.size();
        if (Place* next = place->child(parts[at])) {
            place = next;
            continue;
        }
        if (last && place->field(parts[at])) break;
        Place* group = at == 2 && parts.size() == 4 ? group_with(*place, parts[at]) : nullptr;
        if (group) return mended(root, {parts[0], parts[1], group->name, parts[3], parts[2]});
        if (last && place->names_actors) {
            parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(at), "*");
            break;
        }
        const auto close = nearest(parts[at], place->keys());
        if (!close) return std::nullopt;
        parts[at] = *close;
        place = place->child(*close);
        if (!place && !last) return std::nullopt;
    }
    return reaches(root, parts) ? std::optional(joined(parts)) : std::nullopt;
}

/// What there is instead where a key names a block, or a name that is like none there is.
std::string keys_instead(Place& root, const std::vector<std::string>& parts) {
    for (const char* in_files : {"title", "extends", "borders", "record", "points"})
        if (parts.back() == in_files) return "; it can be given in a scenario file only";
    Place* place = &root;
    for (const std::string& part : parts) {
        const bool any = part == "*" && place->names_actors && !place->children.empty();
        Place* next = any ? place->children.front().get() : place->child(part);
        if (!next && place->names_actors && place->children.empty()) return "; '" + place->key + "' holds no name";
        if (!next && place->names_actors && part != "*")
            return "; in '" + place->key + "'" + suggestion(part, place->keys(), "name").substr(1);
        if (!next) return "";
        place = next;
    }
    return "; it is a block" + suggestion("", place->keys(), "key");
}

[[noreturn]] void fail_unknown_key(const SourceText& assignment, Place& root, const std::string& key) {
    const std::vector<std::string> parts = parts_of(key);
    std::string hint;
    auto close = mended(root, parts);
    if (!close) hint = keys_instead(root, parts);
    if (!close && hint.empty()) close = nearest(key, keys_like(root, parts));
    if (!close && hint.empty()) close = nearest_by_last_part(root, parts.back());
    if (close) hint = "; the nearest valid key is '" + *close + "'";
    fail_at(assignment, {1, 1}, "no parameter " + in_quotes(key) + hint);
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\n"), last = text.find_last_not_of(" \t\n");
    return first == std::string_view::npos ? "" : std::string(text.substr(first, last - first + 1));
}

std::string key_in(std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    return equals == std::string_view::npos ? "" : trimmed(assignment.substr(0, equals));
}

}  // namespace

std::vector<std::string> keys_set_by(Place& root, std::string_view assignment) {
    std::vector<Target> targets;
    find_targets(root, parts_of(key_in(assignment)), 0, targets);
    std::vector<std::string> keys;
    for (const Target& target : targets) {
        keys.push_back(set_key(target));
        if (!target.field) keys.push_back(target.place->key_of("shape"));
    }
    return keys;
}

void read_assignment(Reading& reading, Place& root, const SourceText& assignment) {
    reading.begin(assignment, std::nullopt);
    const std::string& text = assignment.text;
    const std::string key = key_in(text);
    if (key.empty()) fail_at(assignment, {1, 1}, "expected key=value, as in fund.floor=0.3");
    std::vector<Target> targets;
    find_targets(root, parts_of(key), 0, targets);
    if (targets.empty()) fail_unknown_key(assignment, root, key);
    const std::size_t equals = text.find('=');
    reading.note_assignment(key.find('*') == std::string::npos ? set_key(targets.front()) : key, assignment);
    YamlNode value;
    value.kind = YamlNode::Kind::scalar;
    value.text = trimmed(text.substr(equals + 1));
    value.position = {1, static_cast<int>(equals) + 2};
    for (const Target& target : targets) {
        if (target.field && target.place->path) reading.note(target.place->key, value.position);
        if (target.field)
            read_leaf(reading, target.place->key_of(target.field->key), *target.field, value);
        else
            read_path(reading, *target.place, value);
        reading.annotations[set_key(target)].source = "set on the command line";
    }
}

}  // namespace multivector
