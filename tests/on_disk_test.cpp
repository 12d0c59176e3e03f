// Machines that die: what a sweep says is done must be on the disk, and in which order. The program's calls of fsync
// come here first, as tests and program are one executable.
#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <thread>

#include "journal.hpp"
#include "sweeps.hpp"

namespace {

namespace fs = std::filesystem;

/// What stood in the folder whenever the program waited for the disk, of a journal or of all else; the disk may fail.
struct Watch {
    fs::path folder;
    bool journal = false, fails = false;
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
    const fs::path file = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor));
    if (watch != nullptr && watch->journal == (file.extension() == ".journal")) {
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
    explicit Watching(const fs::path& folder) : mine{folder, false, false, {}} { watch = &mine; }
    ~Watching() { watch = nullptr; }
    Watching(const Watching&) = delete;
    Watch mine;
};

}  // namespace

TEST_CASE("a result is on the disk before it has its name, and its name before the journal goes") {
    const Sweeps sweeps("summary");
    Watching watching(sweeps.folder.path);
    REQUIRE(sweeps.sweep("a.h").code == done);
    CHECK(watching.mine.calls == std::vector<std::string>{"folder: a.h.journal d.yaml",
                                                          ".a.h..partial: .a.h..partial a.h.journal d.yaml",
                                                          "folder: a.h a.h.journal d.yaml"});
    CHECK(files_in(sweeps.folder.path) == "a.h d.yaml");
}

TEST_CASE("a disk that cannot keep what it took ends a sweep with the reason, and loses nothing of it") {
    const Sweeps sweeps("summary");
    {
        Watching watching(sweeps.folder.path);
        watching.mine.fails = true;
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

namespace {

/// A journal that is watched, and when it was last put on the disk.
struct WatchedJournal {
    WatchedJournal() {
        watching.mine.journal = true;
        begun = std::chrono::steady_clock::now();
        journal.emplace(output, "seed: 1\n", Journal::Begin::resume);
        journal->replay([](const Kept&) {});
    }
    void append() { journal->append({{1, 2, 3}, ""}); }
    void breathe_after(int milliseconds) {
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        journal->breathe();
    }
    bool soon() const { return std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(700); }
    std::size_t times() const { return watching.mine.calls.size(); }

    Folder folder;
    fs::path output = folder.path / "a.h";
    Watching watching{folder.path};
    std::chrono::steady_clock::time_point begun;
    std::optional<Journal> journal;
};

}  // namespace

TEST_CASE(
    "a journal is on the disk when it begins and three quarters of a second after it grew, whether it grows or not") {
    WatchedJournal watched;
    CHECK(watched.times() == 1);
    watched.append();
    const auto before = fs::file_size(watched.folder.path / "a.h.journal");
    watched.breathe_after(300);
    CHECK(fs::file_size(watched.folder.path / "a.h.journal") > before);
    if (watched.soon()) CHECK(watched.times() == 1);
    watched.breathe_after(600);
    CHECK(watched.times() == 2);
    watched.breathe_after(800);  // nothing new
    CHECK(watched.times() == 2);
}

TEST_CASE("what the disk could not keep of a journal is not resumed from, what it kept is") {
    WatchedJournal watched;
    watched.append();
    watched.breathe_after(800);
    watched.watching.mine.fails = true;
    watched.append();
    CHECK_THROWS_WITH_AS(
        watched.breathe_after(800),
        doctest::Contains("a.h.journal: Input/output error; what was done before is kept: see to the disk and say"),
        std::runtime_error);
    watched.watching.mine.fails = false;
    watched.journal.reset();
    Journal again(watched.output, "seed: 1\n", Journal::Begin::resume);
    int found = 0;
    again.replay([&](const Kept&) { ++found; });
    CHECK(found == 1);
}

}  // namespace multivector
