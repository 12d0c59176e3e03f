// Column names that R, Python, Julia, SPSS and Stata all take.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace multivector {

inline constexpr std::size_t longest_tidy_name = 32;  ///< characters; Stata's limit

/// Letters, digits and underscores, at most 32 characters, no digit first. Of a dotted key the last parts say most: as
/// many as fit are kept, so partners.China.connectivity.transit.scale becomes China_connectivity_transit_scale. Letters
/// of other scripts stay.
std::string tidy_name(std::string_view key);

/// tidy_name, with _2, _3, ... when that is taken; takes it.
std::string tidy_name(std::string_view key, std::set<std::string>& taken);

/// Name of a variable in the table of its dimension, which says "by partner" itself: net_gain_by_partner is net_gain.
std::string name_in_table(const std::string& name, const std::string& dimension);

}  // namespace multivector
