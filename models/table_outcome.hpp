// What comes of a table: the agreement it gives, what that is worth, and what the concept that a protocol approaches
// gives at the same table.
#pragma once

#include "negotiation.hpp"

namespace multivector {

/// The deal with the partner of a seat that was agreed, as ratification gets it.
Agreement agree(const Project& project, const Table& table, const Seat& seat, const Bargaining& rules);

/// What a table gave: the host's payoff, both sides' together, and to whom the deal went.
struct TableOutcome {
    double host = 0, joint = 0;
    int partner = -1;
};
TableOutcome outcome_of(const Table& table, const TableResult& result);

/// The host's weights at which Nash's solution is held against a protocol: those that offers in turn approach as rounds
/// shorten and their risk falls; beta where talks can fail.
const PartnerArray& benchmark_weights(const SolutionRow& protocol, const World& world);

/// What Nash's solution gives at a protocol's table. Leaves the seats with beta.
TableOutcome benchmark_of(Table& table, const SolutionRow& protocol, const World& world, const Setting& setting,
                          const Luck& luck, const Project& project);

}  // namespace multivector
