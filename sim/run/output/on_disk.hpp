// What must be on the disk, and not only in the memory of a machine that may die, before what it replaces goes.
#pragma once

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace multivector {

/// Why the operating system refused its last call.
inline std::error_code last_error() { return {errno, std::generic_category()}; }

/// Waits until the bytes of a file, or the names in a folder, are on the disk. A disk that took them in earlier may say
/// only here that it could not keep them; on a network that is the rule.
std::error_code put_on_disk(const std::filesystem::path& path);

/// As above for the bytes of an open file.
std::error_code put_on_disk(int descriptor);

}  // namespace multivector
