#include "hdf5_vandal.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "hdf5_dataset.hpp"
#include "hdf5_recorder.hpp"
#include "scenario_reader.hpp"
#include "sha256.hpp"

namespace multivector {

namespace {

using hdf5::check, hdf5::Handle;

/// Orders are read from the front; what is missing reads as zero.
class Orders {
 public:
    explicit Orders(std::string_view bytes) : rest_(bytes) {}

    bool done() const { return rest_.empty(); }

    std::size_t below(std::size_t count) {
        if (rest_.empty()) return 0;
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return byte % count;
    }

    std::string text() {
        const std::size_t asked = below(256), length = std::min(asked, rest_.size());
        std::string taken(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return taken;
    }

    template <std::size_t count, class T>
    const T& one_of(const std::array<T, count>& list) {
        return list[below(count)];
    }

 private:
    std::string_view rest_;
};

constexpr std::array<const char*, 8> kept{
    "realization",         "partner",          "sector", "net_gain", "surplus_share", "blocked",
    "net_gain_by_partner", "exports_by_sector"};

const std::array<std::string, 16> paths{"/summary/realization",
                                        "/summary/partner",
                                        "/summary/sector",
                                        "/summary/net_gain",
                                        "/summary/surplus_share",
                                        "/summary/blocked",
                                        "/summary/net_gain_by_partner",
                                        "/summary/exports_by_sector",
                                        "/summary/new_by_region",
                                        "/summary/new",
                                        "/summary",
                                        "/provenance",
                                        "/provenance/scenario_resolved",
                                        "/provenance/scenario_verbatim",
                                        "/elsewhere",
                                        "/"};

const std::array<std::string, 9> attributes{"source",     "schema_version", "master_seed", "long_name",     "units",
                                            "git_commit", "replications",   "_FillValue",  "DIMENSION_LIST"};

const std::array<hsize_t, 14> sizes{0, 1, 2, 3, 4, 5, 16, 64, 1000, 100'000, 1 << 30, 1ull << 40, 1ull << 62, ~0ull};

Handle text_of(std::size_t size) {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "text type");
    check(H5Tset_size(type, size), "text type");
    return type;
}

Handle compound() {
    Handle type(H5Tcreate(H5T_COMPOUND, 16), H5Tclose, "compound");
    check(H5Tinsert(type, "number", 0, H5T_NATIVE_DOUBLE), "compound");
    check(H5Tinsert(type, "count", 8, H5T_NATIVE_INT32), "compound");
    return type;
}

Handle choices() {
    Handle type(H5Tenum_create(H5T_NATIVE_INT8), H5Tclose, "enumeration");
    const std::int8_t value = 1;
    check(H5Tenum_insert(type, "one", &value), "enumeration");
    return type;
}

Handle list_of_numbers() {
    const hsize_t three = 3;
    return Handle(H5Tarray_create2(H5T_NATIVE_DOUBLE, 1, &three), H5Tclose, "array");
}

Handle copy_of(hid_t type) { return Handle(H5Tcopy(type), H5Tclose, "type"); }

Handle some_type(Orders& orders) {
    switch (orders.below(14)) {
        case 0:
            return copy_of(H5T_IEEE_F64LE);
        case 1:
            return copy_of(H5T_STD_I32LE);
        case 2:
            return copy_of(H5T_STD_I8LE);
        case 3:
            return hdf5::text_type();
        case 4:
            return text_of(1 + orders.below(32));
        case 5:
            return compound();
        case 6:
            return choices();
        case 7:
            return list_of_numbers();
        case 8:
            return Handle(H5Tcreate(H5T_OPAQUE, 5), H5Tclose, "opaque");
        case 9:
            return copy_of(H5T_STD_REF_OBJ);
        case 10:
            return copy_of(H5T_IEEE_F32BE);
        case 11:
            return copy_of(H5T_STD_U64BE);
        case 12:
            return Handle(H5Tvlen_create(H5T_NATIVE_INT32), H5Tclose, "list type");
        default:
            return text_of(H5T_VARIABLE);
    }
}

/// A space, and its sizes when it has a rank.
Handle some_space(Orders& orders, std::vector<hsize_t>& extents) {
    const std::size_t kind = orders.below(8);
    if (kind == 0) return Handle(H5Screate(H5S_SCALAR), H5Sclose, "space");
    if (kind == 1) return Handle(H5Screate(H5S_NULL), H5Sclose, "space");
    const std::size_t rank = kind == 7 ? 4 : kind == 6 ? 3 : 1 + kind % 2;
    for (std::size_t i = 0; i < rank; ++i) extents.push_back(orders.one_of(sizes));
    return Handle(H5Screate_simple(static_cast<int>(rank), extents.data(), nullptr), H5Sclose, "space");
}

/// Enough bytes for a few values: numbers as ordered, or pointers to a text.
class Values {
 public:
    Values(Orders& orders, hid_t type) : text_(orders.text()) {
        const char* pointer = text_.c_str();
        for (std::size_t i = 0; i < buffer_.size(); i += sizeof pointer) {
            if (H5Tis_variable_str(type) > 0)
                std::memcpy(&buffer_[i], &pointer, sizeof pointer);
            else if (H5Tget_class(type) != H5T_VLEN && H5Tget_class(type) != H5T_REFERENCE)
                for (std::size_t k = i; k < i + sizeof pointer && k < text_.size(); ++k) buffer_[k] = text_[k];
        }
    }

    /// Whether so many values of so many bytes are there.
    bool suffice(hssize_t count, std::size_t width) const {
        return count >= 0 && static_cast<std::size_t>(count) <= buffer_.size() / std::max<std::size_t>(width, 1);
    }

    const void* data() const { return buffer_.data(); }

 private:
    std::string text_;
    alignas(8) std::array<char, 512> buffer_{};
};

void make_dataset(hid_t file, const std::string& path, Orders& orders) {
    const Handle type = some_type(orders);
    std::vector<hsize_t> extents;
    const Handle space = some_space(orders, extents), properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "properties");
    if (orders.below(2) == 1 && !extents.empty()) {
        std::vector<hsize_t> chunk;
        for (const hsize_t extent : extents) chunk.push_back(std::clamp<hsize_t>(extent, 1, 1 + orders.below(64)));
        check(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), "chunks");
        if (orders.below(2) == 1) check(H5Pset_deflate(properties, 1), "deflate");
    }
    H5Ldelete(file, path.c_str(), H5P_DEFAULT);
    const Handle dataset(H5Dcreate2(file, path.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
                         "dataset");
    const Values values(orders, type);
    if (orders.below(4) > 0 && values.suffice(H5Sget_simple_extent_npoints(space), H5Tget_size(type)))
        check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write");
}

void make_attribute(hid_t file, const std::string& path, Orders& orders) {
    const std::string& name = orders.one_of(attributes);
    const Handle type = some_type(orders);
    std::vector<hsize_t> extents;
    const Handle space = some_space(orders, extents);
    H5Adelete_by_name(file, path.c_str(), name.c_str(), H5P_DEFAULT);
    const Values values(orders, type);
    if (!values.suffice(H5Sget_simple_extent_npoints(space), H5Tget_size(type))) return;
    const Handle attribute(
        H5Acreate_by_name(file, path.c_str(), name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose, "attribute");
    check(H5Awrite(attribute, type, values.data()), "write");
}

void replace_text_attribute(hid_t file, const std::string& path, const std::string& name, const std::string& text) {
    const Handle object(H5Oopen(file, path.c_str(), H5P_DEFAULT), H5Oclose, "object");
    H5Adelete(object, name.c_str());
    hdf5::write_attribute(object, name, text);
}

/// A text where a text belongs, of the bytes ordered, with its checksum if it is a scenario.
void make_text(hid_t file, const std::string& path, Orders& orders) {
    H5Ldelete(file, path.c_str(), H5P_DEFAULT);
    const std::string text = orders.text();
    hdf5::write_text(file, path, text, "text");
    const std::string parent = "/provenance/";
    if (path.starts_with(parent))
        replace_text_attribute(file, parent, path.substr(parent.size()) + "_sha256", sha256(text));
}

void resize(hid_t file, const std::string& path, Orders& orders) {
    const Handle dataset(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, "dataset");
    const std::vector<hsize_t> extents{orders.one_of(sizes), orders.one_of(sizes), 1, 1};
    check(H5Dset_extent(dataset, extents.data()), "size");
}

void make_other(hid_t file, const std::string& path, Orders& orders) {
    H5Ldelete(file, path.c_str(), H5P_DEFAULT);
    if (orders.below(2) == 0) {
        const Handle group(H5Gcreate2(file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose, "group");
        return;
    }
    const Handle type = some_type(orders);
    check(H5Tcommit2(file, path.c_str(), type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), "type");
}

bool is_group(hid_t file, const std::string& path) {
    const Handle object(H5Oopen(file, path.c_str(), H5P_DEFAULT), H5Oclose, "object");
    return H5Iget_type(object) == H5I_GROUP;
}

/// Links are not external, as the library leaks when it lists those, and no hard ones to groups, as it crashes when it
/// deletes a circle of them.
void link(hid_t file, const std::string& path, Orders& orders) {
    const std::string& target = orders.one_of(paths);
    if (target == path) return;
    H5Ldelete(file, path.c_str(), H5P_DEFAULT);
    const std::size_t kind = orders.below(3);
    switch (kind != 0 && is_group(file, target) ? 0 : kind) {
        case 0:
            check(H5Lcreate_soft(target.c_str(), file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT), "link");
            break;
        case 1:
            check(H5Lcreate_hard(file, target.c_str(), file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT), "link");
            break;
        default:
            check(H5Lmove(file, target.c_str(), file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT), "link");
    }
}

void change(hid_t file, Orders& orders) {
    const std::size_t order = orders.below(8);
    const std::string& path = orders.one_of(paths);
    switch (order) {
        case 0:
            check(H5Ldelete(file, path.c_str(), H5P_DEFAULT), "delete");
            break;
        case 1:
            return make_dataset(file, path, orders);
        case 2:
            return make_attribute(file, path, orders);
        case 3:
            return make_text(file, path, orders);
        case 4:
            return resize(file, path, orders);
        case 5:
            return make_other(file, path, orders);
        case 6:
            return link(file, path, orders);
        default:
            check(H5Adelete_by_name(file, path.c_str(), orders.one_of(attributes).c_str(), H5P_DEFAULT), "delete");
    }
}

constexpr const char* small_world =
    "title: small\n"
    "clock: {ticks: 8}\n"
    "sectors: {mines: {rate: 4}, farms: {}}\n"
    "partners: {East: {finance: 2}, West: {finance: 3}}\n"
    "regions: {North: {}, South: {}}\n";

RunOrigin small_origin() {
    RunOrigin origin;
    origin.verbatim = origin.resolved = small_world;
    origin.seed = 9;
    origin.count = 3;
    origin.reproducible = true;
    return origin;
}

void record_small(const std::filesystem::path& path) {
    const Setting setting = prepare(load_resolved_text(small_world, "small"));
    const RunOrigin origin = small_origin();
    Recorder recorder(path, setting, origin, true);
    run_ensemble(setting, {origin.seed, 0, origin.count, 1, origin.record},
                 [&](std::span<const Realization> realizations) { recorder.add(realizations); });
    recorder.finish();
}

Handle create_image() {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
    check(H5Pset_fapl_core(access, 4096, false), "file access");
    return Handle(H5Fcreate("thin.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose, "cannot create the image");
}

/// Copies what a reader needs and few variables, so that an execution takes a fraction of a millisecond.
std::string thinned(std::string_view bytes) {
    const Handle from = open_image(bytes), to = create_image();
    hdf5::write_origin(to, "small", small_origin(), "");
    const Handle summary = hdf5::create_group(to, "summary");
    const Handle bare(H5Pcreate(H5P_OBJECT_COPY), H5Pclose, "properties");
    check(H5Pset_copy_object(bare, H5O_COPY_WITHOUT_ATTR_FLAG), "properties");  // 1.10.8 crashes on so many attributes
    for (const char* name : kept) {
        check(H5Ocopy(from, (std::string("/summary/") + name).c_str(), summary, name, bare, H5P_DEFAULT), "copy");
        const Handle copied(H5Dopen2(summary, name, H5P_DEFAULT), H5Dclose, "copy");
        hdf5::write_attribute(copied, "long_name", name);
        hdf5::write_attribute(copied, "units", "1");
    }
    check(H5Fflush(to, H5F_SCOPE_GLOBAL), "flush");
    std::string image(static_cast<std::size_t>(check(H5Fget_file_image(to, nullptr, 0), "image")), '\0');
    check(H5Fget_file_image(to, image.data(), image.size()), "image");
    return image;
}

std::string make_small_image() {
    hdf5::prepare_library();
    check(H5set_free_list_limits(-1, -1, -1, -1, -1, -1), "free lists");  // keep what every opening of a file takes
    const auto path = std::filesystem::temp_directory_path() / ("multivector-fuzz-" + std::to_string(getpid()) + ".h5");
    record_small(path);
    std::ifstream stream(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    std::filesystem::remove(path);
    return thinned(bytes);
}

}  // namespace

std::string_view small_image() {
    static const std::string image = make_small_image();
    return image;
}

Handle open_image(std::string_view bytes) {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
    const std::size_t growth = 4096;
    check(H5Pset_fapl_core(access, growth, false), "file access");
    check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "file access");
    check(H5Pset_cache(access, 0, 1, 4096, 0), "file access");  // the usual cache costs more than all else
    check(H5Pset_file_image(access, const_cast<char*>(bytes.data()), bytes.size()), "file access");
    static unsigned opened = 0;  // two files of one name would be one
    const std::string name = "image-" + std::to_string(opened++);
    return Handle(H5Fopen(name.c_str(), H5F_ACC_RDWR, access), H5Fclose, "cannot open the image");
}

void vandalise(hid_t file, std::string_view bytes) {
    constexpr int most = 16;
    Orders orders(bytes);
    for (int i = 0; i < most && !orders.done(); ++i) {
        try {
            change(file, orders);
        } catch (const hdf5::Error&) {
        }
    }
}

}  // namespace multivector
