// What a sweep says about its output beside writing it: whether it is there already, and which realisations failed.
#pragma once

#include <filesystem>
#include <ostream>

#include "hdf5_recorder.hpp"

namespace multivector {

/// For --resume: true when the output is there, whole, and what the sweep would write; false when there is none. Throws
/// InputError when it is damaged or of another sweep.
bool is_done(const std::filesystem::path& output, const RunOrigin& origin);

/// The command that runs one realisation of a design alone. `design` is the design's file, `number` the realisation's.
std::string command_alone(const std::filesystem::path& design, const RunOrigin& origin, std::size_t number);

/// How many failed and why the first did, with the command that runs it alone.
void print_failures(std::ostream& err, const std::vector<Failure>& failures, const std::filesystem::path& design,
                    const RunOrigin& origin);

}  // namespace multivector
