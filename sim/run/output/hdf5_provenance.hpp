// Where a result file came from: root attributes and /provenance.
#pragma once

#include "ensemble.hpp"
#include "hdf5_handle.hpp"

namespace multivector {

/// What the recorder is told about a run.
struct RunOrigin {
    std::string verbatim, resolved;  ///< the scenario as written, and with every parameter said
    std::uint64_t seed = 0;
    std::uint32_t first = 0, count = 0;  ///< replications
    Record record = Record::summary;
    bool counterfactuals = false;
    std::string command_line;
    bool reproducible =
        false;  ///< leave out wall-clock times and the command line, so that files compare byte for byte
};

/// Now, in UTC: 2024-05-01T12:00:00Z.
std::string utc_now();

namespace hdf5 {

inline constexpr std::int32_t schema_version = 1;

/// Root attributes that make the file readable as netCDF, and /provenance but for the end of the run.
void write_origin(hid_t file, const std::string& title, const RunOrigin& origin, const std::string& started);
void write_end(hid_t file, const std::string& ended);

}  // namespace hdf5
}  // namespace multivector
