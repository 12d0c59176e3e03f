#!/usr/bin/python3
"""Runs the scripts of analysis/ on made-up results and checks that they say what these hold and draw it.

    tests/analysis_test.py [-v]
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

ANALYSIS = pathlib.Path(__file__).resolve().parent.parent / "analysis"
sys.path.insert(0, str(ANALYSIS))
SCRIPT = ANALYSIS / "headline.py"
PARTNERS = ["China", "Russia", "European Union", "United States"]
TICKS, DT, START = 40, 0.25, 2005


def write_group(file, name, runs, values, ticks=0):
    """One group as the program writes it: coordinates, then variables over realisation[, tick][, partner]."""
    group = file.create_group(name)
    group["realization"] = np.arange(runs, dtype=np.int32)
    group["partner"] = np.array(PARTNERS, dtype=h5py.string_dtype())
    if ticks:
        group["tick"] = np.arange(ticks, dtype=np.int32)
        group["year"] = START + (np.arange(ticks) + 0.5) * DT
    for key, value in values.items():
        group[key] = value


def write_world(path, net_gain, surplus, demand, seed="0x1", runs_seed=11):
    """`net_gain` and `surplus` are (realisation, tick)."""
    runs, ticks = net_gain.shape
    luck = np.random.default_rng(runs_seed)
    signed = luck.gamma(2, 0.1, (runs, ticks, len(PARTNERS)))
    signed[:, :, 0] *= 1 + 2 * demand
    transit = demand * np.linspace(0, 2, ticks) * np.ones((runs, 1))
    capital = np.ones((runs, ticks, len(PARTNERS))) * (1 + demand)
    with h5py.File(path, "w") as file:
        file.create_group("provenance").attrs["master_seed"] = seed
        total = surplus.sum(axis=1)
        share = np.divide(net_gain.sum(axis=1), total, out=np.full(runs, np.nan), where=total > 0)
        write_group(file, "summary", runs, {"net_gain": net_gain.sum(axis=1), "surplus": total, "surplus_share": share,
                                            "net_share": share - 0.1 * demand,
                                            "value_signed_by_partner": signed.sum(axis=1)})
        write_group(file, "series", runs, {"net_gain": net_gain, "surplus": surplus, "transit": transit,
                                           "capital_to_hand_by_partner": capital, "value_signed_by_partner": signed}, ticks)


class Headline(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def worlds(self, more_gain, more_surplus, runs=60, noise=0.05, seeds=("0x1", "0x1")):
        """Two worlds of shared luck; the first's gain and surplus are multiplied."""
        luck = np.random.default_rng(3)
        surplus = luck.gamma(2, 0.5, (runs, TICKS))
        gain = surplus * luck.uniform(0.4, 0.6, (runs, TICKS))
        own = luck.normal(1, noise, (runs, 1))
        write_world(self.path / "a.h5", gain * more_gain * own, surplus * more_surplus, 1, seeds[0])
        write_world(self.path / "b.h5", gain, surplus, 0, seeds[1])

    def draw(self):
        figure = self.path / "figure.png"
        done = subprocess.run([sys.executable, SCRIPT, self.path / "a.h5", self.path / "b.h5", "-o", figure],
                              capture_output=True, text=True)
        if done.returncode == 0:
            self.assertEqual(figure.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
            self.assertGreater(figure.stat().st_size, 20_000)
            self.assertNotIn("amplif", done.stdout.lower())
        return done

    def says(self, *phrases):
        done = self.draw()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        for phrase in phrases:
            self.assertIn(phrase, done.stdout.splitlines()[0])

    def test_more_and_a_larger_share(self):
        self.worlds(1.3, 1.1)
        self.says("gains USD", "billion more from its deals of 2005-2014 and keeps a larger share", "(+")

    def test_more_but_a_smaller_share(self):
        self.worlds(1.3, 1.6)
        self.says("billion more from its deals of 2005-2014, but keeps a smaller share", "(\u2212")

    def test_less_and_a_smaller_share(self):
        self.worlds(0.7, 1.0)
        self.says("billion less from its deals of 2005-2014 and keeps a smaller share")

    def test_no_difference_in_any_pair(self):
        self.worlds(1.0, 1.0, noise=0)
        self.says("gains exactly as much from its deals of 2005-2014 and keeps exactly the same share")

    def test_noise_decides_nothing(self):
        luck = np.random.default_rng(5)
        surplus = luck.gamma(2, 0.5, (30, TICKS))
        sway = np.concatenate([np.linspace(-0.1, 0.1, 15), np.linspace(0.1, -0.1, 15)])[:, None]
        base = surplus.mean() * np.ones_like(surplus)
        write_world(self.path / "a.h5", base * (0.5 + sway), base, 1)
        write_world(self.path / "b.h5", base * 0.5, base, 0)
        self.says("neither the amount nor the share", "no effect")

    def test_one_pair_says_nothing_about_the_sign(self):
        self.worlds(1.3, 1.1, runs=1)
        self.says("neither the amount nor the share")

    def test_the_share_beyond_alternatives_is_said_when_it_moves_the_other_way(self):
        self.worlds(1.3, 1.2)
        done = self.draw()
        self.assertIn("keeps a larger share", done.stdout.splitlines()[0])
        self.assertIn("adds to both sides' alternatives, its share falls", done.stdout)

    def test_missing_shares_are_left_out(self):
        self.worlds(1.3, 1.1)
        with h5py.File(self.path / "b.h5", "a") as file:
            file["summary/surplus_share"][3] = np.nan
        self.says("billion more from its deals of 2005-2014 and keeps a larger share")

    def test_no_deal_anywhere_is_still_drawn(self):
        nothing = np.zeros((12, TICKS))
        write_world(self.path / "a.h5", nothing, nothing, 1)
        write_world(self.path / "b.h5", nothing, nothing, 0)
        self.says("gains exactly as much", "how its share of them changes is open")

    def test_different_seeds_are_refused(self):
        self.worlds(1.3, 1.1, seeds=("0x1", "0x2"))
        done = self.draw()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("different seeds", done.stderr)


class Econometrician(unittest.TestCase):
    def test_cells_of_1_2_3_and_6_have_a_difference_in_differences_of_2(self):
        from econometrician import two_way
        treatment = np.array([[0, 0], [0, 1]])
        self.assertAlmostEqual(float(two_way(np.array([[1.0, 2.0], [3.0, 6.0]]), treatment)), 2)

    def test_fixed_effects_of_partners_and_years_leave_no_trace(self):
        from econometrician import two_way
        luck = np.random.default_rng(2)
        treatment = np.zeros((4, 12))
        treatment[1, 7:] = 1
        panel = luck.normal(size=(4, 1)) + luck.normal(size=(1, 12)) + 0.7 * treatment
        self.assertAlmostEqual(float(two_way(panel, treatment)), 0.7)

    def write(self, path, *worlds, mixed=False):
        """One world's file, or a design of several whose rows stand one after another or mixed."""
        panel = np.concatenate(worlds)
        runs, count = len(worlds[0]), len(worlds)
        order = np.random.default_rng(1).permutation(len(panel)) if mixed else np.arange(len(panel))
        with h5py.File(path, "w") as file:
            file.create_group("provenance").attrs["master_seed"] = "0x1"
            write_group(file, "series", len(panel), {"value_signed_by_partner": panel[order]}, TICKS)
            if count > 1:
                file["series/replication"] = np.tile(np.arange(runs), count)[order]
                file["series/design_row"] = np.repeat(np.arange(count), runs)[order]
                file["design/design_row"] = np.arange(count)
                file["design/assignments_of_row"] = np.array([f"connectivity_demand={row}" for row in range(count)],
                                                             dtype=h5py.string_dtype())

    def pair(self, runs=30, trend=0.0):
        """A quiet world and a busy one: from 2010 China signs two more a year, half of one more before; others a tenth less."""
        quiet = np.random.default_rng(3).gamma(2, 0.1, (runs, TICKS, len(PARTNERS)))
        busy, year = quiet.copy(), START + (np.arange(TICKS) + 0.5) * DT
        busy[:, year >= 2010, 0] += 0.5
        busy[:, (year >= 2007) & (year < 2010), 0] += 5 / 24
        busy[:, year >= 2010, 1:] -= 0.025
        for world in (quiet, busy):
            world[:, year >= 2010, 0] += trend / 4  # China was on another course anyway
        return busy, quiet

    def ask(self, worlds, *options, designs=False, **how):
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder) / name for name in ("with.h5", "without.h5")]
            if designs:
                self.write(paths[0], *worlds, **how)
                del paths[1]
            else:
                for path, world in zip(paths, worlds):
                    self.write(path, world)
            done = subprocess.run([sys.executable, ANALYSIS / "econometrician.py", *paths, *options],
                                  capture_output=True, text=True)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(bool(done.stderr), bool(done.returncode))
        return done

    def test_the_parts_sum_to_what_the_analyst_estimates(self):
        from econometrician import decompose, two_way
        luck = np.random.default_rng(5)
        for partners, years, since in ((2, 5, 1), (4, 29, 18), (5, 12, 11)):
            seen, unseen = luck.normal(size=(2, 20, partners, years)) * 100
            after = np.arange(years) >= since
            parts, treatment = decompose(seen, unseen, partners - 1, after)
            np.testing.assert_allclose(parts["own"] - parts["spill"] + parts["trend"], parts["delta"], rtol=0, atol=1e-9)
            np.testing.assert_allclose(two_way(seen, treatment), parts["delta"], rtol=0, atol=1e-9)
            effect = seen - unseen
            np.testing.assert_allclose(parts["own"], effect[:, -1, after].mean(1) - effect[:, -1, ~after].mean(1), atol=1e-9)

    def test_standard_errors_are_those_of_the_textbook(self):
        from econometrician import half_intervals, t_quantile, two_way
        for freedom, quantile in ((1, 12.706), (2, 4.303), (3, 3.182), (23, 2.069), (199, 1.972)):
            self.assertAlmostEqual(t_quantile(freedom), quantile, 3)
        luck = np.random.default_rng(7)
        units, times = 4, 9
        panel, treatment = luck.normal(size=(units, times)), np.zeros((units, times), dtype=bool)
        treatment[2, 5:] = True
        halves = half_intervals(panel, treatment)
        design = np.column_stack([np.kron(np.eye(units), np.ones((times, 1))), np.tile(np.eye(times), (units, 1))[:, 1:],
                                  treatment.ravel()])
        inverse = np.linalg.inv(design.T @ design)
        beta = inverse @ design.T @ panel.ravel()
        left, freedom = panel.ravel() - design @ beta, units * times - units - times
        self.assertAlmostEqual(float(two_way(panel, treatment)), beta[-1])
        plain = np.sqrt(left @ left / freedom * inverse[-1, -1])
        self.assertAlmostEqual(float(halves["plain"]), t_quantile(freedom) * plain)
        scores = [design[i * times:(i + 1) * times].T @ left[i * times:(i + 1) * times] for i in range(units)]
        meat = sum(np.outer(score, score) for score in scores)
        factor = units / (units - 1) * (units * times - 1) / (units * times - times - 1)
        clustered = np.sqrt(factor * (inverse @ meat @ inverse)[-1, -1])
        self.assertAlmostEqual(float(halves["clustered"]), t_quantile(3) * clustered)
        own = [panel[i, 5:].mean() - panel[i, :5].mean() for i in (0, 1, 3)]
        self.assertAlmostEqual(float(halves["others"]), t_quantile(2) * np.std(own, ddof=1) * np.sqrt(4 / 3))

    def test_the_truth_is_of_the_same_comparison(self):
        said = self.ask(self.pair(), "--since", "2010").stdout
        self.assertRegex(said, r"true effect on China, since less before +1.5 +\[1.5, 1.5\]")  # 2, less the .5 that was there
        self.assertRegex(said, r"since 2010 +2 +\[2, 2\]")
        self.assertRegex(said, r"before 2010 +0.5 +\[0.5, 0.5\]")
        self.assertRegex(said, r"spill-over\), since less before +-0.1 ")
        self.assertIn("the right sign", said)
        self.assertIn("no part of the 0.5 that the demand did before 2010", said)

    def test_without_a_date_the_treatment_begins_where_the_worlds_part(self):
        said = self.ask(self.pair()).stdout
        self.assertRegex(said, r"before 2007 +0 +\[0, 0\]")
        self.assertNotIn("did before", said)

    def test_an_effect_that_is_found_where_there_is_none_is_called_that(self):
        busy, quiet = self.pair(trend=3)
        said = self.ask((quiet, quiet), "--since", "2010").stdout
        self.assertIn("in truth there is none: it finds an effect where there is none", said)
        self.assertRegex(said, r"with the demand: a false discovery +100%")
        self.assertRegex(said, r"without the demand: a false discovery +100%")
        self.assertRegex(said, r"trends\) +2.95 ")

    def test_a_trend_against_the_effect_turns_the_sign_round(self):
        said = self.ask(self.pair(trend=-4), "--since", "2010").stdout
        self.assertRegex(said, r"wrong sign +100%")
        self.assertIn("the truth by the same comparison is 1.5: the sign is wrong", said)

    def test_two_rows_of_a_design_are_the_two_files(self):
        busy, quiet = self.pair()
        files = self.ask((busy, quiet)).stdout.splitlines()
        for mixed in (False, True):
            rows = self.ask((quiet + 9, busy, quiet), "--rows", "2", "1", designs=True, mixed=mixed).stdout.splitlines()
            self.assertEqual(rows[1:], files[1:])
            self.assertIn("(connectivity_demand=1), without it row 2", rows[0])
        for options, why in (((), "--rows WITHOUT WITH; 0: connectivity_demand=0"), (("--rows", "1", "1"), "rows 0 to 2"),
                             (("--rows", "0", "3"), "rows 0 to 2")):
            self.assertIn(why, self.ask((quiet, busy, quiet), *options, designs=True).stderr)

    def test_what_cannot_be_asked_is_refused_in_a_line(self):
        pair = self.pair()
        for options, why in ((("--treated", "Chine"), "China"), (("--since", "1900"), "no year before"),
                             (("--since", "2020"), "none after"), (("--outcome", "surplus"), "value_signed_by_partner"),
                             (("--rows", "0", "1"), "from one file")):
            done = self.ask(pair, *options)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(why, done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1)
        self.assertIn("do not share", self.ask((pair[0], pair[1][1:])).stderr)

    def test_one_run_and_two_partners_still_have_a_decomposition(self):
        self.assertIn("the truth", self.ask(self.pair(runs=1), "--since", "2010").stdout)
        from econometrician import half_intervals
        treatment = np.array([[0, 0, 0], [0, 1, 1]], dtype=bool)
        self.assertEqual(list(half_intervals(np.random.default_rng(1).normal(size=(2, 3)), treatment)), ["plain", "clustered"])


if __name__ == "__main__":
    unittest.main()
