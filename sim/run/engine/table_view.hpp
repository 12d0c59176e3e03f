// One table of one run, seen from inside: who sat there, every offer, and what every other solution would have given.
#pragma once

#include <optional>
#include <vector>

#include "cooperative.hpp"
#include "table_outcome.hpp"

namespace multivector {

/// What became of the project at the table; approval comes after it.
enum class Ending : std::int64_t { deal, fund, waits, lapses };
template <>
inline constexpr std::array<std::string_view, 4> names_of<Ending>{"deal", "fund", "waits", "lapses"};

/// What one solution under one outside-option rule gives at the table.
struct OtherOutcome {
    Solution solution;
    OutsideOption rule;  ///< of no consequence where `under_both_rules`
    TableResult result;
    double host, partner;                  ///< payoffs [USD billion]; partner's missing when no partner has the deal
    int winner;                            ///< partner, -1 for none
    std::optional<TalkOutcome> main_talk;  ///< none where no main talk was held
    int rounds;
};

/// Whether a solution gives the same under both rules: one of the whole table, and tactics, whose demands start from o.
inline bool under_both_rules(const SolutionRow& solution) { return solution.is(whole_table) || solution.is(uncertain); }

/// How the main talk was held, where the solution has rounds, and what neither side sees of the other.
struct Rules {
    Protocol protocol;           ///< without the concessions by round, which are the setting's
    Payoffs ideal, reservation;  ///< what each asks for first, and settles for at last; missing where nothing is hidden
    std::vector<double>
        asked;  ///< by offer: what the side that answers would ask for a round later, or settles for at last
    std::optional<Terms> next;  ///< where nothing is hidden: what the side that answers would offer a round later
    double refusing = 0;        ///< what refusing is worth to it now
    double insisted = 0;        ///< what approval at home insists on for it
};

/// What Nash's solution gives at a protocol's table.
struct Benchmark {
    double weight;  ///< of the host in the main talk
    TableOutcome nash, played;
};

/// The table as a game in which coalitions could divide their worth freely.
struct CooperativeGame {
    std::vector<int> players;  ///< seats of the partners in it, the highest limit first
    double reserve;            ///< what the host has without any
    CoreBounds core;
    double host;                   ///< its Shapley value
    std::vector<double> partners;  ///< Shapley values by seat; missing of those that are not in it
};

/// What a partner could concede; missing where even its own end of the frontier leaves it less than it must have.
double attainable_limit(const Seat& seat);

struct TableView {
    int tick;
    double year;
    Project project;
    Table table;  ///< settled by the scenario's own rules, every talk worked out
    TableResult result;
    Ending ended;
    int shown;  ///< seat whose talk is shown: the highest limit of the credible, else of all; -1 when nobody sits
    int rival;  ///< seat that made the best standing offer of its rivals; -1 when none did
    std::vector<int> absent;    ///< partners that do not sit
    std::vector<Offer> offers;  ///< of every talk held, where the solution has rounds
    std::optional<Rules> rules;
    std::optional<Benchmark> benchmark;
    PartnerArray partner_discount;             ///< per round of offers, by partner
    double approval_at_home, approval_abroad;  ///< the deal's chance; missing where there is none to be had
    std::vector<OtherOutcome> others;
    CooperativeGame game;

    bool talk_held() const;  ///< the main talk
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
