// What the rows of all tidy tables share: keys in front, then the design's levels and the parameters asked for.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "csv_file.hpp"
#include "result_reader.hpp"
#include "result_tables.hpp"
#include "tidy_column.hpp"

namespace multivector {

/// A column of the file as the codebook describes it.
TidyColumn tidy(const ResultColumn& column);

/// The column with the names of partners, sectors or regions.
TidyColumn label_column(const std::string& dimension, const std::vector<std::string>& labels);

/// What all rows of all tables share, by row of the design.
struct Shared {
    std::vector<TidyColumn> keys, parameters;
    std::vector<std::string> axes;                        ///< columns of the design's
    std::vector<std::string> key_cells, parameter_cells;  ///< as CSV
    bool design = false;

    std::size_t row_of(double realization) const {
        return static_cast<std::size_t>(realization) % std::max<std::size_t>(key_cells.size(), 1);
    }
};

/// `repeated` by row of the design, one without one; `taken`: names of columns that the file's own have.
Shared shared_of(const ResultFile& file, const ResultTables& source,
                 const std::vector<std::vector<RepeatedParameter>>& repeated, std::set<std::string> taken);

/// Begins a row and puts the parameters where they belong.
class RowWriter {
 public:
    RowWriter(CsvFile& file, const Shared& shared) : file_(file), shared_(shared) {}

    void keys(double realization) { file_.ready(shared_.key_cells[shared_.row_of(realization)]); }
    void parameters(double realization) {
        const std::size_t row = shared_.row_of(realization);
        if (shared_.design) {
            file_.whole(std::floor(realization / static_cast<double>(shared_.key_cells.size())));
            file_.whole(static_cast<double>(row));
        }
        if (shared_.parameters.size() > (shared_.design ? 2 : 0)) file_.ready(shared_.parameter_cells[row]);
    }
    void value(const ResultColumn& column, double value) {
        if (column.names.empty())
            column.whole ? file_.whole(value) : file_.number(value);
        else if (std::isnan(value) || value < 0 || value >= static_cast<double>(column.names.size()))
            file_.text("");
        else
            file_.text(column.names[static_cast<std::size_t>(value)]);
    }

 private:
    CsvFile& file_;
    const Shared& shared_;
};

}  // namespace multivector
