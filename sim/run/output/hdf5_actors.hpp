// The actors of a result file: partners, sectors and regions of all its worlds.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "observation.hpp"
#include "world.hpp"

namespace multivector::hdf5 {

/// A label per partner, sector or region.
using Labels = std::vector<std::string>;

/// Every name that one of the worlds has, in the order of the first that has it: the labels of a file. Worlds are
/// numbered as the rows of a design; a file without a design has one.
class Actors {
 public:
    explicit Actors(std::span<const Setting> settings);

    const Labels& labels(Shape shape) const { return labels_[static_cast<std::size_t>(shape)]; }

    /// How many values a shape has in the file; 1 for Shape::tick.
    std::size_t extent(Shape shape) const { return shape == Shape::tick ? 1 : labels(shape).size(); }

    /// Where label `index` of the file stands in a world; -1 where that world does not have it.
    int in_world(std::size_t world, Shape shape, std::size_t index) const;

    /// Where actor `index` of a world stands in the file; negative numbers, which stand for nobody, stay.
    int in_file(std::size_t world, Shape shape, int index) const;

 private:
    static constexpr std::size_t shapes = 4;
    std::array<Labels, shapes> labels_;
    std::vector<std::array<std::vector<int>, shapes>> in_file_;  ///< by world and shape; empty when all are the same
};

}  // namespace multivector::hdf5
