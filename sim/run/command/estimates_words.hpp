// What estimates say, cell by cell.
#pragma once

#include <cmath>
#include <string>

#include "estimates.hpp"
#include "text_columns.hpp"

namespace multivector {

template <class Enum>
std::string name(Enum value) {
    return std::string(names_of<Enum>[static_cast<std::size_t>(value)]);
}

inline std::string said(const std::optional<double>& value) { return value ? digits(*value) : "-"; }

inline std::string interval_text(const Known& known) {
    return known.interval ? "[" + digits(known.interval->first) + ", " + digits(known.interval->second) + "]" : "-";
}

/// "31%" of a total that is not zero.
inline std::string percent(const std::optional<double>& part, double total) {
    return part ? digits(std::round(1000 * *part / total) / 10) + "%" : "-";
}

inline std::string p_text(const std::optional<double>& p) {
    return !p ? "-" : *p < 0.001 ? "< 0.001" : digits(std::round(*p * 1000) / 1000);
}

/// What a moderator does to an effect; empty of what is no amplification.
inline std::string change_of(const Estimate& estimate) {
    return estimate.quantity == Quantity::amplification ? name(estimate.change()) : "";
}

}  // namespace multivector
