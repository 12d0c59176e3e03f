#include "fault_watch.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

namespace multivector {

namespace {

constexpr std::array faults{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

thread_local const char* file_being_read = nullptr;
int exit_code = 1;

void say(const char* text) {
    const ssize_t ignored = write(STDERR_FILENO, text, std::strlen(text));
    static_cast<void>(ignored);
}

/// Calls only what a signal handler may call.
void handle(int fault) {
    const char* file = file_being_read;
    if (!file) {
        raise(fault);  // waits until this returns; SA_RESETHAND has brought the usual end back
        return;
    }
    say("multivector: ");
    say(file);
    say(": the program crashed while reading this file, which is probably damaged\n");
    _exit(exit_code);
}

}  // namespace

ReadingMark::ReadingMark(const std::string& file) : before_(std::exchange(file_being_read, file.c_str())) {}
ReadingMark::~ReadingMark() { file_being_read = before_; }

void name_files_that_crash(int code) {
    if (sanitized) return;
    exit_code = code;
    // A stack of its own: a file can also make the library recurse until the stack is used up.
    static std::array<char, 1 << 16> room;
    stack_t stack{};
    stack.ss_sp = room.data();
    stack.ss_size = room.size();
    sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = handle;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK);
    sigemptyset(&action.sa_mask);
    for (const int fault : faults) sigaction(fault, &action, nullptr);
}

}  // namespace multivector
