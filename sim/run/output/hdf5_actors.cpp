#include "hdf5_actors.hpp"

#include <algorithm>

namespace multivector::hdf5 {

namespace {

template <class Inputs>
Labels names(const Inputs& inputs) {
    Labels labels;
    for (const auto& input : inputs) labels.push_back(input.name);
    return labels;
}

std::array<Labels, 4> names_in(const Scenario& scenario) {
    return {Labels{}, names(scenario.partners), names(scenario.sectors), names(scenario.regions)};
}

int position(const Labels& labels, const std::string& name) {
    const auto found = std::find(labels.begin(), labels.end(), name);
    return found == labels.end() ? -1 : static_cast<int>(found - labels.begin());
}

}  // namespace

Actors::Actors(std::span<const Setting> settings) {
    bool same = true;
    for (const Setting& setting : settings) {
        const auto names = names_in(setting.scenario);
        if (&setting != &settings.front()) same = same && names == labels_;
        for (std::size_t s = 0; s < shapes; ++s)
            for (const std::string& name : names[s])
                if (position(labels_[s], name) < 0) labels_[s].push_back(name);
    }
    if (same) return;
    for (const Setting& setting : settings) {
        const auto names = names_in(setting.scenario);
        auto& world = in_file_.emplace_back();
        for (std::size_t s = 0; s < shapes; ++s)
            for (const std::string& name : names[s]) world[s].push_back(position(labels_[s], name));
    }
}

int Actors::in_world(std::size_t world, Shape shape, std::size_t index) const {
    if (in_file_.empty() || shape == Shape::tick) return static_cast<int>(index);
    return [&](const std::vector<int>& places) {
        const auto found = std::find(places.begin(), places.end(), static_cast<int>(index));
        return found == places.end() ? -1 : static_cast<int>(found - places.begin());
    }(in_file_[world][static_cast<std::size_t>(shape)]);
}

int Actors::in_file(std::size_t world, Shape shape, int index) const {
    if (in_file_.empty() || index < 0) return index;
    return in_file_[world][static_cast<std::size_t>(shape)][static_cast<std::size_t>(index)];
}

}  // namespace multivector::hdf5
