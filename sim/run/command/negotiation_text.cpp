// One table as text.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

#include "hexadecimal.hpp"
#include "negotiation_report.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

/// Four significant digits, and never a minus before zero; a dash for what is missing.
std::string digits(double value) {
    if (!std::isfinite(value)) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value == 0 ? 0.0 : value);
    return text;
}

std::string spaced(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

template <class Enum>
std::string words(Enum value) {
    return spaced(names_of<Enum>[static_cast<std::size_t>(value)]);
}

/// Columns as wide as what stands in them; the first to the left, the others to the right.
class Columns {
 public:
    explicit Columns(std::vector<std::string> header) { add(std::move(header)); }
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    void print(std::ostream& out) const {
        std::vector<std::size_t> widths;
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (i == widths.size()) widths.push_back(0);
                widths[i] = std::max(widths[i], letters(row[i]));
            }
        for (const auto& row : rows_) {
            std::string line = "  ";
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string padding(widths[i] - letters(row[i]), ' ');
                line += i == 0 ? row[i] + padding : "  " + padding + row[i];
            }
            while (line.ends_with(' ')) line.pop_back();
            out << line << '\n';
        }
    }

 private:
    static std::size_t letters(const std::string& text) {  // of UTF-8: bytes that begin one
        return static_cast<std::size_t>(
            std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
    }
    std::vector<std::vector<std::string>> rows_;
};

class TextReport {
 public:
    TextReport(std::ostream& out, const TableView& view, const Scenario& scenario)
        : out_(out), view_(view), scenario_(scenario) {}

    void head(const TableOrigin& origin) {
        const auto& project = view_.project;
        out_ << origin.scenario << "; seed " << hexadecimal(origin.seed) << ", replication " << origin.replication
             << "\nTick " << view_.tick << " (" << number_text(view_.year) << "): a project of " << digits(project.size)
             << " in " << scenario_.sectors[static_cast<std::size_t>(project.sector)].name << ", "
             << scenario_.regions[static_cast<std::size_t>(project.region)].name
             << ". Payoffs are present values in USD billion; the status quo is 0 for both.\n\n";
    }

    void partners() {
        out_ << "Who sits at the table, and what the host would get where the partner keeps only what it must\n";
        Columns table({"partner", "limit", "own alternative", "beta", "connectivity", "standing offer", "talk"});
        for (int i = 0; i < view_.table.seated; ++i) {
            const Seat& seat = view_.table.seat(i);
            table.add({name(seat.partner), digits(seat.concession_limit), digits(seat.outside.partner),
                       digits(seat.host_weight), digits(seat.connectivity_value), digits(seat.standing_offer),
                       words(seat.outcome)});
        }
        for (std::size_t p = 0; p < scenario_.partners.size(); ++p)
            if (!sits(static_cast<int>(p)))
                table.add({scenario_.partners[p].name, "-", "-", "-", "-", "-",
                           scenario_.partners[p].partner.present == Switch::on ? "no capital" : "not in the world"});
        table.print(out_);
        const HostAlternatives& host = view_.table.alternatives;
        out_ << "\nThe host alone: self-finance " << digits(host.self_finance) << ", waiting " << digits(host.waiting)
             << ".\n";
    }

    void main_talk() {
        const int main = view_.table.main_seat();
        if (main < 0) {
            out_ << "\nNobody could settle with the host"
                 << (view_.result.self_financed ? "; the fund pays.\n" : "; it waits.\n");
            return;
        }
        const Seat& seat = view_.table.seat(main);
        out_ << "\nThe talk with " << name(seat.partner) << ", whose limit is the highest\n  disagreement  host "
             << digits(seat.disagreement.host) << ", partner " << digits(seat.disagreement.partner)
             << "\n  outside       host " << digits(seat.outside.host) << " (" << words(seat.best_alternative)
             << "), partner " << digits(seat.outside.partner) << insisted(seat) << "\n  the frontier\n";
        frontier(seat.frontier);
        offers(seat);
    }

    void ending() {
        out_ << "\nUnder " << words(scenario_.bargaining.solution) << " with "
             << words(scenario_.bargaining.outside_option) << ": ";
        if (view_.result.winner < 0) {
            out_ << (view_.result.self_financed ? "no deal with a partner; the fund pays.\n"
                                                : "no deal; the host waits.\n");
            return;
        }
        const Seat& seat = view_.table.seat(view_.result.winner);
        out_ << "a deal with " << name(seat.partner) << ", revenue share " << digits(seat.terms.revenue_share)
             << ", local content " << digits(seat.terms.local_content) << ": host " << digits(seat.terms.payoff.host)
             << ", partner " << digits(seat.terms.payoff.partner) << "; it lies on the frontier's piece "
             << words(seat.terms.piece) << ".\n";
    }

    void others() {
        out_ << "\nWhat every solution would give at this table\n";
        Columns table({"solution", "outside options", "host", "partner", "deal with", "main talk", "rounds"});
        for (const OtherOutcome& other : view_.others) {
            const bool whole = solutions[static_cast<std::size_t>(other.solution)].is(whole_table);
            table.add({words(other.solution), whole ? "-" : words(other.rule), digits(other.host),
                       digits(other.partner),
                       other.winner >= 0            ? name(other.winner)
                       : other.result.self_financed ? "the fund"
                                                    : "nobody",
                       words(other.main_talk), std::to_string(other.rounds)});
        }
        table.print(out_);
    }

    void game() {
        out_ << "\nAs a game of one host and its partners: in the core the host gets "
             << digits(view_.game.core.host_worst) << " (second price) to " << digits(view_.game.core.host_best)
             << " (all);\nShapley values: host " << digits(view_.game.host);
        for (int i = 0; i < view_.table.seated; ++i)
            out_ << ", " << name(view_.table.seat(i).partner) << " "
                 << digits(view_.game.partners[static_cast<std::size_t>(i)]);
        out_ << ".\n";
    }

 private:
    /// What approval at home insists on, where it does.
    static std::string insisted(const Seat& seat) {
        const auto text = [](double required) { return required > -1e299 ? digits(required) : "-"; };
        if (text(seat.required.host) == "-" && text(seat.required.partner) == "-") return "";
        return "\n  insisted on   host " + text(seat.required.host) + ", partner " + text(seat.required.partner) +
               " (approval at home)";
    }

    std::string name(int partner) const { return scenario_.partners[static_cast<std::size_t>(partner)].name; }

    bool sits(int partner) const {
        for (int i = 0; i < view_.table.seated; ++i)
            if (view_.table.seat(i).partner == partner) return true;
        return false;
    }

    void frontier(const Frontier& of) {
        Columns table({"  from", "revenue share", "local content", "host", "partner"});
        const auto corner = [&](const char* what, const Terms& terms) {
            table.add({std::string("  ") + what, digits(terms.revenue_share), digits(terms.local_content),
                       digits(terms.payoff.host), digits(terms.payoff.partner)});
        };
        corner("the partner's end", of.host_worst());
        corner("the efficient content", of.terms(0, of.efficient_local_content, Piece::revenue));
        corner("all revenue", of.terms(1, of.efficient_local_content, Piece::revenue));
        corner("the host's end", of.host_best());
        table.print(out_);
    }

    void offers(const Seat& seat) {
        const auto elsewhere = [&](const Offer& offer) { return offer.partner != seat.partner; };
        if (std::all_of(view_.offers.begin(), view_.offers.end(), elsewhere)) return;
        out_ << "  offers\n";
        Columns table({"  round", "by", "revenue share", "local content", "host", "partner", ""});
        for (const Offer& offer : view_.offers) {  // the main talk comes last
            if (elsewhere(offer)) continue;
            const bool last = &offer == &view_.offers.back();
            table.add({"  " + std::to_string(offer.round), offer.by_host ? "host" : name(seat.partner),
                       digits(offer.terms.revenue_share), digits(offer.terms.local_content),
                       digits(offer.terms.payoff.host), digits(offer.terms.payoff.partner),
                       !last                                 ? "refused"
                       : seat.outcome == TalkOutcome::agreed ? "accepted"
                                                             : words(seat.outcome)});
        }
        table.print(out_);
        if (!std::all_of(view_.offers.begin(), view_.offers.end(), std::not_fn(elsewhere)))
            out_ << "  (--json has the offers of the other talks too)\n";
    }

    std::ostream& out_;
    const TableView& view_;
    const Scenario& scenario_;
};

}  // namespace

void write_table_text(std::ostream& out, const TableView& view, const Scenario& scenario, const TableOrigin& origin) {
    TextReport report(out, view, scenario);
    report.head(origin);
    report.partners();
    report.main_talk();
    report.ending();
    report.others();
    report.game();
}

}  // namespace multivector
