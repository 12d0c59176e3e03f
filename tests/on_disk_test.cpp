// Machines that die: what a sweep says is done must be on the disk, and in which order. The program's calls of fsync
// come here first, as tests and program are one executable.
#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "journal.hpp"
#include "sweeps.hpp"

namespace {

namespace fs = std::filesystem;

/// Who watches says what stood in the folder when the program waited for the disk, and may let the disk fail.
struct Watch {
    fs::path folder;
    bool fails = false;
    std::vector<std::string> calls;  ///< "what was put on the disk: the files there", a process's number left out
};
Watch* watch = nullptr;

std::string without_digits(std::string name) {
    name.erase(std::remove_if(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }), name.end());
    return name;
}

std::string files_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(without_digits(entry.path().filename()));
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
}

}  // namespace

extern "C" int fsync(int descriptor) {
    if (watch != nullptr) {
        const fs::path file = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor));
        const bool is_folder = fs::equivalent(file, watch->folder);
        watch->calls.push_back((is_folder ? "folder" : without_digits(file.filename())) + ": " +
                               files_in(watch->folder));
        if (watch->fails) {
            errno = EIO;
            return -1;
        }
    }
    return static_cast<int>(syscall(SYS_fsync, descriptor));
}

namespace multivector {

namespace {

struct Watching {
    explicit Watching(const fs::path& folder, bool fails = false) : mine{folder, fails, {}} { watch = &mine; }
    ~Watching() { watch = nullptr; }
    Watching(const Watching&) = delete;
    Watch mine;
};

}  // namespace

TEST_CASE("a result is on the disk before it has its name, and its name before the journal goes") {
    const Sweeps sweeps("summary");
    const Watching watching(sweeps.folder.path);
    REQUIRE(sweeps.sweep("a.h").code == done);
    CHECK(watching.mine.calls == std::vector<std::string>{".a.h..partial: .a.h..partial a.h.journal d.yaml",
                                                          "folder: a.h a.h.journal d.yaml"});
    CHECK(files_in(sweeps.folder.path) == "a.h d.yaml");
}

TEST_CASE("a disk that cannot keep what it took ends a sweep with the reason, and loses nothing of it") {
    const Sweeps sweeps("summary");
    {
        const Watching watching(sweeps.folder.path, true);
        const Answer failed = sweeps.sweep("a.h5");
        CHECK(failed.code == run_failed);
        CHECK_MESSAGE(says(failed.err, "a.h5: cannot write "), failed.err);
        CHECK_MESSAGE(says(failed.err, "Input/output error; nothing was written under this name"), failed.err);
    }
    CHECK(files_in(sweeps.folder.path) == "a.h.journal d.yaml");
    const Answer resumed = sweeps.sweep("a.h5", {"--resume"});
    REQUIRE_MESSAGE(resumed.code == done, resumed.err);
    REQUIRE(sweeps.sweep("b.h5").code == done);
    check_same(sweeps.path("a.h5"), sweeps.path("b.h5"));
}

TEST_CASE("a journal waits for the disk once in three quarters of a second, and says when that fails") {
    const Folder folder;
    Journal journal(folder.path / "a.h", "seed: 1\n", Journal::Begin::anew);
    journal.replay([](const Kept&) {});
    Watching watching(folder.path);
    const auto go_on = [&](int milliseconds) {
        journal.append({{1, 2, 3}, ""});
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        journal.breathe();
    };
    go_on(800);
    CHECK(watching.mine.calls == std::vector<std::string>{"a.h.journal: a.h.journal"});
    go_on(0);  // too soon even to be written
    CHECK(watching.mine.calls.size() == 1);
    watching.mine.fails = true;
    CHECK_THROWS_WITH_AS(go_on(800), doctest::Contains("a.h.journal: Input/output error; what was done before is kept"),
                         std::runtime_error);
}

}  // namespace multivector
