// Whatever an HDF5 file holds is refused with InputError or read.
//
// An input is a list of changes (hdf5_vandal.hpp) to a small valid file in memory, made through the library, so that
// the result is HDF5 but hardly a result. An input that begins like an HDF5 file is that file. Then everything a result
// file can be asked for is asked for, and it is compared with the valid one.
#include <sstream>

#include "compare.hpp"
#include "fuzz.hpp"
#include "hdf5_checksums.hpp"
#include "hdf5_vandal.hpp"
#include "result_difference.hpp"
#include "tidy_tables.hpp"

using namespace multivector;

namespace {

template <class Function>
void attempt(Function f) {
    try {
        f();
    } catch (const InputError&) {
    }
}

const ResultFile& valid_file() {
    static const ResultFile file(open_image(small_image()), "valid.h5");
    return file;
}

/// Into nothing. Of few values rows by the product of their labels can follow: those are left out.
void export_tables(const ResultFile& file) {
    constexpr std::uint64_t most = 100000;
    const TidyTables tables(file, {});
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
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static_cast<void>(valid_file());
    const bool whole = bytes.starts_with("\x89HDF");
    hdf5::Handle file;
    try {
        file = open_image(whole ? bytes : small_image());
    } catch (const hdf5::Error&) {
        return 0;
    }
    if (!whole) vandalise(file, bytes);
    attempt([&] { ask(ResultFile(std::move(file), "fuzzed.h5")); });
    return 0;
}
