// Reads the tables of a result file block by block, in memory that does not grow with the file. What a column is comes
// from its own attributes, so a table that the program gains later is read like the others.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hdf5_scales.hpp"
#include "result_reader.hpp"

namespace multivector {

/// A variable of /summary or /series, or a column of a table of rows.
struct ResultColumn {
    std::string group, name;
    std::string long_name, unit, symbol, caution;  ///< caution: what it would wrongly show
    std::optional<double> low, high;
    std::vector<std::string> names;  ///< what its numbers stand for: choices or actors; empty for plain numbers
    std::string dimension;           ///< partner, sector or region of a cube; empty when it has none
    bool whole = false;              ///< whole numbers, missing or not

    std::string path() const { return "/" + group + "/" + name; }
};

class ResultTables {
 public:
    /// Reads from `file`, which must outlive it. What the recorder wrote and is no longer as it wrote it throws
    /// hdf5::Error: ask inside file.guarded. What somebody else put into the file is left out.
    explicit ResultTables(const ResultFile& file);

    std::string title() const;
    std::vector<std::string> groups() const;  ///< without /provenance and /design

    /// "summary" and "series" are cubes over realisations; other groups are tables of rows.
    static bool is_cube(const std::string& group) { return group == "summary" || group == "series"; }

    /// Variables or columns without coordinates, in the order of the file.
    std::vector<ResultColumn> columns(const std::string& group) const;

    /// The coordinate along the first dimension: realization, or the number of the row.
    ResultColumn counter(const std::string& group) const;

    std::uint64_t rows(const std::string& group) const;                   ///< of realisations in a cube
    std::vector<hsize_t> sizes(const ResultColumn& column) const;         ///< not more than the file can hold
    std::vector<std::string> labels(const std::string& dimension) const;  ///< partner, sector or region
    std::vector<double> years() const;                                    ///< by tick; empty without /series

    /// Values `first` .. `first + count` along the first dimension, whatever follows side by side; NaN is missing.
    void read(const ResultColumn& column, std::uint64_t first, std::uint64_t count, std::vector<double>& values) const;

 private:
    /// Throws Error when the first dimension is not that of the scale `along`.
    ResultColumn described(const std::string& group, const std::string& name, const std::string& along,
                           const hdf5::Scales& tied) const;
    std::optional<ResultColumn> column_unless_foreign(const std::string& group, const std::string& name,
                                                      const std::string& along, const hdf5::Scales& tied) const;
    std::vector<std::string> names_of_values(hid_t dataset, const std::string& name) const;

    hid_t file_;
    std::vector<std::string> recorded_;             ///< groups that the file says it has
    std::map<std::string, std::string> checksums_;  ///< by path, of everything that the recorder wrote
};

}  // namespace multivector
