// Writes an ensemble to one HDF5 file that netCDF-4 readers open.
#pragma once

#include <filesystem>
#include <memory>

#include "hdf5_failures.hpp"
#include "hdf5_provenance.hpp"
#include "journal.hpp"

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

    /// Takes what the journal holds of the realisations, and appends to it all that are added from then on. Returns how
    /// many it held. The journal must outlive this.
    std::size_t follow(Journal& journal);

    /// Takes the next realisations; a sink of run_ensemble.
    void add(std::span<const Realization> realizations);

    /// Takes the next realisation as another recorder kept it.
    void take(const Kept& recorded);

    /// What failed so far.
    const std::vector<Failure>& failures() const;

    /// Writes what is still held and gives the file its name. Throws std::logic_error when realisations are missing.
    void finish();

 private:
    struct Content;
    std::unique_ptr<Content> content_;
};

}  // namespace multivector
