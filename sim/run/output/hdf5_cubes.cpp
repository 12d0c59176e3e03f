#include "hdf5_cubes.hpp"

#include <algorithm>
#include <limits>

namespace multivector::hdf5 {

namespace {

std::string_view condensed_by(Summary summary) {
    switch (summary) {
        case Summary::sum:
            return "sum over the run";
        case Summary::mean:
            return "mean over the run";
        case Summary::final:
            return "last tick of the run";
        case Summary::maximum:
            return "largest over the run";
        case Summary::counterfactual:
            return "against another run of the same luck";
        case Summary::ratio:
            break;
    }
    return "ratio of sums over the run";
}

/// Realisations to a chunk: equal chunks as far as possible, and at most some megabytes of cubes held.
hsize_t chunk_of(Cubes::Of of, const Setting& setting, hsize_t count) {
    const hsize_t budget = 8'000'000, run = sizeof(Observation) * static_cast<hsize_t>(setting.ticks + 1);
    const hsize_t largest = of == Cubes::Of::summary ? 256 : std::clamp<hsize_t>(budget / run, 1, 256);
    const hsize_t chunks = std::max<hsize_t>((count + largest - 1) / largest, 1);
    return std::max<hsize_t>((count + chunks - 1) / chunks, 1);
}

std::string long_name(const Observable& row, Cubes::Of of) {
    std::string name(of == Cubes::Of::summary ? condensed_by(row.summary) : "");
    name += (name.empty() ? "" : ": ") + std::string(row.meaning);
    return row.money ? name + " [USD billion at 2020 prices]" : name;
}

/// The table's range is that of one tick: a sum of ticks keeps only the sign.
void write_range(const Dataset& dataset, const Observable& row, Cubes::Of of) {
    const bool summed = of == Cubes::Of::summary && row.summary == Summary::sum;
    if (summed ? row.low >= 0 : row.low > -no_limit) write_attribute(dataset.id(), "valid_min", summed ? 0.0 : row.low);
    if (!summed && row.high < no_limit) write_attribute(dataset.id(), "valid_max", row.high);
}

}  // namespace

double value_in_tick(const Observation& observation, const Observable& row, int index) {
    const double* here = values(observation) + static_cast<std::size_t>(index);
    if (row.summary != Summary::ratio) return here[row.offset];
    return here[row.over] == 0 ? std::numeric_limits<double>::quiet_NaN() : here[row.offset] / here[row.over];
}

Cubes::Cubes(hid_t file, Of of, const Actors& actors, const Setting& setting, const RunOrigin& origin)
    : of_(of),
      actors_(actors),
      ticks_(of == Of::series ? static_cast<hsize_t>(setting.ticks) : 1),
      chunk_(chunk_of(of, setting, realizations_of(origin))) {
    const Handle group = create_group(file, of == Of::summary ? "summary" : "series");
    const Axes axes(group, actors, setting, origin, chunk_, of == Of::series);
    const Mapping mapping = map_realizations(origin.sources);
    cubes_.reserve(observables.size() + counterfactual_measures.size());
    for_each_measure([&](const Observable& row) {
        if (row.summary == Summary::counterfactual && (of == Of::series || !origin.counterfactuals)) return;
        create(group, row, axes, mapping);
        cubes_.back().extent = actors.extent(row.shape);
        cubes_.back().held.reserve(chunk_ * ticks_ * cubes_.back().extent);
        width_ += ticks_ * cubes_.back().extent;
    });
}

void Cubes::create(hid_t group, const Observable& row, const Axes& axes, const Mapping& mapping) {
    Dataset dataset(group, std::string(row.name), Type::number, axes.of(row.shape), false, mapping);
    write_attribute(dataset.id(), "units", row.unit);
    write_attribute(dataset.id(), "long_name", long_name(row, of_));
    write_range(dataset, row, of_);
    if (!row.caution.empty())
        write_attribute(dataset.id(), "comment", "would wrongly show: " + std::string(row.caution));
    if (of_ == Of::series) write_attribute(dataset.id(), "coordinates", "year");
    cubes_.push_back({&row, 1, std::move(dataset), {}});
}

void Cubes::read(const Cube& cube, const Realization& realization, std::vector<double>& values) const {
    const Observable& row = *cube.row;
    const auto each = [&](auto value) {
        for (std::size_t i = 0; i < cube.extent; ++i) {
            const int at = actors_.in_world(realization.row, row.shape, i);
            values.push_back(at < 0 ? std::numeric_limits<double>::quiet_NaN() : value(at));
        }
    };
    if (of_ == Of::series)
        for (const Observation& observation : realization.series)
            each([&](int at) { return value_in_tick(observation, row, at); });
    else if (row.summary == Summary::counterfactual)
        each([&](int at) { return value_of(realization.counterfactuals.value(), row, at); });
    else
        each([&](int at) { return realization.summary.value(row, at); });
}

void Cubes::read(const Realization& realization, std::vector<double>& values) const {
    if (!realization.failure.empty())
        values.insert(values.end(), width_, std::numeric_limits<double>::quiet_NaN());
    else
        for (const Cube& cube : cubes_) read(cube, realization, values);
}

void Cubes::take(std::span<const double> values) {
    for (Cube& cube : cubes_) {
        const std::span mine = values.first(ticks_ * cube.extent);
        cube.held.insert(cube.held.end(), mine.begin(), mine.end());
        values = values.subspan(mine.size());
    }
    if (++held_ == chunk_) flush();
}

void Cubes::flush() {
    for (Cube& cube : cubes_) {
        std::vector<hsize_t> start{written_}, count{held_};
        if (of_ == Of::series) start.push_back(0), count.push_back(ticks_);
        if (cube.row->shape != Shape::tick) start.push_back(0), count.push_back(cube.extent);
        if (held_ > 0) cube.dataset.write(start, count, cube.held.data());
        cube.held.clear();
    }
    written_ += held_;
    held_ = 0;
}

void Cubes::close() {
    flush();
    for (Cube& cube : cubes_) cube.dataset.close();
}

void Cubes::add_digests(KnownDigests& known) const {
    const std::string group = of_ == Of::summary ? "/summary/" : "/series/";
    for (const Cube& cube : cubes_) known[group + std::string(cube.row->name)] = cube.dataset.digest();
}

}  // namespace multivector::hdf5
