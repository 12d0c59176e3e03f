#include "signals.hpp"

namespace multivector {

namespace {

std::atomic<bool> stopped = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch a lock-free flag");

void handle(int) { stopped = true; }

}  // namespace

SignalWatch::SignalWatch() {
    stopped = false;
    struct sigaction action {};
    action.sa_handler = handle;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before_interrupt_);
    sigaction(SIGTERM, &action, &before_terminate_);
    sigaction(SIGHUP, &action, &before_hangup_);  // a lost connection
    action.sa_handler = SIG_IGN;
    action.sa_flags = 0;
    sigaction(SIGXFSZ, &action, &before_limit_);
    sigaction(SIGPIPE, &action, &before_pipe_);
}

SignalWatch::~SignalWatch() {
    sigaction(SIGINT, &before_interrupt_, nullptr);
    sigaction(SIGTERM, &before_terminate_, nullptr);
    sigaction(SIGHUP, &before_hangup_, nullptr);
    sigaction(SIGXFSZ, &before_limit_, nullptr);
    sigaction(SIGPIPE, &before_pipe_, nullptr);
}

const std::atomic<bool>& SignalWatch::stop() const { return stopped; }

}  // namespace multivector
