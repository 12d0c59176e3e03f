#include "cluster_scripts.hpp"

#include <stdexcept>
#include <string_view>

#include "cluster_script_texts.hpp"
#include "simulation.hpp"

namespace multivector {

namespace {

constexpr std::string_view opening = "# settings\n", closing = "# end of settings\n";

std::string with_settings(std::string_view script, const std::string& settings) {
    std::string text(script);
    const std::size_t first = text.find(opening), end = text.find(closing);
    if (first == std::string::npos || end == std::string::npos) throw std::logic_error("a script without settings");
    return text.replace(first + opening.size(), end - first - opening.size(), settings);
}

/// Slurm takes the last of two options that contradict each other: the user's go before ours.
std::string options_of_slurm(const ClusterSweep& sweep, const std::string& name) {
    std::string lines = "#SBATCH --job-name=" + name + "\n";
    if (!sweep.slurm.empty()) lines += "#SBATCH " + sweep.slurm + "\n";
    return lines;
}

std::string variables(const ClusterSweep& sweep) {
    std::string lines = "shards=" + std::to_string(sweep.shards) + "\nfolder=" + shell_word(sweep.folder.string()) +
                        "\nprogram=" + shell_word(sweep.program.string()) +
                        "\ndesign=" + shell_word(sweep.design.string()) + "\noptions=(";
    for (std::size_t i = 0; i < sweep.options.size(); ++i) lines += (i > 0 ? " " : "") + shell_word(sweep.options[i]);
    return lines + ")\n";
}

}  // namespace

std::string array_script(const ClusterSweep& sweep) {
    std::string lines = options_of_slurm(sweep, "multivector");
    if (sweep.threads > 0) lines += "#SBATCH --cpus-per-task=" + std::to_string(sweep.threads) + "\n";
    lines += "#SBATCH --array=1-" + std::to_string(sweep.shards);
    if (sweep.at_once > 0) lines += "%" + std::to_string(sweep.at_once);
    return with_settings(cluster_scripts::array, lines + "\n#SBATCH --output=log/%a.log\n" + variables(sweep));
}

std::string merge_script(const ClusterSweep& sweep) {
    return with_settings(cluster_scripts::merge, options_of_slurm(sweep, "multivector-merge") +
                                                     "#SBATCH --output=log/merge.log\n" + variables(sweep) +
                                                     "output=" + shell_word(sweep.output.string()) + "\n");
}

}  // namespace multivector
