"""What the README's snippets for R and Python print is what h5py reads and `multivector compare` says.

Usage: readers_ci_readme.py A.h5 B.h5 SAID_BY_R.txt SAID_BY_PYTHON.txt COMPARED.txt
"""

import re
import sys
from pathlib import Path

import h5py
import numpy as np


def numbers_in(text):
    return [float(word) for word in re.findall(r"-?\d+\.?\d*(?:e[-+]?\d+)?", text)]


def says(text, value, digits):
    return any(abs(number - value) <= abs(value) * 10.0**-digits for number in numbers_in(text))


def main(a, b, said_by_r, said_by_python, compared):
    said_by_r, said_by_python, compared = (Path(file).read_text() for file in (said_by_r, said_by_python, compared))
    gains = []
    for file in (a, b):
        with h5py.File(file, "r") as opened:
            gains.append(opened["summary/net_gain"][:])
    mean, effect = gains[0].mean(), (gains[0] - gains[1]).mean()
    means = re.findall(r"^\[1\] (.*)$", said_by_r, re.M)
    assert len(means) == 2 and all(says(line, mean, 6) for line in means), f"the mean is {mean}, R says {means}"
    assert says(said_by_python, mean, 12), f"the mean is {mean}, Python says {said_by_python}"
    assert says(said_by_r, effect, 5), f"the effect is {effect}, R says {said_by_r}"
    row = next(line for line in compared.splitlines() if line.startswith("net_gain "))
    low, high = numbers_in(row[row.index("[") : row.index("]")])
    in_r = re.search(r"95 percent confidence interval:\s*(\S+) (\S+)", said_by_r)
    assert np.allclose([float(in_r[1]), float(in_r[2])], [low, high], rtol=5e-4), f"compare: {row}; R: {in_r[0]}"
    assert "wrongly" in said_by_r and "USD billion at 2020 prices" in said_by_r and "China" in said_by_python
    print(f"the README's R and Python say the mean {mean:.6g} and the interval [{low}, {high}] of the effect")


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
