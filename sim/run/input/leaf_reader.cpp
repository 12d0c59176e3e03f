#include <algorithm>
#include <cmath>

#include "nearest.hpp"
#include "reading.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

std::string lower_case(std::string_view text) {
    std::string lowered(text);
    for (char& letter : lowered)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lowered;
}

std::string range_text(const Field& field) {
    return number_text(field.low) + " to " + number_text(field.high) + " (unit " + std::string(field.unit) + ")";
}

std::string list_of(std::span<const std::string_view> names) {
    std::string list;
    for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

std::string expectation(const Field& field) {
    if (field.is_switch()) return "on or off";
    if (field.kind == Kind::choice) return "one of " + list_of(field.names);
    return (field.kind == Kind::count ? "a whole number from " : "a number from ") + range_text(field);
}

[[noreturn]] void fail_kind(const Reading& reading, const std::string& key, const Field& field, const YamlNode& node) {
    std::string hint;
    if (field.kind == Kind::choice && node.kind == YamlNode::Kind::scalar) {
        const std::vector<std::string> names(field.names.begin(), field.names.end());
        if (const auto close = nearest(node.text, names)) hint = "; the nearest is '" + *close + "'";
    }
    const bool is_text = node.kind == YamlNode::Kind::scalar && node.quoted && field.kind != Kind::choice;
    reading.fail(node, "'" + key + "' must be " + expectation(field) + ", not " + (is_text ? "the quoted text " : "") +
                           node.described() + hint + ": " + std::string(field.meaning));
}

std::optional<double> parse_choice(const Field& field, std::string_view text) {
    if (field.is_switch()) return parse_switch(text);
    const auto found = std::find(field.names.begin(), field.names.end(), text);
    if (found == field.names.end()) return std::nullopt;
    return static_cast<double>(found - field.names.begin());
}

void read_range(const Reading& reading, const std::string& key, const Field& field, const YamlNode& node,
                Annotation& annotation) {
    if (field.kind == Kind::choice) reading.fail(node, "'" + key + "' is a choice and can have no range");
    if (node.kind != YamlNode::Kind::list || node.items.size() != 2)
        reading.fail(node, "the range of '" + key + "' must be a list of two numbers, [low, high], not " +
                               node.described() +
                               (node.kind == YamlNode::Kind::list ? " of " + std::to_string(node.items.size()) : ""));
    annotation.low = read_scalar(reading, key, field, node.items[0]);
    annotation.high = read_scalar(reading, key, field, node.items[1]);
    if (*annotation.low > *annotation.high)
        reading.fail(node, "the range of '" + key + "' is reversed; write the lower end first, [" +
                               number_text(*annotation.high) + ", " + number_text(*annotation.low) + "]");
    const double value = field.read();
    if (!(*annotation.low <= value && value <= *annotation.high))
        reading.fail(node, "the range of '" + key + "' must contain its value, " + number_text(value));
}

void read_recorded(Reading& reading, const std::string& key, Field& field, const YamlNode& node,
                   Annotation& annotation) {
    const SourceText& source = reading.source();
    const YamlNode& variable = *node.find("record");
    if (field.kind == Kind::choice) reading.fail(variable, "'" + key + "' is a choice and can have no record");
    if (variable.kind != YamlNode::Kind::scalar || !node.find("file") || !node.find("year"))
        reading.fail(variable, "'" + key + "' is a single value: its record is written {record: " +
                                   (variable.kind == YamlNode::Kind::scalar ? variable.text : "variable") +
                                   ", file: data.csv, year: 2017}");
    const CsvTable& table = reading.table(*node.find("file"));
    const YamlNode& year = *node.find("year");
    const std::string& name = variable.text;
    const std::string& year_text = require_text(source, year, key + ".year");
    const ValueRecord record = reading.at(variable, [&] { return read_value(table, name, year_text); });
    double value = record.value;
    if (const YamlNode* scale = node.find("scale")) {
        const auto factor =
            scale->kind == YamlNode::Kind::scalar && !scale->quoted ? parse_number(scale->text) : std::nullopt;
        if (!factor)
            reading.fail(*scale, "the scale of '" + key + "' must be a finite number, not " + scale->described());
        value *= *factor;
    }
    require_in_range(reading, key, field, value, variable);
    if (field.kind == Kind::count && value != std::floor(value))
        reading.fail(variable, "'" + key + "' must be a whole number, but the record gives " + number_text(value));
    field.write(value);
    annotation.source = record.source;
    annotation.quality = record.quality;
}

}  // namespace

std::optional<double> parse_switch(std::string_view text) {
    const std::string word = lower_case(text);
    if (word == "on" || word == "yes" || word == "true") return 1;
    if (word == "off" || word == "no" || word == "false") return 0;
    return std::nullopt;
}

void require_in_range(const Reading& reading, const std::string& key, const Field& field, double value,
                      const YamlNode& node) {
    if (field.low <= value && value <= field.high) return;
    reading.fail(node, "'" + key + "' is " + number_text(value) + ", outside " + range_text(field) + ": " +
                           std::string(field.meaning));
}

double read_scalar(const Reading& reading, const std::string& key, const Field& field, const YamlNode& node) {
    if (node.kind != YamlNode::Kind::scalar) fail_kind(reading, key, field, node);
    const bool is_choice = field.kind == Kind::choice;
    const auto value = is_choice     ? parse_choice(field, node.text)
                       : node.quoted ? std::nullopt
                                     : parse_number(node.text);
    if (!value || (field.kind == Kind::count && *value != std::floor(*value))) fail_kind(reading, key, field, node);
    require_in_range(reading, key, field, *value, node);
    return *value;
}

void read_provenance(const Reading& reading, const std::string& key, const YamlNode& node, Annotation& annotation) {
    if (const YamlNode* source = node.find("source"))
        annotation.source = require_text(reading.source(), *source, key + ".source");
    const YamlNode* quality = node.find("quality");
    if (!quality) return;
    annotation.quality = require_text(reading.source(), *quality, key + ".quality");
    if (std::find(qualities.begin(), qualities.end(), annotation.quality) == qualities.end())
        reading.fail(*quality, "a quality must be verified, recalled or assumed, not " + quality->described());
}

void read_leaf(Reading& reading, const std::string& key, Field& field, const YamlNode& node) {
    reading.note(key, node.position);
    Annotation annotation;
    if (node.kind != YamlNode::Kind::map) {
        field.write(read_scalar(reading, key, field, node));
    } else {
        require_keys(reading.source(), node, key,
                     {"value", "source", "range", "quality", "record", "file", "year", "scale"});
        const bool recorded = node.find("record") != nullptr;
        if (recorded && node.find("value")) reading.fail(node, "'" + key + "' has both a value and a record; give one");
        for (const std::string_view belongs : {"file", "year", "scale"})
            if (const YamlNode* stray = node.find(belongs); stray && !recorded)
                reading.fail(*stray, "'" + key + "' has '" + std::string(belongs) + "' but no 'record'");
        if (recorded)
            read_recorded(reading, key, field, node, annotation);
        else
            field.write(read_scalar(reading, key, field, require_entry(reading.source(), node, key, "value")));
        read_provenance(reading, key, node, annotation);
        if (const YamlNode* range = node.find("range")) read_range(reading, key, field, *range, annotation);
    }
    if (annotation.empty())
        reading.annotations.erase(key);
    else
        reading.annotations[key] = annotation;
}

}  // namespace multivector
