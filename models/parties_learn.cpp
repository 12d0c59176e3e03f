// Parties learn: aspirations move toward experience, trust recovers, exposure decays.
#include "processes.hpp"

namespace multivector {

namespace {

/// An aspiration is the gain per dollar over all tables so far, each dollar forgotten at the aspiration rate. `weight`
/// is what is remembered, and `added` what this tick's tables add to it, both in units of what a steady flow of
/// projects leaves. A move that was fixed by the tick instead would make learning slower the shorter the tick.
void remember(double& aspiration, double& weight, double kept, double added, double gain_per_dollar) {
    weight *= kept;
    if (!(added > 0)) return;
    weight += added;
    aspiration += added / weight * (gain_per_dollar - aspiration);
}

}  // namespace

void parties_learn(World& world, const Setting& setting, const Luck&) {
    const Learning& learning = setting.scenario.learning;
    if (learning.aspirations == Switch::on) {
        // A talk that ended without a deal gained nothing.
        const double kept = setting.decay.experience_kept;
        for (int s = 0; s < setting.sectors; ++s)
            remember(world.host_aspiration(s), world.host_experience(s), kept,
                     world.table_size(s) * setting.table_weight(s), world.table_gain(s) / world.table_size(s));
        for (int p = 0; p < setting.partners; ++p)
            remember(world.aspiration(p), world.experience(p), kept, world.talk_size(p) * setting.talk_weight,
                     world.talk_gain(p) / world.talk_size(p));
    }
    if (learning.trust == Switch::on) world.trust += setting.decay.trust_step * (1 - world.trust);
    if (learning.exposure == Switch::on) {
        world.debt *= setting.decay.debt_kept;
        world.equity *= setting.decay.equity_kept;
    }
    world.table_size.setZero();
    world.table_gain.setZero();
    world.talk_size.setZero();
    world.talk_gain.setZero();
    world.completed_size.setZero();
    world.completed_learning.setZero();
    world.discount *= setting.decay.host_discount;
}

}  // namespace multivector
