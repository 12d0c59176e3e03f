#!/usr/bin/python3
"""Runs analysis/sensitivity.py on samples that the program makes, with the outcome replaced by functions whose indices are known.

    tests/sensitivity_test.py MULTIVECTOR [-v]
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "analysis" / "sensitivity.py"
sys.path.insert(0, str(SCRIPT.parent))
from indices import cross, morris_effects, sobol_indices  # noqa: E402

CROSSED = "kind: saltelli\npoints: 256\neffect:\n  connectivity_demand: [0, 1]\n  bargaining.rivals: [off, on]\n"
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
FOLDER = pathlib.Path(tempfile.mkdtemp())
AXES = ("bargaining.rival_offer", "bargaining.waiting", "placebo")

# METHODS: Ishigami with a = 7, b = .1; the worst of 50 scrambles of 2^10 pairs was .027 off in S1 and .032 in ST.
ISHIGAMI = {"V": 13.844588, "S1": (.313905, .442411, 0), "ST": (.557589, .442411, .243684)}


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1])**2 + 0.1 * x[:, 2]**4 * np.sin(x[:, 0])


def linear(u):
    return 3 * u[:, 0] - 2 * u[:, 1] + 10


def design(name, rest, replications=1):
    """The result of a small design of minimal.yaml over AXES."""
    result = FOLDER / f"{name}.h5"
    if result.exists():
        return result
    (FOLDER / "brief.yaml").write_text(f"extends: {ROOT}/scenarios/minimal.yaml\nclock: {{ticks: 2}}\n")
    axes = "".join(f"  {axis}: {{from: 0, to: 1}}\n" for axis in AXES)
    (FOLDER / f"{name}.yaml").write_text(f"scenario: brief.yaml\nreplications: {replications}\n{rest}axes:\n{axes}")
    done = subprocess.run([PROGRAM, "sweep", f"{name}.yaml", "-o", result, "--quiet"], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return result


def with_outcome(result, function, noise=None):
    """A copy in which net_gain is a function of the inputs and of the realisation's number, plus noise."""
    copy = FOLDER / "copy.h5"
    shutil.copy(result, copy)
    with h5py.File(copy, "r+") as file:
        row = file["summary/design_row"][:]
        inputs = np.stack([file["design/row_" + axis][:] for axis in AXES], axis=1)
        values = function(inputs, row) if noise is None else function(inputs, row) + noise(file, row)
        file["summary/net_gain"][:] = values
    return copy


def asked(result, *options):
    figure = FOLDER / "figure.png"
    figure.unlink(missing_ok=True)
    done = subprocess.run([sys.executable, SCRIPT, result, "-o", figure, *options], capture_output=True, text=True)
    if done.returncode == 0:
        assert figure.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    return done


def table(text):
    """{input: figures} of the first table."""
    found = {}
    for line in text.split("\n\n")[0].splitlines():
        cells = re.findall(r"(-?[\d.]+) \[(-?[\d.]+), (-?[\d.]+)\]", line)
        if cells:
            found[line.split()[0]] = [tuple(map(float, cell)) for cell in cells]
    return found


class Sobol(unittest.TestCase):
    def close(self, found, first_within=.027, total_within=.032):
        for at, axis in enumerate(AXES):
            first, total = found[axis]
            self.assertAlmostEqual(first[0], ISHIGAMI["S1"][at], delta=first_within)
            self.assertAlmostEqual(total[0], ISHIGAMI["ST"][at], delta=total_within)
            for figure in (first, total):
                self.assertTrue(figure[1] <= figure[0] <= figure[2], figure)

    def test_the_indices_of_ishigamis_function_are_read_from_the_file_alone(self):
        file = design("ishigami", "kind: saltelli\npoints: 1024\n")
        done = asked(with_outcome(file, lambda u, row: ishigami(u)[row]))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.close(table(done.stdout))
        self.assertIn("bootstrap", done.stdout.lower())
        self.assertIn("single replication", done.stdout)
        spread = float(re.search(r"Standard deviation over the space ([\d.]+)", done.stdout)[1])
        self.assertAlmostEqual(spread, ISHIGAMI["V"]**.5, delta=.1)

    def test_sixteen_scrambles_have_intervals_of_their_own(self):
        file = design("scrambles", "kind: saltelli\npoints: 64\nscrambles: 16\n")
        done = asked(with_outcome(file, lambda u, row: ishigami(u)[row]))
        self.assertIn("16 independent scrambles", done.stdout)
        found = table(done.stdout)
        self.close(found, .06, .06)
        one = table(asked(with_outcome(design("ishigami", "kind: saltelli\npoints: 1024\n"), lambda u, row: ishigami(u)[row])).stdout)
        wide = [figures[0][2] - figures[0][1] for figures in (found[AXES[1]], one[AXES[1]])]
        self.assertLess(wide[0], wide[1])  # points that are spread evenly know more than as many that are independent

    def test_noise_is_taken_out_of_the_indices(self):
        file = design("noisy", "kind: saltelli\npoints: 256\n", replications=8)
        luck = np.random.default_rng(3)

        def noise(file, row):  # a shift that all points of a replication share, and what each has for itself
            replication = file["summary/replication"][:]
            return 20 * luck.standard_normal(8)[replication] + 1.5 * luck.standard_normal(len(row))

        def inert(u, row):
            return 4 * u[row, 0]
        found = table(asked(with_outcome(file, inert, noise)).stdout)
        self.assertAlmostEqual(found["bargaining.rival_offer"][1][0], 1, delta=.15)
        for axis in AXES[1:]:
            self.assertLess(abs(found[axis][1][0]), .1)

    def test_independent_noise_gives_an_inert_input_its_share_where_there_is_a_single_replication(self):
        luck = np.random.default_rng(5)
        a, b = luck.uniform(size=(2, 20000, 2))
        points = [a, b, np.stack([b[:, 0], a[:, 1]], 1), np.stack([a[:, 0], b[:, 1]], 1)]
        s2, variance = .5, 4 / 12
        values = [(2 * u[:, 0] + s2**.5 * luck.standard_normal(len(u)))[:, None] for u in points]
        found = sobol_indices(values[0], values[1], np.stack(values[2:]), times=20)
        self.assertAlmostEqual(found.total[1].point, s2 / (variance + s2), delta=.02)

    def test_intervals_over_scrambles_cover_what_they_should(self):
        luck = np.random.default_rng(7)
        hits, tries = np.zeros(2), 60
        for _ in range(tries):
            a, b = luck.uniform(size=(2, 16 * 32, 3))
            mixed = [np.where(np.arange(3) == axis, b, a) for axis in range(3)]
            found = sobol_indices(*(ishigami(u)[:, None] for u in (a, b)), np.stack([ishigami(u)[:, None] for u in mixed]),
                                  np.repeat(np.arange(16), 32))
            for at, (estimates, truth) in enumerate(((found.first, "S1"), (found.total, "ST"))):
                hits[at] += np.mean([one.low <= true <= one.high for one, true in zip(estimates, ISHIGAMI[truth])])
        for share in hits / tries:
            self.assertTrue(.88 <= share <= .995, share)

    def test_products_of_different_replications_are_those_of_all_pairs(self):
        luck = np.random.default_rng(1)
        x, y = luck.standard_normal((2, 3, 5))
        pairs = [x[:, r] * y[:, s] for r in range(5) for s in range(5) if r != s]
        np.testing.assert_allclose(cross(x, y), np.mean(pairs, axis=0))

    def test_effect_and_amplification_have_indices_of_their_own(self):
        file = design("crossed", CROSSED)

        def outcome(u, row):  # demand brings waiting, rivals add the offer to it; the level is the placebo's
            demand, rivals = (row % 2).astype(float), (row // 2 % 2).astype(float)
            return 5 * u[row, 2] + demand * (u[row, 1] + rivals * u[row, 0])
        done = asked(with_outcome(file, outcome))
        self.assertEqual(done.returncode, 0, done.stderr)
        level, effect, amplification = done.stdout.split("\n\n")
        self.assertTrue(level.startswith("net_gain at connectivity demand 1, rivals on\n"))
        self.assertAlmostEqual(table(level)["placebo"][0][0], 25 / 27, delta=.05)
        self.assertTrue(effect.startswith("effect of connectivity demand 0 to 1 on net_gain\n"))
        self.assertAlmostEqual(table(effect)["bargaining.waiting"][0][0], .5, delta=.05)
        self.assertTrue(amplification.startswith("what rivals off to on adds to the effect of connectivity demand 0 to 1"))
        self.assertAlmostEqual(table(amplification)["bargaining.rival_offer"][1][0], 1, delta=.03)
        self.assertAlmostEqual(table(amplification)["placebo"][1][0], 0, delta=1e-9)

    def test_an_outcome_that_never_changes_has_no_index(self):
        file = design("crossed", CROSSED)
        self.assertIn("no index can be told", asked(with_outcome(file, lambda u, row: 0 * u[row, 0])).stdout)


class Morris(unittest.TestCase):
    def test_on_a_linear_function_mu_star_is_the_coefficient_and_sigma_is_none(self):
        file = design("morris", "kind: morris\ntrajectories: 20\n")
        done = asked(with_outcome(file, lambda u, row: linear(u)[row]))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        names = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")][1:4]
        self.assertEqual(names, list(AXES))  # the most important first
        with h5py.File(FOLDER / "copy.h5") as held:
            part, moved = held["design/part_of_row"][:], held["design/moved_axis_of_row"][:]
            step, values = held["design/step_of_row"][:], held["summary/net_gain"][:]
        for axis, truth in enumerate((3, -2, 0)):
            effects = np.array([[(values[at] - values[at - 1]) / step[at]] for at in range(len(part))
                                if part[at] == b"step" and moved[at] == axis])
            found = morris_effects(effects)
            self.assertEqual(len(effects), 20)
            self.assertAlmostEqual(found.mu.point, truth, delta=1e-9)
            self.assertAlmostEqual(found.mu_star.point, abs(truth), delta=1e-9)
            self.assertLess(found.sigma.point, 1e-9)

    def test_noise_is_no_spread_of_effects(self):
        luck = np.random.default_rng(2)
        found = morris_effects(2 + luck.standard_normal((400, 10)))
        self.assertLess(found.sigma.point, .25)  # of means of ten it would be .32
        bent = morris_effects(2 + luck.standard_normal((400, 1)) + 0.01 * luck.standard_normal((400, 10)))
        self.assertAlmostEqual(bent.sigma.point, 1, delta=.1)


class Refusals(unittest.TestCase):
    def refused(self, *words):
        done = asked(*words)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"\Asensitivity\.py: [^\n]+\n\Z")
        return done.stderr

    def test_what_has_no_indices_is_refused_in_a_line(self):
        self.assertIn("no indices", self.refused(design("net", "kind: sobol\npoints: 4\n")))
        self.assertIn("cannot read", self.refused(FOLDER / "nothing.h5"))
        plain = FOLDER / "plain.h5"
        subprocess.run([PROGRAM, "run", FOLDER / "brief.yaml", "-n", "2", "-o", plain, "--quiet", "--force"], check=True,
                       capture_output=True)
        self.assertIn("does not hold a sample", self.refused(plain))
        morris = design("morris", "kind: morris\ntrajectories: 20\n")
        self.assertIn("no variable 'net_gian'", self.refused(morris, "--outcome", "net_gian"))
        self.assertIn("several values", self.refused(morris, "--outcome", "net_gain_by_partner"))


if __name__ == "__main__":
    try:
        unittest.main()
    finally:
        shutil.rmtree(FOLDER)
