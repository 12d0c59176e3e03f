// What `run` and `rerun` share: an ensemble simulated to a result file, with progress and a watch for signals.
#pragma once

#include <filesystem>
#include <ostream>

#include "command_options.hpp"
#include "hdf5_recorder.hpp"

namespace multivector {

/// One file holds its whole realisation axis in memory.
inline constexpr std::uint64_t most_realizations = 10'000'000;

struct Job {
    std::filesystem::path output;
    bool force = false;
    unsigned threads = 1;
    bool quiet = false;
    bool skip_failures = false;  ///< else the first ends it
    Journal* journal = nullptr;  ///< to go on from, and to keep what is done in; removed when the output is finished
    std::function<Simulation> simulate = run_realization;  ///< another for tests
};

/// Simulates what `origin` says, one setting per row of a design, and writes it; `also` sees every realisation that is
/// simulated. Throws InputError when the output cannot or must not be written, RealizationFailed or Interrupted; then
/// no file is left. Returns the realisations that failed.
std::vector<Failure> simulate_to_file(
    const Job& job, std::span<const Setting> settings, const RunOrigin& origin, std::ostream& err,
    const Sink& also = [](std::span<const Realization>) {});
inline std::vector<Failure> simulate_to_file(
    const Job& job, const Setting& setting, const RunOrigin& origin, std::ostream& err,
    const Sink& also = [](std::span<const Realization>) {}) {
    return simulate_to_file(job, std::span(&setting, 1), origin, err, also);
}

bool reproducible(const Said& said);

/// What --threads says; as many as the machine has when it is not said.
unsigned threads_of(const Said& said);

/// The word as a shell takes it, quoted where it must be.
std::string shell_word(const std::string& word);

/// "multivector COMMAND ..." with the words quoted as a shell would take them.
std::string command_line(const std::string& command, std::span<const std::string> arguments);

}  // namespace multivector
