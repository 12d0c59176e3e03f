// The two-issue package and its Pareto frontier (MODEL: bargaining).
//
// For a project of size I the two sides divide revenue Y by the host's share e in [0, 1] and agree on local content l
// in [l_min, 1]:
//     u_h(e, l) = X_h + b I l + e Y          u_p(e, l) = X_p - c I l^2 / 2 + (1 - e) Y
// The frontier is concave, in three closed-form pieces around l* = min(1, max(l_min, b / c)): l below l* with e = 0; e
// at l*; l above it with e = 1. Money is USD billion, present value.
#pragma once

#include <algorithm>
#include <cmath>

#include "log.hpp"

namespace multivector {

struct Payoffs {
    double host, partner;
};

/// A point of the frontier.
struct Terms {
    Payoffs payoff;
    double revenue_share, local_content;
    Piece piece;
};

/// What local content is worth and costs at one project, whoever builds it. `value` and `cost` above zero.
struct LocalContent {
    LocalContent(double worth, double costs)
        : value(worth), cost(costs), per_value(1 / worth), squared_per_cost(2 / costs), best(worth / costs) {}
    double value, cost;       ///< b I, c I
    double per_value;         ///< content that is worth one to the host
    double squared_per_cost;  ///< square of the content that costs the partner one
    double best;              ///< b / c, where one more of it costs what it is worth
};

struct Frontier {
    double host_base;            ///< X_h
    double partner_base;         ///< X_p
    double local_value;          ///< b I > 0
    double local_cost;           ///< c I > 0
    double revenue;              ///< Y >= 0
    double least_local_content;  ///< l_min in [0, 1]
    // What follows is worked out of the above by make_frontier.
    double per_value, squared_per_cost;  ///< as in LocalContent
    double efficient_local_content;      ///< l*
    Payoffs efficient;                   ///< at l*, before any revenue is divided

    double content_cost(double local_content) const { return local_cost * local_content * local_content / 2; }
    Payoffs at(double revenue_share, double local_content) const {
        return {host_base + local_value * local_content + revenue_share * revenue,
                partner_base - content_cost(local_content) + (1 - revenue_share) * revenue};
    }
    Terms terms(double revenue_share, double local_content, Piece piece) const {
        return {at(revenue_share, local_content), revenue_share, local_content, piece};
    }
    /// The three pieces: by local content while the partner keeps all revenue, by the host's share of revenue at l*, by
    /// local content once the host has all revenue. The bits of `terms`, without its products of 0 and 1.
    Terms first_piece(double local_content) const {
        return {{host_base + local_value * local_content, partner_base - content_cost(local_content) + revenue},
                0,
                local_content,
                Piece::local_content_low};
    }
    Terms middle_piece(double share) const {
        return {{efficient.host + share * revenue, efficient.partner + (1 - share) * revenue},
                share,
                efficient_local_content,
                Piece::revenue};
    }
    Terms last_piece(double local_content) const {
        return {{host_base + local_value * local_content + revenue, partner_base - content_cost(local_content)},
                1,
                local_content,
                Piece::local_content_high};
    }
    /// Host's least and largest payoff on the frontier.
    Terms host_worst() const { return first_piece(least_local_content); }
    Terms host_best() const { return last_piece(1); }
    /// What the partner loses where the host gains one more, at terms of this frontier: 1 all along the revenue piece,
    /// and between the slopes on both sides at its corners.
    double slope_at(const Terms& there) const {
        if (there.local_content == efficient_local_content) return 1;
        return local_cost * there.local_content * per_value;
    }
    /// S: the largest sum of payoffs, reached at l* whatever e.
    double joint_value() const { return efficient.host + (efficient.partner + revenue); }
    /// The point where the host gets `payoff`, held to the frontier's ends.
    Terms where_host_gets(double payoff) const;
    /// The point where the partner gets `payoff`, held to the frontier's ends.
    Terms where_partner_gets(double payoff) const;
    /// Whether the most that the host can get, `limit` = where_partner_gets(partner's least).payoff.host, is enough for
    /// it: an alternative that this very frontier can just match does not fail by rounding.
    bool reaches(double limit, double host_least) const { return limit >= host_least || limit >= host_least - slack(); }
    /// What payoffs may differ by through rounding alone.
    double slack() const {
        return 1e-12 * (std::fabs(host_base) + std::fabs(partner_base) + local_value + local_cost + revenue);
    }
    /// Whether some point gives both at least `least`.
    bool offers(Payoffs least) const {
        return host_worst().payoff.partner >= least.partner &&
               reaches(where_partner_gets(least.partner).payoff.host, least.host);
    }
};

/// `least_local_content` in [0, 1].
inline Frontier make_frontier(double host_base, double partner_base, const LocalContent& content, double revenue,
                              double least_local_content) {
    const double efficient = std::min(1.0, std::max(least_local_content, content.best));
    const Payoffs undivided{host_base + content.value * efficient,
                            partner_base - content.cost * efficient * efficient / 2};
    return {.host_base = host_base,
            .partner_base = partner_base,
            .local_value = content.value,
            .local_cost = content.cost,
            .revenue = revenue,
            .least_local_content = least_local_content,
            .per_value = content.per_value,
            .squared_per_cost = content.squared_per_cost,
            .efficient_local_content = efficient,
            .efficient = undivided};
}
inline Frontier make_frontier(double host_base, double partner_base, double local_value, double local_cost,
                              double revenue, double least_local_content) {
    return make_frontier(host_base, partner_base, LocalContent(local_value, local_cost), revenue, least_local_content);
}

inline Terms Frontier::where_host_gets(double payoff) const {
    if (payoff <= efficient.host) {
        const double content = std::max(least_local_content, (payoff - host_base) * per_value);
        return first_piece(std::min(content, efficient_local_content));
    }
    if (payoff <= efficient.host + revenue) return middle_piece(std::min(1.0, (payoff - efficient.host) / revenue));
    const double content = std::min(1.0, (payoff - host_base - revenue) * per_value);
    return last_piece(std::max(content, efficient_local_content));
}

inline Terms Frontier::where_partner_gets(double payoff) const {
    const double at_efficient = efficient.partner + revenue;
    if (payoff >= at_efficient) {
        const double content = std::sqrt(std::max(0.0, (partner_base + revenue - payoff) * squared_per_cost));
        return first_piece(std::min(std::max(content, least_local_content), efficient_local_content));
    }
    if (payoff >= at_efficient - revenue) return middle_piece(std::min(1.0, (at_efficient - payoff) / revenue));
    const double content = std::sqrt(std::max(0.0, (partner_base - payoff) * squared_per_cost));
    return last_piece(std::max(std::min(content, 1.0), efficient_local_content));
}

}  // namespace multivector
