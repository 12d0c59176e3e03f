#include "hdf5_along.hpp"

#include <cstring>
#include <numeric>

namespace multivector::hdf5 {

namespace {

void describe(const Dataset& dataset, std::string_view long_name) {
    write_attribute(dataset.id(), "units", "1");
    write_attribute(dataset.id(), "long_name", long_name);
}

template <class Value>
void write_whole(Dataset& dataset, hsize_t size, const Value* values) {
    const hsize_t start = 0;
    dataset.write(std::span(&start, 1), std::span(&size, 1), values);
}

template <class Value>
std::vector<Value> read_list(hid_t file, const std::string& path, Type type, const char* what) {
    Blocks blocks(file, path);
    if (blocks.type() != type || blocks.sizes().size() != 1) throw Error(path + " is no list of " + what);
    std::vector<Value> values;
    while (blocks.next()) {
        const std::size_t start = values.size();
        values.resize(start + blocks.rows());
        std::memcpy(&values[start], blocks.bytes().data(), blocks.bytes().size());
    }
    return values;
}

}  // namespace

Along::Along(hid_t group, const std::string& name, const Texts& labels, std::string_view long_name)
    : group_(group), scale_(create_scale(group, name, Type::text, labels.size(), 1)), size_(labels.size()) {
    scale_.write_all(labels);
    describe(scale_, long_name);
}

Along::Along(hid_t group, const std::string& name, std::size_t size, std::string_view long_name)
    : group_(group), scale_(create_scale(group, name, Type::count, size, std::max<std::size_t>(size, 1))), size_(size) {
    Counts numbers(size);
    std::iota(numbers.begin(), numbers.end(), 0);
    write_whole(scale_, size_, numbers.data());
    describe(scale_, long_name);
}

void Along::texts(const std::string& name, const Texts& values, std::string_view long_name) const {
    const Dataset dataset = made(name, Type::text);
    dataset.write_all(values);
    describe(dataset, long_name);
}

void Along::counts(const std::string& name, const Counts& values, std::string_view long_name, bool may_miss) const {
    Dataset dataset = made(name, Type::count, may_miss);
    write_whole(dataset, size_, values.data());
    describe(dataset, long_name);
}

void Along::numbers(const std::string& name, const std::vector<double>& values, std::string_view long_name) const {
    Dataset dataset = made(name, Type::number);
    write_whole(dataset, size_, values.data());
    describe(dataset, long_name);
}

Dataset Along::made(const std::string& name, Type type, bool may_miss) const {
    const Axis axis{scale_.id(), size_, std::max<hsize_t>(size_, 1)};
    return {group_, name, type, std::span(&axis, 1), may_miss};
}

Counts read_counts(hid_t file, const std::string& path) {
    return read_list<std::int32_t>(file, path, Type::count, "counts");
}

std::vector<double> read_numbers(hid_t file, const std::string& path) {
    return read_list<double>(file, path, Type::number, "numbers");
}

}  // namespace multivector::hdf5
