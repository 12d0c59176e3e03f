#include "sweep_identity.hpp"

#include <array>
#include <fstream>
#include <sstream>

#include "build_info.hpp"
#include "hexadecimal.hpp"
#include "sha256.hpp"

namespace multivector {

namespace {

/// Of the running program's file: a build from sources with changes has no other name. Empty where it is not shown.
std::string program_digest() {
    std::ifstream file("/proc/self/exe", std::ios::binary);
    if (!file) return "";
    Sha256 digest;
    std::array<char, 1 << 16> room;
    do {
        file.read(room.data(), room.size());
        digest.add(room.data(), static_cast<std::size_t>(file.gcount()));
    } while (file);
    return digest.hexadecimal();
}

std::string program_text() {
    const BuildInfo info = build_info();
    return info.version + ", commit " + info.commit + (info.dirty ? " modified, " : ", ") + info.compiler + ", " +
           info.flags;
}

std::string program_text(const ResultFile& file) {
    const auto said = [&](const char* attribute) { return file.provenance(attribute).value_or("?"); };
    return said("program_version") + ", commit " + said("git_commit") +
           (file.provenance_number("git_dirty").value_or(0) != 0 ? " modified, " : ", ") + said("compiler") + ", " +
           said("build_flags");
}

std::string name_of_switch(bool on) { return std::string(names_of<Switch>[static_cast<std::size_t>(on)]); }

}  // namespace

std::string differences(const std::string& stored, const std::string& asked) {
    std::istringstream was(stored), is(asked);
    std::string text;
    for (;;) {
        std::string old_line, new_line;
        std::getline(was, old_line), std::getline(is, new_line);
        if (!was && !is) return text;
        if (old_line == new_line) continue;
        const auto value = [](const std::string& line) {
            const std::size_t colon = line.find(": ");
            return colon == std::string::npos ? line : line.substr(colon + 2);
        };
        const std::string name = new_line.substr(0, new_line.find(':'));
        text += (text.empty() ? "its " : ", its ") + name + " is another";
        if (const std::string a = value(old_line), b = value(new_line); a.size() < 40 && b.size() < 40)
            text += " (" + a + ", not " + b + ")";
    }
}

std::string digest_of(const DesignRecord& record) {
    Sha256 digest;
    const auto add = [&](const std::string& text) { digest.add(text.c_str(), text.size() + 1); };
    add(record.verbatim);
    for (const BaseScenario& base : record.bases) add(base.name), add(base.verbatim), add(base.resolved);
    for (const DesignWorld& world : record.worlds) {
        add(std::to_string(world.base) + " " + world.resolved_sha256);
        for (const std::string& assignment : world.assignments) add(assignment);
    }
    return digest.hexadecimal();
}

namespace {

std::string identity_of(const RunOrigin& origin, const std::string& program) {
    return "program: " + program + "\ndesign: " + (origin.design ? digest_of(*origin.design) : "") +
           "\nscenario: " + sha256(origin.verbatim + '\0' + origin.resolved) + "\nseed: " + hexadecimal(origin.seed) +
           "\nfirst replication: " + std::to_string(origin.first) +
           "\nnumber of replications: " + std::to_string(origin.count) +
           "\nrecord: " + std::string(names_of<Record>[static_cast<std::size_t>(origin.record)]) +
           "\nuse of counterfactuals: " + name_of_switch(origin.counterfactuals) +
           "\nshard: " + (origin.shard ? origin.shard->text() : "all") + "\n";
}

}  // namespace

std::string identity_of(const RunOrigin& origin) { return identity_of(origin, program_text()); }

std::string identity_of(const ResultFile& file) { return identity_of(origin_of(file), program_text(file)); }

std::string program_file() { return "program file: " + program_digest() + "\n"; }

RunOrigin origin_of(const ResultFile& file) {
    RunOrigin origin;
    origin.verbatim = file.scenario_verbatim();
    origin.resolved = file.scenario_resolved();
    origin.seed = file.seed();
    origin.first = file.first_replication();
    origin.count = file.sweep_replications();
    origin.shard = file.shard();
    origin.missing = file.missing();
    origin.record = file.record();
    origin.design = file.design();
    origin.counterfactuals = file.provenance("counterfactuals") == "on";
    origin.reproducible = !file.provenance("started");
    return origin;
}

}  // namespace multivector
