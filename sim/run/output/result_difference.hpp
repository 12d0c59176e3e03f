// Whether two result files hold the same values, and where they part.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "result_reader.hpp"

namespace multivector {

enum class Verdict : std::uint8_t { bit_identical, within_tolerance, different };

/// One value that is not the same in both files.
struct ValueDifference {
    std::string dataset;  ///< path
    std::size_t row = 0;  ///< along its first dimension; of /summary and /series a realisation
    std::size_t tick = 0, label = 0;
    bool has_row = true, has_tick = false, has_label = false;  ///< has_row: not a coordinate of ticks
    double first = 0, second = 0;                              ///< values in the two files; NaN for missing
};

/// A dataset that is not the same in both.
struct DatasetDifference {
    std::string path;
    std::string what;        ///< empty, or why its values were not compared: "is missing in ...", "has other extents"
    std::size_t values = 0;  ///< how many differ
    double largest = 0;      ///< largest relative difference; infinite when one of the two is missing
};

struct ResultDifference {
    Verdict verdict = Verdict::bit_identical;
    std::size_t datasets = 0, values = 0;  ///< compared
    std::vector<DatasetDifference> differing;
    std::optional<ValueDifference> earliest;  ///< lowest tick, then realisation, then order of datasets; from /series
                                              ///< when both have it, else the first of any dataset
};

/// Compares every dataset but those of /provenance, bit by bit. Values within `tolerance` of each other, relative to
/// the larger, are within tolerance; counts, choices and texts are only ever the same or different.
ResultDifference difference(const ResultFile& first, const ResultFile& second, double tolerance);

}  // namespace multivector
