#include "result_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "hdf5_design.hpp"
#include "hdf5_provenance.hpp"
#include "hdf5_reader.hpp"
#include "input_error.hpp"
#include "sha256.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

using namespace hdf5;

constexpr std::array<std::string_view, 6> coordinates{"realization", "replication", "design_row",
                                                      "partner",     "sector",      "region"};

std::string dimension_of(const std::string& variable) {
    for (const char* dimension : {"partner", "sector", "region"})
        if (variable.ends_with(std::string("_by_") + dimension)) return dimension;
    return "";
}

}  // namespace

void ResultFile::refuse(const std::string& why) const { throw InputError(name_, 0, 0, why); }

ResultFile::ResultFile(const std::filesystem::path& path) : name_(path.string()) {
    prepare_library();
    std::error_code ignored;
    if (path.empty()) throw InputError("''", 0, 0, "no file is named");
    if (!std::filesystem::exists(path, ignored)) refuse("no such file");
    if (std::filesystem::is_directory(path, ignored)) refuse("is a folder, not a result file");
    if (!std::filesystem::is_regular_file(path, ignored)) refuse("is a pipe or a device, not a result file");
    const ReadingMark mark(name_);
    if (H5Fis_hdf5(name_.c_str()) <= 0) refuse("is not an HDF5 file, or not a whole one");
    guarded([&] {
        const std::filesystem::path own = std::filesystem::canonical(path, ignored);  // shards stand beside no link
        file_ = Handle(H5Fopen(own.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "cannot open");
        read_head();
    });
}

ResultFile::~ResultFile() {
    const ReadingMark mark(name_);  // closing reads what was put off
    static_cast<void>(file_.release());
}

ResultFile::ResultFile(hdf5::Handle file, std::string name) : name_(std::move(name)), file_(std::move(file)) {
    guarded([&] { read_head(); });
}

void ResultFile::read_head() {
    const auto source = read_text_attribute(file_, "source");
    if (!source || !source->starts_with("multivector")) refuse("was not written by multivector");
    const double schema = read_number_attribute(file_, "schema_version").value_or(0);
    if (schema > schema_version) refuse("was written by a newer multivector (schema " + number_text(schema) + ")");
    for (const char* group : {"summary", "provenance"})
        if (H5Lexists(file_, group, H5P_DEFAULT) <= 0) throw Error(std::string("it has no group /") + group);
    sources_ = open_sources(file_);
    read_origin();
    if (has_design(file_)) design_ = read_design_record(file_);
    read_shard();
    read_replications();
    read_failures();
    for (std::string& member : members(file_, "/summary"))
        if (std::find(coordinates.begin(), coordinates.end(), member) == coordinates.end())
            variables_.push_back(std::move(member));
}

void ResultFile::read_origin() {
    const std::string seed = provenance("master_seed").value_or("");
    const char* end = seed.data() + seed.size();
    if (!seed.starts_with("0x") || std::from_chars(seed.data() + 2, end, seed_, 16).ptr != end)
        throw Error("it names no master seed");
    const auto level = std::find(names_of<Record>.begin(), names_of<Record>.end(), provenance("record").value_or(""));
    if (level == names_of<Record>.end()) throw Error("it does not say what it records");
    record_ = static_cast<Record>(level - names_of<Record>.begin());
}

void ResultFile::read_shard() {
    const std::string text = provenance("shard").value_or("");
    if (text.empty()) return;
    shard_ = shard_in(text);
    if (!shard_) throw Error("it does not say which shard it is");
}

/// A realisation that failed belongs to the file, and none does twice.
void ResultFile::read_failures() {
    failures_ = hdf5::read_failures(file_);
    std::size_t least = begin_;
    for (const Failure& failure : failures_) {
        if (failure.realization < least || failure.realization >= begin_ + replications_.size() ||
            failure.reason.empty())
            throw Error("/failures lists what the file does not hold");
        least = failure.realization + 1;
    }
}

/// Replications follow each other without a gap: what the file is said to hold is all there.
void ResultFile::read_replications() {
    const Handle group = open_group(file_, "/provenance");
    const double first = read_number_attribute(group, "first_replication").value_or(-1),
                 count = read_number_attribute(group, "replications").value_or(-1);
    constexpr double most = 2147483647;
    if (first < 0 || count < 0 || first != std::floor(first) || count != std::floor(count) ||
        (first + count) * static_cast<double>(rows()) > most)
        throw Error("it does not say which replications it holds");
    first_ = static_cast<std::uint32_t>(first), count_ = static_cast<std::uint32_t>(count);
    const std::size_t rows_each = rows(), all = count_ * rows_each;
    const Share share = shard_ ? share_of(*shard_, all) : Share{0, all};
    const std::size_t total = share.size();
    begin_ = first_ * rows_each + share.begin;
    require_numbers(
        "/summary/realization", [&](std::size_t i) { return static_cast<double>(begin_ + i); }, total);
    const auto replication = [&](std::size_t i) { return static_cast<double>((begin_ + i) / rows_each); };
    if (design_) {
        require_numbers("/summary/replication", replication, total);
        require_numbers(
            "/summary/design_row", [&](std::size_t i) { return static_cast<double>((begin_ + i) % rows_each); }, total);
    }
    missing_ = static_cast<std::size_t>(read_number_attribute(group, "missing_realizations").value_or(0));
    replications_.reserve(total);
    for (std::size_t i = 0; i < total; ++i) replications_.push_back(static_cast<std::int32_t>(replication(i)));
}

void ResultFile::require_numbers(const std::string& path, const std::function<double(std::size_t)>& expected,
                                 std::size_t count) const {
    Blocks blocks(file_, path);
    if (blocks.type() != Type::count || blocks.sizes() != std::vector<hsize_t>{count})
        throw Error(path + " is not what the file says it holds");
    std::size_t at = 0;
    std::vector<std::int32_t> numbers;
    while (blocks.next()) {
        numbers.resize(blocks.rows());
        std::memcpy(numbers.data(), blocks.bytes().data(), blocks.bytes().size());
        for (const std::int32_t number : numbers)
            if (const double wanted = expected(at++); number != wanted)
                throw Error(path + " has " + std::to_string(number) + " where " + number_text(wanted) +
                            " should stand");
    }
}

SummaryVariable ResultFile::read(const std::string& variable) const {
    return guarded([&] {
        const std::string path = "/summary/" + variable;
        SummaryVariable result;
        {
            const Handle dataset = open_dataset(file_, path);
            result.long_name = read_text_attribute(dataset, "long_name").value_or("");
            result.unit = read_text_attribute(dataset, "units").value_or("1");
        }
        result.name = variable;
        result.labels = {""};
        Blocks blocks(file_, path);
        const auto& sizes = blocks.sizes();
        if (sizes.size() == 2) {
            result.dimension = dimension_of(variable);
            if (result.dimension.empty()) throw Error(path + " has a dimension that its name does not say");
            result.labels = read_texts(file_, "/summary/" + result.dimension);
        }
        if (blocks.type() != Type::number || sizes.empty() || sizes.size() > 2 || sizes[0] != replications_.size() ||
            (sizes.size() == 2 && sizes[1] != result.labels.size()))
            throw Error(path + " is of another size or type than its labels");
        while (blocks.next()) {
            const std::size_t start = result.values.size(), count = blocks.bytes().size() / sizeof(double);
            result.values.resize(start + count);
            if (count > 0) std::memcpy(&result.values[start], blocks.bytes().data(), blocks.bytes().size());
        }
        return result;
    });
}

std::string ResultFile::scenario(const std::string& which) const {
    return guarded([&] {
        const std::vector<std::string> texts = read_texts(file_, "/provenance/" + which);
        if (texts.size() != 1 || provenance(which + "_sha256") != sha256(texts[0]))
            throw Error("/provenance/" + which + " is not what its checksum says");
        return texts[0];
    });
}

std::string ResultFile::scenario_resolved() const { return scenario("scenario_resolved"); }
std::string ResultFile::scenario_verbatim() const { return scenario("scenario_verbatim"); }

std::optional<double> ResultFile::provenance_number(const std::string& attribute) const {
    return guarded([&] {
        const Handle group = open_group(file_, "/provenance");
        return read_number_attribute(group, attribute);
    });
}

std::optional<std::string> ResultFile::provenance(const std::string& attribute) const {
    return guarded([&] {
        const Handle group = open_group(file_, "/provenance");
        return read_text_attribute(group, attribute);
    });
}

}  // namespace multivector
