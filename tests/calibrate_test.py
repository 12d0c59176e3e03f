#!/usr/bin/python3
"""Holds analysis/calibrate.py to regions that are known, and to a small calibration of a real world.

    tests/calibrate_test.py [PROGRAM]
"""
import contextlib
import csv
import io
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "analysis"))
import calibrate  # noqa: E402
import calibration  # noqa: E402

SCRIPT = ROOT / "analysis" / "calibrate.py"
PROGRAM = None


class KnownRegion:
    """In place of runs: every pattern holds where 0.4 < x < 0.6 and y < x, and fails the more the further away."""

    def __init__(self):
        self.asked = []

    def shares(self, unit, seeds, seed):
        self.asked.append((len(unit), seeds, seed))
        x, y = unit[:, 0], unit[:, 1]  # the priors are from 0 to 1
        away = np.maximum(0, np.abs(x - 0.5) - 0.1) + np.maximum(0, y - x)
        return np.repeat(np.clip(calibration.ASKED + calibration.MARGIN - away, 0, 1)[:, None], len(calibration.FITTED), axis=1)


class CalibrateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def priors(self, **bounds):
        """Priors of the minimal world; a bound is (low, high) or (low, high, {parameter: factor})."""
        written = {"scenario": str(ROOT / "scenarios" / "minimal.yaml"),
                   "priors": {name: {"low": bound[0], "high": bound[1], **({"times": bound[2]} if len(bound) > 2 else {})}
                              for name, bound in bounds.items()}}
        path = self.folder / "priors.yaml"
        path.write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
        return calibration.Priors(path)

    def found(self, seed=1):
        priors, runs = self.priors(x=(0, 1), y=(0, 1), z=(0, 1)), KnownRegion()
        *_, (population, seeds, near, _) = calibration.waves(runs, priors, 1600, 200, 16, 2, 8, 3, seed)
        return population, seeds, near, runs

    def test_the_population_gathers_in_the_region_and_is_uniform_there(self):
        moments = []
        for seed in range(8):
            population, seeds, near, _ = self.found(seed)
            self.assertTrue((population["far"] == 0).all())
            self.assertEqual((seeds, near), (8, 0))
            unit = population["unit"]
            self.assertTrue(((unit >= 0) & (unit <= 1)).all())
            self.assertGreater(len(np.unique(unit, axis=0)), 150)
            moments.append([*unit.mean(axis=0), *unit.var(axis=0)])
        # Uniform on the trapezoid 0.4 < x < 0.6, 0 < y < x: the density of x is 2 x / 0.2; z is free: 1/2 and 1/12.
        x = (0.6**3 - 0.4**3) / 3 / 0.1
        true = [x, x / 2, 0.5, (0.6**4 - 0.4**4) / 4 / 0.1 - x**2, (0.6**4 - 0.4**4) / 12 / 0.1 - (x / 2) ** 2, 1 / 12]
        for got, expected, off in zip(np.mean(moments, axis=0), true, [0.01, 0.02, 0.03, 0.0006, 0.003, 0.01]):
            self.assertAlmostEqual(got, expected, delta=off)

    def test_in_the_last_waves_points_forget_where_they_stood(self):
        priors = self.priors(x=(0, 1), y=(0, 1), z=(0, 1))
        last = [population["unit"] for population, *_ in calibration.waves(KnownRegion(), priors, 1600, 200, 16, 2, 8, 20, 1)][-21:]
        np.testing.assert_allclose(calibration.memory(last[0], last[0]), 1)
        self.assertTrue((calibration.memory(last[0], last[1]) > 0.2).all())
        self.assertTrue((np.abs(calibration.memory(last[0], last[-1])) < 0.2).all())

    def test_no_two_runs_of_points_share_their_seeds_and_seeds_double_once_half_meet_every_pattern(self):
        *_, runs = self.found()
        self.assertEqual(len({seed for _, _, seed in runs.asked}), len(runs.asked))
        self.assertEqual(runs.asked[0][:2], (1600, 2))
        self.assertEqual(sorted({seeds for _, seeds, _ in runs.asked}), [2, 4, 8])

    def test_a_wave_asks_for_what_half_of_the_last_had_or_for_less_than_the_last(self):
        self.assertEqual(calibration.asked_next(np.array([0.1, 0.2, 0.3, 0.4, 0.5]), 0.5), 0.3)
        self.assertEqual(calibration.asked_next(np.array([0.0, 0.1, 0.3, 0.3, 0.3]), 0.3), 0.1)
        self.assertEqual(calibration.asked_next(np.array([0.3, 0.3, 0.3]), 0.3), 0.3)

    def test_a_latin_hypercube_meets_every_stratum_of_every_prior_once(self):
        unit = self.priors(x=(0, 1), y=(2, 3)).hypercube(50, np.random.default_rng(1))
        np.testing.assert_array_equal(np.sort(np.floor(unit * 50), axis=0), np.tile(np.arange(50)[:, None], (1, 2)))

    def test_a_factor_multiplies_all_that_it_names_and_a_point_says_what_it_sets(self):
        priors = self.priors(**{"economy.growth": (0.02, 0.06), "sizes": (0.5, 1.5, {"a.size": 2, "b.size": 0.4})})
        self.assertEqual(priors.columns(), ["economy.growth", "a.size", "b.size"])
        np.testing.assert_array_equal(priors.settings(np.array([0.5, 1.0])), [[0.04, 3, 0.6]])
        np.testing.assert_array_equal(priors.firsts(), [0, 1])
        path = self.folder / "points.csv"
        calibration.write_points(path, priors.columns(), priors.settings(np.array([[0, 0], [0.5, 1]])))
        self.assertEqual(path.read_text(), "economy.growth,a.size,b.size\n0.02,1,0.2\n0.04,3,0.6\n")

    def test_the_middle_point_is_one_of_them(self):
        self.assertEqual(calibration.medoid(np.array([[0.0, 0], [0.5, 0.4], [1, 1], [0.6, 0.5], [0.6, 0.9]])), 3)

    def test_where_the_baseline_assumes_a_value_the_point_is_of_the_quarter_nearest_to_it(self):
        points = np.array([[0.0, 0.5], [0.1, 0.4], [0.2, 0.1], [0.3, 0.2], [0.7, 0.5], [0.8, 0.4], [0.85, 0.6], [0.9, 0.5]])
        self.assertEqual(calibration.central(points, {}), calibration.medoid(points))
        self.assertIn(calibration.central(points, {0: 0.82}), (5, 6))
        self.assertEqual(calibration.central(points[:3], {1: 0.12}), 2)
        self.assertEqual(calibration.Priors(ROOT / "scenarios" / "calibration" / "priors.yaml").assumed(), {23: 0.6})
        self.assertEqual(self.priors(**{"clock.dt": (0.1, 1), "economy.growth": (0, 1)}).assumed(), {0: 1})

    def test_the_region_is_a_scenario_of_values_with_ranges_that_hold_them(self):
        read = yaml.safe_load(calibrate.region(["economy.growth", "bargaining.rival_offer"],
                                               np.array([[0.01, 0.5], [0.03, 0.5], [0.05, 0.7]]), 0))
        self.assertEqual(read["economy"]["growth"], {"value": 0.01, "source": "calibrated; region.yaml", "range": [0.01, 0.048]})
        self.assertEqual(read["bargaining"]["rival_offer"]["value"], 0.5)

    def test_only_candidates_that_meet_every_pattern_again_are_accepted(self):
        priors, runs = self.priors(x=(0, 1), y=(0, 1)), KnownRegion()
        candidates = np.array([[0.5, 0.4], [0.7, 0.4], [0.55, 0.1], [0.5, 0.9], [0.45, 0.3]])
        with contextlib.redirect_stdout(io.StringIO()) as said:
            calibrate.accept(runs, priors, candidates, 200, 7, self.folder)
            with self.assertRaises(SystemExit):
                calibrate.accept(runs, priors, candidates[1:3], 200, 7, self.folder)
        self.assertEqual((self.folder / "accepted.csv").read_text(), "x,y\n0.5,0.4\n0.55,0.1\n0.45,0.3\n")
        self.assertIn("3 of 5 candidates", said.getvalue())
        self.assertEqual(runs.asked[0], (5, 200, 7))
        self.assertIn("nearest to all others.", (self.folder / "region.yaml").read_text())
        self.assertIn("value: 0.5,", (self.folder / "region.yaml").read_text())

    def test_the_region_says_what_the_baseline_assumes(self):
        points = np.array([[0.5, 0.4], [0.55, 0.1], [0.45, 0.3]])
        with contextlib.redirect_stdout(io.StringIO()):
            calibrate.accept(KnownRegion(), self.priors(**{"clock.dt": (0, 1), "y": (0, 1)}), points, 200, 7, self.folder)
        written = (self.folder / "region.yaml").read_text()
        self.assertIn("of the quarter that is nearest to\n# what the baseline assumes (clock.dt 1).", written)
        self.assertIn("dt: {value: 0.55,", written)

    def test_the_committed_region_has_the_priors_parameters_and_its_points_lie_within_their_bounds(self):
        folder = ROOT / "scenarios" / "calibration"
        priors = calibration.Priors(folder / "priors.yaml")
        with open(folder / "accepted.csv", encoding="utf-8", newline="") as stream:
            header, *lines = csv.reader(stream)
        self.assertEqual(header, priors.columns())
        lowest, highest = priors.settings(np.zeros(len(priors.names))), priors.settings(np.ones(len(priors.names)))
        points = np.array(lines, dtype=float)
        self.assertGreaterEqual(len(points), 40)
        self.assertTrue((points >= lowest).all() and (points <= highest).all())
        written = (folder / "region.yaml").read_text(encoding="utf-8")
        self.assertIn(calibrate.region(header, points, calibration.central(points[:, priors.firsts()], priors.assumed())), written)
        region = yaml.safe_load(written)
        for key in priors.columns():
            place = region
            for name in key.split("."):
                place = place[name]
            self.assertTrue(place["range"][0] <= place["value"] <= place["range"][1], key)

    def test_a_small_calibration_of_a_real_world_ends_in_a_region_or_in_a_sentence(self):
        if PROGRAM is None:
            self.skipTest("no program")
        said = [subprocess.run([sys.executable, SCRIPT, ROOT / "scenarios" / "calibration" / "priors.yaml", "-o", self.folder, "--program",
                                PROGRAM, "--first", "10", "--size", "5", "--waves", "2", "--seeds", "2",
                                "--most-seeds", "2", "--final-seeds", "2", "--settling", "1"],
                               capture_output=True, text=True) for _ in range(2)]
        self.assertEqual(said[0].stdout, said[1].stdout)
        self.assertIn("wave 1: ", said[0].stdout)
        self.assertIn("with 2 seeds of their own", said[0].stdout)
        self.assertIn(said[0].returncode, (0, 1))
        if said[0].returncode == 1:
            self.assertRegex(said[0].stderr, r"^calibrate\.py: no region [^\n]+\n$")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    unittest.main()
