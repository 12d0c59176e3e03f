// Alternating offers under complete information: the subgame-perfect division (Rubinstein 1982; with a last round,
// Stahl 1972). Gains v are counted from the threat, which is what talks that never end, or break down, give.
//
// Let phi(v) be the partner's gain on the frontier where the host gains v. Without a last round the host's offer x and
// the partner's offer y leave each answering side no better off by waiting a round, or by leaving for its outside
// option (or what approval at home insists on: no offer below that can be accepted):
//     phi(x) = max(delta_p phi(y), o_p - t_p)          y = max(delta_h x, o_h - t_h)
// phi is concave and falling, so that phi(x) - max(...) falls in x and has one root. With a last round the same two
// lines are walked backwards from it: whoever answers last gets no more than it can leave for.
#include "solutions.hpp"

namespace multivector {

namespace {

/// The game from one side's first offer; gains over the threat.
class Game {
 public:
    explicit Game(const Talk& talk)
        : frontier_(talk.frontier),
          threat_(talk.threat),
          host_leaves_with_(std::max(0.0, talk.least().host - talk.threat.host)),
          partner_leaves_with_(std::max(0.0, talk.least().partner - talk.threat.partner)),
          host_discount_(talk.protocol.host_discount),
          partner_discount_(talk.protocol.partner_discount) {}

    double partner_gain(double host_gain) const {
        return frontier_.where_host_gets(threat_.host + host_gain).payoff.partner - threat_.partner;
    }
    double host_gain(double partner_gain) const {
        return frontier_.where_partner_gets(threat_.partner + partner_gain).payoff.host - threat_.host;
    }
    /// What the host accepts when it would gain `next` a round later.
    double host_accepts(double next) const { return std::max(host_discount_ * next, host_leaves_with_); }
    double partner_accepts(double next) const { return std::max(partner_discount_ * next, partner_leaves_with_); }

    /// The host's gain in its own offer, without a last round. Where the host would answer by leaving, or the partner
    /// would, its outside option says it at once; else phi(x) = delta_p phi(delta_h x).
    double stationary_offer() const {
        const double when_host_leaves = host_gain(partner_accepts(partner_gain(host_leaves_with_)));
        if (host_discount_ * when_host_leaves <= host_leaves_with_) return when_host_leaves;
        const double when_partner_leaves = host_gain(partner_leaves_with_);
        if (excess(when_partner_leaves) >= 0) return when_partner_leaves;
        return root(host_leaves_with_, when_partner_leaves);
    }

    /// The host's gain when `rounds` are left and the side named makes the first offer.
    double gain_with_last_round(bool host_first, int rounds) const {
        const bool host_last = host_first == (rounds % 2 == 1);
        double host = host_last ? host_gain(partner_leaves_with_) : host_leaves_with_;
        bool host_offers = !host_last;
        for (int left = rounds - 1; left > 0; --left, host_offers = !host_offers)
            host = host_offers ? host_gain(partner_accepts(partner_gain(host))) : host_accepts(host);
        return host;
    }

 private:
    /// What the partner would get of the host's offer beyond what it accepts; falls in the offer.
    double excess(double offer) const {
        return partner_gain(offer) - partner_accepts(partner_gain(host_accepts(offer)));
    }

    /// Where the excess is 0. On one straight piece the first secant is exact; across pieces halving what does not move
    /// (Dowell and Jarratt 1971) keeps the bracket shrinking.
    double root(double low, double high) const {
        double at_low = excess(low), at_high = excess(high);
        bool moved_low = false, moved_high = false;
        for (int step = 0; step < 100 && high - low > 1e-15 * (std::fabs(high) + std::fabs(low)); ++step) {
            const double middle = high - at_high * (high - low) / (at_high - at_low);
            if (!(middle > low && middle < high)) return std::min(std::max(middle, low), high);
            const double at_middle = excess(middle);
            if (at_middle == 0) return middle;
            if (at_middle > 0) {
                if (moved_low) at_high /= 2;
                low = middle, at_low = at_middle, moved_low = true, moved_high = false;
            } else {
                if (moved_high) at_low /= 2;
                high = middle, at_high = at_middle, moved_high = true, moved_low = false;
            }
        }
        return high;
    }

    const Frontier& frontier_;
    Payoffs threat_;
    double host_leaves_with_, partner_leaves_with_, host_discount_, partner_discount_;
};

}  // namespace

Settlement settle_alternating_offers(const Talk& talk) {
    const Protocol& protocol = talk.protocol;
    const Game game(talk);
    double gain = 0;
    if (protocol.rounds == 0 && protocol.host_discount * protocol.partner_discount >= 1) {
        // Without any impatience or risk every division is an equilibrium: the limit of short rounds is the choice.
        gain = settle_nash(talk).terms.payoff.host - talk.threat.host;
    } else if (protocol.rounds > 0) {
        gain = game.gain_with_last_round(protocol.host_first, protocol.rounds);
    } else {
        const double offer = game.stationary_offer();
        gain = protocol.host_first ? offer : game.host_accepts(offer);
    }
    const Terms terms = talk.frontier.where_host_gets(talk.threat.host + gain);
    if (talk.offers != nullptr) talk.offers->push_back({1, protocol.host_first, true, terms});
    return {terms, 1};
}

}  // namespace multivector
