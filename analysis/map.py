#!/usr/bin/python3
"""Draws where a moderator amplifies an effect, where it erodes it, and where the sign is open: a phase diagram.

    multivector compare map.h5 --format json > map.json
    analysis/map.py map.json -o map.png [--outcome surplus_share]

The file is what `multivector compare DESIGN_RESULT --format json` says ("-" reads standard input). One panel for every
moderator and setting of the other axes; across it the effect's size, up it the axis that is named last. Nothing is estimated
here: what is amplified, eroded, reversed or open is what the file says.
"""
import argparse
import json
import math
import sys
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

# Okabe and Ito's colours, which the colour-blind can tell apart, each with a sign of its own.
CHANGES = [("amplifies", "#56B4E9", "+"), ("erodes", "#E69F00", "−"), ("reverses", "#CC79A7", "↔"), ("none", "#FFFFFF", "0"),
           ("open", "#D9D9D9", "?")]
INK = "#1A1A1A"


def read(path):
    try:
        estimates = json.load(sys.stdin if path == "-" else open(path, encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.exit(f"map.py: cannot read {path}: {error}")
    if not isinstance(estimates, list) or not all(isinstance(one, dict) and "quantity" in one for one in estimates):
        sys.exit(f"map.py: {path} is not what compare --format json says")
    return estimates


def change(estimate):
    """Which of CHANGES an amplification is."""
    return next((i for i, (name, _, _) in enumerate(CHANGES) if name == estimate["change"]), len(CHANGES) - 1)


def order(labels):
    """Labels once each, by number where all are numbers, else as they come."""
    once = list(dict.fromkeys(labels))
    try:
        return sorted(once, key=float)
    except ValueError:
        return once


def words(name):
    return name.split(".")[-1].replace("_", " ")


def panels_of(estimates, outcome):
    """Cells by panel: {(moderator, other settings): {(up, across): estimate}}."""
    panels, up_axis = {}, None
    for one in estimates:
        if one["quantity"] != "amplification" or one["scale"] != "levels" or one["outcome"] != outcome:
            continue
        at = dict(one["levels"])
        up_axis = list(at)[-1] if at else None
        up = at.pop(up_axis) if at else ""
        others = ", ".join(f"{words(axis)} {level or '(mean)'}" for axis, level in at.items())
        panels.setdefault((f"{words(one['by'])} {one['by_from']} to {one['by_to']}", others), {})[(up, one["to"])] = one
    return panels, up_axis


def wilson(some, every, z=1.959963984540054):
    share = some / every
    middle, half = share + z * z / (2 * every), z * math.sqrt(share * (1 - share) / every + z * z / (4 * every**2))
    return max(0, (middle - half) / (1 + z * z / every)), min(1, (middle + half) / (1 + z * z / every))


def draw_panel(axes, cells, up_axis, across_axis):
    ups, acrosses = order(up for up, _ in cells), order(across for _, across in cells)
    grid = np.full((len(ups), len(acrosses)), np.nan)
    for (up, across), one in cells.items():
        grid[ups.index(up), acrosses.index(across)] = change(one)
    axes.imshow(grid, cmap=ListedColormap([colour for _, colour, _ in CHANGES]), vmin=-0.5, vmax=len(CHANGES) - 0.5, origin="lower",
                aspect="auto")
    for (up, across), one in cells.items():
        text = CHANGES[change(one)][2] if one["point"] is None else f"{CHANGES[change(one)][2]} {abs(one['point']):.2g}"
        axes.text(acrosses.index(across), ups.index(up), text, ha="center", va="center", color=INK, fontsize=8.5)
    axes.set_xticks(range(len(acrosses)), acrosses)
    axes.set_yticks(range(len(ups)), ups)
    axes.set_xlabel(f"{words(across_axis)}, from {next(iter(cells.values()))['from']} to")
    axes.set_ylabel(words(up_axis) if up_axis else "")
    axes.set_xticks(np.arange(-0.5, len(acrosses)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(ups)), minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="both", length=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("estimates", help='what compare --format json says; "-" for standard input')
    parser.add_argument("-o", "--output", default="map.png")
    parser.add_argument("--outcome", default="net_gain")
    said = parser.parse_args()
    estimates = read(said.estimates)
    panels, up_axis = panels_of(estimates, said.outcome)
    if not panels:
        known = sorted({one["outcome"] for one in estimates if one["quantity"] == "amplification"})
        sys.exit(f"map.py: no amplification of {said.outcome}" + (f"; there are those of {', '.join(known)}" if known else
                                                                  ": the design has no moderator"))
    cells = [one for panel in panels.values() for one in panel.values()]
    counts = [sum(change(one) == s for one in cells) for s in range(len(CHANGES))]
    across = cells[0]["axis"]
    columns = min(3, len(panels))
    rows = math.ceil(len(panels) / columns)
    figure, grid = plt.subplots(rows, columns, figsize=(max(6.4, 4.2 * columns), 1.4 + 3.3 * rows), squeeze=False,
                                layout="constrained")
    for axes in grid.flat[len(panels):]:
        axes.set_visible(False)
    for axes, ((by, others), panel) in zip(grid.flat, panels.items()):
        draw_panel(axes, panel, up_axis, across)
        axes.set_title("\n".join(textwrap.wrap(by + (f"; {others}" if others else ""), 44)), fontsize=9.5, loc="left")
    unit = f" [{cells[0]['unit']}]" if cells[0]["unit"] not in ("", "1") else ""
    low, high = wilson(counts[0], len(cells))
    title = (f"{', '.join(dict.fromkeys(by for by, _ in panels))}: the effect of {words(across)} on {words(said.outcome)}{unit} is "
             f"amplified in {counts[0]} of {len(cells)} settings ({100 * low:.0f} to {100 * high:.0f}%), eroded in {counts[1]}, "
             + (f"reversed in {counts[2]}, " if counts[2] else "") + f"left open in {counts[3] + counts[4]}")
    title = title[0].upper() + title[1:]
    figure.suptitle("\n".join(textwrap.wrap(title, 38 + 28 * columns)), fontsize=11, fontweight="bold", x=0.01, ha="left")
    figure.legend(handles=[Patch(color=colour, label=f"{mark} {name}: {counts[s]}")
                           for s, (name, colour, mark) in enumerate(CHANGES) if counts[s] or name in ("amplifies", "erodes", "open")],
                  loc="lower center", ncols=5, frameon=False, fontsize=9)
    room = 0.35 / figure.get_figheight()  # for the legend
    figure.get_layout_engine().set(rect=(0, room, 1, 1 - room))
    figure.savefig(said.output, dpi=150)
    print(title)


if __name__ == "__main__":
    main()
