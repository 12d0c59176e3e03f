// Where a result file came from: root attributes and /provenance.
#pragma once

#include "design.hpp"
#include "ensemble.hpp"
#include "hdf5_virtual.hpp"

namespace multivector {

/// How the number of replications was found, where a precision was asked for.
struct PrecisionFound {
    double epsilon = 0, half_width = 0;
    bool reached = false;
};

/// What the recorder is told about a run.
struct RunOrigin {
    std::string verbatim, resolved;  ///< the scenario as written, and with every parameter said
    std::uint64_t seed = 0;
    std::uint32_t first = 0, count = 0;  ///< replications of the whole sweep, of every row of a design
    std::optional<Shard> shard;          ///< of whose realisations only this part is here
    std::string manifest;                ///< of the files that were merged; see merge.hpp
    std::vector<Source> sources;         ///< where the values stay, of a virtual file
    std::size_t missing = 0;             ///< realisations that no merged file had
    std::optional<DesignRecord> design;  ///< what sets several worlds apart
    std::optional<PrecisionFound> precision;
    Record record = Record::summary;
    bool counterfactuals = false;
    std::string command_line;
    bool reproducible =
        false;  ///< leave out wall-clock times and the command line, so that files compare byte for byte
};

inline std::size_t rows_of(const RunOrigin& origin) { return origin.design ? origin.design->worlds.size() : 1; }

/// Which realisations a file holds, counted from the first replication's first row.
inline Share share_of(const RunOrigin& origin) {
    const std::size_t all = origin.count * rows_of(origin);
    return origin.shard ? share_of(*origin.shard, all) : Share{0, all};
}
inline std::size_t realizations_of(const RunOrigin& origin) { return share_of(origin).size(); }

/// The number of its first realisation, counted from replication 0.
inline std::size_t first_realization(const RunOrigin& origin) {
    return origin.first * rows_of(origin) + share_of(origin).begin;
}

/// Now, in UTC: 2024-05-01T12:00:00Z.
std::string utc_now();

namespace hdf5 {

inline constexpr std::int32_t schema_version = 1;

/// Root attributes that make the file readable as netCDF, and /provenance but for the end of the run.
void write_origin(hid_t file, const std::string& title, const RunOrigin& origin, const std::string& started);
void write_end(hid_t file, const std::string& ended);

}  // namespace hdf5
}  // namespace multivector
