#include "hdf5_recorder.hpp"

#include <new>
#include <optional>

#include "hdf5_cubes.hpp"
#include "hdf5_design.hpp"
#include "hdf5_output.hpp"
#include "hdf5_tables.hpp"

namespace multivector {

/// Members below `file` are handles into it and go first.
struct Recorder::Content {
    hdf5::OutputFile file;
    RunOrigin origin;
    hdf5::Actors actors;
    std::size_t rows, received = 0;
    std::optional<hdf5::Cubes> summary, series;
    std::optional<hdf5::Tables> tables;
    Kept recorded;  ///< the realisation at hand
    std::vector<Failure> failures;
    Journal* journal = nullptr;
};

Recorder::Recorder(const std::filesystem::path& output, std::span<const Setting> settings, const RunOrigin& origin,
                   bool force) try
    : content_(new Content{{output, force}, origin, hdf5::Actors(settings), settings.size(), 0, {}, {}, {}, {}, {}}) {
    using hdf5::Cubes;
    const hid_t file = content_->file.id();
    const Setting& first = settings.front();
    const hdf5::Actors& actors = content_->actors;
    hdf5::write_origin(file, first.scenario.title, origin, utc_now());
    if (!origin.sources.empty()) hdf5::write_sources(file, origin.sources);
    if (origin.design) hdf5::write_design(file, *origin.design);
    content_->summary.emplace(file, Cubes::Of::summary, actors, first, origin);
    if (origin.record != Record::summary) content_->series.emplace(file, Cubes::Of::series, actors, first, origin);
    if (origin.record >= Record::deals) content_->tables.emplace(file, actors, first, origin);
    content_->file.flush();
} catch (const hdf5::Error& error) {
    hdf5::OutputFile::fail(output, error);
} catch (const std::bad_alloc& error) {
    hdf5::OutputFile::fail(output, error);
}

Recorder::~Recorder() = default;

void Recorder::add(std::span<const Realization> realizations) {
    const std::size_t rows = content_->rows, first = first_realization(content_->origin);
    Kept& recorded = content_->recorded;
    for (const Realization& realization : realizations) {
        const std::size_t number = first + content_->received;
        if (realization.replication != number / rows || realization.row != number % rows)
            throw std::logic_error("realisations must arrive in replication order");
        recorded.values.clear();
        recorded.failure = realization.failure;
        content_->summary->read(realization, recorded.values);
        if (content_->series) content_->series->read(realization, recorded.values);
        if (content_->tables) content_->tables->read(realization, recorded.values);
        if (content_->journal) content_->journal->append(recorded);
        take(recorded);
    }
    if (content_->journal) content_->journal->breathe();
}

void Recorder::take(const Kept& recorded) try {
    constexpr std::size_t most_failures = 10'000;  // they are held until the file is finished
    if (!recorded.failure.empty()) {
        if (content_->failures.size() == most_failures)
            throw std::runtime_error("more than " + std::to_string(most_failures) +
                                     " realisations failed; the last: " + recorded.failure);
        content_->failures.push_back({first_realization(content_->origin) + content_->received, recorded.failure});
    }
    ++content_->received;
    std::span<const double> values(recorded.values);
    for (const auto& cubes : {&content_->summary, &content_->series})
        if (*cubes) {
            if (values.size() < (*cubes)->width()) throw std::logic_error("values of a realisation are missing");
            (*cubes)->take(values.first((*cubes)->width()));
            values = values.subspan((*cubes)->width());
        }
    if (content_->tables) content_->tables->take(values);
} catch (const hdf5::Error& error) {
    content_->file.fail(error);
}

std::size_t Recorder::follow(Journal& journal) {
    journal.replay([&](const Kept& recorded) { take(recorded); });
    content_->journal = &journal;
    return content_->received;
}

const std::vector<Failure>& Recorder::failures() const { return content_->failures; }

void Recorder::finish() try {
    if (content_->received != realizations_of(content_->origin)) throw std::logic_error("realisations are missing");
    if (!content_->failures.empty()) hdf5::write_failures(content_->file.id(), content_->origin, content_->failures);
    hdf5::KnownDigests digests;
    const auto close = [&](auto& part) {
        if (!part) return;
        part->close();
        part->add_digests(digests);
        part.reset();
    };
    close(content_->summary);
    close(content_->series);
    close(content_->tables);
    if (!content_->origin.reproducible) hdf5::write_end(content_->file.id(), utc_now());
    hdf5::write_checksums(content_->file.id(), digests);
    content_->file.commit();
} catch (const hdf5::Error& error) {
    content_->file.fail(error);
}

}  // namespace multivector
