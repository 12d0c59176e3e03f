// One table of one run, seen from inside: who sat there, every offer, and what every other solution would have given.
#pragma once

#include <optional>
#include <vector>

#include "cooperative.hpp"
#include "negotiation.hpp"

namespace multivector {

/// What one solution under one outside-option rule gives at the table.
struct OtherOutcome {
    Solution solution;
    OutsideOption rule;  ///< of no consequence to a solution of the whole table, nor to the demands of tactics
    TableResult result;
    double host, partner;  ///< payoffs [USD billion]; partner's missing when no partner has the deal
    int winner;            ///< partner, -1 for none
    TalkOutcome main_talk;
    int rounds;
};

/// The table as a game in which coalitions could divide their worth freely.
struct CooperativeGame {
    CoreBounds core;
    double host;                   ///< its Shapley value
    std::vector<double> partners;  ///< Shapley values by seat; 0 of those that are no threat
};

struct TableView {
    int tick;
    double year;
    Project project;
    Table table;  ///< settled by the scenario's own rules, every talk worked out
    TableResult result;
    std::vector<Offer> offers;  ///< of every talk held, where the solution has rounds
    std::vector<OtherOutcome> others;
    CooperativeGame game;
};

/// Which table to look at: the first that fits at which somebody is credible, else, in a tick that was asked for, the
/// first. -1 is any.
struct WantedTable {
    int tick = -1, sector = -1;
};

/// Runs one realisation until a table fits `wanted`.
std::optional<TableView> view_table(const Setting& setting, std::uint64_t seed, std::uint32_t replication,
                                    const WantedTable& wanted);

}  // namespace multivector
