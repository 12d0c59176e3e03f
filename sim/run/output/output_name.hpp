// What the names of all outputs, files or folders, must fulfil, and the temporary names beside them.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace multivector {

/// Throws InputError when the name is empty or looks like an option; `thing` is "file" or "folder".
void expect_name(const std::filesystem::path& output, const std::string& thing);

std::filesystem::path folder_of(const std::filesystem::path& output);

/// The folder in which the output will stand. Throws InputError when it is missing or cannot be written in.
std::filesystem::path folder_around(const std::filesystem::path& output);

/// ".name.PROCESS" and the ending, beside the output: no two processes share it.
std::filesystem::path name_beside(const std::filesystem::path& output, const std::string& ending);

/// What stands under such a name and nobody uses: its process is gone here (or was an earlier one of our number), and
/// no process elsewhere locks it, as the HDF5 library locks a file that it writes and OutputLock what is written
/// otherwise.
std::vector<std::filesystem::path> abandoned_beside(const std::filesystem::path& output, const std::string& ending);

/// Says to other processes that what stands under this path is in use, as far as the file system can; moves with it.
class OutputLock {
 public:
    OutputLock() = default;
    explicit OutputLock(const std::filesystem::path& output);
    OutputLock(OutputLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OutputLock& operator=(OutputLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~OutputLock();

    bool holds() const { return descriptor_ >= 0; }

 private:
    int descriptor_ = -1;
};

}  // namespace multivector
