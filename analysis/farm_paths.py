"""What becomes of projects by world, replication, branch (farms, industry) and region: counts from a full record of a design.

A project is followed for seven years from the tick in which it first comes to a table (or the fund builds it alone); those that
come later than seven years before the end are left out, so that all have had the same time.
"""
import numpy as np

from patterns import Seeds
from worlds import Worlds

BRANCHES = {"farms": ("agriculture",), "industry": ("metals", "manufacturing", "chemicals")}
YEARS = 7
ENDS = ("completed", "delayed", "dropped", "built by the fund", "not signed")  # of seven years: they sum to the projects
ALSO = ("blocked", "with China")  # blocked at least once; signed with China
LEFT = "left by the fund"  # all that the fund did not build
KEY = 2**31  # projects are numbered within their realisation


class Paths:
    """`count[what]` is (world, replication, branch, region)."""

    def __init__(self, path, axis="world"):
        self.worlds = Worlds(path)
        if self.worlds.axes != [axis]:
            raise ValueError(f"{path} has other axes than the one of mixed_feelings.yaml, '{axis}'")
        self.seeds = Seeds(path)
        if "negotiations" not in self.seeds.file:
            raise ValueError(f"{path} has no /negotiations; sweep with --record full")
        self.names = self.worlds.levels[axis]
        self.regions, self.runs = self.seeds.labels("region"), self.worlds.runs
        self.follow(self.seeds.file["negotiations"], self.seeds.file["deals"])

    def follow(self, talks, deals):
        seeds, horizon = self.seeds, self.seeds.ticks_after(YEARS)
        of_talk, of_deal = (group["realization"][:].astype(np.int64) * KEY + group["project"][:] for group in (talks, deals))
        keys, first = np.unique(np.concatenate([of_talk, of_deal]), return_index=True)
        sector, region, tick = (np.concatenate([talks[name][:], deals[name][:]])[first] for name in ("sector", "region", "tick"))
        born = np.full(len(keys), np.iinfo(np.int64).max)
        np.minimum.at(born, np.searchsorted(keys, np.concatenate([of_talk, of_deal])), np.concatenate([talks["tick"][:], deals["tick"][:]]))
        at = np.searchsorted(keys, of_deal)
        status, partner = deals["status"][:], deals["partner"][:]
        in_time = deals["tick"][:] <= born[at] + horizon
        ended = deals["status_tick"][:] <= born[at] + horizon
        signed = in_time & (status != seeds.status["blocked"])

        def projects(chosen):
            found = np.zeros(len(keys), bool)
            found[at[chosen]] = True
            return found

        with_partner = signed & (partner >= 0)
        done = ended & (status == seeds.status["completed"])
        dropped = ended & np.isin(status, [seeds.status["cancelled"], seeds.status["replaced"]])
        what = {"projects": np.ones(len(keys), bool), "signed": projects(with_partner), "completed": projects(with_partner & done),
                "dropped": projects(with_partner & dropped), "delayed": projects(with_partner & ~done & ~dropped),
                "built by the fund": projects(signed & (partner < 0)), "blocked": projects(in_time & (status == seeds.status["blocked"])),
                "with China": projects(with_partner & (partner == self.china()))}
        what["not signed"] = ~(what["signed"] | what["built by the fund"])
        what[LEFT] = ~what["built by the fund"]
        place = np.empty(len(seeds.file["summary/realization"]), np.int64)
        place[self.worlds.place.ravel()] = np.arange(self.worlds.place.size)  # row x replications + replication
        run = place[np.searchsorted(seeds.file["summary/realization"][:], keys // KEY)]
        followed = born + horizon < len(seeds.year_of_tick)
        self.count = {name: np.zeros((len(self.names), self.runs, len(BRANCHES), len(self.regions))) for name in what}
        for branch, sectors in enumerate(BRANCHES.values()):
            chosen = followed & np.isin(sector, [seeds.sectors.index(name) for name in sectors if name in seeds.sectors])
            for name, found in what.items():
                kept = chosen & found
                cells = run[kept] * len(self.regions) + region[kept]
                self.count[name][:, :, branch] += np.bincount(cells, minlength=place.size * len(self.regions)).reshape(
                    len(self.names), self.runs, len(self.regions))

    def china(self):
        if "China" not in self.seeds.partners:
            raise ValueError("no partner is called China")
        return self.seeds.partners.index("China")

    def world(self, name):
        if name not in self.names:
            raise ValueError(f"{self.worlds.path} has no world '{name}'")
        return self.names.index(name)
