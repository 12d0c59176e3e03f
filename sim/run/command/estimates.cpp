#include "estimates.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "codebook.hpp"

namespace multivector {

namespace {

boost::math::students_t student(std::size_t n) { return boost::math::students_t(static_cast<double>(n - 1)); }

}  // namespace

Estimate about(const std::string& name, const std::string& long_name, const std::string& unit) {
    Estimate estimate;
    estimate.outcome = name;
    estimate.unit = unit_apart(long_name, unit).unit;
    estimate.standing = name == primary_outcome  ? Standing::primary
                        : name == beside_outcome ? Standing::beside
                                                 : Standing::secondary;
    return estimate;
}

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
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return std::pair(p[a], a) < std::pair(p[b], b); });
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

bool same_numbers(const Estimate& a, const Estimate& b) {
    const auto same = [](double x, double y) { return std::fabs(x - y) <= 1e-9 * (std::fabs(x) + std::fabs(y)); };
    if (a.n != b.n || a.point.has_value() != b.point.has_value() || a.interval.has_value() != b.interval.has_value())
        return false;
    if (a.interval && a.interval->first == a.interval->second) return false;  // nothing in one world is nothing in many
    return (!a.point || same(*a.point, *b.point)) && (!a.interval || (same(a.interval->first, b.interval->first) &&
                                                                      same(a.interval->second, b.interval->second)));
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
    if (size == Size::negligible) return Change::negligible;
    const bool told = holm ? *holm < 0.05 : sign() != 0;
    if (!told) return Change::open;
    const int before = unmoved.sign(), after = moved.sign();
    if (before * after < 0) return Change::reverses;
    const int own = before != 0 ? before : after;
    if (own == 0) return Change::shifts;
    return (*point > 0) == (own > 0) ? Change::amplifies : Change::erodes;
}

}  // namespace multivector
