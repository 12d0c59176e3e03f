"""What the record says for and against the paper's claims, each item computed from scenarios/data with its source.

The side an item stands on follows from its figures: were the listed groups of processed goods to gain in the data, the item
would change sides by itself. What an item shows, and which sign would favour the claim, is a judgement; it stands in the code.
"""
import dataclasses
import textwrap

import numpy as np

import record

EXPORTS, FINANCE, PROJECTS = "export_composition.csv", "china_finance_fdi.csv", "china_projects.csv"
AIDDATA, FEELINGS, REGIONS, MACRO, EVENTS = "chinese_projects_aiddata.csv", "sentiment_protest.csv", "oblasts.csv", "macro_annual.csv", "events.csv"
WIDTH = 58  # of a column


@dataclasses.dataclass
class Item:
    favours: bool
    text: str
    source: str


def item(favours, text, *used):
    """`used` are a file and its variables, then the next file."""
    files = [at for at, word in enumerate(used) if word.endswith(".csv")]
    return Item(bool(favours), text, "; ".join(f"{used[at]}: {record.sources(*used[at:end])}" for at, end in zip(files, [*files[1:], None])))


def mean(values, first, last):
    return float(np.mean([value for year, value in values.items() if first <= year <= last]))


def moved(before, after):
    return "rose" if after > before else "fell" if after < before else "stayed"


def change(before, after, form="{:.3g}%"):
    return f"{moved(before, after)} from {form.format(before)} to {form.format(after)}"


# ---- Claim 2: what is exported ------------------------------------------------------------------------------------------

PROCESSED = {"semi-processed goods (metals, inorganic chemicals and uranium, refined fuel)":
             ("metals_semiprocessed", "inorganic_chemicals_uranium", "refined_fuel"),
             "listed manufactures": ("manufactures_listed",), "processed food": ("processed_food",)}


def listed_groups():
    first, last = (record.by_suffix(EXPORTS, "group_share_", year) for year in (2015, 2023))
    for name, groups in PROCESSED.items():
        before, after = (sum(shares[group] for group in groups) for shares in (first, last))
        yield item(after > before, f"the share of {name} in goods exports {change(before, after)}, 2015 to 2023",
                   EXPORTS, "group_share_" + groups[0])
    before, after = (sum(value for name, value in shares.items() if name.startswith("raw")) for shares in (first, last))
    yield item(after < before, f"the share of listed raw goods (energy, ores, grain) {change(before, after)}, 2015 to 2023, while the "
               f"part that is in no listed group {change(first['other_not_listed'], last['other_not_listed'])}", EXPORTS, "group_share_raw_energy")


def exports():
    yield from listed_groups()
    made = record.series(EXPORTS, "sitc_share_metals_chemicals_machinery")
    years, share = sorted(made), record.series(MACRO, "nfrk_fx_assets_share_gdp")
    yield item(made[years[-1]] > made[years[1]], f"metals, chemicals, machines and other manufactures (SITC 5 to 8) were "
               f"{' and '.join(f'{made[year]:.3g}% in {year}' for year in years)} of goods exports; the fund held {share[years[1]]:.3g}% of GDP "
               f"in {years[1]} and {share[years[-1]]:.3g}% in {years[-1]}", EXPORTS, "sitc_share_metals_chemicals_machinery",
               MACRO, "nfrk_fx_assets_share_gdp")
    index = record.series(EXPORTS, "eci_hs92")
    for before, after in (((1995, 2000), (2001, 2021)), ((2001, 2021), (2022, max(index)))):
        a, b = mean(index, *before), mean(index, *after)
        yield item(b > a, f"the complexity of exports (ECI) {change(a, b, '{:.2f}')}, means of {before[0]}-{before[1]} and of "
                   f"{after[0]}-{after[1]}; the fund opened in 2001", EXPORTS, "eci_hs92")
    fuel, machines = (record.series(EXPORTS, f"sitc_{what}_share_of_exports_to_China") for what in ("fuel", "machinery"))
    first, last = min(fuel), max(fuel)
    yield item(machines[last] - fuel[last] > machines[first] - fuel[first], f"fuel {change(fuel[first], fuel[last])} of exports to China, "
               f"{first} to {last}, and machinery {change(machines[first], machines[last])}", EXPORTS, "sitc_fuel_share_of_exports_to_China",
               "sitc_machinery_share_of_exports_to_China")
    before, after = (record.value(AIDDATA, "large_share_processing", span) for span in ("2002-2012", "2013-2021"))
    yield item(after > before, f"processing {change(before, after)} of the value of large Chinese projects, 2002-12 to 2013-21",
               AIDDATA, "large_share_processing")
    for sector, good in (("manufacturing", 1), ("mining", -1)):
        stock = record.series(FINANCE, "fdi_stock_share_" + sector)
        first, last = min(stock), max(stock)
        yield item(good * (stock[last] - stock[first]) > 0, f"{sector} {change(stock[first], stock[last])} of the stock of foreign "
                   f"investment, {first} to {last}", FINANCE, "fdi_stock_share_" + sector)


# ---- Claim 3: farms, regions, feelings ----------------------------------------------------------------------------------

def feelings():
    good, trouble = (record.value(FEELINGS, name, 2017) for name in ("chinese_fdi_good_for_country", "chinese_immigration_causes_problems"))
    yield item(min(good, trouble) > 50, f"feelings are mixed where most say both: {good:.0f}% that Chinese investment is good for the "
               f"country, {trouble:.0f}% that Chinese immigration causes problems (2017, a survey of 300, some of them in Kyrgyzstan)", FEELINGS,
               "chinese_fdi_good_for_country", "chinese_immigration_causes_problems")
    approve = {name: record.value(FEELINGS, "leadership_approval_" + name, "2006-2018") for name in ("Russia", "China", "United_States")}
    yield item(min(approve, key=approve.get) != "China" != max(approve, key=approve.get), f"in four Central Asian countries {approve['China']:.0f}% approve of "
               f"China's leadership, {approve['Russia']:.0f}% of Russia's and {approve['United_States']:.0f}% of the United States' (2006-18)",
               FEELINGS, "leadership_approval_China")
    cities_named = "land_protest_cities", "anti_chinese_protest_cities_first_week"
    cities = {year: record.value(FEELINGS, name, year) for year, name in zip((2016, 2019), cities_named)}
    places = len(record.by_suffix(REGIONS, "agri_gva_share_", 2017))
    yield item(max(cities.values()) < places, f"protest was regional: {cities[2016]:.0f} cities were named in 2016 and {cities[2019]:.0f} in 2019, "
               f"of a country of {places} regions", FEELINGS, *cities_named)


def answers():
    """To protests: by the state, or by a region."""
    state = [f"a moratorium after {record.value(FEELINGS, 'land_protest_to_moratorium_lag', 2016):.0f} days and "
             f"{record.value(FEELINGS, 'ministers_removed_after_protest', 2016):.0f} ministers removed in 2016"]
    known = {row["variable"]: row["year"] for row in record.rows(EVENTS)}
    region = [f"a governor's promise of no Chinese plants in {known[name]}" for name in ("governor_promise_no_chinese_plants",) if name in known]
    state += [f"a ban on foreign farmland in {known[name]}" for name in ("foreign_farmland_ban",) if name in known]
    yield item(len(region) > len(state), f"of the answers to protest on record, {len(state)} came from the state ({' and '.join(state)}) and "
               f"{len(region)} from a region{f' ({region[0]})' if region else ''}", FEELINGS, "land_protest_to_moratorium_lag", "ministers_removed_after_protest",
               EVENTS, "foreign_farmland_ban", "governor_promise_no_chinese_plants")


def farms():
    planned, size = record.value(PROJECTS, "agri_projects_planned", 2016), record.value(PROJECTS, "list_size", 2016)
    yield item(planned > size / 10, f"{planned:.0f} farm projects were planned in 2016, against {size:.0f} on the list of industrial projects; "
               "what became of them, by region, is not on record", PROJECTS, "agri_projects_planned", "list_size")
    share = record.series(MACRO, "crop_livestock_share_gdp")
    before, after = mean(share, 2010, 2015), mean(share, 2016, max(share))
    yield item(after > before, f"crops and livestock {change(before, after)} of GDP, means of 2010-15 and 2016-{max(share)}", MACRO,
               "crop_livestock_share_gdp")
    farmed, located = (record.by_suffix(*where) for where in ((REGIONS, "agri_gva_share_", 2017), (FINANCE, "chinese_finance_located_", "2000-2021")))
    regions = sorted(set(farmed) & set(located))
    together = float(np.corrcoef([farmed[name] for name in regions], [located[name] for name in regions])[0, 1])
    yield item(together > 0, f"across {len(regions)} regions, Chinese finance and farm output have a correlation of {together:.2f}", FINANCE,
               "chinese_finance_located_Atyrau", REGIONS, "agri_gva_share_Atyrau")


def implementation():
    done, listed = record.value(PROJECTS, "completed_cumulative", 2022), record.value(PROJECTS, "list_size", 2022)
    value = record.value(PROJECTS, "completed_value_cumulative", 2022) / record.value(PROJECTS, "list_value", 2022)
    yield item(done / listed < 0.5, f"signing was not doing: {done / listed:.0%} of the listed projects were complete after seven years, and "
               f"{value:.0%} of their value (2015-22)", PROJECTS, "completed_cumulative")
    gone, of = record.value(PROJECTS, "projects_removed_and_replaced", 2017), record.value(PROJECTS, "list_size", 2017)
    yield item(gone > 0, f"the two states renegotiate the list: {gone:.0f} of {of:.0f} projects were replaced in one review (2017)", PROJECTS,
               "projects_removed_and_replaced")
    transport = "transport_and_storage"
    share, number = ({name[:-len(end)]: value for name, value in record.by_suffix(AIDDATA, "large_sector_", "2002-2021").items()
                      if name.endswith(end)} for end in ("_completed_share_value", "_records"))
    many = {name: share[name] for name in share if number[name] >= 5}
    fewer = [name.replace("_", " ") for name in share if number[name] < 5 and share[name] < share[transport]]
    yield item(share[transport] > min(many.values()), f"transport, which the corridor is about, has {share[transport]:.3g}% of its value completed, "
               f"{'the least' if share[transport] == min(many.values()) else 'not the least'} of the {len(many)} sectors with five large Chinese projects or more"
               + (f" (with fewer, {' and '.join(fewer)} have less)" if fewer else ""), AIDDATA, "large_sector_transport_and_storage_completed_share_value")


# ---- The paper as a whole -----------------------------------------------------------------------------------------------

def whole():
    periods = record.by_suffix(AIDDATA, "commitments_period", "2005-2009") | {"later": record.value(AIDDATA, "commitments_period", "2010-2012")}
    early = sum(periods.values()) / record.value(AIDDATA, "commitments_total", "2000-2021")
    yield item(early < 0.5, f"{early:.0%} of Chinese official commitments of 2000-21 date from 2005-12, before the Belt and Road",
               AIDDATA, "commitments_period")
    net = record.series(FINANCE, "fdi_net_inflow_eur_China")
    before, after = mean(net, 2005, 2012), mean(net, 2013, max(net))
    yield item(after > before, f"China's net direct investment {change(before, after, '{:.0f}')} million euro a year, means of 2005-12 and "
               f"2013-{max(net)}, before and after the method changed", FINANCE, "fdi_net_inflow_eur_China")
    every = record.series(MACRO, "fdi_net_inflow_bop")
    before, after = mean(every, 2005, 2012), mean(every, 2013, max(every))
    yield item(after > before, f"and everybody's {change(before, after, '{:.1f}')} billion dollars a year, to {max(every)}", MACRO, "fdi_net_inflow_bop")
    rates = record.by_suffix(FINANCE, "chinese_loan_interest_", "2000-2021")
    paid = rates.pop("Kazakhstan")
    yield item(paid < np.mean(list(rates.values())), f"Kazakhstan pays China {paid:.3g}% interest; "
               f"{', '.join(f'{name} {rate:.3g}%' for name, rate in rates.items())}", FINANCE, "chinese_loan_interest_Kazakhstan")
    debt = record.series(FINANCE, "external_debt_to_China")
    yield item(debt[max(debt)] < debt[min(debt)], f"debt to China {change(debt[min(debt)], debt[max(debt)], '{:.3g}')} billion dollars, "
               f"{min(debt)} to {max(debt)}", FINANCE, "external_debt_to_China")
    alone, both = (record.series(FINANCE, "fdi_stock_share_China" + more) for more in ("", "_and_Hong_Kong"))
    yield item(max(both.values()) < 10, f"China's share of the stock of foreign investment was never above {max(alone.values()):.3g}%, with Hong "
               f"Kong {max(both.values()):.3g}% ({min(alone)}-{max(alone)}, by immediate country)", FINANCE, "fdi_stock_share_China")
    dated = {row["variable"]: row["year"] for row in record.rows(EVENTS)}
    signed = record.value(PROJECTS, "deals_signed_march", 2015)
    yield item(dated["eaeu_in_force"] == dated["epca_signed"] == "2015", f"agreements with all vectors came together: {signed:.0f} deals with China in "
               f"2015, the Eurasian union in {dated['eaeu_in_force']}, the partnership with the EU in {dated['epca_signed']}", PROJECTS,
               "deals_signed_march", EVENTS, "eaeu_in_force", "epca_signed")


CLAIMS = {"exports": (exports,), "farms": (feelings, answers, farms, implementation), "whole": (whole,)}


def items(claim):
    return [found for part in CLAIMS[claim] for found in part()]


def side_by_side(found):
    """The items as two columns, for and against."""
    columns = [[line for one in found if one.favours == side for line in
                [*textwrap.wrap("- " + one.text, WIDTH, subsequent_indent="  "), *textwrap.wrap(f"[{one.source}]", WIDTH, initial_indent="  ", subsequent_indent="  ")]]
               for side in (True, False)]
    count = [sum(one.favours == side for one in found) for side in (True, False)]
    lines = [f"{f'for ({count[0]})':{WIDTH}}   against ({count[1]})"]
    for at in range(max(map(len, columns))):
        left, right = (column[at] if at < len(column) else "" for column in columns)
        lines.append(f"{left:{WIDTH}}   {right}".rstrip())
    return "\n".join(lines)
