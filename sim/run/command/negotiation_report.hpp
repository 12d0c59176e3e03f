// How one table reads: as text for people, as JSON for programs.
#pragma once

#include <ostream>
#include <string>

#include "table_view.hpp"

namespace multivector {

/// What the report says of the run around the table.
struct TableOrigin {
    std::string scenario;  ///< title, or the file's name
    std::uint64_t seed;
    std::uint32_t replication;
};

void write_table_text(std::ostream& out, const TableView& view, const Scenario& scenario, const TableOrigin& origin);
void write_table_json(std::ostream& out, const TableView& view, const Scenario& scenario, const TableOrigin& origin);

/// Why a partner does not sit at the table.
std::string_view why_absent(const Scenario& scenario, int partner);

/// Points along the frontier, its corners among them, from the partner's end to the host's.
std::vector<Terms> points_along(const Frontier& frontier);

}  // namespace multivector
