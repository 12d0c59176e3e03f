# Writes ${output}: the scripts of scenarios/cluster as text in the program.
foreach(name array merge)
  file(READ "${source}/scenarios/cluster/${name}.sh" ${name})
endforeach()

file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT [[
// Written by sim/run/command/cluster_scripts.cmake.
#pragma once

#include <string_view>

namespace multivector::cluster_scripts {

inline constexpr std::string_view array = R"script(@array@)script";
inline constexpr std::string_view merge = R"script(@merge@)script";

}  // namespace multivector::cluster_scripts
]])
