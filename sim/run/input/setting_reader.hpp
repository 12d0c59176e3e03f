// A scenario file all the way to a setting that can run.
#pragma once

#include "scenario_reader.hpp"
#include "world.hpp"

namespace multivector {

struct PreparedScenario {
    LoadedScenario loaded;
    Setting setting;
};

/// Throws InputError also for what only `prepare` finds: blocks that contradict each other.
PreparedScenario load_and_prepare(const std::filesystem::path& file, const std::vector<std::string>& sets);

}  // namespace multivector
