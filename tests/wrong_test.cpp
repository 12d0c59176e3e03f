// No input breaks it: the wrong scenario files and command lines of tests/wrong, each beside the message it must give.
//
// To add one: write tests/wrong/name.yaml, run `multivector validate name.yaml 2>name.txt` in that folder, and read
// what it says as somebody who made the mistake. tests/wrong/accepted holds what looks odd and means the same as a
// plain file.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "answer.hpp"
#include "input_error.hpp"
#include "result_files.hpp"
#include "scenario_reader.hpp"

namespace multivector {

namespace {

namespace fs = std::filesystem;

const fs::path wrong = fs::path(MULTIVECTOR_SOURCE) / "tests" / "wrong";

/// Names without their ending of the files in a folder that end so.
std::set<std::string> names_ending(const fs::path& folder, const std::string& ending) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ending) names.insert(entry.path().stem().string());
    return names;
}

std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
}

/// What loading a file says, files named from the folder; "accepted" when it says nothing.
std::string complaint_about(const fs::path& file) {
    try {
        load_scenario(file, {});
        return "accepted\n";
    } catch (const InputError& error) {
        return without(error.what(), wrong.string() + "/") + "\n";
    }
}

/// The words of a command line; single quotes hold a word together.
std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    bool quoted = false, in_word = false;
    for (const char letter : line) {
        if (letter == '\'') {
            quoted = !quoted;
            if (!in_word) words.emplace_back();
            in_word = true;
        } else if (letter == ' ' && !quoted) {
            in_word = false;
        } else {
            if (!in_word) words.emplace_back();
            in_word = true;
            words.back() += letter;
        }
    }
    return words;
}

/// "$ multivector WORDS", the lines it says, "[exit code]".
struct CommandLine {
    std::string line, said;
    int code = 0;
};

std::vector<CommandLine> command_lines() {
    std::vector<CommandLine> all;
    std::istringstream text(file_bytes(wrong / "command_lines.txt"));
    const std::string prompt = "$ multivector ";
    bool open = false;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with(prompt)) {
            all.push_back({line.substr(prompt.size()), "", 0});
            open = true;
        } else if (open && line.starts_with("[") && line.ends_with("]")) {
            all.back().code = std::stoi(line.substr(1));
            open = false;
        } else if (open) {
            all.back().said += line + "\n";
        }
    }
    REQUIRE_FALSE(open);
    return all;
}

/// A copy of the small world and a result of it, to run commands in; what they name is relative to it.
class WorldFolder {
 public:
    WorldFolder() : before_(fs::current_path()) {
        fs::copy(wrong / "world", folder_.path, fs::copy_options::recursive);
        fs::current_path(folder_.path);
        const Answer run = answer({"run", "base.yaml", "-n", "2", "-o", "result.h5", "--quiet"});
        REQUIRE_MESSAGE(run.code == done, run.err);
    }
    ~WorldFolder() { fs::current_path(before_); }

    std::size_t size() const { return folder_.files().size(); }

 private:
    Folder folder_;
    fs::path before_;
};

}  // namespace

TEST_CASE("every wrong scenario has its message, and no message is left over") {
    const auto scenarios = names_ending(wrong, ".yaml");
    auto messages = names_ending(wrong, ".txt");
    messages.erase("command_lines");
    CHECK(scenarios == messages);
    CHECK(scenarios.size() >= 200);
}

TEST_CASE("every wrong scenario gives exactly its message") {
    for (const std::string& name : names_ending(wrong, ".yaml")) {
        CAPTURE(name);
        CHECK(complaint_about(wrong / (name + ".yaml")) == file_bytes(wrong / (name + ".txt")));
    }
}

TEST_CASE("every message points at a place or a file and stays on its line") {
    for (const std::string& name : names_ending(wrong, ".yaml")) {
        CAPTURE(name);
        const std::string said = file_bytes(wrong / (name + ".txt"));
        const auto lines = std::count(said.begin(), said.end(), '\n');
        CHECK((lines == 1 || lines == 3));
        CHECK((lines == 3) == said.ends_with("^\n"));
        CHECK(said.find(": ") != std::string::npos);
    }
}

TEST_CASE("odd files that mean the same as a plain one are accepted") {
    const std::string plain = load_scenario(wrong / "accepted" / "plain.yaml", {}).resolved;
    const auto names = names_ending(wrong / "accepted", ".yaml");
    CHECK(names.size() >= 12);
    for (const std::string& name : names) {
        CAPTURE(name);
        CHECK(load_scenario(wrong / "accepted" / (name + ".yaml"), {}).resolved == plain);
    }
}

TEST_CASE("a wrong command line gives exactly its message and code, and leaves nothing behind") {
    const WorldFolder folder;
    const std::size_t files = folder.size();
    const auto all = command_lines();
    CHECK(all.size() >= 60);
    std::set<std::string> seen;
    for (const CommandLine& command : all) {  // no structured binding: clang 14 cannot capture one
        CAPTURE(command.line);
        CHECK(seen.insert(command.line).second);
        const Answer said = answer(words_of(command.line));
        CHECK(said.err == command.said);
        CHECK(said.code == command.code);
        CHECK(command.code != 0);
        CHECK(said.out.empty());
        CHECK(folder.size() == files);
    }
}

TEST_CASE("what is too large to keep as a file is refused too") {
    const Folder folder;
    const auto said = [&](const std::string& text) {
        std::ofstream(folder.path / "large.yaml", std::ios::binary) << text;
        try {
            load_scenario(folder.path / "large.yaml", {});
            return std::string("accepted");
        } catch (const InputError& error) {
            return without(error.message(), folder.path.string() + "/");
        }
    };
    CHECK(said("title: " + std::string(11'000'000, 'a')) == "larger than 10 MB");
    CHECK(said("title: " + std::string(100'000, '[')) == "nested deeper than 64 levels");
    std::string many = "title: [", keys, lines;
    for (int i = 0; i < 200'001; ++i) many += "a,";
    CHECK(said(many + "]") == "more than 200000 values in one file");
    for (int i = 0; i < 90'000; ++i) keys += "k" + std::to_string(i) + ":\n";
    CHECK(said(keys).starts_with("unknown key 'k0' at the top level"));
    CHECK(said("title: a\n" + std::string(1'000'000, 'x') + ": 1\n").starts_with("not valid YAML: "));
}

}  // namespace multivector
