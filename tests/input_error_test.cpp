// Wrong input: every fault is one clear error that points at its place and says what would be right.
#include "input_folder.hpp"

using namespace multivector;

namespace {

struct Wrong {
    const char* text;  ///< after "extends: base.yaml", which is line 1
    const char* said;  ///< "line:column: message"
};

std::string line_of(const std::string& text, int number) { return std::string(SourceText{"", text}.line(number)); }

/// The whole error: position and message, the line, the caret.
std::string pointed(const std::string& file, const std::string& text, const std::string& said) {
    const int line = std::stoi(said), column = std::stoi(said.substr(said.find(':') + 1));
    return file + ":" + said + "\n  " + line_of(text, line) + "\n  " +
           std::string(static_cast<std::size_t>(column) - 1, ' ') + "^";
}

void check_all(const std::vector<Wrong>& mistakes) {
    const InputFolder folder;
    for (const Wrong& wrong : mistakes) {
        const std::string text = std::string("extends: base.yaml\n") + wrong.text + "\n";
        CHECK(folder.complaint(text) == pointed("scenario.yaml", text, wrong.said));
    }
}

/// A fault of the file as a whole, or of a file that it names.
void check_said(const std::string& text, const std::string& said) {
    const InputFolder folder;
    CHECK(folder.complaint(text) == said);
}

}  // namespace

TEST_CASE("an unknown key names the nearest valid key, here or elsewhere") {
    check_all({
        {"fund: {flor: 0.2}", "2:8: unknown key 'flor' in 'fund'; the nearest valid key is 'floor'"},
        {"floor: 0.2", "2:1: unknown key 'floor' at the top level; the nearest valid key is 'fund.floor'"},
        {"partners:\n  East:\n    conectivity_demand: 1",
         "4:5: unknown key 'conectivity_demand' in 'partners.East'; the nearest valid key is 'connectivity_demand'"},
        {"oil: {price: {shpe: step}}", "2:15: unknown key 'shpe' in 'oil.price'; the nearest valid key is 'shape'"},
        {"titel: x", "2:1: unknown key 'titel' at the top level; the nearest valid key is 'title'"},
        {"clock: {zzzzzz: 1}", "2:9: unknown key 'zzzzzz' in 'clock'; valid: start_year, ticks, dt"},
        {"regions: {North: {endowmnt: {mines: 1}}}",
         "2:19: unknown key 'endowmnt' in 'regions.North'; the nearest valid key is 'endowment'"},
        {"fund: {floor: {value: 0.1, sorce: x}}",
         "2:28: unknown key 'sorce' in 'fund.floor'; the nearest valid key is 'source'"},
    });
}

TEST_CASE("a value out of range is said with its range, unit and meaning") {
    check_all({
        {"fund: {memory: 9}",
         "2:16: 'fund.memory' is 9, outside 0.01 to 5 (unit year-1): speed at which the remembered oil revenue follows "
         "the "
         "actual one"},
        {"partners: {East: {linkage: -1.5}}",
         "2:28: 'partners.East.linkage' is -1.5, outside -1 to 1 (unit 1): share of the corridor's worth offered per "
         "dollar of "
         "corridor scale in other sectors"},
        {"clock: {ticks: {value: 5, range: [0, 9]}}",
         "2:35: 'clock.ticks' is 0, outside 1 to 100000 (unit 1): number of ticks in a run"},
        {"clock: {ticks: {value: 5, range: [6, 9]}}", "2:34: the range of 'clock.ticks' must contain its value, 5"},
        {"clock: {ticks: {value: 5, range: 6}}",
         "2:34: the range of 'clock.ticks' must be a list of two numbers, [low, high], not '6'"},
        {"oil: {price: {points: {2010: -1}}}", "2:23: 'oil.price' is -1 in 2010.5, outside 0 to 1000000"},
        {"oil: {price: {points: {1800: 1}}}",
         "2:24: a year of 'oil.price' must be a number from 1900 to 2200, not '1800'"},
    });
}

TEST_CASE("a value of the wrong kind is told what was expected") {
    const std::string ticks = ": number of ticks in a run";
    const std::string expected = "'clock.ticks' must be a whole number from 1 to 100000 (unit 1), not ";
    for (const auto& [value, named] : std::vector<std::pair<std::string, std::string>>{{"2.5", "'2.5'"},
                                                                                       {"many", "'many'"},
                                                                                       {"'7'", "the quoted text '7'"},
                                                                                       {".nan", "'.nan'"},
                                                                                       {"inf", "'inf'"},
                                                                                       {"1e999", "'1e999'"},
                                                                                       {"0x10", "'0x10'"},
                                                                                       {"1_000", "'1_000'"},
                                                                                       {"[7]", "a list"}}) {
        const std::string text = "clock: {ticks: " + value + "}", said = "2:16: " + expected + named + ticks;
        check_all({{text.c_str(), said.c_str()}});
    }
    check_all({
        {"clock: {ticks: }",
         "2:9: 'clock.ticks' must be a whole number from 1 to 100000 (unit 1), not nothing: number of ticks in a run"},
        {"fund: {present: maybe}",
         "2:17: 'fund.present' must be on or off, not 'maybe': whether there is an oil fund at all"},
        {"sectors: {mines: {stage: consumr}}",
         "2:26: 'sectors.mines.stage' must be one of raw, intermediate, consumer, service, not 'consumr'; the nearest "
         "is "
         "'consumer': stage of processing of the sector's exports; capability moves them to the next"},
        {"fund: 3", "2:7: 'fund' must be a mapping of keys, not '3'"},
        {"partners: [East]", "2:11: 'partners' must be a mapping from names to blocks, not a list"},
        {"title: [a]", "2:8: 'title' must be a text, not a list"},
        {"oil: {price: {points: {2010: x}}}", "2:30: a point of 'oil.price.points' must be a finite number, not 'x'"},
        {"oil: {price: {points: [1, 2]}}",
         "2:23: 'oil.price.points' must be a mapping from years to numbers, {2000: 1.5, 2010: 2}, not a list"},
        {"regions: {North: {endowment: 3}}",
         "2:30: 'endowment' here must be a mapping from the names in 'regions.North.sectors', not '3'"},
    });
}

TEST_CASE("what is given twice is refused") {
    check_all({
        {"fund: {floor: 0.1, floor: 0.2}", "2:20: the key 'floor' is given twice; first on line 2"},
        {"fund: {floor: 0.1}\nfund: {memory: 1}", "3:1: the key 'fund' is given twice; first on line 2"},
        {"regions: {North: {endowment: {mines: 1}, sectors: {mines: {endowment: 1}}}}",
         "2:71: 'regions.North.sectors.mines.endowment' is given twice; first on line 2"},
        {"fund: {floor: {value: 0.1, record: a}}", "2:15: 'fund.floor' has both a value and a record; give one"},
        {"oil: {price: {points: {2000: 1}, record: {file: data.csv, variable: price}}}",
         "2:14: 'oil.price' has a record and points; say with 'shape' which one holds"},
        {"borders: [[North, South], [South, North]]", "2:27: the border of 'South' and 'North' is given twice"},
    });
}

TEST_CASE("a name that is not in the world names the nearest that is") {
    check_all({
        {"partners: {Est: {urgency: 1}}",
         "2:12: no partner 'Est' in the extended file; the nearest valid partner is 'East' (write 'new: yes' in the "
         "block to add "
         "one)"},
        {"partners: {East: {new: yes}}", "2:12: the partner 'East' is not new; the extended file has it"},
        {"sectors: {oil: {new: perhaps}}", "2:22: 'new' must be yes or no, not 'perhaps'"},
        {"regions: {North: {attitudes: {Wset: {public: 1}}}}",
         "2:31: unknown name 'Wset' in 'regions.North.attitudes'; the nearest valid name is 'West'"},
        {"regions: {North: {endowment: {mins: 1}}}",
         "2:31: unknown name 'mins' in 'regions.North.sectors'; the nearest valid name is 'mines'"},
        {"borders: [[North, Suth]]", "2:19: no region 'Suth'; the nearest valid region is 'South'"},
        {"borders: [[North, North]]", "2:11: the region 'North' borders itself"},
        {"borders: [[North]]", "2:11: a border must be a list of two regions, [one, other]"},
        {"sectors: {a.b: {new: yes}}",
         "2:11: a sector's name is made of at most 60 letters, digits, _, - and spaces inside, not 'a.b'"},
        {"sectors: {'': {new: yes}}",
         "2:11: a sector's name is made of at most 60 letters, digits, _, - and spaces inside, not ''"},
    });
    check_said("sectors: {a: , b: , c: , d: , e: , f: , g: , h: , i: }",
               pointed("scenario.yaml", "sectors: {a: , b: , c: , d: , e: , f: , g: , h: , i: }",
                       "1:51: at most 8 sectors fit in a world"));
}

TEST_CASE("a fault in a record points at the key that names it or at the row") {
    check_all({
        {"oil: {price: {record: {file: nothing.csv, variable: a}}}", "2:30: nothing.csv: no such file"},
        {"oil: {price: {record: {file: data.csv, variable: prices}}}",
         "2:50: data.csv: no variable 'prices'; the nearest valid variable is 'price'"},
        {"oil: {price: {record: {file: data.csv, variable: span}}}",
         "2:50: data.csv: 'span' has no plain year, only 2000-2001"},
        {"oil: {price: {record: {file: data.csv}}}", "2:23: 'oil.price.record' needs the key 'variable'"},
        {"oil: {price: {record: {file: data.csv, variable: price, deflator: {file: data.csv, variable: twice, base: "
         "x}}}}",
         "2:107: 'oil.price.record.deflator.base' must be a year, not 'x'"},
        {"oil: {price: {record: {file: data.csv, variable: price, deflator: {file: data.csv, variable: index, base: "
         "2002}}}}",
         "2:94: data.csv: no positive 'index' for 2002"},
        {"fund: {floor: {record: price, file: data.csv, year: 2002}}",
         "2:24: data.csv: 'price' has no year '2002', only 2001, 2000, 1990-1999, 2003"},
        {"fund: {floor: {record: price, file: data.csv, year: 2000}}",
         "2:24: 'fund.floor' is 20, outside 0 to 1 (unit 1): balance that discretion and self-finance leave untouched, "
         "as a "
         "share of GDP"},
        {"fund: {floor: {value: 0.1, year: 2000}}", "2:34: 'fund.floor' has 'year' but no 'record'"},
        {"fund: {present: {record: price, file: data.csv, year: 2000}}",
         "2:26: 'fund.present' is a choice and can have no record"},
        {"oil: {price: {points: {2010: 1, 2000: 2}}}",
         "2:33: the years of 'oil.price.points' must rise, but 2000 follows 2010"},
    });
    const std::string with = "extends: base.yaml\noil: {price: {record: {file: data.csv, variable: ";
    check_said(with + "words}}}",
               pointed("data.csv", InputFolder::data, "9:1: the value must be a finite number, not 'many'"));
    check_said(with + "twice}}}",
               pointed("data.csv", InputFolder::data, "11:1: 'twice' has 2000 twice; first on line 10"));
    check_said(with + "guess}}}", pointed("data.csv", InputFolder::data,
                                          "13:1: the quality must be verified, recalled or assumed, not 'guessed'"));
}

TEST_CASE("a CSV file that is none is refused at its line") {
    const InputFolder folder;
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"a,b\n1,2\n3\n", "3:1: this row has 1 fields and the header 2"},
        {"a,b\n1,x\"y\"\n", "2:4: a quote inside a field that does not begin with one"},
        {"a,b\n1,\"y\"z\n", "2:6: text after the closing quote of a field"},
        {"a,b\n1,\"y\nz\n", "2:3: this quote is never closed"},
        {"a,a\n1,2\n", "1:1: the column 'a' occurs twice"},
        {"a,b\n\"1\n2\",3\n4\n", "4:1: this row has 1 fields and the header 2"},
    };
    for (const auto& [text, said] : mistakes) {
        const std::string file = folder.write("wrong.csv", text).string();
        CHECK_THROWS_WITH_AS(read_csv(file), pointed(file, text, said).c_str(), InputError);
    }
    const std::string file = folder.write("wrong.csv", "year,varable,value,source,quality\n").string();
    CHECK_THROWS_WITH_AS(read_series(file, "x"),
                         pointed(file, "year,varable,value,source,quality",
                                 "1:1: no column 'variable'; the nearest valid column is 'varable'")
                             .c_str(),
                         InputError);
}

TEST_CASE("text that is not the YAML read here is refused") {
    check_all({
        {"fund: &x {floor: 0.1}", "2:7: anchors (&x) are not read here; write the value out"},
        {"fund: !!map {floor: 0.1}", "2:7: tags (!name) are not read here; leave it out"},
        {"? [a]\n: 1", "2:3: a key must be a text, not a list"},
        {"---\nfund: {}", "3:1: a second YAML document begins here; write one per file"},
        {"title: \"a\\0b\"", "2:8: a text with a control character"},
    });
    check_said("", "scenario.yaml: the file is empty");
    check_said(" \r\n\n", "scenario.yaml: the file is empty");
    check_said("# only a comment\n", "scenario.yaml: the file holds no keys");
    check_said("just text",
               pointed("scenario.yaml", "just text", "1:1: a scenario must be a mapping of keys, not 'just text'"));
    check_said("title: x\nfund: \xC3\x28\n", "scenario.yaml: line 2 of this file is not UTF-8 text");
    check_said(std::string("\x7F"
                           "ELF\0",
                           5),
               "scenario.yaml: line 1 of this file has a control character; is this a text file?");
    check_said("title: " + std::string(11'000'000, 'a'), "scenario.yaml: larger than 10 MB");
    const std::string deep = "title: " + std::string(200, '[') + std::string(200, ']');
    const InputFolder folder;
    CHECK(folder.complaint(deep).find("scenario.yaml:1:71: nested deeper than 64 levels\n  title: [") == 0);
    std::string many = "title: [";
    for (int i = 0; i < 200'001; ++i) many += "a,";
    CHECK(folder.complaint(many + "]").find("more than 200000 values in one file") != std::string::npos);
}

TEST_CASE("text that is cut off is an error of YAML with its place") {
    const InputFolder folder;
    CHECK(folder.complaint("fund: {floor: 0.1").find("scenario.yaml:1:1: not valid YAML: ") == 0);
    CHECK(folder.complaint("fund:\n\tfloor: 0.1").find("scenario.yaml:2:7: not valid YAML: ") == 0);
    CHECK(folder.complaint("title: 'x").find("not valid YAML: ") != std::string::npos);
}

TEST_CASE("a chain of files that has no end or no beginning is refused at extends") {
    const InputFolder folder;
    folder.write("other.yaml", "extends: scenario.yaml\n");
    CHECK(folder.complaint("extends: other.yaml\n") ==
          "other.yaml:1:10: 'scenario.yaml' extends this file in turn; a chain of scenarios must have an end\n"
          "  extends: scenario.yaml\n           ^");
    CHECK(folder.complaint("extends: ./scenario.yaml\n")
              .find("scenario.yaml:1:10: './scenario.yaml' extends this file") == 0);
    check_said("extends: nothing.yaml\n",
               pointed("scenario.yaml", "extends: nothing.yaml", "1:10: cannot extend nothing.yaml: no such file"));
    check_said("extends:\n", pointed("scenario.yaml", "extends:", "1:1: 'extends' must be a text, not nothing"));
    CHECK(folder.complaint("extends: ''\n").find("is a folder, not a file") != std::string::npos);
    folder.write("broken.yaml", "extends: base.yaml\nfund: {flor: 1}\n");
    CHECK(folder.complaint("extends: broken.yaml\n").find("broken.yaml:2:8: unknown key 'flor'") == 0);
}

TEST_CASE("files that cannot be read are named") {
    const InputFolder folder;
    const std::string missing = (folder.path() / "none.yaml").string(), itself = folder.path().string();
    CHECK_THROWS_WITH_AS(load_scenario(missing, {}), (missing + ": no such file").c_str(), InputError);
    CHECK_THROWS_WITH_AS(load_scenario(itself, {}), (itself + ": is a folder, not a file").c_str(), InputError);
}

TEST_CASE("a wrong assignment shows itself as its own line") {
    const InputFolder folder;
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"fund.flor=1", "1:1: no parameter 'fund.flor'; the nearest valid key is 'fund.floor'"},
        {"partners.Est.linkage=0",
         "1:1: no parameter 'partners.Est.linkage'; the nearest valid key is 'partners.East.linkage'"},
        {"partners.*.linkge=0", "1:1: no parameter 'partners.*.linkge'; the nearest valid key is 'partners.*.linkage'"},
        {"*.floor=0", "1:1: no parameter '*.floor'"},
        {"fund.floor.=0", "1:1: no parameter 'fund.floor.'; the nearest valid key is 'fund.floor'"},
        {"fund.floor", "1:1: expected key=value, as in fund.floor=0.3"},
        {"=3", "1:1: expected key=value, as in fund.floor=0.3"},
        {"clock.ticks=0", "1:13: 'clock.ticks' is 0, outside 1 to 100000 (unit 1): number of ticks in a run"},
        {"clock.ticks=",
         "1:13: 'clock.ticks' must be a whole number from 1 to 100000 (unit 1), not '': number of ticks in a run"},
        {"oil.price.shape=historical", "1:17: oil.price.record: shape is historical, but no record is given"},
    };
    for (const auto& [assignment, said] : mistakes)
        CHECK(folder.complaint("extends: base.yaml\n", {assignment}) == pointed("--set", assignment, said));
}

TEST_CASE("a path's value that cannot act under its shape is refused, not swallowed") {
    const InputFolder folder;
    const std::string step = "extends: base.yaml\noil: {price: {shape: step, before: 20, level: 50, year: 2010}}\n";
    CHECK(folder.complaint(step) == "");
    CHECK(folder.complaint(step, {"oil.price.steepness=1"}) ==
          "--set:1:21: 'oil.price.steepness' has no effect while 'oil.price.shape' is step; give the shape as well "
          "(shape=logistic)\n  oil.price.steepness=1\n                      ^");
    CHECK(folder.complaint(step, {"oil.price.steepness=1", "oil.price.shape=logistic"}) == "");
    CHECK(folder.complaint("extends: base.yaml\nroutes: {air: {new: yes}}\n") != "");
    CHECK(folder.complaint("extends: base.yaml\noil: {price: {points: {2000: 20}, level: 50}}\n") != "");
}

TEST_CASE("what contradicts itself in the model's eyes points at the key to blame") {
    check_all({
        {"routes: {sea: {crosses_host: on}}", "2:1: routes: one route at least must avoid the host and have capacity"},
        {"oil: {price: {shape: series}}", "2:14: oil.price.points: shape is series, but no points are given"},
    });
    check_said("title: x\noil: {price: 1, output: 1}\n",
               "scenario.yaml: sectors: a scenario needs at least one sector");
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
