#include "estimates_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "estimates_words.hpp"
#include "hexadecimal.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

/// "5"; "5 of 6" where some were dropped.
std::string of_all(std::size_t some, std::size_t all) {
    return std::to_string(some) + (some == all ? "" : " of " + std::to_string(all));
}

std::string quantity_in_words(const Estimate& estimate) {
    const std::string logs = estimate.scale == Scale::logs ? ", in logs of means" : "";
    if (estimate.quantity == Quantity::contribution)
        return "contribution to the effect of " + estimate.of.said() + " of what runs through";
    const std::string effect = "effect of " + estimate.of.said();
    return (estimate.quantity == Quantity::effect ? effect
                                                  : "amplification of the " + effect + " by " + estimate.by.said()) +
           logs;
}

std::string unit_of(const Estimate& estimate) {
    return estimate.scale == Scale::logs || estimate.unit == "1" ? "" : " [" + estimate.unit + "]";
}

/// A table under construction: its columns, each with a header and a cell for every row.
class SideBySide {
 public:
    template <class Cell>
    void add(const std::string& header, const Cells& rows, Cell cell) {
        headers_.push_back(header);
        columns_.emplace_back();
        for (const Estimate* row : rows) columns_.back().push_back(cell(*row));
    }
    void print(std::ostream& out) const {
        Columns columns(headers_);
        for (std::size_t r = 0; r < columns_.front().size(); ++r) {
            std::vector<std::string> cells;
            for (const auto& column : columns_) cells.push_back(column[r]);
            columns.add(std::move(cells));
        }
        columns.print(out);
    }

 private:
    std::vector<std::string> headers_;
    std::vector<std::vector<std::string>> columns_;
};

std::string where(const Estimate& estimate) {
    const std::string at = said(estimate.at);
    if (estimate.quantity == Quantity::contribution) return estimate.by.axis + (at.empty() ? "" : ", " + at);
    return at.empty() ? "everywhere" : at;
}

/// What one outcome's estimates say, in columns.
void add_outcome(SideBySide& table, const Cells& rows) {
    const Estimate& first = *rows.front();
    table.add(first.outcome, rows, [](const Estimate& row) { return said(row.point); });
    table.add("95% interval", rows, [](const Estimate& row) { return interval_text(row); });
    if (!change_of(first).empty()) table.add("change", rows, change_of);
    if (std::any_of(rows.begin(), rows.end(), [](const auto* row) { return row->holm.has_value(); }))
        table.add("p (Holm)", rows, [](const Estimate& row) { return p_text(row.holm); });
    if (std::any_of(rows.begin(), rows.end(), [](const auto* row) { return row->size != Size::undeclared; }))
        table.add("95% against the smallest", rows,
                  [](const Estimate& row) { return row.size == Size::undeclared ? "-" : name(row.size); });
}

/// Outcomes side by side over the same settings.
void print_table(std::ostream& out, const std::vector<Cells>& outcomes) {
    const Cells& amounts = outcomes.front();
    const Estimate& first = *amounts.front();
    out << '\n' << quantity_in_words(first) << unit_of(first) << (first.placebo ? ": placebos" : "") << '\n';
    SideBySide table;
    table.add(first.quantity == Quantity::contribution ? "mechanism" : "at", amounts, where);
    for (const Cells& outcome : outcomes) add_outcome(table, outcome);
    const auto counted = [](const Estimate& row) { return of_all(row.n, row.n + row.dropped); };
    table.add("n", amounts, counted);
    for (std::size_t o = 1; o < outcomes.size(); ++o)
        if (!std::equal(amounts.begin(), amounts.end(), outcomes[o].begin(),
                        [](const Estimate* a, const Estimate* b) { return a->n == b->n; }))
            table.add("n of " + outcomes[o].front()->outcome, outcomes[o], counted);
    if (first.scale == Scale::levels) {
        if (first.quantity == Quantity::effect)
            table.add(first.outcome + ": correlation", amounts,
                      [](const Estimate& row) { return said(row.correlation); });
        table.add(first.outcome + ": variance ratio", amounts,
                  [](const Estimate& row) { return said(row.variance_ratio); });
    }
    table.print(out);
}

/// Leaves settings out that are the same numbers as one before in every outcome, but not the last, in which every
/// mechanism is off. Says how many.
std::size_t keep_different(std::vector<Cells>& outcomes) {
    std::vector<Cells> kept(outcomes.size());
    const std::size_t all = outcomes.front().size();
    for (std::size_t i = 0; i < all; ++i) {
        bool again = false;
        for (std::size_t k = 0; k < kept.front().size() && !again && i + 1 < all; ++k) {
            again = true;
            for (std::size_t o = 0; o < outcomes.size(); ++o)
                again = again && same_numbers(*kept[o][k], *outcomes[o][i]);
        }
        for (std::size_t o = 0; o < outcomes.size() && !again; ++o) kept[o].push_back(outcomes[o][i]);
    }
    outcomes = std::move(kept);
    return all - outcomes.front().size();
}

void print_amounts_and_shares(std::ostream& out, const std::vector<Estimate>& estimates, bool ablated) {
    for (const Scale scale : {Scale::levels, Scale::logs})
        for (const Quantity quantity : {Quantity::amplification, Quantity::contribution, Quantity::effect})
            for (const bool placebos : {false, true}) {
                const auto amounts = grouped(estimates, Standing::primary, quantity, scale, placebos),
                           shares = grouped(estimates, Standing::beside, quantity, scale, placebos);
                for (std::size_t g = 0; g < amounts.size(); ++g) {
                    std::vector<Cells> outcomes{amounts[g]};
                    if (g < shares.size()) outcomes.push_back(shares[g]);
                    const std::size_t left_out = ablated && quantity == Quantity::effect ? keep_different(outcomes) : 0;
                    print_table(out, outcomes);
                    if (left_out > 0)
                        out << "  (" << left_out << " settings left out that have the same numbers as one above)\n";
                }
            }
}

/// Amplifications where there are some, else contributions, else effects: the rest is in the other formats.
void print_secondary(std::ostream& out, const std::vector<Estimate>& estimates) {
    for (const Quantity quantity : {Quantity::amplification, Quantity::contribution, Quantity::effect}) {
        std::vector<Cells> groups = grouped(estimates, Standing::secondary, quantity, Scale::levels, false);
        if (groups.empty()) continue;
        for (Cells& group : grouped(estimates, Standing::secondary, quantity, Scale::levels, true))
            groups.push_back(std::move(group));
        out << "\nsecondary outcomes, for reading only: no allowance is made for their number\n";
        for (const Cells& group : groups) print_table(out, {group});
        return;
    }
}

/// Where a moderator amplifies the effect, where it erodes it, and where neither can be told, over every setting of the
/// design: shares, and the settings that are in the minority by name.
void print_map(std::ostream& out, const std::vector<Estimate>& estimates, const Design& design) {
    constexpr std::size_t fewest = 4, most_named = 12;
    for (const Cells& cells :
         pooled(grouped(estimates, Standing::primary, Quantity::amplification, Scale::levels, false))) {
        if (cells.size() < fewest) continue;
        out << "\nmap: what " << cells.front()->by.said() << " does to the effect of " << cells.front()->of.axis
            << " on " << cells.front()->outcome << ", in " << cells.size() << " settings\n";
        Columns columns({"", "settings", "share", "95% interval (Wilson)"});
        std::array<Cells, names_of<Change>.size()> sorted;
        for (const Estimate* cell : cells) sorted[static_cast<std::size_t>(cell->change())].push_back(cell);
        for (const Change change : {Change::amplifies, Change::erodes, Change::open, Change::negligible,
                                    Change::reverses, Change::shifts, Change::none}) {
            const std::size_t count = sorted[static_cast<std::size_t>(change)].size();
            const bool always = change == Change::amplifies || change == Change::erodes || change == Change::open;
            if (count == 0 && !always) continue;
            const auto [low, high] = wilson(count, cells.size());
            columns.add({change == Change::open ? "undetermined" : name(change), std::to_string(count),
                         digits(static_cast<double>(count) / static_cast<double>(cells.size())),
                         "[" + digits(low) + ", " + digits(high) + "]"});
        }
        columns.print(out);
        const bool spread = design.kind == DesignKind::lhs || design.kind == DesignKind::sobol;
        out << "  (the intervals are those of settings drawn at random; these "
            << (spread ? "are spread more evenly, and share their luck)\n"
                       : "were chosen, share their luck, and may repeat each other)\n");
        for (const Cells& some : sorted) {
            if (is_sampled(design.kind)) break;  // its points have too many digits to be named
            if (some.empty() || some.size() > most_named || some.size() == cells.size()) continue;
            out << "  " << (some.front()->change() == Change::open ? "undetermined" : name(some.front()->change()))
                << " at:\n";
            for (const Estimate* cell : some) out << "    " << cell->of.said() << ", " << where(*cell) << '\n';
        }
    }
}

/// Means of every world, where they are few enough to be read.
void print_worlds(std::ostream& out, const ResultFile& file) {
    constexpr std::size_t most = 16;
    const Design& design = file.design()->design;
    const std::size_t rows = file.rows(), replications = file.replications().size() / rows;
    if (rows > most) return;
    const SummaryVariable amounts = file.read("net_gain"), shares = file.read("surplus_share");
    out << "\nmeans of the worlds\n";
    Columns columns({"", "net_gain", "surplus_share"});
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<double> amount, share;
        for (std::size_t r = 0; r < replications; ++r)
            amount.push_back(amounts.at(r * rows + row, 0)), share.push_back(shares.at(r * rows + row, 0));
        columns.add({design.label(design.rows[row]), said(estimated(amount).point), said(estimated(share).point)});
    }
    columns.print(out);
}

/// An axis that is sampled over a range, by where its points lie.
void print_span(std::ostream& out, const DesignAxis& axis) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const DesignLevel& level : axis.levels)
        if (const auto value = parse_number(level.label)) low = std::min(low, *value), high = std::max(high, *value);
    out << "  " << name(axis.role) << "  " << axis.name << ": " << axis.levels.size() << " values";
    if (low <= high) out << " from " << digits(low) << " to " << digits(high);
    out << '\n';
}

void print_head(std::ostream& out, const ResultFile& file) {
    const Design& design = file.design()->design;
    out << file.name() << ": " << title_of(design) << "\n"
        << name(design.kind) << ", " << file.rows() << " rows, " << file.replications().size() / file.rows()
        << " replications of each with the same luck, seed " << hexadecimal(file.seed()) << "\n";
    for (const DesignAxis& axis : design.axes) {
        constexpr std::size_t most = 12;
        const std::size_t levels = axis.levels.size();
        if (axis.role == AxisRole::sampled && levels > most) {
            print_span(out, axis);
            continue;
        }
        out << "  " << name(axis.role) << "  " << axis.name << ": ";
        for (std::size_t l = 0; l < std::min(most, levels); ++l) out << (l > 0 ? ", " : "") << axis.levels[l].label;
        out << (levels > most ? " and " + std::to_string(levels - most) + " more\n" : "\n");
    }
    if (const auto epsilon = file.provenance_number("precision"))
        out << "replications as many as a precision of " << digits(*epsilon) << " USD billion of net_gain took; it was "
            << (file.provenance_number("precision_reached") == 1.0 ? "reached" : "NOT reached")
            << ", with intervals of " << said(file.provenance_number("half_width")) << " to each side\n";
}

/// Outcomes that pairing gained nothing for, by name.
void print_warnings(std::ostream& out, const std::vector<Estimate>& estimates, const Design& design) {
    std::vector<std::string> named;
    for (const Estimate& estimate : estimates) {
        const bool gained = !estimate.variance_ratio || *estimate.variance_ratio > 1;
        const std::string what = estimate.outcome + ", " + quantity_in_words(estimate) + ", " + where(estimate);
        if (!gained && estimate.standing != Standing::secondary) named.push_back(what);
    }
    constexpr std::size_t most = 8;
    if (is_sampled(design.kind) && !named.empty()) {
        out << "warning: the same luck gained nothing for " << named.size() << " of the estimates\n";
        return;
    }
    for (std::size_t i = 0; i < std::min(most, named.size()); ++i)
        out << "warning: the same luck gained nothing for " << named[i] << '\n';
    if (named.size() > most) out << "warning: and for " << named.size() - most << " more\n";
}

}  // namespace

std::string title_of(const Design& design) { return design.title.empty() ? "a design" : design.title; }

void print_design_report(std::ostream& out, const ResultFile& file, const std::vector<Estimate>& estimates) {
    const Design& design = file.design()->design;
    print_head(out, file);
    if (estimates.empty()) {
        out << (is_sampled(design.kind)
                    ? "\nno effect is crossed with this sample: nothing is compared. Which axes matter, says "
                      "analysis/sensitivity.py\n"
                    : "\nthis design has one world: nothing is compared\n");
        return;
    }
    out << "\nIn plain words\n";
    for (const std::string& sentence : in_plain_words(design, estimates)) out << "- " << sentence << '\n';
    for (const DesignAxis& axis : design.axes)
        if (axis.role == AxisRole::effect && axis.name == "connectivity_demand")
            out << "- In a single talk the host's payoff cannot fall when the partner's value rises: a positive effect "
                   "of "
                   "demand on net_gain alone is a law of the model, not evidence. Its amplification is evidence.\n";
    print_warnings(out, estimates, design);
    out << "\nThe primary outcome, net_gain, beside the share of the surplus\n";
    print_worlds(out, file);
    if (is_sampled(design.kind))
        out << "  (" << design.points.size() << " points: those of each stand in the other formats, --format csv)\n";
    else
        print_amounts_and_shares(out, estimates, design.kind == DesignKind::ablate);
    print_map(out, estimates, design);
    if (!is_sampled(design.kind)) print_secondary(out, estimates);
}

}  // namespace multivector
