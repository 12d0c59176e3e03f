// Tables of text behind `describe`.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "describe.hpp"
#include "places.hpp"

namespace multivector {

/// A heading, column names, and rows as wide as these.
struct Codebook {
    std::string title;
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::string footer = "";
};

/// As a table of Markdown under its heading.
void write_markdown(std::ostream& out, const Codebook& book);

/// What a table says of a value, its unit in words taken out of the meaning: money and prices have the unit 1 for
/// UDUNITS and are said in brackets, "investment [USD billion]".
struct MeaningAndUnit {
    std::string meaning, unit;
};
MeaningAndUnit unit_apart(std::string_view meaning, std::string_view unit);

Codebook parameter_codebook();
std::vector<Codebook> observable_codebooks();
/// The same as one table for machines, limits in columns of their own.
Codebook observable_columns();
Codebook solution_codebook();
Codebook process_codebook();

/// A table for each command: its options with their values and meanings.
std::vector<Codebook> option_codebooks();

/// The JSON schema (draft 7) of scenario files, for editors that check while one types.
void write_schema(std::ostream& out);

/// A scenario with one sector, route, partner and region, all of this name: the table's generic keys.
Scenario generic_scenario();
inline constexpr std::string_view generic_name = "<name>";

/// A field's value as YAML has it, and its range or its choices.
std::string value_text(const Field& field);
std::string range_text(const Field& field);

}  // namespace multivector
