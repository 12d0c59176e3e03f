// The datasets of /design: lists along a dimension, written whole and read whole.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "hdf5_reader.hpp"

namespace multivector::hdf5 {

using Texts = std::vector<std::string>;
using Counts = std::vector<std::int32_t>;

/// A dimension of a group.
class Along {
 public:
    /// Named, or numbered from 0.
    Along(hid_t group, const std::string& name, const Texts& labels, std::string_view long_name);
    Along(hid_t group, const std::string& name, std::size_t size, std::string_view long_name);

    void texts(const std::string& name, const Texts& values, std::string_view long_name) const;
    /// `may_miss`: the least number stands for none.
    void counts(const std::string& name, const Counts& values, std::string_view long_name, bool may_miss = false) const;
    void numbers(const std::string& name, const std::vector<double>& values, std::string_view long_name) const;

 private:
    Dataset made(const std::string& name, Type type, bool may_miss = false) const;

    hid_t group_;
    Dataset scale_;
    hsize_t size_;
};

/// Throw Error when the dataset is no list of these.
Counts read_counts(hid_t file, const std::string& path);
std::vector<double> read_numbers(hid_t file, const std::string& path);

template <class Values>
const Values& of_size(const Values& values, std::size_t size, const std::string& path) {
    if (values.size() != size) throw Error("/design/" + path + " is of another size than its dimension");
    return values;
}

}  // namespace multivector::hdf5
