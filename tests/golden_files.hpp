// The golden worlds: the files of tests/golden.
//
// Each begins with comments that say what the world is there for, the scenario file (from the root of the project) and
// any assignments, a line each. What follows is the record; `golden write` writes it.
#pragma once

#include <filesystem>
#include <fstream>

#include "golden_text.hpp"
#include "scenario_reader.hpp"

namespace multivector {

struct GoldenWorld {
    std::filesystem::path file;
    std::string name, head;  ///< of the file; the lines before the record
    Scenario scenario;
    GoldenRecord record;  ///< empty when none was written yet
};

inline GoldenWorld load_golden(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::ostringstream all;
    all << in.rdbuf();
    const std::string text = all.str();
    const std::size_t end = std::min(text.find("\nseed "), text.size() - 1) + 1;
    GoldenWorld world{file, file.stem().string(), text.substr(0, end), {}, {}};
    std::string scenario, line;
    std::vector<std::string> sets;
    for (std::istringstream head(world.head); std::getline(head, line);) {
        if (line.starts_with("scenario ")) scenario = line.substr(9);
        if (line.starts_with("set ")) sets.push_back(line.substr(4));
    }
    world.scenario = load_scenario(std::filesystem::path(MULTIVECTOR_SOURCE) / scenario, sets).scenario;
    std::istringstream rest(text.substr(end));
    world.record = read_record(rest);
    return world;
}

/// All of them, by name.
inline std::vector<GoldenWorld> golden_worlds() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(MULTIVECTOR_SOURCE "/tests/golden"))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<GoldenWorld> worlds;
    for (const auto& file : files) worlds.push_back(load_golden(file));
    return worlds;
}

}  // namespace multivector
