"""The third claim: do negotiation by the state, implementation in the regions and mixed feelings about China make a path of
their own, and for farms?

Reads the design mixed_feelings.yaml, swept with --record full. Shares are ratios of sums over replications, in percent;
their differences are paired, the same luck in every world, with intervals of the bootstrap over replications: of 95 percent,
and for the verdict, where a part of the claim may hold by any of several comparisons, wider by Bonferroni.
"""
import numpy as np

from farm_paths import ALSO, BRANCHES, ENDS, LEFT, YEARS, Paths
from intervals import percentile_interval, resamples
from tables import number, printed, with_interval

MIXED, DEAF, ALIKE, NOWHERE, EVEN, STILL = ("mixed feelings", "feelings not at the table", "offices alike", "feelings nowhere",
                                             "no variety", "opinion stands still")
NO_OFFICES, PARTNERS, PARTNERS_DEAF = "no offices", "partners only", "partners only and a deaf table"
WARM, COLD, NEUTRAL, RATIFY = "friendly", "hostile", "neutral", "feelings ratify"
SMALLEST = 2.0  # percentage points
TIMES = 4000  # samples of the bootstrap: 33 beyond either edge of the widest interval
RULE = f"""\
The rule. A difference counts ("yes") where its whole interval lies beyond {SMALLEST:g} percentage points, "no" where it lies within them,
else "open". The claim has three parts, and each holds where any of its comparisons counts. Because any of k may do, the intervals
in a part are not of 95% but of 1 - 0.05/k (Bonferroni), and are printed with the answers:
  negotiation      farms are signed more or less often than industry, or are signed otherwise when feelings are kept from
                   the table: both where the fund builds nothing alone ({PARTNERS}), so that no project it would have built
                   counts for or against the talks;
  implementation   signed farms are completed more or less often than signed industry, or otherwise when every region has the
                   mean office, or offices set regions apart (standard deviation between regions of what their variety does
                   to that); what the mean office does, beside none, does not count;
  mixture          farms fare otherwise (completed, of all projects) when every region has the mean feeling, or the variety
                   of feelings sets regions apart in that.
It is supported where all three hold, and not where none does and none is open; where some hold it depends on those."""


class Shares:
    def __init__(self, paths):
        self.paths = paths
        half = paths.runs // 2
        self.halves = np.arange(paths.runs) < half, np.arange(paths.runs) >= half
        self.weights = resamples(paths.runs, TIMES)
        self.half_weights = [np.zeros((len(self.weights), paths.runs)) for _ in self.halves]
        for side, (inside, weights) in enumerate(zip(self.halves, self.half_weights)):
            weights[:, inside] = resamples(int(inside.sum()), TIMES, seed=2 + side)

    def counts(self, what, world, branch):
        """(replication, region)."""
        return self.paths.count[what][self.paths.world(world), :, list(BRANCHES).index(branch)]

    def share(self, top, bottom, world, branch):
        """In percent: the figure, then each sample of the bootstrap."""
        a, b = (self.counts(what, world, branch).sum(axis=1) for what in (top, bottom))
        with np.errstate(divide="ignore", invalid="ignore"):
            return 100 * np.concatenate([[a.sum() / b.sum()], (self.weights @ a) / (self.weights @ b)])

    def spread(self, top, bottom, branch, world, other=None):
        """Standard deviation between regions, in points, of the share in a world or of how it differs from another's, weighted
        by their projects. Luck, which halves of the replications do not share, is taken out, so that it may come out below zero."""
        size = self.counts(bottom, world, branch).sum(axis=0)

        def shares(weights, of):
            with np.errstate(divide="ignore", invalid="ignore"):
                return 100 * (weights @ self.counts(top, of, branch)) / (weights @ self.counts(bottom, of, branch))

        def deviation(*halves):
            x, y = (shares(weights, world) - (shares(weights, other) if other else 0) for weights in halves)
            there = np.isfinite(x) & np.isfinite(y)
            w = np.where(there, size, 0)
            with np.errstate(divide="ignore", invalid="ignore"):
                w = w / w.sum(axis=-1, keepdims=True)
                x, y = np.where(there, x, 0), np.where(there, y, 0)
                together = (w * x * y).sum(axis=-1) - (w * x).sum(axis=-1) * (w * y).sum(axis=-1)
            return np.sign(together) * np.sqrt(np.abs(together))

        return np.concatenate([deviation(*(inside[None, :].astype(float) for inside in self.halves)), deviation(*self.half_weights)])

    @staticmethod
    def estimate(values, level=0.95):
        return percentile_interval(values[0], values[1:], level)


def comparisons(shares):
    """{name: (part of the claim, what of it counts, (farms, industry))}."""
    def level(top, bottom, world=MIXED):
        return [shares.share(top, bottom, world, branch) for branch in BRANCHES]

    def moved(top, bottom, other, one=MIXED):
        return [shares.share(top, bottom, one, branch) - shares.share(top, bottom, other, branch) for branch in BRANCHES]

    def spread(top, bottom, other=None):
        return [shares.spread(top, bottom, branch, MIXED, other) for branch in BRANCHES]

    signed, completed, whole, china = ("signed", "projects"), ("completed", "signed"), ("completed", "projects"), ("with China", "projects")
    return {
        "signed, of projects": ("", "", level(*signed)),
        "  feelings at the table add": ("", "", moved(*signed, DEAF)),
        "  feelings about China add": ("", "", moved(*signed, NEUTRAL)),
        "built by the fund instead, of projects": ("", "", level("built by the fund", "projects")),
        "signed, of projects that the fund did not build": ("", "", level("signed", LEFT)),
        f"signed, of projects, {PARTNERS}": ("negotiation", "difference", level(*signed, PARTNERS)),
        "  feelings at the table add ": ("negotiation", "farms", moved(*signed, PARTNERS_DEAF, PARTNERS)),
        "blocked at least once, of projects": ("", "", level("blocked", "projects")),
        "  feelings that ratify add": ("", "", moved("blocked", "projects", DEAF, RATIFY)),
        "completed, of signed": ("implementation", "difference", level(*completed)),
        "  variety of offices adds": ("implementation", "farms", moved(*completed, ALIKE)),
        "  variety of offices sets regions apart by": ("implementation", "spread", spread(*completed, ALIKE)),
        "  the mean office adds": ("", "", moved(*completed, NO_OFFICES, ALIKE)),
        "  regions are apart by": ("", "", spread(*completed)),
        "completed, of projects": ("", "", level(*whole)),
        "  variety of feelings adds": ("mixture", "farms", moved(*whole, EVEN)),
        "  variety of feelings sets regions apart by": ("mixture", "spread", spread(*whole, EVEN)),
        "  regions are apart by ": ("", "", spread(*whole)),
        "  all friendly, beside all hostile": ("", "", moved(*whole, COLD, WARM)),
        "  opinion that moves adds": ("", "", moved(*whole, STILL)),
        "  all that feelings and offices do": ("", "", moved(*whole, NOWHERE)),
        "signed with China, of projects": ("", "", level(*china)),
        "  variety of feelings adds ": ("", "", moved(*china, EVEN)),
        "  all friendly, beside all hostile ": ("", "", moved(*china, COLD, WARM)),
    }


def confidence(compared, part):
    """Of the intervals in a part that holds by any of its comparisons (Bonferroni)."""
    return 1 - 0.05 / max(1, sum(of == part for of, _, _ in compared.values() if of))


def weighed(compared):
    """{part: {comparison: (interval, answer)}}; of some comparisons it is farms that count, of some how they differ from industry."""
    parts = {"negotiation": {}, "implementation": {}, "mixture": {}}
    for name, (part, which, (farms, industry)) in compared.items():
        if part:
            held = Shares.estimate(farms - industry if which == "difference" else farms, confidence(compared, part))
            parts[part][f"{name.strip()}{', farms less industry' if which == 'difference' else ', farms'}"] = \
                held, held.beyond(SMALLEST, 1 if which == "spread" else 0)
    return parts


def verdict(parts):
    held = [part for part, answers in parts.items() if "yes" in answers.values()]
    unknown = [part for part, answers in parts.items() if part not in held and "open" in answers.values()]
    missing = [part for part in parts if part not in held and part not in unknown]
    if len(held) == len(parts):
        return "supported: negotiation, implementation and mixture each make a difference to farms"
    if held:
        return f"depends: {' and '.join(held)} make{'s' if len(held) == 1 else ''} a difference to farms" + \
            (f", {' and '.join(missing)} do{'es' if len(missing) == 1 else ''} not" if missing else "") + \
            (f", {' and '.join(unknown)} cannot be told from so many replications" if unknown else "")
    if unknown:
        return f"undetermined: {' and '.join(unknown)} cannot be told from so many replications, and nothing else holds"
    return "not supported: neither negotiation nor implementation nor mixture makes a difference to farms"


def sentences(shares, compared):
    """What stands beside the verdict."""
    signed, completed, whole = ([shares.share(top, bottom, MIXED, branch) for branch in BRANCHES]
                                for top, bottom in (("signed", "projects"), ("completed", "signed"), ("completed", "projects")))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = [with_interval(Shares.estimate(farms / industry)) for farms, industry in (whole, signed, completed)]
    yield f"Where farms part from industry: of all projects they complete {ratio[0]} times as many, which is {ratio[1]} times in\n" \
          f"being signed by {ratio[2]} times in being completed once signed."

    def difference(name):
        farms, industry = compared[name][2]
        return with_interval(Shares.estimate(farms - industry))

    signs, builds, closed = (difference(name) for name in ("signed, of projects", "built by the fund instead, of projects", f"signed, of projects, {PARTNERS}"))
    yield f"Farms less industry, in points: partners sign {signs}, and the fund builds alone {builds},\n" \
          f"which is open to small projects only; where it builds nothing alone, partners sign {closed}."
    farms = [with_interval(Shares.estimate(compared[name][2][0])) for name in ("  all friendly, beside all hostile", "  variety of feelings adds")]
    yield f"All regions friendly rather than hostile moves completed farms by {farms[0]} points, the variety of feelings at the same mean by\n" \
          f"{farms[1]}."


def fate(shares, branch):
    """What becomes of a hundred projects, by world, and how many are blocked at least once or signed with China."""
    return [[world, number(shares.counts("projects", world, branch).sum() / shares.paths.runs),
             *(number(shares.share(what, "projects", world, branch)[0]) for what in (*ENDS, *ALSO))] for world in shares.paths.names]


def by_region(shares, branch):
    lines = []
    for at, region in enumerate(shares.paths.regions):
        cells = []
        for world in (MIXED, EVEN, ALIKE, WARM, COLD):
            n = {what: shares.counts(what, world, branch)[:, at].sum() for what in ("projects", "signed", "blocked", "delayed", "completed")}
            if world == MIXED:
                cells += [number(n["projects"] / shares.paths.runs)]
                cells += [number(100 * n[what] / n["projects"]) if n["projects"] else "-" for what in ("signed", "blocked", "delayed", "completed")]
            else:
                cells += [f"{number(100 * n['signed'] / n['projects'])}, {number(100 * n['completed'] / n['projects'])}" if n["projects"] else "-"]
        lines.append([region.replace("_", " "), *cells])
    return lines


class Report:
    def __init__(self, path):
        self.shares = Shares(Paths(path))
        self.compared = comparisons(self.shares)
        self.weighed = weighed(self.compared)
        self.parts = {part: {name: answer for name, (_, answer) in of.items()} for part, of in self.weighed.items()}
        self.verdict = verdict(self.parts)

    def text(self):
        paths = self.shares.paths
        lines = ["CLAIM 3. State-level negotiation, sub-national implementation and mixed feelings about China give a nuanced path; the "
                 f"case of farms.\n{paths.runs} replications of {len(paths.names)} worlds. Projects are followed for {YEARS} years from their first table.", ""]
        for branch in BRANCHES:
            lines += [f"What becomes of {branch} [% of projects]: five ends, which sum to 100; blocked at least once; signed with China",
                      printed(["world", "projects a run", *ENDS, *ALSO], fate(self.shares, branch)), ""]
        lines += ["Farms by region [% of projects]: with mixed feelings; then signed, completed in four other worlds",
                  printed(["region", "projects a run", "signed", "blocked", "delayed", "completed", EVEN, ALIKE, WARM, COLD],
                          by_region(self.shares, "farms")), "",
                  f"Comparisons [percentage points, 95% intervals] in the world of {MIXED}, unless another is named, or with another; completed:\n"
                  f"within {YEARS} years. "
                  "Regions are apart by a standard deviation between them less what luck makes of it: below zero where luck alone would do",
                  printed(["", "farms", "industry", "farms less industry"],
                          [[name, *(with_interval(Shares.estimate(values)) for values in (farms, industry, farms - industry))]
                           for name, (_, _, (farms, industry)) in self.compared.items()]), "",
                  *sentences(self.shares, self.compared), "", RULE, ""]
        lines += [f"  {answer:6}{part}: {name}: {with_interval(held)} at {100 * confidence(self.compared, part):.1f}%"
                  for part, of in self.weighed.items() for name, (held, answer) in of.items()]
        return "\n".join([*lines, "", f"Verdict of the model: {self.verdict}."])

    def draw(self, path):
        from claims_figures import draw_farms  # which reads names of this module
        draw_farms(self.shares, self.compared, self.verdict, path)
