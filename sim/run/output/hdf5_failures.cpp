#include "hdf5_failures.hpp"

#include <cstring>
#include <numeric>

#include "hdf5_dataset.hpp"
#include "hdf5_reader.hpp"
#include "hexadecimal.hpp"

namespace multivector::hdf5 {

namespace {

using Texts = std::vector<std::string>;
using Counts = std::vector<std::int32_t>;

void describe(const Dataset& dataset, std::string_view long_name) {
    write_attribute(dataset.id(), "units", "1");
    write_attribute(dataset.id(), "long_name", long_name);
}

void write(Dataset& dataset, const Counts& values, std::string_view long_name) {
    const hsize_t start = 0, count = values.size();
    dataset.write(std::span(&start, 1), std::span(&count, 1), values.data());
    describe(dataset, long_name);
}

std::string lines_of(const Texts& assignments) {
    std::string lines;
    for (const std::string& assignment : assignments) lines += (lines.empty() ? "" : "\n") + assignment;
    return lines;
}

}  // namespace

void write_failures(hid_t file, const RunOrigin& origin, const std::vector<Failure>& failures) {
    const std::size_t rows = rows_of(origin), size = failures.size();
    Counts numbers(size), realizations, replications, design_rows;
    std::iota(numbers.begin(), numbers.end(), 0);
    Texts assignments, reasons;
    for (const Failure& failure : failures) {
        const std::size_t row = failure.realization % rows;
        realizations.push_back(static_cast<std::int32_t>(failure.realization));
        replications.push_back(static_cast<std::int32_t>(failure.realization / rows));
        design_rows.push_back(static_cast<std::int32_t>(row));
        assignments.push_back(origin.design ? lines_of(origin.design->worlds[row].assignments) : "");
        reasons.push_back(failure.reason);
    }
    const Handle group = create_group(file, failures_group);
    Dataset scale = create_scale(group, "failure", Type::count, size, size);
    write(scale, numbers, "realisation that failed, counted from 0");
    const Axis along{scale.id(), size, size};
    const auto counts = [&](const char* name, const Counts& values, std::string_view long_name) {
        Dataset dataset(group, name, Type::count, std::span(&along, 1));
        write(dataset, values, long_name);
    };
    const auto texts = [&](const char* name, const Texts& values, std::string_view long_name) {
        const Dataset dataset(group, name, Type::text, std::span(&along, 1));
        dataset.write_all(values);
        describe(dataset, long_name);
    };
    counts("realization", realizations, "the realisation, as in /summary/realization");
    counts("replication", replications, "replication number");
    counts("design_row", design_rows, "row of the design, as in /design");
    texts("seed", Texts(size, hexadecimal(origin.seed)), "master seed");
    texts("assignments", assignments, "what the row sets, one key=value to a line");
    texts("reason", reasons, "why it failed");
}

std::vector<Failure> read_failures(hid_t file) {
    if (H5Lexists(file, failures_group, H5P_DEFAULT) <= 0) return {};
    const Texts reasons = read_texts(file, "/failures/reason");
    Blocks blocks(file, "/failures/realization");
    if (blocks.type() != Type::count || blocks.sizes() != std::vector<hsize_t>{reasons.size()})
        throw Error("/failures/realization is of another size or type than its dimension");
    std::vector<Failure> failures;
    while (blocks.next())
        for (hsize_t i = 0; i < blocks.rows(); ++i) {
            std::int32_t number = 0;
            std::memcpy(&number, blocks.bytes().data() + i * sizeof number, sizeof number);
            failures.push_back({static_cast<std::size_t>(number), reasons.at(failures.size())});
        }
    return failures;
}

}  // namespace multivector::hdf5
