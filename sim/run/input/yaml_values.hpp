// Values of a YAML text that are one of some words, a number or a whole number.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "yaml_tree.hpp"

namespace multivector {

/// Position of the node's text among `names`. Throws InputError with the nearest.
std::size_t require_choice(const SourceText& source, const YamlNode& node, const std::string& key,
                           std::span<const std::string_view> names);

/// Throws InputError with the range.
double require_number(const SourceText& source, const YamlNode& node, const std::string& key, double low, double high);
std::uint64_t require_whole(const SourceText& source, const YamlNode& node, const std::string& key, double low,
                            double high);

/// Requires a mapping that is not empty, of `what`.
void require_map(const SourceText& source, const YamlNode& node, const std::string& key, const std::string& what);

}  // namespace multivector
