#include "result_reader.hpp"

#include <algorithm>
#include <array>

#include "hdf5_dataset.hpp"
#include "hdf5_provenance.hpp"
#include "input_error.hpp"

namespace multivector {

namespace {

using namespace hdf5;

constexpr std::array<std::string_view, 4> coordinates{"realization", "partner", "sector", "region"};

Handle open_dataset(hid_t file, const std::string& path) {
    return Handle(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, "cannot open " + path);
}

std::vector<hsize_t> sizes_of(hid_t dataset) {
    const Handle space(H5Dget_space(dataset), H5Sclose, "space");
    std::vector<hsize_t> sizes(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space), "dimensions")));
    check(H5Sget_simple_extent_dims(space, sizes.data(), nullptr), "dimensions");
    return sizes;
}

/// Texts of a dataset, the library's memory given back.
std::vector<std::string> read_texts(hid_t file, const std::string& path) {
    const Handle dataset = open_dataset(file, path), space(H5Dget_space(dataset), H5Sclose, "space"),
                 type = text_type();
    std::vector<char*> pointers(
        static_cast<std::size_t>(check(H5Sget_simple_extent_npoints(space), "size of " + path)));
    if (pointers.empty()) return {};
    check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "cannot read " + path);
    std::vector<std::string> texts;
    for (const char* pointer : pointers) texts.emplace_back(pointer ? pointer : "");
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return texts;
}

/// None when there is no such attribute or it is no text.
std::optional<std::string> read_attribute(hid_t object, const std::string& name) {
    if (H5Aexists(object, name.c_str()) <= 0) return {};
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "cannot open attribute " + name),
        stored(H5Aget_type(attribute), H5Tclose, "type of " + name), type = text_type();
    if (H5Tis_variable_str(stored) <= 0) return {};
    char* pointer = nullptr;
    check(H5Aread(attribute, type, &pointer), "cannot read attribute " + name);
    std::string text(pointer ? pointer : "");
    H5free_memory(pointer);
    return text;
}

/// Names of a group's members in the order in which they were made.
std::vector<std::string> members(hid_t file, const std::string& path) {
    const Handle group(H5Gopen2(file, path.c_str(), H5P_DEFAULT), H5Gclose, "cannot open " + path);
    std::vector<std::string> names;
    hsize_t position = 0;
    check(H5Literate(
              group, H5_INDEX_CRT_ORDER, H5_ITER_INC, &position,
              [](hid_t, const char* name, const H5L_info_t*, void* out) -> herr_t {
                  static_cast<std::vector<std::string>*>(out)->emplace_back(name);
                  return 0;
              },
              &names),
          "cannot list " + path);
    return names;
}

std::string dimension_of(const std::string& variable) {
    for (const char* dimension : {"partner", "sector", "region"})
        if (variable.ends_with(std::string("_by_") + dimension)) return dimension;
    return "";
}

}  // namespace

void ResultFile::refuse(const std::string& why) const { throw InputError(name_, 0, 0, why); }

ResultFile::ResultFile(const std::filesystem::path& path) : name_(path.string()) {
    prepare_library();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) refuse("no such file");
    if (std::filesystem::is_directory(path, ignored)) refuse("is a folder, not a result file");
    if (H5Fis_hdf5(name_.c_str()) <= 0) refuse("is not an HDF5 file, or not a whole one");
    try {
        file_ = Handle(H5Fopen(name_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "cannot open");
        read_head();
    } catch (const Error& error) {
        refuse(std::string("is damaged: ") + error.what());
    }
}

void ResultFile::read_head() {
    const auto source = read_attribute(file_, "source");
    if (!source || !source->starts_with("multivector")) refuse("was not written by multivector");
    std::int32_t schema = 0;
    const Handle version(H5Aopen(file_, "schema_version", H5P_DEFAULT), H5Aclose, "no schema version");
    check(H5Aread(version, H5T_NATIVE_INT32, &schema), "schema version");
    if (schema > schema_version) refuse("was written by a newer multivector (schema " + std::to_string(schema) + ")");
    for (const char* group : {"summary", "provenance"})
        if (H5Lexists(file_, group, H5P_DEFAULT) <= 0) refuse(std::string("has no group /") + group);
    seed_ = std::stoull(provenance("master_seed").value_or("0x0"), nullptr, 16);
    const Handle realization = open_dataset(file_, "/summary/realization");
    replications_.resize(sizes_of(realization).front());
    check(H5Dread(realization, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, replications_.data()), "replications");
    for (std::string& member : members(file_, "/summary"))
        if (std::find(coordinates.begin(), coordinates.end(), member) == coordinates.end())
            variables_.push_back(std::move(member));
}

SummaryVariable ResultFile::read(const std::string& variable) const {
    const std::string path = "/summary/" + variable;
    const Handle dataset = open_dataset(file_, path);
    SummaryVariable result;
    result.name = variable;
    result.long_name = read_attribute(dataset, "long_name").value_or("");
    result.unit = read_attribute(dataset, "units").value_or("1");
    result.labels = {""};
    const auto sizes = sizes_of(dataset);
    if (sizes.size() == 2) {
        result.dimension = dimension_of(variable);
        result.labels = read_texts(file_, "/summary/" + result.dimension);
    }
    hsize_t total = 1;
    for (const hsize_t size : sizes) total *= size;
    if (total != replications_.size() * result.labels.size())
        refuse("has a " + path + " of another size than its labels");
    result.values.resize(total);
    check(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.data()),
          "cannot read " + path);
    return result;
}

std::string ResultFile::scenario_resolved() const { return read_texts(file_, "/provenance/scenario_resolved").front(); }
std::string ResultFile::scenario_verbatim() const { return read_texts(file_, "/provenance/scenario_verbatim").front(); }

std::optional<std::string> ResultFile::provenance(const std::string& attribute) const {
    const Handle group(H5Gopen2(file_, "/provenance", H5P_DEFAULT), H5Gclose, "cannot open /provenance");
    return read_attribute(group, attribute);
}

}  // namespace multivector
