"""The worlds of a design's result file: which row is which, and their values replication by replication."""
import h5py
import numpy as np


def text(value):
    if isinstance(value, bytes):
        return value.decode()
    return value if isinstance(value, str) else f"{value:g}"


def opened(path):
    try:
        return h5py.File(path, "r")
    except OSError as error:
        raise ValueError(f"cannot read {path}: {str(error).splitlines()[0]}") from None


class Worlds:
    def __init__(self, path):
        self.file = opened(path)
        if "design" not in self.file or "summary" not in self.file:
            raise ValueError(f"{path} does not hold the worlds of a design; make it with multivector sweep")
        design, summary = self.file["design"], self.file["summary"]
        self.path, self.axes = path, [text(name) for name in design["axis"][:]]
        columns = [[text(level) for level in design["row_" + name][:]] for name in self.axes]
        self.levels = {name: list(dict.fromkeys(column)) for name, column in zip(self.axes, columns)}
        self.rows = {levels: row for row, levels in enumerate(zip(*columns))}
        row, replication = summary["design_row"][:], summary["replication"][:]
        known = np.unique(replication)
        self.runs = len(known)
        self.place = np.full((len(self.rows), self.runs), -1)  # of each row's replication among the realisations
        self.place[row, np.searchsorted(known, replication)] = np.arange(len(row))
        if (self.place < 0).any():
            raise ValueError(f"{path} lacks replications of some rows, so that worlds cannot be paired")
        if self.runs < 2:
            raise ValueError(f"{path} has one replication of each world; an interval needs two or more")

    def require(self, axis, *levels):
        if axis not in self.levels:
            raise ValueError(f"{self.path} has no axis '{axis}'")
        for level in levels:
            if level not in self.levels[axis]:
                raise ValueError(f"{self.path}: the axis '{axis}' has no level '{level}'")

    def values(self, name):
        """(row, replication) of a variable of the summary."""
        if name not in self.file["summary"]:
            raise ValueError(f"{self.path} has no variable '{name}'")
        return self.file["summary"][name][:][self.place]
