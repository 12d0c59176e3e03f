#include "table_view.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "deals.hpp"
#include "solutions/tactics.hpp"
#include "tick.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const SolutionRow& row_of(Solution solution) { return solutions[static_cast<std::size_t>(solution)]; }

/// The seat whose limit is the k-th highest of the credible ones, counting from zero.
int seat_at(const Table& table, int k) { return table.order[static_cast<std::size_t>(table.credible - 1 - k)]; }

/// Whose limit is the highest, though it may not be credible; -1 when nobody sits.
int closest_seat(const Table& table) {
    if (table.credible > 0) return table.main_seat();
    int closest = -1;
    for (int i = 0; i < table.seated; ++i)
        if (closest < 0 || table.seat(i).concession_limit > table.seat(closest).concession_limit) closest = i;
    return closest;
}

/// Whose standing offer was the best alternative by a rival in the talk of a seat.
int rival_of(const Table& table, int own) {
    for (int k = 0; own >= 0 && k < table.credible; ++k)
        if (const int i = seat_at(table, k); i != own && table.seat(i).standing_offer >= table.seat(own).rival_offer)
            return std::isfinite(table.seat(own).rival_offer) ? i : -1;
    return -1;
}

/// An alternative above the highest limit leaves no talk to hold.
bool main_talk_held(const Table& table) {
    if (table.credible == 0) return false;
    const TalkOutcome outcome = table.seat(table.main_seat()).outcome;
    return outcome != TalkOutcome::lost_to_self_finance && outcome != TalkOutcome::lost_to_waiting;
}

/// Without rivals the host and its main partner are alone in it.
CooperativeGame game_of(const Table& table, bool rivals) {
    const CredibleLimits credible(table, rivals);
    const std::span<const double> limits = credible.all();
    CooperativeGame game{};
    game.reserve = reserve_of(table);
    for (int k = 0; k < static_cast<int>(limits.size()); ++k) game.players.push_back(seat_at(table, k));
    game.core = core_bounds(limits, game.reserve);
    game.host = shapley_host(limits, game.reserve);
    game.partners.resize(static_cast<std::size_t>(table.seated), missing);
    for (std::size_t k = 0; k < limits.size(); ++k)
        game.partners[static_cast<std::size_t>(game.players[k])] = shapley_partner(limits, game.reserve, k);
    return game;
}

/// One table, and all that is needed to negotiate it again.
struct Occasion {
    const Table& table;
    const World& world;
    const Setting& setting;
    const Luck& luck;
    const Project& project;
};

OtherOutcome outcome_under(Solution solution, OutsideOption rule, const Setting& setting, const Occasion& at) {
    Table table = at.table;
    const TableResult result = settle_table(table, solution, at.world, setting, at.luck, at.project, {true, nullptr});
    OtherOutcome outcome{solution, rule, result, missing, missing, -1, std::nullopt, 0};
    if (result.self_financed) outcome.host = table.alternatives.self_finance;
    if (main_talk_held(table)) {
        outcome.main_talk = table.seat(table.main_seat()).outcome;
        outcome.rounds = table.seat(table.main_seat()).rounds;
    }
    if (result.winner < 0) return outcome;
    const Seat& seat = table.seat(result.winner);
    outcome.host = seat.terms.payoff.host, outcome.partner = seat.terms.payoff.partner;
    outcome.winner = seat.partner;
    return outcome;
}

std::vector<OtherOutcome> every_outcome(const Occasion& at) {
    Setting other = at.setting;
    std::vector<OtherOutcome> outcomes;
    const OutsideOption in_force = at.setting.scenario.bargaining.outside_option;
    for (const OutsideOption rule : {OutsideOption::split_the_difference, OutsideOption::deal_me_out}) {
        other.scenario.bargaining.outside_option = rule;
        for (std::size_t i = 0; i < solutions.size(); ++i)
            if (!under_both_rules(solutions[i]) || rule == in_force)
                outcomes.push_back(outcome_under(static_cast<Solution>(i), rule, other, at));
    }
    return outcomes;
}

/// What the side that answers each offer of a talk would ask for itself a round later.
std::vector<double> asked_after(const std::vector<Offer>& offers, const Bargainers& sides, int partner) {
    std::vector<double> asked;
    for (const Offer& offer : offers)
        if (offer.partner == partner) asked.push_back((offer.by_host ? sides.partner : sides.host).demand(offer.round));
    return asked;
}

/// What the side that answers a first offer would offer a round later, and what refusing is worth to it therefore.
void look_ahead(Rules& rules, const SolutionRow& solution, Talk talk) {
    const bool host_answers = !rules.protocol.host_first;
    rules.refusing = host_answers ? talk.outside.host : talk.outside.partner;
    rules.insisted = host_answers ? talk.required.host : talk.required.partner;
    if (rules.protocol.rounds == 1) return;
    talk.protocol.host_first = host_answers;
    talk.protocol.rounds = std::max(0, rules.protocol.rounds - 1);
    rules.next = settle_from_threat(solution, talk).terms;
    const Payoffs payoff = rules.next->payoff;
    const double later =
        host_answers ? talk.threat.host + rules.protocol.host_discount * (payoff.host - talk.threat.host)
                     : talk.threat.partner + rules.protocol.partner_discount * (payoff.partner - talk.threat.partner);
    rules.refusing = std::max(rules.refusing, later);
}

Rules rules_of(const SolutionRow& solution, const Seat& seat, const std::vector<Offer>& offers, const Occasion& at) {
    const Bargaining& bargaining = at.setting.scenario.bargaining;
    Rules rules{protocol_of(solution, seat, at.world, at.setting, at.luck, at.project),
                {missing, missing},
                {missing, missing},
                {},
                std::nullopt};
    Talk talk{seat.frontier, threat_under(bargaining.outside_option, seat.disagreement, seat.outside), seat.outside,
              seat.host_weight};
    talk.protocol = rules.protocol, talk.required = seat.required;
    if (solution.is(uncertain)) {
        const Bargainers sides = bargainers_of(talk);
        rules.ideal = {sides.host.ideal, sides.partner.ideal};
        rules.reservation = {sides.host.reservation, sides.partner.reservation};
        rules.asked = asked_after(offers, sides, seat.partner);
    } else {
        look_ahead(rules, solution, talk);
    }
    rules.protocol.host_concession = rules.protocol.partner_concession = {};
    return rules;
}

Benchmark held_against_nash(const SolutionRow& solution, const TableView& seen, const Occasion& at) {
    Table table = at.table;
    const TableOutcome nash = benchmark_of(table, solution, at.world, at.setting, at.luck, at.project);
    const double weight = benchmark_weights(solution, at.world)(seen.table.seat(seen.shown).partner);
    return {weight, nash, outcome_of(seen.table, seen.result)};
}

void weigh_approval(TableView& seen, const Occasion& at) {
    const Seat& seat = seen.table.seat(seen.result.winner);
    const Agreement agreement = agree(at.project, seen.table, seat, at.setting.scenario.bargaining);
    const Scenario& scenario = at.setting.scenario;
    if (scenario.domestic.ratification == Ratification::probability)
        seen.approval_at_home = chance_at_home(at.world, at.setting, agreement);
    if (scenario.partners[static_cast<std::size_t>(seat.partner)].partner.ratification == Ratification::probability)
        seen.approval_abroad = chance_abroad(at.setting, agreement);
}

std::vector<int> absent_from(const Table& table, int partners) {
    std::vector<int> absent;
    for (int p = 0; p < partners; ++p) {
        bool sits = false;
        for (int i = 0; i < table.seated; ++i) sits = sits || table.seat(i).partner == p;
        if (!sits) absent.push_back(p);
    }
    return absent;
}

TableView view_of(const Occasion& at) {
    const SolutionRow& solution = row_of(at.setting.scenario.bargaining.solution);
    TableView seen{};
    seen.tick = at.world.tick, seen.year = at.world.year, seen.project = at.project, seen.table = at.table;
    seen.result = settle_table(seen.table, at.setting.scenario.bargaining.solution, at.world, at.setting, at.luck,
                               at.project, {true, &seen.offers});
    seen.ended = seen.result.winner >= 0                        ? Ending::deal
                 : seen.result.self_financed                    ? Ending::fund
                 : comes_back(at.world, at.setting, at.project) ? Ending::waits
                                                                : Ending::lapses;
    seen.shown = closest_seat(seen.table);
    seen.rival = rival_of(seen.table, seen.shown);
    seen.absent = absent_from(seen.table, at.setting.partners);
    if (solution.is(protocol) && seen.table.credible > 0) seen.benchmark = held_against_nash(solution, seen, at);
    if (solution.is(protocol) && seen.talk_held())
        seen.rules = rules_of(solution, seen.table.seat(seen.shown), seen.offers, at);
    seen.partner_discount = at.world.partner_discount;
    seen.approval_at_home = seen.approval_abroad = missing;
    if (seen.ended == Ending::deal) weigh_approval(seen, at);
    return seen;
}

class Viewer : public TableWatch {
 public:
    explicit Viewer(const WantedTable& wanted) : wanted_(wanted) {}

    void seated(const Table& table, const World& world, const Setting& setting, const Luck& luck,
                const Project& project) override {
        const bool fits = (wanted_.tick < 0 || wanted_.tick == world.tick) &&
                          (wanted_.sector < 0 || wanted_.sector == project.sector);
        if (!fits || (view && view->table.credible > 0)) return;
        const Occasion at{table, world, setting, luck, project};
        TableView seen = view_of(at);
        if (seen.table.credible == 0 && (wanted_.tick < 0 || view)) return;
        seen.others = every_outcome(at);
        seen.game = game_of(seen.table, setting.scenario.bargaining.rivals == Switch::on);
        view = std::move(seen);
    }

    std::optional<TableView> view;

 private:
    WantedTable wanted_;
};

}  // namespace

bool TableView::talk_held() const { return main_talk_held(table); }

double attainable_limit(const Seat& seat) {
    const double least = std::max(seat.outside.partner, seat.required.partner);
    return seat.frontier.host_worst().payoff.partner >= least ? seat.concession_limit : missing;
}

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
