"""The patterns of history that a simulated Kazakhstan is held against, each with its figure on record and its band.

`fit` patterns are those that the baseline may be calibrated to; `test` patterns are held back, since they bear on the
claims that the model is there to test. Amplification is neither.
"""
import dataclasses
import functools
import math
from typing import Callable

import numpy as np

import record
from worlds import opened, text


class Seeds:
    """A result file with deals: yearly series by realisation, deals, and events. Arrays begin with the realisation."""

    def __init__(self, path):
        self.file = opened(path)
        for group in ("series", "deals", "events"):
            if group not in self.file:
                raise ValueError(f"{path} has no /{group}; run with --record deals")
        self.year_of_tick = np.floor(self.file["series/year"][:] + 1e-9).astype(int)
        self.years = np.unique(self.year_of_tick)
        self.count = len(self.file["summary/realization"])
        self.partners, self.sectors = self.labels("partner"), self.labels("sector")
        deals = self.file["deals"]
        order = np.searchsorted(self.file["summary/realization"][:], deals["realization"][:])
        self.deals = {"seed": order, **{name: deals[name][:] for name in ("tick", "status", "status_tick", "partner", "sector", "size")}}
        self.deals["year"] = self.year_of_tick[np.maximum(self.deals["tick"], 0)]
        self.status = {word: value for value, word in zip(deals["status"].attrs["flag_values"],
                                                          self.words(deals["status"].attrs["flag_meanings"]))}
        events = self.file["events"]
        self.kind = {word: value for value, word in zip(events["kind"].attrs["flag_values"],
                                                        self.words(events["kind"].attrs["flag_meanings"]))}
        self.events = {"seed": np.searchsorted(self.file["summary/realization"][:], events["realization"][:]),
                       **{name: events[name][:] for name in ("tick", "kind", "partner")}}

    @staticmethod
    def words(said):
        return text(said).split()

    def labels(self, name):
        return [text(label) for label in self.file["series/" + name][:]]

    def at(self, years):
        return [int(np.flatnonzero(self.years == year)[0]) for year in years]

    def reduced(self, name, how):
        values = self.file["series/" + name][:]
        return np.stack([how(values[:, self.year_of_tick == year]) for year in self.years], axis=1)

    def sums(self, name):
        return self.reduced(name, lambda ticks: ticks.sum(axis=1))

    def means(self, name):
        return self.reduced(name, lambda ticks: ticks.mean(axis=1))

    def ends(self, name):
        return self.reduced(name, lambda ticks: ticks[:, -1])

    def per_seed(self, chosen, weights=None):
        return np.bincount(self.deals["seed"][chosen], minlength=self.count,
                           weights=None if weights is None else weights[chosen]).astype(float)

    def ticks_before(self, year):
        return int(np.sum(self.year_of_tick < year))

    def ticks_after(self, years):
        """How many ticks a span of years has."""
        return years * int(np.sum(self.year_of_tick == self.years[0]))


def by_seed_correlation(a, b):
    return np.array([np.corrcoef(x, y)[0, 1] for x, y in zip(a, b)])


def ratio(top, bottom):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, top / bottom, math.nan)


# ---- Patterns -----------------------------------------------------------------------------------------------------------

FUND_YEARS = range(2002, 2022)


def price_and_fund(seeds):
    at = seeds.at(FUND_YEARS)
    before = [place - 1 for place in at]
    fund = seeds.ends("fund")
    return by_seed_correlation(seeds.means("oil_price")[:, at], fund[:, at] - fund[:, before])


def observed_price_and_fund():
    fund = record.changes(record.real(record.series("macro_annual.csv", "nfrk_fx_assets")))
    price = record.real(record.series("macro_annual.csv", "brent_price"))
    return record.correlation(price, {year: fund[year] for year in FUND_YEARS if year in fund})


def peaks(seeds):
    """Places of each seed's peaks of price and of fund / GDP, from when the fund is there."""
    at = seeds.at(range(2001, 2024))
    return seeds.means("oil_price")[:, at].argmax(axis=1), seeds.ends("fund_to_gdp")[:, at]


def fund_lag(seeds):
    price, fund = peaks(seeds)
    return (fund.argmax(axis=1) - price).astype(float)


def fund_falls(seeds):
    """Least fund / GDP within 8 years of its peak, over the peak."""
    _, fund = peaks(seeds)
    return np.array([row[row.argmax():row.argmax() + 9].min() / row.max() for row in fund])


def observed_lag():
    price = record.real(record.series("macro_annual.csv", "brent_price"))
    share = record.series("macro_annual.csv", "nfrk_fx_assets_share_gdp")
    return max(share, key=share.get) - max(price, key=price.get)


def observed_fall():
    share = record.series("macro_annual.csv", "nfrk_fx_assets_share_gdp")
    top = max(share, key=share.get)
    return min(share[year] for year in range(top, top + 9) if year in share) / share[top]


def fund_peak(seeds):
    return peaks(seeds)[1].max(axis=1)


def observed_peak():
    return max(record.series("macro_annual.csv", "nfrk_fx_assets_share_gdp").values()) / 100


def product(seeds):
    return seeds.means("gdp")[:, seeds.at([2019])[0]]


def observed_product():
    return record.real(record.series("macro_annual.csv", "gdp_nominal"))[2019]


def transit_growth(first, last):
    def growth(seeds):
        transit = seeds.sums("transit")
        a, b = seeds.at([first, last])
        return ratio(transit[:, b], transit[:, a]) ** (1 / (last - first)) - 1
    return growth


def observed_growth():
    transit = record.series("connectivity.csv", "utlc_era_transit")
    return (transit[2021] / transit[2017]) ** (1 / 4) - 1


def china_share(*names):
    def share(seeds):
        china, at = seeds.partners.index("China"), seeds.at([2021])[0]
        stock = sum(seeds.ends(name)[:, at] for name in names)
        return ratio(stock[:, china], stock.sum(axis=1))
    return share


def chinese(seeds, first=2013, last=2016):
    """Deals that were signed with China, and can be followed for seven years."""
    deals = seeds.deals
    return (deals["partner"] == seeds.partners.index("China")) & (deals["year"] >= first) & (deals["year"] <= last) & \
        (deals["status"] != seeds.status["blocked"])


def done_within(seeds, years):
    deals = seeds.deals
    return (deals["status"] == seeds.status["completed"]) & (deals["status_tick"] - deals["tick"] <= seeds.ticks_after(years))


def completed_by_number(seeds):
    chosen = chinese(seeds)
    return ratio(seeds.per_seed(chosen & done_within(seeds, 7)), seeds.per_seed(chosen))


def completed_by_value(seeds):
    chosen, size = chinese(seeds), seeds.deals["size"]
    return ratio(seeds.per_seed(chosen & done_within(seeds, 7), size), seeds.per_seed(chosen, size))


def number_over_value(seeds):
    return completed_by_number(seeds) - completed_by_value(seeds)


def observed_completed():
    done, listed = record.series("china_projects.csv", "completed_cumulative"), record.series("china_projects.csv", "list_size")
    return done[2022] / listed[2022]


def observed_number_over_value():
    value = record.series("china_projects.csv", "completed_value_cumulative")
    return observed_completed() - value[2022] / record.series("china_projects.csv", "list_value")[2022]


def chinese_list(seeds):
    """(number, value) of projects with China that were signed from 2015 on and completed, cumulated over years."""
    deals = seeds.deals
    chosen = (deals["partner"] == seeds.partners.index("China")) & (deals["year"] >= 2015) & \
        (deals["status"] == seeds.status["completed"])
    number, value = np.zeros((2, seeds.count, len(seeds.years)))
    place = np.searchsorted(seeds.years, seeds.year_of_tick[deals["status_tick"][chosen]])
    np.add.at(number, (deals["seed"][chosen], place), 1)
    np.add.at(value, (deals["seed"][chosen], place), deals["size"][chosen])
    return number.cumsum(axis=1), value.cumsum(axis=1)


def signed_with_china(seeds):
    """(number, value) of deals signed with China by year."""
    deals = seeds.deals
    chosen = (deals["partner"] == seeds.partners.index("China")) & (deals["status"] != seeds.status["blocked"])
    number, value = np.zeros((2, seeds.count, len(seeds.years)))
    place = (deals["seed"][chosen], np.searchsorted(seeds.years, deals["year"][chosen]))
    np.add.at(number, place, 1)
    np.add.at(value, place, deals["size"][chosen])
    return number, value


def replaced_a_year(seeds):
    """Deals with China that are replaced in a year, of those that live in its middle."""
    deals, years = seeds.deals, range(2013, 2024)
    china = (deals["partner"] == seeds.partners.index("China")) & (deals["status"] != seeds.status["blocked"])
    ended = np.isin(deals["status"], [seeds.status[word] for word in ("completed", "cancelled", "replaced")])
    last = np.where(ended, deals["status_tick"], len(seeds.year_of_tick))
    first = np.flatnonzero(np.isin(seeds.year_of_tick, years))
    replaced = china & (deals["status"] == seeds.status["replaced"]) & (last >= first[0]) & (last <= first[-1])
    middles = [seeds.ticks_before(year) + seeds.ticks_after(1) // 2 for year in years]
    live = sum(seeds.per_seed(china & (deals["tick"] < middle) & (last >= middle)) for middle in middles)
    return ratio(seeds.per_seed(replaced), live)


def observed_replaced():
    return record.series("china_projects.csv", "projects_removed_and_replaced")[2017] / \
        record.series("china_projects.csv", "list_size")[2017]


def export_share(seeds, sector, year):
    exports = seeds.sums("exports_by_sector")[:, seeds.at([year])[0]]
    goods = [place for place, name in enumerate(seeds.sectors) if name != "transport"]
    return exports[:, seeds.sectors.index(sector)] / exports[:, goods].sum(axis=1)


EQUAL_PRICES = (2015, 2023)  # eight years apart; of the pairs whose composition is on record the nearest in real price


def energy_share_change(seeds):
    return export_share(seeds, "energy", EQUAL_PRICES[1]) - export_share(seeds, "energy", EQUAL_PRICES[0])


def metals_share_change(seeds):
    return export_share(seeds, "metals", EQUAL_PRICES[1]) - export_share(seeds, "metals", EQUAL_PRICES[0])


def observed_change(variable):
    share = record.series("export_composition.csv", variable)
    return lambda: (share[EQUAL_PRICES[1]] - share[EQUAL_PRICES[0]]) / 100


OIL_YEARS = range(2010, 2024)


def price_and_oil_share(seeds):
    at = seeds.at(OIL_YEARS)
    return by_seed_correlation(seeds.means("oil_price")[:, at], seeds.means("oil_share_of_gdp")[:, at])


def oil_share(seeds):
    return seeds.means("oil_share_of_gdp")[:, seeds.at(OIL_YEARS)].mean(axis=1)


def observed_oil_share():
    share = record.series("macro_annual.csv", "oil_gas_sector_share_gdp")
    return sum(share[year] for year in OIL_YEARS) / len(OIL_YEARS) / 100


def observed_price_and_oil_share():
    share = record.series("macro_annual.csv", "oil_gas_sector_share_gdp")
    return record.correlation(record.real(record.series("macro_annual.csv", "brent_price")),
                              {year: share[year] for year in OIL_YEARS if year in share})


def protest_ticks(seeds, kind):
    chosen = (seeds.events["kind"] == seeds.kind[kind]) & (seeds.events["partner"] == seeds.partners.index("China"))
    return [np.unique(seeds.events["tick"][chosen & (seeds.events["seed"] == seed)]) for seed in range(seeds.count)]


MANY_CITIES = 5  # in which people march at once, for a protest to count as large


@functools.cache
def observed_large_protests():
    """Years with a protest against China in many cities."""
    return sorted({int(row["year"]) for row in record.rows("sentiment_protest.csv")
                   if "cities" in row["variable"] and float(row["value"]) >= MANY_CITIES})


def protest_years(seeds):
    return np.array([len(np.unique(seeds.year_of_tick[ticks])) for ticks in protest_ticks(seeds, "large_protest")]) / len(seeds.years)


def observed_protest_years():
    return len(observed_large_protests()) / len(range(1995, 2024))


def protests_heard(seeds):
    """Share of large protests against China that a concession follows within a year."""
    year, shares = seeds.ticks_after(1), []
    for large, won in zip(protest_ticks(seeds, "large_protest"), protest_ticks(seeds, "concession")):
        heard = [np.any((won >= tick) & (won <= tick + year)) for tick in large]
        shares.append(np.mean(heard) if heard else math.nan)
    return np.array(shares)


def farms_over_industry(seeds):
    def completed(sectors):
        chosen = np.isin(seeds.deals["sector"], [seeds.sectors.index(sector) for sector in sectors]) & \
            (seeds.deals["status"] != seeds.status["blocked"]) & (seeds.deals["partner"] >= 0) & \
            (seeds.deals["year"] <= seeds.years[-1] - 7)
        return ratio(seeds.per_seed(chosen & done_within(seeds, 7)), seeds.per_seed(chosen))
    return completed(["agriculture"]) / completed(["metals", "manufacturing", "chemicals"])


@dataclasses.dataclass
class Pattern:
    number: str
    use: str  # fit or test
    name: str
    low: float
    high: float
    simulated: Callable
    observed: Callable
    source: str


def nobody():
    """Where the record has no figure for the pattern, only the band."""
    return math.nan


PATTERNS = [
    Pattern("1", "fit", "correlation of the oil price with the fund's yearly change", 0.45, 0.85, price_and_fund,
            observed_price_and_fund, "macro_annual.csv: National Bank, EIA; 2002-21"),
    Pattern("2a", "fit", "years from the price's peak to that of fund / GDP", 1, 4, fund_lag, observed_lag, "macro_annual.csv"),
    Pattern("2b", "fit", "least fund / GDP within 8 years, of its peak", 0, 0.6, fund_falls, observed_fall, "macro_annual.csv"),
    Pattern("2c", "fit", "fund / GDP at its peak", 0.3, 0.6, fund_peak, observed_peak, "macro_annual.csv"),
    Pattern("3a", "fit", "growth of transit a year while ambition is high, 2017-21", 0.20, 0.45, transit_growth(2017, 2021),
            observed_growth, "connectivity.csv: UTLC ERA, China to Europe"),
    Pattern("3b", "fit", "growth of transit a year at the plateau, 2021-23", -0.3, 0.10, transit_growth(2021, 2023), nobody, "-"),
    Pattern("4a", "fit", "China's share of the stock of direct investment, 2021", 0, 0.15, china_share("equity_by_partner"),
            lambda: record.series("china_finance_fdi.csv", "fdi_stock_share_China")[2021] / 100, "china_finance_fdi.csv: National Bank"),
    Pattern("4b", "fit", "the same with loans, 2021", 0, 0.35, china_share("equity_by_partner", "debt_by_partner"), nobody, "-"),
    Pattern("5a", "fit", "Chinese projects of 2013-16 completed within 7 years, by number", 0.25, 0.50, completed_by_number,
            observed_completed, "china_projects.csv: Kazinform, ec-info.org; 2015-22"),
    Pattern("5b", "fit", "by how much that is more than by value", 0.10, 1, number_over_value, observed_number_over_value,
            "china_projects.csv"),
    Pattern("6", "fit", "deals with China replaced in a year, of those that live, 2013-23", 0.08, 0.20, replaced_a_year, observed_replaced,
            "china_projects.csv: Kazinform, 2017"),
    Pattern("7a", "test", "change of energy's share of goods exports, 2015-23", -0.10, -0.02, energy_share_change,
            observed_change("share_crude_oil"), "export_composition.csv: Bureau of National Statistics; crude"),
    Pattern("7b", "test", "change of metals' share, 2015-23", -0.03, 0.03, metals_share_change,
            observed_change("group_share_metals_semiprocessed"), "export_composition.csv: semi-processed"),
    Pattern("8b", "fit", "oil's share of GDP, mean of 2010-23", 0.15, 0.26, oil_share, observed_oil_share, "macro_annual.csv"),
    Pattern("8c", "fit", "product of 2019 [USD billion]", 145, 230, product, observed_product, "macro_annual.csv"),
    Pattern("8", "fit", "correlation of the oil price with oil's share of GDP, 2010-23", 0.4, 0.8, price_and_oil_share,
            observed_price_and_oil_share, "macro_annual.csv: Bureau of National Statistics"),
    Pattern("9a", "test", "share of years with a large protest against China", 0, 0.15, protest_years, observed_protest_years,
            "sentiment_protest.csv: bne IntelliNews, Times of Central Asia; 1995-2023"),
    Pattern("9b", "test", "large protests that a concession follows within a year", 0.6, 1, protests_heard, nobody, "-"),
    Pattern("10", "test", "farm deals completed within 7 years, of industry's share", 0, 0.6, farms_over_industry, nobody, "-"),
]
