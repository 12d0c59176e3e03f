// What a scenario's years say that its author may not have meant.
#include "time_notes.hpp"

#include "input_folder.hpp"

using namespace multivector;

namespace {

std::vector<std::string> notes_on(const std::string& text, std::size_t most = 9) {
    const InputFolder folder;
    return time_notes(folder.load("extends: base.yaml\n" + text).scenario, most);
}

}  // namespace

TEST_CASE("a clock that stays within its records and points gives no note") {
    CHECK(notes_on("").empty());
    CHECK(notes_on("clock: {start_year: 2000, ticks: 16}\nfund: {present: off}\n"
                   "oil: {price: {record: {file: data.csv, variable: price}}}\n")
              .empty());
}

TEST_CASE("a path that the clock takes beyond its points is named with the years, the longest first") {
    const std::string text =
        "clock: {start_year: 1995, ticks: 40}\n"
        "oil: {price: {record: {file: data.csv, variable: price}}, output: {points: {1996: 1, 2010: 2}}}\n";
    const std::string both = "beyond their points these paths keep the first or last value: ";
    CHECK(notes_on(text) == std::vector<std::string>{both + "oil.price (5 years before 2000, 1 year after 2003), "
                                                            "oil.output (1 year before 1996)"});
    CHECK(notes_on(text, 1) ==
          std::vector<std::string>{both + "oil.price (5 years before 2000, 1 year after 2003) and 1 more"});
}

TEST_CASE("steps and a fund beyond the clock are named") {
    CHECK(notes_on("clock: {start_year: 2000, ticks: 8}\noil: {price: {shape: step, before: 20, level: 50, year: "
                   "2050}}\nfund: {start_year: 2150}\n") ==
          std::vector<std::string>{"the clock, 2000 to 2002, does not reach these steps: oil.price in 2050",
                                   "the fund saves nothing: fund.start_year is 2150, and the clock runs from 2000 to "
                                   "2002"});
}
