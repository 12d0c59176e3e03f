#!/usr/bin/python3
"""Draws one talk as the textbooks do: both payoffs on the axes, the frontier, threats, offers and settlements.

    multivector negotiate scenarios/kazakhstan.yaml --json > talk.json
    analysis/negotiation.py talk.json -o talk.png

The file is what `multivector negotiate --json` says ("-" reads standard input). Nothing is simulated here.
"""
import argparse
import json
import sys
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.patheffects import withStroke

# Okabe and Ito's colours (and a dark gold), which the colour-blind can tell apart, each with a shape of its own.
INK, HOST, PARTNER, DEAL, POLITICS, OUTSIDE = "#1A1A1A", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8C6D1F"
SHAPES = ["o", "s", "D", "^", "v", "P", "X", "*", "h"]
COLOURS = ["#0072B2", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#CC79A7", "#D55E00", "#6B6B6B", "#000000"]
SIDES = ("host", "partner")
ENDINGS = {"fund": "no deal with a partner, the fund pays", "waits": "no deal, the project waits", "lapses": "no deal, the project lapses"}


def words(name):
    return name.replace("_", " ")


def read(path):
    try:
        view = json.load(sys.stdin if path == "-" else open(path, encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.exit(f"negotiation.py: cannot read {path}: {error}")
    if not isinstance(view, dict) or "main_talk" not in view:
        sys.exit(f"negotiation.py: {path} holds no talk: nobody sits at that table")
    return view


def payoffs(of):
    return of["host_payoff"], of["partner_payoff"]


def partner_where(frontier, host):
    """The partner's payoff where the host gets `host`, held to the frontier's ends."""
    for a, b in zip(frontier, frontier[1:]):
        if host <= b["host_payoff"]:
            width = b["host_payoff"] - a["host_payoff"]
            part = max(0, (host - a["host_payoff"]) / width) if width > 0 else 0
            return a["partner_payoff"] + part * (b["partner_payoff"] - a["partner_payoff"])
    return frontier[-1]["partner_payoff"]


def window(talk, shown):
    """Axis limits around what the two could agree on, and what is asked beyond it."""
    floor, required, frontier = talk["disagreement"], talk["required"], talk["frontier"]
    points = [(floor["host"], floor["partner"]), (talk["outside"]["host"], talk["outside"]["partner"])]
    points += [payoffs(point) for point in frontier
               if point["host_payoff"] >= floor["host"] and point["partner_payoff"] >= floor["partner"]] or map(payoffs, frontier)
    points += [(host, partner_where(frontier, host)) for host in (floor["host"], required["host"]) if host is not None]
    points += shown
    hosts, partners = [host for host, _ in points], [partner for _, partner in points]
    if required["partner"] is not None:
        partners.append(required["partner"])
    pad = [0.1 * (max(values) - min(values) or 1) for values in (hosts, partners)]
    return (min(hosts) - pad[0], max(hosts) + pad[0]), (min(partners) - pad[1], max(partners) + pad[1])


def lines_at(axes, point, colour, style, label):
    """A line at each side's payoff that is not missing, named once."""
    for draw, side in ((axes.axvline, "host"), (axes.axhline, "partner")):
        if point[side] is not None:
            draw(point[side], color=colour, ls=style, lw=1, zorder=1, label=label)
            label = None


def draw_set(axes, talk):
    frontier = talk["frontier"]
    axes.plot(*zip(*map(payoffs, frontier)), color=INK, lw=1.8, zorder=3, label="frontier, with its corners")
    corners = [a for a, b in zip(frontier, frontier[1:]) if a["piece"] != b["piece"]]
    axes.plot(*zip(*map(payoffs, corners)), "|", color=INK, ms=10, mew=1.4, zorder=4)
    lines_at(axes, talk["disagreement"], INK, ":", None)
    lines_at(axes, talk["outside"], OUTSIDE, "--", None)
    axes.plot(talk["disagreement"]["host"], talk["disagreement"]["partner"], "s", color=INK, ms=8, ls=":", lw=1, zorder=5,
              label="disagreement d")
    reason = {"none": "the status quo", "rival": f"{talk['rival']}'s offer", "self_finance": "self-finance",
              "waiting": "waiting"}[talk["best_alternative"]]
    axes.plot(talk["outside"]["host"], talk["outside"]["partner"], "D", color=OUTSIDE, ms=6, ls="--", lw=1, zorder=6,
              label=f"outside options o\n(the host's: {reason})")
    lines_at(axes, talk["required"], POLITICS, "-.", "what approval at home\ninsists on")
    protocol = talk["protocol"]
    if protocol and "reservation" in protocol:
        for side, colour, name in (("host", HOST, "the host"), ("partner", PARTNER, talk["partner"])):
            alone = {other: protocol["reservation"][other] if other == side else None for other in SIDES}
            lines_at(axes, alone, colour, (0, (1, 1)), f"least that {name}\nsecretly settles for")


def draw_offers(axes, talk):
    for side, name, colour, shape, at in (("host", "the host", HOST, ">", (6, 5)), ("partner", talk["partner"], PARTNER, "<", (-6, -5))):
        mine = [offer for offer in talk["offers"] if offer["by"] == side]
        for reply, filling, what in (("refused", "white", "offers"), ("accepted", colour, "offer")):
            made = [payoffs(offer) for offer in mine if offer["reply"] == reply]
            if made:
                axes.plot(*zip(*made), shape, color=colour, ms=7, mfc=filling, zorder=7, label=f"{what} of {name}, {reply}")
        last = None
        for offer in reversed(mine):  # numbers of rounds where there is room for them
            place = axes.transData.transform(payoffs(offer))
            if last is None or abs(place - last).max() > 26:
                axes.annotate(str(offer["round"]), payoffs(offer), xytext=at, textcoords="offset points", fontsize=8, color=colour,
                              ha="left" if at[0] > 0 else "right", va="bottom" if at[1] > 0 else "top", zorder=9,
                              path_effects=[withStroke(linewidth=2.5, foreground="white")])
                last = place


def draw_others(axes, view, others):
    """One mark for each place on which solutions settle, with the names of all that settle there."""
    names = list(dict.fromkeys(other["solution"] for other in view["others"]))
    corners = axes.transData.transform([payoffs(other) for other in others]) if others else []
    places = []
    for other, pixel in zip(others, corners):
        near = next((place for place in places if abs(place[0] - pixel).max() < 4), None)
        if near:
            near[1].append(other)
        else:
            places.append((pixel, [other]))
    for _, together in places:
        index = names.index(together[0]["solution"]) % len(SHAPES)
        axes.plot(*payoffs(together[0]), SHAPES[index], color=COLOURS[index], ms=7.5, mec=INK, mew=0.6, zorder=5, ls="",
                  label=textwrap.fill(", ".join(words(other["solution"]) for other in together), 30))


def subtitle(view, talk):
    solution = words(view["solution"])
    if all(other["outside_option"] for other in view["others"] if other["solution"] == view["solution"]):
        solution += f" with {words(view['outside_option'])}"
    if view["ended"] != "deal":
        return f"{solution}: {ENDINGS[view['ended']]}"
    if view["deal"]["partner"] == talk["partner"]:
        return f"{solution}: deal with {talk['partner']}"
    return f"{solution}: this talk failed, deal with {view['deal']['partner']}"


def draw(view):
    talk = view["main_talk"]
    # What the same pair would settle on under the rule in force.
    others = [other for other in view["others"]
              if other["deal_with"] == talk["partner"] and other["outside_option"] in (None, view["outside_option"])]
    deal = view["deal"] if view["deal"] and view["deal"]["partner"] == talk["partner"] else None
    plt.rcParams.update({"font.family": "DejaVu Sans", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    figure, axes = plt.subplots(figsize=(9.6, 6.2), dpi=150, layout="constrained")
    shown = [payoffs(point) for point in others + talk["offers"]]
    horizontal, vertical = window(talk, shown)
    axes.set_xlim(horizontal), axes.set_ylim(vertical)
    axes.set_xlabel("host's payoff [USD billion, present value]")
    axes.set_ylabel(f"payoff of {talk['partner']} [USD billion, present value]")
    figure.suptitle(f"{view['sector'].capitalize()}, {view['region'].replace('_', ' ')}, {int(view['year'])}: the host and "
                    f"{talk['partner']}", x=0.01, ha="left", fontsize=12, fontweight="bold")
    axes.set_title(subtitle(view, talk), loc="left", fontsize=10)
    if talk["why_no_deal"]:
        figure.supxlabel("\n".join(textwrap.wrap(talk["why_no_deal"], 118)), x=0.01, ha="left", fontsize=8.5, color=INK)
    draw_set(axes, talk)
    legend = axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9)
    figure.canvas.draw()  # puts the axes where they will be: what is near depends on it
    draw_others(axes, view, others)
    draw_offers(axes, talk)
    if deal:
        axes.plot(*payoffs(deal), "o", ms=14, mfc="none", mec=DEAL, mew=2, zorder=8, ls="", label="the deal")
    legend.remove()
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9, labelspacing=0.7)
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
