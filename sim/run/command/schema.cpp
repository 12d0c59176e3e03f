// The JSON schema of scenario files (draft 7, which the editors know).
#include <ostream>

#include "codebook.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

std::string json_text(std::string_view text) {
    std::string written = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') written += '\\';
        written += letter;
    }
    return written + "\"";
}

std::string names_list(const Field& field) {
    std::string list;
    for (const std::string_view name : field.names) list += (list.empty() ? "" : ", ") + json_text(name);
    return list + (field.is_switch() ? ", true, false, \"yes\", \"no\"" : "");
}

/// What a scalar of the field may be.
std::string scalar_schema(const Field& field) {
    if (field.kind == Kind::choice) return "{\"enum\": [" + names_list(field) + "]}";
    return std::string("{\"type\": \"") + (field.kind == Kind::count ? "integer" : "number") +
           "\", \"minimum\": " + number_text(field.low) + ", \"maximum\": " + number_text(field.high) + "}";
}

/// A scalar, or a mapping that says more about it: its value then has the same range.
std::string leaf_schema(const Field& field) {
    const bool quoted = field.kind == Kind::choice;
    const std::string note = std::string(field.meaning) + " [" + std::string(field.unit) + "]",
                      scalar = scalar_schema(field);
    return "{\"anyOf\": [" + scalar +
           ", {\"allOf\": [{\"$ref\": \"#/definitions/annotated\"}, {\"properties\": {\"value\": " + scalar +
           "}}]}], \"default\": " + (quoted ? json_text(value_text(field)) : value_text(field)) +
           ", \"description\": " + json_text(note) + "}";
}

class SchemaWriter {
 public:
    explicit SchemaWriter(std::ostream& out) : out_(out) {}

    void write_place(const Place& place, const std::string& more) {
        out_ << "{";
        write_members(place, more);
    }

    /// The place without its opening brace.
    void write_members(const Place& place, const std::string& more) {
        out_ << "\"type\": [\"object\", \"null\"], ";
        if (place.names_actors) {
            const bool actor = place.key.find('.') == std::string::npos;
            out_ << "\"additionalProperties\": ";
            write_place(*place.children.front(), actor ? actor_properties(*place.children.front()) : "");
            out_ << "}";
            return;
        }
        out_ << "\"additionalProperties\": false, \"properties\": {" << more;
        std::string comma = more.empty() ? "" : ", ";
        for (const Field& field : place.fields) {
            out_ << comma << "\n" << json_text(field.key) << ": " << leaf_schema(field);
            comma = ", ";
        }
        for (const auto& child : place.children) {
            out_ << comma << "\n" << json_text(child->name) << ": ";
            child->path ? write_path(*child) : write_place(*child, "");
            comma = ", ";
        }
        out_ << "}}";
    }

 private:
    void write_path(const Place& place) {
        out_ << "{\"anyOf\": [{\"type\": \"number\"}, {\"$ref\": \"#/definitions/annotated\"}, ";
        write_place(place, path_properties());
        out_ << "]}";
    }

    static std::string path_properties() {
        return R"("record": {"type": "object"}, "source": {"type": "string"}, "quality": {"$ref": "#/definitions/quality"}, )"
               R"("points": {"type": "object", "additionalProperties": {"type": "number"}})";
    }

    /// `new`, and the short forms such as `endowment: {energy: 1}`.
    static std::string actor_properties(const Place& actor) {
        std::string text = R"("new": {"enum": ["yes", "no", "on", "off", true, false]})";
        for (const auto& group : actor.children)
            if (group->names_actors)
                for (const Field& field : group->children.front()->fields)
                    text += ", " + json_text(field.key) +
                            ": {\"type\": \"object\", \"additionalProperties\": " + leaf_schema(field) + "}";
        return text;
    }

    std::ostream& out_;
};

}  // namespace

void write_schema(std::ostream& out) {
    Scenario scenario = generic_scenario();
    Place places = make_places(scenario);
    out << R"({"$schema": "http://json-schema.org/draft-07/schema#", "title": "Multivector scenario",
"definitions": {
"quality": {"enum": ["verified", "recalled", "assumed"]},
"annotated": {"type": "object", "additionalProperties": false, "properties": {
  "value": {}, "record": {"type": "string"}, "file": {"type": "string"}, "year": {"type": ["integer", "string"]},
  "scale": {"type": "number"}, "source": {"type": "string"}, "quality": {"$ref": "#/definitions/quality"},
  "range": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}},
  "oneOf": [{"required": ["value"]}, {"required": ["record", "file", "year"]}]}},
)";
    SchemaWriter(out).write_members(
        places,
        R"("title": {"type": "string"}, "extends": {"type": "string"}, "borders": {"type": ["object", "array"]})");
    out << "\n";
}

}  // namespace multivector
