#!/usr/bin/python3
"""Holds analysis/claims.py to made-up worlds whose verdicts are known by hand, to the record, and to small real sweeps.

    tests/claims_test.py [PROGRAM]
"""
import csv
import itertools
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
from statistics import NormalDist
from unittest import mock

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "analysis"))
import claim_exports  # noqa: E402
import claim_farms  # noqa: E402
import evidence  # noqa: E402
import record  # noqa: E402
from intervals import Estimate, percentile_interval  # noqa: E402
from tables import number  # noqa: E402

SCRIPT, DESIGNS = ROOT / "analysis" / "claims.py", ROOT / "scenarios" / "designs"
PROGRAM = None
WORDS = h5py.string_dtype()
SECTORS, REGIONS = ["energy", "metals", "transport", "agriculture", "manufacturing", "chemicals"], ["North", "South"]
PARTNERS = ["China", "West"]
STATUS = ["signed", "blocked", "under_way", "suspended", "completed", "cancelled", "replaced"]
SIGNED, BLOCKED, COMPLETED, CANCELLED = (STATUS.index(name) for name in ("signed", "blocked", "completed", "cancelled"))
TICKS = 40  # ten years
WORLDS = ["mixed feelings", "friendly", "hostile", "neutral", "no variety", "opinion stands still", "feelings not at the table",
          "offices alike", "no offices", "feelings nowhere", "partners only", "partners only and a deaf table", "feelings ratify"]


def write_design(file, axes, runs):
    """Rows in the order of itertools.product, and the summary's coordinates; realisations interleave the rows."""
    rows = list(itertools.product(*axes.values()))
    file["design/axis"] = np.array(list(axes), dtype=WORDS)
    for at, name in enumerate(axes):
        levels = [row[at] for row in rows]
        file["design/row_" + name] = np.array(levels) if isinstance(levels[0], float) else np.array(levels, dtype=WORDS)
    file["summary/realization"] = np.arange(len(rows) * runs)
    file["summary/design_row"] = np.tile(np.arange(len(rows)), runs)
    file["summary/replication"] = np.repeat(np.arange(runs), len(rows))
    return rows


def write_exports(path, high, diverse=None, runs=30):
    """Goods exports of 100, of which high(policy, fund, dutch, teaches) plus shared luck are not raw; half of that is consumer's."""
    axes = {"industrial policy": ["off", "on"], "oil_fund_capacity": [0.0, 0.5, 1.0, 2.0], "Dutch disease": ["off", "on"],
            "policy teaches": ["off", "on"]}
    luck = np.random.default_rng(1)
    shared = luck.normal(0, 3, runs)
    diverse = diverse or (lambda *world: high(*world) / 100)
    with h5py.File(path, "w") as file:
        rows = write_design(file, axes, runs)
        worlds = [(policy == "on", fund, dutch == "on", teaches == "on") for policy, fund, dutch, teaches in rows]
        share = (np.array([high(*world) for world in worlds])[None, :] + shared[:, None] + luck.normal(0, 0.02, (runs, len(rows)))).ravel()
        file["summary/exports_raw"], file["summary/exports_intermediate"] = 100 - share, share / 2
        file["summary/exports_consumer"], file["summary/exports_service"] = share / 2, np.ones(len(share))
        file["summary/export_diversification"] = np.tile([diverse(*world) for world in worlds], runs) + np.repeat(shared, len(rows)) / 1000
        file["summary/policy_spending"] = np.tile([float(policy * fund) for policy, fund, _, _ in worlds], runs)


def write_farms(path, fate, runs=20, each=40, worlds=WORLDS):
    """In every realisation, branch and region `each` projects at tick 0, and one that comes too late to be followed.
    fate(world, branch, region) says how many are completed, dropped, live, blocked for good and built by the fund; a fifth of
    the realisations has one completed more, with the same luck in all worlds."""
    talks, deals = [], []
    with h5py.File(path, "w") as file:
        rows = write_design(file, {"world": worlds}, runs)
        for place, (row, run) in enumerate(zip(file["summary/design_row"][:], file["summary/replication"][:])):
            project = 0
            for (branch, sector), region in itertools.product((("farms", 3), ("industry", 4)), range(len(REGIONS))):
                completed, dropped, live, blocked, fund = fate(rows[row][0], branch, region)
                ends = [(COMPLETED, 28, 0)] * (completed + (run % 5 == 0)) + [(CANCELLED, 5, 1)] * dropped + [(COMPLETED, 29, 1)] * live + \
                    [(BLOCKED, 0, 1)] * blocked + [(COMPLETED, 9, -1)] * fund
                for at in range(each):
                    if at >= len(ends) or ends[at][2] >= 0:  # what the fund builds alone need not have been talked over
                        talks.append((place, 0, project, sector, region))
                    if at < len(ends):
                        status, ended, partner = ends[at]
                        deals.append((place, 0, project, sector, region, partner, status, ended, 0.1))
                    project += 1
                talks.append((place, TICKS - 28, project, sector, region))
                deals.append((place, TICKS - 28, project, sector, region, 0, COMPLETED, TICKS - 20, 0.1))
                project += 1
        for name, labels in (("partner", PARTNERS), ("sector", SECTORS), ("region", REGIONS)):
            file["series/" + name] = np.array(labels, dtype=WORDS)
        file["series/year"] = 2000.125 + np.arange(TICKS) / 4
        for group, names, lines in (("negotiations", ("realization", "tick", "project", "sector", "region"), talks),
                                    ("deals", ("realization", "tick", "project", "sector", "region", "partner", "status", "status_tick", "size"), deals),
                                    ("events", ("realization", "tick", "kind", "partner"), [])):
            for at, name in enumerate(names):
                file[f"{group}/{name}"] = np.array([line[at] for line in lines], dtype=float if name == "size" else np.int32)
        for group, of, words in (("deals", "status", STATUS), ("events", "kind", ["rumour", "protest"])):
            file[f"{group}/{of}"].attrs["flag_values"], file[f"{group}/{of}"].attrs["flag_meanings"] = np.arange(len(words)), " ".join(words)


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.path = str(self.folder / "made_up.h5")

    def run_script(self, *arguments):
        return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)


class Claim2(Folder):
    def report(self, high, **more):
        write_exports(self.path, high, **more)
        return claim_exports.Report(self.path)

    def test_a_policy_that_does_nothing_is_not_supported(self):
        report = self.report(lambda policy, fund, dutch, teaches: 40 + 2 * fund - 5 * dutch)
        self.assertRegex(report.verdict, "^not supported")
        self.assertNotIn("are lost", report.text())  # no parts of what may be nothing
        self.assertIn("Verdict of the model: not supported", report.text())

    def test_a_policy_that_harms_is_not_supported(self):
        self.assertRegex(self.report(lambda policy, fund, dutch, teaches: 40 + 2 * fund - 5 * policy * fund).verdict, "^not supported")

    def test_a_policy_that_works_whatever_is_assumed_is_supported(self):
        self.assertRegex(self.report(lambda policy, fund, dutch, teaches: 40 + fund + 5 * policy * fund - 5 * dutch).verdict, "^supported")

    def test_a_policy_that_works_by_teaching_alone_depends_on_that(self):
        report = self.report(lambda policy, fund, dutch, teaches: 40 + 5 * policy * fund * teaches)
        self.assertRegex(report.verdict, "^depends on assumptions: .*teaches nothing")
        self.assertNotIn("no Dutch disease", report.verdict)
        self.assertIn("100% are lost where it teaches nothing", report.text())

    def test_a_fund_that_does_as_much_without_the_policy_makes_it_no_integral_part(self):
        report = self.report(lambda policy, fund, dutch, teaches: 40 + 20 * fund + 5 * policy * fund)
        self.assertRegex(report.verdict, r"^depends: .*the fund without the policy brings less than half \(no\)")

    def test_a_policy_that_only_undoes_what_the_fund_does_harm_is_no_integral_part_of_what_it_brings(self):
        report = self.report(lambda policy, fund, dutch, teaches: 40 - 10 * fund + 5 * policy * fund)
        self.assertRegex(report.verdict, r"^depends: .*the fund without the policy brings less than half \(no\)")

    def test_a_share_that_rises_without_diversification_depends(self):
        report = self.report(lambda policy, fund, dutch, teaches: 40 + 5 * policy * fund, diverse=lambda *world: 0.7)
        self.assertRegex(report.verdict, r"^depends: .*the policy raises diversification \(no\)")

    def test_what_two_replications_cannot_tell_is_undetermined(self):
        write_exports(self.path, lambda policy, fund, dutch, teaches: 40.0, runs=2)
        with h5py.File(self.path, "r+") as file:
            for name, values in (("exports_raw", [20, 90]), ("export_diversification", [0.1, 0.9])):
                file["summary/" + name][:] = np.where(file["summary/design_row"][:] < 16, 60, np.repeat(values, 32))
        self.assertRegex(claim_exports.Report(self.path).verdict, "^undetermined")

    def test_what_is_open_is_not_said_not_to_hold(self):
        parts, elsewhere = {"it rises": "yes", "it widens": "open", "it matters": "no"}, {"as assumed": ["yes", "open"]}
        self.assertEqual(claim_exports.verdict(parts, elsewhere),
                         "depends: it is open whether it widens (open), and it does not hold that it matters (no)")
        self.assertRegex(claim_exports.verdict({"it rises": "yes"}, elsewhere), "it holds as assumed, but not surely with 'as assumed'")

    def test_effects_are_what_was_put_in(self):
        exports = self.report(lambda policy, fund, dutch, teaches: 40 + 2 * fund + 3 * policy * fund - 5 * dutch).exports
        self.assertAlmostEqual(exports.policy("high-value share", "2").mean(), 6, delta=0.05)
        self.assertAlmostEqual(exports.fund("high-value share", "off", "1").mean(), 2, delta=0.05)
        self.assertAlmostEqual(exports.disease("high-value share", "on", "1").mean(), -5, delta=0.05)
        dollar = exports.per_dollar("on", "on")  # 3 of exports for 1 of policy
        self.assertAlmostEqual(dollar.point, 3, delta=0.05)
        self.assertTrue(dollar.low < dollar.point < dollar.high)

    def test_a_fund_that_policy_needs_by_construction_is_said_to_be_no_finding(self):
        self.assertIn("is no finding", self.report(lambda *world: 40.0).text())
        with h5py.File(self.path, "r+") as file:
            file["summary/policy_spending"][:] = 1
        self.assertNotIn("is no finding", claim_exports.Report(self.path).text())

    def test_a_small_real_sweep_is_read_and_drawn(self):
        if PROGRAM is None:
            self.skipTest("no program")
        subprocess.run([PROGRAM, "sweep", DESIGNS / "fund_and_exports.yaml", "-n", "5", "--quiet", "-o", self.path], check=True, stdout=subprocess.DEVNULL)
        said = self.run_script(self.path, "-o", self.folder / "claims")
        self.assertEqual(said.stderr, "")
        self.assertEqual((self.folder / "claims_exports.png").read_bytes()[:4], b"\x89PNG")
        self.assertRegex(said.stdout, r"Verdict of the model: (supported|not supported|depends|undetermined)")
        summary = h5py.File(self.path)["summary"]  # the first row of the first table, by hand: no fund, no policy, as assumed
        row = claim_exports.Exports(self.path).row("off", "0")
        raw = summary["exports_raw"][:][summary["design_row"][:] == row].mean()
        self.assertRegex(said.stdout, rf"\n  0 +off +{re.escape(number(raw))} ")


class Claim3(Folder):
    def report(self, fate, **more):
        path = self.folder / f"farms{len(list(self.folder.iterdir()))}.h5"  # an earlier report may hold its own still
        write_farms(path, fate, **more)
        return claim_farms.Report(path)

    def test_worlds_that_do_not_differ_do_not_support_it(self):
        report = self.report(lambda world, branch, region: (20, 4, 4, 4, 4))
        self.assertRegex(report.verdict, "^not supported")
        self.assertIn("Verdict of the model: not supported", report.text())

    def test_farms_that_are_signed_less_often_hold_negotiation_and_nothing_else(self):
        report = self.report(lambda world, branch, region: (10, 5, 0, 0, 0) if branch == "farms" else (20, 10, 0, 0, 0))
        self.assertRegex(report.verdict, "^depends: negotiation makes a difference to farms, implementation and mixture do not$")

    def test_feelings_at_the_table_hold_negotiation_though_farms_are_signed_as_often_as_industry(self):
        report = self.report(lambda world, branch, region: (14 if branch == "farms" and world == "partners only and a deaf table" else 20, 10, 0, 0, 0))
        self.assertEqual(report.parts["negotiation"], {"signed, of projects, partners only, farms less industry": "no", "feelings at the table add, farms": "yes"})
        self.assertRegex(report.verdict, "^depends: negotiation makes")

    def test_what_only_the_fund_builds_is_no_matter_of_talks(self):
        for outbid, failed in ((8, 0), (0, 8), (4, 4)):  # of what the fund builds, what partners would have signed and what not
            def fate(world, branch, region):
                if branch == "industry" or world.startswith("partners only"):
                    return 28, 0, 0, 0, 0
                less = 2 * (world == "feelings not at the table")
                return 28 - outbid + less * (outbid > 0), 0, 0, 0, outbid + failed - less
            report = self.report(fate)
            away = {name: (farms - industry)[0] for name, (_, _, (farms, industry)) in report.compared.items()}
            where = f"{outbid} outbid, {failed} failed"
            self.assertAlmostEqual(away["built by the fund instead, of projects"], 20, msg=where)
            self.assertAlmostEqual(away["signed, of projects"], -100 * outbid / 40, msg=where)
            self.assertGreater(abs(away["signed, of projects that the fund did not build"]), 2, where)  # to leave them out is not enough
            self.assertEqual(list(report.parts["negotiation"].values()), ["no", "no"], where)
            self.assertRegex(report.verdict, "^not supported", where)

    def test_a_mean_office_that_speeds_work_everywhere_alike_is_no_implementation(self):
        report = self.report(lambda world, branch, region: (14, 0, 16, 0, 0) if world in ("no offices", "feelings nowhere") else (20, 0, 10, 0, 0))
        farms, industry = report.compared["  the mean office adds"][2]
        self.assertGreater(min(farms[0], industry[0]), 15)
        self.assertEqual(list(report.parts["implementation"].values()), ["no"] * 3)
        self.assertRegex(report.verdict, "^not supported")

    def test_offices_whose_variety_sets_regions_apart_or_moves_farms_hold_implementation(self):
        for shifts, alike, answers in (((4, -4), 0, ["no", "no", "yes"]), ((0, 0), -4, ["no", "yes", "no"])):
            def fate(world, branch, region):
                more = alike if world == "offices alike" else shifts[region]
                return 20 + more, 0, 10 - more, 0, 0
            report = self.report(fate)
            self.assertEqual(list(report.parts["implementation"].values()), answers)
            self.assertRegex(report.verdict, "^depends: implementation makes")

    def test_the_more_comparisons_a_part_may_hold_by_the_wider_their_intervals(self):
        drawn = np.concatenate([[3], np.random.default_rng(1).normal(3, 0.46, 100000)])  # 2.10 at 95%, 1.97 at 97.5%, 1.90 at 98.3%
        for count, answer in ((1, "yes"), (2, "open"), (3, "open")):
            compared = {str(at): ("mixture", "farms", (drawn, drawn)) for at in range(count)} | {"beside": ("", "", (drawn, drawn))}
            held = claim_farms.weighed(compared)["mixture"]
            self.assertEqual([said for _, said in held.values()], [answer] * count)
            self.assertAlmostEqual(held["0, farms"][0].low, 3 - 0.46 * NormalDist().inv_cdf(1 - 0.025 / count), delta=0.01)
            self.assertEqual(claim_farms.confidence(compared, ""), 0.95)
        text = self.report(lambda world, branch, region: (20, 4, 4, 4, 4)).text()
        self.assertEqual([len(re.findall(rf"\n  no    {part}: .* at {level}%", text)) for part, level in
                          (("negotiation", "97.5"), ("implementation", "98.3"), ("mixture", "97.5"))], [2, 3, 2])

    def test_a_variety_that_moves_farms_between_regions_holds_mixture(self):
        def fate(world, branch, region):
            shift = 0 if world == "no variety" or branch == "industry" else (4, -4)[region]
            return 20 + shift, 10 - shift, 0, 0, 0
        report = self.report(fate)
        self.assertEqual(report.parts["mixture"], {"variety of feelings adds, farms": "no", "variety of feelings sets regions apart by, farms": "yes"})
        self.assertRegex(report.verdict, "^depends: mixture makes a difference")
        spread = report.compared["  variety of feelings sets regions apart by"][2][0]
        self.assertAlmostEqual(spread[0], 10)  # 4 of 40 to either side

    def test_offices_that_slow_industry_alone_set_farms_apart(self):
        def fate(world, branch, region):
            return (20, 0, 10, 0, 0) if branch == "farms" or world == "offices alike" else (15, 0, 15, 0, 0)
        report = self.report(fate)
        self.assertEqual(report.parts["implementation"]["completed, of signed, farms less industry"], "yes")
        self.assertEqual(report.parts["implementation"]["variety of offices adds, farms"], "no")

    def test_all_three_parts_together_support_it(self):
        def fate(world, branch, region):
            if branch == "industry":
                return 20, 10, 0, 0, 0
            fewer = 8 * (world == "partners only and a deaf table")
            return 20 - fewer - 6 * (world in ("no variety", "offices alike")), 10, 6, 0, 0
        self.assertRegex(self.report(fate).verdict, "^supported")

    def test_the_five_ends_are_counted_and_sum_to_all_projects(self):
        shares = self.report(lambda world, branch, region: (12, 4, 6, 2, 8) if branch == "farms" else (20, 4, 4, 4, 4), runs=4).shares
        of = {what: shares.share(what, "projects", "mixed feelings", "farms")[0] for what in ("completed", "dropped", "delayed", "blocked",
                                                                                              "built by the fund", "not signed", "with China")}
        for what, count in (("completed", 12.25), ("dropped", 4), ("delayed", 6), ("blocked", 2), ("built by the fund", 8), ("not signed", 9.75), ("with China", 12.25)):
            self.assertAlmostEqual(of[what], 100 * count / 40, msg=what)
        self.assertEqual(shares.counts("projects", "mixed feelings", "farms").sum(axis=0).tolist(), [160, 160])  # none of those that come late
        self.assertAlmostEqual(sum(of[end] for end in claim_farms.ENDS), 100)

    def test_regions_without_projects_and_partners_without_deals_leave_gaps_not_errors(self):
        report = self.report(lambda world, branch, region: (0, 0, 0, 0, 0), runs=4)
        self.assertRegex(report.text(), r"completed, of projects +\d")
        self.assertIn("Verdict of the model", report.text())

    def test_one_replication_a_missing_world_and_another_design_are_refused_in_a_line(self):
        same = lambda world, branch, region: (20, 4, 4, 4, 4)
        refused = []
        write_farms(self.path, same, runs=1)
        refused.append(("one replication", self.run_script(self.path)))
        write_farms(self.path, same, runs=2, worlds=[name for name in WORLDS if name != "feelings nowhere"])
        refused.append(("no world 'feelings nowhere'", self.run_script(self.path)))
        with h5py.File(self.path, "w") as file:
            write_design(file, {"connectivity_demand": [0.0, 1.0]}, 3)
        refused.append(("neither the worlds", self.run_script(self.path)))
        write_exports(self.path, lambda *world: 40.0)
        refused.append(("hold the same design", self.run_script(self.path, self.path)))
        refused.append(("cannot read", self.run_script(self.path + ".nothing")))
        refused.append(("cannot read", self.run_script(self.folder)))
        with h5py.File(self.path, "w") as file:
            file["summary/net_gain"] = [1.0]
        refused.append(("does not hold the worlds", self.run_script(self.path)))
        for text, said in refused:
            self.assertEqual(said.returncode, 1, text)
            self.assertRegex(said.stderr, rf"\Aclaims\.py: [^\n]*{text}[^\n]*\n\Z")

    def test_a_small_real_sweep_is_read_and_drawn_and_its_counts_are_the_programs(self):
        if PROGRAM is None:
            self.skipTest("no program")
        subprocess.run([PROGRAM, "sweep", DESIGNS / "mixed_feelings.yaml", "-n", "3", "--record", "full", "--quiet", "-o", self.path],
                       check=True, stdout=subprocess.DEVNULL)
        said = self.run_script(self.path, "-o", self.folder / "claims")
        self.assertEqual(said.stderr, "")
        self.assertEqual((self.folder / "claims_farms.png").read_bytes()[:4], b"\x89PNG")
        paths = claim_farms.Shares(claim_farms.Paths(self.path)).paths
        summary = h5py.File(self.path)["summary"]
        farms, place = SECTORS.index("agriculture"), paths.worlds.place
        self.assertTrue((paths.count["signed"][:, :, 0].sum(axis=2) <= summary["signed_by_sector"][:][place][:, :, farms]).all())
        self.assertTrue((paths.count["projects"][:, :, 0] == paths.count["projects"][:1, :, 0]).all())  # the same luck in every world
        alone = paths.count["built by the fund"].sum(axis=(1, 2, 3))
        self.assertTrue(all((count == 0) == name.startswith("partners only") for name, count in zip(paths.names, alone)), alone)
        for world in paths.names:
            self.assertRegex(said.stdout, rf"\n  {re.escape(world)} +\d")

    def mean_by_farms(self, pattern):
        """Of what the pattern finds in each region of the baseline, weighted by farm output."""
        with open(ROOT / "scenarios" / "data" / "oblasts.csv", encoding="utf-8") as stream:
            farmed = {row["variable"]: float(row["value"]) for row in csv.DictReader(stream) if row["variable"].startswith("agri_gva_share_")}
        blocks = re.split(r"\n  (?=[A-Z]\w+:\n    population)", (ROOT / "scenarios" / "kazakhstan_regions.yaml").read_text())[1:]
        found = {block.split(":")[0]: float(re.search(pattern, block).group(1)) for block in blocks}
        self.assertEqual(len(found), len(farmed))
        return sum(farmed["agri_gva_share_" + name] * value for name, value in found.items()) / sum(farmed.values())

    def mean_attitude(self, partner, who):
        return self.mean_by_farms(rf"\n      {partner}:.*?\n +(?:.*\n +)?{who}: {{value: ([-\d.]+)")

    def test_no_variety_is_the_mean_of_the_regions_as_the_baseline_has_them(self):
        design = (DESIGNS / "mixed_feelings.yaml").read_text()
        for who in ("public", "elite"):
            mean = self.mean_attitude("China", who)
            said = float(re.search(rf"no variety: .*China\.{who}: ([-\d.]+)", design).group(1))
            self.assertAlmostEqual(said, mean, delta=0.002, msg=f"{who}: write {mean:.3f} into mixed_feelings.yaml")

    def test_offices_alike_are_the_mean_of_the_regions_offices_and_change_nothing_else(self):
        regions = (ROOT / "scenarios" / "kazakhstan_regions.yaml").read_text()
        partners = re.search(r"\npartners: \{(.*)\}\n", regions).group(1).replace(": {}", "").split(", ")
        means = {"regions.*.capacity": self.mean_by_farms(r"\n    capacity: {value: ([-\d.]+)")}
        means |= {f"regions.*.attitudes.{partner}.elite": self.mean_attitude(partner, "elite") for partner in partners}
        block = re.search(r"\n    offices alike:\n((?:      .*\n)+)", (DESIGNS / "mixed_feelings.yaml").read_text()).group(1)
        said = {name.strip(): float(value) for name, value in (line.split(": ") for line in block.splitlines())}
        self.assertEqual(set(said), set(means))
        for name, mean in means.items():
            self.assertAlmostEqual(said[name], mean, delta=0.002, msg=f"{name}: write {mean:.3f} into mixed_feelings.yaml")


class Record(Folder):
    def sides(self, claim):
        return {one.text: one.favours for one in evidence.items(claim)}

    def side_of(self, claim, words):
        found = [(text, side) for text, side in self.sides(claim).items() if words in text]
        self.assertEqual(len(found), 1, words)
        return found[0]

    def test_items_say_what_the_data_say(self):
        for claim, words, favours in (("exports", "fell from 22.6% to 18.4%", False), ("exports", "processing rose from 15.2% to 27.5%", True),
                                      ("exports", "fuel rose from 0.1% to 58.3% of exports to China", False),
                                      ("farms", "transport, which the corridor is about, has 6.7%", False), ("farms", "7 of 51 projects", True),
                                      ("whole", "73% of Chinese official commitments", False), ("whole", "never above 6.4%", True)):
            self.assertEqual(self.side_of(claim, words)[1], favours, words)

    def test_an_item_changes_sides_when_its_figures_do(self):
        true = record.value

        def otherwise(file, variable, when):
            return 10.0 if (variable, when) == ("large_share_processing", "2013-2021") else true(file, variable, when)
        with mock.patch.object(record, "value", otherwise):
            self.assertEqual(self.side_of("exports", "processing"), ("processing fell from 15.2% to 10% of the value of large Chinese projects, "
                                                                     "2002-12 to 2013-21", False))

    def test_every_item_has_its_source_and_stands_on_one_side(self):
        for claim in evidence.CLAIMS:
            found = evidence.items(claim)
            printed = re.sub(r"\s+", " ", evidence.side_by_side(found))
            self.assertIn(f"for ({sum(one.favours for one in found)})", printed)
            self.assertIn(f"against ({sum(not one.favours for one in found)})", printed)
            for one in found:
                self.assertRegex(one.source, r"^\w+\.csv: \w")

    def test_what_was_recalled_is_not_passed_off_as_read_and_every_file_of_an_item_is_named(self):
        found = {one.text: one.source for claim in evidence.CLAIMS for one in evidence.items(claim)}
        source, = (source for text, source in found.items() if text.startswith("debt to China"))
        self.assertRegex(source, ", recalled$")
        source, = (source for text, source in found.items() if text.startswith("of the answers to protest"))
        self.assertRegex(source, r"^sentiment_protest\.csv: bne IntelliNews and Financial Times, recalled; events\.csv: RFE/RL$")
        self.assertLess(sum("recalled" in source for source in found.values()), len(found) / 2)

    def test_without_results_the_record_alone_is_printed(self):
        said = self.run_script()
        self.assertEqual((said.returncode, said.stderr), (0, ""))
        self.assertEqual(said.stdout.count("against ("), 3)
        self.assertNotIn("Verdict", said.stdout)

    def test_an_interval_counts_only_as_a_whole(self):
        self.assertEqual([Estimate(2, low, high).beyond(1, sign) for low, high, sign in
                          ((1.5, 3, 0), (1.5, 3, -1), (0.5, 3, 0), (-0.5, 0.5, 0), (-3, -1.5, 0), (-3, -1.5, 1), (float("nan"), 1, 0))],
                         ["yes", "no", "open", "no", "yes", "no", "open"])

    def test_an_interval_is_as_wide_as_its_level_and_none_where_more_is_undefined_than_it_leaves_out(self):
        drawn = np.arange(1001.0)
        for level, low, high in ((0.95, 25, 975), (0.9, 50, 950)):
            one = percentile_interval(500, drawn, level)
            self.assertAlmostEqual(one.low, low)
            self.assertAlmostEqual(one.high, high)
        drawn[:70] = np.nan
        self.assertTrue(np.isfinite(percentile_interval(500, drawn, 0.9).low))
        self.assertTrue(np.isnan(percentile_interval(500, drawn, 0.95).low))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    unittest.main()
