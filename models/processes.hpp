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

/// A rate that is higher by the factor 1 + x for x >= 0 and lower by 1 / (1 - x) below, so that x and -x are inverse.
inline double tilted(double rate, double x) { return x >= 0 ? rate * (1 + x) : rate / (1 - x); }

/// A number for a project that is unique among those of its realisation's same tick of birth; the entity of its luck.
inline std::uint32_t luck_of(std::int32_t sector, std::int32_t index) {
    return (static_cast<std::uint32_t>(sector) << 16) | static_cast<std::uint32_t>(index);
}

inline void record_event(World& world, const EventRecord& event) {
    if (world.log != nullptr) world.log->events.push_back(event);
}

}  // namespace multivector
