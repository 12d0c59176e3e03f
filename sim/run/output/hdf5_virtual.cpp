#include "hdf5_virtual.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <numeric>
#include <sstream>

#include "hdf5_checksums.hpp"
#include "hdf5_dataset.hpp"
#include "hdf5_reader.hpp"
#include "sha256.hpp"

namespace multivector::hdf5 {

namespace fs = std::filesystem;

namespace {

constexpr const char* sources_path = "/provenance/shards";

/// The library takes %b in a name for the number of a block.
std::string escaped(const std::string& name) {
    std::string text;
    for (const char letter : name) text += letter == '%' ? "%%" : std::string(1, letter);
    return text;
}

/// The library's own words about a source: its file, its dataset.
std::string word(hid_t properties, std::size_t number,
                 const std::function<ssize_t(hid_t, std::size_t, char*, std::size_t)>& get) {
    std::string text(static_cast<std::size_t>(check(get(properties, number, nullptr, 0), "source")) + 1, '\0');
    check(get(properties, number, text.data(), text.size()), "source");
    text.pop_back();
    return text;
}

hsize_t product(std::span<const hsize_t> sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), hsize_t{1}, std::multiplies<>());
}

/// Where a selection begins and how far it reaches; nothing when it is no box, or of more dimensions.
struct Box {
    std::vector<hsize_t> start, size;
};

Box box_of(hid_t space, std::size_t dimensions) {
    if (H5Sget_simple_extent_ndims(space) != static_cast<int>(dimensions)) return {};
    Box box{std::vector<hsize_t>(dimensions), std::vector<hsize_t>(dimensions)};
    if (H5Sget_select_bounds(space, box.start.data(), box.size.data()) < 0) return {};
    for (std::size_t i = 0; i < dimensions; ++i) box.size[i] -= box.start[i] - 1;
    return H5Sget_select_npoints(space) == static_cast<hssize_t>(product(box.size)) ? box : Box{};
}

std::string not_there(const std::string& name) {
    return "its shard " + name + " is not there; a virtual file has its values in its shards, and moves with them";
}

Handle open_source(hid_t file, const std::string& name) {
    const auto length = static_cast<std::size_t>(check(H5Fget_name(file, nullptr, 0), "name of the file"));
    std::string own(length, '\0');
    check(H5Fget_name(file, own.data(), length + 1), "name of the file");
    const fs::path path = fs::path(own).parent_path() / name;
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) throw Error(not_there(name));
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
    check(H5Pset_fclose_degree(access, H5F_CLOSE_WEAK), "file access");  // else the library cannot open it beside us
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose, "its shard " + name + " cannot be opened"};
}

}  // namespace

bool stays_under(const std::string& name) {
    const fs::path path(name);
    const auto leaves = [](const fs::path& step) { return step.empty() || step == "." || step == ".."; };
    return !path.empty() && path.is_relative() && name.find('\n') == std::string::npos &&
           std::none_of(path.begin(), path.end(), leaves);
}

std::string contents_of(hid_t file) {
    Sha256 digest;
    for (const auto& [path, values] : stored_checksums(file)) {
        if (path == "/" || path.starts_with("/provenance/")) continue;
        digest.add(values.data(), values.size()), digest.add(path.c_str(), path.size() + 1);
    }
    return digest.hexadecimal();
}

Mapping map_realizations(const std::vector<Source>& sources) {
    Mapping mapping;
    for (const Source& source : sources) mapping.push_back({source.file, source.share.begin, source.share.size()});
    return mapping;
}

Mapping map_rows(const std::vector<Source>& sources, const std::string& table) {
    Mapping mapping;
    hsize_t next = 0;
    for (const Source& source : sources) {
        mapping.push_back({source.file, next, source.rows.at(table)});
        next += mapping.back().rows;
    }
    return mapping;
}

void set_mapping(hid_t properties, const std::string& path, const Mapping& mapping, std::span<const hsize_t> sizes,
                 std::span<const hsize_t> limits) {
    const Handle all(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), limits.data()), H5Sclose, "space");
    std::vector<hsize_t> start(sizes.size(), 0), count(sizes.begin(), sizes.end());
    for (const Mapped& mapped : mapping) {
        if (mapped.rows == 0) continue;
        start[0] = mapped.start, count[0] = mapped.rows;
        const Handle source(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose, "space");
        check(H5Sselect_hyperslab(all, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
              "rows of " + path);
        check(H5Pset_virtual(properties, all, escaped(mapped.file).c_str(), path.c_str(), source), "source of " + path);
    }
}

void write_sources(hid_t file, const std::vector<Source>& sources) {
    std::string lines;
    for (const Source& source : sources) lines += source.contents + "  " + source.file + "\n";
    const Handle group = open_group(file, "/provenance");
    write_text(group, "shards", lines,
               "where the values are, one file to a line: SHA-256 of its values, name from here");
}

bool has_sources(hid_t file) { return H5Lexists(file, sources_path, H5P_DEFAULT) > 0; }

std::vector<OpenSource> open_sources(hid_t file) {
    constexpr std::size_t before_name = 66;
    std::vector<OpenSource> sources;
    if (!has_sources(file)) return sources;
    for (const std::string& text : read_texts(file, sources_path)) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const std::string name = line.substr(std::min(before_name, line.size()));
            if (!stays_under(name)) throw Error(std::string(sources_path) + " names what does not stand beside it");
            sources.push_back({name, open_source(file, name)});
            if (contents_of(sources.back().file) != line.substr(0, before_name - 2))
                throw Error("its shard " + name + " is not the one that was merged, or changed since");
        }
    }
    return sources;
}

namespace {

/// One source of a virtual dataset.
class Part {
 public:
    Part(hid_t properties, std::size_t number, const std::string& path)
        : path_(path),
          here_(H5Pget_virtual_vspace(properties, number), H5Sclose, "space"),
          there_(H5Pget_virtual_srcspace(properties, number), H5Sclose, "space") {
        const std::string said = word(properties, number, H5Pget_virtual_filename);
        name_ = said;
        for (std::size_t at = 0; (at = name_.find("%%", at)) != std::string::npos; ++at) name_.erase(at, 1);
        require(escaped(name_) == said && stays_under(name_));
        require(word(properties, number, H5Pget_virtual_dsetname) == path_);
        require(H5Sget_select_npoints(here_) != static_cast<hssize_t>(H5S_UNLIMITED));
    }

    /// How many values it has. `next`: of `all` rows those before are taken, and these are from now on.
    hsize_t values(hid_t file, Type type, std::vector<hsize_t> all, hsize_t& next) const {
        const Handle shard = open_source(file, name_);
        require_own(shard, path_);
        const Handle source(H5Dopen2(shard, path_.c_str(), H5P_DEFAULT), H5Dclose, "cannot open " + path_);
        require(!is_external(source) && !is_virtual(source));
        require(type_of(source) == type);
        const std::vector<hsize_t> sizes = sizes_of(source);
        refuse_empty_promises(source, sizes, bytes_of(type), path_ + " of " + name_);
        const Box to = box_of(here_, all.size());
        require(!sizes.empty() && to.size == sizes && to.start[0] >= next);
        next = to.start[0] + sizes[0];
        require(next <= all[0]);
        all[0] = sizes[0];
        require(sizes == all && H5Sget_select_type(there_) == H5S_SEL_ALL);
        return product(sizes);
    }

 private:
    void require(bool condition) const {
        if (!condition) throw Error(path_ + " stands in another file");
    }

    std::string path_, name_;
    Handle here_, there_;
};

std::vector<Part> parts_of(hid_t dataset, const std::string& path) {
    const Handle properties(H5Dget_create_plist(dataset), H5Pclose, "properties");
    std::size_t sources = 0;
    check(H5Pget_virtual_count(properties, &sources), "sources of " + path);
    std::vector<Part> parts;
    for (std::size_t i = 0; i < sources; ++i) parts.emplace_back(properties, i, path);
    return parts;
}

}  // namespace

void require_names_under(hid_t dataset, const std::string& path) { static_cast<void>(parts_of(dataset, path)); }

hsize_t mapped_values(hid_t file, hid_t dataset, const std::string& path) {
    const std::vector<Part> parts = parts_of(dataset, path);
    const std::vector<hsize_t> sizes = sizes_of(dataset);
    hsize_t values = 0, next = 0;
    for (const Part& part : parts) values += part.values(file, type_of(dataset), sizes, next);
    return values;
}

}  // namespace multivector::hdf5
