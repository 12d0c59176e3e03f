// What a result file says about itself: a SHA-256 of every dataset's values and one of everything else.
//
// /provenance/checksums is a text like that of sha256sum, a line per dataset: digest, two blanks, path. The values
// count in C order as they are stored (float64, int32 or int8, little-endian; of a text its bytes and a zero), so that
// in Python hashlib.sha256(dataset[...].tobytes()) gives the digest of any dataset of numbers. The last line, under the
// path "/", is the digest of everything else: names, types, extents, dimension scales and attributes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hdf5_handle.hpp"

namespace multivector::hdf5 {

inline constexpr const char* checksums_path = "/provenance/checksums";

/// Digests by path.
using KnownDigests = std::map<std::string, std::string>;

/// Writes /provenance/checksums; call when everything else is in the file. What is known already was digested while its
/// values were written.
void write_checksums(hid_t file, const KnownDigests& known);

/// A dataset that is not what its file says it should be.
struct Damage {
    std::string path;  ///< "/" for the structure
    std::string what;  ///< "differs from its checksum", "is missing", "has no checksum" or why it cannot be read
    bool unreadable = false;

    std::string said() const;  ///< a sentence that names the place, and once
};

/// Reads the whole file; empty when every checksum agrees. Throws Error when the file holds no checksums.
std::vector<Damage> check_checksums(hid_t file);

bool has_checksums(hid_t file);

/// What the file says about itself, the datasets' paths and "/"; empty when it says nothing. Throws Error when it
/// cannot be read.
KnownDigests stored_checksums(hid_t file);

}  // namespace multivector::hdf5
