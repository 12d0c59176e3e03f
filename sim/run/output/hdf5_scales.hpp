// Reading which dimension scales a dataset has.
//
// The library's own functions for this (H5DS...) read attributes of any size and type into room for those that they
// expect, and take whatever stands at the address of a deleted scale for an object: in a damaged file they write over
// memory. Here an attribute is read only when it is as it should be, and an address is followed only when a path leads
// there.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hdf5_handle.hpp"

namespace multivector::hdf5 {

/// Whether a dataset says that it is a dimension scale.
bool is_scale(hid_t dataset);

/// What datasets can be tied to. Throws Error when one is tied to anything else.
class Scales {
 public:
    /// Those at `paths`; links to elsewhere are none.
    Scales(hid_t file, const std::vector<std::string>& paths);

    /// Names of the scales attached to a dataset, the first of each dimension; empty where there is none.
    std::vector<std::string> names(hid_t dataset) const;

    /// A line for every scale that is attached to a dataset: its dimension and the scale's path.
    std::string lines(hid_t dataset) const;

 private:
    const std::string& path_at(haddr_t address, hid_t dataset) const;

    hid_t file_;
    std::map<haddr_t, std::string> paths_;
};

}  // namespace multivector::hdf5
