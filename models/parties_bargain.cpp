// The parties bargain: one host, several rivals, one table per open project.
#include <algorithm>
#include <limits>

#include "deals.hpp"
#include "talk.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double nothing = -std::numeric_limits<double>::infinity();

struct Table {
    std::array<Seat, max_partners> seats;
    std::array<int, max_partners> order;  ///< of the credible seats, the one that could concede most last
    int seated, credible;
    HostAlternatives alternatives;
};

/// Seats the partners that are in the world and have the capital; the rest are no threat.
void seat_partners(Table& table, const World& world, const Setting& setting, const Project& project) {
    table.seated = 0;
    const ProjectValue value = project_value(world, setting, project);
    table.alternatives = host_alternatives(world, setting, project, value);
    const double needed = project.size * (1 - table.alternatives.fund_share);
    for (int p = 0; p < setting.partners; ++p)
        if (setting.present(p) > 0 && needed <= world.capital(p))
            take_seat(table.seats[static_cast<std::size_t>(table.seated++)], world, setting, project, value,
                      table.alternatives, p);
}

/// Whether the partner and the host alone would settle, from the status quo.
bool would_settle(const Seat& seat) {
    return seat.frontier.host_worst().payoff.partner >= seat.outside.partner &&
           seat.frontier.reaches(seat.concession_limit, seat.disagreement.host);
}

/// The partner that could concede more comes later: no rival can outbid the last, who gets the main talk. Ties go to
/// the larger joint value, then to luck: neither a name nor an order decides.
bool concedes_less(const Seat& a, const Seat& b, const World& world, const Luck& luck) {
    if (a.concession_limit != b.concession_limit) return a.concession_limit < b.concession_limit;
    const double joint_a = a.frontier.joint_value(), joint_b = b.frontier.joint_value();
    if (joint_a != joint_b) return joint_a < joint_b;
    const auto t = static_cast<std::uint32_t>(world.tick);
    return luck.uniform(Stream::tie, t, static_cast<std::uint32_t>(a.partner)) <
           luck.uniform(Stream::tie, t, static_cast<std::uint32_t>(b.partner));
}

/// Puts the credible seats in the order in which they speak.
void order_seats(Table& table, const World& world, const Luck& luck) {
    table.credible = 0;
    for (int i = 0; i < table.seated; ++i) {
        Seat& seat = table.seats[static_cast<std::size_t>(i)];
        seat.credible = would_settle(seat);
        seat.outcome = seat.credible ? TalkOutcome::lost_to_rival : TalkOutcome::no_agreement;
        seat.standing_offer = missing;
        if (!seat.credible) continue;
        int at = table.credible++;
        for (; at > 0; --at) {
            const int other = table.order[static_cast<std::size_t>(at - 1)];
            if (!concedes_less(seat, table.seats[static_cast<std::size_t>(other)], world, luck)) break;
            table.order[static_cast<std::size_t>(at)] = other;
        }
        table.order[static_cast<std::size_t>(at)] = i;
    }
}

/// Largest value that connectivity gives to a seat other than `own`.
double largest_rival_value(const Table& table, int own) {
    double largest = 0;
    for (int i = 0; i < table.seated; ++i)
        if (i != own) largest = std::max(largest, table.seats[static_cast<std::size_t>(i)].connectivity_value);
    return largest;
}

/// Standing offers, from the partner that could concede least to the one that could concede most: what the two would
/// settle on given the host's alternatives so far, or d + kappa (m_j - d), whichever is more, plus the response to the
/// value that connectivity gives to a rival, and at most m_j. Because each talk starts from the best so far, a further
/// rival can never lower what the host gets.
///
/// The last speaker's own standing offer threatens nobody who can still win, and is worked out for the record only.
void make_offers(Table& table, const Setting& setting, bool for_the_record) {
    const Bargaining& rules = setting.scenario.bargaining;
    const SolutionRow& solution = solutions[static_cast<std::size_t>(rules.solution)];
    double best = 0;  // a missing alternative compares as no better
    if (table.alternatives.self_finance > best) best = table.alternatives.self_finance;
    if (table.alternatives.waiting > best) best = table.alternatives.waiting;
    const int speakers = for_the_record ? table.credible : table.credible - 1;
    for (int turn = 0; turn < speakers; ++turn) {
        const int i = table.order[static_cast<std::size_t>(turn)];
        Seat& seat = table.seats[static_cast<std::size_t>(i)];
        const double limit = seat.concession_limit, floor = seat.disagreement.host;
        double offer = floor + rules.rival_offer * (limit - floor);
        if (seat.frontier.reaches(limit, best))
            offer = std::max(offer, settle_within(solution, rules.outside_option, seat.frontier, seat.disagreement,
                                                  {std::max(best, floor), seat.outside.partner}, seat.host_weight)
                                        .payoff.host);
        const double rho = setting.scenario.partners[static_cast<std::size_t>(seat.partner)].partner.rival_response;
        if (rho != 0) offer += rho * largest_rival_value(table, i);
        seat.standing_offer = std::max(floor, std::min(offer, limit));
        if (rules.rivals == Switch::on) best = std::max(best, seat.standing_offer);
    }
}

/// The host's outside option in one talk: the best of the other partners' standing offers, self-finance and waiting.
void weigh_alternatives(Table& table, const Setting& setting, int own) {
    Seat& seat = table.seats[static_cast<std::size_t>(own)];
    seat.rival_offer = nothing;
    if (setting.scenario.bargaining.rivals == Switch::on)
        for (int i = 0; i < table.seated; ++i) {
            const Seat& rival = table.seats[static_cast<std::size_t>(i)];
            if (i != own && rival.credible) seat.rival_offer = std::max(seat.rival_offer, rival.standing_offer);
        }
    seat.outside.host = seat.disagreement.host;
    const auto consider = [&](double payoff, Alternative kind) {
        if (!(payoff > seat.outside.host)) return;  // false for a missing alternative too
        seat.outside.host = payoff;
        seat.best_alternative = kind;
    };
    consider(seat.rival_offer, Alternative::rival);
    consider(table.alternatives.self_finance, Alternative::self_finance);
    consider(table.alternatives.waiting, Alternative::waiting);
}

/// Settles the table and returns the seat that wins the deal, -1 when none does.
int settle_table(Table& table, const World& world, const Setting& setting, const Luck& luck) {
    const Bargaining& rules = setting.scenario.bargaining;
    order_seats(table, world, luck);
    make_offers(table, setting, world.log != nullptr);
    const int main = table.credible > 0 ? table.order[static_cast<std::size_t>(table.credible - 1)] : -1;
    for (int i = 0; i < table.seated; ++i)  // the others' alternatives matter only to the record
        if (i == main || world.log != nullptr) weigh_alternatives(table, setting, i);
    if (main < 0) return -1;
    Seat& seat = table.seats[static_cast<std::size_t>(main)];
    if (seat.frontier.reaches(seat.concession_limit, seat.outside.host)) {
        seat.terms = settle_within(solutions[static_cast<std::size_t>(rules.solution)], rules.outside_option,
                                   seat.frontier, seat.disagreement, seat.outside, seat.host_weight);
        seat.outcome = TalkOutcome::agreed;
        return main;
    }
    const bool waits = seat.best_alternative == Alternative::waiting;
    for (int i = 0; i < table.seated; ++i)
        if (table.seats[static_cast<std::size_t>(i)].credible)
            table.seats[static_cast<std::size_t>(i)].outcome =
                waits ? TalkOutcome::lost_to_waiting : TalkOutcome::lost_to_self_finance;
    return -1;
}

/// The terms that a talk ended on: the deal's, or the standing offer that was refused.
Terms last_terms(const Seat& seat) {
    if (seat.outcome == TalkOutcome::agreed) return seat.terms;
    if (seat.credible) return seat.frontier.where_host_gets(seat.standing_offer);
    return {{missing, missing}, missing, missing, Piece::none};
}

void record_talk(World& world, const Project& project, const Table& table, const Seat& seat) {
    TalkRecord row;
    row.tick = world.tick, row.project = project.id, row.partner = seat.partner, row.sector = project.sector;
    row.region = project.region, row.size = project.size;
    row.host_disagreement = seat.disagreement.host, row.partner_disagreement = seat.disagreement.partner;
    row.host_outside = seat.outside.host, row.partner_outside = seat.outside.partner;
    row.best_alternative = seat.best_alternative;
    row.rival_offer = seat.rival_offer == nothing ? missing : seat.rival_offer;
    row.self_finance = table.alternatives.self_finance, row.waiting = table.alternatives.waiting;
    row.standing_offer = seat.standing_offer, row.concession_limit = seat.concession_limit;
    row.joint_value = seat.frontier.joint_value(), row.connectivity_value = seat.connectivity_value;
    row.host_weight = seat.host_weight, row.least_local_content = seat.frontier.least_local_content;
    row.outcome = seat.outcome;
    const Terms terms = last_terms(seat);
    row.piece = terms.piece, row.host_payoff = terms.payoff.host, row.partner_payoff = terms.payoff.partner;
    row.revenue_share = terms.revenue_share, row.local_content = terms.local_content;
    world.log->talks.push_back(row);
}

/// Partners in the world that lack the capital for this project are recorded too: their absence is a reason.
void record_absent(World& world, const Setting& setting, const Project& project, const Table& table) {
    std::array<bool, max_partners> seated{};
    for (int i = 0; i < table.seated; ++i)
        seated[static_cast<std::size_t>(table.seats[static_cast<std::size_t>(i)].partner)] = true;
    for (int p = 0; p < setting.partners; ++p) {
        if (seated[static_cast<std::size_t>(p)] || setting.present(p) <= 0) continue;
        Seat seat{};
        seat.partner = p;
        seat.outcome = TalkOutcome::no_capital;
        seat.disagreement = seat.outside = {missing, missing};
        seat.frontier = {missing, missing, missing, missing, missing, missing, missing};
        seat.rival_offer = seat.standing_offer = seat.concession_limit = missing;
        seat.connectivity_value = seat.host_weight = missing;
        record_talk(world, project, table, seat);
    }
}

Agreement agree(const Project& project, const Table& table, const Seat& seat) {
    return {.project = project,
            .partner = seat.partner,
            .host_payoff = seat.terms.payoff.host,
            .partner_payoff = seat.terms.payoff.partner,
            .revenue_share = seat.terms.revenue_share,
            .local_content = seat.terms.local_content,
            .host_disagreement = seat.disagreement.host,
            .partner_disagreement = seat.disagreement.partner,
            .host_outside = seat.outside.host,
            .partner_outside = seat.outside.partner,
            .joint_value = seat.frontier.joint_value(),
            .revenue = seat.frontier.revenue,
            .domestic_gain = seat.domestic_gain + seat.frontier.local_value * seat.terms.local_content +
                             seat.terms.revenue_share * seat.frontier.revenue,
            .local_value = seat.frontier.local_value,
            .least_local_content = seat.frontier.least_local_content,
            .fund_share = table.alternatives.fund_share};
}

Agreement self_finance(const Setting& setting, const Project& project, const Table& table) {
    const Sector& sector = setting.scenario.sectors[static_cast<std::size_t>(project.sector)].sector;
    Agreement agreement{};
    agreement.project = project;
    agreement.partner = -1;
    agreement.host_payoff = table.alternatives.self_finance;
    agreement.partner_payoff = missing;
    agreement.revenue_share = 1;
    agreement.local_content = std::min(1.0, sector.local_content_value / sector.local_content_cost);
    agreement.fund_share = 1;
    return agreement;
}

/// Counts a table for what it teaches, whatever came of it, and puts every talk on record.
void count_table(World& world, const Setting& setting, const Project& project, const Table& table, int winner) {
    Observation& now = world.now;
    now.talks += 1;
    world.table_size(project.sector) += project.size;
    for (int i = 0; i < table.seated; ++i) {
        const Seat& seat = table.seats[static_cast<std::size_t>(i)];
        world.talk_size(seat.partner) += project.size;
        if (i != winner) now.refused_by_partner[static_cast<std::size_t>(seat.partner)] += 1;
        if (world.log != nullptr) record_talk(world, project, table, seat);
    }
    if (world.log != nullptr) record_absent(world, setting, project, table);
}

/// Holds one table. True when it ended in an agreement or the fund pays.
bool hold_table(Table& table, World& world, const Setting& setting, const Luck& luck, const Project& project) {
    seat_partners(table, world, setting, project);
    const int winner = settle_table(table, world, setting, luck);
    count_table(world, setting, project, table, winner);
    const double self = table.alternatives.self_finance, wait = table.alternatives.waiting;
    if (winner >= 0) {
        const Seat& seat = table.seats[static_cast<std::size_t>(winner)];
        world.agreements.push_back(agree(project, table, seat));
        world.capital(seat.partner) -= project.size * (1 - table.alternatives.fund_share);
        world.fund_reserved += project.size * table.alternatives.fund_share;
        world.corridor_committed += corridor_part(setting, project);
        return true;
    }
    if (self > 0 && !(wait > self)) {
        world.agreements.push_back(self_finance(setting, project, table));
        world.fund_reserved += project.size;
        world.corridor_committed += corridor_part(setting, project);
        return true;
    }
    world.now.refused += 1;
    return false;
}

}  // namespace

void parties_bargain(World& world, const Setting& setting, const Luck& luck) {
    world.agreements.clear();
    weigh_sides(world, setting);
    Table table;
    const double pause = std::max(setting.dt, setting.scenario.projects.pause);
    const double late = 1e-9 * setting.dt;  // years are sums of dt: compare with slack
    std::size_t kept = 0;
    for (std::size_t i = 0; i < world.open.size(); ++i) {
        Project project = world.open[i];
        if (project.next_talk <= world.year + late) {
            if (hold_table(table, world, setting, luck, project)) continue;
            project.next_talk = world.year + pause;
        }
        if (project.next_talk > project.last_chance + late) {
            world.now.projects_lapsed += 1;
            record_event(world,
                         {world.tick, EventKind::lapse, -1, project.sector, project.region, project.id, project.size});
            continue;
        }
        world.open[kept++] = project;
    }
    world.open.resize(kept);
}

}  // namespace multivector
