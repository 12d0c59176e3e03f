// Parties learn: aspirations move toward experience, trust recovers, exposure decays.
#include "processes.hpp"

namespace multivector {

void parties_learn(World& world, const Setting& setting, const Luck&) {
    const Learning& learning = setting.scenario.learning;
    if (learning.aspirations == Switch::on) {
        // Experience is gain per dollar over all talks of the tick; a talk that ended without a deal gained nothing.
        for (int s = 0; s < setting.sectors; ++s)
            if (world.table_size(s) > 0)
                world.host_aspiration(s) += setting.decay.aspiration_step *
                                            (world.table_gain(s) / world.table_size(s) - world.host_aspiration(s));
        for (int p = 0; p < setting.partners; ++p)
            if (world.talk_size(p) > 0)
                world.aspiration(p) +=
                    setting.decay.aspiration_step * (world.talk_gain(p) / world.talk_size(p) - world.aspiration(p));
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
