// How estimates read: text for people, and one table of them for everything else.
#pragma once

#include <ostream>
#include <vector>

#include "estimates.hpp"

namespace multivector {

enum class ReportFormat : std::uint8_t { text, json, markdown, csv };
template <>
inline constexpr std::array<std::string_view, 4> names_of<ReportFormat>{"text", "json", "markdown", "csv"};

/// What estimates are of, and what they say.
struct Report {
    std::string title;
    std::vector<std::string> words;
    std::vector<Estimate> estimates;
};

/// One row per estimate, its numbers as short as their bits allow; empty, or null, for what is missing. The title and
/// the sentences stand before them, but not in CSV, which is one table.
void write_report(std::ostream& out, const Report& report, ReportFormat format);

std::string title_of(const Design& design);

/// A design's estimates: what it is, sentences, the primary outcome beside the share, the map, and the rest where it
/// was asked for.
void print_design_report(std::ostream& out, const ResultFile& file, const std::vector<Estimate>& estimates);

/// Sentences on the primary outcome with the share beside it: what the effect is, what moderators do to it, through
/// what it runs, and whether placebos hold.
std::vector<std::string> in_plain_words(const Design& design, const std::vector<Estimate>& estimates);

/// Estimates of one outcome, each in another setting.
using Cells = std::vector<const Estimate*>;

/// Estimates of one outcome, quantity and scale, by axis and moderator, in the order of the first of each; placebos
/// apart where `placebos` says so.
std::vector<Cells> grouped(const std::vector<Estimate>& estimates, Standing standing, Quantity quantity, Scale scale,
                           bool placebos);

/// Groups of one outcome and moderator put together, whatever level the effect goes to.
std::vector<Cells> pooled(const std::vector<Cells>& groups);

}  // namespace multivector
