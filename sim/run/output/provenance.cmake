# Writes ${output}, a header that says which program this is. Run at every build by the target `provenance`; the file is
# only touched when something changed, so that nothing is compiled again for the same commit.
#
# In: source, output, version, compiler, build_flags, yaml_cpp (its version). Without git, or outside a repository of its own, the commit is
# "unknown". Dirty means: the program's own files differ from the commit; results lying about do not count.
set(commit "unknown")
set(dirty "false")

find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${source} rev-parse --show-toplevel
    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  file(REAL_PATH "${source}" source_path)
  if(NOT failed AND top STREQUAL source_path)
    execute_process(COMMAND ${GIT_EXECUTABLE} -C ${source} rev-parse --verify HEAD
      OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(commit "${head}")
    endif()
    execute_process(COMMAND ${GIT_EXECUTABLE} -C ${source} status --porcelain -- CMakeLists.txt sim models
      OUTPUT_VARIABLE changes ERROR_QUIET)
    if(NOT changes STREQUAL "")
      set(dirty "true")
    endif()
  endif()
endif()

string(REGEX REPLACE "[ \t]+" " " build_flags "${build_flags}")
string(STRIP "${build_flags}" build_flags)
foreach(name version compiler build_flags yaml_cpp)
  string(REPLACE "\\" "\\\\" ${name} "${${name}}")
  string(REPLACE "\"" "\\\"" ${name} "${${name}}")
endforeach()

file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT [[
// Written by sim/run/output/provenance.cmake.
#pragma once

#include <string_view>

namespace multivector::provenance {

inline constexpr std::string_view version = "@version@";
inline constexpr std::string_view commit = "@commit@";
inline constexpr bool dirty = @dirty@;
inline constexpr std::string_view compiler = "@compiler@";
inline constexpr std::string_view build_flags = "@build_flags@";
inline constexpr std::string_view yaml_cpp = "@yaml_cpp@";

}  // namespace multivector::provenance
]])
