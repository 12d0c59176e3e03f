// Changes to HDF5 files in memory, as bytes say.
#pragma once

#include <string_view>

#include "hdf5_handle.hpp"

namespace multivector {

/// The bytes of a small result file: three realisations, a few variables of each shape. Made once, by the recorder.
std::string_view small_image();

/// A copy of a file's bytes, opened in memory for reading and writing.
hdf5::Handle open_image(std::string_view bytes);

/// Changes the file as `orders` say: objects and attributes deleted, renamed, linked, emptied, resized, or replaced by
/// others of any type, rank and size. What the library refuses is skipped.
void vandalise(hid_t file, std::string_view orders);

}  // namespace multivector
