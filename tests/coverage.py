"""Lines and branches of sim and models that tests reach, by folder, from gcovr's JSON. Fails when a line that no test
reaches has no reason in uncovered.txt, or a reason there has no such line.

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
    """Reasons of uncovered.txt by (file, text of the line): a comment, then the lines that it is about."""
    known, reason = {}, ""
    for line in (pathlib.Path(__file__).parent / "uncovered.txt").read_text().splitlines():
        if line.startswith("#"):
            reason = line
        elif line.strip():
            file, text = line.split(": ", 1)
            known[file, text.strip()] = reason
    return known


def unexplained(missed):
    """Complaints about lines without a reason and reasons without a line."""
    known, met = reasons(), set()
    for file, numbers in sorted(missed.items()):
        source = pathlib.Path(file).read_text().splitlines()
        for number in sorted(numbers):
            text = source[number - 1].strip()
            met.add((file, text))
            if (file, text) not in known:
                yield f"{file}:{number}: no test reaches this, and uncovered.txt does not say why: {text}"
    for file, text in sorted(known.keys() - met):
        yield f"uncovered.txt gives a reason for what is reached or gone: {file}: {text}"


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
        print(f"  {file}: {spans(never)}")
    complaints = list(unexplained(missed))
    print(*complaints, sep="\n", file=sys.stderr)
    sys.exit(bool(complaints))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
