// The full record of a run: every talk with every alternative that stood at the table (refusals as fully as deals),
// every offer made in it, every deal with its fate, and events. Filled only when asked for. `for_each_log_table` and
// the column tables drive the result file, the exports and the codebook.
#pragma once

#include <vector>

#include "scenario.hpp"

namespace multivector {

enum class TalkOutcome : std::int64_t {
    agreed,
    lost_to_rival,
    lost_to_self_finance,
    lost_to_waiting,
    no_agreement,
    no_capital,
    reservations_apart,
    broken_off,
    out_of_rounds,
    not_ratifiable,
    not_heard
};
/// Whether a main talk was held and ended without an agreement: its last offer was refused.
constexpr bool talk_failed(TalkOutcome outcome) {
    return outcome == TalkOutcome::reservations_apart || outcome == TalkOutcome::broken_off ||
           outcome == TalkOutcome::out_of_rounds;
}

enum class Alternative : std::int64_t { none, rival, self_finance, waiting };
enum class Piece : std::int64_t { none, local_content_low, revenue, local_content_high };
enum class DealStatus : std::int64_t { signed_, blocked, under_way, suspended, completed, cancelled, replaced };
enum class Side : std::int64_t { none, host, partner };
enum class Reply : std::int64_t { refused, accepted };
enum class EventKind : std::int64_t {
    rumour,
    protest,
    large_protest,
    concession,
    suspension,
    resumption,
    reopening,
    lapse
};

template <>
inline constexpr std::array<std::string_view, 11> names_of<TalkOutcome>{
    "agreed",     "lost_to_rival",      "lost_to_self_finance", "lost_to_waiting", "no_agreement",
    "no_capital", "reservations_apart", "broken_off",           "out_of_rounds",   "not_ratifiable",
    "not_heard"};
template <>
inline constexpr std::array<std::string_view, 4> names_of<Alternative>{"none", "rival", "self_finance", "waiting"};
template <>
inline constexpr std::array<std::string_view, 4> names_of<Piece>{"none", "local_content_low", "revenue",
                                                                 "local_content_high"};
template <>
inline constexpr std::array<std::string_view, 7> names_of<DealStatus>{
    "signed", "blocked", "under_way", "suspended", "completed", "cancelled", "replaced"};
template <>
inline constexpr std::array<std::string_view, 3> names_of<Side>{"none", "host", "partner"};
template <>
inline constexpr std::array<std::string_view, 2> names_of<Reply>{"refused", "accepted"};
template <>
inline constexpr std::array<std::string_view, 8> names_of<EventKind>{
    "rumour", "protest", "large_protest", "concession", "suspension", "resumption", "reopening", "lapse"};

/// One bilateral talk: the host and one partner over one project in one tick. Payoffs are USD billion, present value.
/// The terms of a talk that was not agreed are those refused: the last offer of a main talk that failed, else the
/// standing offer; NaN when there was none.
struct TalkRecord {
    std::int64_t tick = 0, project = 0, partner = -1, sector = 0, region = 0;
    double size = 0, host_disagreement = 0, partner_disagreement = 0, host_outside = 0, partner_outside = 0;
    Alternative best_alternative = Alternative::none;
    double rival_offer = 0, self_finance = 0, waiting = 0;
    double standing_offer = 0, concession_limit = 0, joint_value = 0, connectivity_value = 0, host_weight = 0,
           least_local_content = 0;
    TalkOutcome outcome = TalkOutcome::no_agreement;
    std::int64_t rounds = 0;
    Piece piece = Piece::none;
    double host_payoff = 0, partner_payoff = 0, revenue_share = 0, local_content = 0;
};

/// One offer of a talk whose solution has rounds. Realisation, tick, project and partner say which talk.
struct OfferRecord {
    std::int64_t tick = 0, project = 0, partner = -1, sector = 0, region = 0, round = 1;
    Proposer made_by = Proposer::host;
    double host_payoff = 0, partner_payoff = 0, revenue_share = 0, local_content = 0;
    Reply reply = Reply::refused;
};

/// One deal, self-financed projects (partner -1) and blocked agreements included, with its last status.
struct DealRecord {
    std::int64_t tick = 0, project = 0, partner = -1, sector = 0, region = 0;
    double size = 0, host_payoff = 0, partner_payoff = 0, revenue_share = 0, local_content = 0, debt = 0,
           fund_share = 0;
    DealStatus status = DealStatus::signed_;
    Side blocked_by = Side::none;
    std::int64_t status_tick = 0, begun_tick = -1;
};

/// An event; partner, sector or region is -1 where it does not apply. `value` is a share of the population for
/// protests, a shift of attitude for rumours, a share for concessions, revenue [USD billion] for reopenings, size for
/// the rest.
struct EventRecord {
    std::int64_t tick = 0;
    EventKind kind = EventKind::rumour;
    std::int64_t partner = -1, sector = -1, region = -1, project = -1;
    double value = 0;
};

struct Log {
    std::vector<TalkRecord> talks;
    std::vector<OfferRecord> offers;
    std::vector<DealRecord> deals;
    std::vector<EventRecord> events;
    void clear();
};

inline constexpr std::array talk_columns{
    row<&TalkRecord::tick>("tick", 0, 1e9, 1, "1", "", "tick of the talk", ""),
    row<&TalkRecord::project>("project", 0, 2e9, 1, "1", "", "project, numbered within its realisation", ""),
    row<&TalkRecord::partner>("partner", -1, max_partners - 1, 1, "1", "",
                              "partner at the table, position in the partner coordinate", ""),
    row<&TalkRecord::sector>("sector", 0, max_sectors - 1, 1, "1", "", "position in the sector coordinate", ""),
    row<&TalkRecord::region>("region", 0, max_regions - 1, 1, "1", "", "position in the region coordinate", ""),
    row<&TalkRecord::size>("size", 0, 1e300, 1, "1", "I", "investment [USD billion]", ""),
    row<&TalkRecord::host_disagreement>("host_disagreement", -1e300, 1e300, 1, "1", "d_h",
                                        "host's payoff if this talk dies and nothing replaces it [USD billion]", ""),
    row<&TalkRecord::partner_disagreement>("partner_disagreement", -1e300, 1e300, 1, "1", "d_p",
                                           "partner's payoff likewise [USD billion]", ""),
    row<&TalkRecord::host_outside>("host_outside", -1e300, 1e300, 1, "1", "o_h",
                                   "host's best real alternative at that moment [USD billion]", ""),
    row<&TalkRecord::partner_outside>("partner_outside", -1e300, 1e300, 1, "1", "o_p",
                                      "partner's best real alternative [USD billion]", ""),
    choice<&TalkRecord::best_alternative>("best_alternative", "which alternative gave the host's outside option", ""),
    row<&TalkRecord::rival_offer>("rival_offer", -1e300, 1e300, 1, "1", "o_j",
                                  "best rival's standing offer; missing without rivals [USD billion]", ""),
    row<&TalkRecord::self_finance>("self_finance", -1e300, 1e300, 1, "1", "w_0",
                                   "value of self-finance; missing when the fund cannot pay [USD billion]", ""),
    row<&TalkRecord::waiting>("waiting", -1e300, 1e300, 1, "1", "",
                              "value of waiting; missing when the project cannot wait [USD billion]", ""),
    row<&TalkRecord::standing_offer>(
        "standing_offer", -1e300, 1e300, 1, "1", "",
        "this partner's own standing offer, a rival's threat in the other talks; missing "
        "when the two would not settle, the main talk failed, nobody hears the partner, its "
        "secret leaves none, or the solution knows no offers [USD billion]",
        ""),
    row<&TalkRecord::concession_limit>(
        "concession_limit", -1e300, 1e300, 1, "1", "m_j",
        "host's payoff where the partner keeps only its own outside option, or what its "
        "politics insists on; held to the frontier's ends, and so perhaps no payoff to be "
        "had in a talk with no agreement [USD billion]",
        ""),
    row<&TalkRecord::joint_value>("joint_value", -1e300, 1e300, 1, "1", "S",
                                  "largest sum of payoffs on the whole frontier [USD billion]", ""),
    row<&TalkRecord::connectivity_value>(
        "connectivity_value", -1e300, 1e300, 1, "1", "dV",
        "part of the partner's value that its connectivity demand explains [USD billion]", ""),
    row<&TalkRecord::host_weight>("host_weight", 0, 1, 1, "1", "beta", "host's bargaining weight", ""),
    row<&TalkRecord::least_local_content>("least_local_content", 0, 1, 1, "1", "l_min",
                                          "least local content at this table", ""),
    choice<&TalkRecord::outcome>("outcome", "how the talk ended, and why", ""),
    row<&TalkRecord::rounds>("rounds", 0, 100, 1, "1", "", "offers made, where the talk got as far", ""),
    choice<&TalkRecord::piece>("piece", "piece of the frontier on which the terms lie", ""),
    row<&TalkRecord::host_payoff>("host_payoff", -1e300, 1e300, 1, "1", "u_h",
                                  "host's payoff at the terms [USD billion]", ""),
    row<&TalkRecord::partner_payoff>("partner_payoff", -1e300, 1e300, 1, "1", "u_p",
                                     "partner's payoff at the terms [USD billion]", ""),
    row<&TalkRecord::revenue_share>("revenue_share", 0, 1, 1, "1", "e", "host's share of divisible revenue", ""),
    row<&TalkRecord::local_content>("local_content", 0, 1, 1, "1", "l", "local content", ""),
};

inline constexpr std::array offer_columns{
    row<&OfferRecord::tick>("tick", 0, 1e9, 1, "1", "", "tick of the talk", ""),
    row<&OfferRecord::project>("project", 0, 2e9, 1, "1", "", "project, numbered within its realisation", ""),
    row<&OfferRecord::partner>("partner", 0, max_partners - 1, 1, "1", "",
                               "partner at the table, position in the partner coordinate", ""),
    row<&OfferRecord::sector>("sector", 0, max_sectors - 1, 1, "1", "", "position in the sector coordinate", ""),
    row<&OfferRecord::region>("region", 0, max_regions - 1, 1, "1", "", "position in the region coordinate", ""),
    row<&OfferRecord::round>("round", 1, 100, 1, "1", "", "round of the talk, counted from 1", ""),
    choice<&OfferRecord::made_by>("made_by", "who made the offer", ""),
    row<&OfferRecord::host_payoff>("host_payoff", -1e300, 1e300, 1, "1", "u_h", "host's payoff [USD billion]", ""),
    row<&OfferRecord::partner_payoff>("partner_payoff", -1e300, 1e300, 1, "1", "u_p", "partner's payoff [USD billion]",
                                      ""),
    row<&OfferRecord::revenue_share>("revenue_share", 0, 1, 1, "1", "e", "host's share of divisible revenue", ""),
    row<&OfferRecord::local_content>("local_content", 0, 1, 1, "1", "l", "local content", ""),
    choice<&OfferRecord::reply>(
        "reply",
        "what the other side said; where the host went on to talk with others, accepted terms "
        "are the least that the partner's standing offer gives it, before rival response; a rival whose "
        "every offer was refused may still sign its standing offer",
        ""),
};

inline constexpr std::array deal_columns{
    row<&DealRecord::tick>("tick", 0, 1e9, 1, "1", "", "tick of the agreement", ""),
    row<&DealRecord::project>("project", 0, 2e9, 1, "1", "", "project, numbered within its realisation", ""),
    row<&DealRecord::partner>("partner", -1, max_partners - 1, 1, "1", "",
                              "position in the partner coordinate; missing when the fund paid", ""),
    row<&DealRecord::sector>("sector", 0, max_sectors - 1, 1, "1", "", "position in the sector coordinate", ""),
    row<&DealRecord::region>("region", 0, max_regions - 1, 1, "1", "", "position in the region coordinate", ""),
    row<&DealRecord::size>("size", 0, 1e300, 1, "1", "I", "investment [USD billion]", ""),
    row<&DealRecord::host_payoff>("host_payoff", -1e300, 1e300, 1, "1", "u_h", "host's payoff [USD billion]", ""),
    row<&DealRecord::partner_payoff>("partner_payoff", -1e300, 1e300, 1, "1", "u_p",
                                     "partner's payoff; missing when the fund paid [USD billion]", ""),
    row<&DealRecord::revenue_share>("revenue_share", 0, 1, 1, "1", "e",
                                    "host's share of divisible revenue, as last negotiated", ""),
    row<&DealRecord::local_content>("local_content", 0, 1, 1, "1", "l", "local content", ""),
    row<&DealRecord::debt>("debt", 0, 1e300, 1, "1", "", "part financed by debt to the partner [USD billion]", ""),
    row<&DealRecord::fund_share>("fund_share", 0, 1, 1, "1", "", "part financed by the fund", ""),
    choice<&DealRecord::status>("status", "last status", ""),
    choice<&DealRecord::blocked_by>("blocked_by", "whose politics refused the agreement", ""),
    row<&DealRecord::status_tick>("status_tick", 0, 1e9, 1, "1", "", "tick of that status", ""),
    row<&DealRecord::begun_tick>("begun_tick", -1, 1e9, 1, "1", "", "tick in which work began; missing before", ""),
};

inline constexpr std::array event_columns{
    row<&EventRecord::tick>("tick", 0, 1e9, 1, "1", "", "tick of the event", ""),
    choice<&EventRecord::kind>("kind", "what happened", ""),
    row<&EventRecord::partner>("partner", -1, max_partners - 1, 1, "1", "", "position in the partner coordinate", ""),
    row<&EventRecord::sector>("sector", -1, max_sectors - 1, 1, "1", "", "position in the sector coordinate", ""),
    row<&EventRecord::region>("region", -1, max_regions - 1, 1, "1", "", "position in the region coordinate", ""),
    row<&EventRecord::project>("project", -1, 2e9, 1, "1", "", "project, numbered within its realisation", ""),
    row<&EventRecord::value>("value", -1e300, 1e300, 1, "1", "",
                             "population share (protests), shift of attitude (rumours), share (concessions), USD "
                             "billion (reopenings, and size for the rest)",
                             ""),
};

static_assert(covers_every_field(talk_columns) && covers_every_field(offer_columns) &&
              covers_every_field(deal_columns) && covers_every_field(event_columns));

/// Calls f(name, row_name, records, columns) for every table of a log, const or not, in the order in which they are
/// listed: `name` is the group of the result file, `row_name` what one row is.
template <class AnyLog, class Visitor>
void for_each_log_table(AnyLog& log, Visitor&& f) {
    f("negotiations", "negotiation", log.talks, talk_columns);
    f("offers", "offer", log.offers, offer_columns);
    f("deals", "deal", log.deals, deal_columns);
    f("events", "event", log.events, event_columns);
}

/// As above where only the columns matter: f(name, row_name, columns).
template <class Visitor>
void for_each_log_table(Visitor&& f) {
    const Log none;
    for_each_log_table(none, [&](const char* name, const char* row_name, const auto&, const auto& columns) {
        f(name, row_name, columns);
    });
}

inline void Log::clear() {
    for_each_log_table(*this, [](const char*, const char*, auto& records, const auto&) { records.clear(); });
}

}  // namespace multivector
