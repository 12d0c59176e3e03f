"""Variance-based indices (Saltelli et al. 2010, Jansen 1999) and elementary effects (Morris 1991) of outcomes that have luck in
them: of what is expected of a point, with the noise of its replications taken out.

Outcomes are (..., point, replication). Replication r is the same luck at every point, and independent of the others: products of
two different replications have no noise in expectation, so products are averaged over those alone."""
import dataclasses
import math

import numpy as np

from intervals import Estimate, percentile_interval, resamples, t_quantile


def cross(x, y):
    """Mean of x_r y_s over r != s, along the last axis; of a single replication the plain product, noise and all."""
    runs = x.shape[-1]
    if runs == 1:
        return x[..., 0] * y[..., 0]
    return (x.sum(-1) * y.sum(-1) - (x * y).sum(-1)) / (runs * (runs - 1))


@dataclasses.dataclass
class Indices:
    """Of each input; the intervals of first and total are of 95 percent."""
    first: list
    total: list
    variance: float  # of what is expected, over the space
    noise: float  # of one replication at a point, what all points share aside; nan of a single one
    how: str  # the intervals


def _ratios(parts, weights):
    """First and total indices of weighted pairs (times, pair), and the variance."""
    share = weights / weights.sum(-1, keepdims=True)
    moved, mean = share @ parts["moved"], (share @ parts["mean"])[:, None]
    variance = share @ parts["square"] - mean[:, 0] ** 2
    variance[~(variance > 0)] = np.nan
    first = (share @ parts["first"] - mean * moved) / variance[:, None]
    return first, share @ parts["total"] / variance[:, None], variance


def sobol_indices(a, b, ab, scramble=None, times=1000):
    """a, b: (pair, replication); ab: (input, pair, replication). Pairs of several independent scrambles have numbers."""
    middle = np.concatenate([a, b]).mean(0)
    a, b, ab = a - middle, b - middle, ab - middle
    parts = {"first": cross(b[None], ab - a[None]).T, "total": cross(ab - a[None], ab - a[None]).T / 2,
             "moved": (ab - a[None]).mean(-1).T, "square": (cross(a, a) + cross(b, b)) / 2, "mean": (a + b).mean(-1) / 2}
    pairs, runs = a.shape
    point = _ratios(parts, np.ones((1, pairs)))
    known, place = np.unique(np.zeros(pairs) if scramble is None else scramble, return_inverse=True)
    if len(known) >= 16:  # each is left out in turn: the jackknife
        without = _ratios(parts, (np.arange(len(known))[:, None] != place).astype(float))
        reach = t_quantile(len(known) - 1) * math.sqrt(len(known) - 1)
        spread = [reach * np.std(one, axis=0) for one in without[:2]]
        bounds = [[Estimate(float(p), float(p - s), float(p + s)) for p, s in zip(one[0], wide)] for one, wide in zip(point, spread)]
        how = f"intervals by the jackknife over {len(known)} independent scrambles"
    else:
        drawn = _ratios(parts, resamples(pairs, times).astype(float))
        bounds = [[percentile_interval(one[0, i], many[:, i]) for i in range(one.shape[1])] for one, many in zip(point[:2], drawn[:2])]
        how = f"bootstrap intervals over the {pairs} pairs of points"
    every = np.concatenate([a, b])
    noise = float(every.var(-1, ddof=1).mean()) if runs > 1 else math.nan
    return Indices(bounds[0], bounds[1], float(point[2][0]), noise, how)


@dataclasses.dataclass
class Effects:
    """Of one input over the trajectories."""
    mu_star: Estimate
    mu: Estimate
    sigma: Estimate


def morris_effects(effects, times=1000):
    """effects: (trajectory, replication), changes per unit of the input's range.

    sigma is that of expected effects: the noise that replications leave in their means is taken out of it, but not out of mu_star.
    """
    trajectories, runs = effects.shape
    means = effects.mean(-1)
    apart = means - means.mean()
    noise = effects.var(-1, ddof=1) / runs if runs > 1 else np.zeros(trajectories)
    drawn = resamples(trajectories, times).astype(float) / trajectories

    def spread(weights):
        square = weights @ apart**2 - (weights @ apart) ** 2
        return np.sqrt(np.maximum(square * trajectories / (trajectories - 1) - weights @ noise, 0))

    even = np.full((1, trajectories), 1 / trajectories)
    return Effects(*(percentile_interval(of(even)[0], of(drawn)) for of in
                     (lambda weights: weights @ np.abs(means), lambda weights: weights @ means, spread)))
