// The ten processes of a tick, in order. Each stands in the file of its name; ODD.md describes it under its name.
#pragma once

#include "world.hpp"

namespace multivector {

void world_moves(World& world, const Setting& setting, const Luck& luck);
void fund_flows(World& world, const Setting& setting, const Luck& luck);
void projects_arise(World& world, const Setting& setting, const Luck& luck);
void parties_bargain(World& world, const Setting& setting, const Luck& luck);
void publics_ratify(World& world, const Setting& setting, const Luck& luck);
void projects_progress(World& world, const Setting& setting, const Luck& luck);
void economy_responds(World& world, const Setting& setting, const Luck& luck);
void opinion_moves(World& world, const Setting& setting, const Luck& luck);
void parties_learn(World& world, const Setting& setting, const Luck& luck);
void observe(World& world, const Setting& setting, const Luck& luck);

/// Log of an oil price relative to the reference price; a price of nothing stands far below.
inline double log_price_ratio(const Oil& oil, double price) {
    return price > 0 ? portable_log(price / oil.reference_price) : -50.0;
}

/// Value of the oil produced [USD billion/year]: its rent, and its costs, which are wages and services at home.
inline double oil_product(const Oil& oil, double output, double price) {
    return output * oil.barrels_per_tonne * price / 1000;
}

/// A rate that is higher by the factor 1 + x for x >= 0 and lower by 1 / (1 - x) below, so that x and -x are inverse.
inline double tilted(double rate, double x) { return x >= 0 ? rate * (1 + x) : rate / (1 - x); }

/// Mean of exp(-rate t) over t from 0 to `years`: what a steady flow is worth, per unit of its undiscounted sum. A rate
/// near zero takes the series, where the difference of 1 and the exponential would lose its digits.
inline double mean_discount(double rate, double years) {
    const double x = rate * years;
    return std::fabs(x) < 1e-4 ? 1 - x / 2 * (1 - x / 3 * (1 - x / 4)) : (1 - portable_exp(-x)) / x;
}

/// A number for a project that is unique among those of its realisation's same tick of birth; the entity of its luck.
inline std::uint32_t luck_of(std::int32_t sector, std::int32_t index) {
    return (static_cast<std::uint32_t>(sector) << 16) | static_cast<std::uint32_t>(index);
}

inline void record_event(World& world, const EventRecord& event) {
    if (world.log != nullptr) world.log->events.push_back(event);
}

}  // namespace multivector
