#include "negotiation_words.hpp"

#include <algorithm>
#include <cmath>

#include "negotiation_report.hpp"
#include "text_columns.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

/// How much more one payoff is than another; what rounding alone makes is none.
std::string beside(double played, double predicted) {
    const double difference = played - predicted;
    if (std::fabs(difference) <= 1e-9 * std::max(std::fabs(played), std::fabs(predicted))) return "the same";
    return digits(std::fabs(difference)) + (difference > 0 ? " more" : " less");
}

const SolutionRow& row_of(const Scenario& scenario) {
    return solutions[static_cast<std::size_t>(scenario.bargaining.solution)];
}

}  // namespace

std::string_view why_absent(const Scenario& scenario, int partner) {
    const Switch present = scenario.partners[static_cast<std::size_t>(partner)].partner.present;
    return present == Switch::on ? names_of<TalkOutcome>[static_cast<std::size_t>(TalkOutcome::no_capital)]
                                 : "not_in_the_world";
}

std::string TableWords::alternative(const Seat& seat) const {
    if (seat.best_alternative == Alternative::none) return "the status quo";
    if (seat.best_alternative == Alternative::rival && view_.rival >= 0)
        return "the standing offer of " + seated(view_.rival);
    if (seat.best_alternative == Alternative::self_finance) return "self-finance";
    return spaced(names_of<Alternative>[static_cast<std::size_t>(seat.best_alternative)]);
}

std::string TableWords::why_not_credible(const Seat& seat) const {
    const std::string name = partner(seat.partner);
    const Frontier& frontier = seat.frontier;
    const double most = frontier.host_worst().payoff.partner;
    if (seat.outcome != TalkOutcome::not_ratifiable) {
        if (most < seat.outside.partner)
            return "even at the end of the frontier that is its own " + name + " gets " + digits(most) +
                   ", less than its own alternative, " + digits(seat.outside.partner) + ".";
        return "where " + name + " keeps just its own alternative, " + digits(seat.outside.partner) +
               ", the host gets " + digits(frontier.where_partner_gets(seat.outside.partner).payoff.host) +
               ", less than its disagreement, " + digits(seat.disagreement.host) + ".";
    }
    const std::string unapproved = "no terms by which both would gain would be approved: ";
    if (most < seat.required.partner)
        return unapproved + "approval in " + name + " insists on " + digits(seat.required.partner) +
               ", and the frontier gives it " + digits(most) + " at most.";
    const bool host_insists = seat.required.host > seat.disagreement.host;
    return unapproved + "where " + name + " keeps just what it must, " +
           digits(std::max(seat.outside.partner, seat.required.partner)) + ", the host gets " +
           digits(seat.concession_limit) + ", less than the " +
           (host_insists ? digits(seat.required.host) + " on which approval at home insists."
                         : digits(seat.disagreement.host) + " of its disagreement.");
}

std::string TableWords::why_failed(const Seat& seat) const {
    const Rules& rules = *view_.rules;
    const Payoffs insists = rules.reservation;
    if (seat.outcome == TalkOutcome::reservations_apart) {
        const Payoffs there = seat.frontier.where_host_gets(insists.host).payoff;
        return "no terms give both what they secretly insist on: where the host gets " + digits(there.host) + ", " +
               partner(seat.partner) + " gets " + digits(there.partner) + ", less than its " + digits(insists.partner) +
               ".";
    }
    const std::string end = seat.outcome == TalkOutcome::broken_off
                                ? "the talk was broken off after round " + std::to_string(seat.rounds)
                                : "the rounds ran out after " + std::to_string(seat.rounds);
    return "both could have had what they secretly insist on, but " + end + ", before they had come down far enough.";
}

std::string TableWords::why_no_deal() const {
    if (view_.shown < 0) return "";
    const Seat& seat = view_.table.seat(view_.shown);
    if (view_.table.credible == 0) return "The two could not settle, because " + why_not_credible(seat);
    if (seat.outcome == TalkOutcome::agreed) return "";
    if (view_.talk_held()) return "The talk failed: " + why_failed(seat);
    return "No talk was held: " + alternative(seat) + " gives the host " + digits(seat.outside.host) +
           ", more than the limit of " + partner(seat.partner) + ", " + digits(seat.concession_limit) + ".";
}

std::string TableWords::ending() const {
    switch (view_.ended) {
        case Ending::fund:
            return "no deal with a partner; the fund pays, which gives the host " +
                   digits(view_.table.alternatives.self_finance) + ".";
        case Ending::waits:
            return "no deal; it waits, and the project comes back after a pause.";
        case Ending::lapses:
            return "no deal; the project lapses, because after a pause its last chance (" +
                   number_text(view_.project.last_chance) + ") would be over.";
        case Ending::deal:
            break;
    }
    const Seat& seat = view_.table.seat(view_.result.winner);
    const std::string name = partner(seat.partner);
    const std::string with = view_.result.winner == view_.shown
                                 ? "a deal with " + name
                                 : "the talk with " + seated(view_.shown) + " failed, and the host turned to " + name +
                                       ", whose standing offer stood";
    return with + ": revenue share " + digits(seat.terms.revenue_share) + ", local content " +
           digits(seat.terms.local_content) + ", host " + digits(seat.terms.payoff.host) + ", partner " +
           digits(seat.terms.payoff.partner) + "; it lies on the frontier's piece " +
           spaced(names_of<Piece>[static_cast<std::size_t>(seat.terms.piece)]) + ".";
}

std::string TableWords::approval() const {
    const bool home = std::isfinite(view_.approval_at_home), abroad = std::isfinite(view_.approval_abroad);
    if (!home && !abroad) return "";
    std::string text = "It still has to be approved:";
    if (home) text += " the chance at home is " + digits(view_.approval_at_home);
    if (abroad)
        text += std::string(home ? "," : " the chance") + " in " + seated(view_.result.winner) + " " +
                (home ? "" : "is ") + digits(view_.approval_abroad);
    return text + ".";
}

std::string TableWords::rules() const {
    const Protocol& protocol = view_.rules->protocol;
    const std::string name = seated(view_.shown), risk = digits(scenario_.bargaining.breakdown_risk);
    std::string text = (protocol.host_first ? "the host" : name) + " makes the first offer; ";
    if (!row_of(scenario_).is(uncertain)) {
        text += protocol.rounds > 0 ? "round " + std::to_string(protocol.rounds) + " is the last" : "no last round";
        return text + "; a gain a round later is worth delta_h = " + digits(protocol.host_discount) +
               " of itself to the host,\n                delta_p = " + digits(protocol.partner_discount) + " to " +
               name + ", both with the risk of " + risk + " a round that the talk breaks down";
    }
    text += "the deadline is round " + std::to_string(protocol.rounds) + "; with a risk of " + risk +
            " a round that the talk breaks down,\n                luck ";
    return text + (protocol.broken_off_after < protocol.rounds
                       ? "breaks it off after round " + std::to_string(protocol.broken_off_after)
                       : "lets it last until then");
}

std::string TableWords::refusing() const {
    if (!view_.rules || row_of(scenario_).is(uncertain)) return "";
    const Rules& rules = *view_.rules;
    const bool host_answers = !rules.protocol.host_first;
    const Payoffs offered = view_.table.seat(view_.shown).terms.payoff;
    const std::string name = host_answers ? "the host" : seated(view_.shown);
    const std::string accepts =
        digits(rules.refusing) + " to it now" +
        (rules.insisted > rules.refusing ? ", but approval at home insists on " + digits(rules.insisted) : "") +
        "; it accepts " + digits(host_answers ? offered.host : offered.partner) + ".";
    if (!rules.next) return "No round follows: refusing would be worth " + accepts;
    return "A round later " + name + " would offer host " + digits(rules.next->payoff.host) + ", partner " +
           digits(rules.next->payoff.partner) + ": refusing is worth " + accepts;
}

std::string TableWords::benchmark() const {
    if (!view_.benchmark) return "";
    const auto& [weight, nash, played] = *view_.benchmark;
    if (nash.partner < 0 && played.partner < 0) return "";
    const bool last_round = view_.rules && view_.rules->protocol.rounds > 0;
    std::string text = row_of(scenario_).is(uncertain) ? "Nash at beta ("
                       : last_round ? "Nash at the weight that offers without a last round approach ("
                                    : "Nash at the weight that these offers approach (";
    text += digits(weight) + "): ";
    if (nash.partner != played.partner)
        text += nash.partner < 0 ? "no deal with a partner, " : "a deal with " + partner(nash.partner) + ", ";
    return text + "host " + digits(nash.host) + "; the protocol gives it " + beside(played.host, nash.host) +
           ", both together " + beside(played.joint, nash.joint) + ".";
}

std::string TableWords::reserve() const {
    const HostAlternatives& host = view_.table.alternatives;
    return digits(view_.game.reserve) + (view_.game.reserve <= 0                   ? " (the status quo)"
                                         : host.self_finance >= view_.game.reserve ? " (self-finance)"
                                                                                   : " (waiting)");
}

std::string TableWords::core() const {
    const CooperativeGame& game = view_.game;
    const auto limit = [&](std::size_t k) { return view_.table.seat(game.players[k]).concession_limit; };
    const std::string first = seated(game.players[0]);
    if (limit(0) <= game.reserve)
        return "the host has " + reserve() + " without any, no less than " + first +
               " could concede: the core is this point";
    const bool second_price = game.players.size() > 1 && limit(1) > game.reserve;
    return "in the core the host gets from " +
           (second_price
                ? digits(limit(1)) + " (the second price: all that " + seated(game.players[1]) + " could concede)"
                : reserve() + ", which it has without any,") +
           " to " + digits(limit(0)) + " (all that " + first + " could)";
}

/// Whether payoffs can be divided freely over the whole game: from what the host has alone to every player's limit only
/// revenue moves, and approval insists on no more.
bool TableWords::whole() const {
    return std::all_of(view_.game.players.begin(), view_.game.players.end(), [&](int i) {
        const Seat& seat = view_.table.seat(i);
        const Piece end = seat.frontier.where_host_gets(seat.concession_limit).piece,
                    start = seat.frontier.where_host_gets(view_.game.reserve).piece;
        return start == Piece::revenue && end == Piece::revenue && seat.required.host <= view_.game.reserve;
    });
}

std::string TableWords::game() const {
    const CooperativeGame& game = view_.game;
    std::string text = "As a game of one host and its partners";
    text +=
        whole()
            ? ": "
            : ", as if all that could be conceded could be divided freely, which the frontier or approval forbids: ";
    if (game.players.empty()) return text + "nobody could settle with the host, which has " + reserve() + " alone.";
    text += core() + ".\nShapley values: host " + digits(game.host);
    std::string out;
    for (const int i : game.players)
        text += ", " + seated(i) + " " + digits(game.partners[static_cast<std::size_t>(i)]);
    for (int i = 0; i < view_.table.seated; ++i)
        if (!std::isfinite(game.partners[static_cast<std::size_t>(i)]))
            out += (out.empty() ? "" : ", ") + seated(i) +
                   (view_.table.seat(i).credible ? " (rivals are off)" : " (could not settle)");
    return text + (out.empty() ? "." : ". Not in it: " + out + ".");
}

}  // namespace multivector
