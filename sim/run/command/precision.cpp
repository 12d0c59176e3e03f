#include "precision.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace multivector {

namespace {

std::uint32_t look_ahead(std::uint32_t n) { return n <= 100 ? 5 : 5 * n / 100; }

}  // namespace

bool PrecisionWatch::add(std::span<const double> contrasts) {
    for (std::size_t c = 0; c < moments_.size(); ++c) {
        if (std::isnan(contrasts[c])) continue;
        Moments& moments = moments_[c];
        const double step = contrasts[c] - moments.mean;
        moments.mean += step / ++moments.n;
        moments.squares += step * (contrasts[c] - moments.mean);
    }
    ++count_;
    if (count_ >= PrecisionRule::pilot) {
        held_ = half_width() <= rule_.epsilon ? held_ + 1 : 0;
        reached_ = held_ > look_ahead(count_ - std::min(count_, held_) + 1);
    }
    done_ = reached_ || count_ >= rule_.most;
    return !done_;
}

std::uint32_t PrecisionWatch::expected() const {
    if (done_) return count_;
    const double narrower = half_width() / rule_.epsilon, needed = count_ * narrower * narrower;
    if (!(needed < rule_.most)) return rule_.most;
    const std::uint32_t first =
        held_ > 0 ? count_ - held_ + 1 : std::max(PrecisionRule::pilot, static_cast<std::uint32_t>(std::ceil(needed)));
    return std::min(rule_.most, std::max(count_ + 1, first + look_ahead(first)));
}

double PrecisionWatch::half_width() const {
    double widest = 0;
    for (const Moments& moments : moments_) {
        if (moments.n < 2) return std::numeric_limits<double>::infinity();
        const double n = moments.n;
        const boost::math::students_t student(n - 1);
        widest = std::max(widest, boost::math::quantile(student, 0.975) * std::sqrt(moments.squares / (n - 1) / n));
    }
    return widest;
}

}  // namespace multivector
