// The portable functions over their whole domains, as a hash each: the worlds alone would not reach their ends.
#pragma once

#include "draws.hpp"
#include "golden.hpp"

namespace multivector {

struct GoldenFunction {
    std::string_view name;
    std::uint64_t (*hash)();
    std::uint64_t on_record;  ///< a change of the function changes it on purpose: write here what the test finds
};

namespace golden_math {

enum class Points : std::uint32_t { any = 1, moderate = 2 };

/// Any double but NaN, all exponents alike, every other one of moderate size; `which` tells two sequences apart.
inline double point(std::uint32_t i, std::uint32_t which) {
    const Draws<Points> draws(golden_seed, which);
    if (i % 2) return 40 * draws.uniform(Points::moderate, i) - 20;
    const PhiloxBlock word = philox({i, which, 0, 0}, {1, 2});
    const double value = from_bits(std::uint64_t{word[0]} << 32 | word[1]);
    return value == value ? value : 0.0;
}

template <class Function>
std::uint64_t over_points(Function&& function) {
    std::uint64_t hash = 0;
    for (std::uint32_t i = 0; i < 50000; ++i) hash = folded(hash, to_bits(function(point(i, 0), point(i, 1))));
    return hash;
}

}  // namespace golden_math

inline constexpr std::array golden_functions{
    GoldenFunction{"exp", [] { return golden_math::over_points([](double x, double) { return portable_exp(x); }); },
                   0x046d04806fa60e4a},
    GoldenFunction{"log",
                   [] { return golden_math::over_points([](double x, double) { return portable_log(std::fabs(x)); }); },
                   0xbaa79a1e8273a24b},
    GoldenFunction{
        "pow",
        [] { return golden_math::over_points([](double x, double y) { return portable_pow(std::fabs(x), y); }); },
        0x7cfb7e5001923eb4},
    GoldenFunction{"normal_quantile",
                   [] {
                       return golden_math::over_points([](double x, double) {
                           const double u = std::fabs(x) / (1 + std::fabs(x));  // in (0, 1), most of it near the ends
                           return u > 0 && u < 1 ? normal_quantile(u) : 0.0;
                       });
                   },
                   0x872b0ef8b594c520},
};

}  // namespace multivector
