// The worlds of many rows that start from one scenario, a hundred times as fast as each by itself: designs have up to
// hundreds of thousands.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenario_reader.hpp"
#include "world.hpp"

namespace multivector {

struct MadeRow {
    Setting setting;
    std::string resolved_sha256;
};

/// Keeps one scenario, its places and its text, sets what a row sets in them, and puts everything back.
class RowMaker {
 public:
    /// Throws what ResolvedScenario does.
    RowMaker(std::string_view resolved, const std::string& name);

    const ResolvedScenario& base() const { return base_; }

    /// What ResolvedScenario::with gives for these assignments, prepared. Throws what they throw.
    MadeRow make(const std::vector<std::string>& assignments);

 private:
    struct Leaf {
        std::string key;
        Field* field;
        std::size_t start, end;  ///< in the text
    };
    const std::vector<std::string>& keys_of(const std::string& assignment);
    std::optional<std::vector<Leaf*>> leaves_of(const std::vector<std::string>& assignments);
    std::optional<MadeRow> made_in_place(const std::vector<std::string>& assignments, std::vector<Leaf*> leaves);
    std::string digest(std::vector<Leaf*>& leaves, const Annotations& annotations) const;

    ResolvedScenario base_;
    std::unique_ptr<Scenario> scenario_;
    Place root_;  ///< points into the scenario
    std::string text_;
    std::unordered_map<std::string, Leaf> leaves_;                     ///< by full key
    std::unordered_map<std::string, std::vector<std::string>> known_;  ///< full keys by the key as it is written
};

}  // namespace multivector
