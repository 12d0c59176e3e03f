#include "hdf5_axes.hpp"

#include <numeric>

namespace multivector::hdf5 {

namespace {

template <class Inputs>
Labels names(const Inputs& inputs) {
    Labels labels;
    for (const auto& input : inputs) labels.push_back(input.name);
    return labels;
}

void describe(const Dataset& dataset, std::string_view long_name) {
    write_attribute(dataset.id(), "units", "1");
    write_attribute(dataset.id(), "long_name", long_name);
}

Dataset write_labels(hid_t group, const std::string& name, const Labels& labels) {
    Dataset scale = create_scale(group, name, Type::text, labels.size(), 1);
    scale.write_all(labels);
    describe(scale, "name of the " + name);
    return scale;
}

/// first, first + 1, ... as a coordinate.
Dataset write_numbers(hid_t group, const std::string& name, std::uint32_t first, hsize_t count, hsize_t chunk,
                      std::string_view long_name) {
    Dataset scale = create_scale(group, name, Type::count, count, chunk);
    std::vector<std::int32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(first));
    const hsize_t start = 0;
    scale.write(std::span(&start, 1), std::span(&count, 1), numbers.data());
    describe(scale, long_name);
    write_attribute(scale.id(), "valid_min", std::int32_t{0});
    return scale;
}

}  // namespace

Labels partner_names(const Scenario& scenario) { return names(scenario.partners); }
Labels sector_names(const Scenario& scenario) { return names(scenario.sectors); }
Labels region_names(const Scenario& scenario) { return names(scenario.regions); }

int extent_in(const Setting& setting, Shape shape) {
    switch (shape) {
        case Shape::partner:
            return setting.partners;
        case Shape::sector:
            return setting.sectors;
        case Shape::region:
            return setting.regions;
        case Shape::tick:
            break;
    }
    return 1;
}

Axes::Axes(hid_t group, const Setting& setting, std::uint32_t first, std::uint32_t count, hsize_t chunk,
           bool with_ticks)
    : count_(count), chunk_(chunk) {
    for (const Shape shape : {Shape::tick, Shape::partner, Shape::sector, Shape::region})
        extents_[static_cast<std::size_t>(shape)] = static_cast<hsize_t>(extent_in(setting, shape));
    realization_ = write_numbers(group, "realization", first, count, chunk,
                                 "replication number; with the master seed it fixes the luck of the realisation");
    if (with_ticks) write_ticks(group, setting);
    partner_ = write_labels(group, "partner", partner_names(setting.scenario));
    sector_ = write_labels(group, "sector", sector_names(setting.scenario));
    region_ = write_labels(group, "region", region_names(setting.scenario));
}

void Axes::write_ticks(hid_t group, const Setting& setting) {
    ticks_ = static_cast<hsize_t>(setting.ticks);
    tick_ = write_numbers(group, "tick", 0, ticks_, ticks_, "tick, counted from 0");
    const Axis along{tick_.id(), ticks_, ticks_};
    Dataset year(group, "year", Type::number, std::span(&along, 1));
    std::vector<double> years(ticks_);
    for (hsize_t t = 0; t < ticks_; ++t)
        years[t] = setting.scenario.clock.start_year + (static_cast<double>(t) + 0.5) * setting.dt;
    const hsize_t start = 0;
    year.write(std::span(&start, 1), std::span(&ticks_, 1), years.data());
    describe(year, "calendar year at the middle of the tick");
}

const Dataset& Axes::labels_of(Shape shape) const {
    return shape == Shape::partner ? partner_ : shape == Shape::sector ? sector_ : region_;
}

std::vector<Axis> Axes::of(Shape shape) const {
    std::vector<Axis> axes{{realization_.id(), count_, chunk_}};
    if (ticks_ > 0) axes.push_back({tick_.id(), ticks_, ticks_});
    if (shape == Shape::tick) return axes;
    const hsize_t extent = extents_[static_cast<std::size_t>(shape)];
    axes.push_back({labels_of(shape).id(), extent, extent});
    return axes;
}

}  // namespace multivector::hdf5
