// What the names of all outputs, files or folders, must fulfil.
#pragma once

#include <filesystem>
#include <string>

namespace multivector {

/// Throws InputError when the name is empty or looks like an option; `thing` is "file" or "folder".
void expect_name(const std::filesystem::path& output, const std::string& thing);

/// The folder in which the output will stand. Throws InputError when it is missing or cannot be written in.
std::filesystem::path folder_around(const std::filesystem::path& output);

}  // namespace multivector
