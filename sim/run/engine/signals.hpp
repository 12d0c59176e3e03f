// Ctrl-C and SIGTERM as a flag, so that a run can clean up behind itself.
#pragma once

#include <signal.h>

#include <atomic>

namespace multivector {

/// While one lives, the first SIGINT, SIGTERM or SIGHUP sets the flag; the second ends the process as usual. A file
/// that grows beyond its limit (SIGXFSZ) and a reader of the progress who leaves (SIGPIPE) are failed writes, not the
/// end. One at a time.
class SignalWatch {
 public:
    SignalWatch();
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    const std::atomic<bool>& stop() const;

 private:
    struct sigaction before_interrupt_, before_terminate_, before_hangup_, before_limit_, before_pipe_;
};

}  // namespace multivector
