#include "journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "input_error.hpp"
#include "on_disk.hpp"
#include "output_name.hpp"
#include "sweep_identity.hpp"

namespace multivector {

namespace fs = std::filesystem;

namespace {

constexpr auto interval = std::chrono::milliseconds(250), on_disk_interval = std::chrono::milliseconds(750);
constexpr std::size_t most_held = 4 << 20;
constexpr std::string_view opening = "multivector journal 1\n";

/// Before a block's entries; a checksum of both stands behind them.
struct BlockHead {
    std::array<char, 8> mark{'m', 'v', 'b', 'l', 'o', 'c', 'k', '1'};
    std::uint64_t first = 0, entries = 0, bytes = 0;
};
constexpr std::size_t checksum_size = sizeof(std::uint64_t);

/// Before an entry's values and its failure, which is filled up to whole words.
struct EntryHead {
    std::uint64_t values = 0, letters = 0;
};

constexpr std::size_t whole_words(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

/// Tells torn and flipped bytes, not forged ones. Every step is invertible, so that no single change goes unnoticed.
std::uint64_t checksum(std::span<const std::byte> bytes) {
    std::uint64_t sum = 0x9e3779b97f4a7c15;
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, std::min<std::size_t>(8, bytes.size() - i));
        sum = (sum ^ word) * 0xff51afd7ed558ccd;
        sum ^= sum >> 32;
    }
    return sum;
}

template <class Value>
std::span<const std::byte> bytes_of(const Value& value) {
    return std::as_bytes(std::span(&value, 1));
}

void add(std::vector<std::byte>& to, std::span<const std::byte> bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
    to.resize(whole_words(to.size()));
}

template <class Value>
Value value_at(std::span<const std::byte> bytes, std::size_t position) {
    Value value;
    std::memcpy(&value, bytes.data() + position, sizeof value);
    return value;
}

/// False when the file ends before.
bool read_at(int descriptor, std::uint64_t position, void* to, std::size_t count) {
    auto* place = static_cast<char*>(to);
    while (count > 0) {
        const ssize_t got = pread(descriptor, place, count, static_cast<off_t>(position));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        place += got, position += static_cast<std::uint64_t>(got), count -= static_cast<std::size_t>(got);
    }
    return true;
}

std::uint64_t size_of(int descriptor) {
    struct stat about {};
    return fstat(descriptor, &about) == 0 ? static_cast<std::uint64_t>(about.st_size) : 0;
}

}  // namespace

fs::path Journal::path_of(const fs::path& output) { return output.string() + ".journal"; }

void Journal::refuse(const std::string& why) const { throw InputError(output_.string(), 0, 0, why); }

Journal::Journal(const fs::path& output, const std::string& identity, Begin begin)
    : output_(output), path_(path_of(output)), written_(std::chrono::steady_clock::now()), on_disk_(written_) {
    open_locked();
    try {
        const std::string stored = read_identity();
        const bool there = !stored.empty();
        if (there && begin == Begin::anew)
            refuse(
                "a sweep to this file was begun and is not finished: --resume goes on with it, --force begins again");
        if (there && begin == Begin::resume && stored != identity)
            refuse("the sweep that was begun cannot be resumed: " + differences(stored, identity) +
                   "; --force begins again");
        if (!there || begin == Begin::replace) write_identity(identity);
    } catch (...) {
        close(descriptor_);
        throw;
    }
}

void Journal::keep() noexcept {
    try {
        if (!broken_) write_held();
    } catch (const std::exception&) {  // then the entries are lost, and the blocks before are good
    }
}

Journal::~Journal() {
    keep();
    if (descriptor_ < 0) return;
    if (entries_ == 0) unlink(path_.c_str());
    close(descriptor_);
}

/// Where the file system knows no locks, nobody is refused. The one who had it may finish and remove it between our
/// opening and our locking: then it is another file.
void Journal::open_locked() {
    for (;;) {
        descriptor_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (descriptor_ < 0) refuse("cannot write " + path_.string() + " beside it: " + last_error().message());
        const bool busy = flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        struct stat ours {
        }, there{};
        const bool same = fstat(descriptor_, &ours) == 0 && stat(path_.c_str(), &there) == 0 &&
                          ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
        if (!busy && same && S_ISREG(ours.st_mode)) return;
        close(descriptor_);
        if (busy) refuse("another process is writing it");
        if (same) refuse(path_.string() + " is not a regular file");
    }
}

/// Empty when the file is, or breaks off before the entries.
std::string Journal::read_identity() {
    const std::uint64_t size = size_of(descriptor_);
    std::string text(std::min<std::uint64_t>(size, opening.size()), '\0');
    const bool read = read_at(descriptor_, 0, text.data(), text.size());
    if (!read || opening.substr(0, text.size()) != text) refuse(path_.string() + " beside it is no journal");
    std::uint64_t length = 0, sum = 0;
    const std::uint64_t start = opening.size() + sizeof length;
    if (!read_at(descriptor_, opening.size(), &length, sizeof length) || length > size) return "";
    text.resize(length);
    if (!read_at(descriptor_, start, text.data(), length) || !read_at(descriptor_, start + length, &sum, sizeof sum) ||
        sum != checksum(std::as_bytes(std::span(text))))
        return "";
    end_ = start + length + sizeof sum;
    return text;
}

void Journal::write_identity(const std::string& identity) {
    if (ftruncate(descriptor_, 0) != 0) refuse("cannot write " + path_.string() + ": " + last_error().message());
    std::vector<std::byte> bytes;
    const auto put = [&](std::span<const std::byte> part) { bytes.insert(bytes.end(), part.begin(), part.end()); };
    put(std::as_bytes(std::span(opening)));
    put(bytes_of(std::uint64_t{identity.size()}));
    put(std::as_bytes(std::span(identity)));
    put(bytes_of(checksum(std::as_bytes(std::span(identity)))));
    end_ = 0;
    try {
        write_all(bytes);
        wait_for_disk();
    } catch (const std::runtime_error&) {
        unlink(path_.c_str());
        throw;
    }
    static_cast<void>(
        put_on_disk(folder_of(output_)));  // its name; the journal is there, whatever the disk says to that
}

/// Reads the block at `position` and steps behind it; false when there is none, or a broken one.
bool Journal::read_block(std::uint64_t& position, std::vector<std::byte>& block) const {
    BlockHead head;
    const std::uint64_t size = size_of(descriptor_);
    if (!read_at(descriptor_, position, &head, sizeof head) || head.mark != BlockHead().mark ||
        head.first != entries_ || head.bytes > size)
        return false;
    block.resize(sizeof head + head.bytes + checksum_size);
    if (!read_at(descriptor_, position, block.data(), block.size())) return false;
    const std::span all(block);
    if (checksum(all.first(sizeof head + head.bytes)) != value_at<std::uint64_t>(all, sizeof head + head.bytes))
        return false;
    position += block.size();
    return true;
}

void Journal::replay(const std::function<void(const Kept&)>& each) {
    std::vector<std::byte> block;
    Kept entry;
    while (read_block(end_, block)) {
        const auto head = value_at<BlockHead>(block, 0);
        std::size_t place = sizeof head;
        for (std::uint64_t i = 0; i < head.entries; ++i, ++entries_) {
            const auto about = value_at<EntryHead>(block, place);
            place += sizeof about;
            entry.values.resize(about.values);
            if (about.values > 0) std::memcpy(entry.values.data(), block.data() + place, about.values * sizeof(double));
            place += about.values * sizeof(double);
            entry.failure.assign(reinterpret_cast<const char*>(block.data()) + place, about.letters);
            place += whole_words(about.letters);
            each(entry);
        }
    }
    if (ftruncate(descriptor_, static_cast<off_t>(end_)) != 0)
        throw std::runtime_error(path_.string() + ": cannot cut off what is broken: " + last_error().message());
    on_disk_end_ = end_;
}

void Journal::append(const Kept& entry) {
    if (held_.empty()) add(held_, bytes_of(BlockHead()));
    add(held_, bytes_of(EntryHead{entry.values.size(), entry.failure.size()}));
    add(held_, std::as_bytes(std::span(entry.values)));
    add(held_, std::as_bytes(std::span(entry.failure)));
    ++held_entries_, ++entries_;
    if (held_.size() >= most_held) write_held();
}

void Journal::breathe() {
    const auto now = std::chrono::steady_clock::now();
    if (!held_.empty() && now - written_ >= interval) write_held();
    if (end_ != on_disk_end_ && now - on_disk_ >= on_disk_interval) wait_for_disk();
}

void Journal::write_held() {
    if (held_.empty()) return;
    BlockHead head;
    head.first = entries_ - held_entries_, head.entries = held_entries_, head.bytes = held_.size() - sizeof head;
    std::memcpy(held_.data(), &head, sizeof head);
    add(held_, bytes_of(checksum(held_)));
    write_all(held_);
    held_.clear();
    held_entries_ = 0;
    written_ = std::chrono::steady_clock::now();
}

/// What the disk could not keep is cut off: it may still be read, but not when the machine has died.
void Journal::wait_for_disk() {
    if (const std::error_code failure = put_on_disk(descriptor_)) {
        if (ftruncate(descriptor_, static_cast<off_t>(on_disk_end_)) == 0) end_ = on_disk_end_;
        cannot_write(failure);
    }
    on_disk_ = std::chrono::steady_clock::now();
    on_disk_end_ = end_;
}

void Journal::cannot_write(std::error_code failure) {
    broken_ = true;
    throw std::runtime_error(path_.string() + ": " + failure.message() + "; what was done before is kept: " +
                             (failure == std::errc::io_error ? "see to the disk" : "make room there") +
                             " and say --resume");
}

void Journal::write_all(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(end_));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) cannot_write(last_error());
        end_ += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void Journal::remove() {
    held_.clear();
    unlink(path_.c_str());
    close(std::exchange(descriptor_, -1));
}

}  // namespace multivector
