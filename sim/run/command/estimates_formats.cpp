// Estimates as one table, for programs and for papers.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>

#include "codebook.hpp"
#include "csv_file.hpp"
#include "estimates_report.hpp"
#include "estimates_words.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

struct Cell {
    std::string name, text;
    bool number;
};

std::vector<Cell> cells_of(const Estimate& estimate) {
    const auto number = [](const char* what, const std::optional<double>& value) {
        return Cell{what, value && std::isfinite(*value) ? number_text(*value) : "", true};
    };
    const auto& interval = estimate.interval;
    return {{"quantity", name(estimate.quantity), false},
            {"scale", name(estimate.scale), false},
            {"standing", name(estimate.standing), false},
            {"outcome", estimate.outcome, false},
            {"unit", estimate.scale == Scale::logs ? "1" : estimate.unit, false},
            {"axis", estimate.of.axis, false},
            {"from", estimate.of.from, false},
            {"to", estimate.of.to, false},
            {"by", estimate.by.axis, false},
            {"by_from", estimate.by.from, false},
            {"by_to", estimate.by.to, false},
            {"at", said(estimate.at), false},
            {"n", std::to_string(estimate.n), true},
            {"dropped", std::to_string(estimate.dropped), true},
            number("point", estimate.point),
            number("low", interval ? std::optional(interval->first) : std::nullopt),
            number("high", interval ? std::optional(interval->second) : std::nullopt),
            number("p", estimate.p),
            number("p_holm", estimate.holm),
            number("unmoved", estimate.unmoved.point),
            number("moved", estimate.moved.point),
            {"change", change_of(estimate), false},
            number("correlation", estimate.correlation),
            number("variance_ratio", estimate.variance_ratio),
            {"size", name(estimate.size), false},
            {"placebo", estimate.placebo ? "yes" : "no", false}};
}

/// Axes at which some estimate stands, in the order of the first.
std::vector<std::string> axes_of(const std::vector<Estimate>& estimates) {
    std::vector<std::string> axes;
    for (const Estimate& estimate : estimates)
        for (const auto& level : estimate.at)
            if (std::find(axes.begin(), axes.end(), level.first) == axes.end()) axes.push_back(level.first);
    return axes;
}

/// The level of an axis; "mean" where the estimate is the mean over it, empty where the estimate is not about it.
std::string level_of(const Estimate& estimate, const std::string& axis) {
    for (const auto& [name, level] : estimate.at)
        if (name == axis) return level.empty() ? "mean" : level;
    return "";
}

/// The cells, and the levels of `at` by axis.
void write_json(std::ostream& out, const Report& report) {
    YAML::Emitter emitter;
    emitter.SetMapFormat(YAML::Flow);
    emitter.SetSeqFormat(YAML::Flow);
    emitter.SetStringFormat(YAML::DoubleQuoted);
    emitter.SetNullFormat(YAML::LowerNull);
    emitter.SetOutputCharset(YAML::EscapeAsJson);
    emitter << YAML::BeginMap << YAML::Key << "title" << YAML::Value << report.title << YAML::Key << "words"
            << YAML::Value << report.words << YAML::Key << "estimates" << YAML::Value << YAML::BeginSeq;
    for (const Estimate& estimate : report.estimates) {
        emitter << YAML::BeginMap;
        for (const Cell& cell : cells_of(estimate)) {
            emitter << YAML::Key << cell.name << YAML::Value;
            if (!cell.number)
                emitter << cell.text;
            else if (cell.text.empty())
                emitter << YAML::Auto << YAML::Null;
            else
                emitter << YAML::Auto << cell.text;
        }
        emitter << YAML::Key << "levels" << YAML::Value << YAML::BeginMap;
        for (const auto& [axis, level] : estimate.at) emitter << YAML::Key << axis << YAML::Value << level;
        emitter << YAML::EndMap << YAML::EndMap;
    }
    emitter << YAML::EndSeq << YAML::EndMap;
    out << emitter.c_str() << '\n';
}

void write_csv(std::ostream& out, const std::vector<Estimate>& estimates) {
    std::vector<std::string> header;
    for (const Cell& cell : cells_of({})) header.push_back(cell.name);
    const std::vector<std::string> axes = axes_of(estimates);
    for (const std::string& axis : axes) header.push_back("at." + axis);
    out << csv_line(header) << '\n';
    for (const Estimate& estimate : estimates) {
        std::vector<std::string> line;
        for (const Cell& cell : cells_of(estimate)) line.push_back(cell.text);
        for (const std::string& axis : axes) line.push_back(level_of(estimate, axis));
        out << csv_line(line) << '\n';
    }
}

void write_markdown(std::ostream& out, const Report& report) {
    Codebook book{report.title,
                  {"standing", "outcome", "quantity", "of", "by", "at", "n", "dropped", "estimate", "95% interval",
                   "unit", "p", "p (Holm)", "change", "size", "correlation", "variance ratio"},
                  {}};
    for (const Estimate& e : report.estimates)
        book.rows.push_back({name(e.standing), e.outcome + (e.scale == Scale::logs ? " (logs)" : ""), name(e.quantity),
                             e.of.said(), e.by.said(), said(e.at), std::to_string(e.n), std::to_string(e.dropped),
                             said(e.point), interval_text(e), e.scale == Scale::logs ? "1" : e.unit, p_text(e.p),
                             p_text(e.holm), change_of(e), name(e.size), said(e.correlation), said(e.variance_ratio)});
    write_markdown(out, book);
    if (!report.words.empty()) out << '\n';
    for (const std::string& sentence : report.words) out << "- " << sentence << '\n';
}

}  // namespace

void write_report(std::ostream& out, const Report& report, ReportFormat format) {
    if (format == ReportFormat::json) return write_json(out, report);
    format == ReportFormat::csv ? write_csv(out, report.estimates) : write_markdown(out, report);
}

}  // namespace multivector
