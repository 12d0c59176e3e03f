#include <cmath>

#include "reading.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

constexpr double middle_of_year = 0.5;  ///< where a yearly average stands

void require_points_in_range(const Reading& reading, Place& place, const Series& points, const YamlNode& node) {
    const Field& level = *place.field("level");
    const double scale = place.field("scale")->read();
    for (const auto& [year, value] : points)
        if (!(level.low <= value * scale && value * scale <= level.high))
            reading.fail(node, "'" + place.key + "' is " + number_text(value * scale) + " in " + number_text(year) +
                                   ", outside " + number_text(level.low) + " to " + number_text(level.high));
}

double read_year(const Reading& reading, Place& place, const YamlNode& node) {
    const Field& allowed = *place.field("year");
    const auto year = parse_number(node.text);
    if (!year || *year < allowed.low || *year > allowed.high)
        reading.fail(node, "a year of '" + place.key + "' must be a number from " + number_text(allowed.low) + " to " +
                               number_text(allowed.high) + ", not " + node.described());
    return *year == std::floor(*year) ? *year + middle_of_year : *year;
}

Series read_points(const Reading& reading, Place& place, const YamlNode& node) {
    const std::string key = place.key + ".points";
    if (node.kind == YamlNode::Kind::map && node.entries.empty())
        reading.fail(node, "'" + key + "' holds no point; write years and numbers, {2000: 1.5, 2010: 2}");
    if (node.kind != YamlNode::Kind::map)
        reading.fail(node, "'" + key + "' must be a mapping from years to numbers, {2000: 1.5, 2010: 2}, not " +
                               node.described());
    Series points;
    for (const YamlEntry& entry : node.entries) {
        const double year = read_year(reading, place, entry.key);
        if (!points.empty() && year <= points.back().first)
            reading.fail(entry.key, "the years of '" + key + "' must rise, but " + entry.key.text + " follows " +
                                        node.entries[points.size() - 1].key.text);
        const bool plain = entry.value.kind == YamlNode::Kind::scalar && !entry.value.quoted;
        const auto value = plain ? parse_number(entry.value.text) : std::nullopt;
        if (!value)
            reading.fail(entry.value, "a point of '" + key + "' must be a finite number, not " +
                                          (entry.value.quoted ? "the quoted text " : "") + entry.value.described());
        points.emplace_back(year, *value);
    }
    return points;
}

double read_whole_year(const Reading& reading, const YamlNode& node, const std::string& key) {
    const auto year = node.kind == YamlNode::Kind::scalar ? parse_number(node.text) : std::nullopt;
    if (!year || *year != std::floor(*year) || std::abs(*year) > 9999)
        reading.fail(node, "'" + key + "' must be a year, not " + node.described());
    return *year;
}

void apply_deflator(Reading& reading, const std::string& key, const YamlNode& node, SeriesRecord& record) {
    const SourceText& source = reading.source();
    require_keys(source, node, key, {"file", "variable", "base"});
    const CsvTable& table = reading.table(require_entry(source, node, key, "file"));
    const YamlNode& variable = require_entry(source, node, key, "variable");
    const std::string& name = require_text(source, variable, key + ".variable");
    const double year = read_whole_year(reading, require_entry(source, node, key, "base"), key + ".base");
    reading.at(variable, [&] { deflate(record, table, name, static_cast<int>(year)); });
}

/// Leaves out what comes after a year: from then on the path holds that year's value.
void cut_after(const Reading& reading, const std::string& key, const YamlNode& node, SeriesRecord& record) {
    const double last = read_whole_year(reading, node, key);
    std::erase_if(record.points, [last](const auto& point) { return point.first > last; });
    if (record.points.empty()) reading.fail(node, "'" + key + "' leaves nothing of the record, which begins later");
}

Series recorded_points(Reading& reading, Place& place, const YamlNode& node, Annotation& annotation) {
    const std::string key = place.key + ".record";
    const Field& allowed = *place.field("year");
    const SourceText& source = reading.source();
    const CsvTable& table = reading.table(require_entry(source, node, key, "file"));
    const YamlNode& variable = require_entry(source, node, key, "variable");
    const std::string& name = require_text(source, variable, key + ".variable");
    SeriesRecord record = reading.at(variable, [&] { return read_series(table, name); });
    for (const auto& [year, value] : record.points)
        if (year < allowed.low || year > allowed.high)
            reading.fail(variable, table.source.name + ": " + in_quotes(name) + " has the year " + number_text(year) +
                                       ", outside " + number_text(allowed.low) + " to " + number_text(allowed.high));
    if (const YamlNode* deflator = node.find("deflator")) apply_deflator(reading, key + ".deflator", *deflator, record);
    if (const YamlNode* until = node.find("until")) cut_after(reading, key + ".until", *until, record);
    for (auto& point : record.points) point.first += middle_of_year;
    annotation.source = record.source;
    annotation.quality = record.quality;
    return std::move(record.points);
}

void read_record(Reading& reading, Place& place, const YamlNode& node) {
    const std::string key = place.key + ".record";
    Annotation annotation;
    if (node.kind == YamlNode::Kind::map && node.find("points")) {
        require_keys(reading.source(), node, key, {"points", "source", "quality"});
        place.path->record = read_points(reading, place, *node.find("points"));
    } else {
        require_keys(reading.source(), node, key, {"file", "variable", "deflator", "until", "source", "quality"});
        place.path->record = recorded_points(reading, place, node, annotation);
    }
    read_provenance(reading, key, node, annotation);
    reading.note(key, node.position);
    reading.annotations[key] = annotation;
}

/// Sets the shape that a record or points imply.
void imply_shape(Reading& reading, Place& place, PathShape shape) {
    place.path->path.shape = shape;
    reading.annotations.erase(place.key + ".shape");
}

bool is_leaf(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) return true;
    const YamlNode* record = node.find("record");
    return node.find("value") || (record && record->kind == YamlNode::Kind::scalar && node.find("year"));
}

void read_path_mapping(Reading& reading, Place& place, const YamlNode& node) {
    const YamlNode *record = node.find("record"), *points = node.find("points");
    if (record && record->kind != YamlNode::Kind::map)
        reading.fail(*record, "'" + place.key + ".record' must say where the years are, {file: data.csv, variable: " +
                                  (record->kind == YamlNode::Kind::scalar ? record->text : "name") + "}, not " +
                                  record->described());
    std::vector<std::string> allowed = place.keys();
    for (const char* key : {"record", "points", "source", "quality"}) allowed.emplace_back(key);
    require_keys(reading.source(), node, place.key, allowed);
    if (record && points && !node.find("shape"))
        reading.fail(node, "'" + place.key + "' has a record and points; say with 'shape' which one holds");
    if (record) {
        read_record(reading, place, *record);
        imply_shape(reading, place, PathShape::historical);
    }
    if (points) {
        place.path->points = read_points(reading, place, *points);
        reading.note(place.key + ".points", points->position);
        imply_shape(reading, place, PathShape::series);
    }
    for (const YamlEntry& entry : node.entries)
        if (Field* field = place.field(entry.key.text))
            read_leaf(reading, place.key_of(field->key), *field, entry.value);
    if (record) require_points_in_range(reading, place, place.path->record, *record);
    if (points) require_points_in_range(reading, place, place.path->points, *points);
}

/// Whether a node says anew what the path is, so that an earlier source is no longer its source; a scale does not.
bool says_anew(const YamlNode& node) {
    return is_leaf(node) || node.find("shape") || node.find("points") || node.find("record");
}

}  // namespace

void read_path(Reading& reading, Place& place, const YamlNode& node) {
    reading.note(place.key, node.position);
    Annotation annotation;
    if (is_leaf(node)) {
        Field& level = *place.field("level");
        read_leaf(reading, place.key_of(level.key), level, node);
        imply_shape(reading, place, PathShape::constant);
    } else {
        read_path_mapping(reading, place, node);
        read_provenance(reading, place.key, node, annotation);
    }
    if (!annotation.empty())
        reading.annotations[place.key] = annotation;
    else if (says_anew(node))
        reading.annotations.erase(place.key);
}

}  // namespace multivector
