#include "tidy_scenario.hpp"

#include <map>
#include <set>

#include "command_options.hpp"
#include "text_file.hpp"
#include "value_sources.hpp"

namespace multivector {

namespace {

std::string kinds_list() {
    std::string list;
    for (const SourceKindRow& row : source_kinds) list += (list.empty() ? "" : ", ") + std::string(row.name);
    return list;
}

/// In the order of the cells below.
const std::vector<std::pair<std::string, std::string>> sheet_columns{
    {"key", "dotted key, as in a scenario file or after --set"},
    {"value", "value in this scenario; of a path's points: year: value"},
    {"unit", "unit; 1 is a pure number, a share or a count"},
    {"minimum", "smallest value allowed"},
    {"maximum", "largest value allowed"},
    {"values", "the choices there are"},
    {"default", "value of a scenario that says nothing"},
    {"source", "where the value is from, as the scenario says it"},
    {"quality", "of a value from the record: verified, recalled or assumed"},
    {"credible_minimum", "smallest value that the scenario's author finds credible"},
    {"credible_maximum", "largest value that the scenario's author finds credible"},
    {"source_of_default", "where the default is from"},
    {"meaning", "what it is"},
    {"active_when", "parameters that must have these values for this one to matter"},
    {"kind_of_source", "of the value: " + kinds_list() + "; empty where the value cannot act"},
};

std::string limit_text(const Field& field, double limit) {
    return field.kind == Kind::choice ? "" : number_text(limit);
}

std::string choices_text(const Field& field) {
    std::string list;
    for (const std::string_view name : field.names) list += (list.empty() ? "" : "; ") + std::string(name);
    return list;
}

std::string points_text(const Series& points) {
    std::string list;
    for (const auto& [year, value] : points)
        list += (list.empty() ? "" : "; ") + number_text(year) + ": " + number_text(value);
    return list;
}

class Sheet {
 public:
    explicit Sheet(const LoadedScenario& loaded) : loaded_(loaded), scenario_(loaded.scenario) {}

    Codebook take() {
        for (const auto& [name, meaning] : sheet_columns) book_.header.push_back(name);
        for_each_value(loaded_, [this](const SourcedValue& value) { kinds_[value.key] = row_of(value.kind).name; });
        Scenario silent = silent_scenario(scenario_);
        Place places = make_places(scenario_), defaults = make_places(silent);
        std::vector<std::string> default_texts;
        for_each_field(defaults,
                       [&](const std::string&, Place&, Field& field) { default_texts.push_back(value_text(field)); });
        std::size_t at = 0;
        for_each_field(places,
                       [&](const std::string& key, Place&, Field& field) { add(key, field, default_texts[at++]); });
        add_points(places);
        add_borders();
        return std::move(book_);
    }

 private:
    void add(const std::string& key, const Field& field, const std::string& otherwise) {
        const auto [meaning, unit] = unit_apart(field.meaning, field.unit);
        const bool choice = field.kind == Kind::choice;
        push({key, value_text(field), choice ? "" : unit, limit_text(field, field.low), limit_text(field, field.high),
              choices_text(field), otherwise},
             note_of(key), {std::string(field.source), meaning, std::string(field.active_when)});
    }

    void add_points(const Place& place) {
        if (place.path && !place.path->record.empty())
            push({place.key + ".record", points_text(place.path->record), std::string(path_unit(place.key)), "", "", "",
                  ""},
                 note_of(place.key + ".record"), {"", "the record: a value by year", "shape=historical"});
        if (place.path && !place.path->points.empty())
            push({place.key + ".points", points_text(place.path->points), std::string(path_unit(place.key)), "", "", "",
                  ""},
                 note_of(place.key), {"", "own points: a value by year", "shape=series"});
        for (const auto& child : place.children) add_points(*child);
    }

    void add_borders() {
        std::string pairs;
        for (const auto& [first, second] : scenario_.borders)
            pairs += (pairs.empty() ? "" : "; ") + scenario_.regions[static_cast<std::size_t>(first)].name + " - " +
                     scenario_.regions[static_cast<std::size_t>(second)].name;
        if (!pairs.empty())
            push({"borders", pairs, "", "", "", "", ""}, note_of("borders"), {"", "pairs of neighbouring regions", ""});
    }

    Annotation note_of(const std::string& key) const {
        const auto found = loaded_.annotations.find(key);
        return found == loaded_.annotations.end() ? Annotation() : found->second;
    }

    void push(std::vector<std::string> cells, const Annotation& note, const std::vector<std::string>& rest) {
        const auto limit = [](const std::optional<double>& value) { return value ? number_text(*value) : ""; };
        for (const std::string& cell : {note.source, note.quality, limit(note.low), limit(note.high)})
            cells.push_back(cell);
        cells.insert(cells.end(), rest.begin(), rest.end());
        cells.emplace_back(kinds_[cells.front()]);
        book_.rows.push_back(std::move(cells));
    }

    const LoadedScenario& loaded_;
    Scenario scenario_;
    std::map<std::string, std::string_view> kinds_;  ///< by key
    Codebook book_{"Parameters of the scenario", {}, {}};
};

}  // namespace

Codebook parameter_sheet(const LoadedScenario& loaded) { return Sheet(loaded).take(); }

std::vector<TidyColumn> parameter_sheet_columns() {
    std::vector<TidyColumn> columns;
    for (const auto& [name, meaning] : sheet_columns)
        columns.push_back({name, meaning, "", "", "", "", "", "", "", "/provenance/scenario_resolved"});
    return columns;
}

std::vector<RepeatedParameter> repeated_parameters(const Scenario& scenario, const std::vector<std::string>& keys) {
    Scenario copy = scenario;
    Place places = make_places(copy);
    std::vector<std::string> names;
    std::vector<RepeatedParameter> all;
    for_each_field(places, [&](const std::string& key, Place&, Field& field) {
        const auto [meaning, unit] = unit_apart(field.meaning, field.unit);
        const bool choice = field.kind == Kind::choice;
        names.push_back(key);
        all.push_back({key, value_text(field), meaning, choice ? "" : unit, limit_text(field, field.low),
                       limit_text(field, field.high), choices_text(field)});
    });
    std::vector<RepeatedParameter> chosen;
    std::set<std::size_t> taken;  // a key said twice is one column
    for (const std::string& key : keys)
        if (const std::size_t at = one_of("parameter", key, names); taken.insert(at).second) chosen.push_back(all[at]);
    return chosen;
}

}  // namespace multivector
