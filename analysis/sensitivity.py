#!/usr/bin/python3
"""Which uncertain parameters matter: Sobol indices of a saltelli design, elementary effects of a morris design.

    multivector sweep scenarios/designs/what_matters.yaml -o matters.h5
    analysis/sensitivity.py matters.h5 -o matters.png [--outcome surplus_share]

Of the outcome itself; where the design crosses its points with an effect, of that effect too, and of what every moderator adds to
it. Indices are of what is expected at a point: the noise that its replications leave is taken out (analysis/indices.py). All points
share their luck, so that an input that does nothing, such as the parameter `placebo`, has exactly none.
"""
import argparse
import dataclasses
import math
import sys

import matplotlib
import numpy as np

from indices import morris_effects, sobol_indices
from settings import words
from tables import number, printed, with_interval
from worlds import opened, text

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#777777"


def fail(message):
    sys.exit(f"sensitivity.py: {message}")


@dataclasses.dataclass
class Quantity:
    name: str
    values: np.ndarray  # (point, replication)


class Sampled:
    """A result file's sample: what each point is, and the outcome at each."""

    def __init__(self, path, outcome):
        file = opened(path)
        if "design" not in file or "part_of_row" not in file["design"]:
            raise ValueError(f"{path} does not hold a sample; sweep a design of kind saltelli or morris")
        design, summary = file["design"], file["summary"]
        if outcome not in summary:
            raise ValueError(f"{path} has no variable '{outcome}'")
        if summary[outcome].ndim != 1:
            raise ValueError(f"'{outcome}' has several values in each run; name one that has a single value")
        self.kind, self.title = text(design.attrs["kind"]), text(design.attrs["title"])
        self.axes = [text(name) for name in design["axis"][:]]
        roles = [text(role) for role in design["axis_role"][:]]
        self.sampled = [at for at, role in enumerate(roles) if role == "sampled"]
        self.crossed = [at for at, role in enumerate(roles) if role != "sampled"]
        point = design["point_of_row"][:]
        first = np.unique(point, return_index=True)[1]
        self.part = np.array([text(part) for part in design["part_of_row"][:]])[first]
        self.scramble, self.group = design["scramble_of_row"][:][first], design["group_of_row"][:][first]
        self.moved, self.step = design["moved_axis_of_row"][:][first], design["step_of_row"][:][first]
        name = text(summary[outcome].attrs["long_name"])  # money is said there, and has no unit
        self.unit = name[name.rindex("[") + 1:-1] if name.endswith("]") else text(summary[outcome].attrs["units"])
        self.labels = [[text(level) for level in dict.fromkeys(design["row_" + self.axes[at]][:].tolist())] for at in self.crossed]
        sizes = [len(levels) for levels in self.labels]
        known = np.unique(summary["replication"][:])
        every = np.full((len(point), len(known)), np.nan)
        every[summary["design_row"][:], np.searchsorted(known, summary["replication"][:])] = summary[outcome][:]
        if not np.isfinite(every).all():
            raise ValueError(f"{path}: '{outcome}' is missing in some runs, so that points cannot be held against each other")
        self.cells = every.reshape(len(first), *sizes[::-1], len(known)).transpose(0, *range(len(sizes), 0, -1), len(sizes) + 1)
        self.outcome, self.runs = outcome, len(known)

    def quantities(self):
        """The outcome with every crossed axis at its last level; the effect there; amplifications, the mean over other moderators."""
        if not self.crossed:
            return [Quantity(self.outcome, self.cells)]
        names = [f"{words(self.axes[at])} {levels[0]} to {levels[-1]}" for at, levels in zip(self.crossed, self.labels)]
        last = ", ".join(f"{words(self.axes[at])} {levels[-1]}" for at, levels in zip(self.crossed, self.labels))
        at_last = self.cells[(slice(None), *[-1] * len(self.crossed))]
        change = self.cells[:, -1] - self.cells[:, 0]  # without the effect's axis
        found = [Quantity(f"{self.outcome} at {last}", at_last),
                 Quantity(f"effect of {names[0]} on {self.outcome}", change[(slice(None), *[-1] * (len(self.crossed) - 1))])]
        for moderator in range(1, len(self.crossed)):
            ends = np.take(change, -1, moderator) - np.take(change, 0, moderator)
            found.append(Quantity(f"what {names[moderator]} adds to the effect of {names[0]} on {self.outcome}",
                                  ends.mean(axis=tuple(range(1, ends.ndim - 1)))))
        return found

    def indices(self, values):
        in_order = np.lexsort((self.group, self.scramble))
        of = {part: [at for at in in_order if self.part[at] == part] for part in ("A", "B", "AB")}
        ab = np.stack([values[[at for at in of["AB"] if self.moved[at] == axis]] for axis in self.sampled])
        return sobol_indices(values[of["A"]], values[of["B"]], ab, self.scramble[of["A"]])

    def effects(self, values):
        steps = [at for at in range(len(self.part)) if self.part[at] == "step"]
        return [morris_effects(np.stack([(values[at] - values[at - 1]) / self.step[at] for at in steps if self.moved[at] == axis]))
                for axis in self.sampled]


def describe_indices(sample, quantity, found):
    lines = [[sample.axes[axis], with_interval(first), with_interval(total)]
             for axis, first, total in zip(sample.sampled, found.first, found.total)]
    lines = [lines[at] for at in order_of(found.total)]
    share = sum(one.point for one in found.first)
    said = [quantity.name, printed(("input", "S1", "ST"), lines),
            f"  S1 sum to {number(share)}: the rest is interaction. Standard deviation over the space {number(math.sqrt(max(found.variance, 0)))}"
            + (f", of one run at a point {number(math.sqrt(found.noise))}." if math.isfinite(found.noise) else
               "; with a single replication its noise counts as if it were the inputs'.")
            + f" {found.how[0].upper()}{found.how[1:]}, the replications taken as they are."]
    if not math.isfinite(found.variance):
        said = [quantity.name, "  no variance beyond the noise: no index can be told"]
    return "\n".join(said)


def describe_effects(sample, quantity, found):
    lines = [[sample.axes[axis], with_interval(one.mu_star), with_interval(one.mu), with_interval(one.sigma)]
             for axis, one in zip(sample.sampled, found)]
    lines = [lines[at] for at in order_of([one.mu_star for one in found])]
    trajectories = int((sample.part == "start").sum())
    return "\n".join([quantity.name, printed(("input", "mu*", "mu", "sigma"), lines),
                      f"  Changes over an input's whole range, or to another choice, [{sample.unit}]; bootstrap intervals over "
                      f"{trajectories} trajectories." + ("" if trajectories >= 20 else " Fewer than 20 say little.")])


def order_of(estimates):
    return sorted(range(len(estimates)), key=lambda at: -np.nan_to_num(estimates[at].point, nan=-math.inf))


def labels(sample):
    """Keys as a stranger reads them, in full where two would read the same."""
    keys = [sample.axes[axis] for axis in sample.sampled]
    short = [words(key) for key in keys]
    return [text if short.count(text) == 1 else key for key, text in zip(keys, short)]


def bars(axes, sample, pairs, across):
    """Two bars to an input, the second of which orders them."""
    names, order = labels(sample), order_of(pairs[-1 if sample.kind == "saltelli" else 0][1])[::-1]
    for shift, (name, estimates), colour in zip((0.18, -0.18), pairs, (BLUE, ORANGE)):
        points = np.array([estimates[at].point for at in order])
        reach = np.abs(np.array([[estimates[at].low, estimates[at].high] for at in order]).T - points)
        axes.barh(np.arange(len(order)) + shift, points, 0.34, color=colour, label=name, xerr=reach,
                  error_kw={"ecolor": GREY, "elinewidth": 1, "capsize": 2})
    axes.set_yticks(range(len(order)), [names[at] for at in order])
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel(across)
    axes.legend(loc="lower right", frameon=False)


def draw(sample, quantities, results, path):
    count = len(quantities)
    figure, panels = plt.subplots(1, count, figsize=(1 + 5.4 * count, 1.6 + 0.42 * len(sample.sampled)), squeeze=False,
                                  constrained_layout=True)
    for axes, quantity, found in zip(panels[0], quantities, results):
        if sample.kind == "morris":
            bars(axes, sample, [("mu*, mean size of the effect", [one.mu_star for one in found]),
                                ("sigma, how much it changes with the others", [one.sigma for one in found])],
                 f"change over the whole range [{sample.unit}]")
        elif math.isfinite(found.variance):
            bars(axes, sample, [("S1, alone", found.first), ("ST, with all others", found.total)], "share of the variance")
        axes.set_title(quantity.name, fontsize=9, wrap=True)
    if sample.title:
        figure.suptitle(sample.title)
    figure.savefig(path, dpi=150)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", help="result file of a saltelli or morris design")
    parser.add_argument("-o", "--output", default="sensitivity.png", help="figure")
    parser.add_argument("--outcome", default="net_gain")
    asked = parser.parse_args()
    try:
        sample = Sampled(asked.result, asked.outcome)
    except ValueError as error:
        fail(error)
    if sample.kind not in ("saltelli", "morris"):
        fail(f"a sample of kind {sample.kind} has no indices: take saltelli or morris. Where its effects point, says multivector compare")
    quantities = sample.quantities()
    analyse, say = (sample.indices, describe_indices) if sample.kind == "saltelli" else (sample.effects, describe_effects)
    results = [analyse(quantity.values) for quantity in quantities]
    print("\n\n".join(say(sample, quantity, found) for quantity, found in zip(quantities, results)))
    try:
        draw(sample, quantities, results, asked.output)
    except (OSError, ValueError) as error:
        fail(f"cannot write {asked.output}: {error}")


if __name__ == "__main__":
    main()
