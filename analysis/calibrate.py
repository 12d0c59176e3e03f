#!/usr/bin/python3
"""Calibrates the baseline to the fitted patterns of the record, and keeps the region that meets them, not a lucky point.

    analysis/calibrate.py scenarios/calibration/priors.yaml -o scenarios/calibration

Approximate Bayesian computation by sequential Monte Carlo: points drawn from the priors are run with several seeds each, and
wave by wave they gather where at least 75 percent of the seeds are inside the band of every pattern that patterns.py marks
`fit`. Those of the last wave at which at least 70 percent of many seeds of their own are, too, are accepted. Patterns marked
`test` are not computed, and no effect of China's ambition is. The same seed gives the same files, bit for bit.

Writes accepted.csv (the accepted points, a list for a design) and region.yaml (a scenario: the accepted point nearest to all
others, each value with the range of the middle 90 percent). Where the baseline assumes a prior's value all the same, since the
record does not tell it, the point is the middle one of the quarter nearest to that. Prints what the record says of each prior:
the share of its variance that is left, 1 where the record does not tell.
"""
import argparse
import pathlib
import sys

import numpy as np

from calibration import ASKED, FITTED, Priors, Runs, central, distance, memory, waves, write_points

HEAD = """\
# Written by analysis/calibrate.py from priors.yaml (seed {seed}); do not edit. What the baseline is calibrated to: points of the
# priors at which at least {asked:.0%} of {seeds} seeds are inside the band of each fitted pattern
# ({patterns}).
# A value is that of the accepted point nearest to {others}.
# Its range is the middle 90 percent of the {count} accepted points.
# The ranges are no box: values depend on each other, and accepted.csv has the points. No effect of China's ambition was
# looked at. It does not run by itself: kazakhstan.yaml extends it.
extends: ../kazakhstan_regions.yaml
title: What the record leaves of the baseline's unknowns

"""


def nested(flat):
    """{"a.b": leaf} as YAML lines."""
    tree, lines = {}, []
    for key, leaf in flat.items():
        *folders, name = key.split(".")
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})
        place[name] = leaf

    def write(branch, depth):
        for name, inside in branch.items():
            if isinstance(inside, str):
                lines.append("  " * depth + f"{name}: {inside}")
            else:
                lines.append("  " * depth + f"{name}:")
                write(inside, depth + 1)
    write(tree, 0)
    return "\n".join(lines) + "\n"


def middle(values):
    """The middle 90 percent, to four digits."""
    return [float(f"{value:.4g}") for value in np.percentile(values, [5, 95])]


def region(columns, points, chosen):
    """The scenario's values: of the chosen point, with ranges."""
    leaves = {}
    for column, key in enumerate(columns):
        value, (low, high) = points[chosen, column], middle(points[:, column])
        leaves[key] = f'{{value: {value:.10g}, source: "calibrated; region.yaml", range: [{min(low, value):.10g}, {max(high, value):.10g}]}}'
    return nested(leaves)


def report(priors, points):
    """What the record says of each prior."""
    first = points[:, priors.firsts()]
    factor = np.array([list(keys.values())[0] for keys in priors.times])
    correlation = np.corrcoef(first.T)
    print("prior".ljust(44), "middle 90%".ljust(20), "variance left", "  at its ends", "  goes with", sep="")
    for place, name in enumerate(priors.names):
        values = first[:, place] / factor[place]
        low, high = middle(values)
        left = values.var(ddof=1) * 12 / (priors.high[place] - priors.low[place]) ** 2
        within = (values - priors.low[place]) / (priors.high[place] - priors.low[place])
        ends = f"{np.mean(within < 0.1):.0%}, {np.mean(within > 0.9):.0%}"
        others = np.abs(correlation[place]) * (np.arange(len(priors.names)) != place)
        other = int(np.argmax(others))
        print(name.ljust(44), f"{low:.3g} to {high:.3g}".ljust(20), f"{left:13.2f}", ends.rjust(13),
              f"  {priors.names[other]} ({correlation[place, other]:+.2f})" if others[other] > 0.4 else "", sep="")
    print(f"at its ends: share of points in the lowest and highest tenth of the prior; a share of variance is known to about "
          f"{np.sqrt(2 / (len(points) - 1)):.0%} of itself")


def accept(runs, priors, candidates, seeds, seed, out):
    """Runs the candidates with many seeds, and writes and reports those that still meet every pattern."""
    met = distance(runs.shares(candidates, seeds, seed), ASKED) == 0
    print(f"with {seeds} seeds of their own {met.sum()} of {len(met)} candidates meet every pattern: the accepted region\n")
    points = candidates[met]
    if len(points) < 2:
        sys.exit("calibrate.py: no region meets every fitted pattern; what was tried stands above")
    out.mkdir(parents=True, exist_ok=True)
    write_points(out / "accepted.csv", priors.columns(), points)
    assumed = priors.assumed()
    those = ", ".join(f"{priors.names[place]} {value:g}" for place, value in assumed.items())
    head = HEAD.format(seed=seed, asked=ASKED, seeds=seeds, count=len(points), patterns=", ".join(pattern.number for pattern in FITTED),
                       others=f"the others of the quarter that is nearest to\n# what the baseline assumes ({those})" if assumed else "all others")
    chosen = central(points[:, priors.firsts()], assumed)
    (out / "region.yaml").write_text(head + region(priors.columns(), points, chosen), encoding="utf-8")
    report(priors, points)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("priors", help="scenario and bounds")
    parser.add_argument("-o", "--output", required=True, help="folder for accepted.csv and region.yaml")
    parser.add_argument("--program", default="build/multivector")
    parser.add_argument("--first", type=int, default=6000, help="points of the first wave")
    parser.add_argument("--size", type=int, default=240, help="points of the others")
    parser.add_argument("--waves", type=int, default=40, help="at most, until all points meet every pattern")
    parser.add_argument("--seeds", type=int, default=10, help="a point at first")
    parser.add_argument("--most-seeds", type=int, default=40, help="a point in the last wave")
    parser.add_argument("--settling", type=int, default=12, help="waves after that, in which points wander through the region")
    parser.add_argument("--candidates", type=int, default=100, help="of the last wave's points, for the test with seeds of their own")
    parser.add_argument("--final-seeds", type=int, default=200, help="a candidate")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.seed < 1:
        parser.error("--seed is a whole number from 1 on")
    priors = Priors(asked.priors)
    runs = Runs(asked.program, priors)
    population = met = None
    for wave, (population, seeds, near, made) in enumerate(waves(runs, priors, asked.first, asked.size, asked.waves,
                                                                 asked.seeds, asked.most_seeds, asked.settling, asked.seed)):
        met = population["unit"].copy() if met is None and near == 0 and seeds == asked.most_seeds else met
        print(f"wave {wave}: {seeds} seeds, distance {near:.2f}, {made:.0%} of moves made; of the seeds inside: "
              + ", ".join(f"{pattern.number} {share:.0%}" for pattern, share in zip(FITTED, population["shares"].mean(axis=0))), flush=True)
    if met is None:
        print(f"after {asked.waves} waves not all points meet every pattern with {asked.most_seeds} seeds; --waves asks for more")
    elif asked.settling:
        kept = memory(met, population["unit"])
        print(f"in the last {asked.settling} waves points have wandered: where they stood tells where they are with a correlation of "
              f"{np.median(kept):.2f} (median of priors; most of all {priors.names[int(np.argmax(kept))]}, {kept.max():.2f})")
    candidates = np.unique(priors.settings(population["unit"]), axis=0)
    candidates = candidates[np.sort(np.random.default_rng(asked.seed).permutation(len(candidates))[:asked.candidates])]
    accept(runs, priors, candidates, asked.final_seeds, asked.seed, pathlib.Path(asked.output))


if __name__ == "__main__":
    main()
