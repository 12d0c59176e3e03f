// What a tick leaves to be measured, and what a row of the observable table says of it. Money is USD billion at 2020
// prices; flows are amounts within the tick, so their sums are exact. Vectors have one value per partner, sector or
// region and zeros behind the last.
#pragma once

#include <cstddef>

#include "scenario.hpp"

namespace multivector {

using PartnerValues = std::array<double, max_partners>;
using SectorValues = std::array<double, max_sectors>;
using RegionValues = std::array<double, max_regions>;

struct Observation {
    double oil_price, oil_revenue, oil_saved, fund_return, guaranteed_transfer, targeted_transfer,
        fund_project_spending, fund_dividend, fund, fund_to_gdp, budget, windfall_spending, policy_spending,
        host_discount_rate;
    double gdp, oil_share_of_gdp, real_exchange_rate, exports, exports_raw, exports_intermediate, exports_consumer,
        exports_service, export_diversification, export_theil, trade_cost, corridor_capital, transit;
    double projects_arisen, projects_open, projects_lapsed, talks, signed_deals, self_financed, blocked, blocked_abroad,
        refused;
    double completed, suspended, cancelled, replaced, reopened, deals_live, value_signed, value_completed;
    double net_gain, surplus, outside_gain, gain_over_outside, surplus_over_outside, clause_position, clause_weight,
        renegotiation_gain, host_welfare, vector_diversity;
    double refusal_gain, refusals_ended, refusals_paid, veto_gain, shapley_gain, implied_weight_sum, implied_weights,
        implied_weight_outside_sum, implied_weights_outside;
    double failed_talks, protocol_host_gap, protocol_joint_gap, protocol_other_winner;
    double protest_share, large_protests, concessions_won, rumours;
    PartnerValues net_gain_by_partner, surplus_by_partner, outside_gain_by_partner, gain_over_outside_by_partner,
        surplus_over_outside_by_partner, clause_position_by_partner, clause_weight_by_partner, signed_by_partner,
        value_signed_by_partner, refused_by_partner, blocked_by_partner, completed_by_partner,
        value_completed_by_partner, cancelled_by_partner, replaced_by_partner, capital_to_hand_by_partner,
        equity_by_partner, debt_by_partner, exposure_share_by_partner, trust_by_partner, attitude_by_partner,
        owed_content_by_partner;
    SectorValues exports_by_sector, capital_by_sector, capability_by_sector, signed_by_sector, completed_by_sector,
        blocked_by_sector, net_gain_by_sector;
    RegionValues signed_by_region, completed_by_region, lowest_attitude_by_region;
};

inline constexpr std::size_t observation_width = sizeof(Observation) / sizeof(double);

enum class Shape : std::uint8_t { tick, partner, sector, region };  ///< of one tick's value
/// How a run condenses it to one value; a counterfactual has none in a single tick, see counterfactuals.hpp.
enum class Summary : std::uint8_t { sum, mean, final, maximum, ratio, counterfactual };

/// One row of the observable table. `offset` counts doubles from the start of Observation. A ratio has its numerator at
/// `offset` and its denominator at `over`, both of its own shape; over a run it is the ratio of the sums, and missing
/// (NaN) when the denominator is zero.
struct Observable {
    std::string_view name;
    Shape shape;
    Summary summary;
    std::string_view unit;     ///< UDUNITS
    bool money;                ///< USD billion at 2020 prices: said in the long name, unit stays 1
    double low, high;          ///< valid range of one tick's value
    std::string_view meaning;  ///< one sentence
    std::string_view caution;  ///< what it would wrongly show
    std::size_t offset;
    std::size_t over = 0;
};

constexpr std::size_t extent(Shape shape) {
    return shape == Shape::tick     ? 1
           : shape == Shape::region ? max_regions
           : shape == Shape::sector ? max_sectors
                                    : max_partners;
}

inline constexpr double no_limit = 1e300;

inline const double* values(const Observation& observation) { return reinterpret_cast<const double*>(&observation); }

}  // namespace multivector
