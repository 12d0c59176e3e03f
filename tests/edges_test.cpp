// Numbers at the edges: the smallest and the largest worlds, every parameter at the ends of its range, and thousands of
// worlds drawn from the whole table. All run, balance their books and stay finite.
#include <doctest/doctest.h>

#include <stdexcept>

#include "books.hpp"
#include "parameter_table.hpp"

using namespace multivector;

namespace {

/// Draws for making worlds, from a stream that no world uses.
class Dice {
 public:
    explicit Dice(std::uint32_t world) : luck_(2024, world) {}
    double uniform() { return luck_.uniform(0, next_++); }
    bool chance(double probability) { return uniform() < probability; }
    int number(int low, int high) { return low + static_cast<int>(uniform() * (high - low + 1)); }

    /// From the row's whole range: often an end, evenly in the logarithm where the range is wide.
    template <class Row>
    double value(const Row& row) {
        if (chance(0.1)) return row.low;
        if (chance(0.1)) return row.high;
        if (row.kind != Kind::number) return row.low + std::floor(uniform() * (row.high - row.low + 1));
        const double least = row.low > 0 ? row.low : row.high * 1e-9;
        if (row.low >= 0 && row.high >= 100 * least && row.high > 5)
            return std::min(row.high, least * std::pow(row.high / least, uniform()));
        return row.low + uniform() * (row.high - row.low);
    }

 private:
    Draws<std::uint32_t> luck_;
    std::uint32_t next_ = 0;
};

Series points(Dice& dice) {
    Series made;
    double year = 1990;
    for (int i = dice.number(1, 3); i > 0; --i)
        made.emplace_back(year += 1 + 5 * dice.uniform(), dice.chance(0.2) ? 0 : 200 * dice.uniform());
    return made;
}

std::vector<PathInput*> paths(Scenario& scenario) {
    std::vector<PathInput*> all{&scenario.oil_price, &scenario.oil_output};
    for (PartnerInput& partner : scenario.partners)
        all.insert(all.end(), {&partner.transit, &partner.credit, &partner.finance, &partner.news});
    for (RouteInput& route : scenario.routes) all.push_back(&route.cost);
    return all;
}

/// A world whose every parameter is drawn from its whole range, with a few ticks and at most about 40 projects in each.
Scenario drawn_world(std::uint32_t world) {
    Dice dice(world);
    Scenario scenario =
        small_scenario(dice.number(0, max_partners), dice.number(1, max_sectors), dice.number(1, max_regions));
    scenario.routes.resize(static_cast<std::size_t>(dice.number(0, 4)), scenario.routes.front());
    visit(scenario, [&](const std::string&, auto& block, const auto& rows) {
        for (const auto& row : rows) row.write(block, dice.value(row));
    });
    for (PathInput* path : paths(scenario)) path->record = points(dice), path->points = points(dice);
    scenario.clock.ticks = dice.number(1, 12);
    double mean = 0;
    for (const SectorInput& input : scenario.sectors) mean += input.sector.rate * scenario.clock.dt;
    if (mean > 0) scenario.projects.arrival_scale = std::min(scenario.projects.arrival_scale, 40 / mean);
    return scenario;
}

/// Gives every route and sector what `prepare` insists on.
void make_possible(Scenario& scenario) {
    for (std::size_t k = 0; k < scenario.routes.size(); ++k) {
        Path& cost = scenario.routes[k].cost.path;
        if (cost.shape == PathShape::historical || cost.shape == PathShape::series) cost.shape = PathShape::constant;
        cost.level = std::max(cost.level, 1e-6);
        cost.before = std::max(cost.before, 1e-6);
    }
    if (!scenario.routes.empty()) {
        scenario.routes[0].route.crosses_host = Switch::off;
        scenario.routes[0].route.capacity = std::max(1.0, scenario.routes[0].route.capacity);
    }
    for (std::size_t s = 0; s < scenario.sectors.size(); ++s)
        scenario.regions[0].sectors[s].endowment = std::max(1e-3, scenario.regions[0].sectors[s].endowment);
}

/// A lively world in which a handful of parameters stand anywhere in their range: much happens around them.
Scenario bent_world(std::uint32_t world) {
    Dice dice(world);
    Scenario scenario = lively();
    scenario.clock.ticks = 40;
    visit(scenario, [&](const std::string& place, auto& block, const auto& rows) {
        for (const auto& row : rows)
            if (dice.chance(0.03) && place != "clock") row.write(block, dice.value(row));
    });
    for (PathInput* path : paths(scenario)) path->record = points(dice), path->points = points(dice);
    scenario.projects.arrival_scale = std::min(scenario.projects.arrival_scale, 2.0);
    for (SectorInput& input : scenario.sectors) input.sector.rate = std::min(input.sector.rate, 10.0);
    return scenario;
}

}  // namespace

TEST_CASE("two thousand worlds drawn over every parameter's whole range run, balance and stay finite") {
    int refused = 0;
    for (std::uint32_t world = 0; world < 2000; ++world) {
        Scenario scenario = drawn_world(world);
        try {
            prepare(scenario);
        } catch (const std::invalid_argument& why) {
            REQUIRE(std::string(why.what()).find(": ") != std::string::npos);  // "key: what is wrong with it"
            ++refused;
            make_possible(scenario);
        }
        const std::string complaint = audited(scenario, 3, world);
        CHECK_MESSAGE(complaint.empty(), "world " << world << ": " << complaint);
    }
    CHECK(refused > 100);  // contradictions did occur, and were named
}

TEST_CASE("two thousand lively worlds, a few parameters of each anywhere in their range, balance and stay finite") {
    int idle = 0;
    for (std::uint32_t world = 0; world < 2000; ++world) {
        Scenario scenario = bent_world(world);
        make_possible(scenario);
        const Setting setting = prepare(scenario);
        const TestRun run = run_world(scenario, 5, world);
        const std::string complaint = Audit(setting, run).complaint();
        CHECK_MESSAGE(complaint.empty(), "world " << world << ": " << complaint);
        idle += run.total(&Observation::signed_deals) == 0;
    }
    CHECK(idle < 500);  // most of them do something
}

TEST_CASE("every extreme of size beside every other: time, actors, projects, money, demand and routes") {
    int worlds = 0;
    for (const int ticks : {1, 2, 30})
        for (const double dt : {1.0 / 12, 0.25, 1.0})
            for (const int partners : {0, 1, max_partners})
                for (const int sectors : {1, max_sectors})
                    for (const int regions : {1, max_regions})
                        for (const double arrivals : {0.0, 1.0, 4.0})
                            for (const double capacity : {-1.0, 0.0, 3.0})  // -1: no fund at all
                                for (const double demand : {0.0, 3.0})
                                    for (const int routes : {0, max_routes}) {
                                        Scenario scenario = small_scenario(partners, sectors, regions);
                                        scenario.clock = {.start_year = 1995, .ticks = ticks, .dt = dt};
                                        scenario.projects.arrival_scale = arrivals;
                                        scenario.fund.present = capacity < 0 ? Switch::off : Switch::on;
                                        scenario.headline.oil_fund_capacity = std::max(0.0, capacity);
                                        scenario.headline.connectivity_demand = demand;
                                        const std::vector<RouteInput> four = scenario.routes;
                                        scenario.routes.clear();
                                        for (int k = 0; k < routes; ++k)
                                            scenario.routes.push_back(four[static_cast<std::size_t>(k) % 4]);
                                        const std::string complaint = audited(scenario, 7);
                                        REQUIRE_MESSAGE(complaint.empty(), ticks << " ticks of " << dt << ", "
                                                                                 << partners << " partners, " << sectors
                                                                                 << " sectors, " << regions
                                                                                 << " regions: " << complaint);
                                        ++worlds;
                                    }
    CHECK(worlds == 3888);
}

TEST_CASE("every parameter alone at either end of its range, in a lively world") {
    Scenario walked = lively();
    int ends = 0;
    visit(walked, [&](const std::string& place, auto& block, const auto& rows) {
        for (const auto& row : rows)
            for (const double end : {row.low, row.high}) {
                const auto before = block;
                row.write(block, end);
                Scenario scenario = walked;
                block = before;
                scenario.clock.ticks = std::min<std::int64_t>(scenario.clock.ticks, 40);
                std::string complaint;
                try {
                    complaint = audited(scenario);
                } catch (const std::invalid_argument& why) {  // names what it contradicts
                    CHECK(std::string(why.what()).find(": ") != std::string::npos);
                }
                CHECK_MESSAGE(complaint.empty(), place << "." << row.key << " = " << end << ": " << complaint);
                ++ends;
            }
    });
    CHECK(ends > 500);
}

TEST_CASE("sizes from a dollar to a billion billions leave no trace of overflow in any payoff") {
    for (const double median : {1e-9, 1.0, 1e9})
        for (const double scale : {1e-9, 1.0, 1e9}) {
            Scenario scenario = lively();
            scenario.projects.size_scale = scale;
            for (SectorInput& input : scenario.sectors) input.sector.size_median = median, input.sector.size_sigma = 3;
            for (PartnerInput& partner : scenario.partners) partner.finance = constant_path(1e6);
            CHECK_MESSAGE(audited(scenario).empty(), audited(scenario));
            for (const TalkRecord& talk : run_world(scenario).log.talks)
                if (talk.outcome == TalkOutcome::agreed) REQUIRE(std::isfinite(talk.host_payoff + talk.partner_payoff));
        }
}

TEST_CASE("projects that earn nothing, partners that want nothing, and a host that gains nothing") {
    for (const double revenue : {0.0, 1.2})
        for (const double interest : {-2.0, 0.0, 5.0})
            for (const double spillover : {-2.0, 0.0})
                for (const double price : {0.0, 70.0}) {
                    Scenario scenario = lively();
                    scenario.oil_price = constant_path(price);
                    for (SectorInput& input : scenario.sectors)
                        input.sector.revenue = revenue, input.sector.spillover = spillover;
                    for (PartnerInput& partner : scenario.partners)
                        for (PartnerSector& row : partner.sectors) row.interest = interest;
                    CHECK_MESSAGE(audited(scenario).empty(), audited(scenario));
                }
}

TEST_CASE("unanimous publics, deaf publics, and sides with no patience or all of it") {
    for (const double attitude : {-1.0, 0.0, 1.0})
        for (const double host_rate : {0.0, 0.001, 1.0, 1e6})
            for (const double partner_rate : {0.0, 0.001, 1.0, 1e6})
                for (const double slope : {-3.0, 3.0})
                    for (int channel = 0; channel < 4; ++channel) {
                        Scenario scenario = lively();
                        scenario.bargaining.host_discount_rate = host_rate;
                        scenario.fund.patience_slope = slope;
                        scenario.fund.opening_balance = 1000;
                        scenario.domestic.channel = static_cast<AttitudeChannel>(channel);
                        scenario.domestic.public_pressure = 5;
                        for (PartnerInput& partner : scenario.partners) partner.partner.discount_rate = partner_rate;
                        for (RegionInput& region : scenario.regions)
                            for (RegionPartner& row : region.attitudes) row = {attitude, attitude};
                        CHECK_MESSAGE(audited(scenario).empty(), audited(scenario));
                    }
}

TEST_CASE("one more of anything than there is room for is refused, and so is what no world can be") {
    const auto refusal = [](const auto& change) {
        Scenario scenario = small_scenario();
        change(scenario);
        try {
            prepare(scenario);
        } catch (const std::invalid_argument& why) {
            return std::string(why.what());
        }
        return std::string("accepted");
    };
    CHECK(refusal([](Scenario& s) { s.partners.resize(max_partners + 1); }) == "partners: at most 8 partners");
    CHECK(refusal([](Scenario& s) { s.sectors.resize(max_sectors + 1); }) == "sectors: at most 8 sectors");
    CHECK(refusal([](Scenario& s) { s.regions.resize(max_regions + 1); }) == "regions: at most 32 regions");
    CHECK(refusal([](Scenario& s) { s.routes.resize(max_routes + 1); }) == "routes: at most 8 routes");
    CHECK(refusal([](Scenario& s) { s.sectors.clear(); }) == "sectors: a scenario needs at least one sector");
    CHECK(refusal([](Scenario& s) { s.regions.clear(); }) == "regions: a scenario needs at least one region");
    CHECK(refusal([](Scenario& s) {
              for (RegionInput& region : s.regions) region.region.population = 0;
          }) == "regions: no region has a population");
    CHECK(refusal([](Scenario& s) {
              for (RegionInput& region : s.regions) region.region.output = 0;
          }) == "regions: no region has an output");
    CHECK(refusal([](Scenario& s) { s.borders.emplace_back(1, 1); }) == "borders: region 'R1' cannot border itself");
    CHECK(refusal([](Scenario& s) { s.sectors[0].sector.rate = 1e5; }) ==
          "sectors.S0.rate: more than 500 opportunities in a tick");
    CHECK(
        refusal([](Scenario& s) { s.economy.growth = 0.1, s.clock.ticks = 100000; }) ==
        "economy.growth: over the run's 25000 years this leaves the range of numbers; lower it or shorten clock.ticks");
    CHECK(refusal([](Scenario& s) {
              s.economy.growth = 0, s.fund.real_return = 0.1, s.clock.ticks = 100000;
          }).starts_with("fund.real_return: "));
}

TEST_CASE("after ten thousand ticks, months or years, the books balance and nothing has drifted away") {
    for (const double dt : {1.0 / 12, 0.25, 1.0})
        for (int noise = 0; noise < 3; ++noise) {
            Scenario scenario = lively();
            scenario.clock = {.start_year = 1995, .ticks = 10000, .dt = dt};
            scenario.projects.arrival_scale = 0.25;
            scenario.oil.noise = static_cast<PriceNoise>(noise);
            scenario.oil.volatility = 1;
            const std::string complaint = audited(scenario);
            REQUIRE_MESSAGE(complaint.empty(), complaint);
        }
}

TEST_CASE("the rounding error of ten thousand ticks stays below 1e-12 of the money that moved") {
    Scenario scenario = lively();
    scenario.clock.ticks = 10000;
    const TestRun run = run_world(scenario);
    long double fund = scenario.fund.opening_balance, moved = 0;
    for (const Observation& now : run.ticks) {
        for (const double in : {now.oil_saved, now.fund_return, now.fund_dividend}) fund += in, moved += in;
        for (const double out : {now.guaranteed_transfer, now.targeted_transfer, now.fund_project_spending})
            fund -= out, moved += std::fabs(out);
    }
    CHECK(std::fabs(static_cast<double>(fund - run.ticks.back().fund)) < 1e-12 * static_cast<double>(moved));
}

TEST_CASE("the longest run that the table allows, and its busiest tick") {
    Scenario longest = small_scenario(1, 1, 1);
    longest.clock = {.start_year = 1995, .ticks = 100000, .dt = 0.08};
    longest.projects.arrival_scale = 0.05;
    const Setting setting = prepare(longest);
    World world;
    begin(world, setting);
    for (int t = 0; t < setting.ticks; ++t) {
        tick(world, setting, Luck(1, 0));
        double spread = 0;
        for (std::size_t i = 0; i < observation_width; ++i) spread += 0 * values(world.now)[i];
        REQUIRE(spread == 0);  // NaN when any value is not finite
    }
    Scenario busiest = small_scenario(max_partners, max_sectors, max_regions);
    busiest.clock = {.start_year = 1995, .ticks = 2, .dt = 1};
    for (SectorInput& input : busiest.sectors) input.sector.rate = 25;
    busiest.projects.arrival_scale = 20;
    const std::string complaint = audited(busiest);
    CHECK_MESSAGE(complaint.empty(), complaint);
}
