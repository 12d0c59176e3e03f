// The tables of a run's log, /negotiations, /offers, /deals and /events: one dataset per column of models/log.hpp, and
// the realization.
#pragma once

#include <span>

#include "hdf5_axes.hpp"
#include "hdf5_checksums.hpp"

namespace multivector::hdf5 {

/// What a column needs from its row of the column table.
struct Column {
    std::string name;
    Kind kind;
    double low, high;
    std::string unit, symbol, meaning;
    std::span<const std::string_view> names;
};

/// A table that grows by whole chunks of rows, so that the file does not depend on how the rows arrive.
class GrowingTable {
 public:
    /// `row_name` is the dimension scale along the rows; `mapping` says where rows stand already.
    GrowingTable(hid_t file, const std::string& group, const std::string& row_name, std::vector<Column> columns,
                 hsize_t chunk, const Actors& actors, double last_tick, const Mapping& mapping = {});

    /// Takes the next row: realization, then the columns given.
    void take(std::span<const double> row);
    std::size_t width() const { return columns_.size(); }
    void close();  ///< writes what is still held; no more can be taken
    void add_digests(KnownDigests& known) const;

 private:
    void create(hid_t group, const Column& column, const Axis& axis, const Actors& actors, double last_tick,
                const Mapping& mapping);
    void write(std::size_t column, const hsize_t& start, const hsize_t& count);
    void flush();

    std::string group_;
    hsize_t chunk_, rows_ = 0;
    std::vector<Column> columns_;
    Dataset row_;
    std::vector<Dataset> datasets_;
    std::vector<std::vector<double>> held_;
};

/// The tables of the log that a record keeps.
class Tables {
 public:
    /// `actors` must outlive this.
    Tables(hid_t file, const Actors& actors, const Setting& setting, const RunOrigin& origin);

    /// Appends the rows of a realisation: of each table first their number, then row by row. One that failed has none.
    void read(const Realization& realization, std::vector<double>& values) const;
    void take(std::span<const double> values);  ///< those of the next realisation
    void close();
    void add_digests(KnownDigests& known) const;

 private:
    const Actors& actors_;
    Record record_;
    std::uint32_t rows_;                ///< of the design
    std::vector<GrowingTable> tables_;  ///< those kept, in the order of for_each_log_table
};

}  // namespace multivector::hdf5
