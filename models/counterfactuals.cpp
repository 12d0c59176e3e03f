#include "counterfactuals.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "tick.hpp"

namespace multivector {

namespace {

constexpr const Observable& row_of(std::string_view name) {
    return *std::find_if(observables.begin(), observables.end(),
                         [&](const Observable& row) { return row.name == name; });
}

constexpr const Observable &net_gain = row_of("net_gain"), &host_welfare = row_of("host_welfare");

struct Outcome {
    double net_gain = 0, welfare = 0;
};

Outcome outcome_of(const RunSummary& run) { return {run.value(net_gain), run.value(host_welfare)}; }

Outcome simulated(World& world, const Setting& setting, const Luck& luck) {
    RunSummary run;
    world.log = nullptr;
    begin(world, setting);
    for (int t = 0; t < setting.ticks; ++t) {
        tick(world, setting, luck);
        run.add(world.now);
    }
    return outcome_of(run);
}

}  // namespace

CounterfactualRuns::CounterfactualRuns(const Scenario& scenario) {
    for (std::size_t p = 0; p < scenario.partners.size(); ++p)
        all_[p] = scenario.partners[p].partner.present == Switch::on;
    for (std::size_t p = 0; p < scenario.partners.size(); ++p) {
        if (!all_[p]) continue;
        Partners only;
        only.set(p);
        add(scenario, only);
        add(scenario, all_ & ~only);
    }
}

void CounterfactualRuns::add(const Scenario& scenario, Partners present) {
    const auto same = [&](const Variant& variant) { return variant.present == present; };
    if (present == all_ || std::any_of(variants_.begin(), variants_.end(), same)) return;
    Scenario other = scenario;
    for (std::size_t p = 0; p < other.partners.size(); ++p)
        other.partners[p].partner.present = present[p] ? Switch::on : Switch::off;
    variants_.push_back({present, prepare(std::move(other))});
}

Counterfactuals CounterfactualRuns::measure(World& world, const Luck& luck, const RunSummary& run) const {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    const Outcome whole = outcome_of(run);
    std::array<Outcome, 2 * max_partners> outcomes{};
    for (std::size_t v = 0; v < variants_.size(); ++v) outcomes[v] = simulated(world, variants_[v].setting, luck);
    const auto without = [&](Partners present) {
        for (std::size_t v = 0; v < variants_.size(); ++v)
            if (variants_[v].present == present) return outcomes[v];
        return whole;
    };
    Counterfactuals measures{missing, {}, {}};
    measures.rival_premium_by_partner.fill(missing), measures.partner_loss_by_partner.fill(missing);
    for (std::size_t p = 0; p < max_partners; ++p) {
        if (!all_[p]) continue;
        Partners only;
        only.set(p);
        measures.rival_premium_by_partner[p] = whole.net_gain - without(only).net_gain;
        if (!(whole.welfare > 0)) continue;
        const double loss = (whole.welfare - without(all_ & ~only).welfare) / whole.welfare;
        measures.partner_loss_by_partner[p] = loss;
        if (!(loss <= measures.worst_partner_loss)) measures.worst_partner_loss = loss;  // so far missing, or less
    }
    return measures;
}

}  // namespace multivector
