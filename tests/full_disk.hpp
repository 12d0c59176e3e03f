// A disk that fills up, for tests.
#pragma once

#include <sys/resource.h>

#include <csignal>
#include <cstdint>

namespace multivector {

/// While it is there, no file of this process grows beyond so many bytes: writing fails as on a full disk, but for the
/// reason, "File too large".
class FullDisk {
 public:
    explicit FullDisk(std::uint64_t bytes) : handler_(signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;

 private:
    void (*handler_)(int);
    rlimit before_{};
};

}  // namespace multivector
