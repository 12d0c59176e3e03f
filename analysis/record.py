"""The record: figures of scenarios/data by variable and year, money at 2020 prices where it is asked for."""
import csv
import functools
import pathlib
import re

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "data"


@functools.lru_cache
def rows(file):
    with open(FOLDER / file, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def series(file, variable):
    """{year: value} of the years that have one; spans are left out."""
    found = {int(row["year"]): float(row["value"]) for row in rows(file)
             if row["variable"] == variable and row["year"].isdigit()}
    if not found:
        raise KeyError(f"{file} has no yearly figures of {variable}")
    return found


def source(file, variable, year):
    return next(row["source"] for row in rows(file) if row["variable"] == variable and row["year"] == str(year))


def real(values, base=2020):
    """The same money at prices of 2020."""
    prices = series("deflator.csv", "us_cpi_u")
    return {year: value * prices[base] / prices[year] for year, value in values.items() if year in prices}


def correlation(a, b):
    """Over the years that both have."""
    years = sorted(set(a) & set(b))
    return float(np.corrcoef([a[year] for year in years], [b[year] for year in years])[0, 1])


def changes(values):
    """{year: value less the year before's} where both are there."""
    return {year: value - values[year - 1] for year, value in values.items() if year - 1 in values}


def value(file, variable, when):
    """One figure, of a year or of a span such as "2002-2012"."""
    for row in rows(file):
        if row["variable"] == variable and row["year"] == str(when):
            return float(row["value"])
    raise KeyError(f"{file} has no figure of {variable} for {when}")


def by_suffix(file, prefix, when):
    """{what follows the prefix: value} of the figures of a year or a span."""
    return {row["variable"][len(prefix):]: float(row["value"]) for row in rows(file)
            if row["variable"].startswith(prefix) and row["year"] == str(when)}


def sources(file, *variables):
    """Who published the figures of the variables, without how they were read; "recalled" where one was not read there."""
    used = [row for row in rows(file) if row["variable"] in variables]
    named = dict.fromkeys(re.split(r", | \(|; | via | through ", row["source"])[0] for row in used)
    return " and ".join(named) + (", recalled" if any(row["quality"] != "verified" for row in used) else "")
