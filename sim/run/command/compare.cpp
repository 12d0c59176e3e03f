#include "compare.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <map>

#include "hexadecimal.hpp"
#include "input_error.hpp"
#include "nearest.hpp"

namespace multivector {

namespace {

double mean(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

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

double t_quantile(std::size_t degrees) {
    return boost::math::quantile(boost::math::students_t(static_cast<double>(degrees)), 0.975);
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

std::vector<std::string> wanted(const ResultFile& a, const ResultFile& b, std::span<const std::string> more, bool all) {
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        if (contains(a.variables(), name) && contains(b.variables(), name) && !contains(names, name))
            names.push_back(name);
    };
    for (const std::string& name : primary_variables()) add(name);
    for (const std::string& name : more) {
        for (const ResultFile* file : {&a, &b})
            if (!contains(file->variables(), name))
                throw InputError(file->name(), 0, 0,
                                 "has no variable '" + name + "'" + suggestion(name, file->variables(), "variable"));
        add(name);
    }
    if (all)
        for (const std::string& name : a.variables()) add(name);
    return names;
}

/// One entry per label that both files have.
void compare_variable(Comparison& comparison, const SummaryVariable& a, const SummaryVariable& b,
                      std::span<const std::pair<std::size_t, std::size_t>> pairs) {
    for (std::size_t label = 0; label < a.labels.size(); ++label) {
        const auto found = std::find(b.labels.begin(), b.labels.end(), a.labels[label]);
        if (found == b.labels.end()) continue;
        const auto other = static_cast<std::size_t>(found - b.labels.begin());
        std::vector<double> left, right;
        for (const auto& [i, j] : pairs) left.push_back(a.at(i, label)), right.push_back(b.at(j, other));
        const std::string name = a.dimension.empty() ? a.name : a.name + "." + a.labels[label];
        comparison.variables.push_back({name, a.long_name, a.unit, paired_effect(left, right)});
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
    result.mean_a = mean(left), result.mean_b = mean(right), result.effect = mean(difference);
    if (result.pairs == 1) return result;
    const double variance_a = covariance(left, left), variance_b = covariance(right, right),
                 variance = covariance(difference, difference);
    const double half = t_quantile(result.pairs - 1) * std::sqrt(variance / static_cast<double>(result.pairs));
    result.interval = {*result.effect - half, *result.effect + half};
    if (variance_a > 0 && variance_b > 0)
        result.correlation = covariance(left, right) / std::sqrt(variance_a) / std::sqrt(variance_b);
    if (variance > 0) result.variance_ratio = (variance_a + variance_b) / variance;
    return result;
}

std::vector<std::string> primary_variables() {
    return {"net_gain",         "surplus_share", "net_share",   "outside_gain",
            "concession_index", "signed_deals",  "value_signed"};
}

Comparison compare(const ResultFile& a, const ResultFile& b, std::span<const std::string> more, bool all) {
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
    for (const std::string& name : wanted(a, b, more, all))
        compare_variable(comparison, a.read(name), b.read(name), pairs);
    return comparison;
}

}  // namespace multivector
