// The fund flows: dF = (r F + tau revenue - guaranteed - targeted) dt - projects + dividends, and the rest of the oil
// money goes through the budget, so that the capacity knob moves oil money and never creates or destroys it.
#include <algorithm>
#include <cmath>

#include "processes.hpp"

namespace multivector {

namespace {

/// Public oil revenue per year at a price [USD billion].
double revenue_at(const Setting& setting, int tick, double price) {
    const Oil& oil = setting.scenario.oil;
    const double rent = std::max(0.0, price - oil.unit_cost);
    return setting.oil_output[static_cast<std::size_t>(tick)] * oil.barrels_per_tonne * rent / 1000 *
           oil.government_take;
}

/// Revenue that the fund receives, per year.
double saved(const World& world, const Setting& setting) {
    const Fund& fund = setting.scenario.fund;
    const double share = std::min(1.0, fund.saved_share * setting.scenario.headline.oil_fund_capacity);
    if (fund.rule != FundRule::cutoff_price) return share * world.oil_revenue;
    const double below = revenue_at(setting, world.tick, std::min(world.oil_price, fund.cutoff_price));
    return share * (world.oil_revenue - below);
}

/// Transfer by rule, per year. Permanent income counts the fund and the revenue that it will receive over the horizon.
double guaranteed(const World& world, const Setting& setting, double saved_revenue) {
    const Fund& fund = setting.scenario.fund;
    switch (fund.rule) {
        case FundRule::fixed:
        case FundRule::targeted:
            return fund.guaranteed_transfer;
        case FundRule::cutoff_price:
            return std::max(0.0, revenue_at(setting, world.tick, fund.cutoff_price) - world.oil_revenue);
        case FundRule::bird_in_hand:
            return std::max(0.0, fund.real_return) * world.fund;
        case FundRule::permanent_income: {
            const double r = std::max(1e-6, fund.real_return);
            return r * world.fund + saved_revenue * (1 - portable_exp(-r * fund.resource_horizon));
        }
    }
    return 0;
}

/// Discretionary draw, as a share of the balance per year, mean of the tick: politics wants a share, settled anew with
/// each calendar year's budget, and more under stress; the draw rises to what is wanted faster than it falls.
double draw_rate(World& world, const Setting& setting, const Luck& luck, double shortfall) {
    const Fund& fund = setting.scenario.fund;
    if (fund.rule != FundRule::targeted) return 0;
    double wanted = fund.political_draw;
    if (fund.political_volatility > 0) {
        const double z = luck.normal(Stream::political_draw, static_cast<std::uint32_t>(world.year));
        wanted *= portable_exp(fund.political_volatility * (z - fund.political_volatility / 2));
    }
    wanted += fund.stress_draw * shortfall;
    const double away = wanted - world.discretionary_rate;
    const Setting::Approach& ratchet = away > 0 ? setting.decay.ratchet_up : setting.decay.ratchet_down;
    const double average = world.discretionary_rate + ratchet.on_average * away;
    world.discretionary_rate += ratchet.by_the_end * away;
    return average;
}

/// Integral over a step dt of a balance that begins at `start`, grows at `rate` [1/year] and receives `inflow`
/// [1/year]: start (e^x - 1) / rate + inflow (e^x - 1 - x) / rate^2 with x = rate dt; by series where the quotients
/// would cancel.
double held_over(double start, double rate, double inflow, double dt) {
    const double x = rate * dt;
    double first, second = 0;  // (e^x - 1) / x, (e^x - 1 - x) / x^2
    if (std::fabs(x) < 0.25) {
        for (int n = 11; n >= 2; --n) second = (1 + x * second) / n;  // 1/2! + x/3! + x^2/4! + ...
        first = 1 + x * second;
    } else {
        first = (portable_exp(x) - 1) / x;
        second = (first - 1) / x;
    }
    return (start * first + inflow * second * dt) * dt;
}

void fund_pays(World& world, const Setting& setting, const Luck& luck, double saved_revenue, double shortfall) {
    const Fund& fund = setting.scenario.fund;
    Observation& now = world.now;
    now.oil_saved = saved_revenue * setting.dt;
    const double dividends = fund.dividend_rate * world.fund_capital, rule = guaranteed(world, setting, saved_revenue),
                 drawn = draw_rate(world, setting, luck, shortfall);
    now.fund_dividend = dividends * setting.dt;
    now.guaranteed_transfer = rule * setting.dt;
    // Returns and draw go with the balance as it moves within the tick, before any cap or floor binds.
    const double held =
        std::max(0.0, held_over(world.fund, fund.real_return - drawn, saved_revenue + dividends - rule, setting.dt));
    now.fund_return = fund.real_return * held;
    now.targeted_transfer = drawn * held;
    const double available = world.fund + now.oil_saved + now.fund_return + now.fund_dividend;
    now.guaranteed_transfer = std::min(now.guaranteed_transfer, std::max(0.0, available));
    const double floor = shortfall > fund.stress_threshold ? 0 : fund.floor * world.gdp;
    now.targeted_transfer = std::min(now.targeted_transfer, std::max(0.0, available - now.guaranteed_transfer - floor));
    world.fund = std::max(0.0, available - now.guaranteed_transfer - now.targeted_transfer);
}

}  // namespace

void fund_flows(World& world, const Setting& setting, const Luck& luck) {
    const Fund& fund = setting.scenario.fund;
    Observation& now = world.now;
    world.oil_revenue = revenue_at(setting, world.tick, world.oil_price);
    if (world.tick == 0) world.remembered_revenue = world.oil_revenue;
    world.remembered_revenue += setting.decay.memory_step * (world.oil_revenue - world.remembered_revenue);
    const double shortfall =
        world.remembered_revenue > 0 ? std::max(0.0, 1 - world.oil_revenue / world.remembered_revenue) : 0;

    const bool open = fund.present == Switch::on && world.year >= fund.start_year;
    if (open) fund_pays(world, setting, luck, saved(world, setting), shortfall);
    now.oil_revenue = world.oil_revenue * setting.dt;
    const double transfers = now.guaranteed_transfer + now.targeted_transfer;
    now.policy_spending = open && fund.industrial_policy == Switch::on ? fund.policy_share * transfers : 0;
    world.policy_spending = now.policy_spending / setting.dt;
    world.budget += now.oil_revenue - now.oil_saved + transfers - now.policy_spending;
    now.windfall_spending = std::max(0.0, world.budget);
    world.budget -= now.windfall_spending;
    world.windfall = now.windfall_spending / setting.dt;

    const double fullness = open && fund.patience == Switch::on ? fund.patience_slope * world.fund / world.gdp : 0;
    world.host_discount_rate = tilted(setting.scenario.bargaining.host_discount_rate, -fullness);
    world.fund_reserved = 0;
}

}  // namespace multivector
