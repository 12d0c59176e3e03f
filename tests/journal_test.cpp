// The journal beside an unfinished sweep: whatever happens to it, what is read from it is right.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cmath>
#include <limits>

#include "full_disk.hpp"
#include "journal.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

const std::string identity = "program: a\nseed: 0x1\n";

Kept entry(int number) {
    Kept recorded;
    for (int i = 0; i < number % 4; ++i) recorded.values.push_back(number + 1.0 / (i + 3));
    if (number % 3 == 1) recorded.values.push_back(-0.0);
    if (number % 5 == 2) recorded.values.push_back(std::numeric_limits<double>::quiet_NaN());
    if (number % 4 == 3) recorded.failure = std::string(static_cast<std::size_t>(number), 'f');
    return recorded;
}

std::string bytes_of(const Kept& recorded) {
    return std::string(reinterpret_cast<const char*>(recorded.values.data()), recorded.values.size() * sizeof(double)) +
           "|" + recorded.failure;
}

/// Resumes the journal; what it held, one text for each entry.
std::vector<std::string> resumed(const fs::path& output, int append_from = 0, int append_to = 0) {
    std::vector<std::string> held;
    Journal journal(output, identity, Journal::Begin::resume);
    journal.replay([&](const Kept& recorded) { held.push_back(bytes_of(recorded)); });
    for (int i = append_from; i < append_to; ++i) journal.append(entry(i));
    return held;
}

/// A journal of `blocks` blocks of three entries each.
fs::path written(const Folder& folder, int blocks) {
    const fs::path output = folder.path / "a.h5";
    for (int b = 0; b < blocks; ++b)
        REQUIRE(resumed(output, 3 * b, 3 * b + 3).size() == static_cast<std::size_t>(3 * b));
    return output;
}

std::vector<std::string> expected(std::size_t entries) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < entries; ++i) texts.push_back(bytes_of(entry(static_cast<int>(i))));
    return texts;
}

void put(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::string complaint(const fs::path& output, const std::string& about, Journal::Begin begin) {
    try {
        const Journal journal(output, about, begin);
        return "";
    } catch (const InputError& error) {
        return error.message();
    }
}

}  // namespace

TEST_CASE("a journal gives back what was put into it, to the bit, and goes on") {
    const Folder folder;
    const fs::path output = written(folder, 4);
    CHECK(resumed(output) == expected(12));
}

TEST_CASE("wherever a journal is cut off, the blocks before are kept, and what is appended then is kept too") {
    const Folder folder;
    const fs::path output = written(folder, 3), path = Journal::path_of(output);
    const std::string whole = file_bytes(path);
    std::size_t most = 0;
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        CAPTURE(length);
        put(path, whole.substr(0, length));
        const std::vector<std::string> held = resumed(output);
        REQUIRE(held == expected(held.size()));
        REQUIRE(held.size() % 3 == 0);
        REQUIRE(held.size() >= most);
        most = held.size();
        put(path, whole.substr(0, length));
        REQUIRE(resumed(output, static_cast<int>(most), 11).size() == most);
        REQUIRE(resumed(output) == expected(11));
    }
    CHECK(most == 9);
}

TEST_CASE("a flipped byte in a journal loses entries but never gives a wrong one") {
    const Folder folder;
    const fs::path output = written(folder, 3), path = Journal::path_of(output);
    const std::string whole = file_bytes(path);
    std::size_t refused = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        CAPTURE(at);
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
        put(path, bytes);
        try {
            const std::vector<std::string> held = resumed(output);
            REQUIRE(held.size() < 9);
            REQUIRE(held == expected(held.size()));
        } catch (const InputError&) {
            ++refused;  // it no longer says that it is a journal
        }
    }
    CHECK(refused == std::string("multivector journal 1\n").size());
}

TEST_CASE("a journal that somebody has is refused to everybody else, and free when they are gone") {
    const Folder folder;
    const fs::path output = folder.path / "a.h5";
    {
        const Journal journal(output, identity, Journal::Begin::anew);
        for (const auto begin : {Journal::Begin::anew, Journal::Begin::resume, Journal::Begin::replace})
            CHECK(complaint(output, identity, begin) == "another process is writing it");
    }
    CHECK(folder.files().empty());
    CHECK(complaint(output, identity, Journal::Begin::anew).empty());
}

TEST_CASE("what was begun is neither overwritten nor resumed as something else unless that is said") {
    const Folder folder;
    const fs::path output = written(folder, 1);
    CHECK(complaint(output, identity, Journal::Begin::anew) ==
          "a sweep to this file was begun and is not finished: --resume goes on with it, --force begins again");
    CHECK(
        complaint(output, "program: b\nseed: 0x2\n", Journal::Begin::resume) ==
        "the sweep that was begun cannot be resumed: its program is another (a, not b), its seed is another (0x1, not "
        "0x2); --force begins again");
    CHECK(resumed(output) == expected(3));
    CHECK(complaint(output, identity, Journal::Begin::replace).empty());
    CHECK(folder.files().empty());
}

TEST_CASE("a file of that name that is no journal is left alone") {
    const Folder folder;
    const fs::path output = folder.path / "a.h5";
    put(Journal::path_of(output), "notes of mine\n");
    for (const auto begin : {Journal::Begin::anew, Journal::Begin::resume, Journal::Begin::replace})
        CHECK(complaint(output, identity, begin).ends_with("a.h5.journal beside it is no journal"));
    CHECK(file_bytes(Journal::path_of(output)) == "notes of mine\n");
    fs::remove(Journal::path_of(output));
    REQUIRE(mkfifo(Journal::path_of(output).c_str(), 0600) == 0);
    CHECK(complaint(output, identity, Journal::Begin::resume).ends_with("a.h5.journal is not a regular file"));
    CHECK(fs::is_fifo(Journal::path_of(output)));
}

TEST_CASE("on a full disk a journal does not begin, or keeps what it could write") {
    const Folder folder;
    const fs::path output = folder.path / "a.h5";
    {
        const FullDisk disk(20);
        CHECK_THROWS_WITH_AS(Journal(output, identity, Journal::Begin::anew), doctest::Contains("File too large"),
                             std::runtime_error);
    }
    CHECK(folder.files().empty());
    written(folder, 2);
    {
        const FullDisk disk(fs::file_size(Journal::path_of(output)) + 20);
        CHECK(resumed(output, 6, 9) == expected(6));
    }
    CHECK(resumed(output) == expected(6));
}

}  // namespace multivector
