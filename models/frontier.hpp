// The two-issue package and its Pareto frontier (MODEL: bargaining).
//
// For a project of size I the two sides divide revenue Y by the host's share e in [0, 1] and agree on local content l
// in [l_min, 1]:
//     u_h(e, l) = X_h + b I l + e Y          u_p(e, l) = X_p - c I l^2 / 2 + (1 - e) Y
// The frontier is concave, in three closed-form pieces around l* = min(1, max(l_min, b / c)): l below l* with e = 0; e
// at l*; l above it with e = 1. Money is USD billion, present value.
#pragma once

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

struct Frontier {
    double host_base;                ///< X_h
    double partner_base;             ///< X_p
    double local_value;              ///< b I > 0
    double local_cost;               ///< c I > 0
    double revenue;                  ///< Y >= 0
    double least_local_content;      ///< l_min in [0, 1]
    double efficient_local_content;  ///< l*, from the rest: see make_frontier

    Payoffs at(double revenue_share, double local_content) const {
        return {host_base + local_value * local_content + revenue_share * revenue,
                partner_base - local_cost * local_content * local_content / 2 + (1 - revenue_share) * revenue};
    }
    Terms terms(double revenue_share, double local_content, Piece piece) const {
        return {at(revenue_share, local_content), revenue_share, local_content, piece};
    }
    /// Host's least and largest payoff on the frontier.
    Terms host_worst() const { return terms(0, least_local_content, Piece::local_content_low); }
    Terms host_best() const { return terms(1, 1, Piece::local_content_high); }
    /// S: the largest sum of payoffs, reached at l* whatever e.
    double joint_value() const {
        const Payoffs sum = at(0, efficient_local_content);
        return sum.host + sum.partner;
    }
    /// The point where the host gets `payoff`, held to the frontier's ends.
    Terms where_host_gets(double payoff) const;
    /// The point where the partner gets `payoff`, held to the frontier's ends.
    Terms where_partner_gets(double payoff) const;
    /// Whether some point gives both at least `least`.
    bool offers(Payoffs least) const;
};

Frontier make_frontier(double host_base, double partner_base, double local_value, double local_cost, double revenue,
                       double least_local_content);

}  // namespace multivector
