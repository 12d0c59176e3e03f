#include "negotiation.hpp"

#include <algorithm>
#include <limits>

#include "processes.hpp"
#include "solutions/tactics.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double nothing = -std::numeric_limits<double>::infinity();

/// Whether the partner and the host alone would settle, from the status quo.
[[gnu::always_inline]] inline bool would_settle(const Seat& seat) {
    const Frontier& frontier = seat.frontier;
    return frontier.host_worst().payoff.partner >= std::max(seat.outside.partner, seat.required.partner) &&
           frontier.reaches(seat.concession_limit, std::max(seat.disagreement.host, seat.required.host));
}

/// Why they would not.
TalkOutcome why_not(const Seat& seat) {
    return seat.frontier.offers({seat.disagreement.host, seat.outside.partner}) ? TalkOutcome::not_ratifiable
                                                                                : TalkOutcome::no_agreement;
}

/// Distinguishes luck by partner and by the tick in which the project arose.
std::uint32_t partner_and_birth(const Seat& seat, const Project& project) {
    return static_cast<std::uint32_t>(seat.partner) +
           max_partners * (static_cast<std::uint32_t>(project.born) & 0x1fffu);
}

/// Ties go to the larger joint value, then to luck: neither a name nor an order decides.
[[gnu::cold]] bool loses_tie(const Seat& a, const Seat& b, const World& world, const Luck& luck,
                             const Project& project) {
    const double joint_a = a.frontier.joint_value(), joint_b = b.frontier.joint_value();
    if (joint_a != joint_b) return joint_a < joint_b;
    const auto draw = [&](const Seat& seat) {
        return luck.uniform(Stream::tie, static_cast<std::uint32_t>(world.tick), luck_of(project.sector, project.index),
                            partner_and_birth(seat, project));
    };
    return draw(a) < draw(b);
}

/// The partner that could concede more comes later: no rival can outbid the last, who gets the main talk.
bool concedes_less(const Seat& a, const Seat& b, const World& world, const Luck& luck, const Project& project) {
    if (a.concession_limit != b.concession_limit) return a.concession_limit < b.concession_limit;
    return loses_tie(a, b, world, luck, project);
}

/// Largest value that connectivity gives to a seat other than `own`.
double largest_rival_value(const Table& table, int own) {
    double largest = 0;
    for (int i = 0; i < table.seated; ++i)
        if (i != own) largest = std::max(largest, table.seat(i).connectivity_value);
    return largest;
}

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
        const bool in_brief = best_offer_suffices();
        in_brief ? make_offers_that_matter() : make_offers();
        const int main = table_.main_seat();
        if (listener_.everything)  // the others' alternatives matter only to the record
            for (int i = 0; i < table_.seated; ++i) weigh_alternatives(i);
        else if (main >= 0)
            weigh_alternatives(main);
        if (main < 0) return without_partner();
        const TableResult result = hold_main_talk(main);
        const bool refused = result.winner < 0 && !result.self_financed && !talk_failed(table_.seat(main).outcome);
        if (refused && !listener_.everything) {  // the refusal is measured against the best of all offers
            if (in_brief) make_offers();
            offer(main);
        }
        if (listener_.everything) say_why_lost(result);
        return result;
    }

 private:
    /// Puts the credible seats in the order in which they speak.
    void order_seats() {
        table_.credible = 0;
        for (int i = 0; i < table_.seated; ++i) {
            Seat& seat = table_.seat(i);
            seat.credible = !seat.hopeless && would_settle(seat);
            seat.outcome = seat.credible || !listener_.everything ? TalkOutcome::lost_to_rival : why_not(seat);
            seat.standing_offer = seat.refused_offer = missing, seat.rounds = 0;
            if (!seat.credible) continue;
            int at = table_.credible++;
            for (; at > 0; --at) {
                const int other = table_.order[static_cast<std::size_t>(at - 1)];
                if (!concedes_less(seat, table_.seat(other), world_, luck_, project_)) break;
                table_.order[static_cast<std::size_t>(at)] = other;
            }
            table_.order[static_cast<std::size_t>(at)] = i;
        }
    }

    /// Standing offers, from the partner that could concede least to the one that could concede most: what the two
    /// would settle on given the host's alternatives so far, or d + kappa (m_j - d), whichever is more, plus the
    /// response to the value that connectivity gives to a rival; on the frontier, and at most m_j. Because each talk
    /// starts from the best so far, under complete information a further rival never lowers what the host gets. Where
    /// the whole table decides at once, everyone bids its limit, or nobody offers anything.
    ///
    /// The last speaker's own standing offer threatens nobody who can still win, and is worked out only for the record,
    /// or when the table ends without a deal.
    void make_offers() {
        best_offer_ = reserve_of(table_);
        const int speakers = listener_.everything ? table_.credible : table_.credible - 1;
        for (int turn = 0; turn < speakers; ++turn) {
            const int i = table_.order[static_cast<std::size_t>(turn)];
            if (rules_.rivals == Switch::off && i != table_.main_seat()) continue;  // nobody hears it
            offer(i);
        }
    }

    /// Whether nothing but the best of the rivals' standing offers will be read, and none of them moves another: nobody
    /// records them, talks are closed forms from d that never fail, and nobody responds to a rival's value.
    bool best_offer_suffices() const {
        return !solution.is(whole_table) && !solution.is(protocol) && !listener_.everything &&
               rules_.outside_option == OutsideOption::deal_me_out && !setting_.any_rival_response;
    }

    /// As make_offers, from the rival that could concede most down to where nobody left could better what there is. The
    /// best offer is the same to the bit, for each is the larger of one's own and the best before it, held to one's
    /// limit.
    void make_offers_that_matter() {
        best_offer_ = reserve_of(table_);
        if (rules_.rivals == Switch::off) return;
        for (int turn = table_.credible - 2; turn >= 0; --turn) {
            const int i = table_.order[static_cast<std::size_t>(turn)];
            const Seat& seat = table_.seat(i);
            if (best_offer_ < std::max(seat.concession_limit, seat.required.host)) offer(i);
        }
    }

    void offer(int i) {
        Seat& seat = table_.seat(i);
        if constexpr (solution.is(whole_table)) {
            if constexpr (solution.is(bids)) seat.standing_offer = seat.concession_limit;
            return;
        }
        seat.standing_offer = standing_offer(i, best_offer_);
        best_offer_ = std::max(best_offer_, seat.standing_offer);  // a missing one is no better
    }

    double standing_offer(int i, double best) {
        Seat& seat = table_.seat(i);
        const double floor = seat.disagreement.host;
        Talk talk = talk_of(seat, {std::max(best, floor), seat.outside.partner}, std::span<const double>());
        double limit = seat.concession_limit, offer = nothing;
        if (seat.frontier.reaches(limit, best)) {
            const Settlement settlement = i == table_.main_seat() ? solution.settle(talk) : hold(seat, talk);
            // As hold_to_alternatives, in the host's payoff alone: the response comes on top of what both would sign.
            if (settlement.agreed()) offer = std::min(std::max(settlement.terms.payoff.host, talk.least().host), limit);
        }
        if constexpr (solution.is(uncertain))  // it signs nothing below what it secretly insists on
            limit =
                std::min(limit, seat.frontier.where_partner_gets(bargainers_of(talk).partner.reservation).payoff.host);
        offer = std::max(offer, floor + rules_.rival_offer * (limit - floor));
        const double rho = setting_.scenario.partners[static_cast<std::size_t>(seat.partner)].partner.rival_response;
        if (rho != 0) offer += rho * largest_rival_value(table_, i);
        const double least = std::max(std::max(floor, seat.required.host), seat.frontier.host_worst().payoff.host);
        return seat.frontier.reaches(limit, least) ? std::max(least, std::min(offer, limit)) : missing;
    }

    /// The host's outside option in one talk: the best of the other partners' standing offers, self-finance and
    /// waiting.
    void weigh_alternatives(int own) {
        Seat& seat = table_.seat(own);
        seat.rival_offer = nothing;
        if (rules_.rivals == Switch::on)
            for (int turn = 0; turn < table_.credible; ++turn)
                if (const int i = table_.order[static_cast<std::size_t>(turn)];
                    i != own)  // a missing offer is no better
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
        if (!seat.frontier.reaches(seat.concession_limit, seat.outside.host)) return without_partner();
        const CredibleLimits limits(table_, rules_.rivals == Switch::on);
        Talk talk = talk_of(seat, seat.outside, limits.of_rivals());
        Settlement settlement = hold(seat, talk);
        hold_to_alternatives(settlement, talk);
        seat.outcome = settlement.outcome, seat.terms = settlement.terms;
        seat.refused_offer = settlement.refused_offer;
        if (!settlement.agreed()) return turn_to_alternative(main);
        return {main, false};
    }

    /// The main talk failed, and what its partner offered fell with it: the host takes the best of what it could have
    /// had instead.
    TableResult turn_to_alternative(int failed) {
        table_.seat(failed).standing_offer = missing;
        for (int i = 0; i < table_.seated && listener_.everything; ++i)
            if (i != failed) weigh_alternatives(i);
        if (table_.seat(failed).best_alternative != Alternative::rival) return without_partner();
        for (int turn = table_.credible - 2; turn >= 0; --turn) {
            const int i = table_.order[static_cast<std::size_t>(turn)];
            Seat& rival = table_.seat(i);
            if (!(rival.standing_offer >= table_.seat(failed).rival_offer)) continue;
            rival.terms = rival.frontier.where_host_gets(rival.standing_offer);
            rival.outcome = TalkOutcome::agreed;
            weigh_alternatives(i);
            return {i, false};
        }
        return without_partner();
    }

    /// Of the seats that could have settled but did not: to what they lost.
    void say_why_lost(TableResult result) {
        const TalkOutcome lost = result.winner >= 0     ? TalkOutcome::lost_to_rival
                                 : result.self_financed ? TalkOutcome::lost_to_self_finance
                                                        : TalkOutcome::lost_to_waiting;
        for (int i = 0; i < table_.seated; ++i) {
            Seat& seat = table_.seat(i);
            if (seat.outcome != TalkOutcome::lost_to_rival) continue;
            seat.outcome = rules_.rivals == Switch::off && i != table_.main_seat() ? TalkOutcome::not_heard : lost;
        }
    }

    TableResult without_partner() const {
        const double self = table_.alternatives.self_finance, wait = table_.alternatives.waiting;
        return {-1, self > 0 && !(wait > self)};
    }

    /// Settles a talk that is held, once with each partner, and puts the partner's name on its offers.
    [[gnu::always_inline]] Settlement hold(Seat& seat, Talk& talk) const {
        if constexpr (!solution.is(protocol)) return solution.settle(talk);  // without rounds, no offers
        talk.offers = listener_.offers;
        const std::size_t before = talk.offers == nullptr ? 0 : talk.offers->size();
        const Settlement settlement = solution.settle(talk);
        if (talk.offers != nullptr)
            for (std::size_t i = before; i < talk.offers->size(); ++i) (*talk.offers)[i].partner = seat.partner;
        seat.rounds = settlement.rounds;
        return settlement;
    }

    Talk talk_of(const Seat& seat, Payoffs outside, std::span<const double> rivals) const {
        Talk talk{seat.frontier, threat_under(rules_.outside_option, seat.disagreement, outside), outside,
                  seat.host_weight};
        talk.required = seat.required;
        talk.rivals = rivals;
        talk.reserve = reserve_of(table_);
        if constexpr (solution.is(protocol))
            talk.protocol = protocol_of(solution, seat, world_, setting_, luck_, project_);
        return talk;
    }

    static constexpr SolutionRow solution = solutions[static_cast<std::size_t>(which)];
    Table& table_;
    const World& world_;
    const Setting& setting_;
    const Luck& luck_;
    const Project& project_;
    const Bargaining& rules_;
    Listener listener_;
    double best_offer_ = 0;  ///< so far, or the best alternative that is no partner
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

void seat_partners(Table& table, World& world, const Setting& setting, const Project& project, bool in_brief) {
    table.seated = take_seats(table.seats, table.alternatives, world, setting, project, in_brief);
}

Protocol protocol_of(const SolutionRow& solution, const Seat& seat, const World& world, const Setting& setting,
                     const Luck& luck, const Project& project) {
    const Bargaining& rules = setting.scenario.bargaining;
    const auto p = static_cast<std::size_t>(seat.partner);
    Protocol offers;
    offers.host_discount = world.host_discount;
    offers.partner_discount = world.partner_discount(seat.partner);
    offers.host_first = rules.first_offer == Proposer::host;
    offers.rounds = static_cast<int>(rules.last_round);
    if (!solution.is(uncertain)) return offers;
    offers.rounds = static_cast<int>(rules.deadline);
    const auto count = static_cast<std::size_t>(offers.rounds);
    offers.host_concession = {setting.host_concession.data(), count};
    offers.partner_concession = {setting.partner_concession[p].data(), count};
    const auto t = static_cast<std::uint32_t>(world.tick);
    const std::uint32_t entity = luck_of(project.sector, project.index), round = partner_and_birth(seat, project);
    const UniformPair secret = luck.pair(Stream::secret, t, entity, round);
    offers.private_part = {rules.private_part * secret.first, rules.private_part * secret.second};
    const double lasts = 1 - rules.breakdown_risk;
    if (lasts < 1) {
        const double rounds = portable_log(luck.uniform(Stream::breakdown, t, entity, round)) / portable_log(lasts);
        offers.broken_off_after = 1 + static_cast<int>(std::min<double>(rounds, max_rounds));
    }
    return offers;
}

TableResult settle_table(Table& table, Solution solution, const World& world, const Setting& setting, const Luck& luck,
                         const Project& project, Listener listener) {
    return settlers[static_cast<std::size_t>(solution)](table, world, setting, luck, project, listener);
}

}  // namespace multivector
