// Publics ratify or block: the domestic side of a two-level game. What is ratified is signed.
#include "deals.hpp"

namespace multivector {

namespace {

const Sector& sector_of(const Setting& setting, const Project& project) {
    return setting.scenario.sectors[static_cast<std::size_t>(project.sector)].sector;
}

double chance(double gain, double threshold, double noise) { return logistic((gain - threshold) / noise); }

/// Whose politics refuses an agreement; a constraint was known at the table and refuses nothing here.
Side refused_by(const World& world, const Setting& setting, const Luck& luck, const Agreement& agreement) {
    if (agreement.partner < 0) return Side::none;
    const Project& project = agreement.project;
    const auto draw = [&](Stream stream) {
        return luck.uniform(stream, static_cast<std::uint32_t>(world.tick), luck_of(project.sector, project.index),
                            static_cast<std::uint32_t>(project.born) & 0xffffu);
    };
    const auto approved = [&](double odds, Stream stream) { return odds >= 1 || draw(stream) < odds; };
    if (!approved(chance_at_home(world, setting, agreement), Stream::ratification)) return Side::host;
    return approved(chance_abroad(setting, agreement), Stream::approval_abroad) ? Side::none : Side::partner;
}

std::int32_t record_deal(World& world, const Setting& setting, const Agreement& agreement, DealStatus status) {
    if (world.log == nullptr) return -1;
    const Project& project = agreement.project;
    DealRecord row;
    row.tick = world.tick, row.project = project.id, row.partner = agreement.partner, row.sector = project.sector;
    row.region = project.region, row.size = project.size;
    row.host_payoff = agreement.host_payoff, row.partner_payoff = agreement.partner_payoff;
    row.revenue_share = agreement.revenue_share, row.local_content = agreement.local_content;
    row.fund_share = agreement.fund_share;
    if (agreement.partner >= 0)
        row.debt = project.size * (1 - agreement.fund_share) *
                   setting.scenario.partners[static_cast<std::size_t>(agreement.partner)].partner.debt_share;
    row.status = status, row.status_tick = world.tick;
    world.log->deals.push_back(row);
    return static_cast<std::int32_t>(world.log->deals.size()) - 1;
}

/// Blocked: what was promised is free again, and the project may come back after a pause.
void block(World& world, const Setting& setting, const Agreement& agreement, Side by) {
    Project project = agreement.project;
    const auto p = static_cast<std::size_t>(agreement.partner);
    world.capital(agreement.partner) += project.size * (1 - agreement.fund_share);
    world.fund_reserved -= project.size * agreement.fund_share;
    world.corridor_committed -= corridor_part(setting, project);
    world.now.blocked += 1;
    world.now.blocked_by_partner[p] += 1;
    world.now.blocked_by_sector[static_cast<std::size_t>(project.sector)] += 1;
    world.now.blocked_abroad += by == Side::partner;
    if (record_deal(world, setting, agreement, DealStatus::blocked) >= 0) world.log->deals.back().blocked_by = by;
    project.next_talk = after_a_pause(world, setting);
    project.blocked_agreement = std::max(project.blocked_agreement, world.discount * agreement.host_payoff);
    if (comes_back(world, setting, project)) {
        world.open.push_back(project);
    } else {
        lapse(world, project);
    }
}

/// A measure over all deals and over those with one partner.
class Counted {
 public:
    Counted(double& all, PartnerValues& by_partner, std::int32_t partner)
        : all_(all), partner_(by_partner[static_cast<std::size_t>(partner)]) {}
    void operator+=(double value) { all_ += value, partner_ += value; }

 private:
    double &all_, &partner_;
};

/// How far towards the host each clause lies within its range, weighted by what the whole range is worth to it.
void measure_clauses(Observation& now, const Agreement& agreement) {
    Counted position(now.clause_position, now.clause_position_by_partner, agreement.partner);
    Counted weight(now.clause_weight, now.clause_weight_by_partner, agreement.partner);
    position += agreement.revenue * agreement.revenue_share;
    weight += agreement.revenue;
    const double room = 1 - agreement.least_local_content;
    if (!(room > 0)) return;
    position += agreement.local_value * (agreement.local_content - agreement.least_local_content);
    weight += agreement.local_value * room;
}

void count_weight(double& sum, double& count, double weight) {
    if (std::isnan(weight)) return;
    sum += weight;
    count += 1;
}

/// What the deal says beside theory: its host's weight under Nash's solution, and the Shapley value of the table.
void measure_benchmarks(Observation& now, const Agreement& agreement) {
    count_weight(now.implied_weight_sum, now.implied_weights, agreement.implied_weight);
    count_weight(now.implied_weight_outside_sum, now.implied_weights_outside, agreement.implied_weight_outside);
    now.shapley_gain += agreement.shapley - agreement.host_disagreement;
}

/// Leverage at the time of the talk, over signed deals. What a threat or an outside option matches exactly may round
/// below it, and what leaves the other side nothing may round above the surplus: no share is below 0 or above 1.
void measure(World& world, const Agreement& agreement) {
    Observation& now = world.now;
    const auto count = [&](double& all, PartnerValues& by_partner, double value) {
        Counted(all, by_partner, agreement.partner) += value;
    };
    const double gain = std::max(0.0, agreement.host_payoff - agreement.host_disagreement);
    const double over = std::max(0.0, agreement.host_payoff - agreement.host_outside);
    count(now.net_gain, now.net_gain_by_partner, gain);
    count(now.surplus, now.surplus_by_partner,
          std::max(gain, agreement.joint_value - agreement.host_disagreement - agreement.partner_disagreement));
    count(now.outside_gain, now.outside_gain_by_partner, agreement.host_outside - agreement.host_disagreement);
    count(now.gain_over_outside, now.gain_over_outside_by_partner, over);
    count(now.surplus_over_outside, now.surplus_over_outside_by_partner,
          std::max(over, agreement.joint_value - agreement.host_outside - agreement.partner_outside));
    now.net_gain_by_sector[static_cast<std::size_t>(agreement.project.sector)] += gain;
    measure_clauses(now, agreement);
    measure_benchmarks(now, agreement);
    world.talk_gain(agreement.partner) += agreement.partner_payoff - agreement.partner_disagreement;
    world.table_gain(agreement.project.sector) += gain;
}

void count_signed(World& world, const Setting& setting, const Agreement& agreement) {
    const Project& project = agreement.project;
    const Opinion& opinion = setting.scenario.opinion;
    Observation& now = world.now;
    const auto p = static_cast<std::size_t>(agreement.partner);
    now.signed_deals += 1;
    now.value_signed += project.size;
    now.signed_by_partner[p] += 1;
    now.value_signed_by_partner[p] += project.size;
    now.signed_by_sector[static_cast<std::size_t>(project.sector)] += 1;
    now.signed_by_region[static_cast<std::size_t>(project.region)] += 1;
    measure(world, agreement);
    const double strength = felt(setting, project.size, project.region);
    const double announced = opinion.announcement * sector_of(setting, project).visibility;
    const double land = opinion.land * sector_of(setting, project).land_intensity;
    shift_attitude(world, agreement.partner, project.region, strength * (announced + land));
    if (opinion.moves == Switch::on) {
        double& elite = world.elite(agreement.partner, project.region);
        elite = held_within_one(elite + opinion.elite_gain * strength);
    }
}

void sign(World& world, const Setting& setting, const Luck& luck, const Agreement& agreement) {
    const Project& project = agreement.project;
    const double fund_pays = project.size * agreement.fund_share;
    measure_refusals(world, project, agreement.host_payoff);
    world.fund -= fund_pays;
    world.now.fund_project_spending += fund_pays;
    if (agreement.partner >= 0) {
        count_signed(world, setting, agreement);
    } else {
        world.now.self_financed += 1;
        world.table_gain(project.sector) += agreement.host_payoff;
    }
    host_gains(world, agreement.host_payoff);
    Deal deal{};
    deal.project = project.id, deal.born = project.born, deal.sector = project.sector, deal.index = project.index;
    deal.region = project.region, deal.partner = agreement.partner;
    deal.signed_in = world.tick, deal.log_row = record_deal(world, setting, agreement, DealStatus::signed_);
    deal.size = project.size, deal.revenue = agreement.revenue, deal.revenue_share = agreement.revenue_share;
    deal.local_content = agreement.local_content, deal.fund_share = agreement.fund_share;
    enter_phase(deal, Phase::waiting, world, setting, luck);
    world.deals.push_back(deal);
}

}  // namespace

double chance_at_home(const World& world, const Setting& setting, const Agreement& agreement) {
    const Domestic& domestic = setting.scenario.domestic;
    if (domestic.ratification != Ratification::probability) return 1;
    const Project& project = agreement.project;
    double gain = agreement.domestic_gain / project.size;
    if (domestic.channel == AttitudeChannel::ratification)
        gain += domestic.public_pressure * domestic.attitude_weight * sector_of(setting, project).visibility *
                world.attitude(agreement.partner, project.region);
    return chance(gain, domestic.threshold, domestic.noise);
}

double chance_abroad(const Setting& setting, const Agreement& agreement) {
    const Partner& partner = setting.scenario.partners[static_cast<std::size_t>(agreement.partner)].partner;
    if (partner.ratification != Ratification::probability) return 1;
    return chance(agreement.partner_payoff / agreement.project.size, partner.threshold, partner.noise);
}

void publics_ratify(World& world, const Setting& setting, const Luck& luck) {
    for (const Agreement& agreement : world.agreements) {
        const Side by = refused_by(world, setting, luck, agreement);
        if (by == Side::none)
            sign(world, setting, luck, agreement);
        else
            block(world, setting, agreement, by);
    }
}

}  // namespace multivector
