// Tables drawn at random, with frontiers of three pieces, for laws that hold at every one.
#pragma once

#include "random_talks.hpp"
#include "small_world.hpp"

namespace multivector {

/// A world of one tick in which partners of every kind meet over one project, without history: nobody is exposed to
/// anybody, so that who else is there changes no partner's own worth. Same luck, same table, whatever is set later.
inline Scenario random_table(std::mt19937& luck, int partners, int sectors = 1) {
    const auto draw = [&](double low, double high) { return between(luck, low, high); };
    const auto one_of = [&](int count) { return static_cast<int>(draw(0, count - 1e-9)); };
    Scenario scenario = small_scenario(partners, sectors, 1);
    scenario.clock = {.start_year = 1995, .ticks = 1, .dt = 1};
    scenario.headline.connectivity_demand = one_of(2) ? draw(0, 1) : 0;  // the first partner's, in small_scenario
    scenario.corridor.tariff_share = 0;  // the traffic of a partner who is away would be missed at every table
    Bargaining& rules = scenario.bargaining;
    rules.rival_offer = draw(0, 1), rules.waiting = draw(0, 1), rules.host_discount_rate = draw(0.02, 0.3);
    rules.round_length = draw(0, 1), rules.breakdown_risk = draw(0, 0.3), rules.last_round = one_of(5);
    rules.first_offer = static_cast<Proposer>(one_of(2));
    scenario.domestic.channel = static_cast<AttitudeChannel>(one_of(3));
    scenario.domestic.ratification = one_of(2) ? Ratification::constraint : Ratification::none;
    scenario.domestic.requirement = draw(-1, 0.5), scenario.domestic.attitude_weight = draw(0, 2);
    scenario.learning.opening_aspiration = draw(0, 1);
    scenario.fund.self_finance = one_of(2) ? Switch::on : Switch::off;
    scenario.fund.self_finance_limit = 1, scenario.fund.opening_balance = 1e6, scenario.fund.floor = 0;
    scenario.fund.self_finance_cost = draw(0.5, 1.5);
    for (SectorInput& input : scenario.sectors) {
        Sector& sector = input.sector;
        sector.rate = 3, sector.size_sigma = 0, sector.size_median = draw(0.1, 3), sector.revenue = draw(0, 1.5);
        sector.local_content_value = draw(0.01, 1), sector.local_content_cost = draw(0.01, 1);
        sector.connectivity_intensity = draw(0, 1);
        sector.local_content_floor = draw(0, 0.8), sector.spillover = draw(0, 1), sector.visibility = draw(0, 1);
    }
    for (PartnerInput& input : scenario.partners) {
        Partner& partner = input.partner;
        partner.opening_equity = partner.opening_debt = 0;
        partner.discount_rate = draw(0.001, 0.5), partner.cost_of_capital = draw(0.5, 1.2);
        partner.conditionality = draw(0, 0.5), partner.aspiration_weight = draw(0, 1);
        partner.opening_aspiration = draw(0, 0.3), partner.opening_trust = draw(0, 1);
        partner.ratification = one_of(3) ? Ratification::none : Ratification::constraint;
        partner.requirement = draw(-0.5, 0.3);
        partner.linkage = draw(-0.5, 1);
        input.finance = constant_path(1000);
        for (PartnerSector& row : input.sectors) row = {draw(0, 1.2), draw(0.3, 1)};
    }
    for (RegionPartner& row : scenario.regions[0].attitudes) row = {draw(-1, 1), 0};
    return scenario;
}

}  // namespace multivector
