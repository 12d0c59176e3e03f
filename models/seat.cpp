#include "seat.hpp"

#include <algorithm>
#include <limits>

#include "corridor.hpp"
#include "deals.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const Sector& sector_of(const Setting& setting, const Project& project) {
    return setting.scenario.sectors[static_cast<std::size_t>(project.sector)].sector;
}

double fund_above_floor(const World& world, const Setting& setting) {
    return std::max(0.0, world.fund - world.fund_reserved - setting.scenario.fund.floor * world.gdp);
}

/// What a project is worth, whoever builds it.
struct ProjectValue {
    double revenue, spillover, premium;       ///< per dollar at full competence
    double corridor_gain, corridor_standing;  ///< [USD/t] that the project adds; that stands already
    double tariff;                            ///< host's own gain from traffic attracted [USD billion]
};

/// Route choice with everything that is committed, worked out when that has changed.
const CorridorState& corridor_as_committed(World& world, const Setting& setting) {
    if (world.corridor_known_in != world.tick || world.corridor_known_at != world.corridor_committed) {
        world.corridor = corridor_at(setting, world.tick, world.corridor_committed);
        world.corridor_known_in = world.tick, world.corridor_known_at = world.corridor_committed;
    }
    return world.corridor;
}

ProjectValue project_value(World& world, const Setting& setting, const Project& project) {
    const Scenario& scenario = setting.scenario;
    const Sector& sector = sector_of(setting, project);
    ProjectValue value{.revenue = sector.revenue * world.price_factor[static_cast<std::size_t>(project.sector)],
                       .spillover = sector.spillover * (1 + world.capability(project.sector)),
                       .premium = sector.priority * world.policy_premium,
                       .corridor_gain = 0,
                       .corridor_standing = 0,
                       .tariff = 0};
    if (world.traffic <= 0) return value;
    const double added = sector.connectivity_intensity * project.size;
    if (added <= 0 && !setting.any_linkage) return value;
    const CorridorState before = corridor_as_committed(world, setting);
    value.corridor_standing = before.worth;
    if (added <= 0) return value;
    const CorridorState after = corridor_at(setting, world.tick, world.corridor_committed + added);
    value.corridor_gain = after.worth - before.worth;
    value.tariff = scenario.corridor.tariff_share * scenario.corridor.host_tariff * world.traffic *
                   (after.share - before.share) * world.corridor_years / 1000;
    return value;
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
        const double competence = world.own_competence(project.sector);
        const double local = setting.own_content_gain(project.sector);
        alternatives.self_finance = project.size * (competence * (value.revenue + value.spillover) + local +
                                                    value.premium - fund.self_finance_cost) +
                                    value.tariff;
    }
    if (scenario.bargaining.waiting > 0 && comes_back(world, setting, project))
        alternatives.waiting = scenario.bargaining.waiting * world.pause_discount *
                               std::max(0.0, world.host_aspiration(project.sector)) * project.size;
    const double share = scenario.implementation.cofinance_share * sector.priority;
    if (open && fund.industrial_policy == Switch::on && share * project.size <= available)
        alternatives.fund_share = share;
    return alternatives;
}

/// Takes the seats of one table. What they have in common is worked out once.
class Seating {
 public:
    Seating(const World& world, const Setting& setting, const Project& project, const ProjectValue& value,
            const HostAlternatives& alternatives, bool in_brief)
        : world_(world),
          scenario_(setting.scenario),
          sector_(sector_of(setting, project)),
          value_(value),
          horizon_value_(setting.horizon_value),
          sector_index_(static_cast<std::size_t>(project.sector)),
          region_(project.region),
          size_(project.size),
          content_(sector_.local_content_value * size_, sector_.local_content_cost * size_),
          political_weight_(scenario_.domestic.public_pressure * scenario_.domestic.attitude_weight *
                            sector_.visibility),
          fund_cost_(alternatives.fund_share * scenario_.fund.self_finance_cost),
          partner_pays_(1 - alternatives.fund_share),
          connects_(value.corridor_gain != 0 || value.corridor_standing != 0),
          in_brief_(in_brief) {}

    /// Works out frontier, outside option, weight and concession limit of one partner's seat.
    void take(Seat& seat, int p) const {
        const PartnerInput& input = scenario_.partners[static_cast<std::size_t>(p)];
        const Partner& partner = input.partner;
        const PartnerSector& skill = input.sectors[sector_index_];
        const double political = political_weight_ * world_.attitude(p, region_);
        const double cost = scenario_.domestic.channel == AttitudeChannel::cost ? size_ * political : 0;
        const double connectivity = connectivity_value(partner, p), gain = domestic_gain(skill, p),
                     host_base = gain + cost, partner_base = size_ * partner_value(partner, skill, p) + connectivity,
                     revenue = value_.revenue * skill.competence * size_,
                     outside = world_.outside_per_dollar(p) * size_;
        const Payoffs required = required_at_home(partner, cost, political);
        const double partner_least = std::max(outside, required.partner);
        seat.partner = p;
        const double least_content = least_local_content(political, p);
        // As Frontier::host_worst has it, to the bit.
        const double partner_most = partner_base - content_.cost * least_content * least_content / 2 + revenue;
        seat.hopeless = in_brief_ && partner_most < partner_least;
        if (seat.hopeless) return;
        seat.disagreement = {0, 0};  // the status quo, against which payoffs are counted
        seat.best_alternative = Alternative::none;
        seat.connectivity_value = connectivity, seat.domestic_gain = gain;
        seat.frontier = make_frontier(host_base, partner_base, content_, revenue, least_content);
        seat.outside.partner = outside;
        seat.host_weight = world_.host_weight(p);
        seat.required = required;
        seat.concession_limit = seat.frontier.where_partner_gets(partner_least).payoff.host;
    }

 private:
    /// The host's gain without attitudes, at terms worth nothing.
    double domestic_gain(const PartnerSector& skill, int p) const {
        return size_ * (value_.spillover * skill.competence + value_.premium - world_.cost_of_partner(p) - fund_cost_) +
               value_.tariff;
    }

    /// X_p without connectivity, per dollar.
    double partner_value(const Partner& partner, const PartnerSector& skill, int p) const {
        return skill.interest + world_.gain_from_presence(p) - partner.cost_of_capital * partner_pays_;
    }

    /// Part of X_p that exists only because of connectivity demand.
    double connectivity_value(const Partner& partner, int p) const {
        if (!connects_ || world_.transit(p) <= 0) return 0;
        const double linked =
            partner.linkage * (1 - sector_.connectivity_intensity) * size_ / scenario_.corridor.capital_scale;
        // Million tonnes times USD per tonne is USD million.
        return world_.transit(p) * (value_.corridor_gain + linked * value_.corridor_standing) * horizon_value_(p) /
               1000;
    }

    double least_local_content(double political, int p) const {
        double least = sector_.local_content_floor + world_.owed_content(p);
        if (scenario_.domestic.channel == AttitudeChannel::local_content) least += std::max(0.0, -political);
        return std::min(1.0, least);
    }

    /// What a deal must give each side to be approved at home. The host's politics looks at the domestic gain, which
    /// leaves the attitude cost out and counts attitudes in the ratification channel only.
    Payoffs required_at_home(const Partner& partner, double cost, double political) const {
        constexpr double nothing = -1e300;
        const Domestic& domestic = scenario_.domestic;
        Payoffs required{nothing, nothing};
        if (domestic.ratification == Ratification::constraint) {
            const double attitude = domestic.channel == AttitudeChannel::ratification ? size_ * political : 0;
            required.host = domestic.requirement * size_ + cost - attitude;
        }
        if (partner.ratification == Ratification::constraint) required.partner = partner.requirement * size_;
        return required;
    }

    const World& world_;
    const Scenario& scenario_;
    const Sector& sector_;
    const ProjectValue value_;
    const PartnerArray& horizon_value_;
    std::size_t sector_index_;
    int region_;
    double size_;
    LocalContent content_;
    double political_weight_;  ///< what an attitude of one is worth to the host, per dollar
    double fund_cost_;         ///< to the host, of the part that the fund adds, per dollar
    double partner_pays_;      ///< the rest of the project
    bool connects_;            ///< whether some of the table's value is connectivity
    bool in_brief_;            ///< whether seats of partners that nothing would satisfy are left as they are
};

/// The host's competence when it builds alone: its own, approaching 1 as it learns.
double own_competence(const World& world, const Setting& setting, int sector) {
    const double opening = setting.scenario.sectors[static_cast<std::size_t>(sector)].sector.host_competence;
    const double learned = setting.scenario.economy.capability_effect * world.capability(sector);
    return opening + std::max(0.0, 1 - opening) * learned / (1 + learned);
}

}  // namespace

void weigh_sides(World& world, const Setting& setting) {
    const Scenario& scenario = setting.scenario;
    world.policy_premium = scenario.fund.policy_premium * world.policy_spending / (1 + world.policy_spending);
    for (int s = 0; s < setting.sectors; ++s) world.own_competence(s) = own_competence(world, setting, s);
    const PartnerArray exposure = world.equity + world.debt;
    double total = 0;
    for (int p = 0; p < setting.partners; ++p) total += exposure(p);
    const double scale = total + scenario.bargaining.exposure_scale, r_h = world.host_discount_rate;
    world.pause_discount = portable_exp(-r_h * std::max(setting.dt, scenario.projects.pause));
    world.corridor_years = scenario.corridor.horizon * mean_discount(r_h, scenario.corridor.horizon);
    const double round = scenario.bargaining.round_length, lasts = 1 - scenario.bargaining.breakdown_risk,
                 risk = -portable_log(lasts);
    world.host_discount = lasts * portable_exp(-r_h * round);
    for (int p = 0; p < setting.partners; ++p) {
        const Partner& partner = scenario.partners[static_cast<std::size_t>(p)].partner;
        const double demand = setting.largest_transit(p) > 0 ? world.transit(p) / setting.largest_transit(p) : 0;
        const double rate = tilted(partner.discount_rate, partner.urgency * demand);
        const double share = exposure(p) / scale, rivals = total / scale - share;
        world.cost_of_partner(p) = scenario.bargaining.autonomy_cost * share * share + partner.conditionality;
        world.gain_from_presence(p) = partner.influence * rivals - scenario.learning.trust_cost * (1 - world.trust(p));
        world.outside_per_dollar(p) = std::max(0.0, partner.aspiration_weight * world.aspiration(p));
        world.host_weight(p) = r_h + rate > 0 ? rate / (r_h + rate) : 0.5;
        world.partner_discount(p) = lasts * portable_exp(-rate * round);
        const double host_hurry = r_h * round + risk,
                     partner_hurry = rate * round + risk;  // -ln of the discount factors
        world.limit_weight(p) =
            host_hurry + partner_hurry > 0 ? partner_hurry / (host_hurry + partner_hurry) : world.host_weight(p);
    }
}

int take_seats(std::span<Seat, max_partners> seats, HostAlternatives& alternatives, World& world,
               const Setting& setting, const Project& project, bool in_brief) {
    const ProjectValue value = project_value(world, setting, project);
    alternatives = host_alternatives(world, setting, project, value);
    const Seating seating(world, setting, project, value, alternatives, in_brief);
    const double needed = project.size * (1 - alternatives.fund_share);
    std::size_t seated = 0;
    for (int p = 0; p < setting.partners; ++p)
        if (setting.present(p) > 0 && needed <= world.capital(p)) seating.take(seats[seated++], p);
    return static_cast<int>(seated);
}

}  // namespace multivector
