// multivector export: which files the folder holds, and what becomes of it when something is in the way.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "csv.hpp"
#include "exported_result.hpp"
#include "full_disk.hpp"
#include "hdf5_dataset.hpp"
#include "output_folder.hpp"
#include "result_difference.hpp"
#include "scenario_reader.hpp"

namespace multivector {

namespace fs = std::filesystem;

TEST_CASE("only what was recorded is exported, and what was not is asked for by its level") {
    const ExportedResult result(small_scenario(), Record::summary);
    REQUIRE(result.exported().code == 0);
    for (const char* name : {"series.csv", "deals.csv"}) CHECK(!fs::exists(result.csv / name));
    for (const char* name : {"summary.csv", "summary_by_region.csv", "codebook.csv", "parameters.csv"})
        CHECK(fs::exists(result.csv / name));
    CHECK(result.exported({"--force", "--tables", "series_by_partner"}).err.find("--record series") !=
          std::string::npos);
    CHECK(result.exported({"--force", "--tables", "deals"}).err.find("--record deals") != std::string::npos);
    CHECK(fs::exists(result.csv / "summary.csv"));
}

TEST_CASE("only the tables asked for are written and described") {
    const ExportedResult result(small_scenario());
    REQUIRE(result.exported({"--tables", "deals,summary"}).code == 0);
    std::set<std::string> files, described;
    for (const auto& entry : fs::directory_iterator(result.csv)) files.insert(entry.path().stem().string());
    CHECK(files == std::set<std::string>{"codebook", "deals", "parameters", "scenario", "summary"});
    for (const CsvRow& row : read_csv(result.csv / "codebook.csv").rows) described.insert(row.cells[0]);
    CHECK(described == std::set<std::string>{"deals", "parameters", "summary"});
}

TEST_CASE("the exported scenario is a scenario file, and its run is the result again, bit for bit") {
    const ExportedResult result(small_scenario());
    REQUIRE(result.exported().code == 0);
    const LoadedScenario loaded = load_scenario(result.csv / "scenario.yaml", {});
    const ResultFile file(result.file);
    CHECK(loaded.resolved == file.scenario_resolved());
    const fs::path again = result.folder.path / "again.h5";
    write_result(again, prepare(loaded.scenario), export_origin(loaded.scenario, Record::full));
    CHECK(difference(file, ResultFile(again), 0).verdict == Verdict::bit_identical);
}

TEST_CASE("worlds with no partner, no deal or a single tick give whole tables") {
    Scenario no_deals = small_scenario(), one_tick = small_scenario(1, 1, 1);
    no_deals.projects.arrival_scale = 0;
    one_tick.clock.ticks = 1;
    for (const Scenario& scenario : {no_deals, one_tick}) {
        const ExportedResult result(scenario, Record::full, 1);
        REQUIRE(result.exported().code == 0);
        CHECK(read_csv(result.csv / "summary.csv").rows.size() == 1);
        CHECK(read_csv(result.csv / "series.csv").rows.size() == static_cast<std::size_t>(scenario.clock.ticks));
        CHECK(read_csv(result.csv / "deals.csv").header.size() > 20);
    }
    const Folder folder;
    write_result(folder.path / "a.h5", prepare(small_scenario(0)), export_origin(small_scenario(), Record::full, 2));
    REQUIRE(answer({"export", "--quiet", (folder.path / "a.h5").string(), "--csv", "-o", (folder.path / "t").string()})
                .code == 0);
    CHECK(read_csv(folder.path / "t/series_by_partner.csv").rows.empty());
    CHECK(read_csv(folder.path / "t/summary.csv").rows.size() == 2);
}

TEST_CASE("what somebody put into the file themselves is not exported") {
    const ExportedResult result(small_scenario(), Record::summary);
    const hid_t file = H5Fopen(result.file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    for (const char* name : {"notes", "notes/more"})
        H5Gclose(H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    hdf5::write_text(file, "comment", "mine", "a remark");
    H5Fclose(file);
    CHECK(result.exported().code == 0);
    CHECK(!fs::exists(result.csv / "notes.csv"));
}

TEST_CASE("bad input to export is refused with a reason") {
    const ExportedResult result(small_scenario(), Record::summary);
    const std::string file = result.file.string(), csv = result.csv.string();
    const auto refused = [](const std::vector<std::string>& words, const std::string& reason) {
        std::vector<std::string> all{"export", "--quiet"};
        all.insert(all.end(), words.begin(), words.end());
        const Answer said = answer(all);
        CHECK(said.code == 2);
        CHECK_MESSAGE(said.err.find(reason) != std::string::npos, said.err);
    };
    refused({file}, "--csv");
    refused({"--csv"}, "one result file");
    refused({csv, "--csv"}, "no such file");
    refused({file, "--csv", "--tables", "sumary"}, "summary");
    refused({file, "--csv", "--parameters", "oil_fund_capasity"}, "oil_fund_capacity");
    refused({file, "--csv", "-o", file}, "no folder");
    refused({file, "--csv", "-o", result.folder.path.string()}, "exists");
    refused({file, "--csv", "-o", csv + "/deeper"}, "does not exist");
    refused({file, "--csv", "-o", "."}, "no name of a folder");
    CHECK(result.folder.files() == std::vector<std::string>{"a.h5"});
}

TEST_CASE("an earlier export stays unless forced; a folder that holds anything else is never replaced") {
    const ExportedResult result(small_scenario());
    REQUIRE(result.exported().code == 0);
    const std::string before = file_bytes(result.csv / "deals.csv");
    CHECK(result.exported().code == 2);
    CHECK(file_bytes(result.csv / "deals.csv") == before);
    CHECK(result.exported({"--force", "--tables", "summary"}).code == 0);
    CHECK(!fs::exists(result.csv / "deals.csv"));  // of the export before; the codebook would not know it
    std::ofstream(result.csv / "thesis.csv") << "precious";
    const Answer said = result.exported({"--force"});
    CHECK(said.code == 2);
    CHECK_MESSAGE(said.err.find("thesis.csv") != std::string::npos, said.err);
    CHECK(file_bytes(result.csv / "thesis.csv") == "precious");
    CHECK(result.folder.files().size() == 2);
    fs::create_directory(result.folder.path / "empty");
    CHECK(answer({"export", "--quiet", result.file.string(), "--csv", "-o", (result.folder.path / "empty/").string()})
              .code == 0);
}

TEST_CASE("what a killed export left is removed, and what it had set aside is put back") {
    const ExportedResult result(small_scenario());
    const auto beside = [&](pid_t process, const std::string& ending) {
        return result.folder.path / (".tables." + std::to_string(process) + ending);
    };
    const pid_t killed = fork();
    if (killed == 0) {
        const OutputFolder folder(result.csv, false, [](const fs::path&) { return ""; });
        std::ofstream(folder / "half.csv") << "half";
        raise(SIGKILL);
    }
    REQUIRE(waitpid(killed, nullptr, 0) == killed);
    REQUIRE(fs::exists(beside(killed, ".partial") / "half.csv"));
    fs::create_directory(beside(1, ".partial"));  // of a process that lives
    REQUIRE(result.exported().code == 0);
    CHECK(!fs::exists(beside(killed, ".partial")));
    CHECK(fs::exists(beside(1, ".partial")));

    const std::string before = file_bytes(result.csv / "deals.csv");
    for (const pid_t process : {killed, getpid()}) {
        fs::rename(result.csv, beside(process, ".old"));
        const Answer said = result.exported();
        CHECK(said.code == 2);
        CHECK(said.err.find("the output exists") != std::string::npos);
        CHECK(file_bytes(result.csv / "deals.csv") == before);
        CHECK(!fs::exists(beside(process, ".old")));
    }
    fs::rename(result.csv, beside(1, ".old"));
    CHECK(result.exported().code == 0);
    CHECK(fs::exists(beside(1, ".old") / "deals.csv"));
    fs::copy(result.csv, beside(killed, ".old"));
    CHECK(result.exported({"--force"}).code == 0);
    CHECK(!fs::exists(beside(killed, ".old")));
    CHECK(result.folder.files().size() == 4);
}

TEST_CASE("a folder that a process elsewhere still fills is left alone, though its number is nobody's here") {
    const ExportedResult result(small_scenario());
    const pid_t gone = fork();
    if (gone == 0) _exit(0);
    REQUIRE(waitpid(gone, nullptr, 0) == gone);
    const fs::path temporary = result.folder.path / (".tables." + std::to_string(gone) + ".partial");
    fs::create_directory(temporary);
    {
        const OutputLock lock(temporary);
        REQUIRE(lock.holds());
        CHECK(result.exported().code == 0);
        CHECK(fs::exists(temporary));
    }
    CHECK(result.exported({"--force"}).code == 0);
    CHECK(!fs::exists(temporary));
}

TEST_CASE("a disk that fills leaves nothing behind and says so") {
    const ExportedResult result(small_scenario());
    const Answer said = [&] {
        const FullDisk disk(100000);
        return result.exported();
    }();
    CHECK(said.code == 1);
    CHECK_MESSAGE(said.err.find("cannot write series.csv: File too large") != std::string::npos, said.err);
    CHECK(result.folder.files() == std::vector<std::string>{"a.h5"});
}

}  // namespace multivector
