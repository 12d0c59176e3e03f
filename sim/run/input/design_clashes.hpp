// Axes of a design that set the same parameter: the later would undo the earlier, and rows would be equal in silence.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "design.hpp"
#include "places.hpp"

namespace multivector {

struct DesignClash {
    std::string key;             ///< in full
    std::size_t earlier, later;  ///< the axes
};

/// Knows which parameters the levels of a design's axes set in a scenario, stars and paths taken apart.
class DesignClashes {
 public:
    explicit DesignClashes(const Scenario& scenario);

    /// A parameter that two axes of the row set; of keys that the scenario does not have none.
    std::optional<DesignClash> in(const Design& design, const DesignRow& row);

 private:
    const std::vector<std::size_t>& keys_of(const DesignAxis& axis, std::size_t number, std::size_t level);

    std::unique_ptr<Scenario> scenario_;
    Place root_;  ///< points into the scenario
    std::map<std::string, std::size_t> numbers_;
    std::vector<std::string> names_;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> known_;  ///< by axis and level
};

}  // namespace multivector
