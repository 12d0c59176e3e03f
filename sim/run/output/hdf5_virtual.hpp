// Virtual datasets of HDF5: a merged file whose values stay in the shards, which it finds from its own folder.
//
// A library that does not find a shard, or may open no more files, reads fill values and says nothing. This program
// opens every shard when it opens the file, and refuses when one is not there or not the one that was merged.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "hdf5_handle.hpp"
#include "shard.hpp"

namespace multivector {

/// A file whose values another refers to.
struct Source {
    std::string file;                         ///< from the other's folder
    std::string contents;                     ///< see contents_of
    Share share;                              ///< of the sweep's realisations
    std::map<std::string, std::size_t> rows;  ///< of each table
};

namespace hdf5 {

/// So many that every reader may hold them open at once: most systems let a process open 1024.
inline constexpr std::size_t most_sources = 500;

/// Whether a name leads to what stands beside a file or in folders under it: relative, without "..", in one line.
bool stays_under(const std::string& name);

/// SHA-256 of what a result file's checksums say of its values: the same when its shard is computed again.
std::string contents_of(hid_t file);

/// Rows `start` on of a dataset are all the rows of the dataset of the same path in `file`.
struct Mapped {
    std::string file;
    hsize_t start = 0, rows = 0;
};
using Mapping = std::vector<Mapped>;

Mapping map_realizations(const std::vector<Source>& sources);
Mapping map_rows(const std::vector<Source>& sources, const std::string& table);

/// Makes a dataset virtual that is created at `path` with these sizes: the mapping's end for its rows.
void set_mapping(hid_t properties, const std::string& path, const Mapping& mapping, std::span<const hsize_t> sizes,
                 std::span<const hsize_t> limits);

/// Of the values of a virtual dataset how many stand in sources. Throws Error unless they do as set_mapping says: whole
/// datasets of the same path and type, one after the other, that hold their values themselves.
hsize_t mapped_values(hid_t file, hid_t dataset, const std::string& path);

/// Throws Error unless the sources of a virtual dataset are named so, and are so many: the library asks those of which
/// there may be more how large they are, whatever they are called, before it says how large the dataset is.
void require_names_under(hid_t dataset, const std::string& path);

/// Writes /provenance/shards, a line for each source: contents, two blanks, file.
void write_sources(hid_t file, const std::vector<Source>& sources);

bool has_sources(hid_t file);

struct OpenSource {
    std::string name;
    Handle file;
};

/// What write_sources wrote, opened; none for a file that holds its values itself. Throws Error that names the first
/// that is not there or has other contents.
std::vector<OpenSource> open_sources(hid_t file);

}  // namespace hdf5
}  // namespace multivector
