#include "estimates.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <random>

namespace multivector {

namespace {

boost::math::students_t student(std::size_t n) { return boost::math::students_t(static_cast<double>(n - 1)); }

/// A number below `count`, which is below 2^32, by the same bits everywhere.
std::size_t below(std::mt19937_64& random, std::size_t count) {
    return static_cast<std::size_t>(((random() >> 32) * count) >> 32);
}

/// Sum of weights times logarithms; none when one of them has none.
std::optional<double> log_sum(std::span<const double> means, std::span<const double> weights) {
    double sum = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
        if (!(means[i] > 0)) return {};
        sum += weights[i] * std::log(means[i]);
    }
    return sum;
}

}  // namespace

double mean(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

Estimate estimated(std::span<const double> values) {
    std::vector<double> kept;
    std::copy_if(values.begin(), values.end(), std::back_inserter(kept), [](double v) { return !std::isnan(v); });
    Estimate result;
    result.n = kept.size(), result.dropped = values.size() - kept.size();
    if (kept.empty()) return result;
    const double middle = mean(kept);
    result.point = middle;
    if (kept.size() == 1) return result;
    double squares = 0;
    for (const double value : kept) squares += (value - middle) * (value - middle);
    const bool constant = std::all_of(kept.begin(), kept.end(), [&](double value) { return value == kept.front(); });
    const double error =
        constant ? 0 : std::sqrt(squares / static_cast<double>(kept.size() - 1) / static_cast<double>(kept.size()));
    if (constant) result.point = kept.front();
    const double half = boost::math::quantile(student(kept.size()), 0.975) * error;
    result.interval = {*result.point - half, *result.point + half};
    result.p = error > 0
                   ? 2 * boost::math::cdf(boost::math::complement(student(kept.size()), std::fabs(middle / error)))
                   : (*result.point == 0 ? 1.0 : 0.0);
    return result;
}

std::vector<double> holm(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> adjusted(p.size());
    double largest = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        largest = std::max(largest, std::min(1.0, static_cast<double>(p.size() - i) * p[order[i]]));
        adjusted[order[i]] = largest;
    }
    return adjusted;
}

std::pair<double, double> wilson(std::size_t some, std::size_t all) {
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(all);
    const double share = static_cast<double>(some) / n, middle = share + z * z / (2 * n),
                 half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)), scale = 1 + z * z / n;
    return {some == 0 ? 0 : (middle - half) / scale, some == all ? 1 : (middle + half) / scale};
}

Estimate log_contrast(const std::vector<std::vector<double>>& columns, std::span<const double> weights,
                      std::uint64_t seed) {
    Estimate result;
    result.scale = Scale::logs;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < columns.front().size(); ++i)
        if (std::none_of(columns.begin(), columns.end(), [&](const auto& column) { return std::isnan(column[i]); }))
            kept.push_back(i);
    const std::size_t n = kept.size();
    result.n = n, result.dropped = columns.front().size() - n;
    if (n == 0) return result;
    std::vector<double> sums(columns.size());
    const auto add = [&](std::size_t at) {
        for (std::size_t c = 0; c < columns.size(); ++c) sums[c] += columns[c][at];
    };
    for (const std::size_t at : kept) add(at);
    for (double& sum : sums) sum /= static_cast<double>(n);
    result.point = log_sum(sums, weights);
    if (!result.point || n == 1) return result;
    constexpr std::size_t resamples = 2000;
    std::mt19937_64 random(seed);
    std::vector<double> found;
    for (std::size_t b = 0; b < resamples; ++b) {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (std::size_t i = 0; i < n; ++i) add(kept[below(random, n)]);
        for (double& sum : sums) sum /= static_cast<double>(n);
        if (const auto value = log_sum(sums, weights)) found.push_back(*value);
    }
    if (found.size() < resamples) return result;  // a mean that may not be positive has no interval either
    std::sort(found.begin(), found.end());
    const auto quantile = [&](double q) { return found[static_cast<std::size_t>(q * (resamples - 1) + 0.5)]; };
    result.interval = {quantile(0.025), quantile(0.975)};
    return result;
}

Size size_of(const std::string& outcome, const std::optional<std::pair<double, double>>& interval,
             const SmallestEffects& smallest) {
    const auto declared = smallest.find(outcome);
    if (declared == smallest.end() || !interval) return Size::undeclared;
    const auto [low, high] = *interval;
    if (low > declared->second || high < -declared->second) return Size::larger;
    return low > -declared->second && high < declared->second ? Size::negligible : Size::undetermined;
}

Change Estimate::change() const {
    if (!point || !interval) return Change::open;
    if (interval->first == 0 && interval->second == 0) return Change::none;
    const bool told = holm ? *holm < 0.05 : interval->first > 0 || interval->second < 0;
    if (!told || !unmoved) return Change::open;
    const double moved = *unmoved + *point;
    if (*unmoved * moved < 0) return Change::reverses;
    return std::fabs(moved) > std::fabs(*unmoved) ? Change::amplifies : Change::erodes;
}

}  // namespace multivector
