#!/usr/bin/python3
"""Draws one talk as the textbooks do: both payoffs on the axes, the frontier, threats, offers and settlements.

    multivector negotiate scenarios/kazakhstan.yaml --json > talk.json
    analysis/negotiation.py talk.json -o talk.png

The file is what `multivector negotiate --json` says ("-" reads standard input). Nothing is simulated here.
"""
import argparse
import json
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

# Okabe and Ito's colours, which the colour-blind can tell apart, each with a shape of its own.
INK, FAINT, HOST, PARTNER, DEAL = "#1A1A1A", "#BFBFBF", "#0072B2", "#D55E00", "#009E73"
SHAPES = ["o", "s", "D", "^", "v", "P", "X", "*", "<"]
COLOURS = ["#0072B2", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#CC79A7", "#D55E00", "#6B6B6B", "#000000"]


def words(name):
    return name.replace("_", " ")


def read(path):
    try:
        view = json.load(sys.stdin if path == "-" else open(path, encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.exit(f"negotiation.py: cannot read {path}: {error}")
    if not isinstance(view, dict) or "main_talk" not in view:
        sys.exit(f"negotiation.py: {path} holds no talk: nobody could settle with the host there")
    return view


def window(talk, others):
    """Axis limits around what the two could agree on."""
    floor = talk["disagreement"]
    shown = [(floor["host"], floor["partner"]), (talk["outside"]["host"], talk["outside"]["partner"])]
    shown += [(point["host_payoff"], point["partner_payoff"]) for point in talk["frontier"]
              if point["host_payoff"] >= floor["host"] and point["partner_payoff"] >= floor["partner"]]
    hosts, partners = [host for host, _ in shown], [partner for _, partner in shown]
    hosts += [other["host_payoff"] for other in others]
    partners += [other["partner_payoff"] for other in others]
    pad = [0.12 * (max(values) - min(values) or 1) for values in (hosts, partners)]
    return (min(hosts) - pad[0], max(hosts) + pad[0]), (min(partners) - pad[1], max(partners) + pad[1])


def draw_set(axes, talk):
    frontier = talk["frontier"]
    axes.plot([point["host_payoff"] for point in frontier], [point["partner_payoff"] for point in frontier], color=INK, lw=1.8, zorder=3)
    corners = [a for a, b in zip(frontier, frontier[1:]) if a["piece"] != b["piece"]]
    axes.plot([point["host_payoff"] for point in corners], [point["partner_payoff"] for point in corners], "|", color=INK, ms=9, zorder=4)
    for name, colour, style in (("disagreement", INK, ":"), ("outside", PARTNER, "--")):
        threat = talk[name]
        axes.axvline(threat["host"], color=colour, ls=style, lw=0.9, zorder=1)
        axes.axhline(threat["partner"], color=colour, ls=style, lw=0.9, zorder=1)
    axes.plot(talk["disagreement"]["host"], talk["disagreement"]["partner"], "s", color=INK, ms=7, zorder=5,
              label="disagreement d")
    reason = "" if talk["best_alternative"] == "none" else f": {words(talk['best_alternative'])}"
    axes.plot(talk["outside"]["host"], talk["outside"]["partner"], "D", color=PARTNER, ms=7, zorder=5,
              label=f"outside options o (host's{reason})")


def draw_offers(axes, talk, host, partner):
    for side, colour, shape in ((host, HOST, ">"), (partner, PARTNER, "<")):
        mine = [offer for offer in talk["offers"] if (offer["by"] == "host") == (side == host)]
        if not mine:
            continue
        axes.plot([offer["host_payoff"] for offer in mine], [offer["partner_payoff"] for offer in mine], shape, color=colour, ms=6,
                  mfc="white", zorder=6, label=f"offers of {side}")
        for offer in mine:
            axes.annotate(str(offer["round"]), (offer["host_payoff"], offer["partner_payoff"]), xytext=(5, 5),
                          textcoords="offset points", fontsize=7.5, color=colour)


def draw_others(axes, view, others):
    names = list(dict.fromkeys(other["solution"] for other in view["others"]))
    for other in others:
        index = names.index(other["solution"])
        axes.plot(other["host_payoff"], other["partner_payoff"], SHAPES[index % len(SHAPES)], color=COLOURS[index % len(COLOURS)], ms=7,
                  mec=INK, mew=0.6, alpha=0.9, zorder=5, label=words(other["solution"]))


def draw(view):
    talk = view["main_talk"]
    # What the same pair would settle on under the rule in force.
    others = [other for other in view["others"]
              if other["deal_with"] == talk["partner"] and other["outside_option"] == view["outside_option"]]
    plt.rcParams.update({"font.family": "DejaVu Sans", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    figure, axes = plt.subplots(figsize=(9.6, 6.2), dpi=150, layout="constrained")
    draw_set(axes, talk)
    draw_others(axes, view, others)
    draw_offers(axes, talk, "the host", talk["partner"])
    deal = view["deal"]
    if deal and deal["partner"] == talk["partner"]:
        axes.plot(deal["host_payoff"], deal["partner_payoff"], "o", ms=15, mfc="none", mec=DEAL, mew=2, zorder=7, label="the deal")
    horizontal, vertical = window(talk, others)
    axes.set_xlim(horizontal), axes.set_ylim(vertical)
    axes.set_xlabel("host's payoff [USD billion, present value]")
    axes.set_ylabel(f"payoff of {talk['partner']} [USD billion, present value]")
    ending = (f"deal with {deal['partner']}" if deal else "no deal with a partner")
    figure.suptitle(f"{view['sector'].capitalize()}, {view['region'].replace('_', ' ')}, {int(view['year'])}: the host and "
                    f"{talk['partner']}", x=0.01, ha="left", fontsize=12, fontweight="bold")
    axes.set_title(f"{words(view['solution'])} with {words(view['outside_option'])}: {ending}", loc="left", fontsize=10)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9)
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("talk", help="what `multivector negotiate --json` wrote; - for standard input")
    parser.add_argument("-o", "--output", default="talk.png", help="the figure; its ending says the format")
    arguments = parser.parse_args()
    figure = draw(read(arguments.talk))
    try:
        figure.savefig(arguments.output)
    except (OSError, ValueError) as error:
        sys.exit(f"negotiation.py: cannot write {arguments.output}: {error}")


if __name__ == "__main__":
    main()
