// The observable table: what is measured at the end of each tick, what it means and what it would wrongly show.
//
// It drives the recorder, the HDF5 attributes, the codebook and the analysis. Every field of Observation has one row,
// in the order of the fields (checked when compiling); ratios are rows without a field. Money is USD billion at 2020
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
    double gdp, oil_share_of_gdp, exports, exports_raw, exports_intermediate, exports_consumer, exports_service,
        export_diversification, export_theil, trade_cost, corridor_capital, transit;
    double projects_arisen, projects_open, projects_lapsed, talks, signed_deals, self_financed, blocked, blocked_abroad,
        refused;
    double completed, suspended, cancelled, replaced, reopened, deals_live, value_signed, value_completed;
    double net_gain, surplus, outside_gain, gain_over_outside, surplus_over_outside, clause_position, clause_weight,
        renegotiation_gain, host_welfare, vector_diversity;
    double failed_talks, protocol_host_gap, protocol_joint_gap, protocol_other_winner;
    double protest_share, large_protests, concessions_won, rumours;
    PartnerValues net_gain_by_partner, surplus_by_partner, outside_gain_by_partner, signed_by_partner,
        value_signed_by_partner, refused_by_partner, blocked_by_partner, completed_by_partner,
        value_completed_by_partner, cancelled_by_partner, replaced_by_partner, capital_to_hand_by_partner,
        equity_by_partner, debt_by_partner, exposure_share_by_partner, trust_by_partner, attitude_by_partner,
        owed_content_by_partner;
    SectorValues exports_by_sector, capital_by_sector, capability_by_sector, signed_by_sector, completed_by_sector,
        blocked_by_sector, net_gain_by_sector;
    RegionValues signed_by_region, completed_by_region, lowest_attitude_by_region;
};

inline constexpr std::size_t observation_width = sizeof(Observation) / sizeof(double);

enum class Shape : std::uint8_t { tick, partner, sector, region };       ///< of one tick's value
enum class Summary : std::uint8_t { sum, mean, final, maximum, ratio };  ///< how a run condenses it to one value

/// One row of the observable table. `offset` counts doubles from the start of Observation. A ratio has its numerator at
/// `offset` and its denominator at `over`, both of shape tick; over a run it is the ratio of the sums, and missing
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

#define MULTIVECTOR_AT(field) (offsetof(Observation, field) / sizeof(double))

inline constexpr std::array observables{
    Observable{"oil_price", Shape::tick, Summary::mean, "1", false, 0, no_limit,
               "oil price [USD/barrel at 2020 prices]", "", MULTIVECTOR_AT(oil_price)},
    Observable{"oil_revenue", Shape::tick, Summary::sum, "1", true, 0, no_limit, "public revenue from oil", "",
               MULTIVECTOR_AT(oil_revenue)},
    Observable{"oil_saved", Shape::tick, Summary::sum, "1", true, 0, no_limit, "oil revenue that the fund receives", "",
               MULTIVECTOR_AT(oil_saved)},
    Observable{"fund_return", Shape::tick, Summary::sum, "1", true, -no_limit, no_limit,
               "real return on the fund's balance", "", MULTIVECTOR_AT(fund_return)},
    Observable{"guaranteed_transfer", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "transfer from fund to budget by rule", "", MULTIVECTOR_AT(guaranteed_transfer)},
    Observable{"targeted_transfer", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "discretionary transfer from fund to budget", "", MULTIVECTOR_AT(targeted_transfer)},
    Observable{"fund_project_spending", Shape::tick, Summary::sum, "1", true, -no_limit, no_limit,
               "fund money paid into projects, less what came back from deals that ended before work began", "",
               MULTIVECTOR_AT(fund_project_spending)},
    Observable{"fund_dividend", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "dividends of the projects that the fund paid for", "", MULTIVECTOR_AT(fund_dividend)},
    Observable{"fund", Shape::tick, Summary::final, "1", true, 0, no_limit, "balance of the oil fund", "",
               MULTIVECTOR_AT(fund)},
    Observable{"fund_to_gdp", Shape::tick, Summary::mean, "1", false, 0, no_limit, "fund over yearly GDP",
               "rises when GDP in dollars falls", MULTIVECTOR_AT(fund_to_gdp)},
    Observable{"budget", Shape::tick, Summary::final, "1", true, -no_limit, no_limit,
               "oil money in the budget not yet spent", "", MULTIVECTOR_AT(budget)},
    Observable{"windfall_spending", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "oil money spent at home through the budget", "", MULTIVECTOR_AT(windfall_spending)},
    Observable{"policy_spending", Shape::tick, Summary::sum, "1", true, 0, no_limit, "industrial-policy spending", "",
               MULTIVECTOR_AT(policy_spending)},
    Observable{"host_discount_rate", Shape::tick, Summary::mean, "year-1", false, 0, no_limit,
               "the host's discount rate", "", MULTIVECTOR_AT(host_discount_rate)},
    Observable{"gdp", Shape::tick, Summary::mean, "1", true, 0, no_limit, "gross domestic product, per year", "",
               MULTIVECTOR_AT(gdp)},
    Observable{"oil_share_of_gdp", Shape::tick, Summary::mean, "1", false, 0, 1, "oil's share of GDP", "",
               MULTIVECTOR_AT(oil_share_of_gdp)},
    Observable{"exports", Shape::tick, Summary::sum, "1", true, 0, no_limit, "exports of all sectors", "",
               MULTIVECTOR_AT(exports)},
    Observable{"exports_raw", Shape::tick, Summary::sum, "1", true, 0, no_limit, "exports of raw goods", "",
               MULTIVECTOR_AT(exports_raw)},
    Observable{"exports_intermediate", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "exports of intermediate goods", "", MULTIVECTOR_AT(exports_intermediate)},
    Observable{"exports_consumer", Shape::tick, Summary::sum, "1", true, 0, no_limit, "exports of consumer goods", "",
               MULTIVECTOR_AT(exports_consumer)},
    Observable{"exports_service", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "exports of services, transit included", "", MULTIVECTOR_AT(exports_service)},
    Observable{"export_diversification", Shape::tick, Summary::final, "1", false, 0, 1, "1 - HHI of exports by sector",
               "rises when the oil price falls, without any new industry", MULTIVECTOR_AT(export_diversification)},
    Observable{"export_theil", Shape::tick, Summary::final, "1", false, 0, no_limit,
               "Theil concentration of exports by sector", "falls when the oil price falls",
               MULTIVECTOR_AT(export_theil)},
    Observable{"trade_cost", Shape::tick, Summary::final, "1", false, 0, 1,
               "trade cost relative to a world without a corridor", "", MULTIVECTOR_AT(trade_cost)},
    Observable{"corridor_capital", Shape::tick, Summary::final, "1", true, 0, no_limit, "completed corridor investment",
               "", MULTIVECTOR_AT(corridor_capital)},
    Observable{"transit", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "goods in transit through the host, million tonnes", "", MULTIVECTOR_AT(transit)},
    Observable{"projects_arisen", Shape::tick, Summary::sum, "1", false, 0, no_limit, "opportunities that arose", "",
               MULTIVECTOR_AT(projects_arisen)},
    Observable{"projects_open", Shape::tick, Summary::final, "1", false, 0, no_limit, "opportunities still open", "",
               MULTIVECTOR_AT(projects_open)},
    Observable{"projects_lapsed", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "opportunities that lapsed without a deal", "", MULTIVECTOR_AT(projects_lapsed)},
    Observable{"talks", Shape::tick, Summary::sum, "1", false, 0, no_limit, "tables held: one project in one tick", "",
               MULTIVECTOR_AT(talks)},
    Observable{"signed_deals", Shape::tick, Summary::sum, "1", false, 0, no_limit, "deals signed with partners", "",
               MULTIVECTOR_AT(signed_deals)},
    Observable{"self_financed", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "projects the fund paid for instead", "", MULTIVECTOR_AT(self_financed)},
    Observable{"blocked", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "agreements that politics refused, on either side", "a veto is not leverage", MULTIVECTOR_AT(blocked)},
    Observable{"blocked_abroad", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "of the agreements blocked, those that the partner's own politics refused", "a veto is not leverage",
               MULTIVECTOR_AT(blocked_abroad)},
    Observable{"refused", Shape::tick, Summary::sum, "1", false, 0, no_limit, "tables that ended without agreement", "",
               MULTIVECTOR_AT(refused)},
    Observable{"completed", Shape::tick, Summary::sum, "1", false, 0, no_limit, "projects completed", "",
               MULTIVECTOR_AT(completed)},
    Observable{"suspended", Shape::tick, Summary::sum, "1", false, 0, no_limit, "suspensions of work", "",
               MULTIVECTOR_AT(suspended)},
    Observable{"cancelled", Shape::tick, Summary::sum, "1", false, 0, no_limit, "deals cancelled", "",
               MULTIVECTOR_AT(cancelled)},
    Observable{"replaced", Shape::tick, Summary::sum, "1", false, 0, no_limit, "deals replaced before work began", "",
               MULTIVECTOR_AT(replaced)},
    Observable{"reopened", Shape::tick, Summary::sum, "1", false, 0, no_limit, "deals whose terms the host reopened",
               "", MULTIVECTOR_AT(reopened)},
    Observable{"deals_live", Shape::tick, Summary::final, "1", false, 0, no_limit,
               "deals signed, under way or suspended", "", MULTIVECTOR_AT(deals_live)},
    Observable{"value_signed", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "size of the deals signed with partners", "", MULTIVECTOR_AT(value_signed)},
    Observable{"value_completed", Shape::tick, Summary::sum, "1", true, 0, no_limit, "size of the projects completed",
               "", MULTIVECTOR_AT(value_completed)},
    Observable{"net_gain", Shape::tick, Summary::sum, "1", true, 0, no_limit, "sum of u_h - d_h over signed deals",
               "more power when only the pie grew; counts deals that stall or are cancelled later",
               MULTIVECTOR_AT(net_gain)},
    Observable{"surplus", Shape::tick, Summary::sum, "1", true, 0, no_limit, "sum of S - d_h - d_p over signed deals",
               "", MULTIVECTOR_AT(surplus)},
    Observable{"outside_gain", Shape::tick, Summary::sum, "1", true, 0, no_limit, "sum of o_h - d_h over signed deals",
               "a threat that disciplines nobody as leverage", MULTIVECTOR_AT(outside_gain)},
    Observable{"gain_over_outside", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "sum of u_h - o_h over signed deals", "", MULTIVECTOR_AT(gain_over_outside)},
    Observable{"surplus_over_outside", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "sum of S - o_h - o_p over signed deals", "", MULTIVECTOR_AT(surplus_over_outside)},
    Observable{"clause_position", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "position of each clause between the two sides' ideals, weighted by its value", "",
               MULTIVECTOR_AT(clause_position)},
    Observable{"clause_weight", Shape::tick, Summary::sum, "1", true, 0, no_limit, "weights of the clauses", "",
               MULTIVECTOR_AT(clause_weight)},
    Observable{"renegotiation_gain", Shape::tick, Summary::sum, "1", true, 0, no_limit,
               "revenue won by reopening terms", "", MULTIVECTOR_AT(renegotiation_gain)},
    Observable{"host_welfare", Shape::tick, Summary::sum, "1", true, -no_limit, no_limit,
               "the host's payoffs, discounted to the start of the run at its rate without a fund", "",
               MULTIVECTOR_AT(host_welfare)},
    Observable{"vector_diversity", Shape::tick, Summary::final, "1", false, 0, 1,
               "1 - normalised HHI of exposure to partners", "", MULTIVECTOR_AT(vector_diversity)},
    Observable{"failed_talks", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "main talks that failed though both sides could have gained", "0 under a solution that is no protocol",
               MULTIVECTOR_AT(failed_talks)},
    Observable{
        "protocol_host_gap", Shape::tick, Summary::sum, "1", true, -no_limit, no_limit,
        "the host's payoff at all tables less what Nash's solution, with the weight that offers approach, gives it",
        "a whole run under Nash: later tables are those that the protocol's own deals left; with a last round the last "
        "word, which no weight stands for",
        MULTIVECTOR_AT(protocol_host_gap)},
    Observable{"protocol_joint_gap", Shape::tick, Summary::sum, "1", true, -no_limit, no_limit,
               "both sides' payoffs at all tables less what that solution of Nash's gives them",
               "efficiency lost, where two efficient deals differ in their sum; a refused project that is signed later",
               MULTIVECTOR_AT(protocol_joint_gap)},
    Observable{"protocol_other_winner", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "tables that another party wins than under Nash's solution", "", MULTIVECTOR_AT(protocol_other_winner)},
    Observable{"protest_share", Shape::tick, Summary::maximum, "1", false, 0, 1,
               "share of the population in regions that protest", "", MULTIVECTOR_AT(protest_share)},
    Observable{"large_protests", Shape::tick, Summary::sum, "1", false, 0, no_limit, "large protests against a partner",
               "", MULTIVECTOR_AT(large_protests)},
    Observable{"concessions_won", Shape::tick, Summary::sum, "1", false, 0, no_limit,
               "large protests that won stricter terms", "", MULTIVECTOR_AT(concessions_won)},
    Observable{"rumours", Shape::tick, Summary::sum, "1", false, 0, no_limit, "national rumours about a partner", "",
               MULTIVECTOR_AT(rumours)},
    Observable{"net_gain_by_partner", Shape::partner, Summary::sum, "1", true, 0, no_limit,
               "net_gain from deals with the partner",
               "more power when only the pie grew; counts deals that stall or are cancelled later",
               MULTIVECTOR_AT(net_gain_by_partner)},
    Observable{"surplus_by_partner", Shape::partner, Summary::sum, "1", true, 0, no_limit,
               "surplus of deals with the partner", "", MULTIVECTOR_AT(surplus_by_partner)},
    Observable{"outside_gain_by_partner", Shape::partner, Summary::sum, "1", true, 0, no_limit,
               "outside_gain in deals with the partner", "a threat that disciplines nobody as leverage",
               MULTIVECTOR_AT(outside_gain_by_partner)},
    Observable{"signed_by_partner", Shape::partner, Summary::sum, "1", false, 0, no_limit,
               "deals signed with the partner", "", MULTIVECTOR_AT(signed_by_partner)},
    Observable{"value_signed_by_partner", Shape::partner, Summary::sum, "1", true, 0, no_limit,
               "size of the deals signed with the partner", "", MULTIVECTOR_AT(value_signed_by_partner)},
    Observable{"refused_by_partner", Shape::partner, Summary::sum, "1", false, 0, no_limit,
               "talks with the partner that ended without a deal between the two",
               "a partner that lost to a rival, or that nobody heard, counts too", MULTIVECTOR_AT(refused_by_partner)},
    Observable{"blocked_by_partner", Shape::partner, Summary::sum, "1", false, 0, no_limit,
               "agreements with the partner that politics refused, on either side", "a veto is not leverage",
               MULTIVECTOR_AT(blocked_by_partner)},
    Observable{"completed_by_partner", Shape::partner, Summary::sum, "1", false, 0, no_limit,
               "the partner's projects completed", "", MULTIVECTOR_AT(completed_by_partner)},
    Observable{"value_completed_by_partner", Shape::partner, Summary::sum, "1", true, 0, no_limit,
               "size of the partner's projects completed", "", MULTIVECTOR_AT(value_completed_by_partner)},
    Observable{"cancelled_by_partner", Shape::partner, Summary::sum, "1", false, 0, no_limit,
               "the partner's deals cancelled", "", MULTIVECTOR_AT(cancelled_by_partner)},
    Observable{"replaced_by_partner", Shape::partner, Summary::sum, "1", false, 0, no_limit,
               "the partner's deals replaced", "", MULTIVECTOR_AT(replaced_by_partner)},
    Observable{"capital_to_hand_by_partner", Shape::partner, Summary::mean, "1", true, 0, no_limit,
               "capital the partner has left at the end of the tick", "", MULTIVECTOR_AT(capital_to_hand_by_partner)},
    Observable{"equity_by_partner", Shape::partner, Summary::final, "1", true, 0, no_limit,
               "the partner's equity in the host", "", MULTIVECTOR_AT(equity_by_partner)},
    Observable{"debt_by_partner", Shape::partner, Summary::final, "1", true, 0, no_limit,
               "the host's debt to the partner", "", MULTIVECTOR_AT(debt_by_partner)},
    Observable{"exposure_share_by_partner", Shape::partner, Summary::final, "1", false, 0, 1,
               "the partner's share of all partners' equity and debt",
               "no bargaining.exposure_scale in it, as autonomy cost has", MULTIVECTOR_AT(exposure_share_by_partner)},
    Observable{"trust_by_partner", Shape::partner, Summary::final, "1", false, 0, 1, "trust between host and partner",
               "", MULTIVECTOR_AT(trust_by_partner)},
    Observable{"attitude_by_partner", Shape::partner, Summary::mean, "1", false, -1, 1,
               "public attitude to the partner, weighted by population", "", MULTIVECTOR_AT(attitude_by_partner)},
    Observable{"owed_content_by_partner", Shape::partner, Summary::mean, "1", false, 0, 1,
               "rise of the least local content that the partner owes to protests", "",
               MULTIVECTOR_AT(owed_content_by_partner)},
    Observable{"exports_by_sector", Shape::sector, Summary::sum, "1", true, 0, no_limit, "exports of the sector", "",
               MULTIVECTOR_AT(exports_by_sector)},
    Observable{"capital_by_sector", Shape::sector, Summary::final, "1", true, 0, no_limit, "capital of the sector", "",
               MULTIVECTOR_AT(capital_by_sector)},
    Observable{"capability_by_sector", Shape::sector, Summary::final, "1", false, 0, no_limit,
               "the host's capability in the sector", "", MULTIVECTOR_AT(capability_by_sector)},
    Observable{"signed_by_sector", Shape::sector, Summary::sum, "1", false, 0, no_limit, "deals signed in the sector",
               "", MULTIVECTOR_AT(signed_by_sector)},
    Observable{"completed_by_sector", Shape::sector, Summary::sum, "1", false, 0, no_limit,
               "projects completed in the sector", "", MULTIVECTOR_AT(completed_by_sector)},
    Observable{"blocked_by_sector", Shape::sector, Summary::sum, "1", false, 0, no_limit,
               "agreements in the sector that politics refused, on either side", "a veto is not leverage",
               MULTIVECTOR_AT(blocked_by_sector)},
    Observable{"net_gain_by_sector", Shape::sector, Summary::sum, "1", true, 0, no_limit,
               "net_gain from deals in the sector",
               "more power when only the pie grew; counts deals that stall or are cancelled later",
               MULTIVECTOR_AT(net_gain_by_sector)},
    Observable{"signed_by_region", Shape::region, Summary::sum, "1", false, 0, no_limit, "deals signed in the region",
               "", MULTIVECTOR_AT(signed_by_region)},
    Observable{"completed_by_region", Shape::region, Summary::sum, "1", false, 0, no_limit,
               "projects completed in the region", "", MULTIVECTOR_AT(completed_by_region)},
    Observable{"lowest_attitude_by_region", Shape::region, Summary::mean, "1", false, -1, 1,
               "the region's attitude to the partner it likes least", "", MULTIVECTOR_AT(lowest_attitude_by_region)},
    Observable{"surplus_share", Shape::tick, Summary::ratio, "1", false, 0, 1,
               "the host's share of the surplus: net_gain / surplus", "none when deals were refused",
               MULTIVECTOR_AT(net_gain), MULTIVECTOR_AT(surplus)},
    Observable{"net_share", Shape::tick, Summary::ratio, "1", false, 0, 1,
               "the host's share of what is left after outside options: gain_over_outside / surplus_over_outside",
               "beta, and nothing else, under nash with split_the_difference on the revenue piece",
               MULTIVECTOR_AT(gain_over_outside), MULTIVECTOR_AT(surplus_over_outside)},
    Observable{"concession_index", Shape::tick, Summary::ratio, "1", false, 0, 1,
               "clause_position / clause_weight: 1 is the host's ideal, 0 the partner's",
               "bluffing, if opening bids were used", MULTIVECTOR_AT(clause_position), MULTIVECTOR_AT(clause_weight)},
};

#undef MULTIVECTOR_AT

/// True when the fields of Observation have one row each, in their order, and no name occurs twice.
constexpr bool every_observation_has_a_row() {
    std::size_t next = 0;
    for (std::size_t i = 0; i < observables.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            if (observables[i].name == observables[j].name) return false;
        if (observables[i].summary == Summary::ratio) continue;
        if (observables[i].offset != next) return false;
        next += extent(observables[i].shape);
    }
    return next == observation_width;
}
static_assert(every_observation_has_a_row());

inline const double* values(const Observation& observation) { return reinterpret_cast<const double*>(&observation); }

/// Condenses a run: reset, add each tick's observation in order, then read a row's run value. Costs one pass over the
/// observation per tick.
class RunSummary {
 public:
    void reset();
    void add(const Observation& observation);
    /// Value of `row` over the run for partner, sector or region `index`; NaN when there were no ticks or the ratio's
    /// denominator is zero. `row` is a row of `observables`.
    double value(const Observable& row, int index = 0) const;

 private:
    std::array<double, observation_width> sum_{}, last_{};
    std::array<double, observables.size()> largest_{};  ///< by row; of rows that keep their maximum
    double ticks_ = 0;
};

}  // namespace multivector
