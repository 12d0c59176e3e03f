// multivector negotiate SCENARIO: one talk, offer by offer.
#include "command_options.hpp"
#include "commands.hpp"
#include "input_error.hpp"
#include "negotiation_report.hpp"
#include "setting_reader.hpp"

namespace multivector {

namespace {

namespace po = program_options;

WantedTable wanted_table(const Said& said, const Scenario& scenario) {
    WantedTable wanted;
    if (said.has("tick"))
        wanted.tick = static_cast<int>(
            whole_number("tick", said.text("tick"), 0, static_cast<std::uint64_t>(scenario.clock.ticks - 1)));
    std::vector<std::string> names;
    for (const SectorInput& sector : scenario.sectors) names.push_back(sector.name);
    if (said.has("sector")) wanted.sector = static_cast<int>(one_of("sector", said.text("sector"), names));
    return wanted;
}

[[noreturn]] void refuse_missing(const Said& said, const Setting& setting, std::uint64_t seed,
                                 std::uint32_t replication, const WantedTable& wanted) {
    const std::string where = said.has("sector") ? " about " + said.text("sector") : "";
    const auto first = view_table(setting, seed, replication, {-1, wanted.sector});
    const std::string elsewhere =
        first ? "; the first at which somebody could settle is in tick " + std::to_string(first->tick) : "";
    refuse_command_line(wanted.tick < 0
                            ? "there is no table" + where + " at which a partner could settle with the host"
                            : "there is no table" + where + " in tick " + std::to_string(wanted.tick) + elsewhere);
}

}  // namespace

void add_negotiate_options(po::options_description& options) {
    options.add_options()  //
        ("tick", po::value<std::string>(),
         "of which tick; otherwise the first table at which somebody could settle")                      //
        ("sector", po::value<std::string>(), "about a project of which sector")                          //
        ("seed", po::value<std::string>()->default_value("1"), "master seed")                            //
        ("replication", po::value<std::string>()->default_value("0"), "which realisation of that seed")  //
        ("set", po::value<std::vector<std::string>>(), "key=value of any parameter; may be repeated")    //
        ("json", "for programs; analysis/negotiation.py draws it");
}

int negotiate_command(const Said& said, std::ostream& out, std::ostream&) {
    const std::filesystem::path file = said.words[0];
    const PreparedScenario prepared = load_and_prepare(file, said.texts("set"));
    const Scenario& scenario = prepared.loaded.scenario;
    const std::uint64_t seed = whole_number("seed", said.text("seed"), 0, UINT64_MAX);
    const auto replication =
        static_cast<std::uint32_t>(whole_number("replication", said.text("replication"), 0, UINT32_MAX));
    const WantedTable wanted = wanted_table(said, scenario);
    const auto view = view_table(prepared.setting, seed, replication, wanted);
    if (!view) refuse_missing(said, prepared.setting, seed, replication, wanted);
    const TableOrigin origin{scenario.title.empty() ? file.stem().string() : scenario.title, seed, replication};
    const auto write = said.has("json") ? write_table_json : write_table_text;
    write(out, *view, scenario, origin);
    return done;
}

}  // namespace multivector
