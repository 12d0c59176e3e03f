#include "corridor.hpp"

#include <algorithm>
#include <limits>

namespace multivector {

namespace {

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
    const double advantage = through.value(theta) - setting.around[static_cast<std::size_t>(tick)];
    // log(1 + e^a) without overflow. With avoidance off: as if only the host's own unbuilt routes stood against it.
    const double net = std::max(0.0, advantage) + portable_log(1 + portable_exp(-std::fabs(advantage)));
    const double naive = corridor.avoidance == Switch::off ? through.value(theta) - before.value(theta) : net;
    return {theta * naive, logistic(advantage)};
}

double trade_cost_at(const Setting& setting, double investment) {
    const Corridor& corridor = setting.scenario.corridor;
    if (corridor.trade_gain == Switch::off) return 1;
    return 1 - corridor.trade_cost_cut * (1 - portable_exp(-investment / corridor.capital_scale));
}

}  // namespace multivector
