// How well two worlds with and without China's demand pair under the luck that this build has: of its own streams, or
// of one shared sequence (tests/sequential).
//   golden flat | paired_luck      "variance of the paired difference, sum of the two variances"
#include <iostream>

#include "flat_scenario.hpp"
#include "golden_text.hpp"
#include "run_summary.hpp"
#include "tick.hpp"

using namespace multivector;

namespace {

constexpr int replications = 400;

std::vector<double> net_gains(Scenario scenario, double demand) {
    scenario.headline.connectivity_demand = demand;
    const Setting setting = prepare(scenario);
    World world;
    std::vector<double> gains;
    for (std::uint32_t replication = 0; replication < replications; ++replication) {
        begin(world, setting);
        const Luck luck(1, replication);
        double gain = 0;
        for (int t = 0; t < setting.ticks; ++t) {
            tick(world, setting, luck);
            gain += world.now.net_gain;
        }
        gains.push_back(gain);
    }
    return gains;
}

double variance(const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double value : values) mean += value / static_cast<double>(values.size());
    for (const double value : values) squares += (value - mean) * (value - mean);
    return squares / static_cast<double>(values.size() - 1);
}

}  // namespace

int main() {
    for (std::string name = rest_after(std::cin, "world"); !name.empty(); name = rest_after(std::cin, "world")) {
        const Scenario scenario = unflatten(read_flat(std::cin));
        read_record(std::cin);
        if (name != "kazakhstan") continue;
        const std::vector<double> with = net_gains(scenario, 1), without = net_gains(scenario, 0);
        std::vector<double> difference;
        for (std::size_t i = 0; i < with.size(); ++i) difference.push_back(with[i] - without[i]);
        std::cout << variance(difference) << ' ' << variance(with) + variance(without) << '\n';
    }
}
