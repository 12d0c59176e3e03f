// The tidy tables of a result file: one row per observation, its keys first, then the parameters asked for, then
// values.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "csv_file.hpp"
#include "result_reader.hpp"
#include "result_tables.hpp"
#include "tidy_column.hpp"

namespace multivector {

/// Told the number of rows that were written; may throw to stop.
using RowsWritten = std::function<void(std::uint64_t)>;

class TidyTable {
 public:
    virtual ~TidyTable() = default;

    const std::string& name() const { return name_; }  ///< of the file, without .csv
    const std::vector<TidyColumn>& columns() const { return columns_; }
    virtual std::uint64_t rows() const = 0;

    /// Writes header and rows, block by block. Throws hdf5::Error when the result cannot be read: call it inside
    /// ResultFile::guarded.
    void write(CsvFile& file, const RowsWritten& written) const;

 protected:
    explicit TidyTable(std::string name) : name_(std::move(name)) {}
    virtual void write_rows(CsvFile& file, const RowsWritten& written) const = 0;

    std::vector<TidyColumn> columns_;

 private:
    std::string name_;
};

/// Tables summary, series, each also _by_partner, _by_sector and _by_region, and every table of rows that was recorded.
class TidyTables {
 public:
    /// Reads from `file`, which must outlive it; the same parameters for every row of its design, one row without one.
    /// Throws InputError when a table is not as the recorder writes it.
    TidyTables(const ResultFile& file, const std::vector<std::vector<RepeatedParameter>>& parameters);
    TidyTables(const TidyTables&) = delete;  // the tables read from source_

    const std::vector<std::unique_ptr<TidyTable>>& all() const { return tables_; }
    /// The column of each axis of the design, the same in every table.
    const std::vector<std::string>& axis_columns() const { return axis_columns_; }

 private:
    ResultTables source_;
    std::vector<std::unique_ptr<TidyTable>> tables_;
    std::vector<std::string> axis_columns_;
};

}  // namespace multivector
