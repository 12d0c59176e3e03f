#include "hdf5_provenance.hpp"

#include <ctime>

#include "build_info.hpp"
#include "hdf5_dataset.hpp"
#include "hexadecimal.hpp"
#include "sha256.hpp"

namespace multivector {

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

namespace hdf5 {

namespace {

constexpr const char* manifest_meaning =
    "merged from these files, one to a line: SHA-256, shard, first realisation, realisations, name";

void write_root(hid_t file, const std::string& title, const RunOrigin& origin, const std::string& started) {
    const std::string did = "multivector " + build_info().version + (origin.design ? " sweep" : " run");
    write_attribute(file, "Conventions", "CF-1.8");
    write_attribute(file, "title", title);
    write_attribute(file, "source", program_name());
    write_attribute(file, "history", origin.reproducible ? did : started + " " + did + ": " + origin.command_line);
    write_attribute(file, "references", "models/ODD.md of the program; observables: multivector describe observables");
    write_attribute(file, "license",
                    "results may be used freely, cite the program and its version; the record within the scenario "
                    "keeps its sources' licences");
    write_attribute(file, "schema_version", schema_version);
}

void write_build(hid_t group) {
    const BuildInfo info = build_info();
    write_attribute(group, "program_version", info.version);
    write_attribute(group, "git_commit", info.commit);
    write_attribute(group, "git_dirty", std::int32_t{info.dirty});
    write_attribute(group, "compiler", info.compiler);
    write_attribute(group, "build_flags", info.flags);
    write_attribute(group, "libraries", info.libraries);
}

}  // namespace

void write_origin(hid_t file, const std::string& title, const RunOrigin& origin, const std::string& started) {
    write_root(file, title, origin, started);
    const Handle group = create_group(file, "provenance");
    write_text(group, "scenario_verbatim", origin.verbatim, "the scenario as it was written");
    write_text(group, "scenario_resolved", origin.resolved, "the scenario with every parameter");
    write_attribute(group, "scenario_verbatim_sha256", sha256(origin.verbatim));
    write_attribute(group, "scenario_resolved_sha256", sha256(origin.resolved));
    write_build(group);
    write_attribute(group, "generator", "Philox4x32-10");
    write_attribute(group, "master_seed", hexadecimal(origin.seed));
    write_attribute(group, "first_replication", static_cast<std::int32_t>(origin.first));
    write_attribute(group, "replications", static_cast<std::int32_t>(origin.count));
    write_attribute(group, "record", names_of<Record>[static_cast<std::size_t>(origin.record)]);
    write_attribute(group, "counterfactuals", names_of<Switch>[static_cast<std::size_t>(origin.counterfactuals)]);
    if (origin.precision) {
        write_attribute(group, "precision", origin.precision->epsilon);
        write_attribute(group, "half_width", origin.precision->half_width);
        write_attribute(group, "precision_reached", std::int32_t{origin.precision->reached});
    }
    if (origin.shard) write_attribute(group, "shard", origin.shard->text());
    if (!origin.manifest.empty()) write_text(group, "manifest", origin.manifest, manifest_meaning);
    if (origin.missing > 0) write_attribute(group, "missing_realizations", static_cast<std::int32_t>(origin.missing));
    if (origin.reproducible) return;
    write_attribute(group, "command_line", origin.command_line);
    write_attribute(group, "started", started);
}

void write_end(hid_t file, const std::string& ended) {
    const Handle group(H5Gopen2(file, "provenance", H5P_DEFAULT), H5Gclose, "cannot open provenance");
    write_attribute(group, "ended", ended);
}

}  // namespace hdf5
}  // namespace multivector
