// multivector rerun RESULT and multivector verify FILES: can a result file be trusted?
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>

#include "build_info.hpp"
#include "command_options.hpp"
#include "commands.hpp"
#include "design_reader.hpp"
#include "hdf5_checksums.hpp"
#include "hdf5_reader.hpp"
#include "hexadecimal.hpp"
#include "input_error.hpp"
#include "result_difference.hpp"
#include "setting_reader.hpp"
#include "simulation.hpp"
#include "sweep_identity.hpp"

namespace multivector {

namespace {

namespace po = program_options;
namespace fs = std::filesystem;

fs::path temporary_folder() {
    std::error_code failure;
    const fs::path folder = fs::temp_directory_path(failure);
    if (failure) throw InputError("TMPDIR", 0, 0, "is no folder for temporary files; name a file with --output");
    return folder;
}

/// The file's path, or one in the folder for temporary files that disappears with this object.
class Replayed {
 public:
    explicit Replayed(const Said& said) : kept_(said.has("output")) {
        path_ = kept_ ? fs::path(said.text("output"))
                      : temporary_folder() / ("multivector-rerun-" + std::to_string(getpid()) + ".h5");
    }
    ~Replayed() {
        std::error_code ignored;
        if (!kept_) fs::remove(path_, ignored);
    }
    Replayed(const Replayed&) = delete;

    const fs::path& path() const { return path_; }
    bool kept() const { return kept_; }

 private:
    bool kept_;
    fs::path path_;
};

double tolerance_of(const Said& said) {
    if (!said.has("tolerance")) return 1e-9;
    const std::string text = said.text("tolerance");
    double value = -1;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || !(value >= 0 && value < 1))
        refuse_command_line("--tolerance '" + text + "' is not a number from 0 to below 1");
    return value;
}

RunOrigin origin_of(const ResultFile& file, const LoadedScenario& loaded, const Said& said) {
    RunOrigin origin = origin_of(file);
    origin.resolved = loaded.resolved;
    origin.command_line = command_line("rerun", said.arguments);
    return origin;
}

std::string number(double value, const char* format = "%.17g") {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// What f reads of the file, or nothing: a report must not break off because a detail of it cannot be read.
template <class Function>
auto if_readable(const ResultFile& file, Function f) -> decltype(f()) {
    try {
        return file.guarded(f);
    } catch (const DamagedResult&) {
        return {};
    }
}

/// " (1998.125)", the middle of the tick, when the file says it.
std::string year_text(const ResultFile& file, std::size_t tick) {
    return if_readable(file, [&]() -> std::string {
        hdf5::Blocks years(file.id(), "/series/year");
        double year = 0;
        if (years.type() != hdf5::Type::number || !years.next() || years.bytes().size() < (tick + 1) * sizeof year)
            return "";
        std::memcpy(&year, years.bytes().data() + tick * sizeof year, sizeof year);
        return " (" + number(year, "%.10g") + ")";
    });
}

std::string said_in(const ResultFile& file, const std::string& attribute) {
    return if_readable(file, [&] { return file.provenance(attribute); }).value_or("?");
}

/// Where the value stands, in the words of the file.
std::string place_of(const ValueDifference& value, const ResultFile& file) {
    const bool cube = value.dataset.starts_with("/series/") || value.dataset.starts_with("/summary/");
    std::string place =
        !value.has_row ? ""
        : cube         ? "replication " + std::to_string(file.replications().at(value.row)) +
                     (file.design()
                          ? " of design row " + std::to_string((file.first_realization() + value.row) % file.rows())
                          : "")
               : "row " + std::to_string(value.row);
    if (value.has_tick)
        place =
            "tick " + std::to_string(value.tick) + year_text(file, value.tick) + (value.has_row ? " of " : "") + place;
    place += ": " + value.dataset;
    if (!value.has_label) return place;
    const std::string dimension = value.dataset.substr(value.dataset.rfind('_') + 1);
    const auto labels = if_readable(file, [&] { return hdf5::read_texts(file.id(), "/summary/" + dimension); });
    return place + "[" + (value.label < labels.size() ? labels[value.label] : std::to_string(value.label)) + "]";
}

void print_differences(std::ostream& out, const ResultDifference& found, const ResultFile& file) {
    if (found.earliest)
        out << "  first at " << place_of(*found.earliest, file) << " was " << number(found.earliest->first)
            << " and is now " << number(found.earliest->second) << '\n';
    if (found.earliest && !found.earliest->has_tick && file.record() == Record::summary)
        out << "  the tick is not known, because the file records no ticks (--record series does)\n";
    constexpr std::size_t most = 12;
    for (std::size_t i = 0; i < std::min(most, found.differing.size()); ++i) {
        const DatasetDifference& dataset = found.differing[i];
        out << "  " << dataset.path << ": ";
        if (!dataset.what.empty())
            out << dataset.what << '\n';
        else
            out << dataset.values << (dataset.values == 1 ? " value differs" : " values differ")
                << ", relatively by up to " << number(dataset.largest, "%.2g") << '\n';
    }
    if (found.differing.size() > most) out << "  and " << found.differing.size() - most << " more datasets\n";
    out << "  written by  " << said_in(file, "program_version") << ", commit " << said_in(file, "git_commit") << ", "
        << said_in(file, "compiler") << "\n  replayed by " << build_info().version << ", commit " << build_info().commit
        << ", " << build_info().compiler << '\n';
}

void print_verdict(std::ostream& out, const ResultDifference& found, const ResultFile& file) {
    constexpr std::array<const char*, 3> verdicts{"bit-identical", "within tolerance", "different"};
    out << file.name() << ": " << verdicts[static_cast<std::size_t>(found.verdict)] << "; " << found.values
        << " values in " << found.datasets << " datasets, " << file.replications().size() << " realisations of seed "
        << hexadecimal(file.seed()) << '\n';
    if (found.verdict != Verdict::bit_identical) print_differences(out, found, file);
}

std::vector<Setting> settings_of(const ResultFile& file, const LoadedScenario& loaded, const std::string& name) {
    if (file.design()) return prepare_rows(*file.design(), file.name());
    try {
        return {prepare(loaded.scenario)};
    } catch (const std::invalid_argument& error) {
        throw InputError(name, 0, 0, error.what());
    }
}

/// Where the values of a virtual file are damaged.
void name_changed_shards(const ResultFile& file, std::ostream& err) {
    for (const hdf5::OpenSource& shard : file.sources())
        for (const hdf5::Damage& damage : file.guarded([&] { return hdf5::check_checksums(shard.file); }))
            err << file.name() << ": in its shard " << shard.name << ": " << damage.said() << '\n';
}

bool verify(const std::string& name, std::ostream& out, std::ostream& err) {
    const ResultFile file(name);
    if (!hdf5::has_checksums(file.id()))
        throw InputError(name, 0, 0, "holds no checksums: they were removed, or an earlier version wrote it");
    const auto damages = file.guarded([&] { return hdf5::check_checksums(file.id()); });
    for (const hdf5::Damage& damage : damages) err << name << ": " << damage.said() << '\n';
    if (!damages.empty()) name_changed_shards(file, err);
    if (!damages.empty()) return false;
    static_cast<void>(file.scenario_resolved());
    static_cast<void>(file.scenario_verbatim());
    out << name << ": whole; " << file.replications().size() << " realisations of seed " << hexadecimal(file.seed())
        << (file.shard() ? ", shard " + file.shard()->text() : "") << ", every checksum agrees\n";
    return true;
}

}  // namespace

void add_rerun_options(po::options_description& options) {
    options.add_options()                                                                //
        ("output,o", po::value<std::string>(), "keep the replayed result in this file")  //
        ("tolerance", po::value<std::string>(),
         "accept relative differences up to this (otherwise only equal bits "
         "exit with 0; what is called within tolerance is then 1e-9)")                                         //
        ("threads", po::value<std::string>(), "otherwise as many as the machine has; never changes a result")  //
        ("quiet", "no progress")                                                                               //
        ("force", "replace an existing --output");
}

int rerun_command(const Said& said, std::ostream& out, std::ostream& err) {
    const ResultFile file(said.words[0]);
    if (file.replications().empty()) throw InputError(file.name(), 0, 0, "holds no realisations to replay");
    if (file.missing() > 0)
        throw InputError(
            file.name(), 0, 0,
            "lacks " + std::to_string(file.missing()) + " realisations: replay the files it was merged from");
    std::error_code ignored;
    if (said.has("output") && fs::equivalent(said.words[0], said.text("output"), ignored))
        throw InputError(said.text("output"), 0, 0, "is the result itself; name another file");
    const double tolerance = tolerance_of(said);
    const std::string source = file.name() + ":/provenance/scenario_resolved";
    const LoadedScenario loaded = load_resolved(file.scenario_resolved(), source);

    const Replayed replayed(said);
    simulate_to_file({replayed.path(), !replayed.kept() || said.has("force"), threads_of(said), said.has("quiet"),
                      !file.failures().empty()},
                     settings_of(file, loaded, source), origin_of(file, loaded, said), err);
    const ResultFile again({H5Fopen(replayed.path().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "cannot open"},
                           replayed.kept() ? replayed.path().string() : "the replay");
    const ResultDifference found = file.guarded([&] { return difference(file, again, tolerance); });
    print_verdict(out, found, file);
    const bool accepted = found.verdict == Verdict::bit_identical ||
                          (said.has("tolerance") && found.verdict == Verdict::within_tolerance);
    return accepted ? done : run_failed;
}

int verify_command(const Said& said, std::ostream& out, std::ostream& err) {
    int code = done;
    for (const std::string& name : said.words) {
        try {
            if (!verify(name, out, err)) code = std::max<int>(code, run_failed);
        } catch (const DamagedResult& error) {
            err << error.what() << '\n';
            code = std::max<int>(code, run_failed);
        } catch (const InputError& error) {
            err << error.what() << '\n';
            code = bad_input;
        }
    }
    return code;
}

}  // namespace multivector
