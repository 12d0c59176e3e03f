// Contrasts estimated replication by replication with the same luck (METHODS: estimands). The unit of replication is
// the run. Effects and amplifications are estimated in levels, and as the same contrast of the logarithms of means.
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

inline constexpr std::string_view primary_outcome = "net_gain", beside_outcome = "surplus_share";

/// How an interval lies to the smallest effect of interest.
enum class Size : std::uint8_t { undeclared, larger, negligible, undetermined };
template <>
inline constexpr std::array<std::string_view, 4> names_of<Size>{"undeclared", "larger", "negligible", "undetermined"};

/// What a moderator does to an effect: nothing in any replication; nothing that can be told; surely less than the
/// smallest of interest; makes it larger, or smaller; turns it round; or moves it while its own sign is open before and
/// after.
enum class Change : std::uint8_t { none, open, negligible, amplifies, erodes, reverses, shifts };
template <>
inline constexpr std::array<std::string_view, 7> names_of<Change>{"none",   "open",     "negligible", "amplifies",
                                                                  "erodes", "reverses", "shifts"};

using Interval = std::pair<double, double>;

/// A mean with its 95% interval.
struct Known {
    std::optional<double> point;
    std::optional<Interval> interval;

    /// 1 or -1 where the interval has one sign, else 0.
    int sign() const { return !interval ? 0 : interval->first > 0 ? 1 : interval->second < 0 ? -1 : 0; }
};

struct Estimate : Known {
    Quantity quantity = Quantity::effect;
    Scale scale = Scale::levels;
    Standing standing = Standing::secondary;
    std::string outcome, unit;
    Step of, by;  ///< as of the contrast
    Levels at;
    std::size_t n = 0, dropped = 0;        ///< replications; those with a missing value
    std::optional<double> p, holm;         ///< two-sided t test; adjusted over the confirmatory family
    std::optional<double> correlation;     ///< of an effect's two worlds
    std::optional<double> variance_ratio;  ///< how many times more it would vary with luck of their own in every world
    Size size = Size::undeclared;
    Known unmoved, moved;       ///< of an amplification: the effect before and after the moderator moves
    bool confirmatory = false;  ///< of the family that Holm's adjustment is over
    bool placebo = false;       ///< in a world where there should be no effect

    /// Of an amplification; by its adjusted p where it has one, else by its interval.
    Change change() const;
};

/// By variable: the smallest effect of interest, in its unit.
using SmallestEffects = std::map<std::string, double>;

/// How an interval lies to the smallest effect of interest that is declared for the outcome.
Size size_of(const std::string& outcome, const std::optional<std::pair<double, double>>& interval,
             const SmallestEffects& smallest);

/// What an estimate of a variable of /summary is about, without its numbers; `name` is the variable's, with its label's
/// where it has one (net_gain_by_partner.China).
Estimate about(const std::string& name, const std::string& long_name, const std::string& unit);

double mean(std::span<const double> values);

/// Mean, t interval and p of values, NaN among them dropped.
Estimate estimated(std::span<const double> values);

/// Holm's adjustment: p-values in the order given.
std::vector<double> holm(std::span<const double> p);

/// Wilson's 95% interval of a share, `some` of `all` > 0.
std::pair<double, double> wilson(std::size_t some, std::size_t all);

/// Whether two estimates are the same numbers up to rounding, and some spread: the same test, taken twice.
bool same_numbers(const Estimate& a, const Estimate& b);

/// Every estimate of `contrasts` of one outcome; `values`: replications by rows, rows side by side. What the outcome
/// is, its unit and its standing are `about`'s.
std::vector<Estimate> estimates_of(const Design& design, std::span<const Contrast> contrasts,
                                   std::span<const double> values, const Estimate& about);

/// Holm's adjustment over the primary outcome's confirmatory family. A test that is there twice counts once.
void adjust_family(std::vector<Estimate>& estimates);

/// Every estimate that a design's result file allows, of the primary variables and `more`; `smallest` is declared over
/// what the design declares. Throws InputError when the file holds no design, or a variable is unknown.
std::vector<Estimate> estimates_of(const ResultFile& file, std::span<const std::string> more, bool all,
                                   const SmallestEffects& smallest = {});

}  // namespace multivector
