#include "places.hpp"

#include <algorithm>
#include <type_traits>

namespace multivector {
namespace {

Place& descend(Place& root, const std::string& key) {
    Place* place = &root;
    for (const std::string& part : parts_of(key)) {
        Place* next = place->child(part);
        if (!next) {
            place->children.push_back(std::make_unique<Place>());
            next = place->children.back().get();
            next->name = part;
            next->key = place->key_of(part);
        }
        place = next;
    }
    return *place;
}

template <class Block>
Field field_of(Block& block, const Parameter<Block>& row) {
    return {row.key,
            row.kind,
            row.low,
            row.high,
            row.unit,
            row.symbol,
            row.meaning,
            row.source,
            row.active_when,
            row.names,
            [&block, &row] { return row.read(block); },
            [&block, &row](double value) { row.write(block, value); }};
}

/// A group of blocks that are no paths can only be a list of names.
void mark_names(Place& place) {
    const auto is_block = [](const auto& child) { return !child->fields.empty() && !child->path; };
    place.names_actors = place.fields.empty() && !place.children.empty() &&
                         std::all_of(place.children.begin(), place.children.end(), is_block);
    for (const auto& child : place.children) mark_names(*child);
}

}  // namespace

std::vector<std::string> parts_of(std::string_view key) {
    std::vector<std::string> parts;
    if (key.empty()) return parts;
    for (std::size_t dot = key.find('.'); dot != std::string_view::npos; dot = key.find('.')) {
        parts.emplace_back(key.substr(0, dot));
        key.remove_prefix(dot + 1);
    }
    parts.emplace_back(key);
    return parts;
}

Field* Place::field(std::string_view wanted) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.key == wanted; });
    return found == fields.end() ? nullptr : &*found;
}

Place* Place::child(std::string_view wanted) {
    const auto found =
        std::find_if(children.begin(), children.end(), [&](const auto& child) { return child->name == wanted; });
    return found == children.end() ? nullptr : found->get();
}

std::vector<std::string> Place::keys() const {
    std::vector<std::string> all;
    for (const Field& field : fields) all.emplace_back(field.key);
    for (const auto& child : children) all.push_back(child->name);
    return all;
}

std::string Place::key_of(std::string_view last) const {
    return key.empty() ? std::string(last) : key + "." + std::string(last);
}

std::string_view Place::shape() const { return names_of<PathShape>[static_cast<std::size_t>(path->path.shape)]; }

bool Field::acts_under(std::string_view shape) const {
    if (active_when.empty()) return true;
    std::string_view rest = active_when.substr(active_when.find('=') + 1);
    for (std::size_t bar = 0; bar != std::string_view::npos; rest.remove_prefix(std::min(bar + 1, rest.size()))) {
        bar = rest.find('|');
        if (rest.substr(0, bar) == shape) return true;
    }
    return false;
}

Place make_places(Scenario& scenario) {
    Place root;
    visit(scenario, [&root](const std::string& key, auto& block, const auto& rows) {
        Place& place = descend(root, key);
        place.fields.reserve(rows.size());
        for (const auto& row : rows) place.fields.push_back(field_of(block, row));
        if constexpr (std::is_same_v<std::decay_t<decltype(block)>, Path>) {
            place.path = &path_input_of(block);
            for (Field& field : place.fields)
                if (field.unit == "as the path") field.unit = path_unit(key);
        }
    });
    mark_names(root);
    for (const ActorList& list : actor_lists) descend(root, std::string(list.key)).names_actors = true;
    return root;
}

void for_each_field(Place& place, const std::function<void(const std::string&, Place&, Field&)>& f) {
    for (Field& field : place.fields) f(place.key_of(field.key), place, field);
    for (const auto& child : place.children) for_each_field(*child, f);
}

}  // namespace multivector
