#include "cluster.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>

#include "cluster_scripts.hpp"
#include "commands.hpp"
#include "design_cost.hpp"
#include "hexadecimal.hpp"
#include "input_error.hpp"
#include "simulation.hpp"
#include "sweep_identity.hpp"
#include "sweep_output.hpp"

namespace multivector {

namespace fs = std::filesystem;

namespace {

namespace po = program_options;

constexpr std::uint32_t usual_array = 1000, most_shards = 50'000;  // the names of all fit one command line
constexpr double minutes_of_a_task = 10;
const std::string shards_line = "number of shards: ";

/// What a command prints, when it succeeds; its complaints go where ours go.
std::optional<std::string> said_by(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return {};
    std::string text;
    std::array<char, 4096> room;
    for (std::size_t got = 0; (got = fread(room.data(), 1, room.size(), pipe)) > 0;) text.append(room.data(), got);
    const int status = pclose(pipe);
    if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return {};
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

/// Tasks are numbered from 1, and MaxArraySize is one more than the highest number.
std::uint32_t largest_array() {
    const std::string config = said_by("scontrol show config 2>/dev/null").value_or("");
    const std::size_t name = config.find("MaxArraySize"), start = config.find_first_of("0123456789", name);
    if (name == std::string::npos || start == std::string::npos) return usual_array;
    std::uint32_t size = 0;
    std::from_chars(config.data() + start, config.data() + config.size(), size);
    return size > 1 ? std::min(size - 1, most_shards) : usual_array;
}

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream stream(file);
    stream << text << std::flush;
    if (!stream) throw InputError(file.string(), 0, 0, "cannot be written");
}

std::uint32_t shards_of_plan(const std::string& plan) {
    const std::size_t line = plan.rfind(shards_line);
    std::uint32_t shards = 0;
    if (line != std::string::npos)
        std::from_chars(plan.data() + line + shards_line.size(), plan.data() + plan.size(), shards);
    return shards;
}

std::uint32_t number_of(const Said& said, const char* option, std::uint32_t most) {
    return said.has(option) ? static_cast<std::uint32_t>(whole_number(option, said.text(option), 1, most)) : 0;
}

std::vector<std::string> options_of(const Said& said, const RunOrigin& origin) {
    std::vector<std::string> options{"-n",       std::to_string(origin.count), "--seed",     hexadecimal(origin.seed),
                                     "--record", said.text("record"),          "--on-error", said.text("on-error")};
    if (origin.counterfactuals) options.emplace_back("--counterfactuals");
    if (origin.reproducible) options.emplace_back("--reproducible");
    return options;
}

/// Throws when a run that is tried fails and such a failure is to stop the sweep.
double seconds_of(const Said& said, const LoadedDesign& loaded, const RunOrigin& origin) {
    double runs = static_cast<double>(realizations_of(origin));
    if (origin.counterfactuals) runs *= 1 + 2 * static_cast<double>(loaded.settings.front().scenario.partners.size());
    const RunCost each = cost_of_a_run(loaded);
    if (!each.failure.empty() && said.text("on-error") == "stop")
        throw std::runtime_error("nothing was submitted, since a run that was tried fails: " + each.failure +
                                 "; --on-error skip goes on without such runs");
    return runs * each.seconds;
}

/// Throws when jobs of an earlier submission may still write.
void refuse_while_queued(const fs::path& folder) {
    const std::string jobs = text_of(folder / "jobs");
    if (jobs.empty()) return;
    const std::string squeue = "squeue --jobs=" + shell_word(jobs);
    if (!said_by(squeue + " --noheader 2>/dev/null").value_or("").empty())
        throw InputError(folder.string(), 0, 0,
                         "the jobs of this sweep are still there: " + squeue + " shows them, scancel " +
                             shell_word(jobs) + " ends them");
}

/// The job's number. Slurm says it alone, or with the name of a cluster behind a semicolon.
std::string submitted(const fs::path& folder, const std::string& options, const std::string& script) {
    const auto answer = said_by("sbatch --parsable " + options + "--chdir=" + shell_word(folder.string()) + " " +
                                shell_word((folder / script).string()));
    if (!answer || answer->empty())
        throw std::runtime_error("sbatch did not take " + (folder / script).string() + "; its reason stands above");
    return answer->substr(0, answer->find(';'));
}

}  // namespace

void add_submit_options(po::options_description& options) {
    options.add_options()  //
        ("submit", po::value<std::string>(),
         "slurm: do not simulate here; write a job array and a merge that depends on it to the folder OUTPUT.shards, "
         "and "
         "submit them. The same command again goes on where it ended")  //
        ("shards", po::value<std::string>(),
         "with --submit, tasks of the array; otherwise as many as make a task last about ten minutes")  //
        ("at-once", po::value<std::string>(),
         "with --submit, tasks that may run at the same time; otherwise any number")  //
        ("slurm", po::value<std::string>(),
         "with --submit, options for sbatch in one word: \"--partition=main --time=30\"")  //
        ("dry-run", "with --submit, write the scripts and submit nothing");
}

void refuse_submit_clashes(const Said& said) {
    for (const char* option : {"shards", "at-once", "slurm", "dry-run"})
        if (said.has(option) && !said.has("submit"))
            refuse_command_line(std::string("--") + option + " needs --submit slurm");
    if (!said.has("submit")) return;
    const std::array<std::string, 1> engines{"slurm"};
    static_cast<void>(one_of("engine", said.text("submit"), engines));
    const std::array<std::pair<const char*, const char*>, 4> clashes{{
        {"shard", "--submit divides the sweep itself; leave --shard out, or say --shards"},
        {"resume", "--submit always goes on where it ended; leave --resume out"},
        {"force", "--submit replaces nothing; to begin again, remove the result file and its folder OUTPUT.shards"},
        {"precision",
         "--submit needs to know the replications; find them with --precision once, then say them with -n"},
    }};
    for (const auto& [option, why] : clashes)
        if (said.has(option)) refuse_command_line(why);
    static_cast<void>(number_of(said, "shards", most_shards));
    static_cast<void>(number_of(said, "at-once", most_shards));
    if (said.has("slurm")) {
        const std::string text = said.text("slurm");
        if (!text.starts_with('-') || text.find('\n') != std::string::npos)
            refuse_command_line("--slurm '" + text + "' is no line of options such as '--partition=main --time=30'");
        if (text.find("--array") != std::string::npos)
            refuse_command_line("--slurm: the array is the sweep's; say --shards and --at-once");
    }
    if (!said.has("dry-run") && !said_by("command -v sbatch"))
        refuse_command_line(
            "there is no sbatch here; say this where jobs of a Slurm cluster are submitted, or add --dry-run, which "
            "only writes the scripts");
}

std::uint32_t shards_for(double seconds, double realizations, std::uint32_t most) {
    const double wanted = std::max(std::ceil(seconds / (60 * minutes_of_a_task)),
                                   std::ceil(realizations / static_cast<double>(most_realizations)));
    return static_cast<std::uint32_t>(std::clamp(wanted, 1.0, std::min<double>(most, realizations)));
}

int submit_sweep(const Said& said, const std::string& output, const LoadedDesign& loaded, const RunOrigin& origin,
                 std::ostream& out) {
    ClusterSweep sweep;
    sweep.output = fs::absolute(output).lexically_normal();
    sweep.folder = sweep.output.string() + ".shards";
    sweep.program = fs::read_symlink("/proc/self/exe");
    sweep.design = fs::absolute(said.words[0]).lexically_normal();
    sweep.threads = number_of(said, "threads", 4096);
    sweep.at_once = number_of(said, "at-once", most_shards);
    if (said.has("slurm")) sweep.slurm = said.text("slurm");
    sweep.options = options_of(said, origin);

    if (is_done(output, origin)) {
        out << "result file    " << output << " is there and whole; nothing is left to do\n";
        return done;
    }
    const std::string begun = text_of(sweep.folder / "plan");
    if (!said.has("dry-run")) refuse_while_queued(sweep.folder);
    const double seconds = seconds_of(said, loaded, origin), all = static_cast<double>(realizations_of(origin));
    const std::uint32_t most = largest_array();
    sweep.shards = number_of(said, "shards", most_shards);
    if (sweep.shards == 0) sweep.shards = shards_of_plan(begun);
    if (sweep.shards == 0) sweep.shards = shards_for(seconds / std::max(1u, sweep.threads), all, most);
    if (sweep.shards > all)
        refuse_command_line("--shards " + std::to_string(sweep.shards) + " are more than the " +
                            std::to_string(realizations_of(origin)) + " realisations");
    if (sweep.shards > most)
        refuse_command_line("--shards " + std::to_string(sweep.shards) + " are more than the " + std::to_string(most) +
                            " tasks of an array that this cluster allows (MaxArraySize)");
    const std::string plan = identity_of(origin) + program_file() + shards_line + std::to_string(sweep.shards) + "\n";
    if (!begun.empty() && begun != plan)
        throw InputError(
            sweep.folder.string(), 0, 0,
            "is there, and of another sweep: " + differences(begun, plan) + "; remove it, or name another output");

    std::error_code failure;
    fs::create_directories(sweep.folder / "log", failure);
    if (failure) throw InputError(sweep.folder.string(), 0, 0, "cannot be made: " + failure.message());
    write(sweep.folder / "plan", plan);
    write(sweep.folder / "array.sh", array_script(sweep));
    write(sweep.folder / "merge.sh", merge_script(sweep));

    const std::string folder = shell_word(sweep.folder.string());
    const std::uint32_t cores = std::max(1u, sweep.threads);
    out << "tasks          " << sweep.shards << (sweep.shards == 1 ? ", of about " : ", each of about ")
        << rough_time(seconds / sweep.shards / cores) << " on " << cores << (cores == 1 ? " core" : " cores")
        << " like these: an estimate\n";
    if (said.has("dry-run")) {
        out << "scripts        array.sh and merge.sh in " << folder << "; nothing was submitted\n"
            << "to submit      cd " << folder << " && sbatch array.sh, then sbatch --dependency=afterok:JOB merge.sh\n";
        return done;
    }
    const std::string array = submitted(sweep.folder, "", "array.sh");
    write(sweep.folder / "jobs", array);
    const std::string merge =
        submitted(sweep.folder, "--dependency=afterok:" + array + " --kill-on-invalid-dep=yes ", "merge.sh");
    write(sweep.folder / "jobs", array + "," + merge);
    out << "submitted      the array as job " << array << ", then the merge as job " << merge << '\n'
        << "to watch       squeue --jobs=" << array << "," << merge << "; logs are in " << folder << "/log\n"
        << "to resume      the same command again, when these jobs are gone: finished shards are only checked\n"
        << "to merge       bash " << folder << "/merge.sh, should the merge alone have failed\n"
        << "result file    " << output << ", when all is done\n";
    return done;
}

}  // namespace multivector
