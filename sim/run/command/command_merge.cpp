// multivector merge FILES and multivector missing DESIGN FILES: a sweep done in parts.
#include <algorithm>

#include "command_options.hpp"
#include "commands.hpp"
#include "design_reader.hpp"
#include "merge.hpp"
#include "progress.hpp"
#include "simulation.hpp"
#include "sweep_identity.hpp"

namespace multivector {

namespace {

namespace po = program_options;
namespace fs = std::filesystem;

/// What the sweep's own command would be told, as far as it says which realisations there are.
struct Wanted {
    std::string design;  ///< digest
    std::uint64_t seed = 0;
    std::uint32_t replications = 0;
    std::size_t rows = 0;

    std::size_t realizations() const { return replications * rows; }
};

Wanted wanted_of(const Said& said) {
    const LoadedDesign loaded = load_design(said.words[0]);
    const Design& design = loaded.record.design;
    Wanted wanted{digest_of(loaded.record), design.seed, design.replications, loaded.settings.size()};
    if (said.has("seed")) wanted.seed = whole_number("seed", said.text("seed"), 0, UINT64_MAX);
    if (said.has("replications"))
        wanted.replications =
            static_cast<std::uint32_t>(whole_number("replications", said.text("replications"), 1, 2'000'000'000));
    return wanted;
}

/// Why a file counts for nothing; empty when it is of the sweep.
std::string objection_to(const ResultFile& file, const Wanted& wanted) {
    if (!file.design() || digest_of(*file.design()) != wanted.design) return "is of another design";
    if (file.seed() != wanted.seed) return "is of another seed";
    if (file.sweep_replications() != wanted.replications)
        return "is of a sweep of " + std::to_string(file.sweep_replications()) + " replications, not " +
               std::to_string(wanted.replications);
    return "";
}

/// The shards that have any of the realisations, where all files are shards of one division.
std::vector<std::string> shards_to_run(const std::vector<Part>& parts, const std::vector<Share>& gaps,
                                       std::size_t all) {
    std::uint32_t of = 0;
    for (const Part& part : parts) {
        const auto shard = shard_in(part.shard);
        if (!shard || (of != 0 && shard->of != of)) return {};
        of = shard->of;
    }
    std::vector<std::string> shards;
    for (std::uint32_t number = 1; number <= of; ++number) {
        const Share share = share_of(Shard{number, of}, all);
        if (std::any_of(gaps.begin(), gaps.end(),
                        [&](const Share& gap) { return gap.begin < share.end && share.begin < gap.end; }))
            shards.push_back(Shard{number, of}.text());
    }
    return shards;
}

std::string place(std::size_t realization, std::size_t rows) {
    return "replication " + std::to_string(realization / rows) + " row " + std::to_string(realization % rows);
}

}  // namespace

void add_merge_options(po::options_description& options) {
    options.add_options()                                                                      //
        ("output,o", po::value<std::string>(), "the merged result file")                       //
        ("allow-missing", "leave realisations that no file has missing, instead of refusing")  //
        ("virtual",
         "leave the values in the files, which must stand beside the merged one or in folders under it, and refer to "
         "them; it is small, and of use only together with them")  //
        ("quiet", "no progress")                                   //
        ("force", "replace an existing result file");
}

int merge_command(const Said& said, std::ostream& out, std::ostream& err) {
    if (!said.has("output")) refuse_command_line("--output must name the merged file");
    const std::vector<fs::path> files(said.words.begin(), said.words.end());
    const fs::path output = said.text("output");
    std::error_code ignored;
    for (const fs::path& file : files)
        if (fs::equivalent(file, output, ignored))
            throw InputError(output.string(), 0, 0, "is one of the files to be merged; name another output");
    if (said.has("virtual") && files.size() > hdf5::most_sources)
        throw InputError(output.string(), 0, 0,
                         "cannot be virtual: " + std::to_string(files.size()) +
                             " files are more than its readers can hold open at once; " +
                             std::to_string(hdf5::most_sources) + " at most");
    const std::vector<Part> parts = sweep_parts(files);
    std::size_t held = 0;
    for (const Part& part : parts) held += part.share.size();
    {
        Progress progress(err, progress_style(said.has("quiet")), held);
        merge(parts,
              {output, said.has("force"), said.has("allow-missing"), said.has("virtual"),
               command_line("merge", said.arguments)},
              [&](std::size_t realizations) { progress.update(std::min(realizations, held)); });
    }
    const ResultFile merged(output);
    out << merged.replications().size() << " realisations of " << parts.size() << " files";
    if (merged.missing() > 0) out << ", of which " << merged.missing() << " are missing";
    if (!merged.failures().empty()) out << ", of which " << merged.failures().size() << " failed";
    if (!merged.sources().empty())
        out << "\nvirtual        its values stay in the files merged; move all of them together";
    out << "\nresult file    " << output.string() << "\nto read it     multivector compare " << output.string() << '\n';
    return done;
}

void add_missing_options(po::options_description& options) {
    options.add_options()                                                                     //
        ("replications,n", po::value<std::string>(), "of every row; otherwise the design's")  //
        ("seed", po::value<std::string>(), "master seed; otherwise the design's");
}

int missing_command(const Said& said, std::ostream& out, std::ostream& err) {
    const Wanted wanted = wanted_of(said);
    std::vector<fs::path> good;
    std::size_t failed = 0, lacking = 0;
    for (std::size_t i = 1; i < said.words.size(); ++i) {
        try {
            const ResultFile file(said.words[i]);
            const std::string objection = objection_to(file, wanted);
            if (!objection.empty()) throw InputError(file.name(), 0, 0, objection);
            static_cast<void>(sweep_parts({fs::path(file.name())}));
            failed += file.failures().size(), lacking += file.missing();
            good.emplace_back(said.words[i]);
        } catch (const InputError& error) {
            err << error.what() << "; it counts as not there\n";
        }
    }
    const std::vector<Part> parts = sweep_parts(good);
    const std::vector<Share> gaps = gaps_between(parts, wanted.realizations());
    std::size_t missing = lacking;
    for (const Share& gap : gaps) {
        missing += gap.size();
        out << "missing        " << place(gap.begin, wanted.rows) << " to " << place(gap.end - 1, wanted.rows) << ": "
            << gap.size() << " realisations\n";
    }
    if (lacking > 0) out << "missing        " << lacking << " realisations that merged files lack\n";
    for (const std::string& shard : shards_to_run(parts, gaps, wanted.realizations()))
        out << "to be run      --shard " << shard << '\n';
    if (failed > 0) out << "failed         " << failed << " realisations, listed in /failures of their files\n";
    if (missing == 0 && good.size() + 1 == said.words.size())
        out << "all " << wanted.realizations() << " realisations are there\n";
    else
        out << missing << " of " << wanted.realizations() << " realisations are missing\n";
    return missing == 0 ? done : run_failed;
}

}  // namespace multivector
