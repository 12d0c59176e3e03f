// One table as text.
#include <functional>

#include "hexadecimal.hpp"
#include "negotiation_report.hpp"
#include "negotiation_words.hpp"
#include "text_columns.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

template <class Enum>
std::string words(Enum value) {
    return spaced(names_of<Enum>[static_cast<std::size_t>(value)]);
}

class TextReport {
 public:
    TextReport(std::ostream& out, const TableView& view, const Scenario& scenario)
        : out_(out), view_(view), scenario_(scenario), words_(view, scenario) {}

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
        const char* counts = counting();
        Columns table({"partner", "limit", "own alternative", counts, "connectivity", "standing offer", "talk"});
        for (int i = 0; i < view_.table.seated; ++i) {
            const Seat& seat = view_.table.seat(i);
            table.add({words_.seated(i), digits(attainable_limit(seat)), digits(seat.outside.partner),
                       digits(scenario_.bargaining.solution == Solution::alternating_offers
                                  ? view_.partner_discount(seat.partner)
                                  : seat.host_weight),
                       digits(seat.connectivity_value), digits(seat.standing_offer), words(seat.outcome)});
        }
        for (const int p : view_.absent)
            table.add({words_.partner(p), "-", "-", "-", "-", "-", spaced(why_absent(scenario_, p))});
        table.print(out_);
        out_ << "  (limit -: even the partner's end of the frontier leaves it less than it must have, or it does not "
                "sit)\n";
        const HostAlternatives& host = view_.table.alternatives;
        out_ << "\nThe host alone: self-finance " << digits(host.self_finance) << ", waiting " << digits(host.waiting)
             << ".\n";
    }

    void main_talk() {
        if (view_.table.credible == 0)
            out_ << (view_.shown < 0 ? "\nNobody sits at the table.\n" : "\nNobody could settle with the host.\n");
        if (view_.shown < 0) return;
        const Seat& seat = view_.table.seat(view_.shown);
        out_ << (view_.talk_held() ? "\nThe talk with " : "\nThe host and ") << words_.seated(view_.shown)
             << ", whose limit is the highest"
             << (view_.table.credible > 0 && view_.table.credible < view_.table.seated ? " of those that could settle"
                                                                                       : "")
             << "\n  disagreement  host " << digits(seat.disagreement.host) << ", partner "
             << digits(seat.disagreement.partner) << "\n  outside       host " << digits(seat.outside.host) << " ("
             << words_.alternative(seat) << "), partner " << digits(seat.outside.partner) << insisted(seat) << '\n';
        if (view_.rules) out_ << "  rules         " << words_.rules() << '\n';
        out_ << "  the frontier\n";
        frontier(seat.frontier);
        secrets();
        offers(seat);
        line(words_.refusing());
        line(words_.why_no_deal());
    }

    void ending() {
        const SolutionRow& solution = solutions[static_cast<std::size_t>(scenario_.bargaining.solution)];
        out_ << "\nUnder " << words(scenario_.bargaining.solution)
             << (under_both_rules(solution) ? "" : " with " + words(scenario_.bargaining.outside_option)) << ": "
             << words_.ending() << '\n';
        for (const std::string& text : {words_.approval(), words_.benchmark()})
            if (!text.empty()) out_ << text << '\n';
    }

    void others() {
        out_ << "\nWhat every solution would give at this table\n";
        Columns table({"solution", "outside options", "host", "partner", "deal with", "main talk", "rounds"});
        for (const OtherOutcome& other : view_.others) {
            const bool both = under_both_rules(solutions[static_cast<std::size_t>(other.solution)]);
            table.add({words(other.solution), both ? "-" : words(other.rule), digits(other.host), digits(other.partner),
                       other.winner >= 0            ? words_.partner(other.winner)
                       : other.result.self_financed ? "the fund"
                                                    : "nobody",
                       other.main_talk ? words(*other.main_talk) : "-",
                       other.main_talk ? std::to_string(other.rounds) : "-"});
        }
        table.print(out_);
    }

    void game() { out_ << '\n' << words_.game() << '\n'; }

 private:
    /// What says who wins by its patience: each partner's discount factor where offers are made in turn, the host's
    /// weight otherwise, which then is Nash's and its kin's alone.
    const char* counting() const {
        switch (scenario_.bargaining.solution) {
            case Solution::alternating_offers:
                return "delta_p";
            case Solution::nash:
            case Solution::nash_in_nash:
                return "beta";
            default:
                return "beta (of nash)";
        }
    }

    /// What approval at home insists on, where it does.
    static std::string insisted(const Seat& seat) {
        const auto text = [](double required) { return required > -1e299 ? digits(required) : "-"; };
        if (text(seat.required.host) == "-" && text(seat.required.partner) == "-") return "";
        return "\n  insisted on   host " + text(seat.required.host) + ", partner " + text(seat.required.partner) +
               " (approval at home)";
    }

    void line(const std::string& text) {
        if (!text.empty()) out_ << "  " << text << '\n';
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

    void secrets() {
        if (!view_.rules || !std::isfinite(view_.rules->ideal.host)) return;
        const Rules& rules = *view_.rules;
        out_ << "  what neither sees of the other\n";
        Columns table({"  who", "asks for first", "settles for at last", "secret part of that gain"});
        table.add({"  host", digits(rules.ideal.host), digits(rules.reservation.host),
                   digits(rules.protocol.private_part.host)});
        table.add({"  " + words_.seated(view_.shown), digits(rules.ideal.partner), digits(rules.reservation.partner),
                   digits(rules.protocol.private_part.partner)});
        table.print(out_);
    }

    void offers(const Seat& seat) {
        const auto elsewhere = [&](const Offer& offer) { return offer.partner != seat.partner; };
        if (std::all_of(view_.offers.begin(), view_.offers.end(), elsewhere)) return;
        out_ << "  offers\n";
        const bool tactics = view_.rules && !view_.rules->asked.empty();
        Columns table({"  round", "by", "revenue share", "local content", "host", "partner",
                       tactics ? "answer would ask" : "", ""});
        std::size_t made = 0;
        for (const Offer& offer : view_.offers) {
            if (elsewhere(offer)) continue;
            ++made;
            const bool last = static_cast<int>(made) == seat.rounds;
            table.add({"  " + std::to_string(offer.round), offer.by_host ? "host" : words_.partner(seat.partner),
                       digits(offer.terms.revenue_share), digits(offer.terms.local_content),
                       digits(offer.terms.payoff.host), digits(offer.terms.payoff.partner),
                       tactics ? digits(view_.rules->asked[made - 1]) : "",
                       offer.accepted ? "accepted"
                       : last         ? "refused: " + words(seat.outcome)
                                      : "refused"});
        }
        table.print(out_);
        if (tactics)
            out_ << "  (the last column but one: what the side that answers would ask for itself a round later, after "
                    "the "
                    "last\n  round what it settles for at last; it accepts no less)\n";
        if (!std::all_of(view_.offers.begin(), view_.offers.end(), std::not_fn(elsewhere)))
            out_ << "  (--json has the offers of the other talks too)\n";
    }

    std::ostream& out_;
    const TableView& view_;
    const Scenario& scenario_;
    TableWords words_;
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
