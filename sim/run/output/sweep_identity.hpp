// What makes two sweeps one: whoever goes on with a sweep, or puts its parts together, must have all of it in common.
#pragma once

#include <string>

#include "result_reader.hpp"

namespace multivector {

/// Lines "name: value": the program's build, design, scenario, seed, replications, record, counterfactuals, shard.
std::string identity_of(const RunOrigin& origin);  ///< of this program
std::string identity_of(const ResultFile& file);   ///< of the program that wrote it

/// One more line, the digest of the running program's file: builds from changed sources have no other name.
std::string program_file();

/// "its seed is another (1, not 2)" for every line that differs; empty when none does.
std::string differences(const std::string& stored, const std::string& asked);

/// What the recorder of a file was told, but for the command line and how its replications were found.
RunOrigin origin_of(const ResultFile& file);

/// SHA-256 of all that a design's record says.
std::string digest_of(const DesignRecord& record);

}  // namespace multivector
