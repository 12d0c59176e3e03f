// A temporary folder of input files, and a small scenario in it, for the tests of reading.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "scenario_reader.hpp"

namespace multivector {

/// Removed with everything in it when the test ends.
class InputFolder {
 public:
    InputFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "multivector-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
        write("base.yaml", base);
        write("data.csv", data);
    }
    ~InputFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    InputFolder(const InputFolder&) = delete;
    InputFolder& operator=(const InputFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

    LoadedScenario load(const std::string& text, const std::vector<std::string>& sets = {}) const {
        return load_scenario(write("scenario.yaml", text), sets);
    }

    /// What loading says, without the folder's name; empty when it says nothing.
    std::string complaint(const std::string& text, const std::vector<std::string>& sets = {}) const {
        try {
            load(text, sets);
            return "";
        } catch (const InputError& error) {
            std::string said = error.what();
            const std::string folder = path_.string() + "/";
            for (std::size_t at = said.find(folder); at != std::string::npos; at = said.find(folder))
                said.erase(at, folder.size());
            return said;
        }
    }

    static constexpr const char* base =
        "title: base\n"
        "oil: {price: 60, output: 20}\n"
        "sectors: {mines: {}, farms: {}}\n"
        "routes: {sea: {cost: 400}, road: {crosses_host: on, cost: 100}}\n"
        "partners: {East: {finance: 1}, West: {finance: 2}}\n"
        "regions: {North: {}, South: {}}\n";

    static constexpr const char* data =
        "year,variable,value,unit,source,quality\n"
        "2001,price,40,x,\"Office, yearbook\",recalled\n"
        "2000,price,20,x,\"Office, yearbook\",verified\n"
        "1990-1999,price,9,x,Span,verified\n"
        "2003,price,30,x,Agency,verified\n"
        "2000,index,50,x,Bureau,verified\n"
        "2001,index,100,x,Bureau,verified\n"
        "2003,index,200,x,Bureau,verified\n";

 private:
    std::filesystem::path path_;
};

}  // namespace multivector
