// The coordinates of a group of result variables: realization, tick, year, partner, sector, region;
// and of a design's file the replication and the row that each realisation is of.
#pragma once

#include <vector>

#include "hdf5_actors.hpp"
#include "hdf5_dataset.hpp"
#include "hdf5_provenance.hpp"

namespace multivector::hdf5 {

/// Writes the coordinates into a group and keeps their scales. Repeated in each group, because xarray drops a parent's.
class Axes {
 public:
    /// `chunk` is the number of realisations in one chunk; tick and year, which are `setting`'s, are written only when
    /// `with_ticks`.
    Axes(hid_t group, const Actors& actors, const Setting& setting, const RunOrigin& origin, hsize_t chunk,
         bool with_ticks);

    /// Axes of a variable: realization, then tick when written, then that of the shape.
    std::vector<Axis> of(Shape shape) const;

 private:
    void write_realizations(hid_t group, const RunOrigin& origin);
    void write_ticks(hid_t group, const Setting& setting);
    const Dataset& labels_of(Shape shape) const;

    hsize_t count_, chunk_, ticks_ = 0;
    std::array<hsize_t, 4> extents_{};
    Dataset realization_, tick_, partner_, sector_, region_;
};

}  // namespace multivector::hdf5
