// multivector sweep DESIGN
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "cluster.hpp"
#include "command_options.hpp"
#include "commands.hpp"
#include "contrasts.hpp"
#include "design_reader.hpp"
#include "hdf5_output.hpp"
#include "on_disk.hpp"
#include "output_name.hpp"
#include "precision.hpp"
#include "progress.hpp"
#include "signals.hpp"
#include "simulation.hpp"
#include "sweep_identity.hpp"
#include "sweep_output.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

namespace po = program_options;

constexpr std::uint64_t most_of_all_shards = 2'000'000'000;  // numbers of realisations are 32 bits wide

std::optional<Shard> shard_of(const Said& said) {
    if (!said.has("shard")) return {};
    const auto shard = shard_in(said.text("shard"));
    if (!shard) refuse_command_line("--shard '" + said.text("shard") + "' is no part such as 2/7, the second of seven");
    return shard;
}

std::uint64_t most_realizations_of(const Said& said, const std::optional<Shard>& shard) {
    if (said.has("submit")) return most_of_all_shards;
    return shard ? std::min(most_realizations * shard->of, most_of_all_shards) : most_realizations;
}

RunOrigin origin_of(const Said& said, const DesignRecord& record) {
    RunOrigin origin;
    origin.verbatim = record.bases.front().verbatim;
    origin.resolved = record.bases.front().resolved;
    origin.seed = said.has("seed") ? whole_number("seed", said.text("seed"), 0, UINT64_MAX) : record.design.seed;
    origin.shard = shard_of(said);
    const std::uint64_t most = most_realizations_of(said, origin.shard) / record.worlds.size();
    const std::uint64_t count = said.has("replications")
                                    ? whole_number("replications", said.text("replications"), 1, most)
                                    : record.design.replications;
    if (count > most)
        refuse_command_line("the design has " + std::to_string(record.worlds.size()) + " rows: more than " +
                            std::to_string(most) + " replications of each are too many for " +
                            (origin.shard ? "so few shards" : "one file; say --shard"));
    origin.count = static_cast<std::uint32_t>(count);
    const std::vector<std::string> levels(names_of<Record>.begin(), names_of<Record>.end());
    origin.record = static_cast<Record>(one_of("record", said.text("record"), levels));
    origin.counterfactuals = said.has("counterfactuals");
    origin.command_line = command_line("sweep", said.arguments);
    origin.reproducible = reproducible(said);
    origin.design = record;
    return origin;
}

std::uint32_t most_of(const Said& said, const DesignRecord& record) {
    const std::uint64_t most = most_realizations / record.worlds.size();
    if (!said.has("most")) return static_cast<std::uint32_t>(std::min<std::uint64_t>(PrecisionRule::usual_most, most));
    const std::uint64_t asked = whole_number("most", said.text("most"), PrecisionRule::pilot, 10'000'000);
    return static_cast<std::uint32_t>(std::min(asked, most));
}

double epsilon_of(const std::string& text) {
    const auto value = parse_number(text);
    if (!value || !(*value > 0))
        refuse_command_line("--precision '" + text + "' is no number above 0 [USD billion of net_gain]");
    return *value;
}

/// Simulates until every contrast of the confirmatory family of net_gain is known well enough, and keeps nothing: what
/// is written afterwards is simulated again. The progress takes as its total what seems needed so far.
PrecisionReached replications_for(const PrecisionRule& rule, const LoadedDesign& loaded, const RunOrigin& origin,
                                  unsigned threads, Progress& progress) {
    const std::vector<Contrast> contrasts = confirmatory(loaded.record.design);
    if (contrasts.empty())
        refuse_command_line(is_sampled(loaded.record.design.kind)
                                ? "--precision needs an effect, with which this sample is not crossed"
                                : "--precision needs a design of two worlds at least");
    const Observable& outcome = *std::find_if(observables.begin(), observables.end(),
                                              [](const Observable& row) { return row.name == "net_gain"; });
    const SignalWatch signals;
    PrecisionWatch watch(rule, contrasts.size());
    const std::size_t rows = loaded.settings.size();
    std::vector<double> replication, values(contrasts.size());
    std::uint64_t finished = 0;
    constexpr std::uint32_t batch = 20;
    for (std::uint32_t first = 0; !watch.done(); first += batch)
        run_ensemble(
            loaded.settings,
            {origin.seed, first, std::min(batch, rule.most - first), threads, Record::summary, &signals.stop()},
            [&](std::span<const Realization> realizations) {
                for (const Realization& realization : realizations) {
                    replication.push_back(realization.summary.value(outcome));
                    if (replication.size() < rows) continue;
                    for (std::size_t c = 0; c < contrasts.size(); ++c) {
                        values[c] = 0;
                        for (const auto& [row, weight] : contrasts[c].rows) values[c] += weight * replication[row];
                    }
                    replication.clear();
                    if (!watch.done()) watch.add(values);
                }
                finished += realizations.size();
                if (watch.done()) return;
                progress.expect(std::max<std::uint64_t>(finished, std::uint64_t{watch.expected()} * rows));
                progress.update(finished);
            });
    progress.expect(finished);
    progress.update(finished);
    return watch.result();
}

void print_precision(std::ostream& out, const PrecisionReached& found, const PrecisionRule& rule, std::size_t count) {
    char text[256];
    std::snprintf(
        text, sizeof text,
        "precision      %u replications: the widest of %zu contrasts of net_gain is known to +-%.3g, %s %.3g%s\n",
        found.replications, count, found.half_width, found.reached ? "within" : "not within", rule.epsilon,
        found.reached ? ", and stayed so" : ", and no more were allowed");
    out << text;
}

}  // namespace

void add_sweep_options(po::options_description& options) {
    options.add_options()                                                                                  //
        ("output,o", po::value<std::string>(), "result file; otherwise the design's name with .h5, here")  //
        ("replications,n", po::value<std::string>(), "of every row; otherwise the design's")               //
        ("precision", po::value<std::string>(),
         "as many replications as it takes until the 95% interval of net_gain is at most this wide to each side [USD "
         "billion], and stays so, for every contrast of the design's confirmatory family: its amplifications; its "
         "effects where nothing may amplify them; contributions where mechanisms are switched off; placebos never. "
         "They are simulated twice, once to decide and once to write")                                         //
        ("most", po::value<std::string>(), "replications at which --precision gives up; otherwise 10000")      //
        ("seed", po::value<std::string>(), "master seed; otherwise the design's")                              //
        ("threads", po::value<std::string>(), "otherwise as many as the machine has; never changes a result")  //
        ("record", po::value<std::string>()->default_value("summary"), "summary, series, deals or full")       //
        ("counterfactuals",
         "also simulate each partner withdrawn, and each without its rivals, with the same luck: rival_premium and "
         "worst_partner_loss; two more runs per partner and row")  //
        ("resume",
         "go on where a sweep to the same output ended, however it did; one that is finished is only checked, and one "
         "that was never begun begins")  //
        ("shard", po::value<std::string>(),
         "part i/N: of N parts of the sweep, which as many processes may do, only the i-th; merge puts them "
         "together")  //
        ("on-error", po::value<std::string>()->default_value("stop"),
         "when a realisation fails: stop, or skip it, which leaves it missing and lists it in /failures")  //
        ("quiet", "no progress")                                                                           //
        ("force", "replace an existing result file, and begin again what was begun")                       //
        ("reproducible",
         "leave out times and the command line, so that files compare byte for byte "
         "(also: MULTIVECTOR_REPRODUCIBLE=1)");
    add_submit_options(options);
}

namespace {

bool skips_failures(const Said& said) {
    const std::array<std::string, 2> policies{"stop", "skip"};
    return one_of("choice of --on-error", said.text("on-error"), policies) == 1;
}

/// Before anything is read.
void refuse_clashes(const Said& said) {
    static_cast<void>(shard_of(said));
    static_cast<void>(skips_failures(said));
    refuse_submit_clashes(said);
    if (said.has("most") && !said.has("precision")) refuse_command_line("--most needs --precision, which it ends");
    if (said.has("replications") && said.has("precision"))
        refuse_command_line("--precision finds the replications; leave --replications out");
    if (said.has("resume") && said.has("force"))
        refuse_command_line("--resume goes on and --force begins again; say one of them");
    for (const char* option : {"resume", "shard"})
        if (said.has("precision") && said.has(option))
            refuse_command_line(
                std::string("--") + option +
                " needs to know the replications; find them with --precision once, then say them with -n");
}

/// Simulates into the output, with a journal beside it from which --resume goes on.
std::vector<Failure> simulate(const Said& said, const std::string& output, const LoadedDesign& loaded,
                              const RunOrigin& origin, std::ostream& err) {
    Journal journal(output, identity_of(origin) + program_file(),
                    said.has("resume")  ? Journal::Begin::resume
                    : said.has("force") ? Journal::Begin::replace
                                        : Journal::Begin::anew);
    try {
        return simulate_to_file(
            {output, said.has("force"), threads_of(said), said.has("quiet"), skips_failures(said), &journal},
            loaded.settings, origin, err);
    } catch (const RealizationFailed& failed) {
        const std::size_t number = std::size_t{failed.replication()} * loaded.settings.size() + failed.row();
        throw std::runtime_error(std::string(failed.what()) +
                                 "\nto run it alone: " + command_alone(said.words[0], origin, number) +
                                 "\nto go on without it: the same command with --resume --on-error skip");
    } catch (const Interrupted& interrupted) {
        throw std::runtime_error(std::string(interrupted.what()) +
                                 "; what is done is kept, and --resume goes on with it");
    }
}

}  // namespace

int sweep_command(const Said& said, std::ostream& out, std::ostream& err) {
    const std::filesystem::path file = said.words[0];
    const unsigned threads = threads_of(said);
    refuse_clashes(said);
    const auto start = std::chrono::steady_clock::now();
    const LoadedDesign loaded = load_design(file);
    RunOrigin origin = origin_of(said, loaded.record);
    const std::string output = said.has("output") ? said.text("output") : file.stem().string() + ".h5";
    for (const std::string& note : loaded.notes) err << "note: " << note << '\n';
    for (const IdleLevel& level : loaded.idle) err << "note: " << level.said(loaded.record.design) << " in every row\n";
    if (said.has("submit")) return submit_sweep(said, output, loaded, origin, out);
    if (said.has("resume") && is_done(output, origin)) {
        out << "result file    " << output << " is there and whole; nothing is left to do\n";
        std::error_code ignored = put_on_disk(folder_of(output));
        std::filesystem::remove(Journal::path_of(output), ignored);  // of one that was killed when it had finished
        return done;
    }
    { const hdf5::OutputFile can_be_written(output, said.has("force")); }  // before anything is simulated
    if (said.has("precision")) {
        const PrecisionRule rule{epsilon_of(said.text("precision")), most_of(said, loaded.record)};
        const PrecisionReached found = [&] {
            Progress progress(err, progress_style(said.has("quiet")),
                              std::uint64_t{rule.most} * loaded.settings.size());
            return replications_for(rule, loaded, origin, threads, progress);
        }();
        origin.count = found.replications;
        origin.precision = {rule.epsilon, found.half_width, found.reached};
        print_precision(out, found, rule, confirmatory(loaded.record.design).size());
    }
    const std::vector<Failure> failures = simulate(said, output, loaded, origin, err);
    print_failures(err, failures, file, origin);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    char text[160];
    std::snprintf(text, sizeof text, "%zu rows, %u replications of each: %zu realisations in %.3g s\n",
                  loaded.settings.size(), origin.count, realizations_of(origin), time.count());
    if (origin.shard) out << "shard " << origin.shard->text() << " of ";
    out << text << "result file    " << output << '\n'
        << (origin.shard ? "when all are done: multivector merge, with the names of all shards"
                         : "to read it     multivector compare " + output)
        << '\n';
    return done;
}

}  // namespace multivector
