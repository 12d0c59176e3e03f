#include "result_tables.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <sstream>

#include "counterfactuals.hpp"
#include "hdf5_checksums.hpp"
#include "hdf5_reader.hpp"
#include "log.hpp"

namespace multivector {

using namespace hdf5;

namespace {

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream all(text);
    std::vector<std::string> words;
    for (std::string word; all >> word;) words.push_back(word);
    return words;
}

bool is_actor(const std::string& name) { return name == "partner" || name == "sector" || name == "region"; }

/// Without the words before which the recorder puts it.
std::string caution_of(hid_t dataset) {
    const std::string said = read_text_attribute(dataset, "comment").value_or(""), opening = "would wrongly show: ";
    return said.starts_with(opening) ? said.substr(opening.size()) : said;
}

/// The groups that a record of this level has.
std::vector<std::string> recorded_groups(Record record) {
    std::vector<std::string> names{"summary"};
    if (record != Record::summary) names.emplace_back("series");
    for_each_log_table([&](const char* name, const char*, const auto&) {
        if (keeps(record, name)) names.emplace_back(name);
    });
    return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Throws Error when a group does not begin with a dimension scale, as the recorder makes them.
void require_table(hid_t file, const std::string& group) {
    const std::vector<std::string> names = members(file, "/" + group);
    if (names.empty() || !is_scale(open_dataset(file, "/" + group + "/" + names.front())))
        throw Error("/" + group + " does not begin with the numbers of its rows");
}

template <class Rows>
bool has_column(const Rows& rows, const std::string& name) {
    return name == "realization" ||
           std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.key == name; });
}

/// Whether this program writes such a column.
bool is_known(const std::string& group, const std::string& name) {
    bool known = false;
    for_each_log_table([&](const std::string& table, const char*, const auto& columns) {
        known = known || (table == group && has_column(columns, name));
    });
    if (ResultTables::is_cube(group))
        for_each_measure([&](const Observable& row) { known = known || row.name == name; });
    return known;
}

/// `along`: the counter of the group.
bool is_coordinate(const std::string& group, const std::string& name, const std::string& along) {
    if (!ResultTables::is_cube(group)) return name == along;
    return name == "realization" || name == "replication" || name == "design_row" || name == "tick" || name == "year" ||
           is_actor(name);
}

bool is_whole(hid_t dataset) {
    const Handle type(H5Dget_type(dataset), H5Tclose, "type");
    return H5Tget_class(type) == H5T_INTEGER;
}

}  // namespace

std::string ResultTables::title() const { return read_text_attribute(file_, "title").value_or(""); }

ResultTables::ResultTables(const ResultFile& file)
    : file_(file.id()),
      recorded_(recorded_groups(file.record())),
      checksums_(file.guarded([&] { return stored_checksums(file.id()); })) {}

std::vector<std::string> ResultTables::groups() const {
    std::vector<std::string> names = members(file_, "/");
    for (const std::string& name : recorded_)
        if (!has(names, name)) throw Error("/" + name + " is missing");
    std::erase_if(names, [&](const std::string& name) {
        if (name == "provenance" || name == "design" || name == failures_group) return true;
        try {
            require_table(file_, name);
            return false;
        } catch (const Error&) {
            if (has(recorded_, name)) throw;
            return true;  // somebody put it there
        }
    });
    return names;
}

std::vector<std::string> ResultTables::labels(const std::string& dimension) const {
    return read_texts(file_, "/summary/" + dimension);
}

std::vector<double> ResultTables::years() const {
    if (H5Lexists(file_, "series", H5P_DEFAULT) <= 0) return {};
    Blocks blocks(file_, "/series/year");
    if (blocks.type() != Type::number || blocks.sizes().size() != 1 ||
        blocks.sizes() != Blocks(file_, "/series/tick").sizes())
        throw Error("/series/year is not a number for each of /series/tick");
    std::vector<double> years;
    while (blocks.next()) {
        const std::size_t start = years.size();
        years.resize(start + blocks.rows());
        std::memcpy(&years[start], blocks.bytes().data(), blocks.bytes().size());
    }
    return years;
}

ResultColumn ResultTables::counter(const std::string& group) const {
    // In a table of rows the scale along the rows was made first.
    const std::string name = is_cube(group) ? "realization" : members(file_, "/" + group).front();
    ResultColumn column;
    column.group = group;
    column.name = name;
    const Handle dataset = open_dataset(file_, column.path());
    if (type_of(dataset) != Type::count || sizes_of(dataset).size() != 1)
        throw Error(column.path() + " is not a list of whole numbers");
    column.long_name = read_text_attribute(dataset, "long_name").value_or("");
    column.unit = read_text_attribute(dataset, "units").value_or("1");
    column.low = read_number_attribute(dataset, "valid_min");
    column.high = read_number_attribute(dataset, "valid_max");
    column.whole = true;
    return column;
}

std::uint64_t ResultTables::rows(const std::string& group) const { return sizes(counter(group)).front(); }

std::vector<hsize_t> ResultTables::sizes(const ResultColumn& column) const {
    return Blocks(file_, column.path()).sizes();
}

std::vector<std::string> ResultTables::names_of_values(hid_t dataset, const std::string& name) const {
    if (H5Aexists(dataset, "flag_meanings") <= 0 && !is_actor(name)) return {};
    // Flags cannot hold spaces; the coordinate has the actors' names as they are.
    return is_actor(name) ? labels(name) : words_of(read_text_attribute(dataset, "flag_meanings").value_or(""));
}

ResultColumn ResultTables::described(const std::string& group, const std::string& name, const std::string& along,
                                     const Scales& tied) const {
    ResultColumn column;
    column.group = group;
    column.name = name;
    const Handle dataset = open_dataset(file_, column.path());
    const std::vector<std::string> scales = tied.names(dataset);
    if (is_scale(dataset) || scales.empty() || scales.front() != along)
        throw Error(column.path() + " does not stand along /" + group + "/" + along);
    column.long_name = read_text_attribute(dataset, "long_name").value_or("");
    column.unit = read_text_attribute(dataset, "units").value_or("1");
    column.symbol = read_text_attribute(dataset, "symbol").value_or("");
    column.caution = caution_of(dataset);
    column.low = read_number_attribute(dataset, "valid_min");
    column.high = read_number_attribute(dataset, "valid_max");
    column.names = names_of_values(dataset, name);
    column.dimension = is_actor(scales.back()) ? scales.back() : "";
    column.whole = is_whole(dataset);
    return column;
}

std::optional<ResultColumn> ResultTables::column_unless_foreign(const std::string& group, const std::string& name,
                                                                const std::string& along, const Scales& tied) const {
    try {
        return described(group, name, along, tied);
    } catch (const Error&) {
        if (is_known(group, name) || checksums_.contains("/" + group + "/" + name)) throw;
        return {};  // somebody put it there
    }
}

std::vector<ResultColumn> ResultTables::columns(const std::string& group) const {
    const std::string along = counter(group).name, before = "/" + group + "/";
    const std::vector<std::string> names = members(file_, "/" + group);
    for (const auto& [path, digest] : checksums_)  // an earlier version may have had fewer: the file knows which
        if (path.starts_with(before) && !has(names, path.substr(before.size()))) throw Error(path + " is missing");
    std::vector<std::string> paths;
    for (const std::string& name : names) paths.push_back(before + name);
    const Scales tied(file_, paths);
    std::vector<ResultColumn> columns;
    for (const std::string& name : names) {
        if (is_coordinate(group, name, along)) continue;
        if (auto column = column_unless_foreign(group, name, along, tied)) columns.push_back(std::move(*column));
    }
    return columns;
}

void ResultTables::read(const ResultColumn& column, std::uint64_t first, std::uint64_t count,
                        std::vector<double>& values) const {
    const Handle dataset = open_dataset(file_, column.path());
    std::vector<hsize_t> box = sizes_of(dataset), start(box.size());
    if (box.empty()) throw Error(column.path() + " is a single value");
    start.front() = first;
    box.front() = count;
    hsize_t total = 1;
    for (const hsize_t size : box) total *= size;
    values.resize(total);
    if (total == 0) return;
    const Handle space(H5Dget_space(dataset), H5Sclose, "space"),
        memory(H5Screate_simple(1, &total, nullptr), H5Sclose, "space");
    check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, box.data(), nullptr),
          "rows of " + column.path());
    check(H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values.data()),
          "cannot read " + column.path());
    if (!column.whole) return;
    const double missing = missing_count;
    std::replace(values.begin(), values.end(), missing, std::numeric_limits<double>::quiet_NaN());
}

}  // namespace multivector
