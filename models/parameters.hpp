// The parameter table: one row for every field of every block of a scenario; here the blocks that a world has once. See
// parameter_table.hpp for the whole.
//
// It drives YAML loading, validation, --set, sweep axes, `describe` and the codebook. Units are UDUNITS, or in words
// where money is in them: USD billion at 2020 prices, USD/t. `assumed` marks a default without a source: its range is
// then the honest statement. What a source must say to count as what stands in source_kind.hpp.
#pragma once

#include "scenario.hpp"

namespace multivector {

inline constexpr std::array headline_rows{
    row<&Headline::connectivity_demand>("connectivity_demand", 0, 3, 0.1, "1", "D",
                                        "scales every partner's connectivity.transit and connectivity.credit and "
                                        "nothing else; 0 is no ambition, 1 is history",
                                        "definition"),
    row<&Headline::oil_fund_capacity>("oil_fund_capacity", 0, 3, 0.1, "1", "C",
                                      "scales the share of oil revenue saved (at most all of it) and the fund's "
                                      "opening balance; the rest goes to the budget",
                                      "definition", "fund.present=on"),
    row<&Headline::placebo>("placebo", 0, 1, 0.1, "1", "",
                            "a dummy that no process reads: the noise floor of a sensitivity analysis", "definition",
                            "never"),
};

inline constexpr std::array clock_rows{
    row<&Clock::start_year>("start_year", 1900, 2200, 1, "year", "", "the year in which the first tick begins",
                            "definition"),
    row<&Clock::ticks>("ticks", 1, 100000, 1, "1", "", "number of ticks in a run", "definition"),
    row<&Clock::dt>("dt", 0.08, 1, 0.25, "year", "dt", "length of a tick", "definition"),
};

inline constexpr std::array path_rows{
    choice<&Path::shape>(
        "shape", "how the quantity moves: constant, historical (the record), series (own points), logistic or step",
        "definition"),
    row<&Path::level>("level", 0, 1e6, 1, "as the path", "",
                      "the constant; the ceiling of the logistic; the value after the step", "assumed; a placeholder",
                      "shape=constant|logistic|step"),
    row<&Path::scale>("scale", 0, 1e6, 0.1, "1", "", "multiplies the points of historical and series", "definition",
                      "shape=historical|series"),
    row<&Path::before>("before", 0, 1e6, 1, "as the path", "", "the value before the step; the floor of the logistic",
                       "assumed; a placeholder", "shape=step|logistic"),
    row<&Path::year>("year", 1900, 2200, 1, "year", "", "the year of the step; the midpoint of the logistic",
                     "the Silk Road Economic Belt was announced in September 2013 (events.csv)", "shape=step|logistic"),
    row<&Path::steepness>("steepness", 0.01, 10, 0.1, "year-1", "", "growth rate of the logistic around its midpoint",
                          "assumed", "shape=logistic"),
};

inline constexpr std::array oil_rows{
    choice<&Oil::noise>("noise",
                        "luck around the price path, in logs: none, mean_reverting (Ornstein-Uhlenbeck) or random_walk",
                        "assumed"),
    row<&Oil::mean_reversion>("mean_reversion", 0.05, 3, 0.05, "year-1", "nu", "speed of return to the price path",
                              "assumed; oil estimates run from 0.3 to 0.7", "noise=mean_reverting"),
    row<&Oil::volatility>("volatility", 0, 1, 0.01, "year-0.5", "sigma",
                          "standard deviation of the log price's innovations", "assumed; oil estimates about 0.33",
                          "noise=mean_reverting|random_walk"),
    row<&Oil::reference_price>("reference_price", 1, 300, 1, "USD/barrel", "P*",
                               "price at which raw projects earn their stated revenue",
                               "assumed; Brent of 1995-2023 had a mean of 58 at the prices of the day, of 67 at those "
                               "of 2020 (macro_annual.csv)"),
    row<&Oil::barrels_per_tonne>("barrels_per_tonne", 6, 9, 0.1, "t-1", "", "barrels in a tonne of crude",
                                 "assumed; light Caspian crude lies between 7.3 and 7.9"),
    row<&Oil::unit_cost>("unit_cost", 0, 100, 1, "USD/barrel", "", "cost of producing and shipping a barrel",
                         "assumed"),
    row<&Oil::government_take>("government_take", 0, 1, 0.05, "1", "", "share of the oil rent that is public revenue",
                               "assumed"),
};

inline constexpr std::array fund_rows{
    choice<&Fund::present>("present", "whether there is an oil fund at all", "definition"),
    row<&Fund::start_year>(
        "start_year", 1900, 2200, 1, "year", "", "the year from which oil revenue is saved",
        "National Fund created in August 2000 (events.csv), first balance of 2001 (macro_annual.csv)", "present=on"),
    row<&Fund::opening_balance>("opening_balance", 0, 1000, 1, "USD billion", "", "balance before the first tick",
                                "no fund existed in 1995 (events.csv)", "present=on"),
    row<&Fund::saved_share>("saved_share", 0, 1, 0.05, "1", "tau", "share of public oil revenue that the fund receives",
                            "assumed", "present=on"),
    row<&Fund::real_return>("real_return", -0.05, 0.15, 0.005, "year-1", "r", "real return on the fund's balance",
                            "assumed", "present=on"),
    choice<&Fund::rule>("rule", "how the guaranteed transfer to the budget is set; targeted adds a discretionary draw",
                        "2.2 of the 5.3 trillion tenge withdrawn in 2023 were a guaranteed transfer (macro_annual.csv)",
                        "present=on"),
    row<&Fund::guaranteed_transfer>(
        "guaranteed_transfer", 0, 50, 0.5, "USD billion/year", "", "transfer of the fixed and targeted rules",
        "2.2 trillion tenge in 2023 (macro_annual.csv), at about 456 to the dollar 4 billion at 2020 prices",
        "present=on; rule=fixed|targeted"),
    row<&Fund::cutoff_price>("cutoff_price", 1, 300, 1, "USD/barrel", "",
                             "revenue above this price is saved, a shortfall below it is paid out", "assumed",
                             "present=on; rule=cutoff_price"),
    row<&Fund::resource_horizon>("resource_horizon", 1, 200, 5, "year", "",
                                 "years for which current oil revenue is expected to last", "assumed",
                                 "present=on; rule=permanent_income"),
    row<&Fund::political_draw>("political_draw", 0, 0.5, 0.01, "year-1", "",
                               "discretionary draw in normal times, as a share of the balance", "assumed",
                               "present=on; rule=targeted"),
    row<&Fund::political_volatility>("political_volatility", 0, 2, 0.1, "1", "",
                                     "standard deviation of the log of the political draw from year to year", "assumed",
                                     "present=on; rule=targeted; political_draw=0.1"),
    row<&Fund::stress_draw>("stress_draw", 0, 0.5, 0.01, "year-1", "",
                            "further draw per unit of oil revenue's shortfall, as a share of the balance",
                            "assumed; 10 billion drawn in 2007-09 (macro_annual.csv)", "present=on; rule=targeted"),
    row<&Fund::ratchet_up>("ratchet_up", 0, 10, 0.1, "year-1", "",
                           "speed at which the discretionary draw rises to what politics wants", "assumed",
                           "present=on; rule=targeted"),
    row<&Fund::ratchet_down>("ratchet_down", 0, 10, 0.1, "year-1", "",
                             "speed at which it falls; below ratchet_up, withdrawals ratchet", "assumed",
                             "present=on; rule=targeted"),
    row<&Fund::floor>("floor", 0, 1, 0.05, "1", "",
                      "balance that discretion and self-finance leave untouched, as a share of GDP",
                      "assumed; 30 percent in the 2016 Concept (macro_annual.csv)", "present=on"),
    row<&Fund::stress_threshold>(
        "stress_threshold", 0, 1, 0.05, "1", "",
        "shortfall of oil revenue below its remembered level at which the floor may be breached", "assumed",
        "present=on; rule=targeted; floor=1"),
    row<&Fund::memory>("memory", 0.01, 5, 0.1, "year-1", "",
                       "speed at which the remembered oil revenue follows the actual one", "assumed",
                       "present=on; rule=targeted"),
    choice<&Fund::self_finance>("self_finance",
                                "the fund may pay for a project that no partner gets: an alternative at the table",
                                "definition", "present=on"),
    row<&Fund::self_finance_limit>("self_finance_limit", 0, 1, 0.01, "1", "",
                                   "largest project the fund pays for, as a share of its balance above the floor",
                                   "assumed", "present=on; self_finance=on"),
    row<&Fund::self_finance_cost>("self_finance_cost", 0, 3, 0.05, "1", "",
                                  "present value of a dollar of fund money spent at home", "assumed",
                                  "present=on; self_finance=on; self_finance_limit=0.3"),
    row<&Fund::dividend_rate>("dividend_rate", 0, 0.3, 0.01, "year-1", "",
                              "dividend on the projects that the fund has paid for", "assumed",
                              "present=on; self_finance=on; self_finance_limit=0.3; self_finance_cost=0.9"),
    choice<&Fund::patience>("patience", "whether the fund changes the host's discount rate", "definition",
                            "present=on"),
    row<&Fund::patience_slope>("patience_slope", -3, 3, 0.1, "1", "",
                               "fall of the host's discount rate with fund / GDP; below zero it rises", "assumed",
                               "present=on; patience=on"),
    choice<&Fund::industrial_policy>("industrial_policy", "whether part of the transfers subsidises priority sectors",
                                     "definition", "present=on"),
    row<&Fund::policy_share>("policy_share", 0, 1, 0.05, "1", "",
                             "share of the fund's transfers spent on industrial policy", "assumed",
                             "present=on; industrial_policy=on"),
    row<&Fund::policy_premium>("policy_premium", 0, 1, 0.05, "1", "",
                               "value to the host of a priority project per dollar when policy spending is large; half "
                               "of it at USD 1 billion a year",
                               "assumed", "present=on; industrial_policy=on"),
    row<&Fund::policy_learning>(
        "policy_learning", 0, 0.5, 0.01, "1/USD billion", "",
        "capability gained per USD billion of policy spending, which sectors divide by priority", "assumed",
        "present=on; industrial_policy=on"),
};

inline constexpr std::array corridor_rows{
    choice<&Corridor::avoidance>(
        "avoidance", "whether a corridor is worth only what it saves over the best route that avoids the host",
        "definition"),
    row<&Corridor::capital_scale>("capital_scale", 0.1, 200, 1, "USD billion", "",
                                  "investment that closes 63 percent of the corridor's cost gap", "assumed"),
    row<&Corridor::lowest_cost>("lowest_cost", 0, 1, 0.05, "1", "",
                                "cost of a finished route through the host, relative to the unbuilt one", "assumed"),
    row<&Corridor::dispersion>("dispersion", 1, 1000, 5, "USD/t", "theta",
                               "spread of the costs that shippers see beyond a route's stated one; small means "
                               "that all take the cheapest",
                               "assumed"),
    row<&Corridor::horizon>("horizon", 1, 50, 1, "year", "",
                            "years of traffic that a partner counts when it values a corridor", "assumed"),
    row<&Corridor::host_tariff>(
        "host_tariff", 0, 200, 5, "USD/t", "", "what the host earns on a tonne in transit",
        "assumed; less than a third of 69 gross, 1.2 billion on 17.5 million tonnes in 2019 (connectivity.csv)"),
    row<&Corridor::tariff_share>("tariff_share", 0, 1, 0.05, "1", "",
                                 "share of the traffic a project attracts that the host counts in its own return",
                                 "assumed"),
    choice<&Corridor::trade_gain>("trade_gain", "whether a built corridor lowers everyone's trade cost", "definition"),
    row<&Corridor::trade_cost_cut>("trade_cost_cut", 0, 0.9, 0.05, "1", "",
                                   "cut of the trade cost by a finished corridor", "assumed", "trade_gain=on"),
};

inline constexpr std::array projects_rows{
    row<&Projects::arrival_scale>("arrival_scale", 0, 20, 0.1, "1", "", "multiplies every sector's rate of arrival",
                                  "definition"),
    row<&Projects::size_scale>("size_scale", 1e-9, 1e9, 0.1, "1", "", "multiplies every project's size", "definition"),
    row<&Projects::lifetime>("lifetime", 0, 20, 0.5, "year", "", "how long an opportunity stays open before it lapses",
                             "assumed"),
    row<&Projects::pause>("pause", 0, 20, 0.5, "year", "", "how long a refused project stays away from the table",
                          "assumed", "projects.lifetime=3"),
};

inline constexpr std::array bargaining_rows{
    choice<&Bargaining::solution>("solution", "the bargaining solution that settles a talk (solutions.md)",
                                  "Nash 1950; Kalai 1977"),
    choice<&Bargaining::outside_option>(
        "outside_option", "split_the_difference makes outside options the threat; deal_me_out makes them a constraint",
        "Binmore, Shaked and Sutton 1989"),
    choice<&Bargaining::rivals>(
        "rivals", "whether other partners' offers count as the host's alternatives at the table", "definition"),
    row<&Bargaining::rival_offer>("rival_offer", 0, 1, 0.1, "1", "kappa",
                                  "share of its possible concession that a rival's standing offer makes, if that is "
                                  "more than it would settle on alone",
                                  "assumed; decisive for the first claim, so sweep it", "rivals=on"),
    row<&Bargaining::waiting>("waiting", 0, 1, 0.1, "1", "",
                              "weight of what the host aspires to get by waiting, as an alternative at the table",
                              "assumed"),
    row<&Bargaining::host_discount_rate>("host_discount_rate", 0.001, 1, 0.01, "year-1", "r_0",
                                         "the host's discount rate with an empty fund", "assumed"),
    row<&Bargaining::autonomy_cost>(
        "autonomy_cost", 0, 10, 0.1, "1", "",
        "cost of concentration per dollar at full dependence on one partner; grows with the square", "assumed"),
    row<&Bargaining::exposure_scale>("exposure_scale", 0.1, 500, 1, "USD billion", "",
                                     "exposure added to the total before shares are taken", "assumed"),
    choice<&Bargaining::first_offer>("first_offer", "who makes the first offer of a talk", "assumed",
                                     "solution=alternating_offers|concession_tactics"),
    row<&Bargaining::round_length>("round_length", 0, 1, 0.05, "year", "Delta",
                                   "time from one offer to the next, for which both sides are impatient", "assumed",
                                   "solution=alternating_offers"),
    row<&Bargaining::breakdown_risk>("breakdown_risk", 0, 0.5, 0.01, "1", "",
                                     "risk that a talk is broken off after an offer that was not accepted", "assumed",
                                     "solution=alternating_offers|concession_tactics"),
    row<&Bargaining::last_round>("last_round", 0, 100, 1, "1", "",
                                 "offers after which there are no more; 0 when there is no last one",
                                 "Rubinstein 1982; Stahl 1972", "solution=alternating_offers"),
    row<&Bargaining::deadline>(
        "deadline", 1, 100, 1, "1", "",
        "offers after which there are no more, where sides do not know what the other would accept", "assumed",
        "solution=concession_tactics"),
    row<&Bargaining::private_part>(
        "private_part", 0, 1, 0.05, "1", "",
        "largest part of its possible gain that a side secretly insists on; each talk's is uniform from 0", "assumed",
        "solution=concession_tactics"),
    row<&Bargaining::stubbornness>(
        "stubbornness", 0.05, 20, 0.1, "1", "", "above 1 the host yields late (Boulware), below 1 early",
        "assumed; at 1 it yields evenly (Faratin, Sierra and Jennings 1998)", "solution=concession_tactics"),
};

inline constexpr std::array domestic_rows{
    choice<&Domestic::channel>("channel", "the one channel through which public attitudes enter a talk", "definition"),
    row<&Domestic::public_pressure>("public_pressure", 0, 5, 0.1, "1", "",
                                    "scales attitudes in whichever channel they enter", "definition"),
    row<&Domestic::attitude_weight>("attitude_weight", 0, 5, 0.05, "1", "",
                                    "value per dollar of a fully visible project of one unit of attitude; in the "
                                    "local_content channel, of hostility",
                                    "assumed"),
    choice<&Domestic::ratification>("ratification",
                                    "whether a deal needs domestic approval: won with a logistic probability, or a "
                                    "constraint that both sides know at the table",
                                    "Schelling 1960; Putnam 1988; Iida 1993"),
    row<&Domestic::threshold>("threshold", -5, 5, 0.05, "1", "g_0",
                              "domestic gain per dollar at which approval is even", "assumed",
                              "ratification=probability"),
    row<&Domestic::noise>("noise", 0.001, 5, 0.01, "1", "s", "spread of the logistic approval", "assumed",
                          "ratification=probability"),
    row<&Domestic::requirement>("requirement", -5, 5, 0.05, "1", "g_c",
                                "domestic gain per dollar that approval insists on", "assumed",
                                "ratification=constraint"),
};

}  // namespace multivector
