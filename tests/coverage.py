"""Lines and branches of sim and models that tests reach, by folder, from gcovr's JSON. Every line that no test reaches is
named; a file with more such lines than uncovered.txt gives a reason for fails.

Usage: coverage.py COVERAGE.json
"""

import collections
import json
import pathlib
import sys


def spans(numbers):
    """1, 2, 3, 7 as 1-3 7."""
    text, last = [], None
    for number in sorted(numbers):
        if last is not None and number == last + 1:
            text[-1][1] = number
        else:
            text.append([number, number])
        last = number
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in text)


def reasons():
    """Of uncovered.txt: how many lines of each file need no test, and why."""
    known = {}
    for line in (pathlib.Path(__file__).parent / "uncovered.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            file, lines, reason = (part.strip() for part in line.split("|"))
            known[file] = int(lines), reason
    return known


def unexplained(missed):
    """Complaints about lines without a reason, and reasons without a line."""
    known = reasons()
    for file, numbers in sorted(missed.items()):
        if len(numbers) > known.get(file, (0, ""))[0]:
            yield f"{file}: no test reaches {spans(numbers)}, and uncovered.txt does not say why"
    for file in sorted(known.keys() - missed.keys()):
        yield f"uncovered.txt gives a reason for {file}, whose every line is reached"


def main(report):
    folders = collections.defaultdict(lambda: [0, 0, 0, 0])
    missed = {}
    for file in json.loads(pathlib.Path(report).read_text())["files"]:
        lines = [line for line in file["lines"] if not line.get("gcovr/noncode") and not line.get("gcovr/excluded")]
        branches = [branch for line in lines for branch in line["branches"] if not branch.get("throw")]
        counts = [len(lines), sum(line["count"] > 0 for line in lines), len(branches), sum(b["count"] > 0 for b in branches)]
        for folder in (str(pathlib.Path(file["file"]).parent), "all"):
            folders[folder] = [a + b for a, b in zip(folders[folder], counts)]
        never = {line["line_number"] for line in lines if line["count"] == 0}
        if never:
            missed[file["file"]] = never
    print(f"{'folder':24} {'lines':>16} {'branches':>18}")
    for folder in sorted(folders, key=lambda name: (name == "all", name)):
        lines, covered, branches, taken = folders[folder]
        print(f"{folder:24} {covered:6}/{lines:<6} {100 * covered / max(lines, 1):5.1f}% "
              f"{taken:6}/{branches:<6} {100 * taken / max(branches, 1):5.1f}%")
    print("\nlines that no test reaches:")
    for file, never in sorted(missed.items()):
        print(f"  {file}: {spans(never)} ({reasons().get(file, (0, 'no reason given'))[1]})")
    complaints = list(unexplained(missed))
    print(*complaints, sep="\n", file=sys.stderr)
    sys.exit(bool(complaints))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
