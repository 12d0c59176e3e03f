// A small but whole result file in memory.
#pragma once

#include <string_view>

#include "hdf5_handle.hpp"

namespace multivector {

/// The bytes of a result file of three realisations: a few variables of each shape in /summary and /series, /deals of a
/// few rows and columns, dimension scales and checksums. Made once, by the parts of the recorder.
std::string_view small_image();

/// Likewise of a twin: two worlds three times each, their /summary and /design.
std::string_view small_design_image();

/// A copy of a file's bytes, opened in memory for reading and writing.
hdf5::Handle open_image(std::string_view bytes);

}  // namespace multivector
