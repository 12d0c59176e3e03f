"""Opens one result file with every reader, and checks that all see the same and that it is what the tables say.

Usage: readers_ci.py RESULT.h5 EXPORT DESCRIBED.csv
EXPORT is the folder that `multivector export` made of it, DESCRIBED what `multivector describe observables --format csv`
wrote. h5py is the reference; the others are xarray with three engines, ncdump, h5dump, hdf5r and ncdf4 in R, pandas and
read.csv. Values must agree exactly.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import xarray as xr

from readers_test import MISSING, TABLES, datasets

TEXTS = ("units", "long_name", "comment", "symbol", "flag_meanings")
NUMBERS = ("valid_min", "valid_max")
ACTORS = ("partner", "sector", "region")


def flat(values):
    """Texts as they are, numbers as float64 with NaN for missing."""
    values = np.asarray(values).ravel()
    if values.dtype.kind in "OSU":
        return np.array([v.decode() if isinstance(v, bytes) else str(v) for v in values], dtype=object)
    numbers = values.astype(np.float64)
    return np.where(numbers == MISSING, np.nan, numbers) if values.dtype.kind == "i" else numbers


def known(attributes):
    """The attributes that every reader must pass on."""
    kept = {name: str(attributes[name]) for name in TEXTS if name in attributes}
    return kept | {name: float(attributes[name]) for name in NUMBERS if name in attributes}


def with_h5py(path):
    with h5py.File(path, "r") as file:
        found = [d for d in datasets(file) if not d.name.startswith("/provenance")]
        return {d.name: (flat(d[...]), known(d.attrs)) for d in found}


def with_xarray(path, groups, open_group):
    seen = {}
    for group in groups:
        with open_group(path, group) as opened:
            for name, variable in opened.variables.items():
                seen[f"/{group}/{name}"] = flat(variable.values), known(variable.attrs)
    return seen


def open_as_store(path, group):
    """The engine that takes a store somebody opened; here h5netcdf on an open file, as from an archive or a cloud."""
    return xr.open_dataset(xr.backends.H5NetCDFStore.open(open(path, "rb"), group=group), engine="store")


XARRAY_ENGINES = {
    "netcdf4": lambda path, group: xr.open_dataset(path, engine="netcdf4", group=group),
    "h5netcdf": lambda path, group: xr.open_dataset(path, engine="h5netcdf", group=group),
    "store": open_as_store,
}


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def unescaped(text):
    return re.sub(r"\\(.)", r"\1", text)


TEXT = r'"(?:[^"\\]|\\.)*"'


def tokens_as_values(text):
    texts = re.findall(TEXT, text)
    if texts:
        return np.array([unescaped(t[1:-1]) for t in texts], dtype=object)
    words = text.replace(",", " ").split()
    return flat([np.nan if word in ("_", "NaN") else float(word) for word in words])


def with_ncdump(path, groups):
    seen = {}
    text = output_of("ncdump", "-p", "9,17", path)
    for part in re.split(r"^group: ", text, flags=re.M)[1:]:
        group, (head, *data) = part.split()[0], part.split("\n  data:\n")
        if group not in groups:
            continue
        attributes = {}
        for name, attribute, value in re.findall(rf"^\s+(?:string )?(\w+):(\w+) = ({TEXT}|[^;\"]*) ;$", head, re.M):
            value = unescaped(value[1:-1]) if value.startswith('"') else value.split(",")[0]
            attributes.setdefault(name, {})[attribute] = value
        values = dict(re.findall(rf"^\s+(\w+) =\s((?:{TEXT}|[^;\"])*);", data[0] if data else "", re.M))
        for name in re.findall(r"^\s+(?:\w+) (\w+)(?:\([\w, ]*\))? ;$", head, re.M):
            seen[f"/{group}/{name}"] = tokens_as_values(values.get(name, "")), known(attributes.get(name, {}))
    return seen


def with_letters(text):
    """h5dump writes each byte of a letter beyond ASCII as a negative number in octal digits."""
    decode = lambda match: bytes(int(byte, 8) & 255 for byte in re.findall(r"\\37777777(\d{3})", match[0])).decode()
    return re.sub(r"(?:\\37777777\d{3})+", decode, text)


def with_h5dump(path, groups):
    seen = {}
    for group in groups:
        text = with_letters(output_of("h5dump", "-y", "-w", "0", "-m", "%.17g", "-g", "/" + group, path))
        for part in re.split(r'^ {3}DATASET "', text, flags=re.M)[1:]:
            name = part[: part.index('"')]
            attributes = {}
            for attribute, value in re.findall(r'^ {6}ATTRIBUTE "(\w+)" \{.*?DATA \{\s*(.*?)\s*\}$', part, re.M | re.S):
                attributes[attribute] = unescaped(value[1:-1]) if value.startswith('"') else value.split(",")[0]
            data = re.search(r"^ {6}DATA \{\n(.*?)^ {6}\}$", part, re.M | re.S)
            kept = {n: a for n, a in attributes.items() if n in TEXTS + NUMBERS}
            values = tokens_as_values(data[1] if data else "")
            if values.dtype != object:
                values = np.where(values == MISSING, np.nan, values)
            seen[f"/{group}/{name}"] = values, known(kept)
    return seen


def with_r(path, export):
    """What hdf5r, ncdf4 and read.csv see, by the name of the reader."""
    script = Path(__file__).with_name("readers_ci.R")
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["Rscript", "--vanilla", script, path, export, folder], check=True)
        for reader in ("hdf5r", "ncdf4", "read_csv"):
            values, attributes = {}, {}
            for line in Path(folder, reader + ".txt").read_text(encoding="utf-8").splitlines():
                kind, where, *rest = line.split("\t")
                if kind == "attribute":
                    attributes.setdefault(where, {})[rest[0]] = "\t".join(rest[1:])
                else:
                    values[where] = rest
            seen[reader] = {where: (texts, known(attributes.get(where, {}))) for where, texts in values.items()}
    return seen


def as_reference(texts, reference):
    """Texts of R as the kind of values they are compared with."""
    if reference.dtype == object:
        return np.array(texts, dtype=object)
    return flat([np.nan if text in ("", "NA", "NaN") else float(text) for text in texts if text or len(texts) > 1])


def same(a, b):
    return a.shape == b.shape and (a == b).all() if a.dtype == object else np.array_equal(a, b, equal_nan=True)


def check_same(reader, seen, reference):
    assert set(seen) == set(reference), f"{reader} misses or invents {sorted(set(seen) ^ set(reference))[:5]}"
    for where, (values, attributes) in reference.items():
        got, noted = seen[where]
        got = as_reference(got, values) if isinstance(got, list) else got
        assert same(got, values), f"{reader} sees other values in {where}: {got[:5]}, not {values[:5]}"
        assert noted == attributes, f"{reader} sees other attributes of {where}: {noted}, not {attributes}"


def number(text):
    return None if text == "" else float(text)


def expected_attributes(row, group, labels, ticks):
    """What the observable table says that a file of these actors and ticks must say."""
    money = row.unit.startswith("USD")
    expected = {"units": "1" if money else row.unit}
    low, high = number(row.minimum), number(row.maximum)
    if group == "summary" and row.over_a_run == "sum":
        low, high = (0.0 if low is not None and low >= 0 else None), None
    if group in TABLES and row.column in ACTORS:
        names = labels[row.column]
        low, high = (0.0, len(names) - 1.0) if names else (None, None)
        if names:
            expected["flag_meanings"] = " ".join(name.replace(" ", "_") for name in names)
    if group in TABLES and row.column.endswith("tick"):
        high = ticks - 1.0
    if row["values"]:
        expected["flag_meanings"], low, high = row["values"].replace("; ", " "), None, None
    if low is not None:
        expected["valid_min"] = low
    if high is not None:
        expected["valid_max"] = high
    if row.symbol:
        expected["symbol"] = row.symbol
    if row.would_wrongly_show:
        expected["comment"] = "would wrongly show: " + row.would_wrongly_show
    return expected


def check_against_the_table(reference, groups, described):
    labels = {actor: list(reference["/summary/" + actor][0]) for actor in ACTORS}
    ticks = len(reference.get("/series/tick", ([],))[0])
    checked = 0
    for group in groups:
        rows = described[described.table == (group if group in TABLES else "observables")]
        if group == "series" or "/summary/worst_partner_loss" not in reference:
            rows = rows[rows.over_a_run != "against other runs"]
        for _, row in rows.iterrows():
            attributes = dict(reference[f"/{group}/{row.column}"][1])
            said = attributes.pop("long_name")
            assert not row.unit.startswith("USD") or f"[{row.unit}]" in said, f"{row.column}: {said}"
            assert row.meaning in re.sub(r" \[USD.*?\]", "", said), f"{row.column}: {said}"
            expected = expected_attributes(row, group, labels, ticks)
            assert attributes == expected, f"/{group}/{row.column} says {attributes}, the table {expected}"
            checked += 1
        others = {"realization", "tick", "year", *ACTORS} if group not in TABLES else {"realization", TABLES[group]}
        unknown = {name.split("/")[2] for name in reference if name.startswith(f"/{group}/")} - set(rows.column) - others
        assert not unknown, f"/{group} holds what no table describes: {unknown}"
    return checked


def read_book(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def check_codebook(book, reference, described):
    """The export's codebook says what the file's attributes and the observable table say."""
    meanings = {(row.table, row.column): row for _, row in described.iterrows()}
    for _, row in book.iterrows():
        if row.stands_at not in reference or row.table == "parameters":
            continue
        group, name = row.stands_at.split("/")[1:]
        attributes = reference[row.stands_at][1]
        if not row["values"]:
            limits = attributes.get("valid_min"), attributes.get("valid_max")
            assert (number(row.minimum), number(row.maximum)) == limits, f"range of {row.table}.{row.column}"
        said = meanings.get((group if group in TABLES else "observables", name))
        if said is None:
            continue
        label = re.sub(r"position in the (\w+) coordinate", r"name of the \1", said.meaning)
        for column, wanted in (("would_wrongly_show", said.would_wrongly_show), ("symbol", said.symbol), ("label", label)):
            assert row[column] == wanted, f"{column} of {row.table}.{row.column}: {row[column]}, not {wanted}"
        is_text = name in ACTORS or said["values"]
        assert row.unit == ("" if is_text else said.unit), f"{row.table}.{row.column}: {row.unit}"
        assert not said["values"] or row["values"] == said["values"], f"values of {row.table}.{row.column}"


def check_export(export, book, reference, seen_by_r):
    """pandas and R read every column as the file has it; R's own conversion may miss the last bit."""
    compared = 0
    for name in book.table.unique():
        texts = read_book(Path(export, name + ".csv"))
        numbers = pd.read_csv(Path(export, name + ".csv"), float_precision="round_trip")
        rows = book[book.table == name]
        assert list(texts.columns) == list(rows.column) and all(len(column) <= 32 for column in texts)
        for _, row in rows.iterrows():
            in_r = seen_by_r[f"{name}.{row.column}"][0]
            if len(texts) and texts[row.column].dtype == object and row["values"] + row.unit == "":
                continue  # free text
            values = reference.get(row.stands_at, (None,))[0]
            if values is None or name == "parameters" or len(texts) == 0:
                continue
            if row["values"]:
                labels = np.array(row["values"].split("; ") + [""], dtype=object)
                if values.dtype == object:
                    assert set(texts[row.column]) <= set(values), f"{name}.{row.column} has labels of its own"
                else:
                    values = labels[np.where(np.isnan(values), -1, values).astype(int)]
                    assert (texts[row.column].to_numpy() == values).all(), f"{name}.{row.column}"
                assert list(texts[row.column]) == in_r, f"R reads another {name}.{row.column}"
            else:
                column = numbers[row.column].to_numpy(np.float64)
                if len(column) == len(values):
                    assert same(column, values), f"{name}.{row.column}"
                else:
                    assert np.isin(column, values).all(), f"{name}.{row.column}"
                in_r = np.array([np.nan if text in ("", "NA", "NaN") else float(text) for text in in_r])
                np.testing.assert_allclose(in_r, column, rtol=5e-16, atol=0, err_msg=f"R: {name}.{row.column}")
            compared += 1
    return compared


def main(path, export, described_path):
    described, book = read_book(described_path), read_book(Path(export, "codebook.csv"))
    reference = with_h5py(path)
    groups = list(dict.fromkeys(where.split("/")[1] for where in reference))
    for engine, opener in XARRAY_ENGINES.items():
        assert engine in xr.backends.list_engines()
        check_same(f"xarray ({engine})", with_xarray(path, groups, opener), reference)
    check_same("ncdump", with_ncdump(path, groups), reference)
    check_same("h5dump", with_h5dump(path, groups), reference)
    seen_by_r = with_r(path, export)
    for reader in ("hdf5r", "ncdf4"):
        check_same(f"{reader} in R", seen_by_r[reader], reference)
    checked = check_against_the_table(reference, groups, described)
    check_codebook(book, reference, described)
    compared = check_export(export, book, reference, seen_by_r["read_csv"])
    print(f"{Path(path).stem}: {len(reference)} variables seen alike by eight readers, {checked} as the table describes them, "
          f"{compared} columns of the export equal")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
