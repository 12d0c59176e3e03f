#!/usr/bin/python3
"""What an outside analyst would estimate, beside what is true: a difference-in-differences on one world's panel.

    multivector run scenarios/kazakhstan.yaml -n 200 --seed 1 --record series -o with.h5
    multivector run scenarios/questions/no_belt_and_road.yaml -n 200 --seed 1 --record series -o without.h5
    analysis/econometrician.py with.h5 without.h5 [--treated China] [--since 2013]
    analysis/econometrician.py design.h5 --rows 0 1         # two rows of a sweep --record series: without, with

The analyst sees the first world alone: what each partner signed in each year. Two-way fixed effects, y = partner + year +
delta (treated partner, from the year on), give delta in every run: the treated partner's mean since the year less its mean
before, less the same of the others' mean. The truth is in the pair, the same luck with and without the demand, by the same
comparison, and run by run

    delta = the effect on the treated partner, since less before
          - the effect on the others, since less before           (spill-over: the analyst takes it to be none)
          + delta of the world without the demand                 (trends that are not parallel)

Without --since the treatment begins in the first year in which the two worlds differ, so that no effect lies before it. An
analyst who dates it otherwise (2013: Belt and Road) takes for "before" what the demand has already changed.

Intervals of means are 95 percent t intervals over runs. One analyst has one run, so the spread over runs (sd) stands beside
them, and how often the analyst's own 95 percent interval excludes zero, by three standard errors:
  plain       least squares, as if every partner's every year were another draw. Understates what years share.
  clustered   by partner, with the small-sample factors of Stata's xtreg, fe vce(cluster); t with partners - 1 degrees of
              freedom. What software prints. With one treated partner it takes the treated's own luck to be none.
  others      the others' own changes from before to since are taken for draws of what the treated partner would have done
              (Donald and Lang 2007); t with others - 1 degrees of freedom. Defensible with few partners, and wide.
"""
import argparse
import sys

import h5py
import numpy as np

from intervals import t_interval, t_quantile
from worlds import text


def fail(message):
    sys.exit(f"econometrician.py: {message}")


class World:
    """One world's panel: `sums` (run, partner, year) of a variable of /series, and what its pair must share with it."""

    def __init__(self, path, variable, row=None):
        try:
            with h5py.File(path, "r") as file:
                self.read(path, file, variable, row)
        except (OSError, KeyError, RuntimeError) as error:
            fail(f"cannot read {path}: {error}")

    def read(self, path, file, variable, row):
        if "series" not in file:
            fail(f"{path} has no /series; run with --record series")
        series = file["series"]
        if variable not in series or series[variable].ndim != 3 or not variable.endswith("_by_partner"):
            known = sorted(name for name in series if name.endswith("_by_partner"))
            fail(f"{path} has no {variable}; by partner there are {', '.join(known)}")
        self.name, chosen = path, slice(None)
        self.runs = series["replication" if row is not None else "realization"][:]
        if row is not None:
            chosen = np.flatnonzero(series["design_row"][:] == row)
            chosen = chosen[np.argsort(self.runs[chosen], kind="stable")]
            self.runs = self.runs[chosen]
            levels = text(file["design/assignments_of_row"][row]).replace("\n", ", ")
            self.name = f"row {row} of {path} ({levels})"
            if not len(self.runs):
                fail(f"{self.name} holds no replication")
        self.partners = [text(name) for name in series["partner"][:]]
        self.years, year_of_tick = np.unique(np.floor(series["year"][:] + 1e-9).astype(int), return_inverse=True)
        values, meaning = series[variable][:][chosen], text(series[variable].attrs.get("long_name", ""))
        over_run = text(file[f"summary/{variable}"].attrs.get("long_name", "")) if f"summary/{variable}" in file else ""
        if np.isnan(values).any() or (over_run and not over_run.startswith("sum over the run")):
            fail(f"{variable} is no amount per tick that could be summed to years")
        self.sums = np.zeros((values.shape[0], values.shape[2], len(self.years)))
        for tick, year in enumerate(year_of_tick):
            self.sums[:, :, year] += values[:, tick, :]
        self.seed = file["provenance"].attrs.get("master_seed")
        self.unit = "USD billion a year" if "USD billion" in meaning else "a year"

    def shares_luck_with(self, other):
        return (self.seed == other.seed and self.partners == other.partners and np.array_equal(self.runs, other.runs)
                and np.array_equal(self.years, other.years))


def demeaned(values):
    return (values - values.mean(axis=-1, keepdims=True) - values.mean(axis=-2, keepdims=True)
            + values.mean(axis=(-2, -1), keepdims=True))


def two_way(panel, treatment):
    """delta of y = unit + time + delta treatment, by least squares; `panel` (..., unit, time), balanced."""
    residual = demeaned(treatment.astype(float))
    return (residual * panel).sum(axis=(-2, -1)) / (residual**2).sum()


def half_intervals(panel, treatment):
    """Half of delta's 95 percent interval by standard error; by the others' spread only where there are two others."""
    units, times = treatment.shape
    design = demeaned(treatment.astype(float))
    left, weight = demeaned(panel) - two_way(panel, treatment)[..., None, None] * design, (design**2).sum()
    freedom = units * times - units - times
    halves = {}
    if freedom > 0:
        halves["plain"] = t_quantile(freedom) * np.sqrt((left**2).sum(axis=(-2, -1)) / freedom / weight)
    scores = (design * left).sum(axis=-1)
    factor = units / (units - 1) * (units * times - 1) / (units * times - times - 1)
    halves["clustered"] = t_quantile(units - 1) * np.sqrt(factor * (scores**2).sum(axis=-1)) / weight
    unit, after = int(treatment.any(axis=1).argmax()), treatment.any(axis=0)
    others = np.delete(panel[..., after].mean(axis=-1) - panel[..., ~after].mean(axis=-1), unit, axis=-1)
    if (count := units - 1) > 1:
        halves["others"] = t_quantile(count - 1) * others.std(axis=-1, ddof=1) * np.sqrt(1 + 1 / count)
    return halves


def decompose(seen, unseen, unit, after):
    """By run: delta and the parts that sum to it, delta = own - spill + trend; own and spill are since less before."""
    treatment = np.zeros(seen.shape[1:], dtype=bool)
    treatment[unit, after] = True
    effect = seen - unseen
    own, others = effect[:, unit], np.delete(effect, unit, axis=1).mean(axis=1)
    parts = {"delta": two_way(seen, treatment), "trend": two_way(unseen, treatment)}
    for name, of in (("own", own), ("spill", others)):
        parts[name + "_since"], parts[name + "_before"] = of[:, after].mean(axis=1), of[:, ~after].mean(axis=1)
        parts[name] = parts[name + "_since"] - parts[name + "_before"]
    return parts, treatment


def interval(values):
    if len(values) < 2:
        return -np.inf, np.inf
    over_runs = t_interval(values)
    return over_runs.low, over_runs.high


def sign(values):
    """1, -1, or 0 where the interval over runs leaves it open."""
    low, high = interval(values)
    return 1 if low > 0 else -1 if high < 0 else 0


def number(value):
    return f"{value:.3g}" if value else "0"


def row_of(what, values):
    low, high = interval(values)
    between = f"[{number(low)}, {number(high)}]" if np.isfinite(low) else ""
    spread = number(values.std(ddof=1)) if len(values) > 1 else ""
    return f"  {what:<58}{number(values.mean()):>9}  {between:<18}{spread:>8}".rstrip()


def percent(which):
    return f"{100 * np.mean(which):.0f}%"


def excludes(delta, half, direction=0):
    """Whether an analyst's interval excludes zero, on the side of `direction` if there is one."""
    above, below = delta - half > 0, delta + half < 0
    return above if direction > 0 else below if direction < 0 else above | below


def inference(parts, halves, halves_without, true):
    """Lines of (what is asked, share of runs by standard error)."""
    delta, trend, own = parts["delta"], parts["trend"], parts["own"]
    if true:
        lines = [(what, [excludes(delta, half, side) for half in halves.values()])
                 for what, side in (("with the right sign", true), ("with the wrong sign", -true))]
    else:
        lines = [("at all, in the world with the demand: a false discovery", [excludes(delta, half) for half in halves.values()])]
    lines += [("at all, in the world without the demand: a false discovery",
               [excludes(trend, half) for half in halves_without.values()]),
              ("(the interval holds the true effect on the treated)", [abs(delta - own) <= half for half in halves.values()])]
    return lines


def verdict(asked, parts, clustered, true, unit):
    """What an analyst would conclude and how far that is from the truth, in one sentence."""
    delta, own = parts["delta"], parts["own"]
    found, truth = sign(delta), number(own.mean())
    what = {1: f"a rise of {number(delta.mean())}", -1: f"a fall of {number(-delta.mean())}", 0: number(delta.mean())}[found]
    spread = f" (one world's estimate varies with sd {number(delta.std(ddof=1))})" if len(delta) > 1 else ""
    off = delta.mean() - own.mean()
    if np.all(own == 0):
        end = "in truth there is none" + (": it finds an effect where there is none" if found else "")
    elif not true:
        end = f"the truth, {truth}, cannot be told from none" + (": it finds an effect where none can be told" if found else "")
    elif not found:
        end = f"the truth by the same comparison is {truth}: the effect is missed"
    elif found != true:
        end = f"the truth by the same comparison is {truth}: the sign is wrong"
    else:
        end = (f"the truth by the same comparison is {truth}: the right sign, "
               f"{100 * abs(off / own.mean()):.0f}% too {'large' if off * true > 0 else 'small'}")
    early, late = parts["own_before"].mean(), parts["own_since"].mean()
    if abs(early) > 0.1 * abs(late):
        end += f", and no part of the {number(early)} that the demand did before {asked.since} is in either"
    return (f"In plain words: an analyst who sees one such world alone finds {what} {unit}{spread} and would call it established "
            f"in {percent(excludes(delta, clustered))} of worlds (clustered); {end}.")


def first_difference(seen, unseen, asked):
    """The first year in which the worlds differ; with worlds that never do, the middle of the years."""
    differs = (seen.sums != unseen.sums).any(axis=(0, 1))
    if not differs.any():
        return int(seen.years[len(seen.years) // 2])
    if differs[0]:
        fail(f"the two worlds differ from their first year on ({seen.years[0]}): say when the treatment begins with --since")
    return int(seen.years[differs.argmax()])


def worlds(asked):
    """The world that is seen and the one that is not."""
    if asked.rows is None:
        for path in filter(None, (asked.world, asked.other)):
            refuse_design(path)
        if asked.other is None:
            fail("name the world without the demand too, or two rows of a design (--rows WITHOUT WITH)")
        return World(asked.world, asked.outcome), World(asked.other, asked.outcome)
    if asked.other is not None:
        fail("--rows takes both worlds from one file")
    try:
        with h5py.File(asked.world, "r") as file:
            if "design" not in file:
                fail(f"{asked.world} holds one world, no design: leave out --rows and name the other world")
            rows = len(file["design/design_row"])
    except (OSError, KeyError, RuntimeError) as error:
        fail(f"cannot read {asked.world}: {error}")
    without, seen = asked.rows
    if without == seen or not all(0 <= row < rows for row in asked.rows):
        fail(f"--rows takes two of the rows 0 to {rows - 1}, first the one without the demand")
    return World(asked.world, asked.outcome, seen), World(asked.world, asked.outcome, without)


def refuse_design(path):
    try:
        with h5py.File(path, "r") as file:
            if "design" in file:
                rows = [text(one).replace("\n", ", ") for one in file["design/assignments_of_row"][:8]]
                fail(f"{path} holds {len(file['design/design_row'])} worlds of a design: choose two with --rows WITHOUT WITH; "
                     + "; ".join(f"{at}: {levels}" for at, levels in enumerate(rows)))
    except (OSError, KeyError, RuntimeError) as error:
        fail(f"cannot read {path}: {error}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("world", help="the world that the analyst sees, with the demand; or a design, with --rows")
    parser.add_argument("other", nargs="?", help="the same luck without it, which nobody sees")
    parser.add_argument("--rows", type=int, nargs=2, metavar=("WITHOUT", "WITH"), help="two rows of a design (from 0)")
    parser.add_argument("--treated", default="China", help="the treated partner")
    parser.add_argument("--since", type=int, help="first year of the treatment; otherwise the first in which the worlds differ")
    parser.add_argument("--outcome", default="value_signed_by_partner", help="a variable by partner")
    asked = parser.parse_args()
    seen, unseen = worlds(asked)
    if not seen.shares_luck_with(unseen):
        fail("the two worlds do not share seed, runs, partners and years")
    years, partners = seen.years, seen.partners
    if asked.treated not in partners:
        fail(f"no partner is called {asked.treated}; there are {', '.join(partners)}")
    if len(partners) < 2:
        fail(f"{asked.treated} is the only partner: there is nobody to compare it with")
    if asked.since is None:
        asked.since = first_difference(seen, unseen, asked)
    after = years >= asked.since
    if after.all() or not after.any():
        fail(f"--since {asked.since} leaves no year before or none after; years are {years[0]} to {years[-1]}")
    unit = partners.index(asked.treated)
    parts, treatment = decompose(seen.sums, unseen.sums, unit, after)
    true = sign(parts["own"])
    halves, halves_without = half_intervals(seen.sums, treatment), half_intervals(unseen.sums, treatment)
    before = f"{years[~after][0]}-{years[~after][-1]}"
    print(f"{asked.outcome}, {seen.unit}, {len(seen.runs)} runs; with the demand {seen.name}, without it {unseen.name}")
    others = ", ".join(name for name in partners if name != asked.treated)
    print(f"{asked.treated} {asked.since}-{years[-1]} less {before}, beside the mean of {others}")
    print(f"{'':<60}{'mean':>9}  {'95% interval':<18}{'sd':>8}")
    for what, name in [("the analyst's difference-in-differences", "delta"),
                       (f"  = true effect on {asked.treated}, since less before", "own"),
                       (f"      since {asked.since}", "own_since"), (f"      before {asked.since}", "own_before"),
                       ("  - true effect on the others (spill-over), since less before", "spill"),
                       (f"      since {asked.since}", "spill_since"), (f"      before {asked.since}", "spill_before"),
                       ("  + the same difference without the demand (trends)", "trend"),
                       ("the analyst's error beside the true effect", None)]:
        print(row_of(what, parts["delta"] - parts["own"] if name is None else parts[name]))
    print(f"{'runs whose own interval, by standard error, excludes zero':<60}" + "".join(f"{name:>11}" for name in halves))
    for what, shares in inference(parts, halves, halves_without, true):
        print(f"  {what:<58}" + "".join(f"{percent(share):>11}" for share in shares))
    print(verdict(asked, parts, halves["clustered"], true, seen.unit))


if __name__ == "__main__":
    main()
