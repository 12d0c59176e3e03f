#include "frontier.hpp"

#include <algorithm>
#include <cmath>

namespace multivector {

Frontier make_frontier(double host_base, double partner_base, double local_value, double local_cost, double revenue,
                       double least_local_content) {
    const double efficient = std::min(1.0, std::max(least_local_content, local_value / local_cost));
    return {host_base, partner_base, local_value, local_cost, revenue, least_local_content, efficient};
}

Terms Frontier::where_host_gets(double payoff) const {
    const double at_efficient = host_base + local_value * efficient_local_content;
    if (payoff <= at_efficient) {
        const double content = std::max(least_local_content, (payoff - host_base) / local_value);
        return terms(0, std::min(content, efficient_local_content), Piece::local_content_low);
    }
    if (payoff <= at_efficient + revenue)
        return terms((payoff - at_efficient) / revenue, efficient_local_content, Piece::revenue);
    const double content = std::min(1.0, (payoff - host_base - revenue) / local_value);
    return terms(1, std::max(content, efficient_local_content), Piece::local_content_high);
}

Terms Frontier::where_partner_gets(double payoff) const {
    const double content_cost = local_cost * efficient_local_content * efficient_local_content / 2;
    const double at_efficient = partner_base - content_cost + revenue;
    if (payoff >= at_efficient) {
        const double content = std::sqrt(std::max(0.0, 2 * (partner_base + revenue - payoff) / local_cost));
        return terms(0, std::min(std::max(content, least_local_content), efficient_local_content),
                     Piece::local_content_low);
    }
    if (payoff >= at_efficient - revenue)
        return terms((at_efficient - payoff) / revenue, efficient_local_content, Piece::revenue);
    const double content = std::sqrt(std::max(0.0, 2 * (partner_base - payoff) / local_cost));
    return terms(1, std::max(std::min(content, 1.0), efficient_local_content), Piece::local_content_high);
}

bool Frontier::offers(Payoffs least) const {
    if (host_worst().payoff.partner < least.partner || host_best().payoff.host < least.host) return false;
    // An alternative that this very frontier can just match must not fail by rounding.
    const double slack = 1e-12 * (std::fabs(host_base) + std::fabs(partner_base) + local_value + local_cost + revenue);
    return where_partner_gets(least.partner).payoff.host >= least.host - slack;
}

}  // namespace multivector
