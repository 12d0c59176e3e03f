#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "cascade.hpp"
#include "concentration.hpp"
#include "math.hpp"

using namespace multivector;

namespace {

/// Error in units in the last place of the exact value.
double error_in_ulp(double computed, long double exact) {
    const double rounded = static_cast<double>(exact);
    const double unit = std::nextafter(std::fabs(rounded), INFINITY) - std::fabs(rounded);
    return static_cast<double>(
        std::fabs((static_cast<long double>(computed) - exact) / static_cast<long double>(unit)));
}

}  // namespace

TEST_CASE("the portable exponential and logarithm are within two units in the last place") {
    double worst_exp = 0, worst_log = 0;
    for (int i = 0; i < 400000; ++i) {
        const double x = -700 + i * 0.00350001;
        worst_exp = std::max(worst_exp, error_in_ulp(portable_exp(x), std::exp(static_cast<long double>(x))));
        const double y = std::ldexp(1 + i * 2.5e-6, i % 1800 - 900);
        worst_log = std::max(worst_log, error_in_ulp(portable_log(y), std::log(static_cast<long double>(y))));
    }
    CHECK(worst_exp < 2);
    CHECK(worst_log < 2);
}

TEST_CASE("the portable functions keep the edges of the C library") {
    CHECK(portable_exp(0) == 1);
    CHECK(portable_exp(-1e9) == 0);
    CHECK(std::isinf(portable_exp(1e9)));
    CHECK(std::isnan(portable_exp(NAN)));
    CHECK(portable_log(1) == 0);
    CHECK(std::isinf(portable_log(0)));
    CHECK(std::isnan(portable_log(-1)));
    CHECK(portable_log(5e-324) == doctest::Approx(std::log(5e-324)));
    CHECK(portable_pow(0, 2) == 0);
    CHECK(portable_pow(7, 0) == 1);
    CHECK(portable_pow(2, 0.5) == doctest::Approx(std::sqrt(2.0)).epsilon(1e-15));
}

TEST_CASE("the normal quantile inverts the normal distribution") {
    for (double u : {1e-300, 1e-20, 1e-6, 0.01, 0.3, 0.5, 0.77, 0.999, 1 - 1e-12})
        CHECK(0.5 * std::erfc(-normal_quantile(u) / std::sqrt(2.0)) == doctest::Approx(u).epsilon(1e-12));
    CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-14));
}

TEST_CASE("shares of .5, .3 and .2 have their known concentration") {
    const double amounts[] = {5, 3, 2};
    const Concentration mix = concentration(amounts);
    CHECK(mix.hhi == doctest::Approx(0.38).epsilon(1e-12));
    CHECK(mix.normalised_hhi == doctest::Approx(0.07).epsilon(1e-12));
    CHECK(normalised_hhi(amounts) == doctest::Approx(0.07).epsilon(1e-12));
    CHECK(mix.theil == doctest::Approx(0.068959).epsilon(1e-5));
    CHECK(mix.entropy == doctest::Approx(0.937230).epsilon(1e-6));
    CHECK(100 * std::sqrt(mix.hhi) == doctest::Approx(61.6441).epsilon(1e-6));  // Hirschman's own index
}

TEST_CASE("Hirschman: K equal shares have an index of 1 / K") {
    for (std::size_t count = 2; count <= 8; ++count) {
        const std::vector<double> equal(count, 3.7);
        CHECK(concentration(equal).hhi == doctest::Approx(1.0 / static_cast<double>(count)));
        CHECK(concentration(equal).normalised_hhi == doctest::Approx(0).epsilon(1e-12));
    }
}

TEST_CASE("Granovetter: thresholds 0 to 99 make 100 rioters, and with the 1 replaced by a 2 make one") {
    std::vector<double> thresholds(100), weights(100, 1.0);
    for (std::size_t i = 0; i < 100; ++i) thresholds[i] = static_cast<double>(i);
    CHECK(cascade(thresholds, weights, 1) == 100);
    thresholds[1] = 2;
    CHECK(cascade(thresholds, weights, 1) == 1);
}
