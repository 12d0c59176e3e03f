// The scripts of scenarios/cluster with the settings of one sweep.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace multivector {

/// All paths are absolute, so that a job finds them wherever it starts.
struct ClusterSweep {
    std::filesystem::path folder, program, design, output;
    std::uint32_t shards = 1;
    std::uint32_t threads = 0;         ///< cores of a task; 0: what the cluster gives
    std::uint32_t at_once = 0;         ///< tasks; 0: any number
    std::string slurm;                 ///< options for sbatch
    std::vector<std::string> options;  ///< for multivector sweep, beside the shard, the output and the threads
};

/// The job array: a task for each shard.
std::string array_script(const ClusterSweep& sweep);

/// The job that puts the shards together when all are done.
std::string merge_script(const ClusterSweep& sweep);

}  // namespace multivector
