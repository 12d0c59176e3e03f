// One hash per world: the same bits from every compiler, optimisation level and processor. A change of the model
// changes them on purpose: then write the hashes that the failure prints into tests/golden.txt and say why in the
// commit.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "scenario_reader.hpp"
#include "small_world.hpp"

using namespace multivector;

TEST_CASE("every golden world has the bits on record") {
    std::ifstream golden(MULTIVECTOR_SOURCE "/tests/golden.txt");
    REQUIRE(golden.good());
    int worlds = 0;
    for (std::string line; std::getline(golden, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string expected, file;
        words >> expected >> file;
        std::vector<std::string> sets;
        for (std::string set; words >> set;) sets.push_back(set);
        const Scenario scenario = load_scenario(std::string(MULTIVECTOR_SOURCE "/scenarios/") + file, sets).scenario;
        std::uint64_t hash = 0;
        for (std::uint32_t replication = 0; replication < 3; ++replication)
            hash = hash * 31 + hash_of(run_world(scenario, 2024, replication));
        std::ostringstream found;
        found << std::hex << hash;
        CHECK_MESSAGE(found.str() == expected, line);
        ++worlds;
    }
    CHECK(worlds >= 5);
}
