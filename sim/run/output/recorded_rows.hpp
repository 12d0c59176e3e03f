// Reads a result file realisation by realisation, each as the recorder that wrote it kept it.
#pragma once

#include <vector>

#include "hdf5_dataset.hpp"
#include "journal.hpp"
#include "result_reader.hpp"

namespace multivector {

/// A dataset of numbers read from its first row to its last, some at a time.
class RowReader {
 public:
    RowReader(hid_t file, const std::string& path);

    std::size_t rows() const { return rows_; }
    std::size_t width() const { return width_; }  ///< values of one row

    /// Row `row`, which must not lie before the last one asked for; a missing count is -1, as in models/log.hpp.
    std::span<const double> row(std::size_t row);

 private:
    void fill(std::size_t first);

    std::string path_;
    hdf5::Handle dataset_;
    hdf5::Type type_;
    std::vector<hsize_t> sizes_;
    std::size_t rows_ = 0, width_ = 1, step_ = 1, first_ = 0, held_rows_ = 0;
    std::vector<double> held_;
};

class RecordedRows {
 public:
    /// Reads from `file`, which must outlive it; in memory that does not grow with the file. Throws hdf5::Error, as
    /// next() does, when the file is not as a recorder wrote it: ask inside file.guarded.
    explicit RecordedRows(const ResultFile& file);

    /// The next realisation; false when there is none left.
    bool next(Kept& recorded);

    /// What is kept of a realisation of which nothing is known: missing values, and no rows.
    Kept nothing() const;

 private:
    struct Table {
        std::string group;
        std::size_t next = 0;            ///< row
        std::vector<RowReader> columns;  ///< the realisation first
    };

    const ResultFile& file_;
    std::size_t at_ = 0, failures_ = 0;
    std::vector<RowReader> cubes_;
    std::vector<Table> tables_;
};

}  // namespace multivector
