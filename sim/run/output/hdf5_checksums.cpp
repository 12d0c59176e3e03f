#include "hdf5_checksums.hpp"

#include <algorithm>
#include <sstream>

#include "hdf5_reader.hpp"
#include "hdf5_scales.hpp"
#include "hdf5_virtual.hpp"
#include "sha256.hpp"

namespace multivector::hdf5 {

namespace {

std::string digest_of_values(hid_t file, const std::string& path) {
    Sha256 digest;
    for (Blocks blocks(file, path); blocks.next();) digest.add(blocks.bytes().data(), blocks.bytes().size());
    return digest.hexadecimal();
}

/// The two attributes that tie scales to datasets hold addresses, which say nothing: Scales says what is tied to what.
/// Only where the library puts them and of the types that it gives them; any other of that name counts.
bool ties_scales(hid_t object, const std::string& name, hid_t type) {
    if (H5Iget_type(object) != H5I_DATASET) return false;
    const bool scale = is_scale(object);
    if (name == "DIMENSION_LIST" && !scale && H5Tget_class(type) == H5T_VLEN) {
        const Handle base(H5Tget_super(type), H5Tclose, "type of " + name);
        return H5Tequal(base, H5T_STD_REF_OBJ) > 0;
    }
    if (name != "REFERENCE_LIST" || !scale || H5Tget_class(type) != H5T_COMPOUND) return false;
    if (H5Tget_nmembers(type) != 2 || H5Tget_member_class(type, 1) != H5T_INTEGER) return false;
    const Handle first(H5Tget_member_type(type, 0), H5Tclose, "type of " + name);
    return H5Tequal(first, H5T_STD_REF_OBJ) > 0;
}

/// The structure of the file: a text that changes whenever a name, a type, an extent or an attribute does.
class Structure {
 public:
    /// `paths` are those of every dataset.
    Structure(hid_t file, const std::vector<std::string>& paths) : file_(file), scales_(file, paths) { add_group("/"); }

    std::string digest() const { return digest_.hexadecimal(); }

 private:
    void say(const std::string& text) { digest_.add(text.c_str(), text.size() + 1); }

    void add_group(const std::string& path) {
        say("group " + path);
        add_attributes(path, open_group(file_, path));
        for (const std::string& member : members(file_, path)) {
            const std::string child = (path == "/" ? "" : path) + "/" + member;
            if (child == checksums_path) continue;
            require_own(file_, child);
            const Handle object(H5Oopen(file_, child.c_str(), H5P_DEFAULT), H5Oclose, "cannot open " + child);
            if (H5Iget_type(object) == H5I_GROUP)
                add_group(child);
            else
                add_dataset(child, object);
        }
    }

    void add_dataset(const std::string& path, hid_t dataset) {
        if (is_virtual(dataset)) require_names_under(dataset, path);
        std::string text = "dataset " + path + " " + std::to_string(static_cast<int>(type_of(dataset)));
        for (const hsize_t size : sizes_of(dataset)) text += " " + std::to_string(size);
        say(text);
        say(std::string(is_scale(dataset) ? "scale" : "along\n") + scales_.lines(dataset));
        add_attributes(path, dataset);
    }

    void add_attributes(const std::string& path, hid_t object) {
        using Names = Visit<std::vector<std::string>>;
        const auto add = [](hid_t, const char* name, const H5A_info_t*, void* out) {
            return static_cast<Names*>(out)->run([&](auto& names) { return names.emplace_back(name), 0; });
        };
        Names names;
        hsize_t position = 0;
        const herr_t status = H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, add, &names);
        for (const std::string& name : names.finish(status, "cannot read the attributes of " + path))
            add_attribute(object, name, "attribute " + name + " of " + path);
    }

    void add_attribute(hid_t object, const std::string& name, const std::string& called) {
        const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "cannot open " + called),
            type(H5Aget_type(attribute), H5Tclose, "type of " + called),
            space(H5Aget_space(attribute), H5Sclose, "space of " + called);
        if (ties_scales(object, name, type)) return;
        say("attribute " + name + text_of_type(type) + text_of_extents(space, called));
        const auto count = static_cast<hsize_t>(check(H5Sget_simple_extent_npoints(space), "size of " + called));
        const bool variable = H5Tis_variable_str(type) > 0;
        if (variable && count == 1) return say(read_text_attribute(object, name).value_or(""));
        const H5T_class_t kind = H5Tget_class(type);
        if (variable || (kind != H5T_INTEGER && kind != H5T_FLOAT && kind != H5T_STRING))
            throw Error(called + " is of a kind that this program does not write");
        if (count > (1u << 20) || count * H5Tget_size(type) > (1u << 20)) throw Error(called + " is too large");
        std::vector<char> values(count * H5Tget_size(type));
        check(H5Aread(attribute, type, values.data()), "cannot read " + called);
        digest_.add(values.data(), values.size());
    }

    static std::string text_of_type(hid_t type) {
        std::string text;
        const auto add = [&](auto value) { text += " " + std::to_string(static_cast<int>(value)); };
        const H5T_class_t kind = H5Tget_class(type);
        add(kind);
        add(H5Tis_variable_str(type) > 0 ? 0 : H5Tget_size(type));
        if (kind == H5T_INTEGER) add(H5Tget_sign(type));
        if (kind == H5T_INTEGER || kind == H5T_FLOAT) add(H5Tget_order(type));
        if (kind == H5T_STRING) add(H5Tget_cset(type));
        return text;
    }

    /// A bracket keeps the digits of the extents apart from those of the type.
    static std::string text_of_extents(hid_t space, const std::string& called) {
        std::vector<hsize_t> sizes(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space), "extents")));
        check(H5Sget_simple_extent_dims(space, sizes.data(), nullptr), "extents of " + called);
        std::string text = H5Sget_simple_extent_type(space) == H5S_NULL ? " null [" : " [";
        for (const hsize_t size : sizes) text += " " + std::to_string(size);
        return text + " ]";
    }

    hid_t file_;
    Scales scales_;
    Sha256 digest_;
};

/// Digests by path.
KnownDigests parsed(const std::string& text) {
    KnownDigests digests;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.size() > 66) digests[line.substr(66)] = line.substr(0, 64);
    return digests;
}

}  // namespace

void write_checksums(hid_t file, const KnownDigests& known) {
    std::string text;
    const std::vector<std::string> paths = dataset_paths(file);
    for (const std::string& path : paths) {
        const auto found = known.find(path);
        text += (found == known.end() ? digest_of_values(file, path) : found->second) + "  " + path + "\n";
    }
    text += Structure(file, paths).digest() + "  /\n";
    const Handle group(H5Gopen2(file, "provenance", H5P_DEFAULT), H5Gclose, "cannot open /provenance");
    write_text(group, "checksums", text, "SHA-256 of the values of every dataset; under / that of everything else");
}

bool has_checksums(hid_t file) {
    return H5Lexists(file, "provenance", H5P_DEFAULT) > 0 && H5Lexists(file, checksums_path, H5P_DEFAULT) > 0;
}

KnownDigests stored_checksums(hid_t file) {
    if (!has_checksums(file)) return {};
    const std::vector<std::string> texts = read_texts(file, checksums_path);
    return parsed(texts.empty() ? "" : texts.front());
}

std::string Damage::said() const {
    if (!unreadable) return (path == "/" ? "the structure or an attribute" : path) + ' ' + what;
    return what.find(path) == std::string::npos ? path + ": " + what : what;
}

std::vector<Damage> check_checksums(hid_t file) {
    if (!has_checksums(file)) throw Error("the file holds no checksums");
    KnownDigests expected = stored_checksums(file);
    std::vector<Damage> damages;
    const auto compare = [&](const std::string& path, auto digest) {
        const auto found = expected.find(path);
        try {
            if (found == expected.end())
                damages.push_back({path, "has no checksum"});
            else if (digest() != found->second)
                damages.push_back({path, "differs from its checksum"});
        } catch (const Error& error) {
            damages.push_back({path, error.what(), true});
        }
        if (found != expected.end()) expected.erase(found);
    };
    const std::vector<std::string> paths = dataset_paths(file);
    for (const std::string& path : paths)
        if (path != checksums_path) compare(path, [&] { return digest_of_values(file, path); });
    compare("/", [&] { return Structure(file, paths).digest(); });
    for (const auto& [path, digest] : expected) damages.push_back({path, "is missing"});
    return damages;
}

}  // namespace multivector::hdf5
