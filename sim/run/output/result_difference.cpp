#include "result_difference.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <tuple>

#include "hdf5_reader.hpp"

namespace multivector {

namespace {

using namespace hdf5;

std::vector<std::string> compared_paths(const ResultFile& file) {
    std::vector<std::string> paths = dataset_paths(file.id());
    std::erase_if(paths, [](const std::string& path) { return path.starts_with("/provenance/"); });
    return paths;
}

template <class Value>
Value value_at(std::span<const std::byte> bytes, std::size_t index) {
    Value value;
    std::memcpy(&value, bytes.data() + index * sizeof(Value), sizeof value);
    return value;
}

double number_at(Type type, std::span<const std::byte> bytes, std::size_t index) {
    if (type == Type::number) return value_at<double>(bytes, index);
    if (type == Type::choice) return value_at<std::int8_t>(bytes, index);
    const auto count = value_at<std::int32_t>(bytes, index);
    return count == missing_count ? std::numeric_limits<double>::quiet_NaN() : count;
}

/// |a - b| relative to the larger of the two.
double relative_difference(double a, double b) {
    if (a == b || (std::isnan(a) && std::isnan(b))) return 0;
    const double ratio = std::abs(a - b) / std::max(std::abs(a), std::abs(b));
    return std::isfinite(ratio) ? ratio : std::numeric_limits<double>::infinity();
}

class Comparer {
 public:
    Comparer(const ResultFile& first, const ResultFile& second, double tolerance)
        : first_(first), second_(second), tolerance_(tolerance) {}

    ResultDifference compare() {
        const std::vector<std::string> paths = compared_paths(first_), others = compared_paths(second_);
        for (const std::string& path : paths)
            if (std::find(others.begin(), others.end(), path) == others.end())
                part(path, "is missing in " + second_.name());
            else
                compare_dataset(path);
        for (const std::string& path : others)
            if (std::find(paths.begin(), paths.end(), path) == paths.end())
                part(path, "is missing in " + first_.name());
        return std::move(found_);
    }

 private:
    /// The datasets part in more than values.
    void part(const std::string& path, const std::string& what) {
        found_.verdict = Verdict::different;
        found_.differing.push_back({path, what, 0, 0});
    }

    void compare_dataset(const std::string& path) {
        Blocks a(first_.id(), path), b(second_.id(), path);
        ++found_.datasets;
        if (a.type() != b.type()) return part(path, "is of another type");
        if (a.sizes() != b.sizes()) {
            const bool rows = a.sizes().size() == 1 && b.sizes().size() == 1;
            return part(path,
                        rows ? "has " + std::to_string(a.sizes()[0]) + " rows against " + std::to_string(b.sizes()[0])
                             : "has other extents");
        }
        DatasetDifference dataset{path, "", 0, 0};
        while (a.next() && b.next(a.rows())) compare_block(a, b, dataset);
        if (dataset.values > 0) found_.differing.push_back(std::move(dataset));
    }

    void compare_block(const Blocks& a, const Blocks& b, DatasetDifference& dataset) {
        const auto left = a.bytes(), right = b.bytes();
        if (a.type() == Type::text) {
            if (!std::equal(left.begin(), left.end(), right.begin(), right.end())) {
                part(dataset.path, "holds other texts");
            }
            return;
        }
        const std::size_t width = bytes_of(a.type()), count = left.size() / width;
        found_.values += count;
        if (left.empty() || std::memcmp(left.data(), right.data(), left.size()) == 0) return;
        for (std::size_t i = 0; i < count; ++i)
            if (std::memcmp(left.data() + i * width, right.data() + i * width, width) != 0)
                note(a, i, number_at(a.type(), left, i), number_at(b.type(), right, i), dataset);
    }

    void note(const Blocks& blocks, std::size_t index, double first, double second, DatasetDifference& dataset) {
        const double size = relative_difference(first, second);
        dataset.largest = std::max(dataset.largest, size);
        ++dataset.values;
        const bool close = blocks.type() == Type::number && size <= tolerance_;
        found_.verdict = std::max(found_.verdict, close ? Verdict::within_tolerance : Verdict::different);

        ValueDifference value = placed(blocks, index, dataset.path);
        value.first = first;
        value.second = second;
        if (!found_.earliest || earlier(value, *found_.earliest)) found_.earliest = std::move(value);
    }

    static ValueDifference placed(const Blocks& blocks, std::size_t index, const std::string& path) {
        const auto& sizes = blocks.sizes();
        ValueDifference value;
        value.dataset = path;
        std::size_t inner = 1;
        for (std::size_t d = 1; d < sizes.size(); ++d) inner *= sizes[d];
        value.row = blocks.first_row() + index / inner;
        const std::size_t within = index % inner;
        value.has_tick = path.starts_with("/series/") && sizes.size() > 1;
        value.has_label = sizes.size() == (value.has_tick ? 3u : 2u);
        const std::size_t labels = value.has_label ? sizes.back() : 1;
        value.tick = value.has_tick ? within / labels : 0;
        value.label = within % labels;
        if (path == "/series/tick" || path == "/series/year") {
            value.tick = value.row;
            value.has_tick = true;
            value.has_row = false;
        }
        return value;
    }

    /// A value of a tick says more than one of a run; among values of ticks the lowest tick comes first.
    static bool earlier(const ValueDifference& a, const ValueDifference& b) {
        if (a.has_tick != b.has_tick) return a.has_tick;
        if (!a.has_tick) return false;
        return std::tuple(a.tick, a.row) < std::tuple(b.tick, b.row);
    }

    const ResultFile &first_, &second_;
    double tolerance_;
    ResultDifference found_;
};

}  // namespace

ResultDifference difference(const ResultFile& first, const ResultFile& second, double tolerance) {
    return Comparer(first, second, tolerance).compare();
}

}  // namespace multivector
