// A scenario: everything a world is told before its first tick. Plain structs with their defaults.
//
// Each block below has a table of rows in parameter_table.hpp (key, range, unit, meaning, source); a field without a
// row does not compile. Money is USD billion at 2020 prices, flows are per year, shares are of one. Nothing here knows
// the name of a country: a partner is its parameters.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "choices.hpp"

namespace multivector {

inline constexpr int max_partners = 8, max_sectors = 8, max_regions = 32, max_routes = 8, max_rounds = 100;

/// The two headline knobs stand at the top level of a scenario file, with the dummy that must move nothing.
struct Headline {
    double connectivity_demand = 1;
    double oil_fund_capacity = 1;
    double placebo = 0;
};

struct Clock {
    double start_year = 1995;
    std::int64_t ticks = 116;
    double dt = 0.25;
};

/// A quantity over time. `historical` interpolates the record, `series` the user's own points; a yearly average stands
/// at mid-year. Both hold their end values outside their years, and are multiplied by `scale`.
struct Path {
    PathShape shape = PathShape::constant;
    double level = 0;        ///< constant; ceiling of the logistic; after the step
    double scale = 1;        ///< multiplies historical and series
    double before = 0;       ///< before the step; floor of the logistic
    double year = 2013;      ///< of the step; midpoint of the logistic
    double steepness = 0.5;  ///< of the logistic, per year
};

/// Points of a path: (year, value), years rising.
using Series = std::vector<std::pair<double, double>>;

struct PathInput {
    Path path;
    Series record;  ///< for `historical`
    Series points;  ///< for `series`
};

struct Oil {
    PriceNoise noise = PriceNoise::none;
    double mean_reversion = 0.5;
    double volatility = 0.33;
    double reference_price = 60;
    double barrels_per_tonne = 7.6;
    double unit_cost = 15;
    double government_take = 0.45;
};

struct Fund {
    Switch present = Switch::on;
    double start_year = 2001;
    double opening_balance = 0;
    double saved_share = 0.65;
    double real_return = 0.02;
    FundRule rule = FundRule::targeted;
    double guaranteed_transfer = 4;
    double cutoff_price = 30;
    double resource_horizon = 30;
    double political_draw = 0.06;
    double political_volatility = 0.4;
    double stress_draw = 0.1;
    double ratchet_up = 1;
    double ratchet_down = 0.25;
    double floor = 0.1;
    double stress_threshold = 0.25;
    double memory = 0.3;
    Switch self_finance = Switch::on;
    double self_finance_limit = 0.05;
    double self_finance_cost = 1;
    double dividend_rate = 0.03;
    Switch patience = Switch::on;
    double patience_slope = 0.5;
    Switch industrial_policy = Switch::on;
    double policy_share = 0.15;
    double policy_premium = 0.1;
    double policy_learning = 0.06;
};

struct Corridor {
    Switch avoidance = Switch::on;
    double capital_scale = 8;
    double lowest_cost = 0.6;
    double dispersion = 40;
    double horizon = 20;
    double host_tariff = 20;
    double tariff_share = 0.3;
    Switch trade_gain = Switch::on;
    double trade_cost_cut = 0.15;
};

struct Projects {
    double arrival_scale = 1;
    double size_scale = 1;
    double lifetime = 2;
    double pause = 1;
};

struct Bargaining {
    Solution solution = Solution::nash;
    OutsideOption outside_option = OutsideOption::deal_me_out;
    Switch rivals = Switch::on;
    double rival_offer = 0.6;
    double waiting = 0.5;
    double host_discount_rate = 0.1;
    double autonomy_cost = 0.6;
    double exposure_scale = 5;
    Proposer first_offer = Proposer::host;
    double round_length = 0.1;
    double breakdown_risk = 0.01;
    std::int64_t last_round = 0;
    std::int64_t deadline = 20;
    double private_part = 0.6;
    double stubbornness = 1;
};

struct Domestic {
    AttitudeChannel channel = AttitudeChannel::cost;
    double public_pressure = 1;
    double attitude_weight = 0.35;
    Ratification ratification = Ratification::probability;
    double threshold = -0.1;
    double noise = 0.08;
    double requirement = 0;
};

struct Implementation {
    Switch setbacks = Switch::on;
    double start_rate = 0.5;
    double replace_rate = 0.12;
    double suspend_rate = 0.06;
    double cancel_rate = 0.03;
    double resume_rate = 0.4;
    double size_slowdown = 0.3;
    double size_reference = 0.5;
    double capacity_effect = 1;
    double elite_effect = 0.3;
    double attitude_effect = 1;
    double cofinance_share = 0.1;
    double cofinance_effect = 0.3;
    double oil_effect = 0.5;
    Switch renegotiation = Switch::on;
    double reopen_rate = 0.03;
    double extraction = 0.2;
};

struct Economy {
    double capital_depreciation = 0.05;
    double capability_depreciation = 0.05;
    double capital_elasticity = 0.4;
    double trade_elasticity = 1;
    Switch learning_by_doing = Switch::on;
    double capability_effect = 0.5;
    double upgrading = 0.3;
    Switch dutch_disease = Switch::on;
    double dutch_coefficient = 0.5;
    double opening_gdp = 30;
    double growth = 0.04;
    double exchange_elasticity = 0;
    double exchange_speed = 0.5;
    double spending_multiplier = 2;
    double capital_yield = 0.25;
};

struct Opinion {
    Switch moves = Switch::on;
    Switch network = Switch::on;
    double speed = 0.5;
    double stubbornness = 0.4;
    double announcement = -0.05;
    double land = -0.3;
    double completion = 0.08;
    double output_scale = 2;
    double rumour_rate = 0.15;
    double rumour = -0.25;
    double elite_gain = 0.1;
};

struct Protest {
    Switch present = Switch::on;
    double threshold = 0.5;
    double spread = 0.12;
    double contagion = 0.6;
    double large = 0.05;
    double cooling = 1;
    Switch concessions = Switch::on;
    double concession = 0.2;
    double concession_decay = 0.25;
    double relief = 0.2;
};

struct Learning {
    Switch aspirations = Switch::on;
    double aspiration_rate = 0.5;
    double opening_aspiration = 0.15;
    Switch trust = Switch::on;
    double trust_loss = 0.1;
    double trust_recovery = 0.15;
    double trust_cost = 0.3;
    Switch exposure = Switch::on;
    double debt_repayment = 0.1;
    double equity_decay = 0.04;
};

struct Partner {
    Switch present = Switch::on;
    double discount_rate = 0.07;
    double urgency = 0;
    double cost_of_capital = 1.05;
    double influence = 0.05;
    double conditionality = 0.02;
    double linkage = 0;
    double rival_response = 0;
    double debt_share = 0.4;
    double capital_carryover = 0.5;
    double opening_equity = 0.5;
    double opening_debt = 0.3;
    double opening_trust = 0.8;
    double opening_aspiration = 0.05;
    double aspiration_weight = 0.3;
    double suspicion = 1;
    double stubbornness = 1;
    Ratification ratification = Ratification::none;
    double threshold = 0;
    double noise = 0.08;
    double requirement = 0;
};

struct Sector {
    Stage stage = Stage::intermediate;
    double rate = 1.5;
    double size_median = 0.2;
    double size_sigma = 1;
    double revenue = 1.2;
    double spillover = 0.1;
    double price_passthrough = 0;
    double oil_volume = 0;
    double local_content_value = 0.3;
    double local_content_cost = 0.6;
    double local_content_floor = 0.1;
    double host_competence = 0.6;
    double connectivity_intensity = 0;
    double visibility = 0.3;
    double land_intensity = 0;
    double learning_rate = 0.05;
    double priority = 0;
    double completion_rate = 0.25;
    double opening_exports = 1;
    double opening_capital = 3;
};

struct Region {
    double population = 1;  ///< million persons
    double output = 1;      ///< share of national product, any scale
    double capacity = 0.5;
};

struct Route {
    Switch crosses_host = Switch::off;
    double capacity = 10;
};

struct PartnerSector {
    double interest = 0;
    double competence = 0.8;
};

struct RegionSector {
    double endowment = 1;
};

struct RegionPartner {
    double public_attitude = 0;
    double elite_attitude = 0;
};

struct PartnerInput {
    std::string name;
    Partner partner;
    PathInput transit, credit, finance;  ///< [million t/year], [USD billion/year], [USD billion/year]
    PathInput news;                      ///< rumours that have a date, of mean strength [1/year]
    std::array<PartnerSector, max_sectors> sectors{};
};

struct SectorInput {
    std::string name;
    Sector sector;
};

struct RegionInput {
    std::string name;
    Region region;
    std::array<RegionSector, max_sectors> sectors{};
    std::array<RegionPartner, max_partners> attitudes{};
};

struct RouteInput {
    std::string name;
    Route route;
    PathInput cost;  ///< [USD/t]
};

struct Scenario {
    std::string title;
    Headline headline;
    Clock clock;
    Oil oil;
    PathInput oil_price;   ///< [USD/barrel]
    PathInput oil_output;  ///< [million t/year]
    Fund fund;
    Corridor corridor;
    Projects projects;
    Bargaining bargaining;
    Domestic domestic;
    Implementation implementation;
    Economy economy;
    Opinion opinion;
    Protest protest;
    Learning learning;
    std::vector<PartnerInput> partners;        ///< at most max_partners
    std::vector<SectorInput> sectors;          ///< at most max_sectors
    std::vector<RegionInput> regions;          ///< at most max_regions
    std::vector<RouteInput> routes;            ///< at most max_routes; one at least does not cross the host
    std::vector<std::pair<int, int>> borders;  ///< pairs of neighbouring regions
};

}  // namespace multivector
