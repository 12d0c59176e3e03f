// Writes an ensemble to one HDF5 file that netCDF-4 readers open.
#pragma once

#include <filesystem>
#include <memory>

#include "hdf5_provenance.hpp"

namespace multivector {

/// The file under the final name is whole or absent: unless finish() is reached, nothing is left behind. The content
/// depends on the realisations alone, not on how they are blocked.
class Recorder {
 public:
    /// `settings`: one per row of a design. Throws InputError when the output cannot or must not be written.
    Recorder(const std::filesystem::path& output, std::span<const Setting> settings, const RunOrigin& origin,
             bool force);
    Recorder(const std::filesystem::path& output, const Setting& setting, const RunOrigin& origin, bool force)
        : Recorder(output, std::span(&setting, 1), origin, force) {}
    ~Recorder();

    /// Takes the next realisations; a sink of run_ensemble.
    void add(std::span<const Realization> realizations);

    /// Writes what is still held and gives the file its name. Throws std::logic_error when realisations are missing.
    void finish();

 private:
    struct Content;
    std::unique_ptr<Content> content_;
};

}  // namespace multivector
