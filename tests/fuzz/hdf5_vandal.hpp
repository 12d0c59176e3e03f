// Changes to HDF5 files in memory, as bytes say.
#pragma once

#include <string_view>

#include "hdf5_handle.hpp"

namespace multivector {

/// Changes the file as `orders` say: objects and attributes deleted, renamed, linked, tied as scales, emptied, resized,
/// or replaced by others of any type, rank and size. What the library refuses is skipped.
void vandalise(hid_t file, std::string_view orders);

}  // namespace multivector
