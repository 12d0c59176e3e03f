// Datasets with a dimension scale on every dimension, and attributes, as netCDF-4 readers expect them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hdf5_handle.hpp"
#include "hdf5_virtual.hpp"
#include "sha256.hpp"

namespace multivector::hdf5 {

/// Stands for a missing value in int32 columns.
inline constexpr std::int32_t missing_count = INT32_MIN;

enum class Type : std::uint8_t { number, count, choice, text };  ///< float64, int32, int8, UTF-8

/// One dimension of a dataset: its scale (null only while the scale itself is made), its size and the size of a chunk.
struct Axis {
    hid_t scale = -1;
    hsize_t size = 0, chunk = 1;
    bool grows = false;
};

class Dataset {
 public:
    Dataset() = default;

    /// Creates a dataset along `axes`. Numbers are filled with NaN and stored plainly; counts and choices are shuffled
    /// and deflated. Counts with `may_miss` carry _FillValue. With a mapping of any rows it is virtual: what is written
    /// counts for the digest and stands in the sources already, and its rows are the mapping's where they grow.
    Dataset(hid_t group, const std::string& name, Type type, std::span<const Axis> axes, bool may_miss = false,
            const Mapping& mapping = {});

    /// Writes the box start .. start + count: whole rows, each box where the last one ended.
    void write(std::span<const hsize_t> start, std::span<const hsize_t> count, const double* values);
    void write(std::span<const hsize_t> start, std::span<const hsize_t> count, const std::int32_t* values);
    void write(std::span<const hsize_t> start, std::span<const hsize_t> count, const std::int8_t* values);
    void write_all(std::span<const std::string> labels) const;

    void resize(hsize_t rows) const;  ///< of a dataset of one dimension that grows
    void make_scale() const;          ///< turns it into a dimension scale named like itself
    hid_t id() const { return handle_; }
    void close();  ///< writes what the library holds back

    /// SHA-256 of the values written so far, in C order and as stored.
    std::string digest() const { return digest_.hexadecimal(); }

 private:
    void write(std::span<const hsize_t> start, std::span<const hsize_t> count, hid_t memory_type, const void* values,
               std::size_t bytes);

    Handle handle_;
    std::string name_;
    Sha256 digest_;
    hsize_t rows_ = 0;  ///< written
    bool virtual_ = false;
};

/// A dimension scale of one dimension.
Dataset create_scale(hid_t group, const std::string& name, Type type, hsize_t size, hsize_t chunk, bool grows = false);

void write_attribute(hid_t object, const std::string& name, std::string_view text);
void write_attribute(hid_t object, const std::string& name, double value);
void write_attribute(hid_t object, const std::string& name, std::int32_t value);
void write_attribute(hid_t object, const std::string& name, std::span<const std::int32_t> values);
void write_attribute(hid_t object, const std::string& name, std::span<const std::int8_t> values);

/// A scalar dataset of text.
void write_text(hid_t group, const std::string& name, const std::string& text, std::string_view long_name);

}  // namespace multivector::hdf5
