// How estimates read: text for people, and one table of them for everything else.
#pragma once

#include <ostream>
#include <vector>

#include "estimates.hpp"

namespace multivector {

enum class ReportFormat : std::uint8_t { text, json, markdown, csv };
template <>
inline constexpr std::array<std::string_view, 4> names_of<ReportFormat>{"text", "json", "markdown", "csv"};

/// One row per estimate, its numbers as short as their bits allow; empty, or null, for what is missing.
void write_estimates(std::ostream& out, const std::vector<Estimate>& estimates, ReportFormat format);

/// A design's estimates: what it is, the primary outcome with what stands beside it, the rest, and a sentence.
void print_design_report(std::ostream& out, const ResultFile& file, const std::vector<Estimate>& estimates);

/// One sentence on the primary outcome: what the moderator does to the effect, and where the sign is open.
std::vector<std::string> in_plain_words(const std::vector<Estimate>& estimates);

}  // namespace multivector
