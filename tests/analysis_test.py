#!/usr/bin/python3
"""Runs analysis/headline.py on made-up results and checks that it says what they hold and draws it.

    tests/analysis_test.py [-v]
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

SCRIPT = pathlib.Path(__file__).resolve().parent.parent / "analysis" / "headline.py"
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


if __name__ == "__main__":
    unittest.main()
