"""Opens a result file written with --record full as other people's programs would, and checks what it says.

Usage: readers_test.py RESULT.h5      (python3-h5py python3-numpy python3-xarray python3-h5netcdf)
"""

import collections
import sys

import h5py
import numpy as np
import xarray as xr

MISSING = -2147483648
TABLES = {"negotiations": "negotiation", "offers": "offer", "deals": "deal", "events": "event"}
COORDINATES = ("realization", "tick", "year", "partner", "sector", "region")
RATIOS = {
    "surplus_share": ("net_gain", "surplus"),
    "net_share": ("gain_over_outside", "surplus_over_outside"),
    "concession_index": ("clause_position", "clause_weight"),
    "refusal_success": ("refusals_paid", "refusals_ended"),
    "implied_weight": ("implied_weight_sum", "implied_weights"),
    "implied_weight_outside": ("implied_weight_outside_sum", "implied_weights_outside"),
    "surplus_share_by_partner": ("net_gain_by_partner", "surplus_by_partner"),
    "net_share_by_partner": ("gain_over_outside_by_partner", "surplus_over_outside_by_partner"),
    "concession_index_by_partner": ("clause_position_by_partner", "clause_weight_by_partner"),
}
OTHER_RUNS = "against another run of the same luck"


def datasets(file):
    found = []
    file.visititems(lambda name, item: found.append(item) if isinstance(item, h5py.Dataset) else None)
    return found


def meaning(dataset):
    """A column of flags as names."""
    names = np.array(dataset.attrs["flag_meanings"].split(" "))
    return names[dataset[:]]


def close(a, b):
    np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9)


def by_run(file, table, rows, values=None):
    """Sum of values (or the number) of chosen rows of a table for each realisation."""
    place = np.searchsorted(file["summary/realization"][:], file[table]["realization"][:][rows])
    weights = None if values is None else values[rows]
    return np.bincount(place, weights, minlength=len(file["summary/realization"]))


def check_every_dataset_is_described(file):
    for dataset in datasets(file):
        for attribute in ("units", "long_name"):
            assert isinstance(dataset.attrs[attribute], str), f"{dataset.name} has no {attribute}"
        for axis in dataset.dims:
            assert h5py.h5ds.is_scale(dataset.id) or len(axis) == 1, f"{dataset.name} has a dimension without a scale"
        if dataset.dtype.kind == "f" and dataset.size > 0 and not dataset.name.startswith("/provenance"):
            assert np.isnan(dataset.fillvalue), f"{dataset.name} is not filled with NaN"
    print("every dataset has units, a long name and scales on its dimensions")


def check_money_names_its_prices(file):
    for name in ("net_gain", "surplus", "fund", "value_signed"):
        assert "USD billion at 2020 prices" in file["summary"][name].attrs["long_name"]
    assert "USD billion at 2020 prices" in file["deals/size"].attrs["long_name"]
    assert "wrongly show" in file["summary/net_gain"].attrs["comment"]


def check_values_stay_in_their_range(file):
    for dataset in datasets(file):
        if dataset.dtype.kind not in "fi" or dataset.size == 0:
            continue
        values = dataset[...].astype(float)
        values = values[~np.isnan(values)] if dataset.dtype.kind == "f" else values[values != MISSING]
        slack = 1e-9
        if "valid_min" in dataset.attrs and values.size:
            assert values.min() >= dataset.attrs["valid_min"] - slack, f"{dataset.name}: {values.min()}"
        if "valid_max" in dataset.attrs and values.size:
            assert values.max() <= dataset.attrs["valid_max"] + slack, f"{dataset.name}: {values.max()}"
    print("every value is within valid_min and valid_max")


def check_summary_follows_from_series(file):
    checked = 0
    for name, summary in file["summary"].items():
        how = summary.attrs["long_name"].split(":")[0]
        if name in COORDINATES or how == OTHER_RUNS:
            continue
        series = file["series"][name][:]
        assert series.shape[0] == summary.shape[0] and series.shape[2:] == summary.shape[1:]
        if how == "ratio of sums over the run":
            top, bottom = (file["series"][part][:].sum(axis=1) for part in RATIOS[name])
            with np.errstate(divide="ignore", invalid="ignore"):
                close(summary[:], np.where(bottom == 0, np.nan, top / bottom))
        else:
            fold = {
                "sum over the run": lambda cube: cube.sum(axis=1),
                "mean over the run": lambda cube: cube.mean(axis=1),
                "last tick of the run": lambda cube: cube[:, -1],
                "largest over the run": lambda cube: cube.max(axis=1),
            }[how]
            close(summary[:], fold(series))
        checked += 1
    assert checked > 50
    print(f"{checked} summary variables follow from their series")


def check_measures_against_other_runs(file):
    """They are there when they were asked for, in the summary alone."""
    names = [name for name, summary in file["summary"].items() if summary.attrs["long_name"].startswith(OTHER_RUNS)]
    assert bool(names) == (file["provenance"].attrs["counterfactuals"] == "on")
    assert not set(names) & set(file["series"])
    if not names:
        return
    losses = file["summary/partner_loss_by_partner"][:]
    close(file["summary/worst_partner_loss"][:], losses.max(axis=1))
    assert (losses[file["summary/host_welfare"][:] > 0] <= 1).all()
    premium, gain = file["summary/rival_premium_by_partner"][:], file["summary/net_gain"][:]
    assert premium.shape[1] > 1 or (premium == 0).all()
    print(f"against runs without a partner or its rivals: {', '.join(names)}; net_gain {gain.mean():.3g}")


def check_deals_add_up(file):
    status, partner = meaning(file["deals/status"]), file["deals/partner"][:]
    signed = (status != "blocked") & (partner != MISSING)
    close(by_run(file, "deals", signed), file["summary/signed_deals"][:])
    close(by_run(file, "deals", signed, file["deals/size"][:]), file["summary/value_signed"][:])
    close(by_run(file, "deals", partner == MISSING), file["summary/self_financed"][:])
    close(by_run(file, "deals", status == "blocked"), file["summary/blocked"][:])
    for p in range(file["summary/partner"].size):
        close(by_run(file, "deals", signed & (partner == p)), file["summary/signed_by_partner"][:, p])
    print(f"{signed.sum()} deals add up to the summary")


def check_net_gain_is_the_sum_over_deals(file):
    """u_h of a signed deal less d_h of the talk in which it was agreed."""
    talks = {name: file["negotiations"][name][:] for name in ("realization", "tick", "project", "host_disagreement")}
    agreed = meaning(file["negotiations/outcome"]) == "agreed"
    key = lambda table, rows: list(zip(*(table[name][rows] for name in ("realization", "tick", "project"))))
    disagreement = dict(zip(key(talks, agreed), talks["host_disagreement"][agreed]))
    deals = {name: file["deals"][name][:] for name in ("realization", "tick", "project", "host_payoff")}
    signed = (meaning(file["deals/status"]) != "blocked") & (file["deals/partner"][:] != MISSING)
    gains = np.zeros(len(signed))
    gains[signed] = deals["host_payoff"][signed] - np.array([disagreement[k] for k in key(deals, signed)])
    close(by_run(file, "deals", signed, gains), file["summary/net_gain"][:])
    print("the sum over deals equals net_gain")


def check_refusals_are_logged(file):
    outcome = meaning(file["negotiations/outcome"])
    reasons, counts = np.unique(outcome, return_counts=True)
    print("talks:", ", ".join(f"{count} {reason}" for reason, count in zip(reasons, counts)))
    sat = outcome != "no_capital"  # an absent partner is recorded with its reason and no numbers
    for column in ("host_outside", "partner_outside", "host_disagreement", "joint_value", "size"):
        assert not np.isnan(file["negotiations"][column][:][sat]).any(), f"{column} is missing in a talk"
    beaten = np.char.startswith(outcome.astype(str), "lost_to")
    for column in ("host_payoff", "standing_offer"):
        assert not np.isnan(file["negotiations"][column][:][beaten]).any(), f"a refused offer has no {column}"
    partner = file["negotiations/partner"][:]
    for p in range(file["summary/partner"].size):
        refused = (partner == p) & sat & (outcome != "agreed")
        close(by_run(file, "negotiations", refused), file["summary/refused_by_partner"][:, p])
    print("every refusal is logged with the alternatives that stood at the table")


def check_offers_belong_to_talks(file):
    """Each offer to one talk; of a talk that was held to its end as many as it had rounds."""
    key = lambda table: list(zip(*(file[table][name][:] for name in ("realization", "tick", "project", "partner"))))
    talks = dict(zip(key("negotiations"), file["negotiations/rounds"][:]))
    made = collections.Counter(key("offers"))
    assert len(talks) == file["negotiations/negotiation"].size, "two talks of one partner over one project in a tick"
    assert set(made) <= set(talks), "an offer was made in no talk"
    assert all(made[talk] == rounds for talk, rounds in talks.items() if rounds > 0), "offers are missing"
    print(f"{sum(made.values())} offers belong to {len(made)} talks")


def check_tables_have_their_types(file):
    for table, row in TABLES.items():
        rows = file[table][row]
        assert (rows[:] == np.arange(rows.size)).all()
        for name, column in file[table].items():
            if name == row:
                continue
            assert column.shape == rows.shape, f"{column.name} has another length"
            if column.dtype == np.int8:
                names = column.attrs["flag_meanings"].split(" ")
                assert list(column.attrs["flag_values"]) == list(range(len(names)))
            elif column.dtype == np.int32:
                assert column.attrs["_FillValue"] == MISSING
                assert (column[:][column[:] < 0] == MISSING).all(), f"{column.name} has negative numbers"
            else:
                assert column.dtype == np.float64, f"{column.name} is {column.dtype}"
        runs = file[table]["realization"][:]
        assert (np.diff(runs) >= 0).all() and np.isin(runs, file["summary/realization"][:]).all()
    print("tables: float64 with NaN, int32 with a fill value, int8 with flags")


def check_provenance(file):
    import hashlib

    group = file["provenance"]
    for text in ("scenario_verbatim", "scenario_resolved"):
        assert hashlib.sha256(group[text][()]).hexdigest() == group.attrs[text + "_sha256"]
    assert group.attrs["generator"] == "Philox4x32-10"
    assert group.attrs["master_seed"].startswith("0x") and len(group.attrs["master_seed"]) == 18
    assert group.attrs["replications"] == file["summary/realization"].size
    assert file.attrs["Conventions"] == "CF-1.8"


def check_xarray(path):
    with h5py.File(path, "r") as file:
        net_gain = file["summary/net_gain"][:]
        partners = [label.decode() for label in file["summary/partner"][:]]
    summary = xr.open_dataset(path, engine="h5netcdf", group="summary").load()
    series = xr.open_dataset(path, engine="h5netcdf", group="series").load()
    close(summary.net_gain, net_gain)
    close(series.net_gain.sum("tick"), net_gain)
    close(series.net_gain_by_partner.sum(("tick", "partner")), net_gain)
    assert list(summary.partner.values) == partners
    assert series.net_gain.dims == ("realization", "tick") and "year" in series.coords
    assert series.year.dtype == np.float64 and series.tick.dtype == np.int32
    for table, row in TABLES.items():
        opened = xr.open_dataset(path, engine="h5netcdf", group=table).load()
        assert set(opened.sizes) == {row}
        assert all("phony" not in str(dimension) for dimension in opened.dims)
    print("xarray reads every group, labels and coordinates included")


def main(path):
    with h5py.File(path, "r") as file:
        assert set(file) == {"provenance", "summary", "series", *TABLES}, f"record the file with --record full: {set(file)}"
        check_every_dataset_is_described(file)
        check_money_names_its_prices(file)
        check_values_stay_in_their_range(file)
        check_summary_follows_from_series(file)
        check_measures_against_other_runs(file)
        check_tables_have_their_types(file)
        check_deals_add_up(file)
        check_net_gain_is_the_sum_over_deals(file)
        check_refusals_are_logged(file)
        check_offers_belong_to_talks(file)
        check_provenance(file)
    check_xarray(path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
