// Projects progress under competing hazards. One exponential draw per deal and phase, against which hazard accumulates.
#include "deals.hpp"

namespace multivector {

namespace {

/// Attitude of public or elite in the deal's region to its partner; none toward the host's own projects.
double toward(const RegionPartnerArray& attitude, const Deal& deal) {
    return deal.partner < 0 ? 0 : attitude(deal.partner, deal.region);
}

struct Hazards {  ///< per year, in the order in which they divide the luck of the next event
    double forward, replace, suspend, cancel, reopen;
};

/// Setbacks at the stated oil price are worth `setbacks` times their stated rates.
Hazards hazards(const Deal& deal, const Implementation& rules, double setbacks) {
    switch (deal.phase) {
        case Phase::waiting:
            return {deal.forward_rate, rules.replace_rate * setbacks, 0, rules.cancel_rate * setbacks, 0};
        case Phase::under_way:
            return {deal.forward_rate, 0, rules.suspend_rate * setbacks, rules.cancel_rate * setbacks,
                    deal.reopen_rate};
        case Phase::suspended:
            return {deal.forward_rate, 0, 0, 3 * rules.cancel_rate * setbacks, 0};
    }
    return {};
}

void set_status(World& world, const Deal& deal, DealStatus status) {
    if (world.log == nullptr || deal.log_row < 0) return;
    DealRecord& row = world.log->deals[static_cast<std::size_t>(deal.log_row)];
    if (status == DealStatus::under_way && row.begun_tick < 0) row.begun_tick = world.tick;
    row.status = status;
    row.status_tick = world.tick;
}

EventRecord event_of(const World& world, const Deal& deal, EventKind kind, double value) {
    return {world.tick, kind, deal.partner, deal.sector, deal.region, deal.project, value};
}

/// Work begins: the partner's money flows in, as debt and equity.
void begin_work(World& world, const Setting& setting, const Deal& deal) {
    set_status(world, deal, DealStatus::under_way);
    if (deal.partner < 0 || setting.scenario.learning.exposure == Switch::off) return;
    const double share = setting.scenario.partners[static_cast<std::size_t>(deal.partner)].partner.debt_share;
    const double invested = deal.size * (1 - deal.fund_share);
    world.debt(deal.partner) += invested * share;
    world.equity(deal.partner) += invested * (1 - share);
}

void complete(World& world, const Setting& setting, const Deal& deal) {
    const Sector& sector = setting.scenario.sectors[static_cast<std::size_t>(deal.sector)].sector;
    Observation& now = world.now;
    set_status(world, deal, DealStatus::completed);
    now.completed += 1;
    now.value_completed += deal.size;
    now.completed_by_sector[static_cast<std::size_t>(deal.sector)] += 1;
    now.completed_by_region[static_cast<std::size_t>(deal.region)] += 1;
    world.completed_size(deal.sector) += deal.size;
    world.completed_learning(deal.sector) += deal.size * deal.local_content;
    world.corridor_completed += sector.connectivity_intensity * deal.size;
    world.completed_by_fund += deal.size * deal.fund_share;
    if (deal.partner < 0) return;
    now.completed_by_partner[static_cast<std::size_t>(deal.partner)] += 1;
    now.value_completed_by_partner[static_cast<std::size_t>(deal.partner)] += deal.size;
    const double liked = setting.scenario.opinion.completion * sector.visibility;
    shift_attitude(world, deal.partner, deal.region, liked * felt(setting, deal.size, deal.region));
}

void lose_trust(World& world, const Setting& setting, const Deal& deal) {
    const Learning& learning = setting.scenario.learning;
    if (deal.partner >= 0 && learning.trust == Switch::on) world.trust(deal.partner) *= 1 - learning.trust_loss;
}

/// A deal that ends before work has begun gives back what was promised to it.
void give_back(World& world, const Deal& deal) {
    if (deal.partner >= 0) world.capital(deal.partner) += deal.size * (1 - deal.fund_share);
    const double fund_paid = deal.size * deal.fund_share;
    world.fund += fund_paid;
    world.now.fund_project_spending -= fund_paid;
}

void end_early(World& world, const Setting& setting, const Deal& deal, DealStatus status) {
    const Sector& sector = setting.scenario.sectors[static_cast<std::size_t>(deal.sector)].sector;
    set_status(world, deal, status);
    world.corridor_committed -= sector.connectivity_intensity * deal.size;
    if (deal.phase == Phase::waiting) give_back(world, deal);
    const bool cancelled = status == DealStatus::cancelled;
    (cancelled ? world.now.cancelled : world.now.replaced) += 1;
    if (cancelled) lose_trust(world, setting, deal);
    if (deal.partner < 0) return;
    auto& by_partner = cancelled ? world.now.cancelled_by_partner : world.now.replaced_by_partner;
    by_partner[static_cast<std::size_t>(deal.partner)] += 1;
}

/// The obsolescing bargain: costs are sunk, so the host takes part of what the partner still keeps.
void reopen(World& world, const Setting& setting, Deal& deal) {
    const double taken = setting.scenario.implementation.extraction * (1 - deal.revenue_share);
    deal.revenue_share += taken;
    world.now.reopened += 1;
    world.now.renegotiation_gain += taken * deal.revenue;
    host_gains(world, taken * deal.revenue);
    lose_trust(world, setting, deal);
    record_event(world, event_of(world, deal, EventKind::reopening, taken * deal.revenue));
    if (world.log != nullptr && deal.log_row >= 0)
        world.log->deals[static_cast<std::size_t>(deal.log_row)].revenue_share = deal.revenue_share;
}

/// Carries out the event that the deal's luck picks. False when the deal has ended.
bool happen(World& world, const Setting& setting, const Luck& luck, Deal& deal, double oil_factor, double total) {
    const Hazards rate = hazards(deal, setting.scenario.implementation, deal.setback_factor * oil_factor);
    double pick = deal.event_luck * total;
    const auto picked = [&pick](double hazard) { return (pick -= hazard) < 0; };
    if (picked(rate.forward)) {
        if (deal.phase == Phase::under_way) {
            complete(world, setting, deal);
            return false;
        }
        if (deal.phase == Phase::waiting)
            begin_work(world, setting, deal);
        else {
            record_event(world, event_of(world, deal, EventKind::resumption, deal.size));
            set_status(world, deal, DealStatus::under_way);
        }
        enter_phase(deal, Phase::under_way, world, setting, luck);
    } else if (picked(rate.replace)) {
        end_early(world, setting, deal, DealStatus::replaced);
        return false;
    } else if (picked(rate.suspend)) {
        world.now.suspended += 1;
        set_status(world, deal, DealStatus::suspended);
        record_event(world, event_of(world, deal, EventKind::suspension, deal.size));
        enter_phase(deal, Phase::suspended, world, setting, luck);
    } else if (picked(rate.cancel) || rate.reopen == 0) {
        end_early(world, setting, deal, DealStatus::cancelled);
        return false;
    } else {
        reopen(world, setting, deal);
        enter_phase(deal, deal.phase, world, setting, luck);
    }
    return true;
}

}  // namespace

namespace {

/// Per year; elite and capacity decide how fast work starts and completes, size how slowly.
double forward_rate(const Deal& deal, const World& world, const Setting& setting) {
    const Implementation& rules = setting.scenario.implementation;
    if (deal.phase == Phase::suspended) return rules.resume_rate;
    const double elite = rules.elite_effect * toward(world.elite, deal);
    if (deal.phase == Phase::waiting) return rules.start_rate * portable_exp(elite);
    const double capacity = setting.scenario.regions[static_cast<std::size_t>(deal.region)].region.capacity - 0.5;
    const double helped = deal.fund_share > 0 ? rules.cofinance_effect : 0;
    const double slower = rules.size_slowdown * portable_log(deal.size / rules.size_reference);
    const double completion = setting.scenario.sectors[static_cast<std::size_t>(deal.sector)].sector.completion_rate;
    return completion * portable_exp(rules.capacity_effect * capacity + elite + helped - slower);
}

}  // namespace

void enter_phase(Deal& deal, Phase phase, const World& world, const Setting& setting, const Luck& luck) {
    const Implementation& rules = setting.scenario.implementation;
    const Sector& sector = setting.scenario.sectors[static_cast<std::size_t>(deal.sector)].sector;
    deal.phase = phase;
    deal.forward_rate = forward_rate(deal, world, setting);
    const bool reopens = phase == Phase::under_way && rules.renegotiation == Switch::on && deal.partner >= 0;
    deal.reopen_rate = reopens ? rules.reopen_rate : 0;
    deal.setback_factor = rules.setbacks == Switch::off
                              ? 0
                              : portable_exp(-rules.attitude_effect * sector.visibility * toward(world.attitude, deal));
    const Hazards setbacks = hazards(deal, rules, deal.setback_factor);
    deal.steady_rate = deal.forward_rate + deal.reopen_rate;
    deal.setback_rate = setbacks.replace + setbacks.suspend + setbacks.cancel;
    const UniformPair pair =
        luck.pair(Stream::deal_clock, static_cast<std::uint32_t>(deal.born), luck_of(deal.sector, deal.index),
                  static_cast<std::uint32_t>(deal.transition++) & 0xffffu);
    deal.clock = -portable_log(pair.first);
    deal.event_luck = pair.second;
}

void projects_progress(World& world, const Setting& setting, const Luck& luck) {
    const Implementation& rules = setting.scenario.implementation;
    const double oil_factor = portable_exp(-rules.oil_effect * world.log_price_ratio);
    for (std::size_t i = 0; i < world.deals.size();) {
        Deal& deal = world.deals[i];
        double left = deal.signed_in == world.tick ? setting.dt / 2 : setting.dt;  // signed at the middle of its tick
        bool live = true;
        while (live) {
            const double total = deal.steady_rate + deal.setback_rate * oil_factor;
            if (total * left < deal.clock) {
                deal.clock -= total * left;
                break;
            }
            left -= deal.clock / total;
            live = happen(world, setting, luck, deal, oil_factor, total);
        }
        if (live) {
            ++i;
            continue;
        }
        deal = world.deals.back();  // the last deal takes the place of one that ended, and its turn
        world.deals.pop_back();
    }
}

}  // namespace multivector
