// An output file that is whole or absent: written under a temporary name in the same folder, renamed when finished.
#pragma once

#include <filesystem>

#include "hdf5_handle.hpp"

namespace multivector::hdf5 {

/// The temporary name holds the process number, so that two runs never write to one file. Unless `commit` is reached
/// the temporary file is removed and whatever stood under the final name stays as it was. What a killed process left is
/// removed by the next that writes the same output.
class OutputFile {
 public:
    /// Throws InputError when the output exists and `force` is off, is no regular file, or when its folder is missing
    /// or cannot be written to.
    OutputFile(std::filesystem::path output, bool force);
    ~OutputFile();
    OutputFile(OutputFile&&) = delete;

    hid_t id() const { return file_; }

    /// Throws what an error of the library, or of memory, means for this output: std::runtime_error.
    [[noreturn]] static void fail(const std::filesystem::path& output, const std::exception& error);
    [[noreturn]] void fail(const std::exception& error) const { fail(output_, error); }

    /// Writes what the library holds back, so that a full disk is noticed.
    void flush() const;

    /// Closes the file, waits until it is on the disk and gives it its final name. Every other handle into the file
    /// must be closed before.
    void commit();

 private:
    [[noreturn]] void refuse(const std::string& why) const;
    void refuse_existing() const;

    std::filesystem::path output_, temporary_;
    bool force_;
    Handle file_;
};

}  // namespace multivector::hdf5
