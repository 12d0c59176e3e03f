#include "hdf5_dataset.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <bit>
#include <limits>

namespace multivector::hdf5 {

namespace {

static_assert(std::endian::native == std::endian::little, "digests count the bytes as they are stored");

Handle file_type(Type type) {
    if (type == Type::text) return text_type();
    const hid_t plain = type == Type::number ? H5T_IEEE_F64LE : type == Type::count ? H5T_STD_I32LE : H5T_STD_I8LE;
    return Handle(H5Tcopy(plain), H5Tclose, "type");
}

/// A choice is one of the names that are counted from 0, so that -1 is none: what a lost shard had.
void set_fill(hid_t properties, Type type, bool is_virtual) {
    const double number = std::numeric_limits<double>::quiet_NaN();
    const std::int8_t choice = is_virtual ? -1 : 0;
    if (type == Type::number) check(H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &number), "fill value");
    if (type == Type::count) check(H5Pset_fill_value(properties, H5T_NATIVE_INT32, &missing_count), "fill value");
    if (type == Type::choice) check(H5Pset_fill_value(properties, H5T_NATIVE_INT8, &choice), "fill value");
}

/// Chunked, unless a dimension is empty for good: the library has no chunks of nothing.
Handle layout(Type type, std::span<const Axis> axes, std::span<const hsize_t> sizes) {
    Handle properties = creation_properties(H5P_DATASET_CREATE);
    set_fill(properties, type, false);
    std::vector<hsize_t> chunk;
    bool empty = false;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        chunk.push_back(axes[i].chunk);
        empty |= sizes[i] == 0 && !axes[i].grows;
    }
    if (empty || axes.empty() || type == Type::text) return properties;
    check(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), "chunks");
    if (type == Type::number) return properties;
    check(H5Pset_shuffle(properties), "shuffle");
    check(H5Pset_deflate(properties, 1), "deflate");
    return properties;
}

Handle virtual_layout(hid_t group, const std::string& name, Type type, const Mapping& mapping,
                      std::span<const hsize_t> sizes, std::span<const hsize_t> limits) {
    Handle properties = creation_properties(H5P_DATASET_CREATE);
    set_fill(properties, type, true);
    std::string path(static_cast<std::size_t>(check(H5Iget_name(group, nullptr, 0), "name of a group")), '\0');
    check(H5Iget_name(group, path.data(), path.size() + 1), "name of a group");
    set_mapping(properties, path + "/" + name, mapping, sizes, limits);
    return properties;
}

void write_attribute(hid_t object, const std::string& name, hid_t type, hid_t memory_type, hsize_t count,
                     const void* values) {
    const Handle space(count == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), H5Sclose, "space");
    const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                           "cannot create attribute " + name);
    check(H5Awrite(attribute, memory_type, values), "cannot write attribute " + name);
}

}  // namespace

Dataset::Dataset(hid_t group, const std::string& name, Type type, std::span<const Axis> axes, bool may_miss,
                 const Mapping& mapping)
    : name_(name) {
    std::vector<hsize_t> sizes, limits;
    for (const Axis& axis : axes) {
        sizes.push_back(axis.size);
        limits.push_back(axis.grows ? H5S_UNLIMITED : axis.size);
    }
    hsize_t mapped = 0;
    for (const Mapped& part : mapping) mapped += part.rows;
    if (mapped > 0 && axes.front().grows) sizes.front() = mapped;
    virtual_ = mapped > 0 && std::find(sizes.begin(), sizes.end(), hsize_t{0}) == sizes.end();
    const Handle space(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), limits.data()), H5Sclose,
                       "space");
    const Handle stored = file_type(type), properties = virtual_
                                                            ? virtual_layout(group, name, type, mapping, sizes, limits)
                                                            : layout(type, axes, sizes);
    handle_ = Handle(H5Dcreate2(group, name.c_str(), stored, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
                     "cannot create " + name);
    for (std::size_t i = 0; i < axes.size(); ++i)
        if (axes[i].scale >= 0)
            check(H5DSattach_scale(handle_, axes[i].scale, static_cast<unsigned>(i)),
                  "cannot attach a scale to " + name);
    if (type == Type::count && may_miss) write_attribute(handle_, "_FillValue", missing_count);
}

void Dataset::write(std::span<const hsize_t> start, std::span<const hsize_t> count, hid_t memory_type,
                    const void* values, std::size_t bytes) {
    if (start[0] != rows_) throw std::logic_error("rows of " + name_ + " must arrive in their order");
    rows_ += count[0];
    for (const hsize_t extent : count) bytes *= extent;
    if (bytes == 0) return;
    digest_.add(values, bytes);
    if (virtual_) return;
    const Handle space(H5Dget_space(handle_), H5Sclose, "space of " + name_);
    check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "box in " + name_);
    const Handle memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose, "space");
    check(H5Dwrite(handle_, memory_type, memory, space, H5P_DEFAULT, values), "cannot write " + name_);
}

void Dataset::write(std::span<const hsize_t> start, std::span<const hsize_t> count, const double* values) {
    write(start, count, H5T_NATIVE_DOUBLE, values, sizeof *values);
}
void Dataset::write(std::span<const hsize_t> start, std::span<const hsize_t> count, const std::int32_t* values) {
    write(start, count, H5T_NATIVE_INT32, values, sizeof *values);
}
void Dataset::write(std::span<const hsize_t> start, std::span<const hsize_t> count, const std::int8_t* values) {
    write(start, count, H5T_NATIVE_INT8, values, sizeof *values);
}

void Dataset::write_all(std::span<const std::string> labels) const {
    std::vector<const char*> pointers;
    for (const std::string& label : labels) pointers.push_back(label.c_str());
    const Handle type = text_type();
    if (!pointers.empty())
        check(H5Dwrite(handle_, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "cannot write " + name_);
}

void Dataset::close() { check(handle_.release(), "cannot write " + name_); }

void Dataset::resize(hsize_t rows) const {
    if (!virtual_) check(H5Dset_extent(handle_, &rows), "cannot enlarge " + name_);
}

void Dataset::make_scale() const { check(H5DSset_scale(handle_, name_.c_str()), "cannot make a scale of " + name_); }

Dataset create_scale(hid_t group, const std::string& name, Type type, hsize_t size, hsize_t chunk, bool grows) {
    const Axis axis{-1, size, chunk, grows};
    Dataset scale(group, name, type, std::span(&axis, 1));
    scale.make_scale();
    return scale;
}

void write_attribute(hid_t object, const std::string& name, std::string_view text) {
    const Handle type = text_type();
    const std::string copy(text);
    const char* pointer = copy.c_str();
    write_attribute(object, name, type, type, 0, &pointer);
}
void write_attribute(hid_t object, const std::string& name, double value) {
    write_attribute(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 0, &value);
}
void write_attribute(hid_t object, const std::string& name, std::int32_t value) {
    write_attribute(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, 0, &value);
}
void write_attribute(hid_t object, const std::string& name, std::span<const std::int32_t> values) {
    write_attribute(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, values.size(), values.data());
}
void write_attribute(hid_t object, const std::string& name, std::span<const std::int8_t> values) {
    write_attribute(object, name, H5T_STD_I8LE, H5T_NATIVE_INT8, values.size(), values.data());
}

void write_text(hid_t group, const std::string& name, const std::string& text, std::string_view long_name) {
    const Handle type = text_type(), space(H5Screate(H5S_SCALAR), H5Sclose, "space"),
                 properties = creation_properties(H5P_DATASET_CREATE);
    const Handle dataset(H5Dcreate2(group, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
                         "cannot create " + name);
    const char* pointer = text.c_str();
    check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &pointer), "cannot write " + name);
    write_attribute(dataset, "units", "1");
    write_attribute(dataset, "long_name", long_name);
}

}  // namespace multivector::hdf5
