// Scenario files (YAML) and --set made into a Scenario that can run.
//
// Every fault throws InputError, which points at the place and names the nearest valid key or the range.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "reading.hpp"
#include "scenario.hpp"

namespace multivector {

struct LoadedScenario {
    Scenario scenario;
    std::string verbatim;  ///< the file and those it extends, each under a comment that names it from the file's folder
    /// Every value that can act written out, records as points. It is a scenario file itself, and gives the same runs.
    std::string resolved;
    Annotations annotations;  ///< sources, ranges and qualities by full key
};

/// Reads a scenario file, applies the assignments ("fund.floor=0.3") in their order, no key twice, and checks that a
/// world can be prepared from it.
LoadedScenario load_scenario(const std::filesystem::path& file, const std::vector<std::string>& sets);

/// As load_scenario for a text at hand that stands in for what `file` holds: the files it names are looked for beside
/// it.
LoadedScenario load_scenario_text(std::string_view text, const std::filesystem::path& file,
                                  const std::vector<std::string>& sets);

/// Reads what load_scenario gave as `resolved`; `name` is what errors call it. It can name no other file.
Scenario load_resolved_text(std::string_view text, const std::string& name);

/// As above with the annotations, and with assignments applied as load_scenario does.
LoadedScenario load_resolved(std::string_view text, const std::string& name, const std::vector<std::string>& sets = {});

/// A resolved scenario that is read once, for many others that differ from it in a few assignments.
class ResolvedScenario {
 public:
    /// As load_resolved; throws what it throws.
    ResolvedScenario(std::string_view text, const std::string& name);
    ResolvedScenario(const ResolvedScenario&) = delete;  // the reading points at the source

    const Scenario& scenario() const { return scenario_; }
    const Annotations& annotations() const { return reading_.annotations; }

    /// What load_resolved gives for the same text and these assignments.
    LoadedScenario with(const std::vector<std::string>& sets) const;

 private:
    SourceText source_;
    Reading reading_;
    Scenario scenario_;
};

/// Applies one assignment to a scenario at hand, without checking that a world can be prepared from the result.
void apply_assignment(Scenario& scenario, const std::string& assignment);

}  // namespace multivector
