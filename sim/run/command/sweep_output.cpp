#include "sweep_output.hpp"

#include "hdf5_checksums.hpp"
#include "hexadecimal.hpp"
#include "simulation.hpp"
#include "sweep_identity.hpp"

namespace multivector {

namespace fs = std::filesystem;

bool is_done(const fs::path& output, const RunOrigin& origin) {
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(output, ignored))) return false;
    const ResultFile file(output);
    const std::string again = "; --force instead of --resume computes it again";
    const std::string difference = differences(identity_of(file), identity_of(origin));
    if (!difference.empty())
        throw InputError(file.name(), 0, 0, "is there, and of another sweep: " + difference + again);
    if (!hdf5::has_checksums(file.id())) throw DamagedResult(file.name(), "it holds no checksums" + again);
    const auto damages = file.guarded([&] { return hdf5::check_checksums(file.id()); });
    if (!damages.empty()) throw DamagedResult(file.name(), damages.front().said() + again);
    return true;
}

std::string command_alone(const fs::path& design, const RunOrigin& origin, std::size_t number) {
    const DesignRecord& record = origin.design.value();
    const DesignWorld& world = record.worlds[number % record.worlds.size()];
    std::vector<std::string> words{(design.parent_path() / record.bases[world.base].name).lexically_normal().string()};
    for (const std::string& assignment : world.assignments) words.insert(words.end(), {"--set", assignment});
    words.insert(words.end(), {"--seed", hexadecimal(origin.seed), "--first",
                               std::to_string(number / record.worlds.size()), "-n", "1"});
    return command_line("run", words);
}

void print_failures(std::ostream& err, const std::vector<Failure>& failures, const fs::path& design,
                    const RunOrigin& origin) {
    if (failures.empty()) return;
    const Failure& first = failures.front();
    const std::size_t rows = rows_of(origin);
    err << "note: " << failures.size() << " of " << realizations_of(origin)
        << (failures.size() == 1 ? " realisations failed; it is" : " realisations failed; they are")
        << " missing in the result, and listed in its /failures; the first: design row " << first.realization % rows
        << ", replication " << first.realization / rows << ": " << first.reason
        << "\nnote: to run it alone: " << command_alone(design, origin, first.realization) << '\n';
}

}  // namespace multivector
