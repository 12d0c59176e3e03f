// Portable exponential, logarithm, power and normal quantile: the same bits on every machine and compiler.
//
// The C library's versions differ between processors with and without fused multiply-add. These use only
// IEEE + - * / and integer operations on the bits, which are exact everywhere when the compiler does not contract
// (-ffp-contract=off). Errors are below 2 units in the last place for exp and log (tested against long double).
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace multivector {

inline double from_bits(std::uint64_t bits) {
    double value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

inline std::uint64_t to_bits(double value) {
    std::uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

/// e^x. Zero below -708 and infinity above 709.7; NaN stays NaN. Taylor polynomial of degree 13 on |r| <= ln(2)/2,
/// whose remainder is below 5e-18, summed in pairs (Estrin) because a chain of 13 products would wait on itself.
inline double portable_exp(double x) {
    constexpr double log2e = 1.4426950408889634074, ln2_high = 6.93147180369123816490e-01,
                     ln2_low = 1.90821492927058770002e-10, shifter = 6755399441055744.0;  // 1.5 * 2^52
    if (!(x > -708.0)) return x == x ? 0.0 : x;
    if (x > 709.7) return std::numeric_limits<double>::infinity();
    const double shifted = x * log2e + shifter;
    const double k = shifted - shifter;
    const double r = (x - k * ln2_high) - k * ln2_low;
    const double r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
    const double p01 = 1.0 + r, p23 = 0.5 + r * (1.0 / 6), p45 = 1.0 / 24 + r * (1.0 / 120),
                 p67 = 1.0 / 720 + r * (1.0 / 5040), p89 = 1.0 / 40320 + r * (1.0 / 362880),
                 pab = 1.0 / 3628800 + r * (1.0 / 39916800), pcd = 1.0 / 479001600 + r * (1.0 / 6227020800.0);
    const double low = (p45 + r2 * p67) * r4 + r2 * p23;
    const double high = ((p89 + r2 * pab) + r4 * pcd) * r8;
    const double mantissa = p01 + (low + high);
    // The low bits of `shifted` hold k as an integer; adding it to the exponent field scales by 2^k.
    return from_bits(to_bits(mantissa) + (to_bits(shifted) << 52));
}

/// Natural logarithm of x [x > 0]. -infinity at 0, NaN below. After the argument reduction and the minimax
/// polynomial of FreeBSD's e_log.c (Sun Microsystems 1993).
inline double portable_log(double x) {
    constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
    constexpr double c1 = 6.666666666666735130e-01, c2 = 3.999999999940941908e-01, c3 = 2.857142874366239149e-01,
                     c4 = 2.222219843214978396e-01, c5 = 1.818357216161805012e-01, c6 = 1.531383769920937332e-01,
                     c7 = 1.479819860511658591e-01;
    if (!(x > 0.0))
        return x == 0.0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    if (x > std::numeric_limits<double>::max()) return x;
    int shift = 0;
    if (x < std::numeric_limits<double>::min()) {  // subnormal
        x *= 18014398509481984.0;                  // 2^54
        shift = -54;
    }
    std::uint64_t bits = to_bits(x) + (0x3ff0000000000000u - 0x3fe6a09e667f3bcdu);  // split the range at sqrt(1/2)
    const double k = static_cast<double>(static_cast<int>(bits >> 52) - 0x3ff + shift);
    const double f = from_bits((bits & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu) - 1.0;
    const double s = f / (2.0 + f), z = s * s, w = z * z;
    const double r = z * (c1 + w * (c3 + w * (c5 + w * c7))) + w * (c2 + w * (c4 + w * c6));
    const double half_square = 0.5 * f * f;
    return k * ln2_high - ((half_square - (s * (half_square + r) + k * ln2_low)) - f);
}

/// x^y for x >= 0 as exp(y log x); 0^0 = 1.
inline double portable_pow(double x, double y) {
    if (y == 0.0 || x == 1.0) return 1.0;
    if (y == 1.0) return x;
    return portable_exp(y * portable_log(x));
}

inline double logistic(double x) { return 1.0 / (1.0 + portable_exp(-x)); }

/// Standard normal quantile of u in (0, 1). Wichura (1988), Applied Statistics 37, algorithm AS 241; 16 digits.
double normal_quantile(double u);

}  // namespace multivector
