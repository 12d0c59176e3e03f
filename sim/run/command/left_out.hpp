// What a result file does not have, said before anything is worked out of it.
#pragma once

#include <ostream>

#include "result_reader.hpp"

namespace multivector {

/// A line for realisations that failed and one for those that are missing, which every number leaves out. Throws
/// InputError for a shard: its realisations say nothing about the sweep.
void say_what_is_left_out(std::ostream& err, const ResultFile& file);

}  // namespace multivector
