// What a whole run would have come to without some of its partners, with the same luck (MODEL: leverage). No formula at
// the table gives that: rivals change what comes to later tables, too.
#pragma once

#include <bitset>
#include <cstddef>
#include <vector>

#include "run_summary.hpp"
#include "world.hpp"

namespace multivector {

struct Counterfactuals {
    double worst_partner_loss;
    PartnerValues rival_premium_by_partner, partner_loss_by_partner;
};

/// Rows of Counterfactuals; `offset` counts doubles from its start. They have no value in a single tick.
inline constexpr std::array counterfactual_measures{
    Observable{"worst_partner_loss", Shape::tick, Summary::counterfactual, "1", false, -no_limit, 1,
               "largest of partner_loss_by_partner; missing without partners or without a positive host_welfare",
               "a partner that brings much as one that can press: Chinese demand as dependence, which it also is",
               offsetof(Counterfactuals, worst_partner_loss) / sizeof(double)},
    Observable{"rival_premium_by_partner", Shape::partner, Summary::counterfactual, "1", true, -no_limit, no_limit,
               "net_gain less that of a run without the partner's rivals, with the same luck",
               "deals with rivals as leverage over the partner; misses rivals' reactions unless they respond",
               offsetof(Counterfactuals, rival_premium_by_partner) / sizeof(double)},
    Observable{"partner_loss_by_partner", Shape::partner, Summary::counterfactual, "1", false, -no_limit, 1,
               "share of host_welfare that a run without the partner loses, with the same luck; missing without a "
               "positive host_welfare",
               "a partner that brings much as one that can press",
               offsetof(Counterfactuals, partner_loss_by_partner) / sizeof(double)},
};

/// Calls f(row) for every row of both tables, the measures of whole runs last.
template <class Visitor>
void for_each_measure(Visitor&& f) {
    for (const Observable& row : observables) f(row);
    for (const Observable& row : counterfactual_measures) f(row);
}

inline double value_of(const Counterfactuals& measures, const Observable& row, int index) {
    return reinterpret_cast<const double*>(&measures)[row.offset + static_cast<std::size_t>(index)];
}

/// Works the measures out by simulating, for each partner in the world, a run without its rivals and one without it.
/// That is 2 k more runs with k partners, of which two partners share theirs (2), and one has no rivals (1).
class CounterfactualRuns {
 public:
    /// Throws as prepare() does.
    explicit CounterfactualRuns(const Scenario& scenario);

    std::size_t more_runs() const { return variants_.size(); }

    /// Of a finished run, whose summary is given; `world` is overwritten and keeps no log. NaN for partners that are
    /// not there.
    Counterfactuals measure(World& world, const Luck& luck, const RunSummary& run) const;

 private:
    using Partners = std::bitset<max_partners>;
    struct Variant {
        Partners present;
        Setting setting;
    };
    void add(const Scenario& scenario, Partners present);

    Partners all_;
    std::vector<Variant> variants_;
};

}  // namespace multivector
