// One table negotiated: who speaks when, what each offers, who wins. The record and what follows are parties_bargain's.
#pragma once

#include <algorithm>

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

/// The best of self-finance, waiting and the status quo: what the host has without any partner.
inline double reserve_of(const Table& table) {
    double best = 0;  // a missing alternative compares as no better
    if (table.alternatives.self_finance > best) best = table.alternatives.self_finance;
    if (table.alternatives.waiting > best) best = table.alternatives.waiting;
    return best;
}

/// The limits m_1 >= m_2 >= ... of the credible seats; where rivals are not heard, the main one's alone.
class CredibleLimits {
 public:
    CredibleLimits(const Table& table, bool rivals) : count_(rivals ? table.credible : std::min(table.credible, 1)) {
        for (int k = 0; k < count_; ++k)
            limits_[static_cast<std::size_t>(k)] =
                table.seat(table.order[static_cast<std::size_t>(table.credible - 1 - k)]).concession_limit;
    }
    std::span<const double> all() const { return {limits_.data(), static_cast<std::size_t>(count_)}; }
    std::span<const double> of_rivals() const { return all().subspan(1); }

 private:
    std::array<double, max_partners> limits_;
    int count_;
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

/// Seats the partners that are in the world and have the capital; the rest are no threat. In brief when nobody looks at
/// those with whom no deal can be.
void seat_partners(Table& table, World& world, const Setting& setting, const Project& project, bool in_brief = false);

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
