#include "hdf5_handle.hpp"

#include <cstdlib>

namespace multivector::hdf5 {

namespace {

/// What the operating system said, when a message of the library quotes it; else the message.
std::string essence(const std::string& message) {
    const std::string key = "error message = '";
    const std::size_t at = message.find(key);
    if (at == std::string::npos) return message;
    const std::size_t first = at + key.size();
    return message.substr(first, message.find('\'', first) - first);
}

/// The innermost reason on the library's error stack.
std::string reason() {
    const char* text = "";  // stays until the next call; copied here, because no exception may pass through C code
    H5Ewalk2(
        H5E_DEFAULT, H5E_WALK_DOWNWARD,
        [](unsigned, const H5E_error2_t* error, void* out) -> herr_t {
            if (error->desc && *error->desc) *static_cast<const char**>(out) = error->desc;
            return 0;
        },
        &text);
    return essence(text);
}

}  // namespace

Error::Error(const std::string& what) : std::runtime_error(reason().empty() ? what : what + ": " + reason()) {}

void prepare_library() {
    // Every handle is closed by its owner. The library's own cleaning up at exit crashes after a write to a full disk.
    // Where it looks for the shards of a virtual file must be where we look: beside that file, before anywhere else.
    static const herr_t once = (unsetenv("HDF5_VDS_PREFIX"), H5dont_atexit());
    static_cast<void>(once);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Handle text_type() {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "text type");
    check(H5Tset_size(type, H5T_VARIABLE), "text type");
    check(H5Tset_cset(type, H5T_CSET_UTF8), "text type");
    return type;
}

Handle creation_properties(hid_t property_class) {
    Handle properties(H5Pcreate(property_class), H5Pclose, "creation properties");
    const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    check(H5Pset_obj_track_times(properties, false), "no time stamps");
    check(H5Pset_attr_creation_order(properties, order), "order of attributes");
    if (property_class != H5P_DATASET_CREATE) check(H5Pset_link_creation_order(properties, order), "order of members");
    return properties;
}

Handle create_group(hid_t parent, const std::string& name) {
    const Handle properties = creation_properties(H5P_GROUP_CREATE);
    return Handle(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT), H5Gclose,
                  "cannot create group " + name);
}

}  // namespace multivector::hdf5
