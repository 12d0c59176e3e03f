"""One figure for each claim that analysis/claims.py tests."""
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import record
from claim_exports import ASSUMED, HIGH, HISTORY, SMALLEST, STAGES
from claim_farms import COLD, EVEN, MIXED, WARM, confidence
from claim_farms import SMALLEST as POINTS
from farm_paths import BRANCHES, ENDS, YEARS
from intervals import t_interval

INK, WITH, WITHOUT, RECORD, GREY = "#1A1A1A", "#0072B2", "#6B6B6B", "#D55E00", "#8A8A8A"
COLOURS = ("#0072B2", "#56B4E9", "#E69F00", "#009E73", "#D9D9D9")
STYLE = {"font.size": 9, "axes.titlesize": 9.5, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.spines.top": False,
         "axes.spines.right": False, "legend.frameon": False, "legend.fontsize": 8}


def entitle(figure, title):
    figure.suptitle(textwrap.fill(title, int(figure.get_figwidth() * 10.5)), x=0.01, ha="left", fontsize=11.5, fontweight="bold", color=INK)


def bars(estimates):
    """Points, and how far the intervals reach down and up."""
    point = np.array([one.point for one in estimates])
    return point, np.abs(np.array([[one.low for one in estimates], [one.high for one in estimates]]) - point)


# ---- Claim 2 ------------------------------------------------------------------------------------------------------------

def shares_by_fund(axes, exports):
    places = [float(fund) for fund in exports.capacities]
    for policy, colour in (("off", WITHOUT), ("on", WITH)):
        for dutch, line in (("on", "-"), ("off", ":")):
            axes.plot(places, [exports.value(HIGH, policy, fund, dutch).mean() for fund in exports.capacities], line, marker="o", markersize=3.5,
                      color=colour, label=f"policy {policy}, {'no ' if dutch == 'off' else ''}Dutch disease")
    axes.set(title="High-value share of goods exports, means [%]", xlabel=f"fund capacity ({HISTORY} = record)", xticks=places)
    axes.legend(loc="best")


def policy_by_fund(axes, exports):
    offsets = np.linspace(-0.03, 0.03, len(ASSUMED))
    axes.axhspan(-SMALLEST[HIGH], SMALLEST[HIGH], color="#EEEEEE", linewidth=0)
    for (setting, assumed), colour, offset in zip(ASSUMED.items(), (WITH, "#E69F00", "#009E73", "#CC79A7"), offsets):
        point, reach = bars([t_interval(exports.policy(HIGH, fund, *assumed)) for fund in exports.capacities])
        axes.errorbar([float(fund) + offset for fund in exports.capacities], point, reach, fmt="o-", markersize=3.5, linewidth=1.2, color=colour, label=setting)
    axes.set(title="What the policy adds to it [points]; grey: too little to count", xlabel=f"fund capacity ({HISTORY} = record)",
             xticks=[float(fund) for fund in exports.capacities])
    axes.legend(loc="best")


def by_stage(axes, exports):
    """At the fund of the record: what fund and policy do, and what Dutch disease takes, by stage."""
    parts = {"the fund alone": (lambda stage: exports.fund(stage, "off", HISTORY), WITHOUT),
             "the policy beside it": (lambda stage: exports.policy(stage, HISTORY), WITH),
             "Dutch disease, with both": (lambda stage: exports.disease(stage, "on", HISTORY), "#E69F00")}
    for place, (name, (of, colour)) in enumerate(parts.items()):
        point, reach = bars([t_interval(of(stage)) for stage in STAGES])
        axes.bar(np.arange(len(STAGES)) + 0.27 * (place - 1), point, 0.25, yerr=reach, color=colour, error_kw={"linewidth": 0.8}, label=name)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set(title="Exports at the fund of the record: changes [USD billion]", xticks=range(len(STAGES)), xticklabels=STAGES)
    axes.legend(loc="best")


def record_of_exports(axes):
    for name, label, colour in (("sitc_share_mineral_fuels", "fuels (SITC 3)", INK),
                                ("sitc_share_metals_chemicals_machinery", "metals, chemicals, machines, other\nmanufactures (SITC 5-8)", RECORD)):
        values = record.series("export_composition.csv", name)
        axes.plot(list(values), list(values.values()), "o-", markersize=4, color=colour, label=label)
    listed = {year: sum(value for name, value in record.by_suffix("export_composition.csv", "group_share_", year).items()
                        if not name.startswith("raw") and name != "other_not_listed") for year in (2015, 2023)}
    axes.plot(list(listed), list(listed.values()), "s--", markersize=4, color="#E69F00", label="listed groups that are not raw")
    fund = record.series("macro_annual.csv", "nfrk_fx_assets_share_gdp")
    axes.plot(list(fund), list(fund.values()), color=GREY, linewidth=1, label="fund / GDP")
    axes.set(title="On record: shares of goods exports, and the fund [%]", ylim=(0, 100))
    axes.legend(loc="upper center", ncol=2)


def draw_exports(exports, verdict, path):
    plt.rcParams.update(STYLE)
    figure, axes = plt.subplots(2, 2, figsize=(11, 8), layout="constrained")
    entitle(figure, "Claim 2, industrial policy from the oil fund. The model: " + verdict)
    shares_by_fund(axes[0, 0], exports)
    policy_by_fund(axes[0, 1], exports)
    by_stage(axes[1, 0], exports)
    record_of_exports(axes[1, 1])
    figure.savefig(path, dpi=150)
    plt.close(figure)


# ---- Claim 3 ------------------------------------------------------------------------------------------------------------

def ends(axes, shares, branch, labels):
    worlds, left = shares.paths.names, np.zeros(len(shares.paths.names))
    for end, colour in zip(ENDS, COLOURS):
        share = np.array([shares.share(end, "projects", world, branch)[0] for world in worlds])
        axes.barh(range(len(worlds)), share, 0.75, left=left, color=colour, label=end)
        left += share
    axes.set(title=f"{branch.capitalize()}: after {YEARS} years [% of projects]", xlim=(0, 100), yticks=range(len(worlds)),
             yticklabels=worlds if labels else [])
    axes.invert_yaxis()


def regions(axes, shares):
    """Completed farms by region in four worlds, largest regions first; a region with few projects is faint."""
    count = {world: [shares.counts(what, world, "farms").sum(axis=0) for what in ("completed", "projects")] for world in (MIXED, EVEN, WARM, COLD)}
    size = count[MIXED][1]
    order = [at for at in np.argsort(-size) if size[at] > 0]
    for world, mark, colour in ((WARM, ">", "#009E73"), (COLD, "<", RECORD), (EVEN, "o", "#E69F00"), (MIXED, "D", WITH)):
        with np.errstate(divide="ignore", invalid="ignore"):
            share = 100 * count[world][0] / count[world][1]
        for row, at in enumerate(order):
            axes.plot(share[at], row, mark, color=colour, markersize=4.5, alpha=1 if size[at] >= 100 else 0.3, label=world if row == 0 else None)
    axes.set(title=f"Farms by region: completed in {YEARS} years [% of projects];\nfaint: fewer than 100 projects in all replications", yticks=range(len(order)),
             yticklabels=[f"{shares.paths.regions[at].replace('_', ' ')} ({size[at]:.0f})" for at in order])
    axes.invert_yaxis()
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.06), ncol=4, handletextpad=0.2, columnspacing=1)


def differences(axes, shares, compared):
    axes.axvspan(-POINTS, POINTS, color="#EEEEEE", linewidth=0)
    axes.axvline(0, color=INK, linewidth=0.8)
    labels, of = [], ""
    for name, (part, which, (farms, industry)) in compared.items():
        of = of if name.startswith(" ") else name
        if not part and "beside" not in name:
            continue
        row, less = len(labels), which == "difference"
        for values, colour, offset in ((farms - industry, INK, 0),) if less else ((farms, WITH, -0.15), (industry, GREY, 0.15)):
            point, reach = bars([shares.estimate(values, confidence(compared, part))])
            if np.isfinite(point).all():
                axes.errorbar(point, [row + offset], xerr=np.nan_to_num(reach), fmt="o", markersize=4, linewidth=1.2, color=colour)
        labels.append(of if less else f"{name.strip()}\n({of})")
    for colour, label in ((INK, "farms less industry"), (WITH, "farms"), (GREY, "industry")):
        axes.plot([], [], "o", color=colour, markersize=4, label=label)
    axes.set(title="Differences [points]; grey band: too small to count;\nintervals as wide as the rule has them", yticks=range(len(labels)))
    axes.set_yticklabels(labels, fontsize=8)
    axes.invert_yaxis()
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.06), ncol=3)


def draw_farms(shares, compared, verdict, path):
    plt.rcParams.update(STYLE)
    figure = plt.figure(figsize=(13, 10.5), layout="constrained")
    entitle(figure, "Claim 3, negotiation, regions and feelings. The model: " + verdict)
    above, below = figure.subfigures(2, 1, height_ratios=[0.8, 1])
    upper, lower = above.subplots(1, 2), below.subplots(1, 2)
    for at, branch in enumerate(BRANCHES):
        ends(upper[at], shares, branch, at == 0)
    upper[1].legend(loc="upper center", bbox_to_anchor=(0.5, -0.07), ncol=len(ENDS), handlelength=1, columnspacing=1)
    regions(lower[0], shares)
    differences(lower[1], shares, compared)
    figure.savefig(path, dpi=150)
    plt.close(figure)
