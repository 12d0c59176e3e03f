#include "recorded_rows.hpp"

#include <algorithm>
#include <limits>

#include "counterfactuals.hpp"
#include "hdf5_reader.hpp"
#include "log.hpp"

namespace multivector {

using namespace hdf5;

namespace {

/// Every chunk is read once, so none need be kept: of a hundred datasets the library would keep a megabyte each.
Handle open_without_cache(hid_t file, const std::string& path) {
    static_cast<void>(open_dataset(file, path));
    const Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, "dataset access");
    check(H5Pset_chunk_cache(access, 0, 0, H5D_CHUNK_CACHE_W0_DEFAULT), "chunk cache");
    return Handle(H5Dopen2(file, path.c_str(), access), H5Dclose, "cannot open " + path);
}

}  // namespace

RowReader::RowReader(hid_t file, const std::string& path)
    : path_(path), dataset_(open_without_cache(file, path)), type_(type_of(dataset_)), sizes_(sizes_of(dataset_)) {
    constexpr std::size_t budget = 32768, widest = std::size_t{1} << 27;  // values
    if (type_ == Type::text || sizes_.empty()) throw Error(path + " is no list of numbers");
    rows_ = sizes_[0];
    for (std::size_t i = 1; i < sizes_.size(); ++i) {
        width_ *= std::min<std::size_t>(sizes_[i], widest);
        if (width_ > widest) throw Error(path + " says that it has rows of more than a gigabyte");
    }
    step_ = std::clamp<std::size_t>(budget / std::max<std::size_t>(width_, 1), 1, 16384);
}

std::span<const double> RowReader::row(std::size_t row) {
    if (row >= rows_) throw Error(path_ + " has too few rows");
    if (held_rows_ == 0 || row >= first_ + held_rows_) fill(row);
    return std::span<const double>(held_).subspan((row - first_) * width_, width_);
}

void RowReader::fill(std::size_t first) {
    first_ = first;
    held_rows_ = std::min(step_, rows_ - first);
    held_.resize(held_rows_ * width_);
    if (held_.empty()) return;
    std::vector<hsize_t> start(sizes_.size()), box = sizes_;
    start[0] = first_, box[0] = held_rows_;
    const hsize_t total = held_.size();
    const Handle space(H5Dget_space(dataset_), H5Sclose, "space"),
        memory(H5Screate_simple(1, &total, nullptr), H5Sclose, "space");
    check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, box.data(), nullptr), "rows of " + path_);
    check(H5Dread(dataset_, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, held_.data()), "cannot read " + path_);
    if (type_ == Type::count) std::replace(held_.begin(), held_.end(), static_cast<double>(missing_count), -1.0);
}

RecordedRows::RecordedRows(const ResultFile& file) : file_(file) {
    const std::size_t count = file.replications().size();
    const bool counterfactuals = file.provenance("counterfactuals") == "on";
    const auto add_cubes = [&](const std::string& group) {
        for_each_measure([&](const Observable& row) {
            if (row.summary == Summary::counterfactual && (group == "series" || !counterfactuals)) return;
            cubes_.emplace_back(file.id(), "/" + group + "/" + std::string(row.name));
            if (cubes_.back().rows() != count)
                throw Error("/" + group + "/" + std::string(row.name) + " does not have a row for each realisation");
        });
    };
    add_cubes("summary");
    if (file.record() != Record::summary) add_cubes("series");
    for_each_log_table([&](const char* name, const char*, const auto& columns) {
        if (!keeps(file.record(), name)) return;
        Table table{name, 0, {}};
        const std::string before = "/" + table.group + "/";
        table.columns.emplace_back(file.id(), before + "realization");
        for (const auto& column : columns) table.columns.emplace_back(file.id(), before + std::string(column.key));
        for (const RowReader& column : table.columns)
            if (column.width() != 1 || column.rows() != table.columns.front().rows())
                throw Error("/" + table.group + " has columns of different lengths");
        tables_.push_back(std::move(table));
    });
}

bool RecordedRows::next(Kept& recorded) {
    recorded.values.clear();
    recorded.failure.clear();
    if (at_ == file_.replications().size()) {
        for (const Table& table : tables_)
            if (table.next != table.columns.front().rows())
                throw Error("/" + table.group + " has rows of a realisation that is not there");
        return false;
    }
    const std::size_t number = file_.first_realization() + at_;
    const auto add = [&](std::span<const double> values) {
        recorded.values.insert(recorded.values.end(), values.begin(), values.end());
    };
    for (RowReader& cube : cubes_) add(cube.row(at_));
    for (Table& table : tables_) {
        const std::size_t place = recorded.values.size(), first = table.next, end = table.columns.front().rows();
        recorded.values.push_back(0);
        for (; table.next < end && table.columns.front().row(table.next)[0] == static_cast<double>(number);
             ++table.next)
            for (RowReader& column : table.columns) add(column.row(table.next));
        recorded.values[place] = static_cast<double>(table.next - first);
    }
    if (failures_ < file_.failures().size() && file_.failures()[failures_].realization == number)
        recorded.failure = file_.failures()[failures_++].reason;
    ++at_;
    return true;
}

Kept RecordedRows::nothing() const {
    Kept recorded;
    for (const RowReader& cube : cubes_)
        recorded.values.insert(recorded.values.end(), cube.width(), std::numeric_limits<double>::quiet_NaN());
    recorded.values.insert(recorded.values.end(), tables_.size(), 0.0);
    return recorded;
}

}  // namespace multivector
