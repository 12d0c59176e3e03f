#include "hdf5_reader.hpp"

#include <algorithm>
#include <bit>

#include "hdf5_virtual.hpp"

namespace multivector::hdf5 {

namespace {

static_assert(std::endian::native == std::endian::little, "blocks are compared as they are stored");

constexpr hsize_t block_bytes = hsize_t{4} << 20, largest_row = hsize_t{1} << 30;

/// Rows that are read at once: whole chunks, so that none is unpacked twice.
hsize_t rows_at_once(hid_t dataset, hsize_t row_bytes, std::size_t dimensions) {
    const hsize_t fits = std::max<hsize_t>(block_bytes / std::max<hsize_t>(row_bytes, 1), 1);
    const Handle properties(H5Dget_create_plist(dataset), H5Pclose, "properties");
    if (dimensions == 0 || H5Pget_layout(properties) != H5D_CHUNKED) return fits;
    std::vector<hsize_t> chunk(dimensions);
    check(H5Pget_chunk(properties, static_cast<int>(dimensions), chunk.data()), "chunks");
    return chunk[0] == 0 || chunk[0] > fits ? fits : fits / chunk[0] * chunk[0];
}

void require_unfolding(hsize_t stored, const std::vector<hsize_t>& sizes, const std::string& path) {
    hsize_t most = stored;
    for (const hsize_t size : sizes) {
        if (size == 0) return;
        most /= size;
    }
    if (most == 0) throw Error(path + " says that it has more values than it holds");
}

/// What a file says it holds must stand in that file, or in shards that it names.
void refuse_elsewhere(hid_t file, hid_t dataset, const std::string& path) {
    if (is_external(dataset)) throw Error(path + " stands in another file");
    if (!is_virtual(dataset)) return;
    const hsize_t values = mapped_values(file, dataset, path);  // before anyone asks for the size
    require_unfolding(values * most_unfolding, sizes_of(dataset), path);
}

void list_datasets(hid_t file, const std::string& group, int depth, std::size_t& seen,
                   std::vector<std::string>& paths) {
    constexpr std::size_t most = 1000;  // links may go round in circles
    if (depth > 8) throw Error("groups nested too deeply at " + group);
    for (const std::string& member : members(file, group)) {
        const std::string path = (group == "/" ? "" : group) + "/" + member;
        if (++seen > most) throw Error("more than " + std::to_string(most) + " groups and datasets");
        require_own(file, path);
        H5O_info_t object{};
        check(H5Oget_info_by_name2(file, path.c_str(), &object, H5O_INFO_BASIC, H5P_DEFAULT), "cannot open " + path);
        if (object.type == H5O_TYPE_GROUP) list_datasets(file, path, depth + 1, seen, paths);
        if (object.type == H5O_TYPE_DATASET) paths.push_back(path);
    }
}

}  // namespace

bool is_external(hid_t dataset) {
    const Handle properties(H5Dget_create_plist(dataset), H5Pclose, "properties");
    return H5Pget_external_count(properties) > 0;
}

bool is_virtual(hid_t dataset) {
    const Handle properties(H5Dget_create_plist(dataset), H5Pclose, "properties");
    return H5Pget_layout(properties) == H5D_VIRTUAL;
}

void refuse_empty_promises(hid_t dataset, const std::vector<hsize_t>& sizes, std::size_t width,
                           const std::string& path) {
    if (!is_virtual(dataset)) require_unfolding(H5Dget_storage_size(dataset) * most_unfolding / width, sizes, path);
}

std::size_t bytes_of(Type type) {
    return type == Type::number ? sizeof(double) : type == Type::count ? sizeof(std::int32_t) : sizeof(std::int8_t);
}

void require_own(hid_t file, const std::string& path) {
    for (std::size_t end = path.find('/', 1); path != "/"; end = path.find('/', end + 1)) {
        const std::string step = path.substr(0, end);
        H5L_info_t link{};
        check(H5Lget_info(file, step.c_str(), &link, H5P_DEFAULT), "cannot open " + step);
        if (link.type != H5L_TYPE_HARD) throw Error(step + " is a link to what stands elsewhere");
        if (end == std::string::npos) return;
    }
}

Handle open_dataset(hid_t file, const std::string& path) {
    require_own(file, path);
    Handle dataset(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, "cannot open " + path);
    refuse_elsewhere(file, dataset, path);
    return dataset;
}

Handle open_group(hid_t file, const std::string& path) {
    require_own(file, path);
    return Handle(H5Gopen2(file, path.c_str(), H5P_DEFAULT), H5Gclose, "cannot open " + path);
}

std::vector<hsize_t> sizes_of(hid_t dataset) {
    const Handle space(H5Dget_space(dataset), H5Sclose, "space");
    std::vector<hsize_t> sizes(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space), "dimensions")));
    check(H5Sget_simple_extent_dims(space, sizes.data(), nullptr), "dimensions");
    return sizes;
}

Type type_of(hid_t dataset) {
    const Handle stored(H5Dget_type(dataset), H5Tclose, "type");
    if (H5Tequal(stored, H5T_IEEE_F64LE) > 0) return Type::number;
    if (H5Tequal(stored, H5T_STD_I32LE) > 0) return Type::count;
    if (H5Tequal(stored, H5T_STD_I8LE) > 0) return Type::choice;
    if (H5Tis_variable_str(stored) > 0) return Type::text;
    throw Error("a dataset of a type that this program does not write");
}

std::vector<std::string> read_texts(hid_t file, const std::string& path) {
    const Handle dataset = open_dataset(file, path), space(H5Dget_space(dataset), H5Sclose, "space"),
                 type = text_type();
    if (type_of(dataset) != Type::text) throw Error(path + " holds no text");
    const auto count = static_cast<hsize_t>(check(H5Sget_simple_extent_npoints(space), "size of " + path));
    if (count == 0) return {};
    refuse_empty_promises(dataset, {count}, sizeof(void*), path);
    std::vector<char*> pointers(count);
    check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "cannot read " + path);
    std::vector<std::string> texts;
    for (const char* pointer : pointers) texts.emplace_back(pointer ? pointer : "");
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return texts;
}

namespace {

/// The attribute when it exists, holds one value and `accepts` its stored type.
std::optional<Handle> scalar_attribute(hid_t object, const std::string& name, bool (*accepts)(hid_t)) {
    if (H5Aexists(object, name.c_str()) <= 0) return {};
    Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "cannot open attribute " + name);
    const Handle stored(H5Aget_type(attribute), H5Tclose, "type of " + name),
        space(H5Aget_space(attribute), H5Sclose, "space of " + name);
    if (!accepts(stored) || H5Sget_simple_extent_npoints(space) != 1) return {};
    return attribute;
}

}  // namespace

std::optional<std::string> read_text_attribute(hid_t object, const std::string& name) {
    const auto attribute = scalar_attribute(object, name, [](hid_t type) { return H5Tis_variable_str(type) > 0; });
    if (!attribute) return {};
    char* pointer = nullptr;
    check(H5Aread(*attribute, text_type(), &pointer), "cannot read attribute " + name);
    std::string text(pointer ? pointer : "");
    H5free_memory(pointer);
    return text;
}

std::optional<double> read_number_attribute(hid_t object, const std::string& name) {
    const auto attribute = scalar_attribute(object, name, [](hid_t type) {
        const H5T_class_t kind = H5Tget_class(type);
        return kind == H5T_INTEGER || kind == H5T_FLOAT;
    });
    if (!attribute) return {};
    double value = 0;
    check(H5Aread(*attribute, H5T_NATIVE_DOUBLE, &value), "cannot read attribute " + name);
    return value;
}

std::vector<std::string> members(hid_t file, const std::string& path) {
    const Handle group = open_group(file, path), properties(H5Gget_create_plist(group), H5Pclose, "properties");
    unsigned order = 0;
    check(H5Pget_link_creation_order(properties, &order), "order of " + path);
    using Names = Visit<std::vector<std::string>>;
    const auto add = [](hid_t, const char* name, const H5L_info_t*, void* out) {
        return static_cast<Names*>(out)->run([&](auto& names) { return names.emplace_back(name), 0; });
    };
    Names names;
    hsize_t position = 0;
    const H5_index_t index = order & H5P_CRT_ORDER_INDEXED ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
    return names.finish(H5Literate(group, index, H5_ITER_INC, &position, add, &names), "cannot list " + path);
}

std::vector<std::string> dataset_paths(hid_t file) {
    std::vector<std::string> paths;
    std::size_t seen = 0;
    list_datasets(file, "/", 0, seen, paths);
    return paths;
}

Blocks::Blocks(hid_t file, const std::string& path)
    : file_(file),
      path_(path),
      dataset_(open_dataset(file, path)),
      stored_(H5Dget_type(dataset_), H5Tclose, "type of " + path),
      type_(type_of(dataset_)),
      sizes_(sizes_of(dataset_)) {
    if (!sizes_.empty()) total_rows_ = sizes_[0];
    row_bytes_ = bytes_of(type_);
    refuse_empty_promises(dataset_, sizes_, row_bytes_, path);
    for (std::size_t i = 1; i < sizes_.size(); ++i) {
        row_bytes_ *= std::min(sizes_[i], largest_row);
        if (row_bytes_ > largest_row) throw Error(path + " says that it has rows of more than a gigabyte");
    }
    if (type_ == Type::text || row_bytes_ == 0)
        step_ = total_rows_;  // read at once: texts are as many as there are names, and rows of nothing any number
    else
        step_ = rows_at_once(dataset_, row_bytes_, sizes_.size());
}

bool Blocks::next(hsize_t rows) {
    first_ += rows_;
    rows_ = std::min(rows > 0 ? rows : step_, total_rows_ - first_);
    if (rows_ == 0) return false;
    if (type_ == Type::text) {
        bytes_.clear();
        for (const std::string& text : read_texts(file_, path_))
            for (std::size_t i = 0; i <= text.size(); ++i) bytes_.push_back(static_cast<std::byte>(text.c_str()[i]));
    } else {
        read_box();
    }
    return true;
}

void Blocks::read_box() {
    bytes_.resize(rows_ * row_bytes_);
    if (bytes_.empty()) return;
    const Handle space(H5Dget_space(dataset_), H5Sclose, "space of " + path_);
    if (sizes_.empty()) {
        check(H5Dread(dataset_, stored_, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes_.data()), "cannot read " + path_);
        return;
    }
    std::vector<hsize_t> start(sizes_.size(), 0), count = sizes_;
    start[0] = first_;
    count[0] = rows_;
    check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "box in " + path_);
    const Handle memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose, "space");
    check(H5Dread(dataset_, stored_, memory, space, H5P_DEFAULT, bytes_.data()), "cannot read " + path_);
}

}  // namespace multivector::hdf5
