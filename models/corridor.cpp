#include "corridor.hpp"

#include <algorithm>

namespace multivector {

namespace {

/// Least cost among the routes that count, so that the exponentials below cannot underflow together.
double least_cost(const Setting& setting, const std::array<double, max_routes>& cost) {
    double least = cost[0];
    for (int k = 1; k < setting.routes; ++k) least = std::min(least, cost[static_cast<std::size_t>(k)]);
    return least;
}

}  // namespace

CorridorState corridor_at(const Setting& setting, int tick, double investment) {
    if (setting.routes == 0) return {0, 0};
    const Corridor& corridor = setting.scenario.corridor;
    const auto& unbuilt = setting.route_cost[static_cast<std::size_t>(tick)];
    const double built = portable_exp(-investment / corridor.capital_scale);
    const double relative = corridor.lowest_cost + (1 - corridor.lowest_cost) * built;
    const double base = least_cost(setting, unbuilt) * std::min(1.0, relative);
    double through = 0, around = 0, through_unbuilt = 0;
    for (int k = 0; k < setting.routes; ++k) {
        const auto route = static_cast<std::size_t>(k);
        const Route& row = setting.scenario.routes[route].route;
        const bool host = row.crosses_host == Switch::on;
        const double size = row.capacity, cost = unbuilt[route] * (host ? relative : 1.0);
        const double term = size * portable_exp((base - cost) / corridor.dispersion);
        if (host) {
            through += term;
            if (corridor.avoidance == Switch::off)
                through_unbuilt += size * portable_exp((base - unbuilt[route]) / corridor.dispersion);
        } else {
            around += term;
        }
    }
    if (through <= 0) return {0, 0};
    const double share = through / (through + around);
    // Naively, as if nothing but the host's own unbuilt routes stood against the corridor.
    const double against = corridor.avoidance == Switch::on ? (through + around) / around : through / through_unbuilt;
    return {corridor.dispersion * portable_log(against), share};
}

double trade_cost_at(const Setting& setting, double investment) {
    const Corridor& corridor = setting.scenario.corridor;
    if (corridor.trade_gain == Switch::off) return 1;
    return 1 - corridor.trade_cost_cut * (1 - portable_exp(-investment / corridor.capital_scale));
}

}  // namespace multivector
