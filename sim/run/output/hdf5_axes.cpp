#include "hdf5_axes.hpp"

#include <numeric>

namespace multivector::hdf5 {

namespace {

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

Axes::Axes(hid_t group, const Actors& actors, const Setting& setting, const RunOrigin& origin, hsize_t chunk,
           bool with_ticks)
    : count_(realizations_of(origin)), chunk_(chunk) {
    for (const Shape shape : {Shape::tick, Shape::partner, Shape::sector, Shape::region})
        extents_[static_cast<std::size_t>(shape)] = actors.extent(shape);
    write_realizations(group, origin);
    if (with_ticks) write_ticks(group, setting);
    partner_ = write_labels(group, "partner", actors.labels(Shape::partner));
    sector_ = write_labels(group, "sector", actors.labels(Shape::sector));
    region_ = write_labels(group, "region", actors.labels(Shape::region));
}

void Axes::write_realizations(hid_t group, const RunOrigin& origin) {
    const std::size_t begin = first_realization(origin);
    if (!origin.design) {
        realization_ = write_numbers(group, "realization", static_cast<std::uint32_t>(begin), count_, chunk_,
                                     "replication number; with the master seed it fixes the luck of the realisation");
        return;
    }
    const std::size_t rows = rows_of(origin);
    realization_ = write_numbers(group, "realization", static_cast<std::uint32_t>(begin), count_, chunk_,
                                 "number of the realisation: replication times rows of the design, plus row");
    const Axis along{realization_.id(), count_, chunk_};
    const auto write = [&](const char* name, std::string_view long_name, auto number) {
        Dataset dataset(group, name, Type::count, std::span(&along, 1));
        std::vector<std::int32_t> numbers(count_);
        for (std::size_t i = 0; i < count_; ++i) numbers[i] = static_cast<std::int32_t>(number(i));
        const hsize_t start = 0;
        dataset.write(std::span(&start, 1), std::span(&count_, 1), numbers.data());
        describe(dataset, long_name);
        write_attribute(dataset.id(), "valid_min", std::int32_t{0});
    };
    write("replication", "replication number; with the master seed it fixes the luck, which all rows share",
          [&](std::size_t i) { return (begin + i) / rows; });
    write("design_row", "row of the design, as in /design", [&](std::size_t i) { return (begin + i) % rows; });
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
