// YAML as a plain tree in which every node knows where it stands.
//
// Built from yaml-cpp's events, not its nodes: so duplicate keys, aliases and depth are caught while parsing, and
// nothing a text says can expand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "input_error.hpp"

namespace multivector {

struct YamlEntry;

struct YamlNode {
    enum class Kind { null, scalar, list, map };
    Kind kind = Kind::null;
    Position position;
    std::string text;     ///< of a scalar
    bool quoted = false;  ///< whether the scalar was written in quotes, and so is text whatever it looks like
    std::vector<YamlNode> items;
    std::vector<YamlEntry> entries;  ///< in the order of the text; keys are scalars and occur once

    const YamlNode* find(std::string_view key) const;
    /// "a mapping", "a list", "nothing", or the scalar in quotes: for messages.
    std::string described() const;
};

struct YamlEntry {
    YamlNode key, value;
};

/// Parses one document. Throws InputError for what is not YAML, a second document, a duplicate key, a key that is not a
/// plain text, an anchor, alias or tag, nesting deeper than 64, more than 200,000 nodes and more than 2 MB.
YamlNode parse_yaml(const SourceText& source);

/// Requires a mapping with no keys but these; `owner` is what it is called in messages.
void require_keys(const SourceText& source, const YamlNode& node, std::string_view owner,
                  const std::vector<std::string>& allowed);

/// Requires an entry `key` of the mapping and returns it.
const YamlNode& require_entry(const SourceText& source, const YamlNode& node, std::string_view owner,
                              std::string_view key);

/// Requires text: any scalar.
const std::string& require_text(const SourceText& source, const YamlNode& node, std::string_view owner);

}  // namespace multivector
