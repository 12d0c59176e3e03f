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

constexpr std::string_view primary_outcome = "net_gain", beside_outcome = "surplus_share";

/// Values of one outcome: replications by rows of the design, rows side by side.
class Panel {
 public:
    Panel(std::span<const double> values, std::size_t rows) : values_(values), rows_(rows) {}
    std::size_t replications() const { return values_.size() / rows_; }

    double at(std::size_t replication, std::size_t row) const { return values_[replication * rows_ + row]; }
    std::vector<double> column(std::size_t row) const {
        std::vector<double> values;
        for (std::size_t r = 0; r < replications(); ++r) values.push_back(at(r, row));
        return values;
    }

    /// The contrast in each replication; nothing but rounding counts as nothing.
    std::vector<double> combined(const RowWeights& weights) const {
        std::vector<double> sums(replications(), 0);
        for (std::size_t r = 0; r < sums.size(); ++r) {
            double size = 0;
            for (const auto& [row, weight] : weights)
                sums[r] += weight * at(r, row), size += std::fabs(weight * at(r, row));
            if (std::fabs(sums[r]) <= 1e-15 * size) sums[r] = 0;
        }
        return sums;
    }

    /// NaN where any row's value is missing: contrasts that are to sum to something need the same replications.
    void keep_whole_replications(std::vector<double>& contrast) const {
        for (std::size_t r = 0; r < replications(); ++r)
            for (std::size_t row = 0; row < rows_; ++row)
                if (std::isnan(at(r, row))) contrast[r] = std::numeric_limits<double>::quiet_NaN();
    }

 private:
    std::span<const double> values_;
    std::size_t rows_;
};

/// What pairing the two worlds of an effect gained.
void add_pairing(Estimate& estimate, const Panel& panel, std::size_t from, std::size_t to) {
    const PairedEffect pairs = paired_effect(panel.column(to), panel.column(from));
    estimate.correlation = pairs.correlation, estimate.variance_ratio = pairs.variance_ratio;
}

/// Holm's adjustment over the primary outcome's confirmatory family.
void adjust_family(std::vector<Estimate>& estimates) {
    const auto member = [](const Estimate& estimate) {
        return estimate.confirmatory && estimate.standing == Standing::primary && estimate.p;
    };
    std::vector<double> p;
    for (const Estimate& estimate : estimates)
        if (member(estimate)) p.push_back(*estimate.p);
    const std::vector<double> adjusted = holm(p);
    std::size_t i = 0;
    for (Estimate& estimate : estimates)
        if (member(estimate)) estimate.holm = adjusted[i++];
}

}  // namespace

std::vector<Estimate> estimates_of(const Design& design, std::span<const double> values, std::uint64_t seed,
                                   const Estimate& about) {
    const Panel panel(values, design.rows.size());
    std::vector<Estimate> found;
    const auto add = [&](Estimate estimate, const Contrast& contrast, Scale scale) {
        estimate.quantity = contrast.quantity, estimate.scale = scale;
        estimate.of = contrast.of, estimate.by = contrast.by, estimate.at = contrast.at;
        estimate.outcome = about.outcome, estimate.unit = about.unit, estimate.standing = about.standing;
        if (scale == Scale::levels)
            estimate.size = size_of(estimate.outcome, estimate.interval, design.smallest_effect);
        found.push_back(std::move(estimate));
    };
    for (const Contrast& contrast : contrasts_of(design)) {
        std::vector<double> combined = panel.combined(contrast.rows);
        if (contrast.quantity == Quantity::contribution) panel.keep_whole_replications(combined);
        Estimate estimate = estimated(combined);
        estimate.confirmatory = is_confirmatory(contrast, design);
        if (contrast.pair) add_pairing(estimate, panel, contrast.pair->first, contrast.pair->second);
        if (!contrast.unmoved.empty()) estimate.unmoved = estimated(panel.combined(contrast.unmoved)).point;
        add(std::move(estimate), contrast, Scale::levels);
        if (contrast.quantity == Quantity::contribution) continue;
        std::vector<std::vector<double>> columns;
        std::vector<double> weights;
        for (const auto& [row, weight] : contrast.rows) columns.push_back(panel.column(row)), weights.push_back(weight);
        add(log_contrast(columns, weights, seed), contrast, Scale::logs);
    }
    return found;
}

std::vector<Estimate> estimates_of(const ResultFile& file, std::span<const std::string> more, bool all,
                                   const SmallestEffects& smallest) {
    if (!file.design()) throw InputError(file.name(), 0, 0, "holds one world and no design; name two files to compare");
    Design design = file.design()->design;
    for (const auto& [variable, size] : smallest) design.smallest_effect[variable] = size;
    std::vector<Estimate> found;
    const std::array files{&file};
    for (const std::string& name : compared_variables(files, more, all)) {
        const SummaryVariable variable = file.read(name);
        for (std::size_t label = 0; label < variable.labels.size(); ++label) {
            Estimate about;
            about.outcome = variable.dimension.empty() ? name : name + "." + variable.labels[label];
            about.unit = variable.long_name.find("[USD billion") != std::string::npos ? "USD billion" : variable.unit;
            about.standing = name == primary_outcome  ? Standing::primary
                             : name == beside_outcome ? Standing::beside
                                                      : Standing::secondary;
            std::vector<double> values;
            for (std::size_t i = 0; i < file.replications().size(); ++i) values.push_back(variable.at(i, label));
            const auto some = estimates_of(design, values, file.seed(), about);
            found.insert(found.end(), some.begin(), some.end());
        }
    }
    adjust_family(found);
    return found;
}

}  // namespace multivector
