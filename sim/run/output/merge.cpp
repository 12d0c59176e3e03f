#include "merge.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "design_reader.hpp"
#include "hdf5_checksums.hpp"
#include "hdf5_reader.hpp"
#include "hdf5_recorder.hpp"
#include "log.hpp"
#include "recorded_rows.hpp"
#include "sha256.hpp"
#include "sweep_identity.hpp"

namespace multivector {

namespace fs = std::filesystem;

namespace {

std::string file_digest(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    Sha256 digest;
    std::array<char, 1 << 16> room;
    while (file.read(room.data(), room.size()) || file.gcount() > 0)
        digest.add(room.data(), static_cast<std::size_t>(file.gcount()));
    if (file.bad() || !file.eof()) throw InputError(path.string(), 0, 0, "cannot be read");
    return digest.hexadecimal();
}

void require_whole(const ResultFile& file) {
    if (!file.design()) throw InputError(file.name(), 0, 0, "is no part of a sweep: it holds one world and no design");
    if (!hdf5::has_checksums(file.id())) throw DamagedResult(file.name(), "it holds no checksums");
    const auto damages = file.guarded([&] { return hdf5::check_checksums(file.id()); });
    if (!damages.empty())
        throw DamagedResult(file.name(), damages.front().said() + "; sweep --force computes it again");
}

std::string identity_without_shard(const ResultFile& file) {
    const std::string identity = identity_of(file);
    return identity.substr(0, identity.rfind("shard: "));
}

std::string numbers(const Share& share, const DesignRecord& design, std::size_t first) {
    const std::size_t rows = design.worlds.size();
    const auto place = [&](std::size_t at) {
        return "replication " + std::to_string((first + at) / rows) + ", row " + std::to_string((first + at) % rows);
    };
    return std::to_string(share.size()) + " realisations from " + place(share.begin) + " to " + place(share.end - 1);
}

/// The part's name from the folder of the output. A link counts where it stands, not where it leads.
std::string name_from(const fs::path& output, const fs::path& part) {
    const auto folder = [](const fs::path& file) { return fs::weakly_canonical(fs::absolute(file).parent_path()); };
    const std::string name = (folder(part) / part.filename()).lexically_relative(folder(output)).string();
    if (!hdf5::stays_under(name))
        throw InputError(part.string(), 0, 0,
                         "does not stand beside " + output.string() +
                             " or in a folder under it, where a virtual file looks for its shards");
    return name;
}

std::vector<Source> sources_of(const std::vector<Part>& parts, const fs::path& output, std::size_t realizations) {
    std::vector<Source> sources;
    std::size_t held = 0;
    for (const Part& part : parts) {
        const ResultFile file(part.path);
        if (!file.sources().empty())
            throw InputError(file.name(), 0, 0, "is a virtual file itself; name the shards that it was merged from");
        Source source{name_from(output, part.path), hdf5::contents_of(file.id()), part.share, {}};
        file.guarded([&] {
            for_each_log_table([&](const char* name, const char*, const auto&) {
                if (keeps(file.record(), name))
                    source.rows[name] = RowReader(file.id(), std::string("/") + name + "/realization").rows();
            });
        });
        held += part.share.size();
        sources.push_back(std::move(source));
    }
    if (realizations > held * hdf5::most_unfolding)
        throw InputError(output.string(), 0, 0, "cannot be virtual: almost all of it is missing");
    return sources;
}

}  // namespace

std::vector<Part> sweep_parts(const std::vector<fs::path>& files) {
    std::vector<Part> parts;
    std::string first, name;
    for (const fs::path& path : files) {
        const ResultFile file(path);
        require_whole(file);
        const std::string identity = identity_without_shard(file);
        if (first.empty()) first = identity, name = file.name();
        if (identity != first)
            throw InputError(file.name(), 0, 0,
                             "is of another sweep than " + name + ": " + differences(first, identity));
        const std::size_t begin = file.first_realization() - file.first_replication() * file.rows();
        parts.push_back({path,
                         {begin, begin + file.replications().size()},
                         file.shard() ? file.shard()->text() : "all",
                         file_digest(path),
                         file.missing()});
    }
    std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
        return std::pair(a.share.begin, a.share.end) < std::pair(b.share.begin, b.share.end);
    });
    for (std::size_t i = 1; i < parts.size(); ++i)
        if (parts[i].share.begin < parts[i - 1].share.end && parts[i].share.size() > 0)
            throw InputError(
                parts[i].path.string(), 0, 0,
                "has realisations that " + parts[i - 1].path.string() + " has too: they would count twice");
    return parts;
}

std::vector<Share> gaps_between(const std::vector<Part>& parts, std::size_t all) {
    std::vector<Share> gaps;
    std::size_t next = 0;
    for (const Part& part : parts) {
        if (part.share.begin > next) gaps.push_back({next, part.share.begin});
        next = std::max(next, part.share.end);
    }
    if (next < all) gaps.push_back({next, all});
    return gaps;
}

std::string manifest_of(const std::vector<Part>& parts, std::size_t first_realization) {
    std::string lines;
    for (const Part& part : parts)
        lines += part.sha256 + " " + part.shard + " " + std::to_string(first_realization + part.share.begin) + " " +
                 std::to_string(part.share.size()) + " " + part.path.filename().string() + "\n";
    return lines;
}

void merge(const std::vector<Part>& parts, const Merge& how, const std::function<void(std::size_t)>& progress) {
    RunOrigin origin;
    std::vector<Setting> settings;
    {
        const ResultFile file(parts.front().path);
        origin = origin_of(file);
        settings = prepare_rows(*file.design(), file.name());
    }
    origin.shard.reset();
    origin.command_line = how.command_line;
    origin.manifest = manifest_of(parts, first_realization(origin));
    origin.missing = 0;
    for (const Part& part : parts) origin.missing += part.missing;
    const auto gaps = gaps_between(parts, realizations_of(origin));
    for (const Share& gap : gaps) origin.missing += gap.size();
    if (!gaps.empty() && !how.allow_missing)
        throw InputError(how.output.string(), 0, 0,
                         "would lack " + numbers(gaps.front(), *origin.design, first_realization(origin)) +
                             (gaps.size() > 1 ? ", and more" : "") +
                             ": no file has them; --allow-missing leaves them missing");
    if (how.as_virtual) origin.sources = sources_of(parts, how.output, realizations_of(origin));
    Recorder recorder(how.output, settings, origin, how.force);
    std::size_t done = 0;
    Kept recorded;
    for (const Part& part : parts) {
        const ResultFile file(part.path);
        file.guarded([&] {
            RecordedRows rows(file);
            for (const Kept nothing = rows.nothing(); done < part.share.begin; ++done) recorder.take(nothing);
            while (rows.next(recorded)) {
                recorder.take(recorded);
                if (++done % 256 == 0) progress(done);
            }
            if (&part == &parts.back())
                for (const Kept nothing = rows.nothing(); done < realizations_of(origin); ++done)
                    recorder.take(nothing);
        });
    }
    progress(done);
    recorder.finish();
}

}  // namespace multivector
