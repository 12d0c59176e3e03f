#!/usr/bin/python3
"""Runs analysis/map.py on made-up estimates and checks that it says what these hold and draws it.

    tests/map_test.py [-v]
"""
import html
import io
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from matplotlib.text import Text

ANALYSIS = pathlib.Path(__file__).resolve().parent.parent / "analysis"
sys.path.insert(0, str(ANALYSIS))
import map as script  # noqa: E402
from settings import maps_of, words  # noqa: E402


def amplification(levels, point=1.0, change="open", by=("bargaining.rivals", "off", "on"), to="1", **more):
    return {"quantity": "amplification", "scale": "levels", "outcome": "net_gain", "unit": "USD billion", "n": 40,
            "axis": "connectivity_demand", "from": "0", "to": to, "by": by[0], "by_from": by[1], "by_to": by[2],
            "levels": levels, "point": point, "change": change, "p_holm": 0.01, **more}


def grid(change_at, **axes):
    """One amplification for every combination of levels; keys have two underscores for a dot."""
    keys = [key.replace("__", ".") for key in axes]
    return [amplification(dict(zip(keys, levels)), change=change_at(*levels)) for levels in itertools.product(*axes.values())]


class Map(unittest.TestCase):
    def draw(self, estimates, *options, name="map.svg"):
        """What the script prints, and the texts of its figure."""
        with tempfile.TemporaryDirectory() as folder:
            figure = pathlib.Path(folder) / name
            text = io.StringIO(estimates if isinstance(estimates, str) else json.dumps(estimates))
            with mock.patch("sys.argv", ["map.py", "-", "-o", str(figure), *options]), mock.patch("sys.stdin", text), \
                    mock.patch("sys.stdout", io.StringIO()) as said:
                script.main()
            drawn = figure.read_bytes()
        if name.endswith("svg"):
            drawn = [html.unescape(text) for text in re.findall("<!-- (.*?) -->", drawn.decode())]
        return said.getvalue(), drawn

    def refusal(self, estimates, *options, **how):
        """The one line in which it is refused."""
        with self.assertRaises(SystemExit) as raised:
            self.draw(estimates, *options, **how)
        self.assertRegex(str(raised.exception.code), r"\Amap\.py: [^\n]+\Z")
        return raised.exception.code

    def says(self, estimates, *phrases):
        said, drawn = self.draw(estimates)
        for phrase in phrases:
            self.assertIn(phrase, said)
        return said, drawn

    def test_what_changes_is_what_the_file_says(self):
        cells = (("0, or none", "some demand", 1.5, "amplifies"), ("0, or none", "much demand", 250, "amplifies"),
                 ("2", "some demand", -1.5, "erodes"), ("2", "much demand", None, "open"))
        _, drawn = self.says([amplification({"oil_fund_capacity": fund}, point, change, to=demand)
                              for fund, demand, point, change in cells],
                             "is amplified in 2 of 4 settings, eroded in 1, undetermined in 1")
        for text in ("▲ +1.5", "▲ +250", "▼ −1.5", "?", "amplifies: 2", "50% [15, 85]", "erodes: 1", "25% [5, 70]",
                     "undetermined: 1", "connectivity demand, from 0 to", "oil fund capacity"):
            self.assertIn(text, drawn)
        self.assertIn("n = 40 replications", " ".join(drawn))
        self.assertIn("these were chosen, and share their luck", " ".join(drawn))
        self.assertIn("Holm", " ".join(drawn))

    def test_a_picture_is_a_picture(self):
        with tempfile.TemporaryDirectory() as folder:
            figure = pathlib.Path(folder) / "map.png"
            done = subprocess.run([sys.executable, ANALYSIS / "map.py", "-", "-o", figure], capture_output=True, text=True,
                                  input=json.dumps([amplification({"x": "1"})]))
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(figure.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")

    def test_every_change_has_its_word_and_one_that_nobody_knows_is_shown_as_it_is(self):
        changes = ["amplifies", "erodes", "reverses", "negligible", "none", "open", "sidesteps"]
        said, drawn = self.says([amplification({"x": str(at)}, -3, change) for at, change in enumerate(changes)],
                                "reversed in 1, changed negligibly in 1, left exactly as it was in 1, undetermined in 1, 'sidesteps' "
                                "in 1")
        for text in ("⇄ −3", "≈ −3", "= −3", "sidesteps: 1"):
            self.assertIn(text, drawn)
        self.assertIn("declares", " ".join(drawn))

    def test_two_moderators_have_two_maps_and_no_axis_that_was_averaged_over(self):
        estimates = [amplification({"bargaining.rival_offer": offer, "oil_fund_capacity": ""}, change="amplifies")
                     for offer in "01"]
        estimates += [amplification({"bargaining.rival_offer": offer, "bargaining.rivals": ""}, -2, "erodes",
                                    ("oil_fund_capacity", "0", to)) for offer in "01" for to in "123"]
        effect = "the effect of connectivity demand, 0 to 1, on net gain is "
        said, drawn = self.says(estimates, f"Rivals, off to on: {effect}amplified in all 2 settings",
                                f"Oil fund capacity, 0 to 1, 2 or 3: {effect}amplified in none of 6 settings, eroded in all 6")
        self.assertIn("Mean over the levels of oil fund capacity.", said)
        texts = ("rival offer", "oil fund capacity, from 0 to", "rivals", "▲ +1", "▼ −2")
        self.assertEqual([drawn.count(text) for text in texts], [2, 1, 0, 2, 6])
        self.assertEqual([one.grid.shape for one in maps_of(estimates)], [(2,), (2, 3)])

    def test_two_contexts_are_one_diagram_with_numbers_in_order_and_a_third_has_panels(self):
        two = grid(lambda a, b: "open", bargaining__rival_offer=["1", "0.2", "10"], y=["off", "on"])
        block = script.Block(maps_of(two)[0], "net_gain")
        self.assertEqual((block.across.key, block.across.levels, block.up.key, len(block.panels)),
                         ("bargaining.rival_offer", ["0.2", "1", "10"], "y", 1))
        three = grid(lambda a, b, c: "open", x=["1", "2"], y=["1", "2"], z=["1", "2", "3"])
        block = script.Block(maps_of(three)[0], "net_gain")
        self.assertEqual((block.across.key, block.up.key, block.names), ("x", "y", [["z = 1"], ["z = 2"], ["z = 3"]]))

    def test_where_it_happens_is_said_in_words(self):
        offer = ["0.2", "0.4", "0.6", "1"]

        def change(credit, offer):
            if float(credit) >= 2 and float(offer) >= 0.6 and (credit, offer) != ("2", "0.6"):
                return "amplifies"
            return "erodes" if (credit, offer) == ("0", "1") else "open"
        self.says(grid(change, partners__China__connectivity__credit__scale=list("0234"), bargaining__rival_offer=offer),
                  "Amplifies only where China credit scale ≥ 2 and rival offer ≥ 0.6 (5 of these 6 settings, all of those with "
                  "China credit scale ≥ 3); erodes only where China credit scale = 0 and rival offer = 1; elsewhere undetermined.")
        self.says(grid(lambda x, y: "amplifies" if x in "23" else "erodes", x=list("1234"), y=["a", "b"]),
                  "Amplifies only where 2 ≤ x ≤ 3; erodes only where x = 1 or 4.")
        self.says(grid(lambda x: "erodes", x=["1"]), "on net gain is eroded\nOne setting. All at x = 1.")
        self.says(grid(lambda x: "open", x=["1", "2"]), "Undetermined in every setting.")
        self.says(grid(lambda x, y: "erodes" if x == y else "open", x=["1", "2", "3"], y=["1", "3"]),
                  "erodes only where x = 1 and y = 1, or x = 3 and y = 3; elsewhere")
        self.says(grid(lambda x, y: "amplifies" if x == "1" or y == "1" else "open", x=["1", "2", "3"], y=["1", "3"]),
                  "Amplifies in 4 of 6 settings, all of those with y = 1; ")

    def test_a_key_whose_end_says_little_is_said_in_full(self):
        self.assertEqual(words("partners.China.connectivity.credit.scale"), "China credit scale")
        self.assertEqual(words("partners.*.rival_response"), "rival response")
        twins = grid(lambda a, b: "open", corridor__a_b=["1", "2"], fund__a_b=["1", "2"])
        self.assertEqual([axis.name for axis in maps_of(twins)[0].axes], ["corridor.a_b", "fund.a_b"])
        _, drawn = self.says(grid(lambda a: "open", partners__China__connectivity__credit__scale=["0", "1"]))
        self.assertIn("partners.China.connectivity.credit.scale", drawn)

    def test_no_text_stands_on_another(self):
        long = ["undercut_everybody_at_the_table", "none", "outbid"]
        estimates = grid(lambda a, b, c: "open", partners__China__connectivity__credit__scale=["0", "0.002"], response=long,
                         bargaining__solution=["nash", "kalai_smorodinsky", "nucleolus", "nash_in_nash"])
        estimates += [amplification({"response": level}, -1234.5, "reverses", ("fund.patience", "off", "on")) for level in long]
        page = script.draw(maps_of(estimates), "net_gain", "a title of some length")
        page.figure.canvas.draw()
        texts = [text for text in page.figure.findobj(Text) if text.get_text() and text.get_visible()]
        boxes = [text.get_window_extent().padded(-0.5) for text in texts]
        self.assertGreater(len(texts), 80)
        for at, box in enumerate(boxes):
            self.assertTrue(page.figure.bbox.contains(box.x0, box.y0) and page.figure.bbox.contains(box.x1, box.y1), texts[at])
            for other in range(at):
                self.assertFalse(box.overlaps(boxes[other]), (texts[at], texts[other]))

    def test_an_outcome_that_is_not_there_is_refused_with_those_that_are(self):
        self.assertIn("net_gain", self.refusal([amplification({"x": "1"})], "--outcome", "surplus"))

    def test_points_of_a_sample_are_refused_and_not_made_a_grid_of(self):
        points = [amplification({axis: str(place + at / 7) for at, axis in enumerate("abcd")}) for place in range(64)]
        self.assertIn("64 scattered points", self.refusal(points))

    def test_what_is_no_list_of_estimates_is_refused_in_a_line(self):
        one = amplification({"x": "1"})
        wrong = ["", "{", "[", "3", "null", "{}", "[3]", "[{}]", "[]", '{"estimates": 3}', "[" * 100_000, [one, one]]
        wrong += [[{key: value for key, value in one.items() if key != left}] for left in one if left not in ("p_holm",)]
        wrong += [[{**one, key: value}] for key, value in (("levels", ["x"]), ("levels", {"x": 1}), ("point", "much"),
                                                           ("change", None))]
        for estimates in wrong:
            with self.subTest(str(estimates)[:80]):
                self.refusal(estimates)
        self.assertIn("cannot write", self.refusal([one], name="map.nothing"))


if __name__ == "__main__":
    unittest.main()
