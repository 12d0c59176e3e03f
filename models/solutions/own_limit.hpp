// What the partner at the table could concede, put before its rivals' limits.
#pragma once

#include <array>

#include "talk.hpp"

namespace multivector {

/// The limits m_1 >= m_2 >= ... of a whole table, the one in this talk first: it is the highest.
class TableLimits {
 public:
    explicit TableLimits(const Talk& talk) : count_(talk.rivals.size() + 1) {
        limits_[0] = talk.frontier.where_partner_gets(talk.least().partner).payoff.host;
        std::copy(talk.rivals.begin(), talk.rivals.end(), limits_.begin() + 1);
    }
    operator std::span<const double>() const { return {limits_.data(), count_}; }

 private:
    std::array<double, max_partners> limits_;
    std::size_t count_;
};

}  // namespace multivector
