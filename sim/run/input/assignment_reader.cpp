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

/// Every full key, with `*` for a name where the key that was asked for has it.
std::vector<std::string> keys_like(Place& root, const std::vector<std::string>& asked) {
    std::set<std::string> keys;
    for_each_field(root, [&](const std::string& key, Place&, Field&) {
        std::vector<std::string> parts = parts_of(key);
        for (std::size_t i = 0; i + 1 < parts.size() && i < asked.size(); ++i)
            if (asked[i] == "*") parts[i] = "*";
        std::vector<Target> meant;
        find_targets(root, parts, 0, meant);  // a star that stands for no name is no key
        std::string like;
        for (const std::string& part : parts) like += (like.empty() ? "" : ".") + part;
        keys.insert(meant.empty() ? key : like);
    });
    return {keys.begin(), keys.end()};
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\n"), last = text.find_last_not_of(" \t\n");
    return first == std::string_view::npos ? "" : std::string(text.substr(first, last - first + 1));
}

}  // namespace

void read_assignment(Reading& reading, Scenario& scenario, const SourceText& assignment) {
    reading.begin(assignment, std::nullopt);
    const std::string& text = assignment.text;
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        fail_at(assignment, {1, 1}, "expected key=value, as in fund.floor=0.3");
    const std::string key = trimmed(text.substr(0, equals));
    Place root = make_places(scenario);
    std::vector<Target> targets;
    find_targets(root, parts_of(key), 0, targets);
    if (targets.empty()) {
        const std::vector<std::string> candidates = keys_like(root, parts_of(key));
        const auto close = nearest(key, candidates);
        fail_at(assignment, {1, 1},
                "no parameter " + in_quotes(key) + (close ? "; the nearest valid key is '" + *close + "'" : ""));
    }
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
        const std::string set_key = target.place->key_of(target.field ? target.field->key : "level");
        reading.annotations[set_key].source = "set on the command line";
    }
}

}  // namespace multivector
