"""The settings of a design: what varies from one to the other, what a moderator does in each, and where, in words."""
import itertools
import math
import sys

import numpy as np

# What happens to an effect, and what its moderator does.
CHANGES = {"amplifies": ("amplified", "amplifies"), "erodes": ("eroded", "erodes"), "reverses": ("reversed", "reverses"),
           "shifts": ("shifted, its own sign open", "shifts it, its own sign open,"),
           "negligible": ("changed negligibly", "changes negligibly"),
           "none": ("left exactly as it was", "changes nothing at all"), "open": ("undetermined", "undetermined")}
ALWAYS = ("amplifies", "erodes", "open")  # are counted among several settings even where there are none


def words(key):
    """A key as a stranger reads it: with whose it is, and with what it is of where its last segment is one word."""
    parts = key.split(".")
    said = [parts[-1]]
    if len(parts) > 1 and "_" not in parts[-1] and parts[-2] not in ("bargaining", "*"):
        said.insert(0, parts[-2])
    if len(parts) > 2 and parts[1] not in ("*", *said):
        said.insert(0, parts[1])
    return " ".join(said).replace("_", " ")


def listed(some, last="or"):
    return f" {last} ".join(filter(None, [", ".join(some[:-1]), some[-1]]))


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


class Axis:
    """What varies: a name, the key behind it, levels in order, and the level of each estimate."""

    def __init__(self, name, key, level_of, estimates, start=None):
        self.name, self.key, self.level_of, self.start = name, key, level_of, start
        self.levels = list(dict.fromkeys(level_of(one) for one in estimates))
        self.numeric = all(number(level) is not None for level in self.levels)
        if self.numeric:
            self.levels.sort(key=float)

    def at(self, one):
        return self.levels.index(self.level_of(one))

    def where(self, chosen):
        """The chosen levels (indices, some but not all) as a condition."""
        labels = [self.levels[at].replace("_", " ") for at in chosen]
        if len(labels) == 1 or not self.numeric or chosen[-1] - chosen[0] >= len(chosen):
            return f"{self.name} = {listed(labels)}"
        if chosen[-1] == len(self.levels) - 1:
            return f"{self.name} ≥ {labels[0]}"
        return f"{self.name} ≤ {labels[-1]}" if chosen[0] == 0 else f"{labels[0]} ≤ {self.name} ≤ {labels[-1]}"


def step_axis(key, start, end, estimates):
    """The sizes of a step, by its end; by both where they do not start at one level."""
    starts = {one[start] for one in estimates}
    said = (lambda one: one[end]) if len(starts) == 1 else (lambda one: f"{one[start]} to {one[end]}")
    return Axis(words(key), key, said, estimates, starts.pop() if len(starts) == 1 else "")


class Map:
    """What one moderator does to one effect: axes that vary, those that do not, and a grid of estimates."""

    def __init__(self, estimates):
        first = estimates[0]
        self.estimates, self.unit = estimates, first["unit"]
        self.effect = step_axis(first["axis"], "from", "to", estimates)
        self.by = step_axis(first["by"], "by_from", "by_to", estimates)
        keys = list(dict.fromkeys(key for one in estimates for key in one["levels"]))
        drawn = [key for key in keys if any(one["levels"].get(key) for one in estimates)]
        self.averaged = [words(key) for key in keys if key not in drawn]
        names = [words(key) for key in [first["axis"], first["by"], *drawn]]
        over = [Axis(words(key) if names.count(words(key)) == 1 else key, key,
                     lambda one, key=key: one["levels"].get(key) or "(mean)", estimates) for key in drawn]
        self.fixed = [axis for axis in over if len(axis.levels) == 1]
        self.axes = [axis for axis in (self.effect, *over, self.by) if len(axis.levels) > 1]
        self.grid = np.empty([len(axis.levels) for axis in self.axes] or [1], dtype=object)
        for one in estimates:
            at = tuple(axis.at(one) for axis in self.axes) or (0,)
            if self.grid[at] is not None:
                sys.exit(f"map.py: two estimates of the same setting: {one.get('at') or one['levels']}")
            self.grid[at] = one
        names = list(dict.fromkeys([*(ALWAYS if len(estimates) > 1 else ()), *(one["change"] for one in estimates)]))
        self.counts = {name: sum(one["change"] == name for one in estimates)
                       for name in [*filter(names.__contains__, CHANGES), *(name for name in names if name not in CHANGES)]}

    def where(self, change):
        """Where a change happens, in words: each of few settings, or the smallest box that holds it and the largest it fills."""
        there = np.array([one is not None for one in self.grid.flat]).reshape(self.grid.shape)
        does = np.array([one is not None and one["change"] == change for one in self.grid.flat]).reshape(self.grid.shape)
        what = CHANGES[change][1] if change in CHANGES else f"'{change}'"
        if not does.any():
            return f"{what} nowhere"
        if does.sum() == there.sum():
            return f"{what} in every setting"
        chosen = [sorted(set(at)) for at in np.nonzero(does)]
        box, settings = self.condition(chosen), there[np.ix_(*chosen)].sum()
        if settings == does.sum():
            return f"{what} only where {box}"
        if does.sum() <= 3:
            return f"{what} only where " + ", or ".join(self.condition([[at] for at in cell]) for cell in np.argwhere(does))
        filled = self.filled(does, there, chosen)
        within = f"{does.sum()} of {'these ' * bool(box)}{settings} settings"
        within += f", all of those with {filled}" if filled else ""
        return f"{what} only where {box} ({within})" if box else f"{what} in {within}"

    def condition(self, chosen, beside=()):
        """Levels that are not all there are, nor those of `beside`."""
        return " and ".join(axis.where(some) for axis, some, other in itertools.zip_longest(self.axes, chosen, beside)
                            if len(some) < len(axis.levels) and some != other)

    def filled(self, does, there, chosen):
        runs = [[range(a, b) for a in range(size) for b in range(a + 1, size + 1)] for size in does.shape]
        if math.prod(map(len, runs)) > 20_000:
            return ""
        best = max(itertools.product(*runs), key=lambda box: self.full(does, there, box))
        return self.condition([list(run) for run in best], chosen) if self.full(does, there, best) > 1 else ""

    @staticmethod
    def full(does, there, box):
        inside = np.ix_(*box)
        return does[inside].sum() if (does[inside] == there[inside]).all() else 0

    def title(self, outcome):
        def step(axis):
            ends = [level.replace("_", " ") for level in axis.levels]
            return f"{axis.name}, {axis.start.replace('_', ' ') + ' to ' if axis.start else ''}{listed(ends)}"

        total = len(self.estimates)
        many = {0: "none", total: f"all {total}"}
        text = f"{step(self.by)}: the effect of {step(self.effect)}, on {words(outcome)} is "
        if total == 1:
            only = self.estimates[0]["change"]
            return text[0].upper() + text[1:] + (CHANGES[only][0] if only in CHANGES else repr(only))
        text += (", ".join(f"{CHANGES[name][0] if name in CHANGES else repr(name)} in {many.get(count, count)}"
                            + (f"{f' of {total}' * (count < total)} settings" if name == "amplifies" else "")
                            for name, count in self.counts.items()))
        return text[0].upper() + text[1:]

    def regions(self):
        told = [self.where(name) for name in self.counts if name != "open"]
        undetermined = self.counts.get("open", 0)
        if len(self.estimates) == 1:
            told = ["one setting"]
        elif undetermined == len(self.estimates):
            told = ["undetermined in every setting"]
        elif undetermined:
            told.append("elsewhere undetermined")
        text = "; ".join(told) + "."
        text = text[0].upper() + text[1:]
        if self.fixed:
            text += f" All at {', '.join(f'{axis.name} = {axis.levels[0]}' for axis in self.fixed)}."
        return text + (f" Mean over the levels of {listed(self.averaged, 'and')}." if self.averaged else "")


def maps_of(estimates):
    """One for every moderator."""
    groups = dict.fromkeys((one["axis"], one["by"]) for one in estimates)
    return [Map([one for one in estimates if (one["axis"], one["by"]) == group]) for group in groups]
