#include "negotiation.hpp"

#include <algorithm>
#include <limits>

#include "processes.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double nothing = -std::numeric_limits<double>::infinity();

/// Whether the partner and the host alone would settle, from the status quo, and if not why.
[[gnu::always_inline]] inline TalkOutcome would_settle(const Seat& seat) {
    const Frontier& frontier = seat.frontier;
    if (frontier.host_worst().payoff.partner >= std::max(seat.outside.partner, seat.required.partner) &&
        frontier.reaches(seat.concession_limit, std::max(seat.disagreement.host, seat.required.host)))
        return TalkOutcome::agreed;
    return frontier.offers({seat.disagreement.host, seat.outside.partner}) ? TalkOutcome::not_ratifiable
                                                                           : TalkOutcome::no_agreement;
}

/// Ties go to the larger joint value, then to luck: neither a name nor an order decides.
[[gnu::cold]] bool loses_tie(const Seat& a, const Seat& b, const World& world, const Luck& luck) {
    const double joint_a = a.frontier.joint_value(), joint_b = b.frontier.joint_value();
    if (joint_a != joint_b) return joint_a < joint_b;
    const auto t = static_cast<std::uint32_t>(world.tick);
    return luck.uniform(Stream::tie, t, static_cast<std::uint32_t>(a.partner)) <
           luck.uniform(Stream::tie, t, static_cast<std::uint32_t>(b.partner));
}

/// The partner that could concede more comes later: no rival can outbid the last, who gets the main talk.
bool concedes_less(const Seat& a, const Seat& b, const World& world, const Luck& luck) {
    if (a.concession_limit != b.concession_limit) return a.concession_limit < b.concession_limit;
    return loses_tie(a, b, world, luck);
}

/// Largest value that connectivity gives to a seat other than `own`.
double largest_rival_value(const Table& table, int own) {
    double largest = 0;
    for (int i = 0; i < table.seated; ++i)
        if (i != own) largest = std::max(largest, table.seat(i).connectivity_value);
    return largest;
}

/// The highest limits of the credible seats other than the last speaker, in falling order.
class RivalLimits {
 public:
    RivalLimits(const Table& table, bool rivals) {
        for (int turn = table.credible - 2; rivals && turn >= 0; --turn)
            limits_[count_++] = table.seat(table.order[static_cast<std::size_t>(turn)]).concession_limit;
    }
    operator std::span<const double>() const { return {limits_.data(), count_}; }

 private:
    std::array<double, max_partners> limits_;
    std::size_t count_ = 0;
};

/// One table's negotiation under one solution, which the compiler knows: a closed form is worked out in place.
template <Solution which>
class Negotiation {
 public:
    Negotiation(Table& table, const World& world, const Setting& setting, const Luck& luck, const Project& project,
                Listener listener)
        : table_(table),
          world_(world),
          setting_(setting),
          luck_(luck),
          project_(project),
          rules_(setting.scenario.bargaining),
          listener_(listener) {}

    TableResult settle() {
        order_seats();
        make_offers();
        const int main = table_.main_seat();
        if (listener_.everything)  // the others' alternatives matter only to the record
            for (int i = 0; i < table_.seated; ++i) weigh_alternatives(i);
        else if (main >= 0)
            weigh_alternatives(main);
        return main < 0 ? without_partner() : hold_main_talk(main);
    }

 private:
    /// Puts the credible seats in the order in which they speak.
    void order_seats() {
        table_.credible = 0;
        for (int i = 0; i < table_.seated; ++i) {
            Seat& seat = table_.seat(i);
            seat.outcome = would_settle(seat);
            seat.credible = seat.outcome == TalkOutcome::agreed;
            if (seat.credible) seat.outcome = TalkOutcome::lost_to_rival;  // until it wins
            seat.standing_offer = missing;
            if (!seat.credible) continue;
            int at = table_.credible++;
            for (; at > 0; --at) {
                const int other = table_.order[static_cast<std::size_t>(at - 1)];
                if (!concedes_less(seat, table_.seat(other), world_, luck_)) break;
                table_.order[static_cast<std::size_t>(at)] = other;
            }
            table_.order[static_cast<std::size_t>(at)] = i;
        }
    }

    /// Standing offers, from the partner that could concede least to the one that could concede most: what the two
    /// would settle on given the host's alternatives so far, or d + kappa (m_j - d), whichever is more, plus the
    /// response to the value that connectivity gives to a rival, and at most m_j. Because each talk starts from the
    /// best so far, under complete information a further rival never lowers what the host gets. Where the whole table
    /// decides at once, everyone bids its limit, or nobody offers anything.
    ///
    /// The last speaker's own standing offer threatens nobody who can still win, and is worked out for the record only.
    void make_offers() {
        double best = reserve(0);
        const int speakers = listener_.everything ? table_.credible : table_.credible - 1;
        for (int turn = 0; turn < speakers; ++turn) {
            const int i = table_.order[static_cast<std::size_t>(turn)];
            Seat& seat = table_.seat(i);
            if constexpr (solution.is(whole_table)) {
                if constexpr (solution.is(bids)) seat.standing_offer = seat.concession_limit;
                continue;
            }
            seat.standing_offer = standing_offer(i, best);
            if (rules_.rivals == Switch::on) best = std::max(best, seat.standing_offer);
        }
    }

    double standing_offer(int i, double best) const {
        const Seat& seat = table_.seat(i);
        const double limit = seat.concession_limit, floor = seat.disagreement.host;
        double offer = floor + rules_.rival_offer * (limit - floor);
        if (seat.frontier.reaches(limit, best)) {
            const Settlement settlement = settle_from_threat(
                solution, talk_of(seat, {std::max(best, floor), seat.outside.partner}, std::span<const double>()));
            if (settlement.agreed()) offer = std::max(offer, settlement.terms.payoff.host);
        }
        const double rho = setting_.scenario.partners[static_cast<std::size_t>(seat.partner)].partner.rival_response;
        if (rho != 0) offer += rho * largest_rival_value(table_, i);
        return std::max(std::max(floor, seat.required.host), std::min(offer, limit));
    }

    /// The host's outside option in one talk: the best of the other partners' standing offers, self-finance and
    /// waiting. `failed` is a seat with which the host has talked in vain.
    void weigh_alternatives(int own, int failed = -1) {
        Seat& seat = table_.seat(own);
        seat.rival_offer = nothing;
        if (rules_.rivals == Switch::on)
            for (int i = 0; i < table_.seated; ++i)
                if (i != own && i != failed && table_.seat(i).credible)
                    seat.rival_offer = std::max(seat.rival_offer, table_.seat(i).standing_offer);
        seat.outside.host = seat.disagreement.host;
        seat.best_alternative = Alternative::none;
        const auto consider = [&](double payoff, Alternative kind) {
            if (!(payoff > seat.outside.host)) return;  // false for a missing alternative too
            seat.outside.host = payoff;
            seat.best_alternative = kind;
        };
        consider(seat.rival_offer, Alternative::rival);
        consider(table_.alternatives.self_finance, Alternative::self_finance);
        consider(table_.alternatives.waiting, Alternative::waiting);
    }

    TableResult hold_main_talk(int main) {
        Seat& seat = table_.seat(main);
        if (!seat.frontier.reaches(seat.concession_limit, seat.outside.host)) {
            const bool waits = seat.best_alternative == Alternative::waiting;
            for (int i = 0; i < table_.seated; ++i)
                if (table_.seat(i).credible)
                    table_.seat(i).outcome = waits ? TalkOutcome::lost_to_waiting : TalkOutcome::lost_to_self_finance;
            return without_partner();
        }
        const RivalLimits rivals(table_, rules_.rivals == Switch::on);
        Talk talk = talk_of(seat, seat.outside, rivals);
        talk.offers = listener_.offers;
        const Settlement settlement = settle_from_threat(solution, talk);
        seat.outcome = settlement.outcome;
        seat.rounds = settlement.rounds;
        if (!settlement.agreed()) return turn_to_alternative(main);
        seat.terms = settlement.terms;
        return {main, false};
    }

    /// The main talk failed: the host takes the best of what it could have had instead.
    TableResult turn_to_alternative(int failed) {
        if (table_.seat(failed).best_alternative != Alternative::rival) return without_partner();
        for (int turn = table_.credible - 2; turn >= 0; --turn) {
            const int i = table_.order[static_cast<std::size_t>(turn)];
            Seat& rival = table_.seat(i);
            if (rival.standing_offer < table_.seat(failed).rival_offer) continue;
            rival.terms = rival.frontier.where_host_gets(rival.standing_offer);
            rival.outcome = TalkOutcome::agreed;
            weigh_alternatives(i, failed);
            return {i, false};
        }
        return without_partner();
    }

    TableResult without_partner() const {
        const double self = table_.alternatives.self_finance, wait = table_.alternatives.waiting;
        return {-1, self > 0 && !(wait > self)};
    }

    /// The best of self-finance, waiting and `floor`.
    double reserve(double floor) const {
        double best = floor;  // a missing alternative compares as no better
        if (table_.alternatives.self_finance > best) best = table_.alternatives.self_finance;
        if (table_.alternatives.waiting > best) best = table_.alternatives.waiting;
        return best;
    }

    Talk talk_of(const Seat& seat, Payoffs outside, std::span<const double> rivals) const {
        Talk talk{seat.frontier, threat_under(rules_.outside_option, seat.disagreement, outside), outside,
                  seat.host_weight};
        talk.required = seat.required;
        talk.rivals = rivals;
        talk.reserve = reserve(seat.disagreement.host);
        if constexpr (solution.is(protocol)) talk.protocol = protocol_of(seat);
        return talk;
    }

    Protocol protocol_of(const Seat& seat) const {
        const auto p = static_cast<std::size_t>(seat.partner);
        Protocol offers;
        offers.host_discount = world_.host_discount;
        offers.partner_discount = world_.partner_discount(seat.partner);
        offers.host_first = rules_.first_offer == FirstOffer::host;
        offers.rounds = static_cast<int>(rules_.last_round);
        if constexpr (!solution.is(uncertain)) return offers;
        offers.rounds = static_cast<int>(rules_.deadline);
        const auto count = static_cast<std::size_t>(offers.rounds);
        offers.host_concession = {setting_.host_concession.data(), count};
        offers.partner_concession = {setting_.partner_concession[p].data(), count};
        const auto t = static_cast<std::uint32_t>(world_.tick);
        const std::uint32_t entity = luck_of(project_.sector, project_.index),
                            round = static_cast<std::uint32_t>(seat.partner) +
                                    max_partners * (static_cast<std::uint32_t>(project_.born) & 0x1fffu);
        const UniformPair secret = luck_.pair(Stream::secret, t, entity, round);
        offers.private_part = {rules_.private_part * secret.first, rules_.private_part * secret.second};
        const double lasts = 1 - rules_.breakdown_risk;
        if (lasts < 1) {
            const double rounds =
                portable_log(luck_.uniform(Stream::breakdown, t, entity, round)) / portable_log(lasts);
            offers.broken_off_after = 1 + static_cast<int>(std::min<double>(rounds, max_rounds));
        }
        return offers;
    }

    static constexpr SolutionRow solution = solutions[static_cast<std::size_t>(which)];
    Table& table_;
    const World& world_;
    const Setting& setting_;
    const Luck& luck_;
    const Project& project_;
    const Bargaining& rules_;
    Listener listener_;
};

template <Solution which>
TableResult settle_under(Table& table, const World& world, const Setting& setting, const Luck& luck,
                         const Project& project, Listener listener) {
    return Negotiation<which>(table, world, setting, luck, project, listener).settle();
}

/// settle_under, by solution.
constexpr auto settlers = []<std::size_t... which>(std::index_sequence<which...>) {
    return std::array{settle_under<static_cast<Solution>(which)>...};
}
(std::make_index_sequence<solutions.size()>());

}  // namespace

void seat_partners(Table& table, const World& world, const Setting& setting, const Project& project) {
    table.seated = take_seats(table.seats, table.alternatives, world, setting, project);
}

TableResult settle_table(Table& table, Solution solution, const World& world, const Setting& setting, const Luck& luck,
                         const Project& project, Listener listener) {
    return settlers[static_cast<std::size_t>(solution)](table, world, setting, luck, project, listener);
}

}  // namespace multivector
