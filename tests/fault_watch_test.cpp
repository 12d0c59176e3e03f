// A crash inside the library that reads files, made by hand in a child process.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "fault_watch.hpp"

namespace multivector {

namespace {

struct End {
    int status;
    std::string said;
};

/// How a child process ends that has asked for clear errors, and what it writes on standard error.
template <class Function>
End in_a_child(Function f) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        for (const int signal : {SIGSEGV, SIGABRT}) std::signal(signal, SIG_DFL);  // without the test program's own
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]), close(ends[1]);
        name_files_that_crash(2);
        f();
        _exit(0);
    }
    close(ends[1]);
    End end{};
    char letters[256];
    for (ssize_t count; (count = read(ends[0], letters, sizeof letters)) > 0;)
        end.said.append(letters, static_cast<std::size_t>(count));
    close(ends[0]);
    waitpid(child, &end.status, 0);
    return end;
}

bool ended_with(const End& end, int code) { return WIFEXITED(end.status) && WEXITSTATUS(end.status) == code; }

}  // namespace

TEST_CASE("a fault while a file is read names the innermost file and ends with the code for bad input" *
          doctest::skip(sanitized)) {
    for (const int fault : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL}) {
        const End end = in_a_child([&] {
            const std::string outer = "outer.h5", inner = "inner.h5";
            const ReadingMark mark(outer);
            const ReadingMark nested(inner);
            std::raise(fault);
        });
        CHECK(ended_with(end, 2));
        CHECK(end.said ==
              "multivector: inner.h5: the program crashed while reading this file, which is probably damaged\n");
    }
}

TEST_CASE("a stack that a file has used up is a clear error too" * doctest::skip(sanitized)) {
    const End end = in_a_child([] {
        const std::string file = "deep.h5";
        const ReadingMark mark(file);
        struct Deep {
            static int down(volatile int* above) {
                if (*above == 1) return 1;
                volatile int here[256] = {*above};
                return down(here) + here[1];
            }
        };
        volatile int start = 0;
        static_cast<void>(Deep::down(&start));
    });
    CHECK(ended_with(end, 2));
    CHECK(end.said.find("deep.h5") != std::string::npos);
}

TEST_CASE("a fault of the program's own ends it as before, before and after a file is read" *
          doctest::skip(sanitized)) {
    const End end = in_a_child([] {
        const std::string file = "a.h5";
        { const ReadingMark mark(file); }
        std::raise(SIGSEGV);
        _exit(0);
    });
    CHECK(WIFSIGNALED(end.status));
    CHECK(WTERMSIG(end.status) == SIGSEGV);
    CHECK(end.said.empty());
}

}  // namespace multivector
