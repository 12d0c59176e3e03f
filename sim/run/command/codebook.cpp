#include "codebook.hpp"

#include <algorithm>
#include <cmath>

#include "commands.hpp"
#include "counterfactuals.hpp"
#include "solutions.hpp"
#include "text_file.hpp"
#include "tick.hpp"
#include "value_sources.hpp"

namespace multivector {
namespace {

constexpr std::string_view money_unit = "USD billion at 2020 prices";

std::string limits(double low, double high) {
    const auto side = [](double value) {
        return value <= -no_limit ? std::string("-inf") : value >= no_limit ? std::string("inf") : number_text(value);
    };
    return side(low) + " to " + side(high);
}

/// A limit as text, empty when there is none.
std::string limit(double value) { return std::abs(value) >= no_limit ? "" : number_text(value); }

/// Counts and positions begin at 0: what is below means missing, and no reader sees it.
template <class Column>
double lowest(const Column& column) {
    return column.kind == Kind::count ? std::max(column.low, 0.0) : column.low;
}

constexpr std::string_view shape_name(Shape shape) {
    constexpr std::array<std::string_view, 4> names{"tick", "partner", "sector", "region"};
    return names[static_cast<std::size_t>(shape)];
}

constexpr std::string_view summary_name(Summary summary) {
    constexpr std::array<std::string_view, 6> names{"sum", "mean", "final", "maximum", "ratio", "against other runs"};
    return names[static_cast<std::size_t>(summary)];
}

template <class Rows>
Codebook column_codebook(const std::string& table, const Rows& columns) {
    Codebook book{"Columns of /" + table, {"column", "symbol", "values", "unit", "meaning"}, {}};
    for (const auto& column : columns) {
        std::string values;
        for (const std::string_view name : column.names) values += (values.empty() ? "" : ", ") + std::string(name);
        if (column.names.empty()) values = limits(lowest(column), column.high);
        const auto [meaning, unit] = unit_apart(column.meaning, column.unit);
        book.rows.push_back({std::string(column.key), std::string(column.symbol), values, unit, meaning});
    }
    return book;
}

template <class Rows>
void add_columns(Codebook& book, const std::string& table, const Rows& columns) {
    for (const auto& column : columns) {
        std::string values;
        for (const std::string_view name : column.names) values += (values.empty() ? "" : "; ") + std::string(name);
        const bool choice = !column.names.empty();
        const auto [meaning, unit] = unit_apart(column.meaning, column.unit);
        book.rows.push_back({table, std::string(column.key), "", "", unit, choice ? "" : limit(lowest(column)),
                             choice ? "" : limit(column.high), values, std::string(column.symbol), meaning, ""});
    }
}

std::string axioms_text(unsigned axioms) {
    std::string list;
    for (std::size_t bit = 0; bit < axiom_names.size(); ++bit)
        if (axioms & (1u << bit)) list += (list.empty() ? "" : ", ") + std::string(axiom_names[bit]);
    return list;
}

}  // namespace

MeaningAndUnit unit_apart(std::string_view meaning, std::string_view unit) {
    const std::size_t open = meaning.find(" [USD"), close = meaning.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos)
        return {std::string(meaning), std::string(unit)};
    std::string said(meaning.substr(open + 2, close - open - 2)), rest(meaning.substr(0, open));
    if (said.find("prices") == std::string::npos) said += " at 2020 prices";
    return {rest.append(meaning.substr(close + 1)), said};
}

Scenario generic_scenario() {
    Scenario scenario;
    for (const ActorList& list : actor_lists) list.add(scenario, std::string(generic_name));
    return scenario;
}

std::string value_text(const Field& field) {
    const double value = field.read();
    return field.kind == Kind::choice ? std::string(field.names[static_cast<std::size_t>(value)]) : number_text(value);
}

std::string range_text(const Field& field) {
    if (field.kind != Kind::choice) return number_text(field.low) + " to " + number_text(field.high);
    std::string list;
    for (const std::string_view name : field.names) list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

Codebook parameter_codebook() {
    Codebook book{
        "Parameters", {"key", "default", "range", "unit", "symbol", "meaning", "kind", "source", "active when"}, {}};
    KindCounts counts{};
    Scenario scenario = generic_scenario();
    Place places = make_places(scenario);
    for_each_field(places, [&](const std::string& key, Place&, Field& field) {
        const SourceKind kind = source_kind(field.source);
        book.rows.push_back({key, value_text(field), range_text(field), std::string(field.unit),
                             std::string(field.symbol), std::string(field.meaning), std::string(row_of(kind).name),
                             std::string(field.source), std::string(field.active_when)});
        ++counts[static_cast<std::size_t>(kind)];
    });
    book.footer = std::to_string(book.rows.size()) + " defaults: " + counts_text(counts) + ".";
    return book;
}

std::vector<Codebook> observable_codebooks() {
    Codebook book{"Observables", {"name", "per", "over a run", "unit", "range", "meaning", "would wrongly show"}, {}};
    for_each_measure([&](const Observable& row) {
        book.rows.push_back(
            {std::string(row.name), std::string(shape_name(row.shape)), std::string(summary_name(row.summary)),
             row.money ? std::string(money_unit) : unit_apart(row.meaning, row.unit).unit, limits(row.low, row.high),
             unit_apart(row.meaning, row.unit).meaning, std::string(row.caution)});
    });
    std::vector<Codebook> books{book};
    for_each_log_table(
        [&](const char* name, const char*, const auto& columns) { books.push_back(column_codebook(name, columns)); });
    return books;
}

Codebook observable_columns() {
    Codebook book{"Observables",
                  {"table", "column", "per", "over_a_run", "unit", "minimum", "maximum", "values", "symbol", "meaning",
                   "would_wrongly_show"},
                  {}};
    for_each_measure([&](const Observable& row) {
        book.rows.push_back({"observables", std::string(row.name), std::string(shape_name(row.shape)),
                             std::string(summary_name(row.summary)),
                             row.money ? std::string(money_unit) : unit_apart(row.meaning, row.unit).unit,
                             limit(row.low), limit(row.high), "", "", unit_apart(row.meaning, row.unit).meaning,
                             std::string(row.caution)});
    });
    for_each_log_table([&](const char* name, const char*, const auto& columns) { add_columns(book, name, columns); });
    return book;
}

Codebook solution_codebook() {
    Codebook book{"Bargaining solutions", {"name", "meaning", "axioms claimed", "source"}, {}};
    for (const SolutionRow& row : solutions)
        book.rows.push_back(
            {std::string(row.name), std::string(row.meaning), axioms_text(row.axioms), std::string(row.source)});
    return book;
}

Codebook process_codebook() {
    Codebook book{"Processes of a tick, in their order", {"process", "section of models/ODD.md", "what happens"}, {}};
    for (const ProcessRow& row : processes) {
        const std::string name(row.name);
        book.rows.push_back(
            {name, "7." + std::to_string(book.rows.size() + 1) + " `" + name + "`", std::string(row.meaning)});
    }
    return book;
}

std::vector<Codebook> option_codebooks() {
    std::vector<Codebook> books;
    for (const Command& command : commands()) {
        Codebook book{"multivector " + command.name + " " + command.words + ": " + command.meaning,
                      {"option", "default", "meaning"},
                      {}};
        const auto options = command.options();
        for (const auto& option : options.options()) {
            const std::string name =
                option->canonical_display_name(program_options::command_line_style::allow_dash_for_short);
            boost::any standard;
            const bool has_default = option->semantic()->apply_default(standard);
            const auto* text = has_default ? boost::any_cast<std::string>(&standard) : nullptr;
            const bool letter = name.size() == 2;
            const std::string takes = option->semantic()->max_tokens() > 0 ? " VALUE" : "";
            book.rows.push_back({(letter ? name + ", --" + option->long_name() : "--" + option->long_name()) + takes,
                                 text ? *text : "", option->description()});
        }
        books.push_back(std::move(book));
    }
    return books;
}

}  // namespace multivector
