// The choices of a scenario and the names they have in YAML, in the order of their values.
#pragma once

#include "table.hpp"

namespace multivector {

enum class PathShape : std::int64_t { constant, historical, series, logistic, step };
enum class PriceNoise : std::int64_t { none, mean_reverting, random_walk };
enum class FundRule : std::int64_t { fixed, cutoff_price, bird_in_hand, permanent_income, targeted };
enum class Solution : std::int64_t {
    nash,
    kalai_smorodinsky,
    egalitarian,
    alternating_offers,
    concession_tactics,
    auction,
    shapley,
    nucleolus,
    nash_in_nash
};
enum class Proposer : std::int64_t { host, partner };
enum class OutsideOption : std::int64_t { split_the_difference, deal_me_out };
enum class AttitudeChannel : std::int64_t { none, cost, local_content, ratification };
enum class Ratification : std::int64_t { none, probability, constraint };
enum class Stage : std::int64_t { raw, intermediate, consumer, service };

template <>
inline constexpr std::array<std::string_view, 5> names_of<PathShape>{"constant", "historical", "series", "logistic",
                                                                     "step"};
template <>
inline constexpr std::array<std::string_view, 3> names_of<PriceNoise>{"none", "mean_reverting", "random_walk"};
template <>
inline constexpr std::array<std::string_view, 5> names_of<FundRule>{"fixed", "cutoff_price", "bird_in_hand",
                                                                    "permanent_income", "targeted"};
template <>
inline constexpr std::array<std::string_view, 9> names_of<Solution>{
    "nash",    "kalai_smorodinsky", "egalitarian", "alternating_offers", "concession_tactics",
    "auction", "shapley",           "nucleolus",   "nash_in_nash"};
template <>
inline constexpr std::array<std::string_view, 2> names_of<Proposer>{"host", "partner"};
template <>
inline constexpr std::array<std::string_view, 2> names_of<OutsideOption>{"split_the_difference", "deal_me_out"};
template <>
inline constexpr std::array<std::string_view, 4> names_of<AttitudeChannel>{"none", "cost", "local_content",
                                                                           "ratification"};
template <>
inline constexpr std::array<std::string_view, 3> names_of<Ratification>{"none", "probability", "constraint"};
template <>
inline constexpr std::array<std::string_view, 4> names_of<Stage>{"raw", "intermediate", "consumer", "service"};

}  // namespace multivector
