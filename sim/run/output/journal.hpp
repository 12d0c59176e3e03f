// What is done of a sweep, kept beside its output until that is finished, so that a killed process loses nothing.
//
// HDF5 files do not survive the death of their writer; a journal does. It is a text that says of what it is, and then
// blocks of entries that are only ever appended, each with a checksum. Whatever happens, the blocks before the first
// broken one are good: a resumed sweep goes on from there. As the entries hold the values to the bit, what is written
// from them is what would have been written without the interruption.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace multivector {

/// An entry: what a result file keeps of one realisation, and why it failed (empty when it did not).
struct Kept {
    std::vector<double> values;
    std::string failure;
};

/// One process at a time has a journal: it is locked, and the lock goes with the process.
class Journal {
 public:
    enum class Begin : std::uint8_t { anew, resume, replace };

    /// OUTPUT.journal, beside the output.
    static std::filesystem::path path_of(const std::filesystem::path& output);

    /// `identity`: lines "name: value" that say of what the journal is. Throws InputError when another process has it,
    /// when there is one and `begin` is anew, when it is resumed and is of something else (the names whose values
    /// differ are said), and when it cannot be written.
    Journal(const std::filesystem::path& output, const std::string& identity, Begin begin);
    ~Journal();  ///< as keep(); removes a journal without entries
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Hands out the entries that were there when it was opened; call before the first append, once. Cuts off what is
    /// broken behind them.
    void replay(const std::function<void(const Kept&)>& each);

    /// Appends the next entry. It is written with others, by breathe() or when many are held.
    void append(const Kept& entry);

    /// Writes what is held when the last writing was a quarter of a second ago, and waits until what is written is on
    /// the disk when that was last so three quarters ago: a process that dies loses the quarter, a machine that dies
    /// the second. To be called several times a second. Throws std::runtime_error when it cannot be written.
    void breathe();

    void keep() noexcept;  ///< writes what is held, if that can be done
    void remove();         ///< when the output is finished

 private:
    [[noreturn]] void refuse(const std::string& why) const;
    void open_locked();
    std::string read_identity();
    void write_identity(const std::string& identity);
    bool read_block(std::uint64_t& position, std::vector<std::byte>& block) const;
    void write_held();
    void wait_for_disk();
    void write_all(std::span<const std::byte> bytes);
    [[noreturn]] void cannot_write(std::error_code failure);

    std::filesystem::path output_, path_;
    int descriptor_ = -1;
    std::uint64_t end_ = 0;          ///< of what is good in the file
    std::uint64_t on_disk_end_ = 0;  ///< of what a dying machine does not take along
    std::uint64_t entries_ = 0;      ///< good ones and those held
    std::uint64_t held_entries_ = 0;
    std::vector<std::byte> held_;
    std::chrono::steady_clock::time_point written_, on_disk_;
    bool broken_ = false;  ///< a write failed
};

}  // namespace multivector
