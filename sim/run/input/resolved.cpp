// Writes a scenario out whole.
#include <algorithm>

#include "reading.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

/// Text in double quotes, as YAML escapes it.
std::string yaml_text(std::string_view text) {
    std::string written = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') written += '\\';
        if (letter == '\n')
            written += "\\n";
        else if (letter == '\t')
            written += "\\t";
        else
            written += letter;
    }
    return written + "\"";
}

class ResolvedWriter {
 public:
    explicit ResolvedWriter(const Annotations& annotations, LeafSpans* spans = nullptr)
        : annotations_(annotations), spans_(spans) {}

    void write(const Scenario& scenario) {
        Scenario copy = scenario;  // places can write, so they want a scenario of their own
        out_ += "title: " + yaml_text(copy.title) + "\n";
        Place root = make_places(copy);
        write_block(root, 0);
        write_borders(copy);
    }

    std::string take() { return std::move(out_); }

    std::string leaf_text(const std::string& key, const Field& field) const {
        const std::string more = annotation_text(key);
        return more.empty() ? value_text(field) : "{value: " + value_text(field) + more + "}";
    }

 private:
    void write_block(const Place& place, std::size_t depth) {
        for (const Field& field : place.fields) {
            if (place.path && !field.acts_under(place.shape())) continue;  // a scenario file must not say what is idle
            indent(depth);
            out_ += std::string(field.key) + ": ";
            const std::string key = place.key_of(field.key), text = leaf_text(key, field);
            if (spans_ && !(place.path && field.key == "shape"))
                spans_->emplace(key, std::pair(out_.size(), out_.size() + text.size()));
            out_ += text + "\n";
        }
        if (place.path) write_points(place, depth);
        for (const auto& child : place.children) {
            indent(depth);
            out_ += (place.names_actors ? yaml_text(child->name) : child->name) + ":";
            const bool empty = child->fields.empty() && child->children.empty();
            out_ += empty ? " {}\n" : "\n";
            write_block(*child, depth + 1);
        }
    }

    void write_points(const Place& place, std::size_t depth) {
        if (!place.path->record.empty()) {
            indent(depth);
            out_ +=
                "record: {points: " + points_text(place.path->record) + annotation_text(place.key + ".record") + "}\n";
        }
        if (!place.path->points.empty()) {
            indent(depth);
            out_ += "points: " + points_text(place.path->points) + "\n";
        }
        const auto found = annotations_.find(place.key);
        if (found == annotations_.end()) return;
        for (const auto& [key, text] :
             {std::pair{"source", found->second.source}, {"quality", found->second.quality}}) {
            if (text.empty()) continue;
            indent(depth);
            out_ += std::string(key) + ": " + yaml_text(text) + "\n";
        }
    }

    void write_borders(const Scenario& scenario) {
        std::string pairs;
        for (const auto& [first, second] : scenario.borders)
            pairs += (pairs.empty() ? "[" : ", [") + yaml_text(scenario.regions[static_cast<std::size_t>(first)].name) +
                     ", " + yaml_text(scenario.regions[static_cast<std::size_t>(second)].name) + "]";
        out_ += "borders: {pairs: [" + pairs + "]" + annotation_text("borders") + "}\n";
    }

    static std::string value_text(const Field& field) {
        const double value = field.read();
        return field.kind == Kind::choice ? std::string(field.names[static_cast<std::size_t>(value)])
                                          : number_text(value);
    }

    std::string annotation_text(const std::string& key) const {
        const auto found = annotations_.find(key);
        if (found == annotations_.end()) return "";
        const Annotation& note = found->second;
        std::string text;
        if (!note.source.empty()) text += ", source: " + yaml_text(note.source);
        if (note.low && note.high) text += ", range: [" + number_text(*note.low) + ", " + number_text(*note.high) + "]";
        if (!note.quality.empty()) text += ", quality: " + note.quality;
        return text;
    }

    static std::string points_text(const Series& points) {
        std::string text;
        for (const auto& [year, value] : points)
            text += (text.empty() ? "{" : ", ") + number_text(year) + ": " + number_text(value);
        return text + "}";
    }

    void indent(std::size_t depth) { out_.append(2 * depth, ' '); }

    const Annotations& annotations_;
    LeafSpans* spans_;
    std::string out_;
};

}  // namespace

std::string resolved_text(const Scenario& scenario, const Annotations& annotations, LeafSpans* spans) {
    ResolvedWriter writer(annotations, spans);
    writer.write(scenario);
    return writer.take();
}

std::string resolved_leaf(const std::string& key, const Field& field, const Annotations& annotations) {
    return ResolvedWriter(annotations).leaf_text(key, field);
}

}  // namespace multivector
