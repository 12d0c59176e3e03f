// One table negotiated: who speaks when, what each offers, who wins. The record and what follows are parties_bargain's.
#pragma once

#include "seat.hpp"

namespace multivector {

/// The partners around one project. Left as it is until a project is laid on it: tables are laid hundreds of times in a
/// run.
struct Table {
    std::array<Seat, max_partners> seats;
    std::array<int, max_partners> order;  ///< of the credible seats, the one that could concede most last
    int seated, credible;
    HostAlternatives alternatives;

    Seat& seat(int i) { return seats[static_cast<std::size_t>(i)]; }
    const Seat& seat(int i) const { return seats[static_cast<std::size_t>(i)]; }
    /// The seat whose limit no rival can outbid, which gets the main talk; -1 when none is credible.
    int main_seat() const { return credible > 0 ? order[static_cast<std::size_t>(credible - 1)] : -1; }
};

/// Somebody who looks at tables, to show them; the world does not notice.
class TableWatch {
 public:
    virtual ~TableWatch() = default;
    virtual void seated(const Table& table, const World& world, const Setting& setting, const Luck& luck,
                        const Project& project) = 0;
};

/// How a table ended.
struct TableResult {
    int winner = -1;             ///< seat that has the deal, -1 when none
    bool self_financed = false;  ///< the fund pays instead
};

/// Seats the partners that are in the world and have the capital; the rest are no threat.
void seat_partners(Table& table, World& world, const Setting& setting, const Project& project);

/// The rules of offering in the talk with one partner, and its secrets where nobody knows what the other would accept.
Protocol protocol_of(const SolutionRow& solution, const Seat& seat, const World& world, const Setting& setting,
                     const Luck& luck, const Project& project);

/// Who listens in: whether everything is worked out that only a record shows, and where the offers of all talks go.
struct Listener {
    bool everything = false;
    std::vector<Offer>* offers = nullptr;
};

/// Settles a table whose partners are seated by `solution` under the scenario's rules. The seats then say the main
/// talk's alternatives, the winner's terms and outcome, and each talk's offer; to a listener to everything also why the
/// others lost and what the host's alternatives to them were.
TableResult settle_table(Table& table, Solution solution, const World& world, const Setting& setting, const Luck& luck,
                         const Project& project, Listener listener = {});

}  // namespace multivector
