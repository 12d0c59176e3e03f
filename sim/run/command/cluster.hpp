// multivector sweep DESIGN --submit slurm: the sweep as jobs of a cluster.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "command_options.hpp"
#include "design_reader.hpp"
#include "hdf5_provenance.hpp"

namespace multivector {

void add_submit_options(program_options::options_description& options);

/// Options that go only with --submit, or not with it; and a machine from which nothing can be submitted. Throws
/// InputError.
void refuse_submit_clashes(const Said& said);

/// Shards for tasks of about ten minutes, as many as one array takes at most.
std::uint32_t shards_for(double seconds, double realizations, std::uint32_t most);

/// Writes the scripts to OUTPUT.shards and, but for a dry run, submits them: an array with a task for each shard, and
/// the merge that depends on it. Throws InputError when the folder is of another sweep, or its jobs are still there.
int submit_sweep(const Said& said, const std::string& output, const LoadedDesign& loaded, const RunOrigin& origin,
                 std::ostream& out);

}  // namespace multivector
