// Works out everything of a scenario that does not change from run to run.
#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "corridor.hpp"
#include "processes.hpp"

namespace multivector {

namespace {

constexpr double longest_opinion_step = 0.25;  // years

[[noreturn]] void refuse(const std::string& what) { throw std::invalid_argument(what); }

double interpolate(const Series& points, double year) {
    if (year <= points.front().first) return points.front().second;
    if (year >= points.back().first) return points.back().second;
    const auto after = std::upper_bound(points.begin(), points.end(), year,
                                        [](double wanted, const auto& point) { return wanted < point.first; });
    const auto before = after - 1;
    const double share = (year - before->first) / (after->first - before->first);
    return before->second + share * (after->second - before->second);
}

double path_at(const PathInput& input, const std::string& key, double year) {
    const Path& path = input.path;
    switch (path.shape) {
        case PathShape::constant:
            return path.level;
        case PathShape::step:
            return year < path.year ? path.before : path.level;
        case PathShape::logistic:
            return path.before + (path.level - path.before) * logistic(path.steepness * (year - path.year));
        case PathShape::historical:
            if (input.record.empty()) refuse(key + ".record: shape is historical, but no record is given");
            return path.scale * interpolate(input.record, year);
        case PathShape::series:
            if (input.points.empty()) refuse(key + ".points: shape is series, but no points are given");
            return path.scale * interpolate(input.points, year);
    }
    return 0;
}

/// A path at the middle of every tick, or of every step when a tick has several.
std::vector<double> along(const PathInput& input, const std::string& key, const Clock& clock, int steps = 1) {
    std::vector<double> values(static_cast<std::size_t>(clock.ticks * steps));
    const double length = clock.dt / steps;
    for (std::size_t t = 0; t < values.size(); ++t)
        values[t] = path_at(input, key, clock.start_year + (static_cast<double>(t) + 0.5) * length);
    return values;
}

void check_sizes(const Scenario& scenario) {
    if (scenario.sectors.empty()) refuse("sectors: a scenario needs at least one sector");
    if (scenario.regions.empty()) refuse("regions: a scenario needs at least one region");
    if (scenario.sectors.size() > max_sectors) refuse("sectors: at most 8 sectors");
    if (scenario.partners.size() > max_partners) refuse("partners: at most 8 partners");
    if (scenario.regions.size() > max_regions) refuse("regions: at most 32 regions");
    if (scenario.routes.size() > max_routes) refuse("routes: at most 8 routes");
}

/// What grows for ever leaves the range of numbers: a run ends before.
void check_growth(const Scenario& scenario) {
    const double years = scenario.clock.dt * static_cast<double>(scenario.clock.ticks), most = 560;  // e^560 = 1e243
    const auto check = [&](const char* key, double rate) {
        if (rate * years > most)
            refuse(std::string(key) + ": over the run's " + std::to_string(static_cast<long long>(years + 0.5)) +
                   " years this leaves the range of numbers; lower it or shorten clock.ticks");
    };
    check("economy.growth", std::fabs(scenario.economy.growth));
    if (scenario.fund.present == Switch::on) check("fund.real_return", scenario.fund.real_return);
}

void check_routes(const Scenario& scenario) {
    if (scenario.routes.empty()) return;
    const bool avoidable = std::any_of(scenario.routes.begin(), scenario.routes.end(), [](const RouteInput& input) {
        return input.route.crosses_host == Switch::off && input.route.capacity > 0;
    });
    if (avoidable) return;
    const RouteInput& first = scenario.routes.front();
    refuse("routes." + first.name + (first.route.crosses_host == Switch::on ? ".crosses_host" : ".capacity") +
           ": one route at least must avoid the host and have capacity");
}

void lay_paths(Setting& setting) {
    const Scenario& scenario = setting.scenario;
    const auto ticks = static_cast<std::size_t>(setting.ticks);
    setting.oil_price = along(scenario.oil_price, "oil.price", scenario.clock);
    setting.oil_output = along(scenario.oil_output, "oil.output", scenario.clock);
    setting.opening_price = path_at(scenario.oil_price, "oil.price", scenario.clock.start_year);
    setting.opening_log_price = log_price_ratio(scenario.oil, setting.opening_price);
    setting.opening_output = path_at(scenario.oil_output, "oil.output", scenario.clock.start_year);
    setting.transit.assign(ticks, PartnerArray::Zero());
    setting.credit = setting.finance = setting.transit;
    setting.route_cost.assign(ticks, {});
    const double demand = scenario.headline.connectivity_demand;
    for (std::size_t p = 0; p < scenario.partners.size(); ++p) {
        const PartnerInput& partner = scenario.partners[p];
        const std::string key = "partners." + partner.name;
        const auto transit = along(partner.transit, key + ".connectivity.transit", scenario.clock);
        const auto credit = along(partner.credit, key + ".connectivity.credit", scenario.clock);
        const auto finance = along(partner.finance, key + ".finance", scenario.clock);
        const auto row = static_cast<Eigen::Index>(p);
        for (std::size_t t = 0; t < ticks; ++t) {
            setting.transit[t](row) = demand * transit[t] * setting.present(row);
            setting.credit[t](row) = demand * credit[t] * setting.present(row);
            setting.finance[t](row) = finance[t] * setting.present(row);
            setting.largest_transit(row) = std::max(setting.largest_transit(row), transit[t]);
        }
    }
    for (std::size_t k = 0; k < scenario.routes.size(); ++k) {
        const auto cost = along(scenario.routes[k].cost, "routes." + scenario.routes[k].name + ".cost", scenario.clock);
        for (std::size_t t = 0; t < ticks; ++t) {
            if (cost[t] <= 0) refuse("routes." + scenario.routes[k].name + ".cost: a route costs more than nothing");
            setting.route_cost[t][k] = cost[t];
        }
    }
}

/// Dated news strikes in the steps of opinion, so that years and quarters feel the same pulse.
void lay_news(Setting& setting) {
    const Scenario& scenario = setting.scenario;
    for (std::size_t p = 0; p < scenario.partners.size(); ++p) {
        const PartnerInput& partner = scenario.partners[p];
        const auto news =
            along(partner.news, "partners." + partner.name + ".news", scenario.clock, setting.opinion_steps);
        const auto row = static_cast<Eigen::Index>(p);
        for (std::size_t i = 0; i < news.size(); ++i) {
            if (news[i] == 0 || setting.present(row) <= 0) continue;
            if (setting.news.empty()) setting.news.assign(news.size(), PartnerArray::Zero());
            setting.news[i](row) = news[i];
        }
    }
}

void place_sectors(Setting& setting) {
    const Scenario& scenario = setting.scenario;
    for (std::size_t s = 0; s < scenario.sectors.size(); ++s) {
        double total = 0;
        for (const RegionInput& region : scenario.regions) total += region.sectors[s].endowment;
        if (total <= 0)
            refuse("regions." + scenario.regions.front().name + ".sectors." + scenario.sectors[s].name +
                   ".endowment: the endowments for sector '" + scenario.sectors[s].name +
                   "' sum to 0; they are weights on any scale, and one region at least needs one above 0");
        double sum = 0;
        for (std::size_t r = 0; r < scenario.regions.size(); ++r) {
            sum += scenario.regions[r].sectors[s].endowment / total;
            setting.place_cumulative[s][r] = sum;
        }
        setting.place_cumulative[s][scenario.regions.size() - 1] = 1;
    }
}

void link_regions(Setting& setting) {
    const Scenario& scenario = setting.scenario;
    const std::size_t regions = scenario.regions.size();
    std::array<std::array<bool, max_regions>, max_regions> adjacent{};
    for (const auto& [a, b] : scenario.borders) {
        if (a == b)
            refuse("borders: region '" + scenario.regions[static_cast<std::size_t>(a)].name + "' cannot border itself");
        adjacent[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = true;
        adjacent[static_cast<std::size_t>(b)][static_cast<std::size_t>(a)] = true;
    }
    double population = 0, output = 0;
    for (const RegionInput& region : scenario.regions) {
        population += region.region.population;
        output += region.region.output;
    }
    if (!(population > 0)) refuse("regions: no region has a population");
    if (!(output > 0)) refuse("regions: no region has an output");
    for (std::size_t r = 0; r < regions; ++r) {
        for (std::size_t other = 0; other < regions; ++other)
            if (adjacent[r][other])
                setting.neighbour[r][static_cast<std::size_t>(setting.neighbours[r]++)] =
                    static_cast<std::int8_t>(other);
        setting.population_share[r] = scenario.regions[r].region.population / population;
        setting.relative_output[r] = scenario.regions[r].region.output / output * static_cast<double>(regions);
        for (std::size_t p = 0; p < scenario.partners.size(); ++p) {
            const auto row = static_cast<Eigen::Index>(p), column = static_cast<Eigen::Index>(r);
            setting.first_attitude(row, column) = scenario.regions[r].attitudes[p].public_attitude;
            setting.first_elite(row, column) = scenario.regions[r].attitudes[p].elite_attitude;
        }
    }
}

void prepare_partners(Setting& setting) {
    const Scenario& scenario = setting.scenario;
    for (int p = 0; p < setting.partners; ++p) {
        const Partner& partner = scenario.partners[static_cast<std::size_t>(p)].partner;
        const double r = partner.discount_rate;
        setting.present(p) = partner.present == Switch::on ? 1 : 0;
        setting.horizon_value(p) = scenario.corridor.horizon * mean_discount(r, scenario.corridor.horizon);
        setting.any_linkage = setting.any_linkage || partner.linkage != 0;
        setting.any_rival_response = setting.any_rival_response || partner.rival_response != 0;
        setting.capital_kept(p) = portable_pow(partner.capital_carryover, setting.dt);
        // The exact solution of dC = (flow + C log carryover) dt, so that quarters and years agree.
        setting.capital_years(p) = setting.dt * mean_discount(-portable_log(partner.capital_carryover), setting.dt);
    }
}

void prepare_sectors(Setting& setting) {
    const Scenario& scenario = setting.scenario;
    double priorities = 0, all_arriving = 0;
    for (const SectorInput& input : scenario.sectors) priorities += input.sector.priority;
    for (int s = 0; s < setting.sectors; ++s) {
        const SectorInput& input = scenario.sectors[static_cast<std::size_t>(s)];
        const double mean = input.sector.rate * scenario.projects.arrival_scale * setting.dt;
        if (mean > 500) refuse("sectors." + input.name + ".rate: more than 500 opportunities in a tick");
        setting.policy_part(s) = priorities > 0 ? input.sector.priority / priorities : 0;
        setting.mean_arrivals(s) = mean;
        const double value = input.sector.local_content_value, cost = input.sector.local_content_cost,
                     content = std::min(1.0, value / cost);
        setting.own_content(s) = content;
        setting.own_content_gain(s) = content * (value - cost * content / 2);
        setting.no_arrival(s) = portable_exp(-mean);
        const double sigma = input.sector.size_sigma,
                     mean_size =
                         scenario.projects.size_scale * input.sector.size_median * portable_exp(sigma * sigma / 2);
        const double arriving = input.sector.rate * scenario.projects.arrival_scale * mean_size;  // USD billion/year
        if (arriving > 0) setting.table_weight(s) = scenario.learning.aspiration_rate / arriving;
        all_arriving += arriving;
        setting.opening_price_factor(s) =
            portable_pow(setting.opening_price / scenario.oil.reference_price, input.sector.price_passthrough);
        if (setting.opening_price_factor(s) <= 0) setting.opening_price_factor(s) = 1;
    }
    if (all_arriving > 0) setting.talk_weight = scenario.learning.aspiration_rate / all_arriving;
}

/// ((k - 1) / (K - 1))^e for round k of K; a talk of one round asks for everything at once.
std::array<double, max_rounds> concession_by_round(std::int64_t deadline, double stubbornness) {
    std::array<double, max_rounds> part{};
    for (std::int64_t k = 1; k < deadline; ++k)
        part[static_cast<std::size_t>(k)] =
            portable_pow(static_cast<double>(k) / static_cast<double>(deadline - 1), stubbornness);
    return part;
}

void prepare_concessions(Setting& setting) {
    const Bargaining& rules = setting.scenario.bargaining;
    setting.host_concession = concession_by_round(rules.deadline, rules.stubbornness);
    for (std::size_t p = 0; p < setting.scenario.partners.size(); ++p)
        setting.partner_concession[p] =
            concession_by_round(rules.deadline, setting.scenario.partners[p].partner.stubbornness);
}

void prepare_decay(Setting& setting) {
    const Scenario& s = setting.scenario;
    const auto kept = [&](double rate) { return portable_exp(-rate * setting.dt); };
    const auto moved = [&](double rate) { return 1 - portable_exp(-rate * setting.dt); };
    const double step = setting.dt / setting.opinion_steps;
    const auto approach = [&](double rate) -> Setting::Approach {
        return {moved(rate), 1 - mean_discount(rate, setting.dt)};
    };
    setting.decay = {.capital_kept = kept(s.economy.capital_depreciation),
                     .capability_kept = kept(s.economy.capability_depreciation),
                     .debt_kept = kept(s.learning.debt_repayment),
                     .equity_kept = kept(s.learning.equity_decay),
                     .concession_kept = portable_exp(-s.protest.concession_decay * step),
                     .opinion_step = 1 - portable_exp(-s.opinion.speed * step),
                     .memory_step = moved(s.fund.memory),
                     .experience_kept = kept(s.learning.aspiration_rate),
                     .trust_step = moved(s.learning.trust_recovery),
                     .no_rumour = portable_exp(-s.opinion.rumour_rate * step),
                     .mean_rumours = s.opinion.rumour_rate * step,
                     .growth = kept(-s.economy.growth),
                     .host_discount = kept(s.bargaining.host_discount_rate),
                     .ratchet_up = approach(s.fund.ratchet_up),
                     .ratchet_down = approach(s.fund.ratchet_down),
                     .exchange = approach(s.economy.exchange_speed)};
}

}  // namespace

Setting prepare(Scenario scenario) {
    check_sizes(scenario);
    check_growth(scenario);
    check_routes(scenario);
    Setting setting;
    setting.scenario = std::move(scenario);
    const Scenario& given = setting.scenario;
    setting.partners = static_cast<int>(given.partners.size());
    setting.sectors = static_cast<int>(given.sectors.size());
    setting.regions = static_cast<int>(given.regions.size());
    setting.ticks = static_cast<int>(given.clock.ticks);
    setting.dt = given.clock.dt;
    setting.opinion_steps = std::max(1, static_cast<int>(std::ceil(setting.dt / longest_opinion_step - 1e-9)));
    prepare_partners(setting);
    prepare_concessions(setting);
    lay_paths(setting);
    lay_news(setting);
    value_ways_around(setting);
    place_sectors(setting);
    link_regions(setting);
    prepare_sectors(setting);
    prepare_decay(setting);
    return setting;
}

}  // namespace multivector
