#!/usr/bin/python3
"""What an outside analyst would estimate, beside what is true: a difference-in-differences on one world's panel.

    multivector run scenarios/kazakhstan.yaml -n 500 --seed 1 --record series -o with.h5
    multivector run scenarios/questions/no_belt_and_road.yaml -n 500 --seed 1 --record series -o without.h5
    analysis/econometrician.py with.h5 without.h5 --treated China --since 2013

The analyst sees the first world alone: what each partner signed in each year. Two-way fixed effects, y = partner + year +
delta (treated partner, from the year on), give delta in every run. The truth is in the pair: the treated partner's mean of the
same years, with less without the demand, the same luck. The others' difference is what such a design takes to be none.
Intervals are 95 percent t intervals over runs.
"""
import argparse
import sys

import h5py
import numpy as np
from scipy import stats


def read(path, variable):
    """Labels, years and (run, partner, year) sums of a variable of /series."""
    try:
        with h5py.File(path, "r") as file:
            if "design" in file:
                sys.exit(f"econometrician.py: {path} holds several worlds of a design; the analyst sees one")
            if "series" not in file:
                sys.exit(f"econometrician.py: {path} has no /series; run with --record series")
            series = file["series"]
            if variable not in series or series[variable].ndim != 3 or not variable.endswith("_by_partner"):
                known = sorted(name for name in series if name.endswith("_by_partner"))
                sys.exit(f"econometrician.py: {path} has no {variable}; by partner there are {', '.join(known)}")
            partners = [name.decode() if isinstance(name, bytes) else name for name in series["partner"][:]]
            years, year_of_tick = np.unique(np.floor(series["year"][:] + 1e-9).astype(int), return_inverse=True)
            values, meaning = series[variable][:], series[variable].attrs.get("long_name", "")
            if np.isnan(values).any() or variable.endswith("share_by_partner"):
                sys.exit(f"econometrician.py: {variable} is no amount per tick that could be summed to years")
            seed = file["provenance"].attrs.get("master_seed")
            runs = series["realization"][:]
    except OSError as error:
        sys.exit(f"econometrician.py: cannot read {path}: {error}")
    sums = np.zeros((values.shape[0], values.shape[2], len(years)))
    for tick, year in enumerate(year_of_tick):
        sums[:, :, year] += values[:, tick, :]
    money = "USD billion a year" if "USD billion" in str(meaning) else "a year"
    return partners, years, sums, (seed, tuple(runs)), money


def two_way(panel, treatment):
    """delta of y = unit + time + delta treatment, by least squares; `panel` (..., unit, time), balanced."""
    def demeaned(values):
        return (values - values.mean(axis=-1, keepdims=True) - values.mean(axis=-2, keepdims=True)
                + values.mean(axis=(-2, -1), keepdims=True))

    residual = demeaned(treatment.astype(float))
    return (residual * panel).sum(axis=(-2, -1)) / (residual**2).sum()


def interval(values):
    if len(values) < 2:
        return -np.inf, np.inf
    half = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def said(values):
    low, high = interval(values)
    return f"{values.mean():.3g}" + (f" [{low:.3g}, {high:.3g}]" if np.isfinite(low) else "")


def sign(values):
    """1, -1, or 0 where the interval leaves it open."""
    low, high = interval(values)
    return 1 if low > 0 else -1 if high < 0 else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("world", help="the world that the analyst sees, with the demand")
    parser.add_argument("other", help="the same luck without it, which nobody sees")
    parser.add_argument("--treated", default="China", help="the treated partner")
    parser.add_argument("--since", type=int, default=2013, help="first year of the treatment")
    parser.add_argument("--outcome", default="value_signed_by_partner", help="a variable by partner")
    asked = parser.parse_args()
    partners, years, seen, luck, unit_said = read(asked.world, asked.outcome)
    others, other_years, unseen, other_luck, _ = read(asked.other, asked.outcome)
    if luck != other_luck or partners != others or list(years) != list(other_years):
        sys.exit("econometrician.py: the two worlds do not share seed, runs, partners and years")
    if asked.treated not in partners:
        sys.exit(f"econometrician.py: no partner is called {asked.treated}; there are {', '.join(partners)}")
    after = years >= asked.since
    if after.all() or not after.any():
        sys.exit(f"econometrician.py: --since {asked.since} leaves no year before or none after; years are {years[0]} to {years[-1]}")
    unit = partners.index(asked.treated)
    treatment = np.zeros((len(partners), len(years)), dtype=bool)
    treatment[unit, after] = True
    estimate = two_way(seen, treatment)
    difference = (seen - unseen)[:, :, after].mean(axis=2)
    truth, spill = difference[:, unit], np.delete(difference, unit, axis=1).mean(axis=1)
    width = len("others' true effect, taken to be none")
    print(f"{asked.outcome}, {unit_said}, {asked.treated} since {asked.since}, {len(estimate)} runs")
    for what, values in [("difference-in-differences", estimate), ("true effect on " + asked.treated, truth),
                         ("others' true effect, taken to be none", spill), ("error of the analyst", estimate - truth)]:
        print(f"  {what:<{width}}  {said(values)}")
    found, true = sign(estimate), sign(truth)
    verdict = "whose signs cannot be compared" if found == 0 or true == 0 else f"with the {'right' if found == true else 'wrong'} sign"
    print(f"In plain words: an analyst who sees this world alone finds {estimate.mean():.2g} where {truth.mean():.2g} is true, {verdict}.")


if __name__ == "__main__":
    main()
