// What compare says of designs: sentences, tables, the map and the warnings, through the program.
#include <doctest/doctest.h>

#include <fstream>

#include "answer.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

const std::string minimal = (std::filesystem::path(MULTIVECTOR_SOURCE) / "scenarios" / "minimal.yaml").string();

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What compare says of a design of minimal.yaml.
std::string compared(const Folder& folder, const std::string& rest, std::vector<std::string> sweep = {"-n", "4"},
                     const std::vector<std::string>& compare = {}) {
    const std::string result = (folder.path / "r.h5").string();
    std::ofstream(folder.path / "d.yaml") << "scenario: " << minimal << "\n" << rest;
    sweep.insert(sweep.begin(), {"sweep", (folder.path / "d.yaml").string(), "-o", result, "--quiet", "--force"});
    const Answer swept = answer(sweep);
    CAPTURE(swept.err);
    REQUIRE(swept.code == done);
    std::vector<std::string> words{"compare", result};
    words.insert(words.end(), compare.begin(), compare.end());
    const Answer said = answer(words);
    CAPTURE(said.err);
    REQUIRE(said.code == done);
    return said.out;
}

const std::string ablation =
    "kind: ablate\naxes: {connectivity_demand: [0, 1]}\nmechanisms:\n  outside options: {bargaining.rivals: off}\n"
    "  linkage: {partners.*.linkage: 0}\n";

}  // namespace

TEST_CASE("an ablation is a sentence of parts that sum to the effect, and its table says what it leaves out") {
    const Folder folder;
    const std::string text = compared(folder, ablation, {"-n", "20"});
    CHECK(says(text, "- Of the effect of connectivity_demand 0 to 1 on net_gain, "));
    CHECK(says(text, "- Of the effect of connectivity_demand 0 to 1 on surplus_share, "));
    CHECK(says(text, ", linkage 0"));
    CHECK(says(text, " and what is left with all of them off is "));
    CHECK(says(text, "contribution to the effect of connectivity_demand 0 to 1 of what runs through"));
    CHECK(says(text, "  (none of them) "));
    CHECK(says(text, "settings left out that have the same numbers as one above)"));
    CHECK(says(text, "  outside options off, linkage off "));  // what is left has its own row
    const std::string single =
        compared(folder, ablation + "subsets: single\nover: {bargaining.rival_offer: [0.2, 0.8]}\n");
    CHECK(says(single,
               "- Switched off alone, mechanisms take from the effect of connectivity_demand 0 to 1 on net_gain, at "
               "bargaining.rival_offer 0.2, "));
    CHECK(says(single, "These are taken one by one and need not sum to it."));
}

TEST_CASE("a list is every world against the first") {
    const Folder folder;
    std::ofstream(folder.path / "rows.csv") << "connectivity_demand,bargaining.rival_offer\n0,0.6\n1,0.6\n1,1\n";
    const std::string text = compared(folder, "kind: list\nrows: rows.csv\n");
    CHECK(says(text, "- Going from the first world to another, in 2 settings: net_gain "));
    CHECK(says(text, "effect of world against the first"));
    CHECK(says(text, "  connectivity_demand 1, bargaining.rival_offer 1 "));
    std::ofstream(folder.path / "rows.csv")
        << "bargaining.rival_offer\n0\n.1\n.2\n.3\n.4\n.5\n.6\n.7\n.8\n.9\n.92\n.94\n.96\n.98\n";
    CHECK(says(compared(folder, "kind: list\nrows: rows.csv\n"),
               "  cell  bargaining.rival_offer: 0, .1, .2, .3, .4, .5, "
               ".6, .7, .8, .9, .92, .94 and 2 more\n"));
    std::ofstream(folder.path / "rows.csv") << "connectivity_demand\n1\n";
    CHECK(says(compared(folder, "kind: list\nrows: rows.csv\n"), "this design has one world: nothing is compared"));
}

TEST_CASE("a map counts what a moderator does in every setting, and names the settings that are few") {
    const Folder folder;
    const std::string text =
        compared(folder,
                 "kind: grid\naxes: {connectivity_demand: [0, 0.5, 1], bargaining.rivals: [off, on]}\n"
                 "over: {bargaining.rival_offer: [0, 0.5, 1]}\nsmallest_effect: {net_gain: 0.1}\n",
                 {"-n", "20"});
    CHECK(says(text, "- Moving connectivity_demand 0 to 0.5 or 1, in 12 settings: "));
    CHECK(says(text,
               "- When bargaining.rivals goes from off to on, in 6 settings: the effect of connectivity_demand 0 to "
               "0.5 or 1 on "
               "net_gain "));
    CHECK(says(
        text,
        "map: what bargaining.rivals off to on does to the effect of connectivity_demand on net_gain, in 6 settings"));
    CHECK(says(text, "  undetermined  "));
    CHECK(says(text, "these were chosen, share their luck, and may repeat each other"));
    CHECK(says(text, "    connectivity_demand 0 to 0.5, bargaining.rival_offer 1"));
}

TEST_CASE("an amplification that is a mean over another moderator says so, and so does one replication") {
    const Folder folder;
    const std::string rest =
        "kind: factorial\naxes: {connectivity_demand: [0, 1], bargaining.rivals: [off, on], oil_fund_capacity: [0, "
        "1]}\n";
    CHECK(says(compared(folder, rest), "goes from off to on, on average over oil_fund_capacity, the effect of "));
    const std::string once = compared(folder, rest, {"-n", "1"});
    CHECK(says(once, "has one replication and no interval in 4"));
    const std::string twin = "kind: twin\naxes: {connectivity_demand: [0, 1]}\n";
    CHECK(says(compared(folder, twin, {"-n", "1"}), " in the only replication, which says nothing about its sign"));
    CHECK(says(compared(folder, twin, {"-n", "20"}, {"--smallest-effect", "net_gain=1e6"}),
               ", which is less than the smallest of interest"));
    CHECK(says(
        compared(folder, "kind: twin\naxes: {placebo: [0, 1]}\n"),
        "- Moving placebo 0 to 1 changes net_gain in no replication; it changes surplus_share in no replication."));
}

TEST_CASE("a report says how replications were found, whose share is missing, and where the same luck gained nothing") {
    const Folder folder;
    const std::string twin = "kind: twin\naxes: {connectivity_demand: [0, 1]}\n";
    CHECK(says(compared(folder, twin, {"--precision", "1000"}), "replications as many as a precision of 1000"));
    CHECK(says(compared(folder, twin, {"--precision", "1e-9", "--most", "25"}), "it was NOT reached"));
    std::ofstream(folder.path / "short.yaml") << "extends: " << minimal << "\nclock: {ticks: 1}\n";
    std::ofstream(folder.path / "other.yaml") << "extends: short.yaml\nbargaining: {rival_offer: 0.9}\n";
    const std::string brief =
        compared(folder, "kind: twin\naxes: {scenario: [short.yaml, other.yaml]}\n", {"-n", "30"});
    CHECK(says(brief, "  n of surplus_share"));
    const std::string two =
        compared(folder,
                 "kind: grid\naxes: {connectivity_demand: [0, 0.5, 1, 2], bargaining.rivals: [off, on]}\n"
                 "over: {bargaining.rival_offer: [0, 0.2, 0.4, 0.6, 0.8, 1]}\n",
                 {"-n", "2"});
    CHECK(says(two, "warning: the same luck gained nothing for "));
    CHECK(says(two, " more\n"));
}

TEST_CASE("two files: unpaired runs are counted, and what differs in one pair says nothing about a sign") {
    const Folder folder;
    const auto run = [&](const std::string& name, const std::string& demand, const std::string& count) {
        const std::string path = (folder.path / name).string();
        REQUIRE(answer({"run", minimal, "-n", count, "--set", "connectivity_demand=" + demand, "-o", path, "--quiet"})
                    .code == done);
        return path;
    };
    const std::string with = run("a.h5", "1", "3"), without = run("b.h5", "0", "1");
    const std::string text = answer({"compare", with, without, "--smallest-effect", "net_gain=1e-9"}).out;
    CHECK(says(text, "1 pair of seed "));
    CHECK(says(text, "(unpaired: 2 in A, 0 in B)"));
    CHECK(says(text, "in the only pair, which says nothing about its sign"));
    const std::string again = run("c.h5", "0", "30"), many = run("d.h5", "1", "30");
    CHECK(says(answer({"compare", many, again, "--smallest-effect", "net_gain=1e-9"}).out,
               "net_gain: the effect is larger than the smallest of interest"));
    CHECK(says(answer({"compare", with, again, "--format", "json"}).out, "a.h5 minus "));
}

TEST_CASE("a sweep of too many runs, and a precision that is none, are refused") {
    const Folder folder;
    std::ofstream(folder.path / "d.yaml")
        << "scenario: " << minimal << "\nkind: twin\nreplications: 9000000\naxes: {connectivity_demand: [0, 1]}\n";
    const std::string file = (folder.path / "d.yaml").string();
    const Answer many = answer({"sweep", file});
    CHECK(many.code == bad_input);
    CHECK(says(many.err, "the design has 2 rows: more than 5000000 replications of each are too many for one file"));
    std::ofstream(folder.path / "d.yaml")
        << "scenario: " << minimal << "\nkind: twin\naxes: {connectivity_demand: [0, 1]}\n";
    CHECK(says(answer({"sweep", file, "--precision", "none"}).err, "--precision 'none' is no number above 0"));
}

}  // namespace multivector
