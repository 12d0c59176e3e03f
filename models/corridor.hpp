// The corridor through the host and what it is worth, net of the routes that avoid it.
//
// Shippers choose among routes k with generalised cost c_k [USD/t] and capacity s_k by a logit with dispersion theta,
// in which capacity is the size variable (Ben-Akiva and Lerman 1985). Corridor investment K lowers the cost of host
// routes:
//     c_k(K) = c_k (lowest + (1 - lowest) exp(-K / scale))
// A tonne's gain from having the host's routes at all is the difference of expected least costs (logsums)
//     w(K) = theta [log sum_all s_k exp(-c_k / theta) - log sum_avoiding s_k exp(-c_k / theta)] >= 0
// which tends to the cost advantage of the best host route over the best avoiding one as theta falls to zero.
#pragma once

#include "world.hpp"

namespace multivector {

/// Works out, for each tick, the expected least cost of the routes that avoid the host. Part of `prepare`.
void value_ways_around(Setting& setting);

/// `investment` is K >= 0 [USD billion].
CorridorState corridor_at(const Setting& setting, int tick, double investment);

/// 1 - cut (1 - exp(-K / scale)): everyone's trade cost relative to no corridor.
double trade_cost_at(const Setting& setting, double investment);

}  // namespace multivector
