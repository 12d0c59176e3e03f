#include "yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <sstream>
#include <unordered_map>

#include "nearest.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

constexpr std::size_t deepest = 64, most_nodes = 200'000;
constexpr std::size_t largest = 2'000'000;  ///< bytes; yaml-cpp may take 300 times as much memory

Position position_of(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

class TreeBuilder : public YAML::EventHandler {
 public:
    explicit TreeBuilder(const SourceText& source) : source_(source) {}

    YamlNode take() {
        if (odd_key_) fail_at(source_, odd_key_->position, "a key must be a text, not " + odd_key_->described());
        return std::move(root_);
    }

    /// Where the innermost list or mapping begins that is not complete.
    Position unfinished() const { return open_.empty() ? Position{} : open_.back().node.position; }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(make(YamlNode::Kind::null, mark)); }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        fail_at(source_, position_of(mark), "aliases (*name) are not read here; write the value out");
    }

    void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
        fail_at(source_, position_of(mark), "anchors (&" + name + ") are not read here; write the value out");
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
        YamlNode node = make(YamlNode::Kind::scalar, mark);
        node.quoted = tag == "!";
        if (node.quoted)
            require_closed_quote(mark);
        else
            refuse_tag(mark, tag);
        if (!is_text(value)) fail_at(source_, position_of(mark), "a text with a control character");  // as an escape
        node.text = value;
        add(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        refuse_tag(mark, tag);
        open(make(YamlNode::Kind::list, mark));
    }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        refuse_tag(mark, tag);
        open(make(YamlNode::Kind::map, mark));
    }

    void OnSequenceEnd() override { close(); }

    void OnMapEnd() override {
        refuse_duplicates(open_.back().node);
        refuse_commas_in_numbers(open_.back().node);
        close();
    }

 private:
    struct Open {
        YamlNode node;
        std::optional<YamlNode> key;
    };

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
        if (!tag.empty() && tag != "?" && tag != "!")
            fail_at(source_, position_of(mark), "tags (!name) are not read here; leave it out");
    }

    /// The library takes a quote that is still open on the last line for closed, and with it all that stood between.
    void require_closed_quote(const YAML::Mark& mark) const {
        const std::string_view text = source_.text;
        auto at = static_cast<std::size_t>(mark.pos);
        const char quote = at < text.size() ? text[at] : ' ';
        if (quote != '\'' && quote != '"') return;
        for (++at; at < text.size(); ++at) {
            if (quote == '"' && text[at] == '\\')
                ++at;
            else if (text[at] == quote && (quote == '"' || text.substr(at + 1, 1) != "'"))
                return;
            else if (text[at] == quote)
                ++at;
        }
        fail_at(source_, position_of(mark), "this quote is never closed");
    }

    /// Inside braces "0,25" is a value and a further key.
    void refuse_commas_in_numbers(const YamlNode& map) const {
        const auto is_number = [](const YamlNode& node) {
            return node.kind == YamlNode::Kind::scalar && !node.quoted && parse_number(node.text);
        };
        for (std::size_t i = 1; i < map.entries.size(); ++i) {
            const YamlNode &before = map.entries[i - 1].value, &key = map.entries[i].key;
            const int after_comma = before.position.column + static_cast<int>(before.text.size()) + 1;
            if (map.entries[i].value.kind == YamlNode::Kind::null && is_number(before) && is_number(key) &&
                key.position.line == before.position.line && key.position.column == after_comma)
                fail_at(source_, before.position,
                        "a comma inside a number; write a decimal point, and nothing between thousands");
        }
    }

    void refuse_duplicates(const YamlNode& map) const {
        if (odd_key_) return;
        std::unordered_map<std::string_view, int> lines;
        for (const YamlEntry& entry : map.entries) {
            const auto [earlier, is_new] = lines.emplace(entry.key.text, entry.key.position.line);
            if (!is_new)
                fail_at(source_, entry.key.position,
                        "the key " + in_quotes(entry.key.text) + " is given twice; first on line " +
                            std::to_string(earlier->second));
        }
    }

    YamlNode make(YamlNode::Kind kind, const YAML::Mark& mark) {
        if (++nodes_ > most_nodes)
            fail_at(source_, position_of(mark), "more than " + std::to_string(most_nodes) + " values in one file");
        YamlNode node;
        node.kind = kind;
        node.position = position_of(mark);
        return node;
    }

    void open(YamlNode node) {
        if (open_.size() >= deepest)
            fail_at(source_, node.position, "nested deeper than " + std::to_string(deepest) + " levels");
        require_plain_key(node);
        open_.push_back({std::move(node), std::nullopt});
    }

    void close() {
        YamlNode node = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(node));
    }

    bool expects_key() const {
        return !open_.empty() && open_.back().node.kind == YamlNode::Kind::map && !open_.back().key;
    }

    /// Kept until the end: where a bracket is never closed the library first reports such a key.
    void require_plain_key(const YamlNode& node) {
        if (expects_key() && node.kind != YamlNode::Kind::scalar && !odd_key_) odd_key_ = node;
    }

    void add(YamlNode node) {
        require_plain_key(node);
        if (open_.empty()) {
            root_ = std::move(node);
        } else if (Open& parent = open_.back(); parent.node.kind == YamlNode::Kind::list) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.key) {
            parent.key = std::move(node);
        } else {
            if (node.kind == YamlNode::Kind::null) node.position = parent.key->position;  // "nothing" stands nowhere
            parent.node.entries.push_back({std::move(*parent.key), std::move(node)});
            parent.key.reset();
        }
    }

    const SourceText& source_;
    YamlNode root_;
    std::vector<Open> open_;
    std::optional<YamlNode> odd_key_;
    std::size_t nodes_ = 0;
};

/// What the library says, for people who write a scenario.
std::string in_plain_words(const std::string& message) {
    static const std::unordered_map<std::string, std::string> words{
        {"end of map flow not found", "this { is never closed"},
        {"end of sequence flow not found", "this [ is never closed"},
        {"illegal flow end", "this bracket closes none that is open"},
        {"illegal map value", "a colon after no key: a line indented too far, or a text that needs quotes"},
        {"illegal block entry", "a list (-) begins on a line of its own"},
        {"end of map not found", "this belongs to nothing above: a wrong indentation, or a quote closed too early"},
        {"end of sequence not found",
         "this belongs to nothing above: a wrong indentation, or a quote closed too early"},
        {"unknown token", "a text cannot begin with this character; put it in quotes"},
        {"the referenced anchor is not defined", "aliases (*name) are not read here; write the value out"},
    };
    const auto found = words.find(message);
    return "not valid YAML: " + (found == words.end() ? message : found->second);
}

/// Tabs are what YAML's own messages explain worst.
void refuse_tab_indentation(const SourceText& source, int last_line) {
    for (int number = 1; number <= last_line; ++number) {
        const std::string_view line = source.line(number);
        const std::size_t tab = line.substr(0, line.find_first_not_of(" \t")).find('\t');
        if (tab != std::string_view::npos && line.find_first_not_of(" \t") != std::string_view::npos)
            fail_at(source, {number, static_cast<int>(tab) + 1}, "indented with a tab; YAML wants spaces");
    }
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    for (const YamlEntry& entry : entries)
        if (entry.key.text == key) return &entry.value;
    return nullptr;
}

std::string YamlNode::described() const {
    switch (kind) {
        case Kind::null:
            return "nothing";
        case Kind::list:
            return "a list";
        case Kind::map:
            return "a mapping";
        case Kind::scalar:
            break;
    }
    return in_quotes(text);
}

YamlNode parse_yaml(const SourceText& source) {
    if (source.text.size() > largest) fail_at(source, {}, "larger than 2 MB");
    TreeBuilder builder(source);
    try {
        std::istringstream stream(source.text);
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        YamlNode root = builder.take();
        TreeBuilder rest(source);
        if (parser.HandleNextDocument(rest))
            fail_at(source, rest.take().position, "a second YAML document begins here; write one per file");
        return root;
    } catch (const YAML::Exception& error) {
        Position position = error.mark.is_null() ? Position{} : position_of(error.mark);
        refuse_tab_indentation(source, position.line);
        if (error.msg.ends_with("flow not found") && builder.unfinished().line > 0) position = builder.unfinished();
        fail_at(source, position, in_plain_words(error.msg));
    }
}

void require_keys(const SourceText& source, const YamlNode& node, std::string_view owner,
                  const std::vector<std::string>& allowed) {
    if (node.kind != YamlNode::Kind::map)
        fail_at(source, node.position,
                "'" + std::string(owner) + "' must be a mapping of keys, not " + node.described());
    for (const YamlEntry& entry : node.entries) {
        bool known = false;
        for (const std::string& key : allowed) known = known || key == entry.key.text;
        if (!known)
            fail_at(source, entry.key.position,
                    "unknown key " + in_quotes(entry.key.text) + " in '" + std::string(owner) + "'" +
                        suggestion(entry.key.text, allowed, "key"));
    }
}

const YamlNode& require_entry(const SourceText& source, const YamlNode& node, std::string_view owner,
                              std::string_view key) {
    const YamlNode* found = node.kind == YamlNode::Kind::map ? node.find(key) : nullptr;
    if (!found) fail_at(source, node.position, "'" + std::string(owner) + "' needs the key '" + std::string(key) + "'");
    return *found;
}

const std::string& require_text(const SourceText& source, const YamlNode& node, std::string_view owner) {
    if (node.kind != YamlNode::Kind::scalar)
        fail_at(source, node.position, "'" + std::string(owner) + "' must be a text, not " + node.described());
    return node.text;
}

}  // namespace multivector
