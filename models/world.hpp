// The state of one world, and the setting it lives in.
#pragma once

#include <Eigen/Core>
#include <limits>
#include <memory>

#include "log.hpp"
#include "luck.hpp"
#include "observation.hpp"

namespace multivector {

using PartnerArray = Eigen::Array<double, max_partners, 1>;
using SectorArray = Eigen::Array<double, max_sectors, 1>;
/// A column for each region, partners side by side within it.
using RegionPartnerArray = Eigen::Array<double, max_partners, max_regions>;

/// A scenario with everything worked out that does not change from run to run. Read-only while worlds tick, so threads
/// share it.
struct Setting {
    Scenario scenario;
    int partners = 0, sectors = 0, regions = 0, ticks = 0;
    double dt = 0.25;
    int opinion_steps = 1;  ///< in a tick, each a quarter of a year at most: crowds do not wait for the tick to end

    /// Paths by tick, at the middle of the tick. Oil price without its noise; transit and credit times the demand knob.
    std::vector<double> oil_price, oil_output;
    double opening_price = 0, opening_output = 0;  ///< where the two paths stand as the first tick begins
    double opening_log_price = 0;                  ///< of the price's ratio to the reference price
    std::vector<PartnerArray> transit, credit, finance;
    std::vector<PartnerArray> news;  ///< dated news, by step of opinion; empty when there is none
    std::vector<std::array<double, max_routes>> route_cost;
    std::vector<double> around;  ///< log of the sum over avoiding routes of services times exp(-cost / theta)

    std::array<std::array<double, max_regions>, max_sectors> place_cumulative{};  ///< of endowments; last region's is 1
    std::array<std::array<std::int8_t, max_regions>, max_regions> neighbour{};    ///< list of each region's neighbours
    std::array<int, max_regions> neighbours{};                                    ///< length of that list
    std::array<double, max_regions> population_share{}, relative_output{};        ///< sum 1; mean 1
    PartnerArray present = PartnerArray::Zero();                                  ///< 1 when in the world
    PartnerArray largest_transit = PartnerArray::Zero();  ///< over the run at connectivity_demand 1, for urgency
    PartnerArray horizon_value = PartnerArray::Zero();    ///< present value of one per year over the corridor's horizon
    PartnerArray capital_years = PartnerArray::Zero();    ///< what a flow of one per year leaves at a tick's end [year]
    PartnerArray capital_kept = PartnerArray::Zero();     ///< share of unused capital kept over a tick
    bool any_linkage = false;                             ///< whether some partner links issues
    bool any_rival_response = false;                      ///< whether some partner's offers react to a rival's value
    SectorArray own_content = SectorArray::Zero();        ///< l = min(1, b / c), where the host builds alone
    SectorArray own_content_gain = SectorArray::Zero();   ///< b l - c l^2 / 2, per dollar
    SectorArray mean_arrivals = SectorArray::Zero();      ///< of opportunities in a tick
    SectorArray table_weight = SectorArray::Zero();    ///< of a dollar at a sector's tables in what the host remembers
    std::array<double, max_rounds> host_concession{};  ///< part of the way gone by round, under concession tactics
    std::array<std::array<double, max_rounds>, max_partners> partner_concession{};
    double talk_weight = 0;                         ///< of a dollar at a partner's tables in what it remembers
    SectorArray policy_part = SectorArray::Zero();  ///< of industrial-policy spending: priority over all priorities
    SectorArray no_arrival = SectorArray::Zero();   ///< probability that no opportunity arises in a tick
    SectorArray opening_price_factor = SectorArray::Ones();
    RegionPartnerArray first_attitude = RegionPartnerArray::Zero(), first_elite = RegionPartnerArray::Zero();

    struct Approach {  ///< of an exponential approach, the part of the way gone within a tick
        double by_the_end, on_average;
    };
    struct Decay {  ///< exp(-rate dt) or 1 - exp(-rate dt), of a tick or of a step of opinion; mean_rumours is rate dt
        double capital_kept, capability_kept, debt_kept, equity_kept, concession_kept, opinion_step, memory_step,
            experience_kept, trust_step, no_rumour, mean_rumours, growth, host_discount;
        Approach ratchet_up, ratchet_down, exchange;
    } decay{};
};

/// Works out a setting. Throws std::invalid_argument, naming the key, when blocks contradict each other: no sector, no
/// region, more than the maximum of anything, no route that avoids the host, a sector that no region can hold, a path
/// without points, growth that leaves the range of numbers before the run ends.
Setting prepare(Scenario scenario);

struct Opportunity {  ///< as luck has it, before it is a project
    double queue_luck, size_luck, place_luck;
    std::int32_t id, sector, index;
};

struct Project {
    std::int32_t id, born, sector, index, region;
    double size, queue_luck, next_talk, last_chance;  ///< years: not at the table before, lapses after
    /// The host's payoff in the best offer it refused, and in the best agreement that politics blocked, discounted to
    /// the run's start.
    double refused_offer = -std::numeric_limits<double>::infinity(), blocked_agreement = refused_offer;
};

enum class Phase : std::int8_t { waiting, under_way, suspended };

/// A live deal. The clock runs down by hazard times time; at zero the next event happens.
struct Deal {
    std::int32_t project, born, sector, index, region, partner;  ///< partner -1: self-financed
    std::int32_t transition, log_row, signed_in;                 ///< tick of signing
    Phase phase;
    double clock, event_luck;
    double forward_rate, reopen_rate, setback_factor;  ///< per year; setbacks relative to their stated rates
    double steady_rate, setback_rate;                  ///< all hazard: steady + setback times the oil factor
    double size, revenue, revenue_share, local_content, fund_share;
};

struct Agreement {  ///< reached at the table, waiting for ratification
    Project project;
    std::int32_t partner;
    double host_payoff, partner_payoff, revenue_share, local_content, host_disagreement, partner_disagreement,
        host_outside, partner_outside, joint_value, revenue, domestic_gain, local_value, least_local_content,
        fund_share;
    double implied_weight, implied_weight_outside;  ///< beta of Nash's solution from d, from o; NaN: cannot be told
    double shapley;                                 ///< the host's Shapley value of the table
};

/// Route choice at one amount of corridor investment.
struct CorridorState {
    double worth;  ///< w(K) [USD/t], 0 without host routes
    double share;  ///< of the traffic that goes through the host
};

class TableWatch;

struct World {
    int tick = 0;
    double year = 0;  ///< at the middle of the tick
    double discount = 1;

    double oil_price = 0, oil_noise = 0, log_price_ratio = 0;  ///< ratio to the reference price
    double remembered_log_price = 0;                           ///< of that ratio, by those who trade the currency
    double oil_revenue = 0, remembered_revenue = 0;            ///< per year
    double fund = 0, budget = 0, discretionary_rate = 0, fund_capital = 0, policy_spending = 0;
    double gdp = 0, gdp_trend = 1, host_discount_rate = 0, windfall = 0;

    // What stands while the talks of a tick go on: see weigh_sides.
    PartnerArray cost_of_partner;     ///< to the host: autonomy lost to it, and its conditions, per dollar
    PartnerArray gain_from_presence;  ///< to the partner: displacing rivals, less its distrust, per dollar
    PartnerArray outside_per_dollar;  ///< o_p / I: what each partner counts on elsewhere, >= 0
    PartnerArray host_weight;         ///< beta with each partner, this tick
    PartnerArray limit_weight;        ///< beta that offers in turn approach as rounds shorten and their risk falls
    PartnerArray partner_discount;    ///< of each partner per round of offers, this tick
    double host_discount = 1;         ///< the host's likewise
    double policy_premium = 0;        ///< of a project in a sector of priority 1, per dollar
    SectorArray own_competence;       ///< the host's, building alone
    double pause_discount = 0, corridor_years = 0;  ///< the host's: exp(-r_h pause); present value of one per year
    double traffic = 0;                             ///< all partners' transit demand [million t/year]
    PartnerArray transit, capital, equity, debt, trust, aspiration, owed_content;
    SectorArray sector_capital, capability, host_aspiration;
    PartnerArray experience;      ///< what an aspiration rests on; 1 after a steady flow of projects
    SectorArray host_experience;  ///< likewise, the host's
    double corridor_capital = 0, corridor_completed = 0, corridor_committed = 0;
    CorridorState corridor{};      ///< a memo, valid for one setting until `begin`: as a table last asked for it,
    double corridor_known_at = 0;  ///< with this much committed,
    int corridor_known_in = -1;    ///< in this tick
    RegionPartnerArray attitude, elite, shift, gathered, scratch;

    std::array<double, max_regions> protest_threshold{};
    std::array<double, max_partners> next_large_protest{};  ///< year before which there is none
    std::array<double, max_sectors> price_factor{};         ///< (price / reference)^passthrough, this tick
    SectorArray table_size, table_gain, completed_size,
        completed_learning;  ///< this tick's, for learning and capability
    PartnerArray talk_size, talk_gain;
    double completed_by_fund = 0;  ///< fund money in the projects completed this tick
    double fund_reserved = 0;      ///< promised to agreements of this tick

    std::vector<Project> open;               ///< that wait for their next talk, in the order in which they come back
    std::vector<Opportunity> opportunities;  ///< of this tick, in the order of their luck
    std::vector<Project> arisen;             ///< of those, which come to the table behind the older ones
    std::vector<Agreement> agreements;
    std::vector<Deal> deals;
    std::int32_t next_project = 0;

    TableWatch* watch = nullptr;  ///< sees every table before it is negotiated, when set
    Observation now;              ///< this tick's flows while it runs, everything after observe()
    Log* log = nullptr;           ///< filled when set
};

/// Puts a world at the start of a run. Allocates only the first time.
void begin(World& world, const Setting& setting);

/// Advances the world by one tick. No allocation after the first run (unless a run holds more live deals, or a tick
/// more open projects, than any before), no I/O. world.now then holds the tick's observation.
void tick(World& world, const Setting& setting, const Luck& luck);

}  // namespace multivector
