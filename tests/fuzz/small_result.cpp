#include "small_result.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "design_reader.hpp"
#include "hdf5_checksums.hpp"
#include "hdf5_cubes.hpp"
#include "hdf5_design.hpp"
#include "hdf5_provenance.hpp"
#include "hdf5_tables.hpp"
#include "scenario_reader.hpp"
#include "sha256.hpp"

namespace multivector {

namespace {

using hdf5::check, hdf5::Handle;

// Few of each, because an execution opens every dataset several times.
constexpr std::array<std::string_view, 4> in_summary{"net_gain", "surplus_share", "net_gain_by_partner",
                                                     "exports_by_sector"};
constexpr std::array<std::string_view, 1> in_series{"net_gain_by_partner"};
constexpr std::array<std::string_view, 3> in_deals{"tick", "partner", "status"};
constexpr std::array<std::string_view, 1> in_negotiations{"tick"}, in_offers{"reply"}, in_events{"kind"};
constexpr std::size_t rows_each = 2;  ///< of a realisation

template <class Names>
bool among(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr const char* small_world =
    "title: small\n"
    "bargaining: {solution: alternating_offers}\n"
    "clock: {ticks: 4, dt: 1}\n"
    "sectors: {mines: {rate: 4}, farms: {}}\n"
    "partners: {East: {finance: 2, sectors: {mines: {interest: 0.4}}}, West: {finance: 3}}\n"
    "regions: {North: {}, South: {}}\n";

RunOrigin small_origin() {
    RunOrigin origin;
    origin.verbatim = origin.resolved = small_world;
    origin.seed = 9;
    origin.count = 3;
    origin.record = Record::full;
    origin.reproducible = true;
    return origin;
}

using Runs = std::vector<Realization>;

/// Two worlds that differ in what the placebo does.
RunOrigin small_design_origin() {
    RunOrigin origin = small_origin();
    origin.record = Record::summary;
    DesignRecord record;
    record.design.title = "small twin", record.design.scenario = "small.yaml", record.design.replications = 3;
    record.design.axes = {{"placebo", AxisRole::effect, {{"0", {"placebo=0"}, ""}, {"1", {"placebo=1"}, ""}}}};
    record.design.rows = {{0}, {1}};
    record.design.smallest_effect = {{"net_gain", 1}};
    record.verbatim =
        "kind: twin\ntitle: small twin\nscenario: small.yaml\nreplications: 3\naxes: {placebo: [0, 1]}\n"
        "smallest_effect: {net_gain: 1}\n";
    record.bases = {{"small.yaml", small_world, small_world}};
    for (const DesignRow& row : record.design.rows) {
        const auto assignments = record.design.assignments(row);
        record.worlds.push_back({0, assignments, sha256(load_row(record.bases[0], assignments).resolved)});
    }
    origin.design = record;
    return origin;
}

Runs simulate(std::span<const Setting> settings, const RunOrigin& origin) {
    Runs runs;
    run_ensemble(settings, {origin.seed, origin.first, origin.count, 1, origin.record},
                 [&](std::span<const Realization> some) { runs.insert(runs.end(), some.begin(), some.end()); });
    return runs;
}

std::vector<double> values_of(const Runs& runs, const Observable& row, int extent, bool by_tick) {
    std::vector<double> values;
    for (const Realization& run : runs) {
        for (int i = 0; !by_tick && i < extent; ++i) values.push_back(run.summary.value(row, i));
        for (std::size_t t = 0; by_tick && t < run.series.size(); ++t)
            for (int i = 0; i < extent; ++i) values.push_back(hdf5::value_in_tick(run.series[t], row, i));
    }
    return values;
}

void write_cube(hid_t file, std::span<const Setting> settings, const RunOrigin& origin, const Runs& runs,
                bool by_tick) {
    const Handle group = hdf5::create_group(file, by_tick ? "series" : "summary");
    const auto count = static_cast<std::uint32_t>(runs.size());
    const hdf5::Actors actors(settings);
    const hdf5::Axes axes(group, actors, settings[0], origin, count, by_tick);
    for (const Observable& row : observables) {
        if (by_tick ? !among(in_series, row.name) : !among(in_summary, row.name)) continue;
        const std::vector<hdf5::Axis> along = axes.of(row.shape);
        hdf5::Dataset dataset(group, std::string(row.name), hdf5::Type::number, along);
        std::vector<hsize_t> sizes;
        for (const hdf5::Axis& axis : along) sizes.push_back(axis.size);
        dataset.write(std::vector<hsize_t>(sizes.size()), sizes,
                      values_of(runs, row, static_cast<int>(actors.extent(row.shape)), by_tick).data());
        hdf5::write_attribute(dataset.id(), "units", row.unit);
        hdf5::write_attribute(dataset.id(), "long_name", row.meaning);
        hdf5::write_attribute(dataset.id(), "valid_min", row.low);
    }
}

void write_series(hid_t file, const Setting& setting, const Runs& runs) {
    write_cube(file, {&setting, 1}, small_origin(), runs, true);
    for (const char* unused : {"/series/sector", "/series/region"})
        check(H5Ldelete(file, unused, H5P_DEFAULT), "delete");
}

/// Replications and a few columns of some rows of each realisation; `records` reads the rows of a log.
template <class Rows, class Names, class Records>
void write_table(hid_t file, const Setting& setting, const Runs& runs, const std::string& group,
                 const std::string& row_name, const Rows& rows, const Names& names, Records records) {
    constexpr hsize_t chunk = 4;  // less than there are rows, so that the table grows
    std::vector<hdf5::Column> columns{{"realization", Kind::count, 0, 2e9, "1", "", "replication number", {}}};
    for (const auto& row : rows)
        if (among(names, row.key))
            columns.push_back({std::string(row.key), row.kind, row.low, row.high, std::string(row.unit),
                               std::string(row.symbol), std::string(row.meaning), row.names});
    hdf5::GrowingTable table(file, group, row_name, columns, chunk, hdf5::Actors({&setting, 1}), setting.ticks - 1.0);
    for (const Realization& run : runs)
        for (std::size_t i = 0; i < std::min(records(run.log).size(), rows_each); ++i) {
            std::vector<double> cells{static_cast<double>(run.replication)};
            for (const auto& row : rows)
                if (among(names, row.key)) cells.push_back(row.read(records(run.log)[i]));
            table.take(cells);
        }
    table.close();
}

/// All that a full record promises: without one of them nothing would be exported.
void write_tables(hid_t file, const Setting& setting, const Runs& runs) {
    write_table(
        file, setting, runs, "deals", "deal", deal_columns, in_deals,
        [](const Log& log) -> auto& { return log.deals; });
    write_table(
        file, setting, runs, "negotiations", "negotiation", talk_columns, in_negotiations,
        [](const Log& log) -> auto& { return log.talks; });
    write_table(
        file, setting, runs, "offers", "offer", offer_columns, in_offers,
        [](const Log& log) -> auto& { return log.offers; });
    write_table(
        file, setting, runs, "events", "event", event_columns, in_events,
        [](const Log& log) -> auto& { return log.events; });
}

Handle create_image() {
    const Handle creation = hdf5::creation_properties(H5P_FILE_CREATE),
                 access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
    check(H5Pset_fapl_core(access, 4096, false), "file access");
    return Handle(H5Fcreate("small.h5", H5F_ACC_TRUNC, creation, access), H5Fclose, "cannot create the image");
}

/// The bytes of a file that is whole but for its checksums.
std::string finished(const Handle& file) {
    hdf5::write_checksums(file, {});
    check(H5Fflush(file, H5F_SCOPE_GLOBAL), "flush");
    std::string image(static_cast<std::size_t>(check(H5Fget_file_image(file, nullptr, 0), "image")), '\0');
    check(H5Fget_file_image(file, image.data(), image.size()), "image");
    return image;
}

std::string make_small_image() {
    hdf5::prepare_library();
    check(H5set_free_list_limits(-1, -1, -1, -1, -1, -1), "free lists");  // keep what every opening of a file takes
    const Setting setting = prepare(load_resolved_text(small_world, "small"));
    const Runs runs = simulate({&setting, 1}, small_origin());
    const Handle file = create_image();
    hdf5::write_origin(file, setting.scenario.title, small_origin(), "");
    write_cube(file, {&setting, 1}, small_origin(), runs, false);
    write_series(file, setting, runs);
    write_tables(file, setting, runs);
    return finished(file);
}

std::string make_small_design_image() {
    hdf5::prepare_library();
    const RunOrigin origin = small_design_origin();
    const std::vector<Setting> settings = prepare_rows(*origin.design, "small");
    const Handle file = create_image();
    hdf5::write_origin(file, origin.design->design.title, origin, "");
    hdf5::write_design(file, *origin.design);
    write_cube(file, settings, origin, simulate(settings, origin), false);
    return finished(file);
}

}  // namespace

std::string_view small_image() {
    static const std::string image = make_small_image();
    return image;
}

std::string_view small_design_image() {
    static const std::string image = make_small_design_image();
    return image;
}

Handle open_image(std::string_view bytes) {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
    const std::size_t growth = 4096;
    check(H5Pset_fapl_core(access, growth, false), "file access");
    check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "file access");
    check(H5Pset_cache(access, 0, 1, 4096, 0), "file access");  // the usual cache costs more than all else
    check(H5Pset_file_image(access, const_cast<char*>(bytes.data()), bytes.size()), "file access");
    static unsigned opened = 0;  // two files of one name would be one
    const std::string name = "image-" + std::to_string(opened++);
    return Handle(H5Fopen(name.c_str(), H5F_ACC_RDWR, access), H5Fclose, "cannot open the image");
}

}  // namespace multivector
