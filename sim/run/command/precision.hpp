// How many replications a contrast needs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace multivector {

/// The rule (Hoad, Robinson and Davies 2010): replications are added until the half-width of every contrast's 95% t
/// interval is at most epsilon, and stays so for further replications: five, or five in a hundred where there are more
/// than a hundred; never fewer than the pilot, never more than `most`.
struct PrecisionRule {
    double epsilon;
    std::uint32_t most = usual_most;
    static constexpr std::uint32_t pilot = 20, usual_most = 10'000;
};

struct PrecisionReached {
    std::uint32_t replications = 0;  ///< with the further ones
    double half_width = 0;           ///< of the widest contrast then
    bool reached = false;            ///< else the cap ended it
};

/// Takes replications one after the other, each with the values of all contrasts; a missing value counts for nothing.
class PrecisionWatch {
 public:
    PrecisionWatch(PrecisionRule rule, std::size_t contrasts) : rule_(rule), moments_(contrasts) {}

    /// False when no more are needed.
    bool add(std::span<const double> contrasts);

    bool done() const { return done_; }
    /// How many it takes in all if the variances stay what they are so far; at most the cap.
    std::uint32_t expected() const;

    PrecisionReached result() const { return {count_, half_width(), reached_}; }

 private:
    struct Moments {
        std::uint32_t n = 0;
        double mean = 0, squares = 0;
    };
    double half_width() const;  ///< the widest; infinite while one cannot be told

    PrecisionRule rule_;
    std::vector<Moments> moments_;
    std::uint32_t count_ = 0, held_ = 0;
    bool done_ = false, reached_ = false;
};

}  // namespace multivector
