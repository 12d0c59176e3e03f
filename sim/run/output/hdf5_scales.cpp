#include "hdf5_scales.hpp"

#include <array>
#include <optional>

#include "hdf5_reader.hpp"

namespace multivector::hdf5 {

namespace {

/// A text of fixed length, as the library writes CLASS and NAME; none when there is no such attribute or it is another.
std::optional<std::string> fixed_text(hid_t object, const char* name) {
    constexpr std::size_t longest = 1 << 16;
    if (H5Aexists(object, name) <= 0) return {};
    const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "cannot open attribute"),
        type(H5Aget_type(attribute), H5Tclose, "type"), space(H5Aget_space(attribute), H5Sclose, "space");
    const std::size_t size = H5Tget_size(type);
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 || size > longest ||
        H5Sget_simple_extent_npoints(space) != 1)
        return {};
    std::string text(size, '\0');
    check(H5Aread(attribute, type, text.data()), std::string("cannot read attribute ") + name);
    return text.c_str();
}

/// Whether an attribute is a list of references to objects for each of `dimensions`.
bool lists_objects(hid_t attribute, std::size_t dimensions) {
    const Handle type(H5Aget_type(attribute), H5Tclose, "type"), space(H5Aget_space(attribute), H5Sclose, "space");
    if (H5Tget_class(type) != H5T_VLEN) return false;
    const Handle element(H5Tget_super(type), H5Tclose, "type");
    return H5Tequal(element, H5T_STD_REF_OBJ) > 0 &&
           H5Sget_simple_extent_npoints(space) == static_cast<hssize_t>(dimensions);
}

std::string path_of(hid_t dataset) {
    std::array<char, 512> path{};
    return H5Iget_name(dataset, path.data(), path.size()) > 0 ? path.data() : "a dataset";
}

/// Addresses of what is attached to each dimension of a dataset.
std::vector<std::vector<hobj_ref_t>> attached_to(hid_t dataset) {
    constexpr const char* name = "DIMENSION_LIST";
    std::vector<std::vector<hobj_ref_t>> attached(sizes_of(dataset).size());
    if (H5Aexists(dataset, name) <= 0) return attached;
    const Handle attribute(H5Aopen(dataset, name, H5P_DEFAULT), H5Aclose, "cannot open attribute"),
        type(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "type"), space(H5Aget_space(attribute), H5Sclose, "space");
    if (!lists_objects(attribute, attached.size()))
        throw Error("the list of dimension scales of " + path_of(dataset) + " is of another type or size");
    std::vector<hvl_t> lists(attached.size());
    check(H5Aread(attribute, type, lists.data()), "cannot read the dimension scales of " + path_of(dataset));
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const auto* first = static_cast<const hobj_ref_t*>(lists[i].p);
        attached[i].assign(first, first + lists[i].len);
    }
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, lists.data());
    return attached;
}

}  // namespace

bool is_scale(hid_t dataset) { return fixed_text(dataset, "CLASS") == "DIMENSION_SCALE"; }

Scales::Scales(hid_t file, const std::vector<std::string>& paths) : file_(file) {
    for (const std::string& path : paths) {
        H5L_info_t link{};
        check(H5Lget_info(file, path.c_str(), &link, H5P_DEFAULT), "cannot find " + path);
        if (link.type == H5L_TYPE_HARD) paths_.emplace(link.u.address, path);
    }
}

const std::string& Scales::path_at(haddr_t address, hid_t dataset) const {
    const auto found = paths_.find(address);
    if (found == paths_.end()) throw Error("a dimension scale of " + path_of(dataset) + " is missing");
    return found->second;
}

std::vector<std::string> Scales::names(hid_t dataset) const {
    const auto attached = attached_to(dataset);
    std::vector<std::string> names(attached.size());
    for (std::size_t i = 0; i < attached.size(); ++i) {
        if (attached[i].empty()) continue;
        const Handle scale = open_dataset(file_, path_at(attached[i].front(), dataset));
        if (is_scale(scale)) names[i] = fixed_text(scale, "NAME").value_or("");
    }
    return names;
}

std::string Scales::lines(hid_t dataset) const {
    std::string lines;
    if (is_scale(dataset)) return lines;
    const auto attached = attached_to(dataset);
    for (std::size_t i = 0; i < attached.size(); ++i)
        for (const hobj_ref_t address : attached[i])
            lines += std::to_string(i) + " " + path_at(address, dataset) + "\n";
    return lines;
}

}  // namespace multivector::hdf5
