// Solutions that go from the threat in a fixed direction until the frontier ends the way.
#pragma once

#include "talk.hpp"

namespace multivector {

/// The point of the frontier where gains over the threat stand as `direction` (both >= 0, not both zero), held to the
/// frontier's ends. Excess = g_p (u_h - t_h) - g_h (u_p - t_p) rises along the frontier and is a quadratic in l on the
/// outer pieces, linear in e on the middle one.
Terms where_gains_stand_as(const Frontier& frontier, Payoffs threat, Payoffs direction);

}  // namespace multivector
