#include "reading.hpp"

#include "text_file.hpp"

namespace multivector {

void Reading::begin(const SourceText& source, std::optional<std::filesystem::path> folder) {
    source_ = &source;
    folder_ = std::move(folder);
}

void Reading::note(const std::string& key, Position position) {
    const auto [found, is_new] = locations_.emplace(key, Location{source_, position});
    if (is_new) return;
    if (found->second.source == source_)
        fail_at(*source_, position,
                "'" + key + "' is given twice; first on line " + std::to_string(found->second.position.line));
    found->second = {source_, position};
}

void Reading::note_assignment(const std::string& key, const SourceText& assignment) {
    const auto [earlier, is_new] = assignments_.emplace(key, assignment.text);
    if (!is_new) fail_at(assignment, {1, 1}, "'" + key + "' is set twice; first by " + in_quotes(earlier->second));
}

const SourceText* Reading::giver_of(const std::string& key) const {
    const auto found = locations_.find(key);
    return found == locations_.end() ? nullptr : found->second.source;
}

void Reading::fail_about(const std::string& key, const SourceText& file, const std::string& message) const {
    for (std::string place = key; !place.empty();) {
        const auto found = locations_.find(place);
        if (found != locations_.end()) fail_at(*found->second.source, found->second.position, message);
        const std::size_t dot = place.rfind('.');
        place.resize(dot == std::string::npos ? 0 : dot);
    }
    fail_at(file, {}, message);
}

const CsvTable& Reading::table(const YamlNode& file) {
    if (!folder_) fail(file, "a resolved scenario stands alone; it can name no file");
    const std::string& name = require_text(*source_, file, "file");
    if (name.empty()) fail(file, "'file' names no file");
    return at(file, [&]() -> const CsvTable& { return csv_.get((*folder_ / name).lexically_normal()); });
}

}  // namespace multivector
