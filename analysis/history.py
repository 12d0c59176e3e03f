#!/usr/bin/python3
"""Holds the baseline against the record: does a simulated Kazakhstan look like the real one?

    build/multivector run scenarios/kazakhstan.yaml -n 200 --record deals -o history.h5
    analysis/history.py history.h5 -o history.png

For each pattern: what was observed, the simulated median and the middle 90 percent of seeds, the band that counts as
passed, and the share of seeds inside it with its Wilson interval. A seed in which a pattern is undefined (no protest to
be heard) is outside. Patterns marked "fit" are those that the baseline may be calibrated to; "test" are held back. The
figure puts simulated bands behind the observed series.
"""
import argparse
import math
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import record
from intervals import wilson
from patterns import PATTERNS, Seeds, chinese_list, export_share, observed_large_protests, protest_ticks, signed_with_china

INK, SIMULATED, OBSERVED = "#1A1A1A", "#0072B2", "#D55E00"
ENOUGH = 0.7  # of seeds inside the band, for a pattern to count as met


# ---- The table ----------------------------------------------------------------------------------------------------------

def digits(value):
    return "-" if not math.isfinite(value) else f"{value:.3g}"


def judged(pattern, values):
    """What one line of the table says."""
    kept = values[np.isfinite(values)]
    inside = int(np.sum((kept >= pattern.low) & (kept <= pattern.high)))
    low, high = wilson(inside, len(values))
    middle = (np.median(kept), *np.percentile(kept, [5, 95])) if len(kept) else (math.nan,) * 3
    return {"number": pattern.number, "use": pattern.use, "pattern": pattern.name, "observed": digits(pattern.observed()),
            "median": digits(middle[0]), "90% of seeds": f"[{digits(middle[1])}, {digits(middle[2])}]",
            "band": f"{digits(pattern.low)} to {digits(pattern.high)}", "inside": f"{inside / len(values):.0%}",
            "95%": f"[{low:.0%}, {high:.0%}]", "met": "yes" if inside / len(values) >= ENOUGH else "NO",
            "surely not": high < ENOUGH}


def print_table(lines):
    left = {"number", "use", "pattern", "band"}
    names = [name for name in lines[0] if name != "surely not"]
    widths = {name: max(len(name), *(len(line[name]) for line in lines)) for name in names}
    for line in [{name: name if name != "number" else "" for name in names}, *lines]:
        print("  ".join(line[name].ljust(widths[name]) if name in left else line[name].rjust(widths[name]) for name in names))


# ---- The figure ---------------------------------------------------------------------------------------------------------

def band(axes, years, values):
    """Simulated median and the middle 90 percent of seeds."""
    with np.errstate(all="ignore"):
        low, middle, high = np.nanpercentile(values, [5, 50, 95], axis=0)
    axes.fill_between(years, low, high, color=SIMULATED, alpha=0.2, linewidth=0)
    axes.plot(years, middle, color=SIMULATED, linewidth=1.6)


def points(axes, observed):
    axes.plot(list(observed), list(observed.values()), "o", color=OBSERVED, markersize=3.5)


def export_share_of(seeds, sector):
    return np.stack([export_share(seeds, sector, year) for year in seeds.years], axis=1)


def draw(seeds, path):
    plt.rcParams.update({"font.size": 9, "axes.titlesize": 9.5, "axes.titleweight": "bold", "axes.titlelocation": "left",
                         "axes.spines.top": False, "axes.spines.right": False})
    figure, grid = plt.subplots(4, 4, figsize=(13.2, 11), layout="constrained")
    cells, years = iter(grid.flat), seeds.years

    def panel(title, values, observed, scale=1):
        axes = next(cells)
        axes.set_title(title)
        band(axes, years, scale * values)
        points(axes, {year: value for year, value in observed.items() if years[0] <= year <= years[-1]})
        axes.set_ylim(bottom=0)

    def series(file, variable, scale=1):
        return {year: scale * value for year, value in record.series(file, variable).items()}

    panel("oil price [USD/barrel, 2020]", seeds.means("oil_price"), record.real(record.series("macro_annual.csv", "brent_price")))
    panel("fund / GDP [%]", seeds.ends("fund_to_gdp"), series("macro_annual.csv", "nfrk_fx_assets_share_gdp"), 100)
    panel("oil's share of GDP [%]", seeds.means("oil_share_of_gdp"), series("macro_annual.csv", "oil_gas_sector_share_gdp"), 100)
    panel("transit, China to Europe [million t]", seeds.sums("transit"), series("connectivity.csv", "utlc_era_transit", 0.01))
    panel("energy [% of goods exports]", export_share_of(seeds, "energy"),
          series("export_composition.csv", "sitc_share_mineral_fuels"), 100)
    made = sum(export_share_of(seeds, sector) for sector in ("metals", "chemicals", "manufacturing"))
    panel("SITC 5-8 [% of goods exports]", made,
          series("export_composition.csv", "sitc_share_metals_chemicals_machinery"), 100)
    number, value = signed_with_china(seeds)
    panel("signed with China (record: large)", number, series("chinese_projects_aiddata.csv", "large_records"))
    dollars = series("deflator.csv", "us_cpi_u")
    panel("value signed [USD billion a year]", value,
          series("chinese_projects_aiddata.csv", "commitments", dollars[2020] / dollars[2021]))
    number, value = chinese_list(seeds)
    panel("completed since 2015, with China", number, series("china_projects.csv", "completed_cumulative"))
    panel("their value [USD billion]", value, series("china_projects.csv", "completed_value_cumulative"))
    large = np.array([[np.sum(seeds.year_of_tick[ticks] == year) > 0 for year in years] for ticks in protest_ticks(seeds, "large_protest")])
    axes = next(cells)
    axes.set_title("large protests [% of seeds]")
    axes.bar(years, 100 * large.mean(axis=0), color=SIMULATED, alpha=0.5)
    for year in observed_large_protests():
        axes.axvline(year, color=OBSERVED, linewidth=1.2)
    stock = seeds.ends("equity_by_partner")
    for partner, name in (("China", "China"), ("Russia", "Russia"), ("European Union", "EU27"), ("United States", "United_States")):
        if partner in seeds.partners:
            panel(f"{partner.replace('European Union', 'EU').replace('United States', 'US')}: share of investment [%]", stock[:, :, seeds.partners.index(partner)] / stock.sum(axis=2),
                  series("china_finance_fdi.csv", f"fdi_stock_share_{name}"), 100)
    for axes in cells:
        axes.axis("off")
    figure.suptitle(f"Simulated and on record: median and middle 90% of {seeds.count} seeds in blue, the record in orange", x=0.01,
                    ha="left", fontsize=12, fontweight="bold", color=INK)
    figure.savefig(path, dpi=150)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("result", help="a record of the baseline with its deals")
    parser.add_argument("-o", "--output", help="where the figure goes; none otherwise")
    parser.add_argument("--check", action="store_true", help="fail when a fitted pattern surely holds in less than 70 percent of seeds")
    asked = parser.parse_args()
    try:
        seeds = Seeds(asked.result)
    except ValueError as error:
        sys.exit(f"history.py: {error}")
    if "design" in seeds.file:
        sys.exit(f"history.py: {asked.result} holds the worlds of a design; a history is one world's")
    print(f"{seeds.count} seeds, {seeds.years[0]} to {seeds.years[-1]}\n")
    lines = [judged(pattern, pattern.simulated(seeds)) for pattern in PATTERNS]
    print_table(lines)
    if asked.output:
        draw(seeds, asked.output)
    lost = [line["number"] for line in lines if line["use"] == "fit" and line["surely not"]]
    if asked.check and lost:
        sys.exit(f"history.py: fitted patterns that surely hold in less than {ENOUGH:.0%} of seeds: {', '.join(lost)}")


if __name__ == "__main__":
    main()
