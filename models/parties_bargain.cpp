// The parties bargain: one host, several rivals, one table per open project.
#include <algorithm>
#include <limits>

#include "deals.hpp"
#include "table_outcome.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The terms that a talk ended on: the deal's, the last offer of a main talk that failed, or the standing offer that
/// was refused, where one was made.
Terms last_terms(const Seat& seat) {
    if (seat.outcome == TalkOutcome::agreed || talk_failed(seat.outcome)) return seat.terms;
    if (seat.credible && !std::isnan(seat.standing_offer)) return seat.frontier.where_host_gets(seat.standing_offer);
    return {{missing, missing}, missing, missing, Piece::none};
}

void record_talk(World& world, const Project& project, const Table& table, const Seat& seat) {
    TalkRecord row;
    row.tick = world.tick, row.project = project.id, row.partner = seat.partner, row.sector = project.sector;
    row.region = project.region, row.size = project.size;
    row.host_disagreement = seat.disagreement.host, row.partner_disagreement = seat.disagreement.partner;
    row.host_outside = seat.outside.host, row.partner_outside = seat.outside.partner;
    row.best_alternative = seat.best_alternative;
    row.rival_offer = std::isinf(seat.rival_offer) ? missing : seat.rival_offer;
    row.self_finance = table.alternatives.self_finance, row.waiting = table.alternatives.waiting;
    row.standing_offer = seat.standing_offer, row.concession_limit = seat.concession_limit;
    row.joint_value = seat.frontier.joint_value(), row.connectivity_value = seat.connectivity_value;
    row.host_weight = seat.host_weight, row.least_local_content = seat.frontier.least_local_content;
    row.outcome = seat.outcome, row.rounds = seat.rounds;
    const Terms terms = last_terms(seat);
    row.piece = terms.piece, row.host_payoff = terms.payoff.host, row.partner_payoff = terms.payoff.partner;
    row.revenue_share = terms.revenue_share, row.local_content = terms.local_content;
    world.log->talks.push_back(row);
}

void record_offers(World& world, const Project& project, const std::vector<Offer>& offers) {
    for (const Offer& offer : offers) {
        OfferRecord row;
        row.tick = world.tick, row.project = project.id, row.partner = offer.partner, row.sector = project.sector;
        row.region = project.region, row.round = offer.round;
        row.made_by = offer.by_host ? Proposer::host : Proposer::partner;
        row.host_payoff = offer.terms.payoff.host, row.partner_payoff = offer.terms.payoff.partner;
        row.revenue_share = offer.terms.revenue_share, row.local_content = offer.terms.local_content;
        row.reply = offer.accepted ? Reply::accepted : Reply::refused;
        world.log->offers.push_back(row);
    }
}

/// Partners in the world that lack the capital for this project are recorded too: their absence is a reason.
void record_absent(World& world, const Setting& setting, const Project& project, const Table& table) {
    std::array<bool, max_partners> seated{};
    for (int i = 0; i < table.seated; ++i) seated[static_cast<std::size_t>(table.seat(i).partner)] = true;
    for (int p = 0; p < setting.partners; ++p) {
        if (seated[static_cast<std::size_t>(p)] || setting.present(p) <= 0) continue;
        Seat seat{};
        seat.partner = p;
        seat.outcome = TalkOutcome::no_capital;
        seat.disagreement = seat.outside = {missing, missing};
        seat.frontier.revenue = seat.frontier.least_local_content = missing;
        seat.frontier.efficient = {missing, missing};
        seat.rival_offer = seat.standing_offer = seat.concession_limit = missing;
        seat.connectivity_value = seat.host_weight = missing;
        record_talk(world, project, table, seat);
    }
}

Agreement self_finance(const Setting& setting, const Project& project, const Table& table) {
    Agreement agreement{};
    agreement.project = project;
    agreement.partner = -1;
    agreement.host_payoff = table.alternatives.self_finance;
    agreement.partner_payoff = missing;
    agreement.revenue_share = 1;
    agreement.local_content = setting.own_content(project.sector);
    agreement.fund_share = 1;
    return agreement;
}

/// Counts a table for what it teaches, whatever came of it, and puts every talk on record.
void count_table(World& world, const Setting& setting, const Project& project, const Table& table, int winner) {
    Observation& now = world.now;
    now.talks += 1;
    world.table_size(project.sector) += project.size;
    for (int i = 0; i < table.seated; ++i) {
        const Seat& seat = table.seat(i);
        world.talk_size(seat.partner) += project.size;
        if (i != winner) now.refused_by_partner[static_cast<std::size_t>(seat.partner)] += 1;
        if (world.log != nullptr) record_talk(world, project, table, seat);
    }
    if (world.log != nullptr) record_absent(world, setting, project, table);
}

/// What a protocol gave at a table beside what the concept that it approaches gives there.
void count_gap(World& world, const TableOutcome& played, const TableOutcome& predicted) {
    world.now.protocol_host_gap += played.host - predicted.host;
    world.now.protocol_joint_gap += played.joint - predicted.joint;
    world.now.protocol_other_winner += played.partner != predicted.partner;
}

TableResult negotiate(Table& table, World& world, const Setting& setting, const Luck& luck, const Project& project) {
    const Solution solution = setting.scenario.bargaining.solution;
    const SolutionRow& row = solutions[static_cast<std::size_t>(solution)];
    std::vector<Offer> offers;
    const Listener listener{world.log != nullptr, world.log != nullptr ? &offers : nullptr};
    if (!row.is(protocol)) return settle_table(table, solution, world, setting, luck, project, listener);
    const TableOutcome predicted = benchmark_of(table, row, world, setting, luck, project);
    const TableResult result = settle_table(table, solution, world, setting, luck, project, listener);
    if (world.log != nullptr) record_offers(world, project, offers);
    count_gap(world, outcome_of(table, result), predicted);
    if (const int main = table.main_seat(); main >= 0 && talk_failed(table.seat(main).outcome))
        world.now.failed_talks += 1;
    return result;
}

/// Keeps the best offer that the host refused, against which what comes of the project will be measured.
void remember_refusal(Project& project, const Table& table, const World& world) {
    for (int i = 0; i < table.seated; ++i) {
        const Seat& seat = table.seat(i);
        if (!seat.credible) continue;
        for (const double offer : {seat.standing_offer, seat.refused_offer})
            if (!std::isnan(offer)) project.refused_offer = std::max(project.refused_offer, world.discount * offer);
    }
}

/// Holds one table. True when it ended in an agreement or the fund pays.
bool hold_table(Table& table, World& world, const Setting& setting, const Luck& luck, Project& project) {
    const bool in_brief = world.log == nullptr && world.watch == nullptr && !setting.any_rival_response;
    seat_partners(table, world, setting, project, in_brief);
    if (world.watch != nullptr) world.watch->seated(table, world, setting, luck, project);
    const TableResult result = negotiate(table, world, setting, luck, project);
    count_table(world, setting, project, table, result.winner);
    if (result.winner >= 0) {
        const Seat& seat = table.seat(result.winner);
        world.agreements.push_back(agree(project, table, seat, setting.scenario.bargaining));
        world.capital(seat.partner) -= project.size * (1 - table.alternatives.fund_share);
        world.fund_reserved += project.size * table.alternatives.fund_share;
    } else if (result.self_financed) {
        world.agreements.push_back(self_finance(setting, project, table));
        world.fund_reserved += project.size;
    } else {
        world.now.refused += 1;
        remember_refusal(project, table, world);
        return false;
    }
    world.corridor_committed += corridor_part(setting, project);
    return true;
}

/// Holds a project's table; what is refused waits for its next talk, or lapses.
void bargain_over(Project project, Table& table, World& world, const Setting& setting, const Luck& luck) {
    if (hold_table(table, world, setting, luck, project)) return;
    if (comes_back(world, setting, project)) {
        project.next_talk = after_a_pause(world, setting);
        world.open.push_back(project);
    } else {
        lapse(world, project);
    }
}

}  // namespace

/// Everyone waits equally long for the next talk, so who comes back first stands first, older projects before younger.
void parties_bargain(World& world, const Setting& setting, const Luck& luck) {
    world.agreements.clear();
    weigh_sides(world, setting);
    Table table;
    const double due = world.year + 1e-9 * setting.dt;  // years are sums of dt: compare with slack
    const std::size_t waiting = world.open.size();
    std::size_t returned = 0;
    while (returned < waiting && world.open[returned].next_talk <= due)
        bargain_over(world.open[returned++], table, world, setting, luck);
    for (const Project& project : world.arisen) bargain_over(project, table, world, setting, luck);
    world.open.erase(world.open.begin(), world.open.begin() + static_cast<std::ptrdiff_t>(returned));
}

}  // namespace multivector
