"""Quantiles and intervals that need no library beyond numpy."""
import dataclasses
import functools
import math

import numpy as np


@functools.lru_cache
def t_quantile(freedom):
    """The 97.5 percent point of Student's t, by integrating its density."""
    constant = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    low, high = 0.0, 13.0
    for _ in range(40):
        middle = (low + high) / 2
        x = np.linspace(0, middle, 2001)
        area = np.trapz(constant * (1 + x * x / freedom) ** (-(freedom + 1) / 2), x)
        low, high = (middle, high) if area < 0.475 else (low, middle)
    return (low + high) / 2


def wilson(some, every, z=1.959963984540054):
    """95 percent interval of a share."""
    share = some / every
    middle, half = share + z * z / (2 * every), z * math.sqrt(share * (1 - share) / every + z * z / (4 * every**2))
    return max(0, (middle - half) / (1 + z * z / every)), min(1, (middle + half) / (1 + z * z / every))


@dataclasses.dataclass
class Estimate:
    """A figure with its interval, of 95 percent unless another is asked for."""
    point: float
    low: float
    high: float

    def beyond(self, smallest, sign=0):
        """"yes" where the interval lies wholly beyond the smallest size that matters (on the side of sign, if it is given), "no"
        where it lies wholly within or on the wrong side, else "open"."""
        if not math.isfinite(self.low + self.high):
            return "open"
        if (sign >= 0 and self.low > smallest) or (sign <= 0 and self.high < -smallest):
            return "yes"
        wrong = (sign > 0 and self.high <= smallest) or (sign < 0 and self.low >= -smallest)
        return "no" if wrong or (self.low >= -smallest and self.high <= smallest) else "open"


def t_interval(values):
    """Of a mean over runs."""
    n = len(values)
    half = t_quantile(n - 1) * np.std(values, ddof=1) / math.sqrt(n) if n > 1 else math.nan
    return Estimate(float(np.mean(values)), float(np.mean(values) - half), float(np.mean(values) + half))


def resamples(runs, times=1000, seed=1):
    """(times, runs): the weight of each run in each of the bootstrap's samples; the same for all worlds, whose luck is shared."""
    drawn = np.random.default_rng(seed).integers(0, runs, (times, runs))
    return np.stack([np.bincount(sample, minlength=runs) for sample in drawn])


def percentile_interval(point, drawn, level=0.95):
    """Of a figure and what the bootstrap's samples give; undefined where more samples are than the interval leaves out."""
    kept = drawn[np.isfinite(drawn)]
    if len(kept) < level * len(drawn) or not math.isfinite(point):
        return Estimate(float(point), math.nan, math.nan)
    return Estimate(float(point), *(float(edge) for edge in np.percentile(kept, [50 * (1 - level), 50 * (1 + level)])))
