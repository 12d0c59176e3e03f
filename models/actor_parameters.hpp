// The parameter table, continued: partners, sectors, regions and routes.
#pragma once

#include "scenario.hpp"

namespace multivector {

inline constexpr std::array partner_rows{
    choice<&Partner::present>("present", "whether the partner is in the world; withdrawn, it offers nothing anywhere",
                              "definition"),
    row<&Partner::discount_rate>("discount_rate", 0.001, 1, 0.01, "year-1", "r_p", "the partner's discount rate",
                                 "assumed"),
    row<&Partner::urgency>("urgency", -3, 3, 0.1, "1", "",
                           "rise of the partner's discount rate with its connectivity demand; below zero it falls",
                           "assumed", "demand"),
    row<&Partner::cost_of_capital>("cost_of_capital", 0, 3, 0.01, "1", "",
                                   "present value of what a dollar invested costs the partner", "assumed"),
    row<&Partner::influence>("influence", -2, 2, 0.05, "1", "",
                             "value to the partner per dollar of displacing rivals; grows with their exposure",
                             "assumed"),
    row<&Partner::conditionality>("conditionality", -2, 2, 0.01, "1", "",
                                  "cost to the host per dollar of the partner's conditions", "assumed"),
    row<&Partner::linkage>("linkage", -1, 1, 0.05, "1", "",
                           "share of the corridor's worth offered per dollar of corridor scale in other sectors",
                           "assumed", "demand"),
    row<&Partner::rival_response>("rival_response", -0.5, 0.5, 0.1, "1", "rho",
                                  "share of the largest rise in a rival's value, through connectivity, by which this "
                                  "partner raises its own standing offer",
                                  "assumed; show results at both signs", "demand; bargaining.rivals=on"),
    row<&Partner::debt_share>("debt_share", 0, 1, 0.05, "1", "", "share of the partner's finance that is debt",
                              "assumed"),
    row<&Partner::capital_carryover>("capital_carryover", 0.01, 1, 0.05, "1", "",
                                     "share of unused capital that is still there a year later", "assumed"),
    row<&Partner::opening_equity>("opening_equity", 0, 1000, 0.5, "USD billion", "",
                                  "equity in the host before the first tick", "assumed"),
    row<&Partner::opening_debt>("opening_debt", 0, 1000, 0.5, "USD billion", "",
                                "debt owed by the host before the first tick", "assumed"),
    row<&Partner::opening_trust>("opening_trust", 0, 1, 0.05, "1", "", "trust before the first tick", "assumed"),
    row<&Partner::opening_aspiration>("opening_aspiration", -1, 5, 0.05, "1", "",
                                      "the partner's first aspiration, gain per dollar", "assumed"),
    row<&Partner::aspiration_weight>("aspiration_weight", 0, 1, 0.1, "1", "",
                                     "weight of the partner's aspiration as its own alternative at the table",
                                     "assumed"),
    row<&Partner::suspicion>("suspicion", 0, 2, 0.1, "1", "",
                             "how readily the public believes rumours about the partner", "assumed",
                             "opinion.moves=on"),
    row<&Partner::stubbornness>(
        "stubbornness", 0.05, 20, 0.1, "1", "", "above 1 the partner yields late in a talk (Boulware), below 1 early",
        "assumed; at 1 it yields evenly (Faratin, Sierra and Jennings 1998)", "bargaining.solution=concession_tactics"),
    choice<&Partner::ratification>("ratification",
                                   "whether the partner's own politics must approve a deal, as domestic.ratification",
                                   "Putnam 1988"),
    row<&Partner::threshold>("threshold", -5, 5, 0.05, "1", "",
                             "partner's gain per dollar at which its politics' approval is even", "assumed",
                             "ratification=probability"),
    row<&Partner::noise>("noise", 0.001, 5, 0.01, "1", "", "spread of that approval", "assumed",
                         "ratification=probability"),
    row<&Partner::requirement>("requirement", -5, 5, 0.05, "1", "",
                               "partner's gain per dollar that its politics insists on", "assumed",
                               "ratification=constraint"),
};

inline constexpr std::array sector_rows{
    choice<&Sector::stage>("stage", "stage of processing of the sector's exports; capability moves them to the next",
                           "definition"),
    row<&Sector::rate>("rate", 0, 100, 0.1, "year-1", "", "rate at which opportunities arise", "assumed"),
    row<&Sector::size_median>("size_median", 1e-9, 1e9, 0.1, "USD billion", "", "median size of a project", "assumed"),
    row<&Sector::size_sigma>("size_sigma", 0, 3, 0.1, "1", "", "standard deviation of the log of size", "assumed"),
    row<&Sector::revenue>(
        "revenue", 0, 10, 0.05, "1", "",
        "present value of divisible revenue per dollar, run with full competence at the reference price", "assumed"),
    row<&Sector::spillover>("spillover", -2, 5, 0.05, "1", "",
                            "value to the host per dollar that is not divided: jobs, taxes, knowledge", "assumed"),
    row<&Sector::price_passthrough>("price_passthrough", 0, 2, 0.1, "1", "",
                                    "elasticity of revenue and export value to the oil price", "assumed"),
    row<&Sector::oil_volume>("oil_volume", 0, 1, 1, "1", "psi",
                             "elasticity of the sector's export volume to oil output", "definition"),
    row<&Sector::local_content_value>("local_content_value", 0.001, 5, 0.05, "1", "b",
                                      "value to the host of local content, per dollar", "assumed"),
    row<&Sector::local_content_cost>("local_content_cost", 0.001, 5, 0.05, "1", "c",
                                     "cost to the partner of local content, per dollar", "assumed"),
    row<&Sector::local_content_floor>("local_content_floor", 0, 1, 0.05, "1", "",
                                      "least local content that the law asks for", "assumed"),
    row<&Sector::host_competence>("host_competence", 0, 2, 0.05, "1", "q_h",
                                  "the host's own competence before it has learned", "assumed",
                                  "fund.present=on; fund.self_finance=on"),
    row<&Sector::connectivity_intensity>("connectivity_intensity", 0, 1, 0.05, "1", "iota",
                                         "share of a project that builds the corridor", "assumed"),
    row<&Sector::visibility>("visibility", 0, 2, 0.05, "1", "", "how much of a project the public sees", "assumed"),
    row<&Sector::land_intensity>("land_intensity", 0, 2, 0.05, "1", "",
                                 "how much land and foreign labour a project takes", "assumed"),
    row<&Sector::learning_rate>("learning_rate", 0, 5, 0.01, "1/USD billion", "",
                                "capability gained per USD billion of local content", "assumed",
                                "economy.learning_by_doing=on"),
    row<&Sector::priority>("priority", 0, 1, 0.1, "1", "", "weight of the sector in industrial policy", "assumed",
                           "fund.present=on; fund.industrial_policy=on"),
    row<&Sector::completion_rate>("completion_rate", 0.01, 20, 0.05, "year-1", "",
                                  "hazard of completion of work under way at the reference size", "assumed"),
    row<&Sector::opening_exports>("opening_exports", 0, 1000, 0.5, "USD billion/year", "",
                                  "exports before the first tick", "assumed"),
    row<&Sector::opening_capital>("opening_capital", 0.01, 1000, 0.5, "USD billion", "",
                                  "capital before the first tick", "assumed"),
};

inline constexpr std::array region_rows{
    row<&Region::population>("population", 0.001, 2000, 0.1, "million", "", "inhabitants", "assumed; a placeholder"),
    row<&Region::output>("output", 0.001, 1000, 1, "1", "", "share of the national product, on any scale",
                         "assumed; a placeholder"),
    row<&Region::capacity>("capacity", 0, 1, 0.05, "1", "",
                           "capacity of the regional administration to carry projects out", "assumed"),
};

inline constexpr std::array route_rows{
    choice<&Route::crosses_host>("crosses_host", "whether the route runs through the host", "definition"),
    row<&Route::capacity>("capacity", 0, 1e6, 1, "1", "s_k",
                          "services on offer, relative to the other routes: the size variable of route choice "
                          "(Ben-Akiva and Lerman 1985)",
                          "assumed"),
};

inline constexpr std::array partner_sector_rows{
    row<&PartnerSector::interest>("interest", -2, 5, 0.05, "1", "",
                                  "commercial and strategic value to the partner per dollar, beyond revenue",
                                  "assumed"),
    row<&PartnerSector::competence>("competence", 0, 2, 0.05, "1", "q",
                                    "share of the sector's revenue and spillover that the partner's project realises",
                                    "assumed"),
};

inline constexpr std::array region_sector_rows{
    row<&RegionSector::endowment>("endowment", 0, 1e6, 0.1, "1", "",
                                  "weight of the region as the place of the sector's projects", "assumed"),
};

inline constexpr std::array region_partner_rows{
    row<&RegionPartner::public_attitude>("public", -1, 1, 0.1, "1", "x_0", "first and anchoring attitude of the public",
                                         "assumed"),
    row<&RegionPartner::elite_attitude>("elite", -1, 1, 0.1, "1", "",
                                        "first and anchoring attitude of the regional elite", "assumed"),
};

}  // namespace multivector
