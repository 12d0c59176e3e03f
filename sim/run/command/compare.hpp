// The paired effect: A minus B, realisation by realisation with the same luck.
//
// Realisations of two files pair when seed and replication agree. METHODS.md: the unit of replication is the run;
// amount (net_gain) and share (surplus_share) stand side by side; the achieved correlation and the variance ratio of
// pairing are reported. "Effect" is this paired difference and nothing else.
#pragma once

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "estimates.hpp"
#include "result_reader.hpp"

namespace multivector {

/// Statistics of n pairs (a_i, b_i). What n or a variance of zero leaves undefined is absent, never NaN.
struct PairedEffect {
    std::size_t pairs = 0, dropped = 0;                 ///< dropped: pairs with a missing value
    std::optional<double> mean_a, mean_b, effect;       ///< over the pairs kept; effect = mean of a_i - b_i; n >= 1
    std::optional<std::pair<double, double>> interval;  ///< 95%: effect -+ t(0.975, n-1) s / sqrt(n); n >= 2
    std::optional<double> p;                            ///< of the two-sided t test
    std::optional<double> correlation;                  ///< of a and b; both must vary
    std::optional<double> variance_ratio;               ///< (Var a + Var b) / Var(a - b); the difference must vary
};

/// `a` and `b` have the same length; NaN is a missing value.
PairedEffect paired_effect(std::span<const double> a, std::span<const double> b);

struct ComparedVariable {
    std::string name, long_name, unit;  ///< name of a vector's entry: net_gain_by_partner.China
    PairedEffect effect;
    Size size = Size::undeclared;
};

struct ParameterDifference {
    std::string key;
    std::string a, b;  ///< empty when the scenario does not have the key
};

struct Comparison {
    std::string file_a, file_b;
    std::uint64_t seed = 0;
    std::size_t pairs = 0, only_a = 0, only_b = 0;  ///< realisations
    std::vector<ParameterDifference> parameters;
    std::vector<ComparedVariable> variables;  ///< in the order asked for; the primary ones first
};

/// Always compared: amount and share, then what stands beside them.
std::vector<std::string> primary_variables();

/// `first` as far as all files have them, `more`, and, when `all`, every other that all files have, in this order.
/// Throws InputError when one of `more` is unknown.
std::vector<std::string> compared_variables(std::span<const ResultFile* const> files,
                                            std::span<const std::string> first, std::span<const std::string> more,
                                            bool all);

/// Compares the primary variables, `more`, and, when `all`, every variable of /summary, each with its smallest effect
/// of interest where one is declared. Throws InputError when the seeds differ, no realisation pairs, or a variable is
/// unknown.
Comparison compare(const ResultFile& a, const ResultFile& b, std::span<const std::string> more, bool all,
                   const SmallestEffects& smallest = {});

/// Keys whose values differ between two scenarios in YAML; the title is not a parameter.
std::vector<ParameterDifference> different_parameters(const std::string& a, const std::string& b);

/// One sentence that puts amount and share side by side and says when the data leave a sign open.
std::string in_plain_words(const PairedEffect& amount, const PairedEffect& share,
                           const PairedEffect* net_share = nullptr);

/// The same, of a whole comparison; empty when it has no amount or no share.
std::string in_plain_words(const Comparison& comparison);

/// The comparison as estimates of an effect, B to A.
std::vector<Estimate> estimates_of(const Comparison& comparison);

void print_text(std::ostream& out, const Comparison& comparison);

}  // namespace multivector
