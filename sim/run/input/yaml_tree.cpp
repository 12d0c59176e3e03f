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

Position position_of(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

class TreeBuilder : public YAML::EventHandler {
 public:
    explicit TreeBuilder(const SourceText& source) : source_(source) {}

    YamlNode take() { return std::move(root_); }

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
        if (!node.quoted) refuse_tag(mark, tag);
        for (const char letter : value)  // they come as escapes: "\0"
            if (static_cast<unsigned char>(letter) < 0x20 && letter != '\n' && letter != '\t')
                fail_at(source_, position_of(mark), "a text with a control character");
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

    void refuse_duplicates(const YamlNode& map) const {
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

    void require_plain_key(const YamlNode& node) const {
        if (expects_key() && node.kind != YamlNode::Kind::scalar)
            fail_at(source_, node.position, "a key must be a text, not " + node.described());
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
    std::size_t nodes_ = 0;
};

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
        fail_at(source, error.mark.is_null() ? Position{} : position_of(error.mark), "not valid YAML: " + error.msg);
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
