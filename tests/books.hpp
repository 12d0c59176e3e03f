// The books of a run, audited from what a run shows to anyone: its observations and its log. A complaint is a sentence;
// none means that every value is in its range and every account balances.
#pragma once

#include <cmath>
#include <map>
#include <string>

#include "small_world.hpp"

namespace multivector {

/// Checks a finished run against its setting. Sums are compared with a slack of 1e-9 of the turnover of their account.
class Audit {
 public:
    Audit(const Setting& setting, const TestRun& run) : setting_(setting), run_(run) {}

    /// The first thing that is wrong, or an empty string.
    std::string complaint() {
        read_deals();
        double arisen = 0, decided = 0, begun = 0, ended = 0;
        for (std::size_t t = 0; t < run_.ticks.size() && wrong_.empty(); ++t) {
            const Observation& now = run_.ticks[t];
            ranges(now);
            parts(now);
            fund(now);
            for (int p = 0; p < setting_.partners; ++p) partner(t, static_cast<std::size_t>(p));
            arisen += now.projects_arisen;
            begun += now.signed_deals + now.self_financed;
            decided += now.projects_lapsed + now.signed_deals + now.self_financed;
            ended += now.completed + now.cancelled + now.replaced;
            same("projects arisen = open + lapsed + signed + paid by the fund", arisen, decided + now.projects_open);
            same("deals begun = live + completed + cancelled + replaced", begun, ended + now.deals_live);
            if (!wrong_.empty()) wrong_ += " in tick " + std::to_string(t);
        }
        return wrong_;
    }

 private:
    struct Flow {  ///< of one partner in one tick, from the log
        double spent = 0, returned = 0, debt = 0, equity = 0;
    };

    void complain(const std::string& what) {
        if (wrong_.empty()) wrong_ = what;
    }
    void same(const std::string& what, double a, double b, double turnover = 0) {
        if (!(std::fabs(a - b) <= 1e-9 * (std::fabs(a) + std::fabs(b) + turnover)))
            complain(what + ": " + std::to_string(a) + " is not " + std::to_string(b));
    }

    void read_deals() {
        for (const DealRecord& deal : run_.log.deals) {
            if (deal.partner < 0 || deal.status == DealStatus::blocked) continue;
            const double invested = deal.size * (1 - deal.fund_share);
            const auto p = static_cast<std::size_t>(deal.partner);
            flows_[{deal.tick, p}].spent += invested;
            const bool over = deal.status == DealStatus::cancelled || deal.status == DealStatus::replaced;
            if (over && deal.begun_tick < 0) flows_[{deal.status_tick, p}].returned += invested;
            if (deal.begun_tick < 0) continue;
            flows_[{deal.begun_tick, p}].debt += deal.debt;
            flows_[{deal.begun_tick, p}].equity += invested - deal.debt;
        }
    }

    void ranges(const Observation& now) {
        for (const Observable& row : observables) {
            const bool ratio = row.summary == Summary::ratio;
            for (std::size_t i = 0; i < extent(row.shape); ++i) {
                const double value = values(now)[row.offset + i], over = ratio ? values(now)[row.over + i] : 1;
                if (over != 0) in_range(row, value / over);
            }
        }
    }
    void in_range(const Observable& row, double value) {
        if (!std::isfinite(value) || value < row.low || value > row.high)
            complain(std::string(row.name) + " is " + std::to_string(value));
    }

    template <class Values>
    static double sum(const Values& parts) {
        double total = 0;
        for (const double part : parts) total += part;
        return total;
    }

    /// What is counted by partner, sector and region adds up to what is counted once.
    void parts(const Observation& now) {
        same("signed by partner", sum(now.signed_by_partner), now.signed_deals);
        same("signed by sector", sum(now.signed_by_sector), now.signed_deals);
        same("signed by region", sum(now.signed_by_region), now.signed_deals);
        same("value signed by partner", sum(now.value_signed_by_partner), now.value_signed);
        same("blocked by partner", sum(now.blocked_by_partner), now.blocked);
        same("blocked by sector", sum(now.blocked_by_sector), now.blocked);
        same("completed by sector", sum(now.completed_by_sector), now.completed);
        same("completed by region", sum(now.completed_by_region), now.completed);
        same("net gain by partner", sum(now.net_gain_by_partner), now.net_gain);
        same("net gain by sector", sum(now.net_gain_by_sector), now.net_gain);
        same("gain over outside by partner", sum(now.gain_over_outside_by_partner), now.gain_over_outside);
        same("surplus over outside by partner", sum(now.surplus_over_outside_by_partner), now.surplus_over_outside);
        same("clause position by partner", sum(now.clause_position_by_partner), now.clause_position);
        same("clause weight by partner", sum(now.clause_weight_by_partner), now.clause_weight);
        same("surplus by partner", sum(now.surplus_by_partner), now.surplus);
        same("outside gain by partner", sum(now.outside_gain_by_partner), now.outside_gain);
        same("gain = outside gain + gain over it", now.outside_gain + now.gain_over_outside, now.net_gain);
        const double tariffs = now.transit * setting_.scenario.corridor.host_tariff / 1000;
        same("exports by sector and tariffs", sum(now.exports_by_sector) + tariffs, now.exports);
        same("exports by stage",
             now.exports_raw + now.exports_intermediate + now.exports_consumer + now.exports_service, now.exports);
        if (sum(now.completed_by_partner) > now.completed || sum(now.cancelled_by_partner) > now.cancelled ||
            sum(now.replaced_by_partner) > now.replaced)
            complain("partners end more deals than there are");
        const double exposure = sum(now.equity_by_partner) + sum(now.debt_by_partner);
        same("shares of exposure", sum(now.exposure_share_by_partner), exposure > 0 ? 1 : 0);
    }

    /// The fund's account, and the budget's: oil money is neither created nor destroyed.
    void fund(const Observation& now) {
        const double in = now.oil_saved + now.fund_return + now.fund_dividend;
        const double transfers = now.guaranteed_transfer + now.targeted_transfer;
        const double spent = std::fabs(now.fund_project_spending);
        same("the fund's account", fund_ + in - transfers - now.fund_project_spending, now.fund,
             in + transfers + spent);
        same("the budget's account",
             budget_ + now.oil_revenue - now.oil_saved + transfers - now.policy_spending - now.windfall_spending,
             now.budget, now.oil_revenue + transfers + std::fabs(budget_));
        fund_ = now.fund;
        budget_ = now.budget;
    }

    void partner(std::size_t t, std::size_t p) {
        const Observation& now = run_.ticks[t];
        const Flow flow = flows_[{static_cast<std::int64_t>(t), p}];
        const auto row = static_cast<Eigen::Index>(p);
        const PartnerInput& input = setting_.scenario.partners[p];
        const double came = (setting_.credit[t](row) + setting_.finance[t](row)) * setting_.capital_years(row);
        const double capital = t > 0 ? run_.ticks[t - 1].capital_to_hand_by_partner[p] : 0;
        same("the capital of " + input.name, capital * setting_.capital_kept(row) + came - flow.spent + flow.returned,
             now.capital_to_hand_by_partner[p], capital + came + flow.spent + flow.returned);
        const bool moves = setting_.scenario.learning.exposure == Switch::on;
        const double debt =
            t > 0 ? run_.ticks[t - 1].debt_by_partner[p] : input.partner.opening_debt * setting_.present(row);
        const double equity =
            t > 0 ? run_.ticks[t - 1].equity_by_partner[p] : input.partner.opening_equity * setting_.present(row);
        same("the debt to " + input.name, moves ? (debt + flow.debt) * setting_.decay.debt_kept : debt,
             now.debt_by_partner[p], debt + flow.debt);
        same("the equity of " + input.name, moves ? (equity + flow.equity) * setting_.decay.equity_kept : equity,
             now.equity_by_partner[p], equity + flow.equity);
    }

    const Setting& setting_;
    const TestRun& run_;
    std::map<std::pair<std::int64_t, std::size_t>, Flow> flows_;
    double fund_ = setting_.scenario.fund.present == Switch::on
                       ? setting_.scenario.fund.opening_balance * setting_.scenario.headline.oil_fund_capacity
                       : 0;
    double budget_ = setting_.scenario.fund.opening_balance - fund_;
    std::string wrong_;
};

/// Runs a world and audits it.
inline std::string audited(const Scenario& scenario, std::uint64_t seed = 1, std::uint32_t replication = 0) {
    const Setting setting = prepare(scenario);
    const TestRun run = run_world(scenario, seed, replication);
    return Audit(setting, run).complaint();
}

}  // namespace multivector
