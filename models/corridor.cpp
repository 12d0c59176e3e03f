#include "corridor.hpp"

#include <algorithm>
#include <limits>

namespace multivector {

namespace {

constexpr double largest_exponent = 600;  ///< of odds that double precision holds, whatever the routes' capacities

/// log of a sum of size exp(-cost / theta), kept as its largest exponent and a sum that is never below that term's
/// size.
struct LogSum {
    double least_cost = std::numeric_limits<double>::infinity(), sum = 0;

    void add(double size, double cost, double dispersion) {
        if (size <= 0) return;
        if (cost < least_cost) {
            sum = (sum > 0 ? sum * portable_exp((cost - least_cost) / dispersion) : 0) + size;
            least_cost = cost;
        } else {
            sum += size * portable_exp((least_cost - cost) / dispersion);
        }
    }
    bool empty() const { return sum <= 0; }
    double value(double dispersion) const { return portable_log(sum) - least_cost / dispersion; }
};

}  // namespace

void value_ways_around(Setting& setting) {
    const double theta = setting.scenario.corridor.dispersion;
    setting.around.assign(setting.route_cost.size(), 0);
    for (std::size_t t = 0; t < setting.route_cost.size(); ++t) {
        LogSum around;
        for (std::size_t route = 0; route < setting.scenario.routes.size(); ++route) {
            const Route& row = setting.scenario.routes[route].route;
            if (row.crosses_host == Switch::off) around.add(row.capacity, setting.route_cost[t][route], theta);
        }
        if (!around.empty()) setting.around[t] = around.value(theta);
    }
}

CorridorState corridor_at(const Setting& setting, int tick, double investment) {
    const Corridor& corridor = setting.scenario.corridor;
    const auto& unbuilt = setting.route_cost[static_cast<std::size_t>(tick)];
    const double built = portable_exp(-investment / corridor.capital_scale), theta = corridor.dispersion;
    const double relative = corridor.lowest_cost + (1 - corridor.lowest_cost) * built;
    LogSum through, before;
    for (std::size_t route = 0; route < setting.scenario.routes.size(); ++route) {
        const Route& row = setting.scenario.routes[route].route;
        if (row.crosses_host == Switch::off) continue;
        through.add(row.capacity, unbuilt[route] * relative, theta);
        if (corridor.avoidance == Switch::off) before.add(row.capacity, unbuilt[route], theta);
    }
    if (through.empty()) return {0, 0};
    // Odds that traffic goes through the host, and log(1 + odds); where those leave the range of numbers, their log.
    const double exponent = -through.least_cost / theta - setting.around[static_cast<std::size_t>(tick)],
                 odds = through.sum * portable_exp(exponent);
    double net = portable_log(1 + odds), share = odds / (1 + odds);
    if (exponent > largest_exponent) net = exponent + portable_log(through.sum), share = 1;
    // With avoidance off: as if only the host's own unbuilt routes stood against it.
    if (corridor.avoidance == Switch::off) net = through.value(theta) - before.value(theta);
    return {theta * net, share};
}

double trade_cost_at(const Setting& setting, double investment) {
    const Corridor& corridor = setting.scenario.corridor;
    if (corridor.trade_gain == Switch::off) return 1;
    return 1 - corridor.trade_cost_cut * (1 - portable_exp(-investment / corridor.capital_scale));
}

}  // namespace multivector
