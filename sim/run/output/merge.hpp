// Shards of a sweep put together into one result file, which is what the sweep without shards would have written.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "result_reader.hpp"

namespace multivector {

/// A file with part of a sweep.
struct Part {
    std::filesystem::path path;
    Share share;              ///< of the sweep's realisations
    std::string shard;        ///< "2/7", or "all"
    std::string sha256;       ///< of the file
    std::size_t missing = 0;  ///< of its share
};

/// The files in the order of their realisations. Throws InputError that names the file when one is damaged, differs
/// from the first in anything but its shard, or has realisations that another has too.
std::vector<Part> sweep_parts(const std::vector<std::filesystem::path>& files);

/// Realisations of `all` that no part has, and those that the parts lack themselves.
std::vector<Share> gaps_between(const std::vector<Part>& parts, std::size_t all);

/// A line for each part: SHA-256, shard, number of the first realisation, how many, name.
std::string manifest_of(const std::vector<Part>& parts, std::size_t first_realization);

struct Merge {
    std::filesystem::path output;
    bool force = false;
    bool allow_missing = false;  ///< missing realisations become missing values, and never zero
    bool as_virtual = false;     ///< leave the values in the parts; see hdf5_virtual.hpp
    std::string command_line;
};

/// Writes the merged file; `progress` is told how many realisations are done. Throws InputError when realisations are
/// missing that must not be, the output must not be written, or a virtual one would not find its parts.
void merge(const std::vector<Part>& parts, const Merge& how, const std::function<void(std::size_t)>& progress);

}  // namespace multivector
