#include "scenario_reader.hpp"

#include <algorithm>
#include <deque>

#include "text_file.hpp"
#include "world.hpp"

namespace multivector {
namespace {

namespace fs = std::filesystem;

struct Document {
    fs::path file;
    SourceText source;
    YamlNode root;

    const YamlNode* extends() const { return root.kind == YamlNode::Kind::map ? root.find("extends") : nullptr; }
};

fs::path identity_of(const fs::path& file) {
    std::error_code ignored;
    const fs::path real = fs::weakly_canonical(file, ignored);
    return real.empty() ? file.lexically_normal() : real;
}

Document document_of(const fs::path& file, SourceText source) {
    Document document{file, std::move(source), {}};
    document.root = parse_yaml(document.source);
    return document;
}

/// The file that a document extends.
Document read_extended(const Document& document, const std::deque<Document>& chain) {
    const YamlNode& node = *document.extends();
    const std::string& name = require_text(document.source, node, "extends");
    if (name.empty()) fail_at(document.source, node.position, "'extends' names no file");
    const fs::path file = (document.file.parent_path() / name).lexically_normal();
    for (const Document& other : chain)
        if (identity_of(other.file) == identity_of(file))
            fail_at(document.source, node.position,
                    in_quotes(name) + " extends this file in turn; a chain of scenarios must have an end");
    try {
        return document_of(file, read_text_file(file));
    } catch (const InputError& error) {
        if (error.line() != 0) throw;
        fail_at(document.source, node.position, "cannot extend " + error.file() + ": " + error.message());
    }
}

/// The document and those it extends, itself first.
std::deque<Document> read_chain(Document first) {
    std::deque<Document> chain;
    chain.push_back(std::move(first));
    while (chain.back().extends()) chain.push_back(read_extended(chain.back(), chain));
    return chain;
}

std::string verbatim_text(const std::deque<Document>& chain) {
    const fs::path folder = fs::absolute(chain.front().file).parent_path();
    std::string text;
    for (const Document& document : chain) {
        const fs::path relative =
            fs::absolute(document.file).lexically_normal().lexically_relative(folder.lexically_normal());
        text += "# " + relative.generic_string() + "\n" + document.source.text;
        if (text.back() != '\n') text += '\n';
    }
    return text;
}

/// Lets the model judge the scenario as a whole. Its complaint begins with a key.
void validate(const Reading& reading, const SourceText& file, const Scenario& scenario) {
    try {
        prepare(scenario);
    } catch (const std::invalid_argument& error) {
        const std::string message = error.what();
        const std::string key = message.substr(0, message.find(": "));
        reading.fail_about(key, file, message);
    }
}

/// Refuses a value that the user has just given and that cannot act: a path's level while its shape is historical.
void refuse_idle(const Reading& reading, const SourceText& file, const std::deque<SourceText>& assignments,
                 Place& root) {
    const auto is_set = [&](const SourceText* giver) {
        return std::any_of(assignments.begin(), assignments.end(),
                           [&](const SourceText& set) { return giver == &set; });
    };
    for_each_field(root, [&](const std::string& key, Place& place, Field& field) {
        if (!place.path) return;
        const std::string_view shape = place.shape();
        const SourceText* giver = reading.giver_of(key);
        if (field.key == "level" && !giver && reading.giver_of(place.key_of("shape")) && field.acts_under(shape))
            reading.fail_about(
                place.key_of("shape"), file,
                "'" + place.key + "' is " + std::string(shape) + ", but has no level; give '" + key + "'");
        const bool just_given = is_set(giver) || (giver == &file && !is_set(reading.giver_of(place.key_of("shape"))));
        if (!just_given || field.acts_under(shape)) return;
        reading.fail_about(key, file,
                           "'" + key + "' has no effect while '" + place.key + ".shape' is " + std::string(shape) +
                               "; give the shape as well (" + std::string(field.active_when) + ")");
    });
}

/// Applies assignments, in their order, and refuses what was just given and cannot act.
/// Errors may point into `assignments` as long as the reading goes on.
void apply(Reading& reading, const SourceText& file, const std::vector<std::string>& sets,
           std::deque<SourceText>& assignments, Scenario& scenario) {
    Place root = make_places(scenario);
    for (const std::string& set : sets)
        read_assignment(reading, root, assignments.emplace_back(SourceText{"--set", set}));
    refuse_idle(reading, file, assignments, root);
}

LoadedScenario load(Document first, const std::vector<std::string>& sets) {
    const std::deque<Document> chain = read_chain(std::move(first));
    LoadedScenario loaded;
    Reading reading;
    for (auto document = chain.rbegin(); document != chain.rend(); ++document) {
        reading.begin(document->source, document->file.parent_path());
        read_document(reading, loaded.scenario, document->root, document->extends() != nullptr);
    }
    std::deque<SourceText> assignments;
    apply(reading, chain.front().source, sets, assignments, loaded.scenario);
    validate(reading, chain.front().source, loaded.scenario);
    loaded.verbatim = verbatim_text(chain);
    loaded.resolved = resolved_text(loaded.scenario, reading.annotations);
    loaded.annotations = std::move(reading.annotations);
    return loaded;
}

}  // namespace

LoadedScenario load_scenario(const fs::path& file, const std::vector<std::string>& sets) {
    return load(document_of(file, read_text_file(file)), sets);
}

LoadedScenario load_scenario_text(std::string_view text, const fs::path& file, const std::vector<std::string>& sets) {
    return load(document_of(file, clean_text(file.string(), text)), sets);
}

ResolvedScenario::ResolvedScenario(std::string_view text, const std::string& name) : source_(clean_text(name, text)) {
    const YamlNode root = parse_yaml(source_);
    reading_.begin(source_, std::nullopt);
    if (const YamlNode* extends = root.find("extends"))
        reading_.fail(*extends, "a resolved scenario stands alone; it can name no file");
    read_document(reading_, scenario_, root, false);
}

LoadedScenario ResolvedScenario::with(const std::vector<std::string>& sets) const {
    LoadedScenario loaded;
    loaded.scenario = scenario_;
    Reading reading = reading_;
    std::deque<SourceText> assignments;
    apply(reading, source_, sets, assignments, loaded.scenario);
    validate(reading, source_, loaded.scenario);
    loaded.verbatim = source_.text;
    loaded.resolved = resolved_text(loaded.scenario, reading.annotations);
    loaded.annotations = std::move(reading.annotations);
    return loaded;
}

LoadedScenario load_resolved(std::string_view text, const std::string& name, const std::vector<std::string>& sets) {
    return ResolvedScenario(text, name).with(sets);
}

Scenario load_resolved_text(std::string_view text, const std::string& name) {
    return load_resolved(text, name).scenario;
}

void apply_assignment(Scenario& scenario, const std::string& assignment) {
    Reading reading;
    const SourceText source{"--set", assignment};
    Place root = make_places(scenario);
    read_assignment(reading, root, source);
}

}  // namespace multivector
