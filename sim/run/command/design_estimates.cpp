// The estimates of a design: its contrasts of every outcome.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "compare.hpp"
#include "estimates.hpp"
#include "input_error.hpp"

namespace multivector {

namespace {

double square(double x) { return x * x; }

/// Values of one outcome, row by row of the design; a contrast is a number for each replication.
class Panel {
 public:
    Panel(std::span<const double> values, std::size_t rows) : columns_(rows), whole_(values.size() / rows, true) {
        for (std::size_t r = 0; r < whole_.size(); ++r)
            for (std::size_t row = 0; row < rows; ++row) {
                columns_[row].push_back(values[r * rows + row]);
                if (std::isnan(columns_[row].back())) whole_[r] = false;
            }
    }

    std::span<const double> column(std::size_t row) const { return columns_[row]; }

    /// In each replication, missing where a value of it is; nothing but rounding counts as nothing.
    std::vector<double> combined(const RowWeights& weights) const {
        std::vector<double> sums(whole_.size(), 0), sizes(whole_.size(), 0);
        for (const auto& [row, weight] : weights)
            for (std::size_t r = 0; r < sums.size(); ++r)
                sums[r] += weight * columns_[row][r], sizes[r] += std::fabs(weight * columns_[row][r]);
        for (std::size_t r = 0; r < sums.size(); ++r)
            if (std::fabs(sums[r]) <= rounding * sizes[r]) sums[r] = 0;
        return sums;
    }

    /// The sum of weights times logarithms of the rows' means over replications, and what each replication adds to it
    /// at first order (the delta method), so that their mean is the sum and their spread its error. All missing where a
    /// mean is not positive.
    std::vector<double> combined_in_logs(const RowWeights& weights) const {
        std::vector<double> sums = combined(weights);
        std::size_t kept = 0;
        for (double& sum : sums)
            if (!std::isnan(sum)) sum = 0, ++kept;
        double point = 0, size = 0;
        for (const auto& [row, weight] : weights) {
            double middle = 0;
            for (std::size_t r = 0; r < sums.size(); ++r)
                if (!std::isnan(sums[r])) middle += columns_[row][r] / static_cast<double>(kept);
            if (!(middle > 0)) return std::vector<double>(sums.size(), std::numeric_limits<double>::quiet_NaN());
            point += weight * std::log(middle), size += std::fabs(weight);
            for (std::size_t r = 0; r < sums.size(); ++r) sums[r] += weight * (columns_[row][r] / middle - 1);
        }
        for (double& sum : sums) {
            sum += point;
            if (std::fabs(sum) <= rounding * size) sum = 0;
        }
        return sums;
    }

    /// Missing where any row's value is: contrasts that are to sum to something need the same replications.
    void keep_whole_replications(std::vector<double>& contrast) const {
        for (std::size_t r = 0; r < contrast.size(); ++r)
            if (!whole_[r]) contrast[r] = std::numeric_limits<double>::quiet_NaN();
    }

    /// Variance of a contrast if every row had luck of its own, over its variance with the luck they share.
    std::optional<double> variance_ratio(const RowWeights& weights, std::span<const double> contrast) const {
        const double shared = variance(contrast, contrast);
        double own = 0;
        for (const auto& [row, weight] : weights) own += square(weight) * variance(columns_[row], contrast);
        if (!(shared > 0) || !(own > 0)) return {};
        return own / shared;
    }

 private:
    static constexpr double rounding = 1e-15;

    /// Sample variance where `kept` is not missing.
    static double variance(std::span<const double> values, std::span<const double> kept) {
        double sum = 0, squares = 0;
        std::size_t n = 0;
        for (std::size_t r = 0; r < values.size(); ++r)
            if (!std::isnan(kept[r])) sum += values[r], ++n;
        if (n < 2) return 0;
        for (std::size_t r = 0; r < values.size(); ++r)
            if (!std::isnan(kept[r])) squares += square(values[r] - sum / static_cast<double>(n));
        return squares / static_cast<double>(n - 1);
    }

    std::vector<std::vector<double>> columns_;
    std::vector<bool> whole_;
};

/// a + b, row by row.
RowWeights sum_of(RowWeights a, const RowWeights& b) {
    for (const auto& [row, weight] : b) {
        const auto found =
            std::find_if(a.begin(), a.end(), [at = row](const auto& entry) { return entry.first == at; });
        if (found == a.end())
            a.emplace_back(row, weight);
        else
            found->second += weight;
    }
    a.erase(std::remove_if(a.begin(), a.end(), [](const auto& entry) { return entry.second == 0; }), a.end());
    return a;
}

/// Adds the effect before and after the moderator moves, in the scale of `combine`.
template <class Combine>
void add_sides(Estimate& estimate, const Contrast& contrast, Combine combine) {
    if (contrast.unmoved.empty()) return;
    estimate.unmoved = estimated(combine(contrast.unmoved));
    estimate.moved = estimated(combine(sum_of(contrast.rows, contrast.unmoved)));
}

}  // namespace

void adjust_family(std::vector<Estimate>& estimates) {
    std::vector<Estimate*> members;
    for (Estimate& estimate : estimates)
        if (estimate.confirmatory && estimate.standing == Standing::primary && estimate.scale == Scale::levels &&
            estimate.p)
            members.push_back(&estimate);
    std::vector<double> p;
    std::vector<std::size_t> test(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        test[i] = p.size();
        for (std::size_t j = 0; j < i && test[i] == p.size(); ++j)
            if (same_numbers(*members[i], *members[j])) test[i] = test[j];
        if (test[i] == p.size()) p.push_back(*members[i]->p);
    }
    const std::vector<double> adjusted = holm(p);
    for (std::size_t i = 0; i < members.size(); ++i) members[i]->holm = adjusted[test[i]];
}

std::vector<Estimate> estimates_of(const Design& design, std::span<const Contrast> contrasts,
                                   std::span<const double> values, const Estimate& about) {
    const Panel panel(values, design.rows.size());
    std::vector<Estimate> found;
    const auto add = [&](Estimate estimate, const Contrast& contrast, Scale scale) {
        estimate.quantity = contrast.quantity, estimate.scale = scale;
        estimate.of = contrast.of, estimate.by = contrast.by, estimate.at = contrast.at;
        estimate.outcome = about.outcome, estimate.unit = about.unit, estimate.standing = about.standing;
        estimate.confirmatory = scale == Scale::levels && is_confirmatory(contrast, design);
        estimate.placebo = contrast.placebo;
        if (scale == Scale::levels)
            estimate.size = size_of(estimate.outcome, estimate.interval, design.smallest_effect);
        found.push_back(std::move(estimate));
    };
    for (const Contrast& contrast : contrasts) {
        const auto in_levels = [&](const RowWeights& weights) { return panel.combined(weights); };
        const auto in_logs = [&](const RowWeights& weights) { return panel.combined_in_logs(weights); };
        std::vector<double> combined = panel.combined(contrast.rows);
        if (contrast.quantity == Quantity::contribution) panel.keep_whole_replications(combined);
        Estimate estimate = estimated(combined);
        estimate.variance_ratio = panel.variance_ratio(contrast.rows, combined);
        if (contrast.pair)
            estimate.correlation =
                paired_effect(panel.column(contrast.pair->second), panel.column(contrast.pair->first)).correlation;
        add_sides(estimate, contrast, in_levels);
        add(std::move(estimate), contrast, Scale::levels);
        if (contrast.quantity == Quantity::contribution) continue;
        Estimate log = estimated(panel.combined_in_logs(contrast.rows));
        add_sides(log, contrast, in_logs);
        add(std::move(log), contrast, Scale::logs);
    }
    return found;
}

std::vector<Estimate> estimates_of(const ResultFile& file, std::span<const std::string> more, bool all,
                                   const SmallestEffects& smallest) {
    if (!file.design()) throw InputError(file.name(), 0, 0, "holds one world and no design; name two files to compare");
    Design design = file.design()->design;
    for (const auto& [variable, size] : smallest) design.smallest_effect[variable] = size;
    const std::vector<Contrast> contrasts = contrasts_of(design);
    std::vector<Estimate> found;
    const std::array files{&file};
    const std::array first{std::string(primary_outcome), std::string(beside_outcome), std::string("net_share")};
    for (const std::string& name : {first[0], first[1]})
        if (const auto& held = file.variables(); std::find(held.begin(), held.end(), name) == held.end())
            throw DamagedResult(file.name(), "/summary has no " + name);
    for (const std::string& name : compared_variables(files, first, more, all)) {
        const SummaryVariable variable = file.read(name);
        for (std::size_t label = 0; label < variable.labels.size(); ++label) {
            const std::string outcome = variable.dimension.empty() ? name : name + "." + variable.labels[label];
            std::vector<double> values;
            for (std::size_t i = 0; i < file.replications().size(); ++i) values.push_back(variable.at(i, label));
            const auto some =
                estimates_of(design, contrasts, values, about(outcome, variable.long_name, variable.unit));
            found.insert(found.end(), some.begin(), some.end());
        }
    }
    adjust_family(found);
    return found;
}

}  // namespace multivector
