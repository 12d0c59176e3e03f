// The parties bargain: one host, several rivals, one table per open project.
#include <algorithm>
#include <limits>

#include "processes.hpp"
#include "talk.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double nothing = -std::numeric_limits<double>::infinity();

struct Table {
    std::array<Seat, max_partners> seats;
    int seated;
    HostAlternatives alternatives;
};

/// Seats the partners that are in the world and have the capital; the rest are no threat.
void seat_partners(Table& table, const World& world, const Setting& setting, const Project& project) {
    table.seated = 0;
    table.alternatives = host_alternatives(world, setting, project);
    const ProjectValue value = project_value(world, setting, project);
    const double needed = project.size * (1 - table.alternatives.fund_share);
    for (int p = 0; p < setting.partners; ++p)
        if (setting.present(p) > 0 && needed <= world.capital(p))
            take_seat(table.seats[static_cast<std::size_t>(table.seated++)], world, setting, project, value,
                      table.alternatives, p);
}

/// What each partner would settle on alone with the host; without that it can neither win nor threaten.
void talk_alone(Table& table, const Setting& setting) {
    const Bargaining& rules = setting.scenario.bargaining;
    const SolutionRow& solution = solutions[static_cast<std::size_t>(rules.solution)];
    for (int i = 0; i < table.seated; ++i) {
        Seat& seat = table.seats[static_cast<std::size_t>(i)];
        seat.credible = seat.frontier.host_worst().payoff.partner >= seat.outside.partner &&
                        seat.frontier.reaches(seat.concession_limit, seat.disagreement.host);
        if (seat.credible)
            seat.terms = settle_within(solution, rules.outside_option, seat.frontier, seat.disagreement,
                                       {seat.disagreement.host, seat.outside.partner}, seat.host_weight);
        seat.outcome = seat.credible ? TalkOutcome::lost_to_rival : TalkOutcome::no_agreement;
    }
}

/// Standing offers: what the rival would settle on alone or d + kappa (m_j - d), whichever is more, and then one
/// simultaneous round of responses to the value that connectivity gives to the others.
void make_offers(Table& table, const Setting& setting) {
    const Scenario& scenario = setting.scenario;
    const double kappa = scenario.bargaining.rival_offer;
    double largest = 0, second = 0;
    int holder = -1;
    for (int i = 0; i < table.seated; ++i) {
        const double value = table.seats[static_cast<std::size_t>(i)].connectivity_value;
        if (value > largest) {
            second = largest;
            largest = value;
            holder = i;
        } else {
            second = std::max(second, value);
        }
    }
    for (int i = 0; i < table.seated; ++i) {
        Seat& seat = table.seats[static_cast<std::size_t>(i)];
        seat.standing_offer = missing;
        if (!seat.credible) continue;
        const double rho = scenario.partners[static_cast<std::size_t>(seat.partner)].partner.rival_response;
        const double limit = seat.concession_limit, floor = seat.disagreement.host;
        const double unprompted = std::max(seat.terms.payoff.host, floor + kappa * (limit - floor));
        const double response = rho * (i == holder ? second : largest);
        seat.standing_offer = std::max(floor, std::min(unprompted + response, limit));
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

/// The main talk is with the partner that could concede the most, since no rival can outbid it. Ties go to the larger
/// joint value, then to luck: neither a name nor an order decides.
bool concedes_more(const Seat& a, const Seat& b, const World& world, const Luck& luck) {
    if (a.concession_limit != b.concession_limit) return a.concession_limit > b.concession_limit;
    const double joint_a = a.frontier.joint_value(), joint_b = b.frontier.joint_value();
    if (joint_a != joint_b) return joint_a > joint_b;
    const auto t = static_cast<std::uint32_t>(world.tick);
    return luck.uniform(Stream::tie, t, static_cast<std::uint32_t>(a.partner)) >
           luck.uniform(Stream::tie, t, static_cast<std::uint32_t>(b.partner));
}

/// Settles the table and returns the seat that wins the deal, -1 when none does.
int settle_table(Table& table, const World& world, const Setting& setting, const Luck& luck) {
    const Bargaining& rules = setting.scenario.bargaining;
    talk_alone(table, setting);
    make_offers(table, setting);
    int main = -1;
    for (int i = 0; i < table.seated; ++i) {
        const Seat& seat = table.seats[static_cast<std::size_t>(i)];
        if (seat.credible &&
            (main < 0 || concedes_more(seat, table.seats[static_cast<std::size_t>(main)], world, luck)))
            main = i;
    }
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
            .log_row = -1,
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
            .debt = 0,
            .fund_share = table.alternatives.fund_share};
}

Agreement self_finance(const Setting& setting, const Project& project, const Table& table) {
    const Sector& sector = setting.scenario.sectors[static_cast<std::size_t>(project.sector)].sector;
    Agreement agreement{};
    agreement.project = project;
    agreement.partner = -1;
    agreement.log_row = -1;
    agreement.host_payoff = table.alternatives.self_finance;
    agreement.partner_payoff = missing;
    agreement.revenue_share = 1;
    agreement.local_content = std::min(1.0, sector.local_content_value / sector.local_content_cost);
    agreement.fund_share = 1;
    return agreement;
}

/// What a talk that did not end in a deal teaches: nothing was gained.
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
        return true;
    }
    if (self > 0 && !(wait > self)) {
        world.agreements.push_back(self_finance(setting, project, table));
        world.fund_reserved += project.size;
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
            project.next_talk += pause;
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
