// multivector sweep DESIGN
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "command_options.hpp"
#include "commands.hpp"
#include "contrasts.hpp"
#include "design_reader.hpp"
#include "hdf5_output.hpp"
#include "precision.hpp"
#include "progress.hpp"
#include "signals.hpp"
#include "simulation.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

namespace po = program_options;

RunOrigin origin_of(const Said& said, const DesignRecord& record) {
    RunOrigin origin;
    origin.verbatim = record.bases.front().verbatim;
    origin.resolved = record.bases.front().resolved;
    origin.seed = said.has("seed") ? whole_number("seed", said.text("seed"), 0, UINT64_MAX) : record.design.seed;
    const std::uint64_t most = most_realizations / record.worlds.size();
    const std::uint64_t count = said.has("replications")
                                    ? whole_number("replications", said.text("replications"), 1, most)
                                    : record.design.replications;
    if (count > most)
        refuse_command_line("the design has " + std::to_string(record.worlds.size()) + " rows: more than " +
                            std::to_string(most) + " replications of each are too many for one file");
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
        ("quiet", "no progress")                                   //
        ("force", "replace an existing result file")               //
        ("reproducible",
         "leave out times and the command line, so that files compare byte for byte "
         "(also: MULTIVECTOR_REPRODUCIBLE=1)");
}

int sweep_command(const Said& said, std::ostream& out, std::ostream& err) {
    const std::filesystem::path file = said.words[0];
    const unsigned threads = threads_of(said);
    if (said.has("most") && !said.has("precision")) refuse_command_line("--most needs --precision, which it ends");
    if (said.has("replications") && said.has("precision"))
        refuse_command_line("--precision finds the replications; leave --replications out");
    const auto start = std::chrono::steady_clock::now();
    const LoadedDesign loaded = load_design(file);
    RunOrigin origin = origin_of(said, loaded.record);
    const std::string output = said.has("output") ? said.text("output") : file.stem().string() + ".h5";
    for (const std::string& note : loaded.notes) err << "note: " << note << '\n';
    for (const IdleLevel& level : loaded.idle) err << "note: " << level.said(loaded.record.design) << " in every row\n";
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
    simulate_to_file({output, said.has("force"), threads, said.has("quiet")}, loaded.settings, origin, err);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    char text[160];
    std::snprintf(text, sizeof text, "%zu rows, %u replications of each: %zu realisations in %.3g s\n",
                  loaded.settings.size(), origin.count, realizations_of(origin), time.count());
    out << text << "result file    " << output << "\nto read it     multivector compare " << output << '\n';
    return done;
}

}  // namespace multivector
