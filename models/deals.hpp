// What signing, shifting opinion and discounting have in common across processes.
#pragma once

#include <algorithm>

#include "processes.hpp"

namespace multivector {

/// Investment in the corridor that a project brings [USD billion].
inline double corridor_part(const Setting& setting, const Project& project) {
    return setting.scenario.sectors[static_cast<std::size_t>(project.sector)].sector.connectivity_intensity *
           project.size;
}

/// How strongly a project of a size moves opinion in its region: half as strongly as it gets at the region's scale.
inline double felt(const Setting& setting, double size, std::int32_t region) {
    const double scale =
        setting.scenario.opinion.output_scale * setting.relative_output[static_cast<std::size_t>(region)];
    return size / (size + scale);
}

/// Moves the public's attitude to a partner in one region by the end of this tick. No partner, no attitude.
inline void shift_attitude(World& world, std::int32_t partner, std::int32_t region, double amount) {
    if (partner >= 0) world.shift(partner, region) += amount;
}

inline double held_within_one(double attitude) { return std::min(1.0, std::max(-1.0, attitude)); }

/// Adds a payoff of the host to its welfare, discounted to the start of the run.
inline void host_gains(World& world, double payoff) { world.now.host_welfare += world.discount * payoff; }

/// When a project that was refused comes back to the table [year].
inline double after_a_pause(const World& world, const Setting& setting) {
    return world.year + std::max(setting.dt, setting.scenario.projects.pause);
}

/// Whether a project that is refused now comes back; else it lapses. Years are sums of dt: compared with slack.
inline bool comes_back(const World& world, const Setting& setting, const Project& project) {
    return after_a_pause(world, setting) <= project.last_chance + 1e-9 * setting.dt;
}

/// Chance that an agreement with a partner is approved: the host's by a logistic in the domestic gain per dollar, the
/// partner's in its payoff per dollar; 1 where politics leaves nothing to chance. Attitudes count here only in the
/// ratification channel; the domestic gain leaves them out, so that they never enter twice.
double chance_at_home(const World& world, const Setting& setting, const Agreement& agreement);
double chance_abroad(const Setting& setting, const Agreement& agreement);

/// What came of refusing offers over a project, or of blocking agreements, now that it ends: `settlement` is the host's
/// payoff, d when it lapses.
inline void measure_refusals(World& world, const Project& project, double settlement) {
    const double now = world.discount * settlement, never = -std::numeric_limits<double>::infinity();
    if (project.refused_offer > never) {
        world.now.refusal_gain += now - project.refused_offer;
        world.now.refusals_ended += 1;
        world.now.refusals_paid += now >= project.refused_offer;
    }
    if (project.blocked_agreement > never) world.now.veto_gain += now - project.blocked_agreement;
}

/// A project's last chance has passed.
inline void lapse(World& world, const Project& project) {
    measure_refusals(world, project, 0);
    world.now.projects_lapsed += 1;
    record_event(world, {world.tick, EventKind::lapse, -1, project.sector, project.region, project.id, project.size});
}

/// Works out hazards and draws the waiting time to the next event of a deal that enters a phase.
void enter_phase(Deal& deal, Phase phase, const World& world, const Setting& setting, const Luck& luck);

}  // namespace multivector
