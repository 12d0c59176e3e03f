#!/usr/bin/python3
"""Draws the headline figure: has connectivity demand raised the host's bargaining power, when, and with whom?

    analysis/headline.py results/kazakhstan.h5 results/no_belt_and_road.h5 -o results/headline.png

Two result files of `multivector run --record series` with the same seed: the world with the demand first, the same luck
without it second. "Effect" is the paired difference, first minus second, within a realisation. Intervals are 95 percent t
intervals over realisations. The title is worked out from the data.
"""
import argparse
import dataclasses
import math
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from intervals import t_interval, t_quantile
from worlds import opened, text

# Okabe and Ito's colours, which the colour-blind can tell apart.
WITH, WITHOUT, INK, FAINT = "#0072B2", "#6B6B6B", "#1A1A1A", "#D9D9D9"
PARTNERS = ["#D55E00", "#009E73", "#56B4E9", "#CC79A7", "#F0E442", "#E69F00", "#0072B2", "#000000"]
LIGHT = {"#56B4E9", "#F0E442", "#E69F00", "#CC79A7"}
BAND = (5, 95)
STYLE = {"font.family": "DejaVu Sans", "font.size": 10.5, "axes.spines.top": False, "axes.spines.right": False,
         "axes.edgecolor": "#8A8A8A", "axes.titlesize": 11, "axes.titleweight": "bold", "axes.titlelocation": "left",
         "axes.labelcolor": INK, "xtick.color": "#444444", "ytick.color": "#444444", "text.color": INK}


# ---- Reading ------------------------------------------------------------------------------------------------------------

class World:
    """One result file: run values of /summary and, by calendar year, sums of /series."""

    def __init__(self, path):
        try:
            self.file = opened(path)
        except ValueError as error:
            sys.exit(f"headline.py: {error}")
        if "design" in self.file:
            sys.exit(f"headline.py: {path} holds the worlds of a design; the figure is of two files of one world each")
        for group in ("summary", "series"):
            if group not in self.file:
                sys.exit(f"headline.py: {path} has no /{group}; run with --record series")
        self.path, self.rows = path, slice(None)
        self.realization = self.file["summary/realization"][:]
        self.partners = [text(name) for name in self.file["summary/partner"][:]]
        year = np.floor(self.file["series/year"][:] + 1e-9).astype(int)
        self.years, self.year_of_tick = np.unique(year, return_inverse=True)

    def seed(self):
        return self.file["provenance"].attrs.get("master_seed") if "provenance" in self.file else None

    def run(self, name):
        return self.file["summary/" + name][:][self.rows]

    def by_year(self, name):
        """(realisation, year): sum of the ticks of each year, partners added up."""
        values = self.file["series/" + name][:][self.rows]
        if values.ndim == 3:
            values = values.sum(axis=2)
        years = np.zeros((values.shape[0], len(self.years)))
        np.add.at(years, (slice(None), self.year_of_tick), values)
        return years

    def year_mean(self, name):
        return self.by_year(name) / np.bincount(self.year_of_tick)


def open_pair(first, second):
    """Both worlds, cut to the realisations that they share."""
    a, b = World(first), World(second)
    if a.seed() != b.seed():
        sys.exit("headline.py: the two files have different seeds, so their luck differs; run both with the same --seed")
    if a.partners != b.partners or not np.array_equal(a.years, b.years):
        sys.exit("headline.py: the two files differ in partners or years and cannot be compared")
    shared, a.rows, b.rows = np.intersect1d(a.realization, b.realization, return_indices=True)
    if len(shared) == 0:
        sys.exit("headline.py: the two files share no realisation")
    return a, b


# ---- Statistics ---------------------------------------------------------------------------------------------------------

@dataclasses.dataclass
class Effect:
    """Paired differences, their mean and its 95 percent interval (None when a single pair is left)."""
    differences: np.ndarray
    mean: float
    interval: tuple
    correlation: float

    @property
    def sign(self):
        """+1 or -1 when the interval excludes zero, 0 when the sign is open, None when nothing ever differs."""
        if len(self.differences) > 0 and not self.differences.any():
            return None
        if self.interval is None or self.interval[0] <= 0 <= self.interval[1]:
            return 0
        return 1 if self.mean > 0 else -1


def effect_of(a, b, scale=1.0):
    keep = np.isfinite(a) & np.isfinite(b)
    a, b = a[keep] * scale, b[keep] * scale
    differences = a - b
    n = len(differences)
    mean = float(differences.mean()) if n else math.nan
    interval = None
    if n > 1:
        over_runs = t_interval(differences)
        interval = (over_runs.low, over_runs.high)
    varies = n > 1 and a.std() > 0 and b.std() > 0
    return Effect(differences, mean, interval, float(np.corrcoef(a, b)[0, 1]) if varies else math.nan)


def ratio_of_sums(top, bottom):
    """Ratio of sums over realisations by year, with the 95 percent interval of a ratio estimator."""
    n, total = len(bottom), bottom.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(total > 0, top.sum(axis=0) / total, math.nan)
        if n < 2:
            return ratio, ratio, ratio
        error = np.sqrt(((top - ratio * bottom) ** 2).sum(axis=0) / (n - 1) * n) / total
    half = t_quantile(n - 1) * error
    return ratio, np.clip(ratio - half, 0, 1), np.clip(ratio + half, 0, 1)


# ---- Words --------------------------------------------------------------------------------------------------------------

def digits(value):
    """Three significant digits at least, whole numbers in full, and a true minus sign."""
    if not math.isfinite(value):
        return "missing"
    size = abs(value)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2
    text = f"{size:,.{decimals}f}"
    return ("\u2212" if value < 0 and float(text.replace(",", "")) > 0 else "") + text


def signed(value):
    text = digits(value)
    if text == "missing":
        return text
    if not any(digit in text for digit in "123456789"):
        return "0"
    return text if value < 0 else "+" + text


def interval_text(effect):
    return "one pair, no interval" if effect.interval is None else f"{signed(effect.interval[0])} to {signed(effect.interval[1])}"


def headline(amount, share, ambition, host, years):
    """What the data say, in one sentence. `amount` in USD billion, `share` in percentage points."""
    size, deals = f"USD {digits(abs(amount.mean))} billion", f"from its deals of {years[0]}-{years[-1]}"
    first = {1: f"{host} gains {size} more {deals}", -1: f"{host} gains {size} less {deals}",
             0: f"it stays open whether {host} gains more or less {deals}", None: f"{host} gains exactly as much {deals}"}[amount.sign]
    points = f"({signed(share.mean)} points)"
    second = {1: f"keeps a larger share of what they create {points}", -1: f"keeps a smaller share of what they create {points}",
              0: "how its share changes is open", None: "keeps exactly the same share"}[share.sign]
    if amount.sign == 0 and share.sign == 0:
        return f"{ambition}: neither the amount nor the share that {host} gains can be told apart from no effect"
    if share.sign == 0:
        second = "how its share of them changes is open"
    elif amount.sign == 0:
        second = "it " + second.replace("they create", "deals create")
    joined = " and " if amount.sign == share.sign else ", but "
    return f"{ambition}: {first}{joined}{second}"


def caution(amount, share):
    """What a reader must not conclude."""
    if amount.sign == 1 and share.sign == 1:
        return "Both rise: not only is there more to divide, the host also gets more of it."
    if amount.sign == 1:
        return "More to divide is not more power: in a single talk a partner's desire can only help the host, so look at the share."
    if amount.sign == 0 and share.sign == 0:
        return "The runs do not decide the sign. More of them narrow the intervals; they need not move them off zero."
    return "Amount and share answer different questions; neither alone is bargaining power."


def beyond_alternatives(net_share):
    """The same question after the host's alternatives are taken out of both sides: who gets what the talk itself adds?"""
    if net_share.sign is None or not math.isfinite(net_share.mean):
        return ""
    verb = {1: "rises", -1: "falls", 0: "may rise or fall"}[net_share.sign]
    return (f" Of what a deal adds to both sides' alternatives, its share {verb} ({signed(net_share.mean)} points, "
            f"{interval_text(net_share)}).")


# ---- Drawing ------------------------------------------------------------------------------------------------------------

def draw_effect(axes, effect, title, unit):
    """Each pair a dot, the mean and its interval beside them."""
    d = effect.differences
    axes.set(xlim=(-0.34, 1.3), xticks=[], title=title)
    if len(d) == 0:
        axes.text(0.5, 0.5, "missing in every pair", transform=axes.transAxes, ha="center", color="#555555")
        return
    spread = ((np.arange(len(d)) * 0.6180339887) % 1 - 0.5) * 0.52
    axes.axhline(0, color=INK, linewidth=1)
    axes.scatter(spread, d, s=9, color=WITH, alpha=0.28 if len(d) > 100 else 0.5, linewidths=0)
    low, high = np.percentile(d, [0.5, 99.5])
    ends = effect.interval or (effect.mean, effect.mean)
    low, high = min(low, ends[0], 0), max(high, ends[1], 0)
    room = 0.06 * (high - low) or 1
    axes.set_ylim(low - room, high + room)
    axes.plot([0.42, 0.42], ends, color=INK, linewidth=2.6, solid_capstyle="butt")
    axes.plot(0.42, effect.mean, "o", color=INK, markersize=7)
    axes.annotate(f"{signed(effect.mean)}\n{interval_text(effect)}", (0.5, effect.mean), va="center", fontsize=9.5,
                  xytext=(3, 0), textcoords="offset points", linespacing=1.5)
    axes.set_ylabel(unit, fontsize=9.5)
    axes.spines["bottom"].set_visible(False)
    beyond = int(((d < low - room) | (d > high + room)).sum())
    note = f"{len(d):,} pairs of runs" + (f", {beyond} beyond the axis" if beyond else "")
    axes.text(0.02, -0.015, note, transform=axes.transAxes, va="top", fontsize=8.5, color="#555555")


def draw_partners(axes, a, b):
    """Value signed in a run, by partner: one bar a world, and what changed."""
    worlds = [("with", a), ("without", b)]
    signed_value = [world.run("value_signed_by_partner").mean(axis=0) for _, world in worlds]
    longest = max(values.sum() for values in signed_value) or 1
    for row, values in enumerate(signed_value):
        left = 0.0
        for p, value in enumerate(values):
            colour = PARTNERS[p % len(PARTNERS)]
            axes.barh(row, value, left=left, color=colour, edgecolor="white", height=0.62)
            if value > 0.05 * longest:
                axes.text(left + value / 2, row, digits(value), ha="center", va="center", fontsize=9,
                          color=INK if colour in LIGHT else "white")
            left += value
    axes.set(yticks=[0, 1], yticklabels=[name for name, _ in worlds], ylim=(2.75, -0.5), xlim=(0, longest * 1.01), xticks=[],
             title="Who signs: value of deals in a run, USD billion")
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.tick_params(length=0)
    place = 0.0
    for p, name in enumerate(a.partners):
        change = signed(float(signed_value[0][p] - signed_value[1][p]))
        axes.text(place, 1.75, "\u25A0", color=PARTNERS[p % len(PARTNERS)], fontsize=13, va="center")
        axes.text(place + 0.035 * longest, 1.75, name, fontsize=9, va="center")
        axes.text(place + 0.035 * longest, 2.27, change, fontsize=9.5, va="center", fontweight="bold")
        place += longest * (1.0 / len(a.partners))
    axes.text(-0.012 * longest, 2.27, "difference", fontsize=9, va="center", ha="right", color="#444444")


def draw_two_worlds(axes, years, curves, title, unit):
    """Middle and band of both worlds: solid with the ambition, dashed without."""
    for (middle, low, high), colour, dashes, name in zip(curves, (WITH, WITHOUT), ("-", (0, (4, 2))), ("with the ambition", "without it")):
        axes.fill_between(years, low, high, color=colour, alpha=0.2, linewidth=0)
        axes.plot(years, middle, color=colour, linestyle=dashes, linewidth=2.1, label=name)
    axes.set(title=title, ylabel=unit, xlim=(years[0] - 0.3, years[-1] + 0.3))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color=FAINT, linewidth=0.7)
    axes.set_axisbelow(True)


def draw_demand(axes, a, b):
    """What the ambition puts into the world: goods on the corridor, and capital at the table."""
    goods = a.by_year("transit").mean(axis=0) - b.by_year("transit").mean(axis=0)
    capital = a.year_mean("capital_to_hand_by_partner").mean(axis=0) - b.year_mean("capital_to_hand_by_partner").mean(axis=0)
    axes.axhline(0, color="#8A8A8A", linewidth=0.8)
    axes.fill_between(a.years, 0, goods, color="#E69F00", alpha=0.75, linewidth=0)
    axes.set_title("When: extra goods in transit, extra capital to hand")
    axes.set_ylabel("goods\nmillion t", color="#8A6000", fontsize=9.5)
    other = axes.twinx()
    other.plot(a.years, capital, color="#D55E00", linewidth=2)
    other.set_ylabel("capital\nUSD billion", color="#D55E00", fontsize=9.5)
    other.spines["right"].set_visible(True)
    for side, values in ((axes, goods), (other, capital)):
        top, bottom = max(values.max(), 0), min(values.min(), 0)
        side.set_ylim(bottom * 1.15, (top or 1) * 1.15)


def draw(a, b, amount, share, title, note, output):
    plt.rcParams.update(STYLE)
    figure = plt.figure(figsize=(13.2, 8.0))
    left = figure.add_gridspec(2, 2, left=0.06, right=0.45, top=0.81, bottom=0.08, height_ratios=[2.5, 1], wspace=0.42, hspace=0.24)
    right = figure.add_gridspec(3, 1, left=0.53, right=0.945, top=0.81, bottom=0.08, height_ratios=[1.5, 1.35, 0.8], hspace=0.36)
    draw_effect(figure.add_subplot(left[0, 0]), amount, "Effect on the amount", "net gain of a run, USD billion")
    draw_effect(figure.add_subplot(left[0, 1]), share, "Effect on the share", "share of the surplus, percentage points")
    draw_partners(figure.add_subplot(left[1, :]), a, b)

    gains = [np.percentile(world.by_year("net_gain"), (50, *BAND), axis=0) for world in (a, b)]
    top = figure.add_subplot(right[0])
    draw_two_worlds(top, a.years, gains, "Net gain by year: median and 90% of runs", "USD billion")
    top.set_ylim(bottom=min(0, *(low.min() for _, low, _ in gains)))
    figure.legend(*top.get_legend_handles_labels(), frameon=False, loc="lower right", bbox_to_anchor=(0.95, 0.84), ncols=2)
    shares = [[100 * line for line in ratio_of_sums(world.by_year("net_gain"), world.by_year("surplus"))] for world in (a, b)]
    middle = figure.add_subplot(right[1], sharex=top)
    draw_two_worlds(middle, a.years, shares, "Share of the surplus by year: ratio of sums, 95% interval", "percent")
    draw_demand(figure.add_subplot(right[2], sharex=top), a, b)

    words = wrap(title, 92)
    figure.text(0.02, 0.972, words, fontsize=15.5, fontweight="bold", va="top", linespacing=1.25)
    figure.text(0.02, 0.972 - 0.038 * (1 + words.count("\n")), wrap(note, 118), fontsize=10, va="top", color="#444444")
    figure.text(0.02, 0.018, "Effect: paired difference between two worlds with the same luck, in which only connectivity demand differs; "
                "95% intervals. Money: 2020 prices, present value at each talk. One model's answer, not a forecast.",
                fontsize=8.5, color="#555555")
    figure.savefig(output, dpi=150)


def wrap(text, width):
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description="Draws the headline figure from two result files with the same seed.")
    parser.add_argument("with_demand", help="result file of the world with connectivity demand")
    parser.add_argument("without_demand", help="result file of the same world without it")
    parser.add_argument("-o", "--output", default="headline.png", help="figure to write (default headline.png)")
    parser.add_argument("--host", default="Kazakhstan", help="name of the host in the title")
    parser.add_argument("--ambition", default="China's ambition to connect to the West", help="the demand in the title")
    arguments = parser.parse_args()

    a, b = open_pair(arguments.with_demand, arguments.without_demand)
    amount = effect_of(a.run("net_gain"), b.run("net_gain"))
    share = effect_of(a.run("surplus_share"), b.run("surplus_share"), 100)
    net_share = effect_of(a.run("net_share"), b.run("net_share"), 100)
    title = headline(amount, share, arguments.ambition, arguments.host, a.years)
    note = caution(amount, share) + beyond_alternatives(net_share)
    draw(a, b, amount, share, title, note, arguments.output)
    print(title + ".")
    print(f"Effect on net gain {signed(amount.mean)} USD billion ({interval_text(amount)}), on the share of the surplus "
          f"{signed(share.mean)} points ({interval_text(share)}), {len(amount.differences)} pairs.")
    print(note)
    if amount.correlation <= 0:
        print(f"Warning: the pairs are not positively correlated ({amount.correlation:.2f}); pairing did not help.")
    print(f"Figure: {arguments.output}")


if __name__ == "__main__":
    main()
