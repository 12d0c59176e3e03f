#include "table_view.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tick.hpp"

namespace multivector {

namespace {

class Viewer : public TableWatch {
 public:
    explicit Viewer(const WantedTable& wanted) : wanted_(wanted) {}

    void seated(const Table& table, const World& world, const Setting& setting, const Luck& luck,
                const Project& project) override {
        const bool fits = (wanted_.tick < 0 || wanted_.tick == world.tick) &&
                          (wanted_.sector < 0 || wanted_.sector == project.sector);
        if (!fits || (view && view->table.credible > 0)) return;
        TableView seen{world.tick, world.year, project, table, {}, {}, {}, {}};
        const Bargaining& rules = setting.scenario.bargaining;
        seen.result = settle_table(seen.table, rules.solution, world, setting, luck, project, {true, &seen.offers});
        if (seen.table.credible == 0 && (wanted_.tick < 0 || view)) return;
        Setting other = setting;
        for (const OutsideOption rule : {OutsideOption::split_the_difference, OutsideOption::deal_me_out}) {
            other.scenario.bargaining.outside_option = rule;
            for (std::size_t i = 0; i < solutions.size(); ++i) {
                if (solutions[i].is(whole_table) && rule != rules.outside_option) continue;
                seen.others.push_back(outcome_under(i, table, world, other, luck, project));
            }
        }
        seen.game = game_of(seen.table, rules.rivals == Switch::on);
        view = std::move(seen);
    }

    std::optional<TableView> view;

 private:
    /// Without rivals the host and its main partner are alone in it.
    static CooperativeGame game_of(const Table& table, bool rivals) {
        const double self = table.alternatives.self_finance, wait = table.alternatives.waiting;
        const double reserve = std::fmax(0.0, std::fmax(self, wait));  // a missing alternative is none
        const int players = rivals ? table.credible : std::min(table.credible, 1);
        std::vector<double> limits;
        for (int k = 0; k < players; ++k) limits.push_back(table.seat(seat_at(table, k)).concession_limit);
        CooperativeGame game{core_bounds(limits, reserve), shapley_host(limits, reserve), {}};
        game.partners.resize(static_cast<std::size_t>(table.seated));
        for (int k = 0; k < players; ++k)
            game.partners[static_cast<std::size_t>(seat_at(table, k))] =
                shapley_partner(limits, reserve, static_cast<std::size_t>(k));
        return game;
    }
    /// The seat whose limit is the k-th highest, counting from zero.
    static int seat_at(const Table& table, int k) {
        return table.order[static_cast<std::size_t>(table.credible - 1 - k)];
    }

    static OtherOutcome outcome_under(std::size_t which, Table table, const World& world, const Setting& setting,
                                      const Luck& luck, const Project& project) {
        const TableResult result =
            settle_table(table, static_cast<Solution>(which), world, setting, luck, project, {true, nullptr});
        constexpr double missing = std::numeric_limits<double>::quiet_NaN();
        OtherOutcome outcome{static_cast<Solution>(which),
                             setting.scenario.bargaining.outside_option,
                             result,
                             result.self_financed ? table.alternatives.self_finance : missing,
                             missing,
                             -1,
                             TalkOutcome::no_agreement,
                             0};
        if (const int main = table.main_seat(); main >= 0)
            outcome.main_talk = table.seat(main).outcome, outcome.rounds = table.seat(main).rounds;
        if (result.winner < 0) return outcome;
        const Seat& seat = table.seat(result.winner);
        outcome.host = seat.terms.payoff.host, outcome.partner = seat.terms.payoff.partner;
        outcome.winner = seat.partner;
        return outcome;
    }

    WantedTable wanted_;
};

}  // namespace

std::optional<TableView> view_table(const Setting& setting, std::uint64_t seed, std::uint32_t replication,
                                    const WantedTable& wanted) {
    const Luck luck(seed, replication);
    Viewer viewer(wanted);
    World world;
    begin(world, setting);
    world.watch = &viewer;
    const int last = wanted.tick >= 0 ? std::min(wanted.tick + 1, setting.ticks) : setting.ticks;
    for (int t = 0; t < last && !viewer.view; ++t) tick(world, setting, luck);
    return std::move(viewer.view);
}

}  // namespace multivector
