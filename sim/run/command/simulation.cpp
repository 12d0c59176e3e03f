#include "simulation.hpp"

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "progress.hpp"
#include "signals.hpp"

namespace multivector {

namespace {

std::vector<Failure> simulate(const Job& job, std::span<const Setting> settings, const RunOrigin& origin,
                              const std::atomic<bool>& stop, std::ostream& err, const Sink& also) {
    std::vector<CounterfactualRuns> counterfactuals;
    if (origin.counterfactuals)
        for (const Setting& setting : settings) counterfactuals.emplace_back(setting.scenario);
    Recorder recorder(job.output, settings, origin, job.force);
    {
        const Share share = share_of(origin);
        std::uint64_t finished = job.journal ? recorder.follow(*job.journal) : 0;
        if (finished > 0 && !job.quiet)
            err << "note: resumes after " << finished << " of " << share.size() << " realisations\n";
        Progress progress(err, progress_style(job.quiet), share.size());
        progress.resume_at(finished);
        run_ensemble(
            settings,
            {origin.seed, origin.first, origin.count, job.threads, origin.record, &stop, counterfactuals,
             share.begin + finished, share.end, job.skip_failures},
            [&](std::span<const Realization> realizations) {
                recorder.add(realizations);
                also(realizations);
                progress.update(finished += realizations.size());
            },
            job.simulate);
    }
    recorder.finish();
    if (job.journal) job.journal->remove();
    return recorder.failures();
}

}  // namespace

std::vector<Failure> simulate_to_file(const Job& job, std::span<const Setting> settings, const RunOrigin& origin,
                                      std::ostream& err, const Sink& also) {
    const SignalWatch watch;
    try {
        return simulate(job, settings, origin, watch.stop(), err, also);
    } catch (...) {
        if (job.journal) job.journal->keep();  // while the watch is there: a file too large must not end the process
        throw;
    }
}

bool reproducible(const Said& said) {
    const char* variable = std::getenv("MULTIVECTOR_REPRODUCIBLE");
    return said.has("reproducible") || (variable && *variable && std::string(variable) != "0");
}

unsigned threads_of(const Said& said) {
    if (!said.has("threads")) return std::max(1u, std::thread::hardware_concurrency());
    return static_cast<unsigned>(whole_number("threads", said.text("threads"), 1, 4096));
}

std::string shell_word(const std::string& word) {
    if (!word.empty() && word.find_first_of(" \t\n'\"\\$&|;<>()*?[]{}~#!`") == std::string::npos) return word;
    std::string quoted = "'";
    for (const char letter : word) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

std::string command_line(const std::string& command, std::span<const std::string> arguments) {
    std::string line = "multivector " + command;
    for (const std::string& word : arguments) line += ' ' + shell_word(word);
    return line;
}

}  // namespace multivector
