// Reading datasets, attributes and members of any file, guarded against files that say more than they hold.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hdf5_dataset.hpp"

namespace multivector::hdf5 {

/// Throws Error unless every step of a path leads to an object of this file, and none is a link to somewhere else.
void require_own(hid_t file, const std::string& path);

/// Throw Error when it is not there, or stands in another file; a dataset may be virtual as hdf5_virtual.hpp says.
Handle open_dataset(hid_t file, const std::string& path);
Handle open_group(hid_t file, const std::string& path);

/// Bytes of one stored value; of a text 1.
std::size_t bytes_of(Type type);

/// Where a dataset's values are: in a file that is no HDF5 file, or in datasets of others.
bool is_external(hid_t dataset);
bool is_virtual(hid_t dataset);

/// A small file must not ask for much memory or time. So many times the values that are stored there may be: no packing
/// unfolds to more, and of a virtual dataset no more may be missing.
inline constexpr hsize_t most_unfolding = 1032;

/// Throws Error when there are more values than what is stored can unfold to.
void refuse_empty_promises(hid_t dataset, const std::vector<hsize_t>& sizes, std::size_t width,
                           const std::string& path);

/// Extents; none for a scalar.
std::vector<hsize_t> sizes_of(hid_t dataset);

/// Throws Error when a dataset stores anything but the four types of this program.
Type type_of(hid_t dataset);

/// Texts of a dataset. Throws Error when it holds none, or fewer than it says.
std::vector<std::string> read_texts(hid_t file, const std::string& path);

/// None when there is no such attribute or it is of another kind.
std::optional<std::string> read_text_attribute(hid_t object, const std::string& name);
std::optional<double> read_number_attribute(hid_t object, const std::string& name);

/// Names of a group's members in the order in which they were made, or of the alphabet where a file does not know it.
std::vector<std::string> members(hid_t file, const std::string& group);

/// Paths of every dataset, group by group, in the order in which they were made.
std::vector<std::string> dataset_paths(hid_t file);

/// A dataset read by blocks of whole rows, some megabytes at a time.
class Blocks {
 public:
    /// Throws Error when a single row would be larger than memory allows.
    Blocks(hid_t file, const std::string& path);

    Type type() const { return type_; }
    const std::vector<hsize_t>& sizes() const { return sizes_; }

    /// Reads the next block, of `rows` rows when that is said; false when all have been read.
    bool next(hsize_t rows = 0);

    hsize_t first_row() const { return first_; }
    hsize_t rows() const { return rows_; }

    /// The block in C order: float64, int32 or int8 as stored, little-endian; of a text its bytes and a zero.
    std::span<const std::byte> bytes() const { return bytes_; }

 private:
    void read_box();

    hid_t file_;
    std::string path_;
    Handle dataset_, stored_;
    Type type_;
    std::vector<hsize_t> sizes_;
    hsize_t total_rows_ = 1, row_bytes_ = 0, step_ = 1, first_ = 0, rows_ = 0;
    std::vector<std::byte> bytes_;
};

}  // namespace multivector::hdf5
