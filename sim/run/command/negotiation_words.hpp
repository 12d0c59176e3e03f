// What a student would ask about one table, answered in sentences: why no deal, why this reply, what the game says.
#pragma once

#include <string>

#include "table_view.hpp"

namespace multivector {

class TableWords {
 public:
    TableWords(const TableView& view, const Scenario& scenario) : view_(view), scenario_(scenario) {}

    std::string partner(int p) const { return scenario_.partners[static_cast<std::size_t>(p)].name; }
    std::string seated(int i) const { return partner(view_.table.seat(i).partner); }

    /// The host's best alternative in a talk, a rival by its name.
    std::string alternative(const Seat& seat) const;
    /// Why the talk that is shown was not held, or why it failed; empty where it was agreed.
    std::string why_no_deal() const;
    /// Whom the host turned to after that, or what became of the project without a deal.
    std::string ending() const;
    /// The chances of approval of a deal; empty where nothing is left to chance.
    std::string approval() const;
    /// The rules of offering, a line each.
    std::string rules() const;
    /// What refusing the first offer would have been worth, where nothing is hidden; else empty.
    std::string refusing() const;
    /// What Nash's solution gives at a protocol's table, and how far the protocol lies from it.
    std::string benchmark() const;
    /// Core and Shapley values.
    std::string game() const;

 private:
    std::string why_not_credible(const Seat& seat) const;
    std::string why_failed(const Seat& seat) const;
    std::string reserve() const;
    std::string core() const;
    bool whole() const;

    const TableView& view_;
    const Scenario& scenario_;
};

}  // namespace multivector
