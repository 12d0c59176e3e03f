#include "design_clashes.hpp"

#include "reading.hpp"

namespace multivector {

DesignClashes::DesignClashes(const Scenario& scenario)
    : scenario_(std::make_unique<Scenario>(scenario)), root_(make_places(*scenario_)) {}

const std::vector<std::size_t>& DesignClashes::keys_of(const DesignAxis& axis, std::size_t number, std::size_t level) {
    const auto [found, is_new] = known_.try_emplace({number, level});
    if (!is_new) return found->second;
    for (const std::string& assignment : axis.levels[level].assignments)
        for (const std::string& key : keys_set_by(root_, assignment)) {
            const auto [at, is_first] = numbers_.emplace(key, names_.size());
            if (is_first) names_.push_back(key);
            found->second.push_back(at->second);
        }
    return found->second;
}

std::optional<DesignClash> DesignClashes::in(const Design& design, const DesignRow& row) {
    constexpr std::size_t nobody = most_design_axes;
    std::vector<std::size_t> owners;
    for (std::size_t axis = 0; axis < row.size(); ++axis) {
        const std::vector<std::size_t>& keys = keys_of(design.axes[axis], axis, row[axis]);
        owners.resize(names_.size(), nobody);
        for (const std::size_t key : keys) {
            if (owners[key] != nobody && owners[key] != axis) return DesignClash{names_[key], owners[key], axis};
            owners[key] = axis;
        }
    }
    return std::nullopt;
}

}  // namespace multivector
