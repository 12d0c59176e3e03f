"""History matching by approximate Bayesian computation: priors, runs of points, and sequential Monte Carlo.

A point is a value for each prior. It is run with several seeds, and its distance from the record is how far the shares of its
seeds inside the bands of the fitted patterns fall short of what is asked, summed over patterns: 0 where all are met.
Shares of few seeds are partly luck, so that points gather in proportion to how probably they meet what is asked.
"""
import concurrent.futures
import csv
import os
import pathlib
import subprocess
import tempfile

import numpy as np
import yaml

from patterns import PATTERNS, Seeds

ASKED = 0.7  # of a point's seeds inside the band of each fitted pattern
MARGIN = 0.05  # more is asked of points on the way, whose shares of few seeds are partly luck
RUNS_A_FILE = 1000
MOVES = 2  # made for each point in each wave
FITTED = [pattern for pattern in PATTERNS if pattern.use == "fit"]


class Priors:
    """Uniform in a box. Points are rows of the unit cube, until they are run."""

    def __init__(self, path):
        path = pathlib.Path(path)
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.scenario = (path.parent / written["scenario"]).resolve()
        self.names = list(written["priors"])
        self.low, self.high = (np.array([float(prior[end]) for prior in written["priors"].values()]) for end in ("low", "high"))
        self.times = [prior.get("times", {name: 1}) for name, prior in written["priors"].items()]

    def assumed(self):
        """{place of the prior: value} where the scenario has a value of its own all the same, since the record does not tell."""
        written = yaml.safe_load(self.scenario.read_text(encoding="utf-8"))
        found = {}
        for place, name in enumerate(self.names):
            leaf = written
            for key in name.split("."):
                leaf = leaf.get(key) if isinstance(leaf, dict) else None
            if leaf is not None:
                found[place] = float(leaf["value"] if isinstance(leaf, dict) else leaf)
        return found

    def columns(self):
        """The parameters that a point sets."""
        return [key for keys in self.times for key in keys]

    def settings(self, unit):
        """What each parameter is set to, to four digits: (points, parameters)."""
        values = self.low + np.atleast_2d(unit) * (self.high - self.low)
        full = np.stack([values[:, place] * factor for place, keys in enumerate(self.times) for factor in keys.values()], axis=1)
        return np.array([[float(f"{value:.4g}") for value in point] for point in full])

    def firsts(self):
        """Of each prior the column of the first parameter that it sets."""
        return np.cumsum([0, *(len(keys) for keys in self.times)])[:-1]

    def hypercube(self, count, rng):
        """A latin hypercube: every prior's range in as many strata as points, each met once."""
        return np.stack([(rng.permutation(count) + rng.random(count)) / count for _ in self.names], axis=1)


def write_points(path, columns, settings):
    """A list for a design: a column for each parameter, a line for each point."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([f"{value:.10g}" for value in point] for point in settings)


class Runs:
    """Runs points with the sweep engine and counts their seeds inside each fitted band."""

    def __init__(self, program, priors):
        self.program, self.priors = program, priors

    def shares(self, settings, seeds, seed):
        """(points, fitted patterns): share of seeds inside, of points given by what they set. In batches, since a record of deals
        is large, each with luck of its own: no population shall be lucky as a whole."""
        size = max(1, RUNS_A_FILE // seeds)
        firsts = range(0, len(settings), size)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:  # each batch is a process of one thread
            return np.concatenate(list(pool.map(lambda first: self.batch(settings[first:first + size], seeds, seed + first // size), firsts)))

    def batch(self, settings, seeds, seed):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write_points(folder / "points.csv", self.priors.columns(), settings)
            design = {"title": "a wave of a calibration", "scenario": str(self.priors.scenario), "kind": "list", "rows": "points.csv",
                      "replications": seeds, "seed": seed}
            (folder / "wave.yaml").write_text(yaml.safe_dump(design), encoding="utf-8")
            subprocess.run([self.program, "sweep", folder / "wave.yaml", "--record", "deals", "--threads", "1", "--quiet", "-o", folder / "wave.h5"],
                           check=True, stdout=subprocess.DEVNULL)
            run = Seeds(folder / "wave.h5")
            counts = np.zeros((len(settings), len(FITTED)))
            with np.errstate(invalid="ignore"):
                values = [(pattern, pattern.simulated(run)) for pattern in FITTED]
            inside = np.stack([(value >= pattern.low) & (value <= pattern.high) for pattern, value in values], axis=1)
            np.add.at(counts, run.file["summary/design_row"][:], inside)
            run.file.close()
            return counts / seeds


def distance(shares, asked=ASKED + MARGIN):
    return np.maximum(0, asked - shares).sum(axis=1)


# ---- Sequential Monte Carlo ---------------------------------------------------------------------------------------------

class Step:
    """Random walks, in turn with the population's shape and along one prior at a time: the first goes along ridges, the second
    leaves the few families that a population comes from. Lengths begin as is best for a normal target of that many dimensions
    (Roberts et al. 1997) and adapt to how many moves are made, between waves only."""

    def __init__(self, dimensions):
        self.whole, self.single = 2.38 / np.sqrt(dimensions), np.full(dimensions, 0.3)
        self.tried, self.made = np.zeros((2, dimensions + 1))  # along each prior, and whole

    def trials(self, unit, shape, rng):
        """(points to try, which kind of move each is)."""
        size, dimensions = unit.shape
        root = np.linalg.cholesky(self.whole**2 * np.cov(shape.T) + 1e-9 * np.eye(dimensions))
        moves = rng.standard_normal(unit.shape) @ root.T
        kind = np.where(rng.random(size) < 0.5, rng.integers(dimensions, size=size), dimensions)
        alone = np.flatnonzero(kind < dimensions)
        moves[alone] = 0
        moves[alone, kind[alone]] = rng.standard_normal(len(alone)) * self.single[kind[alone]]
        return unit + moves, kind

    def count(self, kind, made):
        np.add.at(self.tried, kind, 1)
        np.add.at(self.made, kind, made)

    def adapt(self):
        rate = (self.made + 1) / (self.tried + 3)
        factor = np.select([rate < 0.1, rate < 0.25, rate > 0.45], [0.6, 0.8, 1.25], 1)
        self.single, self.whole = np.minimum(self.single * factor[:-1], 1), self.whole * factor[-1]
        self.tried[:], self.made[:] = 0, 0


def rejuvenated(population, near, runs, priors, seeds, take, step, rng):
    """Copies of the points no further than `near`, moved by a Markov chain that keeps the prior of points and luck cut off
    there, until MOVES moves are made for each point (in 20 rounds at most). Returns the share of moves made too."""
    size, kept = len(population["far"]), np.flatnonzero(population["far"] <= near)
    shape = population["unit"][kept]
    copies = kept[np.floor((rng.random() + np.arange(size)) * len(kept) / size).astype(int) % len(kept)]
    population = {name: values[copies] for name, values in population.items()}
    made = tried = 0
    while made < MOVES * size and tried < 20 * size:
        trial, kind = step.trials(population["unit"], shape, rng)
        tried += size
        inside = np.flatnonzero(((trial >= 0) & (trial <= 1)).all(axis=1))
        moved = np.zeros(size, dtype=bool)
        if len(inside):
            shares = runs.shares(priors.settings(trial[inside]), seeds, take())
            better = distance(shares) <= near
            for name, values in (("unit", trial[inside]), ("shares", shares), ("far", distance(shares))):
                population[name][inside[better]] = values[better]
            moved[inside[better]] = True
        step.count(kind, moved)
        made += moved.sum()
    step.adapt()
    return population, made / tried


def asked_next(far, last):
    """The distance that half of the points have, or where that is no nearer, the next that is."""
    middle = float(np.median(far))
    nearer = far[far < last]
    return middle if middle < last or not len(nearer) else float(nearer.max())


def waves(runs, priors, first, size, most_waves, seeds, most_seeds, settling, seed):
    """Adaptive sequential Monte Carlo (Del Moral, Doucet and Jasra 2012, Statistics and Computing 22; Drovandi and Pettitt 2011,
    Biometrics 67). Yields (population, seeds a point, distance asked for, share of moves made) of each wave.

    The first wave is the nearest `size` of a latin hypercube of `first` points; each later one asks for the distance that half of
    the last one had, and moves copies of that half. When half of them meet every pattern, all are run with twice the seeds, up to
    `most_seeds`, since the best of many points with few seeds are partly lucky. Once all meet every pattern with those, `settling`
    more waves let them wander through the region. Points need no weights: the prior is uniform.
    """
    rng, used = np.random.default_rng(seed), iter(range(seed * 1_000_003, 2**53, 10_007))
    take = lambda: next(used)
    unit = priors.hypercube(first, rng)
    shares = runs.shares(priors.settings(unit), seeds, take())
    order = np.argsort(distance(shares), kind="stable")[:size]
    population = {"unit": unit[order], "shares": shares[order], "far": distance(shares)[order]}
    near, step = population["far"].max(), Step(len(priors.names))
    yield population, seeds, near, 1.0
    for _ in range(most_waves - 1):
        near = asked_next(population["far"], near)
        population, made = rejuvenated(population, near, runs, priors, seeds, take, step, rng)
        yield population, seeds, near, made
        if near == 0 and seeds >= most_seeds:
            break
        if near == 0:
            seeds, near = min(2 * seeds, most_seeds), np.inf
            shares = runs.shares(priors.settings(population["unit"]), seeds, take())
            population |= {"shares": shares, "far": distance(shares)}
    else:
        return
    for _ in range(settling):
        population, made = rejuvenated(population, near, runs, priors, seeds, take, step, rng)
        yield population, seeds, near, made


def memory(before, after):
    """For each prior, how far where points stood still tells where they are: their correlation."""
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(before.T, after.T)])


def medoid(points):
    """Place of the point nearest to all others, each column in its standard deviations: one that was run, unlike a mean."""
    scaled = points / np.maximum(points.std(axis=0), 1e-12)
    return int(np.argmin(np.abs(scaled[:, None, :] - scaled[None, :, :]).sum(axis=(1, 2))))


def central(points, assumed):
    """Place of the point nearest to all others, or to the others of the quarter nearest to what is assumed ({column: value})."""
    if not assumed:
        return medoid(points)
    away = sum(np.abs(points[:, column] - value) / max(points[:, column].std(), 1e-12) for column, value in assumed.items())
    near = np.argsort(away, kind="stable")[:max(1, len(points) // 4)]
    return int(near[medoid(points[near])])
