#include "hdf5_checksums.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <sstream>

#include "hdf5_reader.hpp"
#include "sha256.hpp"

namespace multivector::hdf5 {

namespace {

std::string digest_of_values(hid_t file, const std::string& path) {
    Sha256 digest;
    for (Blocks blocks(file, path); blocks.next();) digest.add(blocks.bytes().data(), blocks.bytes().size());
    return digest.hexadecimal();
}

/// The structure of the file: a text that changes whenever a name, a type, an extent or an attribute does.
class Structure {
 public:
    explicit Structure(hid_t file) : file_(file) { add_group("/"); }

    std::string digest() const { return digest_.hexadecimal(); }

 private:
    void say(const std::string& text) { digest_.add(text.c_str(), text.size() + 1); }

    void add_group(const std::string& path) {
        say("group " + path);
        {
            const Handle group(H5Gopen2(file_, path.c_str(), H5P_DEFAULT), H5Gclose, "cannot open " + path);
            add_attributes(group);
        }
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
        std::string text = "dataset " + path + " " + std::to_string(static_cast<int>(type_of(dataset)));
        for (const hsize_t size : sizes_of(dataset)) text += " " + std::to_string(size);
        say(text);
        say(std::string(H5DSis_scale(dataset) > 0 ? "scale" : "along\n") + scale_paths(dataset));
        add_attributes(dataset);
    }

    void add_attributes(hid_t object) {
        const auto visit = [](hid_t owner, const char* name, const H5A_info_t*, void* self) -> herr_t {
            try {
                static_cast<Structure*>(self)->add_attribute(owner, name);
                return 0;
            } catch (const Error&) {
                return -1;
            }
        };
        hsize_t position = 0;
        check(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, visit, this), "cannot read the attributes");
    }

    /// Type, shape and values. The two attributes that tie scales to datasets hold addresses: scale_paths says instead
    /// what is tied to what.
    void add_attribute(hid_t object, const std::string& name) {
        if (name == "DIMENSION_LIST" || name == "REFERENCE_LIST") return;
        const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "cannot open " + name),
            type(H5Aget_type(attribute), H5Tclose, "type of " + name),
            space(H5Aget_space(attribute), H5Sclose, "space of " + name);
        const auto count = static_cast<hsize_t>(check(H5Sget_simple_extent_npoints(space), "size of " + name));
        const H5T_class_t kind = H5Tget_class(type);
        const bool variable = H5Tis_variable_str(type) > 0;
        say("attribute " + name + " " + std::to_string(static_cast<int>(kind)) + " " +
            std::to_string(variable ? 0 : H5Tget_size(type)) + " " +
            std::to_string(static_cast<int>(H5Tget_sign(type))) + " " +
            std::to_string(H5Sget_simple_extent_ndims(space)) + " " + std::to_string(count));
        if (variable && count == 1) return say(read_text_attribute(object, name).value_or(""));
        if (variable || (kind != H5T_INTEGER && kind != H5T_FLOAT && kind != H5T_STRING))
            throw Error("attribute " + name + " is of a kind that this program does not write");
        if (count > (1u << 20) || count * H5Tget_size(type) > (1u << 20))
            throw Error("attribute " + name + " is too large");
        std::vector<char> values(count * H5Tget_size(type));
        check(H5Aread(attribute, type, values.data()), "cannot read attribute " + name);
        digest_.add(values.data(), values.size());
    }

    hid_t file_;
    Sha256 digest_;
};

std::map<std::string, std::string> parsed(const std::string& text) {
    std::map<std::string, std::string> digests;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.size() > 66) digests[line.substr(66)] = line.substr(0, 64);
    return digests;
}

}  // namespace

void write_checksums(hid_t file, const KnownDigests& known) {
    std::string text;
    for (const std::string& path : dataset_paths(file)) {
        const auto found = known.find(path);
        text += (found == known.end() ? digest_of_values(file, path) : found->second) + "  " + path + "\n";
    }
    text += Structure(file).digest() + "  /\n";
    const Handle group(H5Gopen2(file, "provenance", H5P_DEFAULT), H5Gclose, "cannot open /provenance");
    write_text(group, "checksums", text, "SHA-256 of the values of every dataset; under / that of everything else");
}

bool has_checksums(hid_t file) {
    return H5Lexists(file, "provenance", H5P_DEFAULT) > 0 && H5Lexists(file, checksums_path, H5P_DEFAULT) > 0;
}

std::vector<Damage> check_checksums(hid_t file) {
    if (!has_checksums(file)) throw Error("the file holds no checksums");
    const std::vector<std::string> texts = read_texts(file, checksums_path);
    std::map<std::string, std::string> expected = parsed(texts.empty() ? "" : texts.front());
    std::vector<Damage> damages;
    const auto compare = [&](const std::string& path, auto digest) {
        const auto found = expected.find(path);
        try {
            if (found == expected.end())
                damages.push_back({path, "has no checksum"});
            else if (digest() != found->second)
                damages.push_back({path, "differs from its checksum"});
        } catch (const Error& error) {
            damages.push_back({path, error.what()});
        }
        if (found != expected.end()) expected.erase(found);
    };
    for (const std::string& path : dataset_paths(file))
        if (path != checksums_path) compare(path, [&] { return digest_of_values(file, path); });
    compare("/", [&] { return Structure(file).digest(); });
    for (const auto& [path, digest] : expected) damages.push_back({path, "is missing"});
    return damages;
}

}  // namespace multivector::hdf5
