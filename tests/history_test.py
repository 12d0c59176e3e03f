#!/usr/bin/python3
"""Holds analysis/history.py to made-up histories whose patterns are known by hand, and to a real one.

    tests/history_test.py [PROGRAM]
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "analysis"))
import patterns  # noqa: E402
import record  # noqa: E402

SCRIPT = ROOT / "analysis" / "history.py"
PROGRAM = None
YEARS = np.repeat(np.arange(1995, 2024), 4)
PARTNERS, SECTORS = ["China", "West"], ["energy", "metals", "transport", "agriculture", "manufacturing", "chemicals"]
STATUS = ["signed", "blocked", "under_way", "suspended", "completed", "cancelled", "replaced"]
KINDS = ["rumour", "protest", "large_protest", "concession"]


def tick_of(year, quarter=0):
    return (year - 1995) * 4 + quarter


def history(path, series=None, deals=(), events=(), seeds=2):
    """A full record: series that are not given are flat; deals are (seed, tick, status, status_tick, partner, sector, size)."""
    flat = {name: np.ones((seeds, len(YEARS))) for name in ("oil_price", "fund", "fund_to_gdp", "transit", "deals_live", "replaced",
                                                           "oil_share_of_gdp", "gdp")}
    flat |= {name: np.ones((seeds, len(YEARS), 2)) for name in ("equity_by_partner", "debt_by_partner")}
    flat["exports_by_sector"] = np.ones((seeds, len(YEARS), len(SECTORS)))
    with h5py.File(path, "w") as file:
        file["summary/realization"] = np.arange(seeds)
        for name, labels in (("partner", PARTNERS), ("sector", SECTORS)):
            file["series/" + name] = np.array(labels, dtype=h5py.string_dtype())
        file["series/year"] = YEARS + np.tile([0.125, 0.375, 0.625, 0.875], 29)
        for name, values in (flat | (series or {})).items():
            file["series/" + name] = values
        for group, columns, rows, words, of in (
                ("deals", ("realization", "tick", "status", "status_tick", "partner", "sector", "size"), deals, STATUS, "status"),
                ("events", ("realization", "tick", "kind", "partner"), events, KINDS, "kind")):
            for place, name in enumerate(columns):
                file[f"{group}/{name}"] = np.array([row[place] for row in rows], dtype=float if name == "size" else np.int32)
            file[f"{group}/{of}"].attrs["flag_values"] = np.arange(len(words))
            file[f"{group}/{of}"].attrs["flag_meanings"] = " ".join(words)


class HistoryTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = str(pathlib.Path(self.folder.name) / "history.h5")

    def simulated(self, number, **made_up):
        history(self.path, **made_up)
        seeds = patterns.Seeds(self.path)
        return next(pattern for pattern in patterns.PATTERNS if pattern.number == number).simulated(seeds)

    def test_the_fund_that_saves_what_the_price_brings_moves_with_it_and_one_that_saves_the_opposite_against_it(self):
        price = np.random.default_rng(1).gamma(5, 10, (2, 29)).repeat(4, axis=1)
        fund = np.cumsum(price * np.array([[1], [-1]]), axis=1) + 1e6
        np.testing.assert_allclose(self.simulated("1", series={"oil_price": price, "fund": fund}), [1, -1])

    def test_the_fund_peaks_so_many_years_after_the_price_and_falls_to_its_least_within_eight(self):
        price, share = np.ones((2, 116)), np.ones((2, 116))
        price[:, YEARS == 2010] = 9
        share[0, YEARS == 2012], share[1, YEARS == 2013] = 4, 5
        share[1, YEARS == 2022] = 0.1  # the ninth year does not count
        made_up = {"series": {"oil_price": price, "fund_to_gdp": share}}
        np.testing.assert_allclose(self.simulated("2a", **made_up), [2, 3])
        np.testing.assert_allclose(self.simulated("2b", **made_up), [1 / 4, 1 / 5])

    def test_levels_are_those_of_their_years(self):
        share, oil, product = np.ones((2, 116)), np.ones((2, 116)), np.ones((2, 116))
        share[1, YEARS == 2016], share[1, YEARS == 1999] = 3, 9  # there is no fund in 1999
        oil[:, YEARS < 2010] = 9
        product[1, YEARS == 2019] = 7
        np.testing.assert_allclose(self.simulated("2c", series={"fund_to_gdp": share}), [1, 3])
        np.testing.assert_allclose(self.simulated("8b", series={"oil_share_of_gdp": oil}), [1, 1])
        np.testing.assert_allclose(self.simulated("8c", series={"gdp": product}), [1, 7])

    def test_transit_that_doubles_every_second_year_grows_by_the_root_of_two(self):
        transit = np.tile(2.0 ** ((YEARS - 1995) / 2), (2, 1))
        np.testing.assert_allclose(self.simulated("3a", series={"transit": transit}), 2**0.5 - 1)

    def test_completed_within_seven_years_by_number_and_by_value(self):
        china, west, done, blocked = 0, 1, STATUS.index("completed"), STATUS.index("blocked")
        deals = [(0, tick_of(2013), done, tick_of(2020), china, 1, 1.0), (0, tick_of(2013), done, tick_of(2020, 1), china, 1, 1.0),
                 (0, tick_of(2016, 3), 2, tick_of(2017), china, 1, 2.0), (0, tick_of(2014), blocked, tick_of(2014), china, 1, 9.0),
                 (0, tick_of(2014), done, tick_of(2015), west, 1, 9.0), (0, tick_of(2012, 3), done, tick_of(2014), china, 1, 9.0)]
        np.testing.assert_allclose(self.simulated("5a", deals=deals), [1 / 3, np.nan])
        np.testing.assert_allclose(self.simulated("5b", deals=deals), [1 / 3 - 1 / 4, np.nan])

    def test_deals_are_replaced_in_a_year_of_those_with_china_that_live_in_its_middle(self):
        china, west, done, gone = 0, 1, STATUS.index("completed"), STATUS.index("replaced")
        deals = [(0, tick_of(2013), gone, tick_of(2015), china, 1, 1.0), (0, tick_of(2014, 2), done, tick_of(2016), china, 1, 1.0),
                 (0, tick_of(2013), gone, tick_of(2014), west, 1, 1.0), (0, tick_of(2012), STATUS.index("blocked"), tick_of(2012), china, 1, 1.0)]
        # Two middles (2013, 2014) for the first, one (2015) for the second.
        np.testing.assert_allclose(self.simulated("6", deals=deals), [1 / 3, np.nan])

    def test_a_protest_is_heard_when_a_concession_follows_within_a_year(self):
        large, won = KINDS.index("large_protest"), KINDS.index("concession")
        events = [(0, tick_of(2000), large, 0), (0, tick_of(2001), won, 0), (0, tick_of(2010), large, 0), (0, tick_of(2011, 1), won, 0),
                  (0, tick_of(2010, 2), large, 1)]
        np.testing.assert_allclose(self.simulated("9a", events=events), [2 / 29, 0])
        np.testing.assert_allclose(self.simulated("9b", events=events), [1 / 2, np.nan])

    def test_farms_are_held_against_industry_by_what_was_signed_seven_years_before_the_end(self):
        done, farm, mill = STATUS.index("completed"), SECTORS.index("agriculture"), SECTORS.index("manufacturing")
        deals = [(0, 0, done, 4, 0, farm, 1.0), (0, 0, 2, 4, 0, farm, 1.0), (0, 0, done, 4, 0, mill, 1.0), (0, 0, done, 4, -1, farm, 1.0),
                 (0, tick_of(2017), done, tick_of(2018), 0, farm, 1.0)]
        np.testing.assert_allclose(self.simulated("10", deals=deals), [1 / 2, np.nan])

    def test_what_is_on_record_is_what_the_sources_say(self):
        observed = {pattern.number: pattern.observed() for pattern in patterns.PATTERNS}
        self.assertAlmostEqual(observed["5a"], 20 / 52)
        self.assertAlmostEqual(observed["5b"], 20 / 52 - 4.453 / 21.1)
        self.assertAlmostEqual(observed["6"], 7 / 51)
        self.assertAlmostEqual(observed["4a"], 0.036)
        self.assertEqual(observed["2a"], 2016 - 2011)
        self.assertAlmostEqual(observed["2c"], 0.446)
        self.assertAlmostEqual(observed["8b"], 0.2057, 4)
        self.assertAlmostEqual(observed["8c"], 181.67 * 1.0123, delta=0.5)
        self.assertAlmostEqual(observed["7a"], (53.48 - 58.26) / 100)
        self.assertAlmostEqual(observed["7b"], (11.54 - 12.79) / 100)
        self.assertEqual(patterns.observed_large_protests(), [2016, 2019])
        with self.assertRaises(KeyError):
            record.series("macro_annual.csv", "nothing")

    def run_script(self, *arguments):
        return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)

    def test_a_result_without_deals_is_refused_in_a_line(self):
        with h5py.File(self.path, "w") as file:
            file.create_group("series")
        for path in (self.path, self.path + ".nothing"):
            said = self.run_script(path)
            self.assertEqual(said.returncode, 1)
            self.assertRegex(said.stderr, r"^history\.py: [^\n]+\n$")

    def test_the_baseline_meets_the_fitted_patterns_and_one_whose_currency_ignores_oil_does_not(self):
        if PROGRAM is None:
            self.skipTest("no program")

        def checked(*changes):
            subprocess.run([PROGRAM, "run", ROOT / "scenarios" / "kazakhstan.yaml", "-n", "60", "--seed", "5", "--record", "deals", "--quiet",
                            "--force", "-o", self.path, *changes], check=True, stdout=subprocess.DEVNULL)
            return self.run_script(self.path, "--check")

        baseline = checked()
        self.assertEqual(baseline.returncode, 0, baseline.stdout + baseline.stderr)
        self.assertRegex(checked("--set", "economy.exchange_elasticity=0").stderr, "^history.py: fitted patterns that surely .*8\n$")

    def test_a_real_history_gives_a_line_for_each_pattern_and_a_picture(self):
        if PROGRAM is None:
            self.skipTest("no program")
        subprocess.run([PROGRAM, "run", ROOT / "scenarios" / "kazakhstan.yaml", "-n", "5", "--record", "deals", "--quiet", "-o", self.path],
                       check=True, stdout=subprocess.DEVNULL)
        picture = pathlib.Path(self.folder.name) / "history.png"
        said = self.run_script(self.path, "-o", picture)
        self.assertEqual(said.stderr, "")
        self.assertIn("5 seeds, 1995 to 2023", said.stdout)
        for pattern in patterns.PATTERNS:
            self.assertIn(pattern.name, said.stdout)
        self.assertEqual(picture.read_bytes()[:4], b"\x89PNG")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    unittest.main()
