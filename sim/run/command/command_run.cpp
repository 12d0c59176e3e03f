// multivector run SCENARIO
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "command_options.hpp"
#include "commands.hpp"
#include "setting_reader.hpp"
#include "simulation.hpp"
#include "time_notes.hpp"

namespace multivector {

namespace {

namespace po = program_options;

}  // namespace

void add_run_options(po::options_description& options) {
    const auto text = [](const char* otherwise) { return po::value<std::string>()->default_value(otherwise); };
    options.add_options()                                                                                      //
        ("output,o", po::value<std::string>(), "result file; otherwise the scenario's name with .h5, here")    //
        ("replications,n", text("100"), "how many realisations")                                               //
        ("first", text("0"), "number of the first realisation")                                                //
        ("seed", text("1"), "master seed, decimal or 0x hexadecimal, 64 bits")                                 //
        ("threads", po::value<std::string>(), "otherwise as many as the machine has; never changes a result")  //
        ("set", po::value<std::vector<std::string>>(), "key=value of any parameter; may be repeated")          //
        ("record", text("summary"), "summary, series, deals or full")                                          //
        ("counterfactuals",
         "also simulate the world without each partner, and without its rivals, with the same luck, for "
         "rival_premium_by_partner and worst_partner_loss: two more runs per partner and realisation")  //
        ("quiet", "no progress")                                                                        //
        ("force", "replace an existing result file")                                                    //
        ("reproducible",
         "leave out times and the command line, so that files compare byte for byte "
         "(also: MULTIVECTOR_REPRODUCIBLE=1)");
}

namespace {

RunOrigin origin_of(const Said& said, const LoadedScenario& loaded) {
    constexpr std::uint64_t most = 10'000'000;  // one file holds its whole realisation axis in memory
    RunOrigin origin;
    origin.verbatim = loaded.verbatim;
    origin.resolved = loaded.resolved;
    origin.seed = whole_number("seed", said.text("seed"), 0, UINT64_MAX);
    origin.count = static_cast<std::uint32_t>(whole_number("replications", said.text("replications"), 1, most));
    const std::vector<std::string> levels(names_of<Record>.begin(), names_of<Record>.end());
    origin.first = static_cast<std::uint32_t>(whole_number("first", said.text("first"), 0, 2'000'000'000));
    origin.record = static_cast<Record>(one_of("record", said.text("record"), levels));
    origin.counterfactuals = said.has("counterfactuals");
    origin.command_line = command_line("run", said.arguments);
    origin.reproducible = reproducible(said);
    return origin;
}

/// The mean of one variable over realisations, without those where it is missing.
class RunningMean {
 public:
    RunningMean(std::string_view name, std::string unit)
        : unit_(std::move(unit)),
          row_(*std::find_if(observables.begin(), observables.end(),
                             [&](const Observable& row) { return row.name == name; })) {}
    void add(const RunSummary& summary) {
        const double value = summary.value(row_);
        if (std::isnan(value)) return;
        sum_ += value;
        ++count_;
    }
    std::string text() const {
        if (count_ == 0) return "missing in every realisation";
        char digits[32];
        std::snprintf(digits, sizeof digits, "%.4g", sum_ / static_cast<double>(count_));
        return std::string(digits) + unit_ + ", mean over realisations";
    }

 private:
    std::string unit_;
    const Observable& row_;
    double sum_ = 0;
    std::size_t count_ = 0;
};

void print_report(std::ostream& out, std::uint32_t count, double seconds, const std::string& file,
                  const RunningMean& gain, const RunningMean& share) {
    char text[128];
    std::snprintf(text, sizeof text, "%u realisation%s in %.3g s (%.0f a second)\n", count, count == 1 ? "" : "s",
                  seconds, count / std::max(seconds, 1e-9));
    out << text << "result file    " << file << "\nnet_gain       " << gain.text() << "\nsurplus_share  "
        << share.text() << '\n';
}

}  // namespace

int run_command(const Said& said, std::ostream& out, std::ostream& err) {
    const std::filesystem::path scenario = said.words[0];
    const unsigned threads = threads_of(said);
    const PreparedScenario prepared = load_and_prepare(scenario, said.texts("set"));
    const RunOrigin origin = origin_of(said, prepared.loaded);
    const std::string output = said.has("output") ? said.text("output") : scenario.stem().string() + ".h5";

    if (!said.has("quiet"))
        for (const std::string& note : time_notes(prepared.loaded.scenario, 2)) err << "note: " << note << '\n';
    RunningMean gain("net_gain", " USD billion at 2020 prices"), share("surplus_share", "");
    const auto start = std::chrono::steady_clock::now();
    simulate_to_file({output, said.has("force"), threads, said.has("quiet")}, prepared.setting, origin, err,
                     [&](std::span<const Realization> realizations) {
                         for (const Realization& realization : realizations)
                             gain.add(realization.summary), share.add(realization.summary);
                     });
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    print_report(out, origin.count, time.count(), output, gain, share);
    return done;
}

}  // namespace multivector
