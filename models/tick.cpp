#include "tick.hpp"

namespace multivector {

void tick(World& world, const Setting& setting, const Luck& luck) {
    world.now = Observation{};
    world.year = setting.scenario.clock.start_year + (world.tick + 0.5) * setting.dt;
    world_moves(world, setting, luck);
    fund_flows(world, setting, luck);
    projects_arise(world, setting, luck);
    parties_bargain(world, setting, luck);
    publics_ratify(world, setting, luck);
    projects_progress(world, setting, luck);
    economy_responds(world, setting, luck);
    opinion_moves(world, setting, luck);
    parties_learn(world, setting, luck);
    observe(world, setting, luck);
    ++world.tick;
}

}  // namespace multivector
