// /failures: realisations that failed and were skipped, with all that it takes to run one again.
#pragma once

#include <vector>

#include "hdf5_provenance.hpp"

namespace multivector {

struct Failure {
    std::size_t realization = 0;  ///< its number, as in /summary/realization
    std::string reason;

    bool operator==(const Failure&) const = default;
};

namespace hdf5 {

inline constexpr const char* failures_group = "failures";

/// Along failure: realization, replication, design_row, seed, assignments (what its row sets) and reason.
void write_failures(hid_t file, const RunOrigin& origin, const std::vector<Failure>& failures);

/// Empty when the file has no /failures. Throws Error when they are not as write_failures wrote them.
std::vector<Failure> read_failures(hid_t file);

}  // namespace hdf5
}  // namespace multivector
