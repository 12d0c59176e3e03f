#!/usr/bin/python3
"""Draws where a moderator amplifies an effect, where it erodes it, and where the sign is open: a phase diagram.

    multivector compare map.h5 --format json > map.json
    analysis/map.py map.json -o map.png [--outcome surplus_share]

The file is what `multivector compare DESIGN_RESULT --format json` says ("-" reads standard input). Every moderator has a
map of its own, over the axes of the design: the effect's sizes if there are several, then the axes of `over`, then the
moderator's sizes if there are several; the first goes across, the second up, every combination of the others has a panel.
An axis that was averaged over is named, not drawn. Nothing is estimated here: what is amplified, eroded, reversed,
negligible or undetermined is what the file says.
"""
import argparse
import itertools
import json
import math
import sys

import numpy as np
from matplotlib.patches import Rectangle

from intervals import wilson
from page import INK, Page, height_of, width_of, wrapped
from settings import maps_of, words

# Okabe and Ito's colours, which the colour-blind can tell apart, each with a mark of its own.
LOOKS = {"amplifies": ("#56B4E9", "▲"), "erodes": ("#E69F00", "▼"), "reverses": ("#CC79A7", "⇄"), "negligible": ("#FFF4B0", "≈"),
         "shifts": ("#8FD6BF", "↔"), "none": ("#FFFFFF", "="), "open": ("#D9D9D9", "?")}
UNKNOWN = ["#D9C58B", "#B7B1E0"]  # for words that are not yet among them, each with a bullet
GREY = "#555555"
MARGIN, GAP, LEGEND, WIDEST = 0.25, 0.35, 2.35, 12.0  # inches
NEEDED = {"scale": str, "outcome": str, "unit": str, "axis": str, "from": str, "to": str, "by": str, "by_from": str, "by_to": str,
          "n": int, "point": (int, float, type(None)), "change": str, "levels": dict}


def fail(message):
    sys.exit(f"map.py: {message}")


def read(path):
    """Estimates and the design's title, if the file has it."""
    name, title = "standard input" if path == "-" else path, None
    try:
        estimates = json.load(sys.stdin if path == "-" else open(path, encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        fail(f"cannot read {name}: {error}")
    if isinstance(estimates, dict):
        estimates, title = estimates.get("estimates"), estimates.get("title")
    if not isinstance(estimates, list):
        fail(f"{name} is not what compare --format json says: no list of estimates")
    for at, one in enumerate(estimates, 1):
        if not isinstance(one, dict) or not isinstance(one.get("quantity"), str):
            fail(f"{name} is not what compare --format json says: estimate {at} has no quantity")
        if one["quantity"] != "amplification":
            continue
        wrong = next((key for key, kind in NEEDED.items() if key not in one or not isinstance(one[key], kind)), None)
        if wrong or not all(isinstance(level, str) for level in one["levels"].values()):
            fail(f"{name} is not what compare --format json says: '{wrong or 'levels'}' of estimate {at} is missing or wrong")
    return estimates, title if isinstance(title, str) else None


def look_of(name, known):
    if name in LOOKS:
        return LOOKS[name]
    return UNKNOWN[[other for other in known if other not in LOOKS].index(name) % len(UNKNOWN)], "•"


class Block:
    """A map's place on the page: how large it must be, then the drawing of it."""

    def __init__(self, of, outcome):
        self.of, self.outcome = of, outcome
        self.across, self.up = (of.axes + [None, None])[:2]
        self.panels = list(itertools.product(*(range(len(axis.levels)) for axis in of.axes[2:])))
        cells = [self.cell_text(one) for one in of.estimates]
        xs = self.ticks(self.across)
        self.columns, self.rows = len(xs), len(self.ticks(self.up))
        self.cell = max(0.7, 0.16 + max(width_of(text, 9) for text in cells),
                        min(1.2, 0.16 + max(width_of(text, 9) for text in xs)), 2.1 / self.columns)
        self.plot = self.columns * self.cell, self.rows * (0.42 if self.rows > 1 else 0.6)
        self.left = 0.12 + min(1.5, max(width_of(text, 9) for text in self.ticks(self.up))) if self.up else 0
        self.xs = ["\n".join(wrapped(text, self.cell - 0.1, 9)) for text in xs]
        self.ys = ["\n".join(wrapped(text, 1.5, 9)) for text in self.ticks(self.up)]
        self.x_label, self.y_label = self.label(self.across, self.plot[0]), self.label(self.up, self.left + self.plot[0])
        self.names = [wrapped(", ".join(f"{axis.name} = {self.tick(axis, at)}" for axis, at in zip(of.axes[2:], panel)),
                              self.left + self.plot[0], 10, "bold") for panel in self.panels]
        self.above = max(height_of(name, 10) for name in self.names) + self.label_high(self.y_label) + 0.08
        self.below = 0.1 + height_of(max((text.split("\n") for text in self.xs), key=len), 9) + self.label_high(self.x_label)
        room = WIDEST - 2 * MARGIN - LEGEND
        fit = max(1, min(len(self.panels), int(room // (self.left + self.plot[0] + GAP))))
        self.abreast = math.ceil(len(self.panels) / math.ceil(len(self.panels) / fit))
        self.width = self.abreast * (self.left + self.plot[0] + GAP) + LEGEND

    def ticks(self, axis):
        return [self.tick(axis, at) for at in range(len(axis.levels))] if axis else [""]

    @staticmethod
    def tick(axis, at):
        return axis.levels[at].replace("_", " ")

    @staticmethod
    def label(axis, width):
        """Lines of an axis's words, and of the key behind them."""
        if axis is None:
            return [], []
        said = axis.name + (f", from {axis.start} to" if axis.start else "")
        return wrapped(said, width, 9.5), wrapped(axis.key, width, 7.5) if axis.key != axis.name.replace(" ", "_") else []

    @staticmethod
    def label_high(label):
        return height_of(label[0], 9.5) + height_of(label[1], 7.5) + 0.06

    def cell_text(self, one):
        mark = look_of(one["change"], self.of.counts)[1]
        point = one["point"]
        if point is None or not math.isfinite(point):
            return mark
        return f"{mark} {point:{'+.0f' if abs(point) >= 100 else '+.2g'}}".replace("-", "−") if point else f"{mark} 0"

    def head(self, width):
        title = wrapped(self.of.title(self.outcome), width, 12, "bold")
        regions = wrapped(self.of.regions(), width, 10)
        return title, regions, height_of(title, 12) + height_of(regions, 10) + 0.3

    def height(self, width):
        rows = math.ceil(len(self.panels) / self.abreast)
        self.row_high = self.above + self.plot[1] + self.below
        return self.head(width)[2] + max(rows * self.row_high + (rows - 1) * 0.25, 0.3 + 0.62 * len(self.of.counts))

    def draw(self, page, y, width):
        title, regions, high = self.head(width)
        page.write(MARGIN, y, title, 12, weight="bold")
        page.write(MARGIN, y + height_of(title, 12) + 0.08, regions, 10)
        for at, (panel, name) in enumerate(zip(self.panels, self.names)):
            x = MARGIN + at % self.abreast * (self.left + self.plot[0] + GAP)
            self.draw_panel(page, x, y + high + at // self.abreast * (self.row_high + 0.25), panel, name)
        self.draw_legend(page, MARGIN + width - LEGEND, y + high)

    def draw_panel(self, page, x, y, panel, name):
        y_label = y + max(height_of(one, 10) for one in self.names)
        page.write(x, y_label - height_of(name, 10), name, 10, weight="bold")
        page.write(x, y_label, self.y_label[0], 9.5)
        page.write(x, y_label + height_of(self.y_label[0], 9.5), self.y_label[1], 7.5, color=GREY)
        axes = page.axes(x + self.left, y + self.above, *self.plot)
        axes.set(xlim=(0, self.columns), ylim=(0, self.rows), facecolor="white")
        for (column, row) in itertools.product(range(self.columns), range(self.rows)):
            one = self.of.grid[(column, row, *panel)[:self.of.grid.ndim]]
            colour = "white" if one is None else look_of(one["change"], self.of.counts)[0]
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, edgecolor=GREY, linewidth=0.6,
                                     hatch="////" if one is None else None, clip_on=False))
            if one is not None:
                axes.text(column + 0.5, row + 0.5, self.cell_text(one), ha="center", va="center", color=INK, fontsize=9)
        axes.set_xticks(np.arange(self.columns) + 0.5, self.xs, fontsize=9, parse_math=False)
        axes.set_yticks(np.arange(self.rows) + 0.5 if self.up else [], self.ys if self.up else [], fontsize=9, parse_math=False)
        axes.tick_params(length=0, colors=INK)
        axes.spines[:].set_visible(False)
        y_label = y + self.above + self.plot[1] + 0.1 + height_of(max((text.split("\n") for text in self.xs), key=len), 9)
        middle = x + self.left + self.plot[0] / 2
        page.write(middle, y_label, self.x_label[0], 9.5, ha="center")
        page.write(middle, y_label + height_of(self.x_label[0], 9.5), self.x_label[1], 7.5, ha="center", color=GREY)

    def draw_legend(self, page, x, y):
        """Every change with its mark, count and share: a point and its interval on a line from none to all."""
        total = len(self.of.estimates)
        page.write(x, y, [f"share of {total} settings" if total > 1 else "one setting"], 9.5, weight="bold")
        axes = page.axes(x, y + 0.25, LEGEND, 0.62 * len(self.of.counts))
        axes.set(xlim=(0, LEGEND), ylim=(0.62 * len(self.of.counts), 0))
        axes.axis("off")
        for at, (name, count) in enumerate(self.of.counts.items()):
            top, (colour, mark), (low, high) = 0.62 * at, look_of(name, self.of.counts), wilson(count, total)
            axes.add_patch(Rectangle((0.01, top + 0.08), 0.3, 0.26, facecolor=colour, edgecolor=GREY, linewidth=0.6))
            axes.text(0.16, top + 0.21, mark, ha="center", va="center", fontsize=9, color=INK)
            said = {"open": "undetermined", "none": "no change"}.get(name, name)
            axes.text(0.4, top + 0.21, f"{said}: {count}" if total > 1 else said, va="center", fontsize=9.5, color=INK,
                      parse_math=False)
            if total == 1:
                continue
            line, reach = top + 0.47, 0.95
            axes.plot([0.02, 0.02 + reach], [line, line], color="#BBBBBB", linewidth=1, solid_capstyle="butt")
            axes.plot([0.02 + reach * low, 0.02 + reach * high], [line, line], color=INK, linewidth=2.2, solid_capstyle="butt")
            axes.plot(0.02 + reach * count / total, line, "o", color=INK, markersize=4.5, clip_on=False)
            said = f"{100 * count / total:.0f}% [{100 * low:.0f}, {100 * high:.0f}]"
            axes.text(1.08, line, said, va="center", fontsize=9, color=INK)


def notes(maps, outcome, title):
    """What stands under the figure."""
    estimates = [one for of in maps for one in of.estimates]
    replications = sorted({one["n"] for one in estimates})
    count = f"{replications[0]}" if len(replications) == 1 else f"{replications[0]} to {replications[-1]}"
    unit = f" in {maps[0].unit}" if maps[0].unit not in ("", "1") else ""
    adjusted = [one.get("p_holm") is not None for one in estimates]
    unadjusted = "where its 95% interval excludes zero, not adjusted for how many there are."
    said = [(f"Design: {title}. " if title else "") + f"n = {count} replications of each setting.",
            f"Numbers: the amplification{unit}, with its sign: the effect on {words(outcome)} after the moderator's step less "
            "the effect before it, the same luck in all four worlds. Colour and mark: what that does to the size of the effect.",
            "A change counts as one " + (unadjusted if not any(adjusted) else "where Holm's p, over the design's family of such "
            "estimates, is below 0.05" + ("." if all(adjusted) else f"; outside that family {unadjusted}"))]
    if any(one["change"] == "negligible" for one in estimates):
        said.append("Negligible: surely smaller than the smallest effect of interest that the design declares.")
    if any(one is None for of in maps for one in of.grid.flat):
        said.append("Hatched: the design has no such setting.")
    if any(len(of.estimates) > 1 for of in maps):
        said.append("Shares: with Wilson's 95% intervals, which are those of settings drawn at random; these were chosen, and "
                    "share their luck. Axes list levels, not distances.")
    return " ".join(said)


def draw(maps, outcome, title=None):
    """A page with the maps one below the other."""
    blocks = [Block(one, outcome) for one in maps]
    width = max(6.0, *(block.width for block in blocks))
    under = wrapped(notes(maps, outcome, title), width, 8)
    heights = [block.height(width) for block in blocks]
    page = Page(width + 2 * MARGIN, 2 * MARGIN + sum(heights) + 0.45 * (len(blocks) - 1) + 0.2 + height_of(under, 8))
    y = MARGIN
    for block, height in zip(blocks, heights):
        block.draw(page, y, width)
        y += height + 0.45
    page.write(MARGIN, y - 0.25, under, 8, color=GREY)
    return page


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("estimates", help='what compare --format json says; "-" for standard input')
    parser.add_argument("-o", "--output", default="map.png")
    parser.add_argument("--outcome", default="net_gain")
    asked = parser.parse_args()
    every, title = read(asked.estimates)
    amplifications = [one for one in every if one["quantity"] == "amplification"]
    estimates = [one for one in amplifications if one["scale"] == "levels" and one["outcome"] == asked.outcome]
    if not estimates:
        known = sorted({one["outcome"] for one in amplifications})
        fail(f"no amplification of {asked.outcome}" + (f"; there are those of {', '.join(known)}" if known else
                                                       ": the design has no moderator"))
    places = math.prod(len({one["levels"].get(key) for one in estimates}) for key in {key for one in estimates for key in one["levels"]})
    if places > 50 * len(estimates):
        fail(f"these are {len(estimates)} scattered points, no grid that a map could show; what multivector compare says of them in "
             "words, with shares, is all there is")
    maps = maps_of(estimates)
    page = draw(maps, asked.outcome, title)
    try:
        page.figure.savefig(asked.output, dpi=150)
    except (OSError, ValueError) as error:
        fail(f"cannot write {asked.output}: {error}")
    for one in maps:
        print(one.title(asked.outcome))
        print(one.regions())


if __name__ == "__main__":
    main()
