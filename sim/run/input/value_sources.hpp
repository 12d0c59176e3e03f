// Where the values of a scenario are from: its own and the defaults that it falls back on, by kind of source.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "scenario_reader.hpp"
#include "source_kind.hpp"

namespace multivector {

/// How many values there are of each kind.
using KindCounts = std::array<int, source_kinds.size()>;

int total(const KindCounts& counts);

/// "14 read from the record, 3 by definition, 20 assumed": the kinds of which there is any.
std::string counts_text(const KindCounts& counts);

/// The kind of what an annotation says. A quality marks what was read from the record, unless it is "assumed".
SourceKind kind_of(const Annotation& annotation);

/// A value that can act. Not the scenario's own is what has its default and no word about it.
struct SourcedValue {
    std::string key;  ///< of a path's points place + ".record" or ".points"
    bool own;
    SourceKind kind;
    Annotation annotation;         ///< empty where nothing is said
    const Field* field = nullptr;  ///< null for points and borders
};

/// Calls f for every value of the scenario that can act, points and borders included. A value of its own without a
/// source is by definition where it is a choice, which says what the scenario asks, or where the table says so of its
/// parameter.
void for_each_value(const LoadedScenario& loaded, const std::function<void(const SourcedValue&)>& f);

struct SourceCounts {
    KindCounts own{}, defaults{};
};
SourceCounts count_sources(const LoadedScenario& loaded);

/// A scenario with the same actors in which nothing was said.
Scenario silent_scenario(const Scenario& scenario);

}  // namespace multivector
