// The coordinates of a group of result variables: realization, tick, year, partner, sector, region.
#pragma once

#include <vector>

#include "ensemble.hpp"
#include "hdf5_dataset.hpp"

namespace multivector::hdf5 {

/// A label per partner, sector or region.
using Labels = std::vector<std::string>;
Labels partner_names(const Scenario& scenario);
Labels sector_names(const Scenario& scenario);
Labels region_names(const Scenario& scenario);

/// How many labels a shape has in this setting; 1 for Shape::tick.
int extent_in(const Setting& setting, Shape shape);

/// Writes the coordinates into a group and keeps their scales. Repeated in each group, because xarray drops a parent's.
class Axes {
 public:
    /// `chunk` is the number of realisations in one chunk; tick and year are written only when `with_ticks`.
    Axes(hid_t group, const Setting& setting, std::uint32_t first, std::uint32_t count, hsize_t chunk, bool with_ticks);

    /// Axes of a variable: realization, then tick when written, then that of the shape.
    std::vector<Axis> of(Shape shape) const;

 private:
    void write_ticks(hid_t group, const Setting& setting);
    const Dataset& labels_of(Shape shape) const;

    hsize_t count_, chunk_, ticks_ = 0;
    std::array<hsize_t, 4> extents_{};
    Dataset realization_, tick_, partner_, sector_, region_;
};

}  // namespace multivector::hdf5
