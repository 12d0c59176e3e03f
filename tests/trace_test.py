#!/usr/bin/python3
"""Holds models/TRACE.md to what is there: tests, scripts, designs, processes, solutions, switches, observables.

    tests/trace_test.py PROGRAM
"""
import csv
import fnmatch
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = sys.argv[1]
NOTHING = "Nothing stands behind these yet"
complaints = []


def complain(words):
    complaints.append(words)


def described(topic):
    """The rows of what the program describes."""
    said = subprocess.run([PROGRAM, "describe", topic, "--format", "csv"], check=True, capture_output=True, text=True).stdout
    return list(csv.DictReader(said.splitlines()))


def sentences(path):
    """The sentences of a file's test cases; a string that the compiler joins may stand on several lines."""
    return ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', words))
            for words in re.findall(r'TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', path.read_text())]


def rows_by_section(text):
    """The cells of every table row under its heading, without the tables' own heads."""
    sections, heading = {}, ""
    lines = text.splitlines() + [""]
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            heading = line[3:]
            sections[heading] = []
        if not line.startswith("| ") or line.startswith("| ---") or lines[number].startswith("| ---"):
            continue
        sections[heading].append((number, [cell.strip() for cell in line.strip("|").split(" | ")]))
    return sections


def named(rows, column=0):
    return [word for _, cells in rows for word in re.findall("`([^`]+)`", cells[column])]


def check_evidence(number, cell):
    """Every test that a cell names is the only one of its file whose sentence begins so; every path exists."""
    for file, words in re.findall(r'`([^`]+)` "([^"]+)"', cell):
        path = ROOT / "tests" / f"{file}_test.cpp"
        if not path.is_file():
            complain(f"line {number}: there is no {path.name}")
            continue
        found = [sentence for sentence in sentences(path) if sentence.startswith(words)]
        if len(found) != 1:
            complain(f"line {number}: {len(found)} tests of {path.name} begin with '{words}'")
    rest = re.sub(r'`([^`]+)` "([^"]+)"', "", cell)
    for path in re.findall("`([^`]+)`", rest):
        if "/" not in path or not (ROOT / path).is_file():
            complain(f"line {number}: there is no {path}")
    if re.sub("`[^`]+`", "", rest).strip(" ,") or not re.search("`[^`]+`", cell):
        complain(f"line {number}: '{cell}' is not a list of tests and paths")


def check_places(number, cell, headings):
    for place in re.findall(r"\bODD ((?:[\d.]+(?:, )?)+)", cell):
        for section in place.split(", "):
            if section and section not in headings:
                complain(f"line {number}: models/ODD.md has no section {section}")


def check_named(what, wanted, found):
    for missing in sorted(set(wanted) - set(found)):
        complain(f"{what} {missing} has no row")


def check_observables(sections):
    names = {row["column"] for row in described("observables") if row["table"] == "observables"}
    base = {re.sub("_by_(partner|sector|region)$", "", name) for name in names}
    names = {name for name in names if re.sub("_by_(partner|sector|region)$", "", name) not in names - {name}}
    base |= names
    patterns = named(sections["What is measured"]) + named(sections[NOTHING])
    for pattern in patterns:
        if not fnmatch.filter(base, pattern):
            complain(f"no observable is called {pattern}")
    check_named("the observable", (name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in patterns)), [])


text = (ROOT / "models" / "TRACE.md").read_text()
sections = rows_by_section(text)
headings = set(re.findall(r"^##+ ([\d.]*\d)", (ROOT / "models" / "ODD.md").read_text(), re.M))
for heading, rows in sections.items():
    if not rows:
        complain(f"'{heading}' has no rows")
    for number, cells in rows:
        if heading == NOTHING:
            if re.search('` "', cells[-1]):
                complain(f"line {number}: something stands behind it")
        else:
            check_evidence(number, cells[-1])
        check_places(number, cells[1], headings)

check_named("the process", (row["process"] for row in described("processes")), named(sections["The tick"]))
check_named("the solution", (row["name"] for row in described("solutions")), named(sections["The bargaining solutions"]))
check_named("the switch", (row["key"] for row in described("parameters") if row["range"] == "off, on"),
            named(sections["Mechanism switches"]))
check_named("the design", (f"scenarios/designs/{path.name}" for path in (ROOT / "scenarios" / "designs").glob("*.yaml")),
            re.findall("`([^`]+)`", text))
check_observables(sections)
for words in complaints:
    print(f"models/TRACE.md: {words}", file=sys.stderr)
sys.exit(bool(complaints))
