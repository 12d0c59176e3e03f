// /summary and /series: one dataset per row of the observable table.
#pragma once

#include <span>
#include <vector>

#include "hdf5_axes.hpp"
#include "hdf5_checksums.hpp"

namespace multivector::hdf5 {

/// Writes cubes (realization[, tick][, partner|sector|region]) by whole chunks of realisations, so that the file does
/// not depend on how the realisations arrive.
class Cubes {
 public:
    enum class Of : std::uint8_t { summary, series };

    /// Creates the group "summary" or "series" with all its variables for the realisations that `origin` says. A
    /// summary has the counterfactual measures too, where they were asked for. `actors` must outlive this.
    Cubes(hid_t file, Of of, const Actors& actors, const Setting& setting, const RunOrigin& origin);

    /// Appends what is kept of a realisation: one that failed is missing everywhere.
    void read(const Realization& realization, std::vector<double>& values) const;
    std::size_t width() const { return width_; }  ///< values of one realisation
    void take(std::span<const double> values);    ///< those of the next realisation
    void close();                                 ///< writes what is still held; no more can be taken
    void add_digests(KnownDigests& known) const;

 private:
    struct Cube {
        const Observable* row;
        hsize_t extent;
        Dataset dataset;
        std::vector<double> held;  ///< values of at most `chunk_` realisations
    };

    void create(hid_t group, const Observable& row, const Axes& axes, const Mapping& mapping);
    void flush();
    void read(const Cube& cube, const Realization& realization, std::vector<double>& values) const;

    Of of_;
    const Actors& actors_;
    hsize_t ticks_, chunk_, written_ = 0, held_ = 0;
    std::size_t width_ = 0;
    std::vector<Cube> cubes_;
};

/// Value `index` of a row in one tick; a ratio is NaN when its denominator is zero.
double value_in_tick(const Observation& observation, const Observable& row, int index);

}  // namespace multivector::hdf5
