#include "tick.hpp"

namespace multivector {

void tick(World& world, const Setting& setting, const Luck& luck) {
    world.now = Observation{};
    world.year = setting.scenario.clock.start_year + (world.tick + 0.5) * setting.dt;
    for (const ProcessRow& process : processes) process.run(world, setting, luck);
    ++world.tick;
}

}  // namespace multivector
