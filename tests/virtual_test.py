"""Compares a virtual merge with one that holds its values, as h5py and xarray read them.

Usage: virtual_test.py WHOLE.h5 VIRTUAL.h5      (python3-h5py python3-numpy python3-xarray python3-h5netcdf)
"""

import os
import sys

import h5py
import numpy as np
import xarray as xr

MISSING = -2147483648


def datasets(file):
    found = {}
    file.visititems(lambda name, item: found.update({name: item}) if isinstance(item, h5py.Dataset) else None)
    return {name: item for name, item in found.items() if not name.startswith("provenance/")}


def check_values(whole, virtual):
    a, b = datasets(whole), datasets(virtual)
    assert list(a) == list(b)
    for name, dataset in a.items():
        assert dataset.dtype == b[name].dtype and dataset.shape == b[name].shape, name
        assert dataset[...].tobytes() == b[name][...].tobytes() or dataset.dtype.kind == "O", name
        if dataset.dtype.kind == "O":
            assert list(dataset[...].flat) == list(b[name][...].flat), name
        labels = [key for key in dataset.attrs if key not in ("DIMENSION_LIST", "REFERENCE_LIST")]
        for key in labels:
            assert np.array_equal(dataset.attrs[key], b[name].attrs[key]), f"{key} of {name}"
    shared = [name for name, dataset in b.items() if dataset.is_virtual]
    for group in ("summary", "series", "negotiations", "offers", "deals", "events"):
        assert any(name.startswith(group + "/") for name in shared) or len(b[f"{group}/realization"]) == 0, group
    for source in (s for name in shared for s in b[name].virtual_sources()):
        assert not os.path.isabs(source.file_name) and ".." not in source.file_name


def check_xarray(whole, virtual):
    for group in ("summary", "series", "deals"):
        with xr.open_dataset(whole, group=group, engine="h5netcdf") as a:
            with xr.open_dataset(virtual, group=group, engine="h5netcdf") as b:
                xr.testing.assert_identical(a, b)


def check_lost(path):
    """Without its second shard, of realisations 5 to 9."""
    shard = os.path.join(os.path.dirname(path), "parts", "2.h5")
    os.rename(shard, shard + ".gone")
    try:
        with h5py.File(path) as file:
            gain = file["summary/net_gain"][:]
            assert np.isnan(gain[5:10]).all() and not np.isnan(np.delete(gain, slice(5, 10))).any()
            lost = file["deals/realization"][:] == MISSING
            assert 0 < lost.sum() < len(lost)
            assert np.array_equal(lost, np.isnan(file["deals/size"][:]))
            assert np.array_equal(lost, file["deals/status"][:] == -1)
    finally:
        os.rename(shard + ".gone", shard)


if __name__ == "__main__":
    with h5py.File(sys.argv[1]) as whole, h5py.File(sys.argv[2]) as virtual:
        check_values(whole, virtual)
    check_xarray(sys.argv[1], sys.argv[2])
    check_lost(sys.argv[2])
