// Single processes against what theory says of them: corridor, capital, opinion, prices, arrivals.
#include <doctest/doctest.h>

#include "corridor.hpp"
#include "small_world.hpp"

using namespace multivector;

TEST_CASE("a corridor is worth what the best host route saves over the best route around, when all take the cheapest") {
    Scenario scenario = small_scenario();
    scenario.corridor.dispersion = 1;
    scenario.routes[1].route.crosses_host = Switch::on;
    scenario.routes[0].cost = constant_path(300);
    scenario.routes[1].cost = constant_path(200);
    scenario.routes[2].route.crosses_host = Switch::off;
    scenario.routes[2].cost = constant_path(260);
    scenario.routes[3].cost = constant_path(500);
    const CorridorState state = corridor_at(prepare(scenario), 0, 0);
    CHECK(state.worth == doctest::Approx(60).epsilon(1e-6));
    CHECK(state.share == doctest::Approx(1).epsilon(1e-6));
    scenario.routes[2].cost = constant_path(150);
    CHECK(corridor_at(prepare(scenario), 0, 0).worth == doctest::Approx(0).epsilon(1e-6));
}

TEST_CASE("the next corridor project is worth less as the corridor fills, and avoidance lowers its worth") {
    Scenario scenario = small_scenario();
    const Setting setting = prepare(scenario);
    double last_gain = 1e9;
    for (double built = 0; built < 60; built += 5) {
        const double gain = corridor_at(setting, 0, built + 1).worth - corridor_at(setting, 0, built).worth;
        CHECK(gain > 0);
        if (built > 10) CHECK(gain < last_gain);
        last_gain = gain;
    }
    scenario.corridor.avoidance = Switch::off;
    const Setting naive = prepare(scenario);
    CHECK(corridor_at(naive, 0, 20).worth - corridor_at(naive, 0, 0).worth >
          corridor_at(setting, 0, 20).worth - corridor_at(setting, 0, 0).worth);
}

TEST_CASE("a route of any cost leaves the corridor's worth finite, and a closed one leaves none") {
    for (const double dispersion : {1.0, 40.0, 1000.0})
        for (const double cost : {1e-3, 200.0, 1e4, 1e6})
            for (const double built : {0.0, 200.0})
                for (int avoidance = 0; avoidance < 2; ++avoidance) {
                    Scenario scenario = small_scenario();
                    scenario.corridor.dispersion = dispersion;
                    scenario.corridor.lowest_cost = 0;
                    scenario.corridor.avoidance = static_cast<Switch>(avoidance);
                    scenario.routes[1].cost = scenario.routes[2].cost = constant_path(cost);
                    const CorridorState state = corridor_at(prepare(scenario), 0, built);
                    REQUIRE(std::isfinite(state.worth));
                    REQUIRE(state.worth >= 0);
                    REQUIRE(state.share >= 0);
                    REQUIRE(state.share <= 1);
                }
    Scenario closed = small_scenario();
    closed.routes[2].cost = closed.routes[3].cost = constant_path(1e6);
    CHECK(corridor_at(prepare(closed), 0, 0).worth == 0);
}

TEST_CASE("route choice is the logit's own sums, however far the host's routes and the ways around stand apart") {
    for (const double dispersion : {1.0, 7.0, 40.0, 1000.0})
        for (const double saved : {-5000.0, -600.0, -30.0, 0.0, 30.0, 599.0, 601.0, 5000.0}) {
            Scenario scenario = small_scenario();
            scenario.corridor.dispersion = dispersion;
            scenario.corridor.lowest_cost = 1;
            scenario.corridor.avoidance = Switch::on;
            const std::array<long double, 4> cost{6000, 6011, 6000 + saved, 6020 + saved}, size{1, 2, 0.5, 3};
            std::array<long double, 2> sum{};  // ways around and through the host, relative to the cheapest way around
            for (std::size_t k = 0; k < 4; ++k) {
                scenario.routes[k].route.capacity = static_cast<double>(size[k]);
                scenario.routes[k].route.crosses_host = k < 2 ? Switch::on : Switch::off;
                scenario.routes[k].cost = constant_path(static_cast<double>(cost[k]));
                sum[k < 2] += size[k] * std::exp((cost[2] - cost[k]) / dispersion);
            }
            const CorridorState state = corridor_at(prepare(scenario), 0, 3);
            CAPTURE(dispersion);
            CAPTURE(saved);
            REQUIRE(state.worth ==
                    doctest::Approx(static_cast<double>(dispersion * std::log1p(sum[1] / sum[0]))).epsilon(1e-12));
            REQUIRE(state.share == doctest::Approx(static_cast<double>(sum[1] / (sum[0] + sum[1]))).epsilon(1e-12));
        }
}

TEST_CASE("projects of one tick share the corridor: together they are credited with no more than it gains") {
    Scenario scenario = lively();
    scenario.clock = {.start_year = 1995, .ticks = 1, .dt = 1};
    scenario.sectors[1].sector.rate = 10;
    scenario.sectors[1].sector.revenue = 1.5;
    scenario.partners[0].finance = constant_path(100);
    scenario.partners[0].partner.urgency = 0;
    scenario.domestic.ratification = Ratification::none;
    const Setting setting = prepare(scenario);
    const TestRun run = run_world(scenario);
    double credited = 0, invested = 0;
    for (const TalkRecord& talk : run.log.talks)
        if (talk.sector == 1 && talk.outcome == TalkOutcome::agreed) {
            invested += talk.size;
            if (talk.partner == 0) credited += talk.connectivity_value;
        }
    REQUIRE(credited > 0);
    const double gained = setting.transit[0](0) * setting.horizon_value(0) / 1000 *
                          (corridor_at(setting, 0, invested).worth - corridor_at(setting, 0, 0).worth);
    CHECK(credited <= gained * (1 + 1e-9));
}

TEST_CASE("a partner's unused capital settles at the same stock in quarters and in years") {
    for (const double dt : {0.25, 1.0}) {
        Scenario scenario = small_scenario(1, 1, 1);
        scenario.clock = {.start_year = 1995, .ticks = static_cast<std::int64_t>(60 / dt), .dt = dt};
        scenario.projects.arrival_scale = 0;
        const double flow = scenario.partners[0].finance.path.level + scenario.partners[0].credit.path.level;
        CHECK(run_world(scenario).ticks.back().capital_to_hand_by_partner[0] ==
              doctest::Approx(flow / std::log(2.0)).epsilon(1e-9));
    }
}

TEST_CASE("without demand the corridor gives no partner any value") {
    Scenario scenario = lively();
    scenario.headline.connectivity_demand = 0;
    for (const TalkRecord& talk : run_world(scenario).log.talks)
        if (talk.outcome != TalkOutcome::no_capital) REQUIRE(talk.connectivity_value == 0);
}

TEST_CASE("opinion on a line of three regions settles where DeGroot's weights say") {
    // W rows (0 1 0), (.5 0 .5), (0 1 0) with a lazy step of one half are P = [.5 .5 0; .25 .5 .25; 0 .5 .5].
    Scenario scenario = small_scenario(1, 1, 3);
    scenario.opinion.stubbornness = 0;
    scenario.opinion.speed = std::log(2.0) / scenario.clock.dt;
    scenario.opinion.rumour_rate = 0;
    scenario.projects.arrival_scale = 0;
    scenario.protest.present = Switch::off;
    scenario.clock.ticks = 200;
    const double first[] = {0.8, -0.2, -0.4};
    for (std::size_t r = 0; r < 3; ++r) {
        scenario.regions[r].attitudes[0].public_attitude = first[r];
        scenario.regions[r].region.population = 1;
    }
    const double expected = 0.25 * first[0] + 0.5 * first[1] + 0.25 * first[2];
    const TestRun run = run_world(scenario);
    for (std::size_t r = 0; r < 3; ++r)
        CHECK(run.ticks.back().lowest_attitude_by_region[r] == doctest::Approx(expected).epsilon(1e-6));
}

TEST_CASE(
    "dated news moves attitudes by what it says where nothing else does, in every region, in quarters as in years") {
    for (const double dt : {0.25, 1.0})
        for (const double rumour : {-0.25, 0.1}) {
            Scenario scenario = small_scenario(2, 1, 3);
            scenario.clock = {.start_year = 1995, .ticks = static_cast<std::int64_t>(4 / dt), .dt = dt};
            scenario.opinion.speed = scenario.opinion.rumour_rate = scenario.projects.arrival_scale = 0;
            scenario.opinion.rumour = rumour;
            scenario.protest.present = Switch::off;
            for (RegionInput& region : scenario.regions) region.attitudes[0] = region.attitudes[1] = {0.3, 0.3};
            const TestRun calm = run_world(scenario);
            PathInput& news = scenario.partners[0].news;
            news.path.shape = PathShape::series;
            news.points = {{1996, 0}, {1996.5, 3}, {1997, 0}};  // a year and a half of rumours
            scenario.partners[0].partner.suspicion = 0.8;
            const TestRun told = run_world(scenario);
            const double shift = 1.5 * 0.8 * rumour;
            const auto year = static_cast<std::size_t>(1 / dt);
            CHECK(told.ticks[year - 1].attitude_by_partner[0] == doctest::Approx(0.3).epsilon(1e-12));
            CHECK(told.ticks[2 * year - 1].attitude_by_partner[0] == doctest::Approx(0.3 + shift).epsilon(1e-12));
            CHECK(told.ticks.back().attitude_by_partner[0] == doctest::Approx(0.3 + shift).epsilon(1e-12));
            CHECK(told.ticks.back().attitude_by_partner[1] == calm.ticks.back().attitude_by_partner[1]);
            for (std::size_t r = 0; r < 3; ++r)
                CHECK(told.ticks.back().lowest_attitude_by_region[r] ==
                      doctest::Approx(std::min(0.3, 0.3 + shift)).epsilon(1e-12));
            CHECK(told.total(&Observation::rumours) == 0);
        }
}

TEST_CASE("news of strength nought, of somebody who is not there, or where opinion stands still, changes no bit") {
    const TestRun plain = run_world(lively());
    Scenario told = lively();
    told.partners[0].news.path = {.shape = PathShape::series, .scale = 0};
    told.partners[0].news.points = {{1995, 3}};
    CHECK(same_bits(run_world(told), plain));
    told.partners[0].news.path.scale = 1;
    CHECK(!same_bits(run_world(told), plain));
    Scenario still = lively();
    still.opinion.moves = told.opinion.moves = Switch::off;
    CHECK(same_bits(run_world(told), run_world(still)));
    Scenario absent = lively();
    absent.partners[1].partner.present = Switch::off;
    const TestRun alone = run_world(absent);
    absent.partners[1].news = constant_path(2);
    CHECK(same_bits(run_world(absent), alone));
}

TEST_CASE("the Ornstein-Uhlenbeck price has its stationary spread and the same law in quarters and years") {
    for (double dt : {0.25, 1.0}) {
        Scenario scenario = small_scenario(0, 1, 1);
        scenario.clock.dt = dt;
        scenario.clock.ticks = static_cast<std::int64_t>(40 / dt);
        scenario.projects.arrival_scale = 0;
        scenario.oil.noise = PriceNoise::mean_reverting;
        double sum = 0, square = 0;
        const int runs = 1500;
        for (std::uint32_t replication = 0; replication < runs; ++replication) {
            const double log_price = std::log(run_world(scenario, 3, replication).ticks.back().oil_price / 70);
            sum += log_price;
            square += log_price * log_price;
        }
        CHECK(std::fabs(sum / runs) < 0.03);
        CHECK(std::sqrt(square / runs) == doctest::Approx(0.33 / std::sqrt(2 * 0.5)).epsilon(0.06));
    }
}

TEST_CASE("a quarter of a year and a year bring the same number of projects on average") {
    for (double dt : {0.25, 1.0}) {
        Scenario scenario = small_scenario(0, 1, 1);
        scenario.clock.dt = dt;
        scenario.clock.ticks = static_cast<std::int64_t>(20 / dt);
        double arisen = 0, square = 0;
        for (std::uint32_t replication = 0; replication < 400; ++replication) {
            const double count = run_world(scenario, 5, replication).total(&Observation::projects_arisen);
            arisen += count;
            square += count * count;
        }
        const double mean = arisen / 400;
        CHECK(mean == doctest::Approx(80).epsilon(0.03));
        CHECK(square / 400 - mean * mean == doctest::Approx(80).epsilon(0.2));
    }
}
