#include "commands.hpp"

#include <algorithm>
#include <array>
#include <new>

#include "build_info.hpp"
#include "describe.hpp"
#include "design_cost.hpp"
#include "input_error.hpp"
#include "nearest.hpp"
#include "parameter_table.hpp"
#include "scenario_reader.hpp"
#include "setting_reader.hpp"
#include "time_notes.hpp"
#include "value_sources.hpp"

namespace multivector {

namespace {

namespace po = program_options;

constexpr std::size_t any_number = 1000000;

void add_nothing(po::options_description&) {}

void print_help(std::ostream& out) {
    out << "multivector simulates how a state bargains with several great powers at once.\n\n"
           "usage: multivector COMMAND ...\n\n";
    for (const Command& command : commands()) {
        const std::string usage = command.name + " " + command.words;
        out << "  " << usage << std::string(std::max<std::size_t>(20, usage.size()) - usage.size() + 2, ' ')
            << command.meaning << '\n';
    }
    out << "\n  multivector COMMAND --help shows a command's options; multivector --version what this program is.\n";
}

void print_version(std::ostream& out) {
    const BuildInfo info = build_info();
    out << "multivector " << info.version << "\ncommit " << info.commit << (info.dirty ? " (modified)" : "")
        << "\ncompiler " << info.compiler << "\nflags " << info.flags << "\nlibraries " << info.libraries << '\n';
}

const Command& find_command(const std::string& name) {
    std::vector<std::string> names;
    for (const Command& command : commands()) names.push_back(command.name);
    return commands()[one_of("command", name, names)];
}

int dispatch(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    if (arguments.empty()) {
        print_help(err);
        return bad_input;
    }
    const std::string& first = arguments.front();
    if (first == "--help" || first == "-h" || first == "help") return print_help(out), done;
    if (first == "--version") return print_version(out), done;
    if (first.starts_with("-")) {
        const std::array<std::string, 2> options{"--help", "--version"};
        refuse_command_line("the command comes first; '" + first + "' is no option before it" +
                            suggestion(first, options, "option"));
    }
    const Command& command = find_command(first);
    const auto options = command.options();
    const Said said = parse_options(arguments.subspan(1), options);
    if (said.has("help")) return out << options, done;
    expect_words(said, command.least, command.most, command.expected);
    return command.run(said, out, err);
}

}  // namespace

po::options_description Command::options() const {
    po::options_description options("multivector " + name + " " + words);
    add_options(options);
    options.add_options()("help,h", "this text");
    return options;
}

std::span<const Command> commands() {
    static const std::array rows{
        Command{"run", "SCENARIO", "simulate a scenario many times and write a result file", 1, 1, "one scenario file",
                add_run_options, run_command},
        Command{"sweep", "DESIGN", "simulate the worlds of a design with the same luck, into one result file", 1, 1,
                "one design file", add_sweep_options, sweep_command},
        Command{"negotiate", "SCENARIO", "one talk offer by offer, and what every other solution would give", 1, 1,
                "one scenario file", add_negotiate_options, negotiate_command},
        Command{"export", "RESULT --csv", "tidy tables of a result file, with their codebook", 1, 1, "one result file",
                add_export_options, export_command},
        Command{"compare", "A B", "effects: result file A minus B; or DESIGN_RESULT, effects and amplifications", 1, 2,
                "two result files, or one of a design", add_compare_options, compare_command},
        Command{"rerun", "RESULT", "replay a result from its file alone: the same bits?", 1, 1, "one result file",
                add_rerun_options, rerun_command},
        Command{"verify", "FILES...", "check result files against the checksums they hold", 1, any_number,
                "result files", add_nothing, verify_command},
        Command{"merge", "FILES... -o FILE", "put the shards of a sweep together into one result file", 1, any_number,
                "result files", add_merge_options, merge_command},
        Command{"missing", "DESIGN FILES...", "which realisations of a design the files do not have", 1, any_number,
                "one design file, then result files", add_missing_options, missing_command},
        Command{"validate", "FILES...", "check scenarios and designs without running them", 1, any_number,
                "scenario or design files", add_nothing, validate_command},
        Command{"describe", "WHAT", described_topics(), 1, 1, "what to describe: " + described_topics(),
                add_describe_options, describe_command},
    };
    return rows;
}

int validate_command(const Said& said, std::ostream& out, std::ostream& err) {
    int code = done;
    for (const std::string& file : said.words) {
        try {
            if (is_design(file)) {
                const LoadedDesign loaded = load_design(file);
                out << file << ": ok, a design of " << loaded.settings.size() << " worlds\n";
                for (const std::string& note : loaded.notes) err << file << ": note: " << note << '\n';
                print_design_cost(out, loaded);
                continue;
            }
            const PreparedScenario prepared = load_and_prepare(file, {});
            std::size_t count = 0;
            visit(prepared.loaded.scenario,
                  [&](const std::string&, const auto&, const auto& rows) { count += rows.size(); });
            const SourceCounts sources = count_sources(prepared.loaded);
            out << file << ": ok, " << count << " parameters\n";
            if (total(sources.own) > 0)
                out << "  " << total(sources.own) << " values of its own: " << counts_text(sources.own) << '\n';
            out << "  " << total(sources.defaults) << " defaults: " << counts_text(sources.defaults) << '\n';
            for (const std::string& note : time_notes(prepared.loaded.scenario, SIZE_MAX))
                err << file << ": note: " << note << '\n';
        } catch (const InputError& error) {
            err << error.what() << '\n';
            code = bad_input;
        }
    }
    return code;
}

void add_describe_options(po::options_description& options) {
    options.add_options()("format", po::value<std::string>()->default_value("text"), "text, markdown or csv");
}

int describe_command(const Said& said, std::ostream& out, std::ostream&) {
    const std::array<std::string, 3> formats{"text", "markdown", "csv"};
    describe(out, said.words[0], static_cast<Format>(one_of("format", said.text("format"), formats)));
    return done;
}

int run_program(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    try {
        const int code = dispatch(arguments, out, err);
        out.flush();
        if (out) return code;
        err << "multivector: cannot write to standard output\n";
    } catch (const InputError& error) {
        err << "multivector: " << error.what() << '\n';
        return bad_input;
    } catch (const std::bad_alloc&) {
        err << "multivector: not enough memory; ask for fewer replications (-n) or ticks, or fewer threads\n";
    } catch (const std::exception& error) {
        err << "multivector: " << error.what() << '\n';
    }
    return run_failed;
}

}  // namespace multivector
