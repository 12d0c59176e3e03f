"""Quantiles and intervals that need no library beyond numpy."""
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
