// A folder of output files that is whole or absent: filled under a temporary name beside its own, renamed when
// finished. What a killed process left is removed by the next that writes the same output, and what it had set aside to
// replace is put back.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "output_name.hpp"

namespace multivector {

class OutputFolder {
 public:
    /// Says why the folder that stands under the final name may not be replaced; empty when it may.
    using Objection = std::function<std::string(const std::filesystem::path& folder)>;

    /// Throws InputError when something stands under this name (an empty folder does not count) and `force` is off or
    /// `objection` has one, or when the folder around it is missing or cannot be written to.
    OutputFolder(const std::filesystem::path& output, bool force, Objection objection);
    ~OutputFolder();  ///< unless `commit` was reached, removes what was written and leaves the rest as it was
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return temporary_ / name; }

    void commit();

 private:
    [[noreturn]] void refuse(const std::string& why) const;
    bool stands() const;  ///< something to be replaced; throws InputError when it must not be

    std::filesystem::path output_, temporary_;
    OutputLock lock_;  ///< on the temporary folder, wherever it moves
    bool force_;
    Objection objection_;
};

}  // namespace multivector
