// A crash while a result file is read, said as one clear error.
//
// HDF5 1.10 trusts much of what a file says of itself: of files damaged at random, a few in a thousand make it read or
// free memory that is not its own, before any check of ours could see the damage. The process cannot go on from there,
// but it can say which file did it.
#pragma once

#include <string>

namespace multivector {

/// Whether this build has a sanitizer that reports faults itself.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
inline constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool sanitized = false;
#endif

/// While one lives, this thread is reading the file of that name, which must live as long. They nest.
class ReadingMark {
 public:
    explicit ReadingMark(const std::string& file);
    ~ReadingMark();
    ReadingMark(const ReadingMark&) = delete;
    ReadingMark& operator=(const ReadingMark&) = delete;

 private:
    const char* before_;
};

/// From now on a fault (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT) of a thread that is reading a file ends the process
/// with `code` and a line on standard error that names the file. Any other fault ends it as before. For main, once;
/// does nothing under a sanitizer, which reports more.
void name_files_that_crash(int code);

}  // namespace multivector
