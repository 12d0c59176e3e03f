#include "seat.hpp"

#include <algorithm>
#include <limits>

#include "corridor.hpp"
#include "processes.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const Sector& sector_of(const Setting& setting, const Project& project) {
    return setting.scenario.sectors[static_cast<std::size_t>(project.sector)].sector;
}

double fund_above_floor(const World& world, const Setting& setting) {
    return std::max(0.0, world.fund - world.fund_reserved - setting.scenario.fund.floor * world.gdp);
}

/// The host's competence when it builds alone: its own, approaching 1 as it learns.
double own_competence(const World& world, const Setting& setting, const Project& project) {
    const double opening = sector_of(setting, project).host_competence;
    const double learned = setting.scenario.economy.capability_effect * world.capability(project.sector);
    return opening + std::max(0.0, 1 - opening) * learned / (1 + learned);
}

double policy_premium(const World& world, const Setting& setting, const Sector& sector) {
    const double spending = world.policy_spending;
    return sector.priority * setting.scenario.fund.policy_premium * spending / (1 + spending);
}

double political_value(const World& world, const Setting& setting, const Project& project, int partner) {
    const Domestic& domestic = setting.scenario.domestic;
    return domestic.public_pressure * domestic.attitude_weight * sector_of(setting, project).visibility *
           world.attitude(partner, project.region);
}

double least_local_content(const World& world, const Setting& setting, const Sector& sector, int partner,
                           double political) {
    double least = sector.local_content_floor + world.owed_content(partner);
    if (setting.scenario.domestic.channel == AttitudeChannel::local_content) least += std::max(0.0, -political);
    return std::min(1.0, least);
}

/// What a deal must give each side to be approved at home. The host's politics looks at the domestic gain, which leaves
/// the attitude cost out and counts attitudes in the ratification channel only.
Payoffs required_at_home(const Setting& setting, const Partner& partner, double size, double cost, double political) {
    constexpr double nothing = -1e300;
    const Domestic& domestic = setting.scenario.domestic;
    const double attitude = domestic.channel == AttitudeChannel::ratification ? size * political : 0;
    return {domestic.ratification == Ratification::constraint ? domestic.requirement * size + cost - attitude : nothing,
            partner.ratification == Ratification::constraint ? partner.requirement * size : nothing};
}

/// X_p without connectivity, per dollar.
double partner_value(const World& world, const Setting& setting, const Project& project, int p, double fund_share) {
    const PartnerInput& input = setting.scenario.partners[static_cast<std::size_t>(p)];
    const Partner& partner = input.partner;
    const double rivals = world.all_exposure_share - world.exposure_share(p);
    const double distrust = setting.scenario.learning.trust_cost * (1 - world.trust(p));
    return input.sectors[static_cast<std::size_t>(project.sector)].interest + partner.influence * rivals -
           partner.cost_of_capital * (1 - fund_share) - distrust;
}

/// Part of X_p that exists only because of connectivity demand.
double connectivity_value(const World& world, const Setting& setting, const Project& project, const ProjectValue& value,
                          int p) {
    if (world.transit(p) <= 0) return 0;
    const Partner& partner = setting.scenario.partners[static_cast<std::size_t>(p)].partner;
    const double linked = partner.linkage * (1 - sector_of(setting, project).connectivity_intensity) * project.size /
                          setting.scenario.corridor.capital_scale;
    // Million tonnes times USD per tonne is USD million.
    return world.transit(p) * (value.corridor_gain + linked * value.corridor_standing) * setting.horizon_value(p) /
           1000;
}

}  // namespace

void weigh_sides(World& world, const Setting& setting) {
    const Scenario& scenario = setting.scenario;
    const PartnerArray exposure = world.equity + world.debt;
    double total = 0;
    for (int p = 0; p < setting.partners; ++p) total += exposure(p);
    const double scale = total + scenario.bargaining.exposure_scale, r_h = world.host_discount_rate;
    world.exposure_share = exposure / scale;
    world.all_exposure_share = total / scale;
    world.pause_discount = portable_exp(-r_h * std::max(setting.dt, scenario.projects.pause));
    world.corridor_years = scenario.corridor.horizon * mean_discount(r_h, scenario.corridor.horizon);
    const double round = scenario.bargaining.round_length, lasts = 1 - scenario.bargaining.breakdown_risk,
                 risk = -portable_log(lasts);
    world.host_discount = lasts * portable_exp(-r_h * round);
    for (int p = 0; p < setting.partners; ++p) {
        const Partner& partner = scenario.partners[static_cast<std::size_t>(p)].partner;
        const double demand = setting.largest_transit(p) > 0 ? world.transit(p) / setting.largest_transit(p) : 0;
        const double rate = tilted(partner.discount_rate, partner.urgency * demand);
        world.host_weight(p) = r_h + rate > 0 ? rate / (r_h + rate) : 0.5;
        world.partner_discount(p) = lasts * portable_exp(-rate * round);
        const double host_hurry = r_h * round + risk,
                     partner_hurry = rate * round + risk;  // -ln of the discount factors
        world.limit_weight(p) =
            host_hurry + partner_hurry > 0 ? partner_hurry / (host_hurry + partner_hurry) : world.host_weight(p);
    }
}

HostAlternatives host_alternatives(const World& world, const Setting& setting, const Project& project,
                                   const ProjectValue& value) {
    const Scenario& scenario = setting.scenario;
    const Sector& sector = sector_of(setting, project);
    const Fund& fund = scenario.fund;
    HostAlternatives alternatives{missing, missing, 0};
    const bool open = fund.present == Switch::on && world.year >= fund.start_year;
    const double available = open ? fund_above_floor(world, setting) : 0;
    if (open && fund.self_finance == Switch::on && project.size <= fund.self_finance_limit * available) {
        const double competence = own_competence(world, setting, project);
        const double content = std::min(1.0, sector.local_content_value / sector.local_content_cost);
        const double local = content * (sector.local_content_value - sector.local_content_cost * content / 2);
        alternatives.self_finance = project.size * (competence * (value.revenue + value.spillover) + local +
                                                    value.premium - fund.self_finance_cost) +
                                    value.tariff;
    }
    const double pause = std::max(setting.dt, scenario.projects.pause);
    if (scenario.bargaining.waiting > 0 && world.year + pause <= project.last_chance + 1e-9 * setting.dt)
        alternatives.waiting = scenario.bargaining.waiting * world.pause_discount *
                               std::max(0.0, world.host_aspiration(project.sector)) * project.size;
    const double share = scenario.implementation.cofinance_share * sector.priority;
    if (open && fund.industrial_policy == Switch::on && share * project.size <= available)
        alternatives.fund_share = share;
    return alternatives;
}

ProjectValue project_value(const World& world, const Setting& setting, const Project& project) {
    const Scenario& scenario = setting.scenario;
    const Sector& sector = sector_of(setting, project);
    ProjectValue value{.revenue = sector.revenue * world.price_factor[static_cast<std::size_t>(project.sector)],
                       .spillover = sector.spillover * (1 + world.capability(project.sector)),
                       .premium = policy_premium(world, setting, sector),
                       .corridor_gain = 0,
                       .corridor_standing = 0,
                       .tariff = 0};
    if (world.traffic <= 0) return value;
    const double added = sector.connectivity_intensity * project.size;
    if (added <= 0 && !setting.any_linkage) return value;
    const CorridorState before = corridor_at(setting, world.tick, world.corridor_committed);
    value.corridor_standing = before.worth;
    if (added <= 0) return value;
    const CorridorState after = corridor_at(setting, world.tick, world.corridor_committed + added);
    value.corridor_gain = after.worth - before.worth;
    value.tariff = scenario.corridor.tariff_share * scenario.corridor.host_tariff * world.traffic *
                   (after.share - before.share) * world.corridor_years / 1000;
    return value;
}

void take_seat(Seat& seat, const World& world, const Setting& setting, const Project& project,
               const ProjectValue& value, const HostAlternatives& alternatives, int p) {
    const Scenario& scenario = setting.scenario;
    const Sector& sector = sector_of(setting, project);
    const PartnerInput& input = scenario.partners[static_cast<std::size_t>(p)];
    const double size = project.size, competence = input.sectors[static_cast<std::size_t>(project.sector)].competence;
    const double share = world.exposure_share(p);
    const double political = political_value(world, setting, project, p);
    seat.partner = p;
    seat.disagreement = {0, 0};  // the status quo, against which payoffs are counted
    seat.best_alternative = Alternative::none;
    seat.rounds = 0;
    seat.connectivity_value = connectivity_value(world, setting, project, value, p);
    const double autonomy = scenario.bargaining.autonomy_cost * share * share;
    const double host = size * (value.spillover * competence + value.premium - autonomy - input.partner.conditionality -
                                alternatives.fund_share * scenario.fund.self_finance_cost) +
                        value.tariff;
    seat.domestic_gain = host;
    const double cost = scenario.domestic.channel == AttitudeChannel::cost ? size * political : 0;
    seat.frontier = make_frontier(
        host + cost,
        size * partner_value(world, setting, project, p, alternatives.fund_share) + seat.connectivity_value,
        sector.local_content_value * size, sector.local_content_cost * size, value.revenue * competence * size,
        least_local_content(world, setting, sector, p, political));
    seat.outside.partner = std::max(0.0, input.partner.aspiration_weight * world.aspiration(p) * size);
    seat.host_weight = world.host_weight(p);
    seat.required = required_at_home(setting, input.partner, size, cost, political);
    seat.concession_limit =
        seat.frontier.where_partner_gets(std::max(seat.outside.partner, seat.required.partner)).payoff.host;
}

}  // namespace multivector
