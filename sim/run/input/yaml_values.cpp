#include "yaml_values.hpp"

#include <algorithm>
#include <cmath>

#include "nearest.hpp"
#include "text_file.hpp"

namespace multivector {

std::size_t require_choice(const SourceText& source, const YamlNode& node, const std::string& key,
                           std::span<const std::string_view> names) {
    const std::string& text = require_text(source, node, key);
    const auto found = std::find(names.begin(), names.end(), text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    const std::vector<std::string> all(names.begin(), names.end());
    fail_at(source, node.position, "'" + key + "' cannot be " + in_quotes(text) + suggestion(text, all, key));
}

double require_number(const SourceText& source, const YamlNode& node, const std::string& key, double low, double high) {
    const auto value = parse_number(require_text(source, node, key));
    if (!value || *value < low || *value > high)
        fail_at(source, node.position,
                "'" + key + "' must be a number from " + number_text(low) + " to " + number_text(high));
    return *value;
}

std::uint64_t require_whole(const SourceText& source, const YamlNode& node, const std::string& key, double low,
                            double high) {
    const double value = require_number(source, node, key, low, high);
    if (value != std::floor(value)) fail_at(source, node.position, "'" + key + "' must be a whole number");
    return static_cast<std::uint64_t>(value);
}

void require_map(const SourceText& source, const YamlNode& node, const std::string& key, const std::string& what) {
    if (node.kind != YamlNode::Kind::map || node.entries.empty())
        fail_at(source, node.position, "'" + key + "' must be a mapping of " + what + ", not " + node.described());
}

}  // namespace multivector
