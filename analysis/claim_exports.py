"""The second claim: is industrial policy that an oil-filled fund pays for integral to more diverse, higher-value exports?

Reads the design fund_and_exports.yaml. Effects are paired differences within a replication, with 95 percent t intervals.
"""
import numpy as np

from intervals import percentile_interval, resamples, t_interval
from tables import number, printed, with_interval
from worlds import Worlds

POLICY, FUND, DUTCH, TEACHES = "industrial policy", "oil_fund_capacity", "Dutch disease", "policy teaches"
STAGES = ("raw", "intermediate", "consumer", "service")
HIGH, DIVERSE = "high-value share", "diversification"
OUTCOMES = (*STAGES, HIGH, DIVERSE)
SMALLEST = {HIGH: 1.0, DIVERSE: 0.01}  # percentage points of goods exports; 1 - HHI over sectors
HISTORY = "1"  # the fund capacity of the record
RULE = f"""\
The rule. A change counts ("yes") where its whole 95% interval lies beyond the smallest that matters, {SMALLEST[HIGH]:g} point of the
high-value share and {SMALLEST[DIVERSE]:g} of diversification; "no" where it surely is smaller or of the other sign; else "open". The claim is
supported where, at the fund of the record,
  (1) the policy raises the high-value share of goods exports,
  (2) it raises diversification,
  (3) it is integral to what the fund does: with it the fund raises the high-value share (by any amount), and without it
      by less than half as much,
and (1) and (2) hold also without Dutch disease, without teaching, and without both. Where (1) to (3) hold but not under all
of these, or only some hold, it depends. Where none holds it is not supported, or undetermined if one is open."""


class Exports:
    """Values by outcome, as (row, replication), and the contrasts between worlds."""

    def __init__(self, path):
        self.worlds = Worlds(path)
        for axis, levels in ((POLICY, ("off", "on")), (FUND, ("0", HISTORY)), (DUTCH, ("off", "on")), (TEACHES, ("off", "on"))):
            self.worlds.require(axis, *levels)
        if len(self.worlds.axes) != 4:
            raise ValueError(f"{path} has further axes than those of fund_and_exports.yaml")
        self.capacities = sorted(self.worlds.levels[FUND], key=float)
        self.of = {stage: self.worlds.values("exports_" + stage) for stage in STAGES}
        goods = self.of["raw"] + self.of["intermediate"] + self.of["consumer"]
        self.of[HIGH] = 100 * (self.of["intermediate"] + self.of["consumer"]) / goods
        self.of[DIVERSE] = self.worlds.values("export_diversification")
        self.spent = self.worlds.values("policy_spending")

    def row(self, policy, fund, dutch="on", teaches="on"):
        chosen = {POLICY: policy, FUND: fund, DUTCH: dutch, TEACHES: teaches}
        return self.worlds.rows[tuple(chosen[axis] for axis in self.worlds.axes)]

    def value(self, outcome, *world):
        return self.of[outcome][self.row(*world)]

    def policy(self, outcome, fund, *assumed):
        """What the policy does, by replication."""
        return self.value(outcome, "on", fund, *assumed) - self.value(outcome, "off", fund, *assumed)

    def fund(self, outcome, policy, fund, *assumed):
        """What a fund of that capacity does beside none."""
        return self.value(outcome, policy, fund, *assumed) - self.value(outcome, policy, "0", *assumed)

    def disease(self, outcome, policy, fund):
        return self.value(outcome, policy, fund, "on") - self.value(outcome, policy, fund, "off")

    def per_dollar(self, *assumed):
        """High-value exports that the policy adds for each dollar of it: a ratio of means over replications."""
        gained = self.policy("intermediate", HISTORY, *assumed) + self.policy("consumer", HISTORY, *assumed)
        spent = self.spent[self.row("on", HISTORY, *assumed)]
        weights = resamples(len(gained))
        with np.errstate(divide="ignore", invalid="ignore"):
            return percentile_interval(gained.sum() / spent.sum(), weights @ gained / (weights @ spent))


ASSUMED = {"as assumed": ("on", "on"), "no Dutch disease": ("off", "on"), "a policy that teaches nothing": ("on", "off"), "neither disease nor teaching": ("off", "off")}


def judged(exports):
    """What the rule asks, in words, and its answers."""
    def policy(outcome, setting):
        return t_interval(exports.policy(outcome, HISTORY, *ASSUMED[setting])).beyond(SMALLEST[outcome], 1)

    brought, alone = exports.fund(HIGH, "on", HISTORY), exports.fund(HIGH, "off", HISTORY)
    integral = {t_interval(values).beyond(0, 1) for values in (brought, brought - 2 * alone)}
    parts = {"the policy raises the high-value share of goods exports": policy(HIGH, "as assumed"),
             "the policy raises diversification": policy(DIVERSE, "as assumed"),
             "the fund without the policy brings less than half": next(answer for answer in ("no", "open", "yes") if answer in integral)}
    elsewhere = {setting: [policy(outcome, setting) for outcome in (HIGH, DIVERSE)] for setting in ASSUMED if setting != "as assumed"}
    return parts, elsewhere


def verdict(parts, elsewhere):
    """One sentence, from the answers."""
    answers = list(parts.values())
    if "yes" not in answers:
        if "open" in answers:
            return "undetermined: nothing holds surely, and something is open; more replications would tell"
        return "not supported: neither does the policy raise what the claim says, nor is it what makes the fund matter"
    missing = [("it is open whether " if answer == "open" else "it does not hold that ") + f"{part} ({answer})"
               for part, answer in parts.items() if answer != "yes"]
    if missing:
        return "depends: " + ", and ".join(missing)
    fails = [f"not {'with' if 'no' in (high, diverse) else 'surely with'} '{setting}' ({HIGH}: {high}, {DIVERSE}: {diverse})"
             for setting, (high, diverse) in elsewhere.items() if (high, diverse) != ("yes", "yes")]
    if fails:
        return "depends on assumptions: it holds as assumed, but " + "; ".join(fails)
    return "supported, under all four settings of the two assumptions"


def tables(exports):
    last, caps = exports.capacities[-1], exports.capacities
    yield "Exports over the run by stage [USD billion at 2020 prices], the high-value share of goods [%: intermediate and consumer], and\n" \
          "diversification at the end [1 - HHI over sectors]: means, as assumed", \
        printed(["fund", "policy", *OUTCOMES, "policy spending"],
                [[fund, policy, *(number(exports.value(outcome, policy, fund).mean()) for outcome in OUTCOMES),
                  number(exports.spent[exports.row(policy, fund)].mean())] for fund in caps for policy in ("off", "on")])
    yield "What the policy does at each fund (on less off), as assumed", \
        printed(["fund", *OUTCOMES], [[fund, *(with_interval(t_interval(exports.policy(outcome, fund))) for outcome in OUTCOMES)] for fund in caps])
    yield "The fund, the policy, or both: against no fund and no policy, as assumed", \
        printed(["outcome", "fund", "fund alone", "policy alone, no fund", "both", "interaction"],
                [[outcome, fund, *(with_interval(t_interval(values)) for values in (
                    exports.fund(outcome, "off", fund), exports.policy(outcome, "0"), exports.value(outcome, "on", fund) - exports.value(outcome, "off", "0"),
                    exports.policy(outcome, fund) - exports.policy(outcome, "0")))] for outcome in (HIGH, DIVERSE) for fund in caps[1:]])
    yield "What Dutch disease takes away (on less off), policy teaching as assumed", \
        printed(["fund", "policy", *OUTCOMES], [[fund, policy, *(with_interval(t_interval(exports.disease(outcome, policy, fund))) for outcome in OUTCOMES)]
                                               for fund in dict.fromkeys(("0", HISTORY, last)) for policy in ("off", "on")])
    yield f"What the policy does at the fund of the record ({HISTORY}), by what is assumed", \
        printed(["assumption", *OUTCOMES, "high-value exports per dollar"],
                [[setting, *(with_interval(t_interval(exports.policy(outcome, HISTORY, *assumed))) for outcome in OUTCOMES),
                  with_interval(exports.per_dollar(*assumed))] for setting, assumed in ASSUMED.items()])


def sentences(exports):
    """What stands beside the verdict."""
    whole = exports.policy(HIGH, HISTORY).mean()
    if exports.spent[exports.row("on", "0")].max() == 0:
        yield "Without a fund there is no industrial policy in this model, by construction: the interaction is the policy's effect, and that\n" \
              "the policy needs the fund is no finding."
    if t_interval(exports.policy(HIGH, HISTORY)).beyond(0) == "yes":
        parts = {name: (exports.policy(HIGH, HISTORY) - exports.policy(HIGH, HISTORY, *ASSUMED[setting])).mean() / whole for name, setting in
                 (("teaching", "a policy that teaches nothing"), ("what is not spent at once", "no Dutch disease"))}
        left = exports.policy(HIGH, HISTORY, *ASSUMED["neither disease nor teaching"]).mean() / whole
        yield f"Of the policy's {number(whole)} points, {parts['teaching']:.0%} are lost where it teaches nothing, {parts['what is not spent at once']:.0%} where there " \
              f"is no Dutch disease (policy\nspending is held not to appreciate the currency), and {left:.0%} are left with neither; the losses\noverlap."
    disease = t_interval(exports.disease(HIGH, "on", HISTORY))
    against = t_interval(exports.policy(HIGH, HISTORY) + exports.disease(HIGH, "off", HISTORY))
    net = {"yes": "does more than undo", "no": "does not undo", "open": "may or may not undo"}[against.beyond(0, 1)]
    yield f"At the fund of the record Dutch disease moves the high-value share by {with_interval(disease)} points with the policy; the policy {net}\n" \
          "what it takes from a world without the policy."


class Report:
    def __init__(self, path):
        self.exports = Exports(path)
        self.parts, self.elsewhere = judged(self.exports)
        self.verdict = verdict(self.parts, self.elsewhere)

    def text(self):
        lines = ["CLAIM 2. Industrial policy backed by oil-filled funds is integral to diversifying exports. "
                 f"{self.exports.worlds.runs} replications.", ""]
        for title, table in tables(self.exports):
            lines += [title, table, ""]
        lines += [*sentences(self.exports), "", RULE, ""]
        lines += [f"  {answer:8}{part}" for part, answer in self.parts.items()]
        lines += [f"  {'/'.join(answers):8}{HIGH}/{DIVERSE}: the same under: {setting}" for setting, answers in self.elsewhere.items()]
        return "\n".join([*lines, "", f"Verdict of the model: {self.verdict}."])

    def draw(self, path):
        from claims_figures import draw_exports  # which reads names of this module
        draw_exports(self.exports, self.verdict, path)
