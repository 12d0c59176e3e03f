#include "hdf5_vandal.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "hdf5_dataset.hpp"
#include "hdf5_reader.hpp"
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

/// Seeds of the corpus know paths, attributes, types and orders by their positions: what is new goes to the end.
const std::array<std::string, 33> paths{"/summary/realization",
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
                                        "/",
                                        "/provenance/checksums",
                                        "/summary/region",
                                        "/series",
                                        "/series/realization",
                                        "/series/tick",
                                        "/series/year",
                                        "/series/partner",
                                        "/series/net_gain",
                                        "/series/net_gain_by_partner",
                                        "/deals",
                                        "/deals/deal",
                                        "/deals/realization",
                                        "/deals/tick",
                                        "/deals/partner",
                                        "/deals/size",
                                        "/deals/status",
                                        "/events"};

const std::array<std::string, 18> attributes{
    "source",       "schema_version", "master_seed",    "long_name",      "units",   "git_commit",
    "replications", "_FillValue",     "DIMENSION_LIST", "REFERENCE_LIST", "CLASS",   "NAME",
    "valid_min",    "flag_meanings",  "record",         "title",          "comment", "scenario_resolved_sha256"};

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

Handle list_of_references() { return Handle(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "list type"); }

Handle copy_of(hid_t type) { return Handle(H5Tcopy(type), H5Tclose, "type"); }

Handle some_type(Orders& orders) {
    switch (orders.below(15)) {
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
        case 13:
            return text_of(H5T_VARIABLE);
        default:
            return list_of_references();
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
    if (path.starts_with(parent + "scenario_"))
        replace_text_attribute(file, parent, path.substr(parent.size()) + "_sha256", sha256(text));
}

/// What was made very large stays so, as the library would look for every chunk of it that could be cut off.
void resize(hid_t file, const std::string& path, Orders& orders) {
    constexpr hsize_t large = 1'000'000;
    const Handle dataset(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, "dataset");
    for (const hsize_t size : hdf5::sizes_of(dataset))
        if (size > large) return;
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

/// Says that the dimensions of a dataset are those of any objects, scales or not.
void tie(hid_t file, const std::string& path, Orders& orders) {
    constexpr std::size_t most = 3;
    std::array<hobj_ref_t, most> targets{};
    for (hobj_ref_t& target : targets)  // of what does not exist the reference is to nothing
        H5Rcreate(&target, file, orders.one_of(paths).c_str(), H5R_OBJECT, -1);
    std::array<hvl_t, most> lists;
    for (hvl_t& list : lists) list = {orders.below(most + 1), targets.data()};
    const hsize_t rank = 1 + orders.below(most);
    const Handle type = list_of_references(), space(H5Screate_simple(1, &rank, nullptr), H5Sclose, "space");
    H5Adelete_by_name(file, path.c_str(), "DIMENSION_LIST", H5P_DEFAULT);
    const Handle attribute(
        H5Acreate_by_name(file, path.c_str(), "DIMENSION_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose, "attribute");
    check(H5Awrite(attribute, type, lists.data()), "write");
}

void change(hid_t file, Orders& orders) {
    const std::size_t order = orders.below(9);
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
        case 7:
            check(H5Adelete_by_name(file, path.c_str(), orders.one_of(attributes).c_str(), H5P_DEFAULT), "delete");
            break;
        default:
            return tie(file, path, orders);
    }
}

}  // namespace

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
