// Contrasts estimated replication by replication with the same luck (METHODS: estimands). The unit of replication is
// the run. Effects and
// amplifications are estimated in levels, and as the same contrast of the logarithms of means.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "contrasts.hpp"
#include "result_reader.hpp"

namespace multivector {

enum class Scale : std::uint8_t { levels, logs };
template <>
inline constexpr std::array<std::string_view, 2> names_of<Scale>{"levels", "logs"};

/// What an estimate is for: the declared primary outcome, what stands beside it, or one of the rest.
enum class Standing : std::uint8_t { primary, beside, secondary };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Standing>{"primary", "beside", "secondary"};

/// How an interval lies to the smallest effect of interest.
enum class Size : std::uint8_t { undeclared, larger, negligible, undetermined };
template <>
inline constexpr std::array<std::string_view, 4> names_of<Size>{"undeclared", "larger", "negligible", "undetermined"};

/// What a moderator does to an effect: nothing in any replication, nothing that can be told, makes it larger, smaller,
/// or turns it round.
enum class Change : std::uint8_t { none, open, amplifies, erodes, reverses };
template <>
inline constexpr std::array<std::string_view, 5> names_of<Change>{"none", "open", "amplifies", "erodes", "reverses"};

struct Estimate {
    Quantity quantity = Quantity::effect;
    Scale scale = Scale::levels;
    Standing standing = Standing::secondary;
    std::string outcome, unit;
    Step of, by;  ///< as of the contrast
    Levels at;
    std::size_t n = 0, dropped = 0;                     ///< replications; those with a missing value
    std::optional<double> point;                        ///< mean over replications
    std::optional<std::pair<double, double>> interval;  ///< 95%
    std::optional<double> p, holm;                      ///< two-sided t test; adjusted over the confirmatory family
    std::optional<double> correlation, variance_ratio;  ///< of an effect's two worlds: what pairing gained
    Size size = Size::undeclared;
    std::optional<double> unmoved;  ///< of an amplification: the effect before the moderator moves
    bool confirmatory = false;      ///< of the family that Holm's adjustment is over

    /// Of an amplification; by its adjusted p where it has one, else by its interval.
    Change change() const;
};

/// By variable: the smallest effect of interest, in its unit.
using SmallestEffects = std::map<std::string, double>;

/// How an interval lies to the smallest effect of interest that is declared for the outcome.
Size size_of(const std::string& outcome, const std::optional<std::pair<double, double>>& interval,
             const SmallestEffects& smallest);

double mean(std::span<const double> values);

/// Mean, t interval and p of values, NaN among them dropped.
Estimate estimated(std::span<const double> values);

/// Holm's adjustment: p-values in the order given.
std::vector<double> holm(std::span<const double> p);

/// Wilson's 95% interval of a share, `some` of `all` > 0.
std::pair<double, double> wilson(std::size_t some, std::size_t all);

/// The contrast of the logarithms of the rows' means, with a paired bootstrap interval over replications; absent when a
/// mean is not positive, or may not be. `columns[i]` are the values of the row with `weights[i]`.
Estimate log_contrast(const std::vector<std::vector<double>>& columns, std::span<const double> weights,
                      std::uint64_t seed);

/// Every estimate that a design allows of one outcome; `values`: replications by rows, rows side by side. What the
/// outcome is, its unit and its standing are `about`'s.
std::vector<Estimate> estimates_of(const Design& design, std::span<const double> values, std::uint64_t seed,
                                   const Estimate& about);

/// Every estimate that a design's result file allows, of the primary variables and `more`; `smallest` is declared over
/// what the design declares. Throws InputError when the file holds no design, or a variable is unknown.
std::vector<Estimate> estimates_of(const ResultFile& file, std::span<const std::string> more, bool all,
                                   const SmallestEffects& smallest = {});

}  // namespace multivector
