// Which program this is: version, commit, compiler, libraries.
#pragma once

#include <string>

namespace multivector {

struct BuildInfo {
    std::string version, commit;  ///< commit "unknown" outside a repository
    bool dirty;                   ///< the program's files differed from the commit
    std::string compiler, flags, libraries;
};

BuildInfo build_info();

/// "multivector 0.1.0 (commit 1a2b3c, modified)".
std::string program_name();

}  // namespace multivector
