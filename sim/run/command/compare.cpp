#include "compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "hexadecimal.hpp"
#include "input_error.hpp"
#include "nearest.hpp"

namespace multivector {

namespace {

/// Sample covariance about the means; exactly zero when either is constant.
double covariance(std::span<const double> a, std::span<const double> b) {
    const auto constant = [](std::span<const double> values) {
        return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
    };
    if (constant(a) || constant(b)) return 0;
    const double mean_a = mean(a), mean_b = mean(b);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
    return sum / static_cast<double>(a.size() - 1);
}

/// Positions in two files of the realisations that share a replication number.
std::vector<std::pair<std::size_t, std::size_t>> pair_up(const ResultFile& a, const ResultFile& b) {
    std::map<std::int32_t, std::size_t> places;
    for (std::size_t i = 0; i < b.replications().size(); ++i) places[b.replications()[i]] = i;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < a.replications().size(); ++i)
        if (const auto found = places.find(a.replications()[i]); found != places.end())
            pairs.emplace_back(i, found->second);
    return pairs;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// One entry per label that both files have.
void compare_variable(Comparison& comparison, const SummaryVariable& a, const SummaryVariable& b,
                      std::span<const std::pair<std::size_t, std::size_t>> pairs, const SmallestEffects& smallest) {
    for (std::size_t label = 0; label < a.labels.size(); ++label) {
        const auto found = std::find(b.labels.begin(), b.labels.end(), a.labels[label]);
        if (found == b.labels.end()) continue;
        const auto other = static_cast<std::size_t>(found - b.labels.begin());
        std::vector<double> left, right;
        for (const auto& [i, j] : pairs) left.push_back(a.at(i, label)), right.push_back(b.at(j, other));
        const std::string name = a.dimension.empty() ? a.name : a.name + "." + a.labels[label];
        const PairedEffect effect = paired_effect(left, right);
        comparison.variables.push_back({name, a.long_name, a.unit, effect, size_of(name, effect.interval, smallest)});
    }
}

}  // namespace

PairedEffect paired_effect(std::span<const double> a, std::span<const double> b) {
    std::vector<double> left, right, difference;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i])) continue;
        left.push_back(a[i]), right.push_back(b[i]), difference.push_back(a[i] - b[i]);
    }
    PairedEffect result;
    result.pairs = difference.size();
    result.dropped = a.size() - result.pairs;
    if (result.pairs == 0) return result;
    const Estimate estimate = estimated(difference);
    result.mean_a = mean(left), result.mean_b = mean(right);
    result.effect = estimate.point, result.interval = estimate.interval, result.p = estimate.p;
    if (result.pairs == 1) return result;
    const double variance_a = covariance(left, left), variance_b = covariance(right, right),
                 variance = covariance(difference, difference);
    if (variance_a > 0 && variance_b > 0)
        result.correlation = covariance(left, right) / std::sqrt(variance_a) / std::sqrt(variance_b);
    if (variance > 0) result.variance_ratio = (variance_a + variance_b) / variance;
    return result;
}

std::vector<std::string> compared_variables(std::span<const ResultFile* const> files,
                                            std::span<const std::string> first, std::span<const std::string> more,
                                            bool all) {
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        const bool everywhere = std::all_of(files.begin(), files.end(),
                                            [&](const ResultFile* file) { return contains(file->variables(), name); });
        if (everywhere && !contains(names, name)) names.push_back(name);
    };
    for (const std::string& name : first) add(name);
    for (const std::string& name : more) {
        for (const ResultFile* file : files)
            if (!contains(file->variables(), name))
                throw InputError(file->name(), 0, 0,
                                 "has no variable '" + name + "'" + suggestion(name, file->variables(), "variable"));
        add(name);
    }
    if (all)
        for (const std::string& name : files.front()->variables()) add(name);
    return names;
}

std::vector<std::string> primary_variables() {
    return {"net_gain",         "surplus_share", "net_share",   "outside_gain",
            "concession_index", "signed_deals",  "value_signed"};
}

std::vector<Estimate> estimates_of(const Comparison& comparison) {
    std::vector<Estimate> estimates;
    for (const ComparedVariable& variable : comparison.variables) {
        Estimate estimate = about(variable.name, variable.long_name, variable.unit);
        estimate.of = {"file", comparison.file_b, comparison.file_a};
        estimate.n = variable.effect.pairs, estimate.dropped = variable.effect.dropped;
        estimate.point = variable.effect.effect, estimate.interval = variable.effect.interval;
        estimate.p = variable.effect.p, estimate.size = variable.size;
        estimate.correlation = variable.effect.correlation, estimate.variance_ratio = variable.effect.variance_ratio;
        estimates.push_back(std::move(estimate));
    }
    return estimates;
}

Comparison compare(const ResultFile& a, const ResultFile& b, std::span<const std::string> more, bool all,
                   const SmallestEffects& smallest) {
    for (const ResultFile* file : {&a, &b})
        if (file->design())
            throw InputError(file->name(), 0, 0,
                             "holds the " + std::to_string(file->rows()) +
                                 " worlds of a design, which share their replications; compare it alone");
    if (a.seed() != b.seed())
        throw InputError(b.name(), 0, 0,
                         "has seed " + hexadecimal(b.seed()) + " but " + a.name() + " has " + hexadecimal(a.seed()) +
                             "; only realisations of one seed share their luck and can be paired");
    const auto pairs = pair_up(a, b);
    if (pairs.empty()) throw InputError(b.name(), 0, 0, "shares no replication with " + a.name());
    Comparison comparison;
    comparison.file_a = a.name(), comparison.file_b = b.name(), comparison.seed = a.seed();
    comparison.pairs = pairs.size();
    comparison.only_a = a.replications().size() - pairs.size();
    comparison.only_b = b.replications().size() - pairs.size();
    comparison.parameters = different_parameters(a.scenario_resolved(), b.scenario_resolved());
    const std::array files{&a, &b};
    for (const std::string& name : compared_variables(files, primary_variables(), more, all))
        compare_variable(comparison, a.read(name), b.read(name), pairs, smallest);
    return comparison;
}

}  // namespace multivector
