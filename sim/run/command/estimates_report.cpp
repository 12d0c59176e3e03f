#include "estimates_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "estimates_words.hpp"
#include "hexadecimal.hpp"

namespace multivector {

namespace {

/// "5"; "5 of 6" where some were dropped.
std::string of_all(std::size_t some, std::size_t all) {
    return std::to_string(some) + (some == all ? "" : " of " + std::to_string(all));
}

std::string predicate(const Estimate& estimate) {
    switch (estimate.quantity) {
        case Quantity::effect:
            return "effect of " + estimate.of.said() + (estimate.scale == Scale::logs ? ", in logs" : "");
        case Quantity::amplification:
            return "amplification of the effect of " + estimate.of.said() + " by " + estimate.by.said() +
                   (estimate.scale == Scale::logs ? ", in logs" : "");
        case Quantity::contribution:
            return "contribution to the effect of " + estimate.of.said() + " of what runs through";
    }
    return "";
}

/// A table of estimates of one outcome, one quantity.
void print_table(std::ostream& out, const std::vector<const Estimate*>& rows) {
    const Estimate& first = *rows.front();
    const bool family = std::any_of(rows.begin(), rows.end(), [](const auto* row) { return row->holm.has_value(); });
    const bool paired = first.quantity == Quantity::effect && first.scale == Scale::levels,
               changes = !change_of(first).empty();
    const bool declared =
        std::any_of(rows.begin(), rows.end(), [](const auto* row) { return row->size != Size::undeclared; });
    out << "\n"
        << first.outcome << ": " << predicate(first)
        << (first.scale == Scale::logs || first.unit == "1" ? "" : " [" + first.unit + "]") << '\n';
    std::vector<std::string> header{first.quantity == Quantity::contribution ? "mechanism" : "at", "estimate",
                                    "95% interval", "n"};
    if (changes) header.emplace_back("change");
    if (family) header.emplace_back("p (Holm)");
    if (paired) header.emplace_back("correlation"), header.emplace_back("variance ratio");
    if (declared) header.emplace_back("against the smallest of interest");
    Columns columns(header);
    for (const Estimate* row : rows) {
        const std::string at = said(row->at), where = row->quantity == Quantity::contribution
                                                          ? row->by.axis + (at.empty() ? "" : ", " + at)
                                                          : at;
        std::vector<std::string> cells{where.empty() ? "everywhere" : where, said(row->point), interval_text(*row),
                                       of_all(row->n, row->n + row->dropped)};
        if (changes) cells.push_back(change_of(*row));
        if (family) cells.push_back(p_text(row->holm));
        if (paired) cells.push_back(said(row->correlation)), cells.push_back(said(row->variance_ratio));
        if (declared) cells.push_back(row->size == Size::undeclared ? "-" : name(row->size));
        columns.add(std::move(cells));
    }
    columns.print(out);
}

/// Estimates of one outcome that share quantity, scale, axis and moderator, in the order of the first of each.
std::vector<std::vector<const Estimate*>> grouped(const std::vector<Estimate>& estimates, Standing standing) {
    std::vector<std::vector<const Estimate*>> groups;
    const auto same = [](const Estimate& a, const Estimate& b) {
        return a.outcome == b.outcome && a.quantity == b.quantity && a.scale == b.scale && a.of == b.of &&
               (a.by == b.by || a.quantity == Quantity::contribution);
    };
    for (const Estimate& estimate : estimates) {
        if (estimate.standing != standing) continue;
        const auto found = std::find_if(groups.begin(), groups.end(),
                                        [&](const auto& group) { return same(*group.front(), estimate); });
        if (found == groups.end())
            groups.push_back({&estimate});
        else
            found->push_back(&estimate);
    }
    return groups;
}

/// The primary outcome's amplifications in levels, by moderator and step.
std::vector<std::pair<Step, std::vector<const Estimate*>>> moderated(const std::vector<Estimate>& estimates) {
    std::vector<std::pair<Step, std::vector<const Estimate*>>> found;
    for (const Estimate& estimate : estimates) {
        if (change_of(estimate).empty() || estimate.standing != Standing::primary) continue;
        const auto same = [&](const auto& entry) { return entry.first == estimate.by; };
        auto entry = std::find_if(found.begin(), found.end(), same);
        if (entry == found.end()) entry = found.insert(entry, {estimate.by, {}});
        entry->second.push_back(&estimate);
    }
    return found;
}

using ByChange = std::array<std::vector<const Estimate*>, names_of<Change>.size()>;

ByChange by_change(const std::vector<const Estimate*>& cells) {
    ByChange sorted;
    for (const Estimate* cell : cells) sorted[static_cast<std::size_t>(cell->change())].push_back(cell);
    return sorted;
}

/// Where a moderator amplifies the effect, where it erodes it, and where neither can be told, over every setting of the
/// design: shares, and the settings that are in the minority by name.
void print_map(std::ostream& out, const std::vector<Estimate>& estimates) {
    constexpr std::size_t fewest = 4, most_named = 12;
    for (const auto& [moderator, cells] : moderated(estimates)) {
        if (cells.size() < fewest) continue;
        out << "\nmap: what " << moderator.said() << " does to the effect on " << cells.front()->outcome << ", in "
            << cells.size() << " settings\n";
        Columns columns({"", "settings", "share", "95% interval (Wilson)"});
        const ByChange sorted = by_change(cells);
        for (const Change change : {Change::amplifies, Change::erodes, Change::reverses, Change::none, Change::open}) {
            const std::size_t count = sorted[static_cast<std::size_t>(change)].size();
            if (count == 0 && (change == Change::reverses || change == Change::none)) continue;
            const auto [low, high] = wilson(count, cells.size());
            columns.add({change == Change::open ? "undetermined" : name(change), std::to_string(count),
                         digits(static_cast<double>(count) / static_cast<double>(cells.size())),
                         "[" + digits(low) + ", " + digits(high) + "]"});
        }
        columns.print(out);
        out << "  (the intervals are those of settings drawn at random; these were chosen, and share their luck)\n";
        for (const auto& some : sorted) {
            if (some.empty() || some.size() > most_named || some.size() == cells.size()) continue;
            out << "  " << name(some.front()->change()) << " at:\n";
            for (const Estimate* cell : some) {
                const std::string at = said(cell->at);
                out << "    " << cell->of.said() << (at.empty() ? "" : ", " + at) << '\n';
            }
        }
    }
}

/// "by 3.1" or "by between 2 and 4", with the unit.
std::string by_how_much(const std::vector<const Estimate*>& cells) {
    double least = INFINITY, most = -INFINITY;
    for (const Estimate* cell : cells)
        if (cell->point) least = std::min(least, *cell->point), most = std::max(most, *cell->point);
    const std::string unit = cells.front()->unit == "1" ? "" : " " + cells.front()->unit;
    return (least == most ? "by " + digits(least) : "by between " + digits(least) + " and " + digits(most)) + unit;
}

/// "raises it in 4 settings, lowers it in 1": counts of what is not empty.
std::string counted(const std::vector<std::pair<std::string, std::size_t>>& counts) {
    std::string text;
    for (const auto& [what, count] : counts)
        if (count > 0)
            text += (text.empty() ? "" : ", ") + what + " in " + std::to_string(count) +
                    (count == 1 ? " setting" : " settings");
    return text;
}

std::string effects_in_words(const std::vector<const Estimate*>& cells) {
    std::size_t up = 0, down = 0, none = 0, open = 0;
    for (const Estimate* cell : cells) {
        if (!cell->interval)
            ++open;
        else if (cell->interval->first == 0 && cell->interval->second == 0)
            ++none;
        else
            ++(cell->interval->first > 0 ? up : cell->interval->second < 0 ? down : open);
    }
    return "Moving " + cells.front()->of.said() + " changes " + cells.front()->outcome + " " + by_how_much(cells) +
           ": it " +
           counted({{"raises it", up}, {"lowers it", down}, {"does nothing", none}, {"leaves the sign open", open}}) +
           ".";
}

std::string changes_in_words(const Step& moderator, const std::vector<const Estimate*>& cells) {
    const ByChange sorted = by_change(cells);
    const auto count = [&](Change change) { return sorted[static_cast<std::size_t>(change)].size(); };
    return "Moving " + moderator.said() + " changes the effect of " + cells.front()->of.axis + " on " +
           cells.front()->outcome + " " + by_how_much(cells) + ": it " +
           counted({{"amplifies the effect", count(Change::amplifies)},
                    {"erodes it", count(Change::erodes)},
                    {"turns it round", count(Change::reverses)},
                    {"does nothing to it", count(Change::none)},
                    {"does nothing that can be told", count(Change::open)}}) +
           ".";
}

}  // namespace

std::vector<std::string> in_plain_words(const std::vector<Estimate>& estimates) {
    std::vector<std::string> words;
    for (const auto& group : grouped(estimates, Standing::primary))
        if (group.front()->quantity == Quantity::effect && group.front()->scale == Scale::levels)
            words.push_back(effects_in_words(group));
    for (const auto& [moderator, cells] : moderated(estimates)) words.push_back(changes_in_words(moderator, cells));
    return words;
}

void print_design_report(std::ostream& out, const ResultFile& file, const std::vector<Estimate>& estimates) {
    const DesignRecord& record = *file.design();
    const Design& design = record.design;
    out << file.name() << ": " << (design.title.empty() ? "a design" : design.title) << "\n"
        << name(design.kind) << ", " << file.rows() << " rows, "
        << file.replications().size() / std::max<std::size_t>(file.rows(), 1)
        << " replications of each with the same luck, seed " << hexadecimal(file.seed()) << "\n";
    for (const DesignAxis& axis : design.axes) {
        out << "  " << name(axis.role) << "  " << axis.name << ": ";
        for (std::size_t l = 0; l < axis.levels.size(); ++l) out << (l > 0 ? ", " : "") << axis.levels[l].label;
        out << '\n';
    }
    if (estimates.empty()) {
        out << "\nno axis of this design is an effect: nothing is compared\n";
        return;
    }
    for (const Standing standing : {Standing::primary, Standing::beside, Standing::secondary}) {
        const auto groups = grouped(estimates, standing);
        if (groups.empty()) continue;
        out << (standing == Standing::primary ? "\nprimary outcome"
                : standing == Standing::beside
                    ? "\nbeside it"
                    : "\nsecondary outcomes, for reading only: no allowance is made for their number")
            << '\n';
        for (const auto& group : groups) print_table(out, group);
    }
    print_map(out, estimates);
    out << "\nIn plain words:\n";
    for (const std::string& sentence : in_plain_words(estimates)) out << "  " << sentence << '\n';
    for (const DesignAxis& axis : design.axes)
        if (axis.role == AxisRole::effect && axis.name == "connectivity_demand")
            out << "note: in a single talk the host's payoff cannot fall when the partner's value rises, so a positive "
                   "effect of demand on net_gain alone is a law of the model, not evidence; its amplification is not\n";
    if (std::any_of(estimates.begin(), estimates.end(), [](const Estimate& e) {
            return e.quantity == Quantity::effect && e.standing == Standing::primary && e.correlation &&
                   *e.correlation <= 0;
        }))
        out << "warning: a correlation of paired worlds is not positive; pairing gained nothing there\n";
}

}  // namespace multivector
