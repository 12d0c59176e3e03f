// Wrong input, beyond the files and command lines of tests/wrong: what only code can say.
#include <sys/stat.h>

#include "input_folder.hpp"

using namespace multivector;

TEST_CASE("a path's value is refused when its shape ignores it, and taken when the shape comes with it") {
    const InputFolder folder;
    const std::string step = "extends: base.yaml\noil: {price: {shape: step, before: 20, level: 50, year: 2010}}\n";
    CHECK(folder.complaint(step) == "");
    CHECK(folder.complaint(step, {"oil.price.steepness=1"}) != "");
    CHECK(folder.complaint(step, {"oil.price.steepness=1", "oil.price.shape=logistic"}) == "");
}

TEST_CASE("a shape set on the command line outweighs the level that the file gives") {
    const InputFolder folder;
    const std::string both =
        "extends: base.yaml\noil: {price: {shape: constant, level: 50, record: {file: data.csv, variable: price}}}\n";
    CHECK(folder.complaint(both) == "");
    CHECK(folder.complaint(both, {"oil.price.shape=historical"}) == "");
    CHECK(folder.complaint(both, {"oil.price.shape=historical", "oil.price.level=60"}) != "");
}

TEST_CASE("a name may be set for all and then for one, but nothing twice") {
    const InputFolder folder;
    const auto loaded = folder.load("extends: base.yaml\n", {"partners.*.finance=3", "partners.West.finance=4"});
    CHECK(loaded.scenario.partners[0].finance.path.level == 3);
    CHECK(loaded.scenario.partners[1].finance.path.level == 4);
    CHECK(folder.complaint("extends: base.yaml\n", {"partners.West.finance=4", "partners.West.finance.level=4"}) != "");
}

TEST_CASE("an assignment to nothing is no assignment") {
    const InputFolder folder;
    for (const char* set : {"", "=", "=1", " =1", "\t = 1", "fund.floor"})
        CHECK(folder.complaint("extends: base.yaml\n", {set}).find("expected key=value") != std::string::npos);
}

TEST_CASE("a name is missed in a world that has none of its kind") {
    const InputFolder folder;
    CHECK(folder.complaint("sectors: {m: {}}\nregions: {N: {}}\n", {"partners.East.finance=1"})
              .find("no parameter 'partners.East.finance'; 'partners' holds no name") != std::string::npos);
}

TEST_CASE("a resolved scenario names no other file") {
    const auto refused = [](const std::string& text) {
        try {
            load_resolved_text(text, "result.h5:resolved");
            return std::string();
        } catch (const InputError& error) {
            return error.message();
        }
    };
    const std::string alone = "a resolved scenario stands alone; it can name no file";
    CHECK(refused("extends: base.yaml\n") == alone);
    CHECK(refused("fund: {floor: {record: a, file: data.csv, year: 2000}}\n") == alone);
    CHECK(refused("borders: {file: near.csv}\n") == alone);
    CHECK(refused("") == "the file is empty");
}

TEST_CASE("a file that names a pipe is refused, not waited for") {
    const InputFolder folder;
    REQUIRE(mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
    CHECK(folder.complaint("extends: pipe\n").find("pipe: is a pipe or a device; save the text") != std::string::npos);
    CHECK(folder.complaint("extends: base.yaml\nfund: {floor: {record: x, file: pipe, year: 2000}}\n")
              .find("pipe: is a pipe or a device; save the text") != std::string::npos);
    CHECK(folder.complaint("extends: /dev/zero\n").find("is a pipe or a device; save the text") != std::string::npos);
}

TEST_CASE("what is huge is read in a moment or refused") {
    const InputFolder folder;
    CHECK(folder.complaint("title: " + std::string(2'000'000, 'a')) == "scenario.yaml: larger than 2 MB");
    std::string header = "year,variable,value,unit,source,quality", rows = header + "\n";
    for (int i = 0; i < 300'000; ++i) header += ",c" + std::to_string(i);
    folder.write("wide.csv", header + "\n");
    CHECK(read_csv(folder.path() / "wide.csv").header.size() == 300'006);
    for (int year = 1000; year < 9000; ++year)
        rows += std::to_string(year) + ",price,1,x," + std::string(1000, 's') + std::to_string(year) + ",verified\n";
    folder.write("long.csv", rows);
    CHECK(read_series(folder.path() / "long.csv", "price").points.size() == 8000);
}

TEST_CASE("the caret stands under the column, whatever stands before it") {
    const InputError wide("f", 1, 4, "m", "żó\tx");
    CHECK(std::string(wide.what()) == "f:1:4: m\n  żó\tx\n    \t^");
    const InputFolder folder;
    const std::string text = "extends: base.yaml\npartners: {Żółć: {new: yes, flor: 1}}\n";
    CHECK(folder.complaint(text).find("scenario.yaml:2:29: unknown key 'flor' in 'partners.Żółć'") == 0);
    const InputError cut("f", 1, 501, "m", std::string(500, 'a') + "b" + std::string(500, 'c'));
    const std::string said = cut.what(), last = said.substr(said.rfind('\n') + 1);
    const std::string shown = said.substr(said.find('\n') + 1, said.rfind('\n') - said.find('\n') - 1);
    CHECK(shown.at(last.find('^')) == 'b');
    CHECK(shown.size() < 155);
}
