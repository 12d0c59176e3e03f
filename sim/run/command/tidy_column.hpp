// What a column of a tidy table is, and a parameter that becomes one.
#pragma once

#include <string>

namespace multivector {

/// A column as the codebook describes it. Empty means: does not apply.
struct TidyColumn {
    std::string name;  ///< at most 32 characters
    std::string label, unit, minimum, maximum;
    std::string values;      ///< the texts it can hold, separated by "; "
    std::string summarised;  ///< how a run was condensed to one value
    std::string caution;     ///< what it would wrongly show
    std::string symbol;      ///< as in ODD.md
    std::string origin;      ///< where in the result file it stands
};

/// A parameter that every row repeats.
struct RepeatedParameter {
    std::string key, value;
    std::string meaning, unit, minimum, maximum, values;
};

}  // namespace multivector
