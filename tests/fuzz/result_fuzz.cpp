// Whatever an HDF5 file holds is refused with InputError or read.
//
// An input is a list of changes (hdf5_vandal.hpp) to a small valid file in memory, made through the library, so that
// the result is HDF5 but hardly a result. Then everything a result file can be asked for is asked for, and it is
// compared with the valid one. An input that begins like an HDF5 file is that file. Such files are replayed only:
// libFuzzer makes no input as long as the shortest of them, because the library itself crashes on some files whose
// bytes are damaged at random, before any check of ours could see it.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "compare.hpp"
#include "design_reader.hpp"
#include "estimates_report.hpp"
#include "fuzz.hpp"
#include "hdf5_checksums.hpp"
#include "hdf5_vandal.hpp"
#include "result_difference.hpp"
#include "small_result.hpp"
#include "tidy_tables.hpp"

using namespace multivector;

namespace {

constexpr std::size_t shortest_file = 512;  ///< in bytes; tests/fuzz.sh makes inputs of at most half of it

template <class Function>
void attempt(Function f) {
    try {
        f();
    } catch (const InputError&) {
    }
}

void require(bool holds, const std::string& what) {
    if (holds) return;
    std::cerr << "the small result " << what << '\n';
    std::abort();
}

/// Damage to a file that has nothing to export or to check would try neither.
ResultFile whole_file() {
    ResultFile file(open_image(small_image()), "valid.h5");
    const TidyTables tables(file, std::vector<std::vector<RepeatedParameter>>(file.rows()));
    require(!tables.all().empty(), "has no tables");
    for (const char* name :
         {"summary", "summary_by_partner", "series_by_partner", "negotiations", "offers", "deals", "events"})
        require(std::any_of(tables.all().begin(), tables.all().end(),
                            [&](const auto& table) { return table->name() == name && table->rows() > 0; }),
                std::string("has no rows of ") + name);
    require(hdf5::check_checksums(file.id()).empty(), "differs from its checksums");
    return file;
}

/// Damage to a design without estimates would not try them.
void require_whole_design() {
    const ResultFile file(open_image(small_design_image()), "design.h5");
    require(!estimates_of(file, {}, false).empty(), "of a design has no estimates");
    require(prepare_rows(*file.design(), file.name()).size() == 2, "of a design has no worlds");
    require(hdf5::check_checksums(file.id()).empty(), "of a design differs from its checksums");
}

const ResultFile& valid_file() {
    static const ResultFile file = whole_file();
    return file;
}

/// Writes every table to /dev/null. A table has a row for every combination of run, tick and label, so that a small
/// file can ask for millions: writing those would only take time, and they are left out.
void export_tables(const ResultFile& file) {
    constexpr std::uint64_t most = 100000;
    const TidyTables tables(file, std::vector<std::vector<RepeatedParameter>>(file.rows()));
    CsvFile nothing("/dev/null");
    for (const auto& table : tables.all())
        if (table->rows() <= most) file.guarded([&] { table->write(nothing, [](std::uint64_t) {}); });
    nothing.finish();
}

void ask(const ResultFile& file) {
    attempt([&] { static_cast<void>(file.scenario_resolved()); });
    attempt([&] { static_cast<void>(file.scenario_verbatim()); });
    for (const char* name : {"git_commit", "replications"}) attempt([&] { static_cast<void>(file.provenance(name)); });
    for (const std::string& variable : file.variables()) attempt([&] { static_cast<void>(file.read(variable)); });
    attempt([&] { static_cast<void>(file.guarded([&] { return hdf5::check_checksums(file.id()); })); });
    attempt([&] { static_cast<void>(file.guarded([&] { return difference(file, valid_file(), 1e-9); })); });
    attempt([&] {
        std::ostringstream out;
        print_text(out, compare(file, valid_file(), {}, false));
    });
    attempt([&] { export_tables(file); });
    if (!file.design()) return;
    attempt([&] { static_cast<void>(prepare_rows(*file.design(), file.name())); });
    attempt([&] {
        std::ostringstream out;
        const std::vector<Estimate> estimates = estimates_of(file, {}, false);
        print_design_report(out, file, estimates);
        write_report(out, {"", in_plain_words(file.design()->design, estimates), estimates}, ReportFormat::json);
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static_cast<void>(valid_file());
    static const bool design_is_whole = (require_whole_design(), true);
    static_cast<void>(design_is_whole);
    const bool whole = bytes.starts_with("\x89HDF");
    if (whole && size < shortest_file) return 0;
    hdf5::Handle file;
    try {
        const bool of_a_design = size > 0 && data[size - 1] % 2 == 1;
        file = open_image(whole ? bytes : of_a_design ? small_design_image() : small_image());
    } catch (const hdf5::Error&) {
        return 0;
    }
    if (!whole) vandalise(file, bytes);
    attempt([&] { ask(ResultFile(std::move(file), "fuzzed.h5")); });
    return 0;
}
