// One table as JSON, written by the YAML library: flow style with every text in double quotes is JSON.
#include <yaml-cpp/yaml.h>

#include <cmath>
#include <limits>

#include "hexadecimal.hpp"
#include "negotiation_report.hpp"
#include "negotiation_words.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

class JsonReport {
 public:
    JsonReport(const TableView& view, const Scenario& scenario) : view_(view), scenario_(scenario) {
        out_.SetMapFormat(YAML::Flow);
        out_.SetSeqFormat(YAML::Flow);
        out_.SetStringFormat(YAML::DoubleQuoted);
        out_.SetNullFormat(YAML::LowerNull);
        out_.SetBoolFormat(YAML::TrueFalseBool);
    }

    std::string text(const TableOrigin& origin) {
        out_ << YAML::BeginMap;
        put("scenario", origin.scenario);
        put("seed", hexadecimal(origin.seed));
        put("replication", static_cast<std::int64_t>(origin.replication));
        put("tick", view_.tick);
        put("year", view_.year);
        put("size", view_.project.size);
        put("sector", scenario_.sectors[static_cast<std::size_t>(view_.project.sector)].name);
        put("region", scenario_.regions[static_cast<std::size_t>(view_.project.region)].name);
        put("solution", name_of(scenario_.bargaining.solution));
        put("outside_option", name_of(scenario_.bargaining.outside_option));
        put("ended", name_of(view_.ended));
        put("self_finance", view_.table.alternatives.self_finance);
        put("waiting", view_.table.alternatives.waiting);
        list("partners", [&] {
            for (int i = 0; i < view_.table.seated; ++i) partner(i);
            for (const int p : view_.absent) absent(p);
        });
        if (view_.shown >= 0) main_talk(view_.table.seat(view_.shown));
        deal();
        benchmark();
        list("others", [&] {
            for (const OtherOutcome& outcome : view_.others) other(outcome);
        });
        put("reserve", view_.game.reserve);
        put("core_host_worst", view_.game.core.host_worst), put("core_host_best", view_.game.core.host_best);
        put("shapley_host", view_.game.host);
        out_ << YAML::EndMap;
        return out_.c_str();
    }

 private:
    template <class Enum>
    static std::string name_of(Enum value) {
        return std::string(names_of<Enum>[static_cast<std::size_t>(value)]);
    }
    std::string partner_name(int partner) const { return scenario_.partners[static_cast<std::size_t>(partner)].name; }

    void key(const char* name) { out_ << YAML::Key << name << YAML::Value; }
    void put(const char* name, const std::string& value) { key(name), out_ << value; }
    void put(const char* name, bool value) { key(name), out_ << value; }
    void put(const char* name, std::int64_t value) { key(name), out_ << value; }
    void put(const char* name, int value) { key(name), out_ << value; }
    /// Numbers as short as their bits allow; null for what is missing.
    void put(const char* name, double value) {
        key(name);
        if (std::isfinite(value))
            out_ << YAML::Auto << number_text(value);
        else
            out_ << YAML::Null;
    }
    void put_nothing(const char* name) { key(name), out_ << YAML::Null; }
    /// A partner, null for none.
    void put_partner(const char* name, int partner) {
        if (partner >= 0)
            put(name, partner_name(partner));
        else
            put_nothing(name);
    }
    template <class Function>
    void list(const char* name, Function f) {
        key(name), out_ << YAML::BeginSeq;
        f();
        out_ << YAML::EndSeq;
    }
    template <class Function>
    void map(Function f) {
        out_ << YAML::BeginMap;
        f();
        out_ << YAML::EndMap;
    }

    /// Missing where politics insists on nothing.
    static double insisted(double required) {
        return required > -1e299 ? required : std::numeric_limits<double>::quiet_NaN();
    }
    void payoffs(const char* name, Payoffs value) {
        key(name);
        map([&] { put("host", value.host), put("partner", value.partner); });
    }
    void terms(const Terms& value) {
        put("revenue_share", value.revenue_share), put("local_content", value.local_content);
        put("host_payoff", value.payoff.host), put("partner_payoff", value.payoff.partner);
        put("piece", name_of(value.piece));
    }

    /// Made in the talk with one partner; in the main talk under tactics with what the side that answers would ask.
    void offers(const Seat& seat) {
        const bool main = view_.shown >= 0 && view_.table.seat(view_.shown).partner == seat.partner;
        const bool tactics = main && view_.rules && !view_.rules->asked.empty();
        list("offers", [&] {
            std::size_t made = 0;
            for (const Offer& offer : view_.offers) {
                if (offer.partner != seat.partner) continue;
                map([&] {
                    put("round", offer.round), put("by", std::string(offer.by_host ? "host" : "partner"));
                    put("reply", name_of(offer.accepted ? Reply::accepted : Reply::refused));
                    if (tactics) put("answer_would_ask", view_.rules->asked[made]);
                    terms(offer.terms);
                });
                ++made;
            }
        });
    }

    void partner(int i) {
        const Seat& seat = view_.table.seat(i);
        map([&] {
            put("partner", partner_name(seat.partner)), put("outcome", name_of(seat.outcome));
            put("concession_limit", attainable_limit(seat)), put("own_alternative", seat.outside.partner);
            put("host_weight", seat.host_weight), put("connectivity_value", seat.connectivity_value);
            if (scenario_.bargaining.solution == Solution::alternating_offers)
                put("discount", view_.partner_discount(seat.partner));
            put("standing_offer", seat.standing_offer);
            put("shapley", view_.game.partners[static_cast<std::size_t>(i)]);
            offers(seat);
        });
    }

    /// The same keys as one that sits there, so that a table of partners has no holes.
    void absent(int p) {
        map([&] {
            put("partner", partner_name(p)), put("outcome", std::string(why_absent(scenario_, p)));
            for (const char* name : {"concession_limit", "own_alternative", "host_weight", "connectivity_value",
                                     "standing_offer", "shapley"})
                put_nothing(name);
            list("offers", [] {});
        });
    }

    void main_talk(const Seat& seat) {
        const TableWords words(view_, scenario_);
        key("main_talk");
        map([&] {
            put("partner", partner_name(seat.partner)), put("outcome", name_of(seat.outcome));
            put("held", view_.talk_held()), put("why_no_deal", words.why_no_deal());
            payoffs("disagreement", seat.disagreement), payoffs("outside", seat.outside);
            payoffs("required", {insisted(seat.required.host), insisted(seat.required.partner)});
            put("best_alternative", name_of(seat.best_alternative));
            put_partner("rival", view_.rival >= 0 ? view_.table.seat(view_.rival).partner : -1);
            put("host_weight", seat.host_weight);
            rules();
            list("frontier", [&] {
                for (const Terms& point : points_along(seat.frontier)) map([&] { terms(point); });
            });
            offers(seat);
        });
    }

    /// How offers are made, null where the solution has none.
    void rules() {
        if (!view_.rules) return put_nothing("protocol");
        const Rules& rules = *view_.rules;
        const bool hidden = std::isfinite(rules.ideal.host);
        key("protocol");
        map([&] {
            put("first_offer", name_of(rules.protocol.host_first ? Proposer::host : Proposer::partner));
            put(hidden ? "deadline" : "last_round", rules.protocol.rounds),
                put("breakdown_risk", scenario_.bargaining.breakdown_risk);
            if (!hidden) {
                put("host_discount", rules.protocol.host_discount);
                put("partner_discount", rules.protocol.partner_discount);
                put("refusing", rules.refusing), put("insisted", insisted(rules.insisted));
                if (rules.next)
                    payoffs("next_offer", rules.next->payoff);
                else
                    put_nothing("next_offer");
                return;
            }
            key("broken_off_after");
            if (rules.protocol.broken_off_after < rules.protocol.rounds)
                out_ << rules.protocol.broken_off_after;
            else
                out_ << YAML::Null;
            payoffs("secret_part", rules.protocol.private_part);
            payoffs("ideal", rules.ideal), payoffs("reservation", rules.reservation);
        });
    }

    void deal() {
        if (view_.result.winner < 0) return put_nothing("deal");
        const Seat& seat = view_.table.seat(view_.result.winner);
        key("deal");
        map([&] {
            put("partner", partner_name(seat.partner)), terms(seat.terms);
            put("approval_at_home", view_.approval_at_home), put("approval_abroad", view_.approval_abroad);
        });
    }

    /// What Nash's solution gives, null where the solution is no protocol.
    void benchmark() {
        if (!view_.benchmark) return put_nothing("benchmark");
        const Benchmark& benchmark = *view_.benchmark;
        const TableOutcome &nash = benchmark.nash, &played = benchmark.played;
        key("benchmark");
        map([&] {
            put("weight", benchmark.weight), put("host_payoff", nash.host), put("joint_payoff", nash.joint);
            put_partner("deal_with", nash.partner);
            put("host_gap", played.host - nash.host), put("joint_gap", played.joint - nash.joint);
        });
    }

    void other(const OtherOutcome& outcome) {
        map([&] {
            put("solution", name_of(outcome.solution));
            if (under_both_rules(solutions[static_cast<std::size_t>(outcome.solution)]))
                put_nothing("outside_option");
            else
                put("outside_option", name_of(outcome.rule));
            put("host_payoff", outcome.host), put("partner_payoff", outcome.partner);
            put("deal_with", outcome.winner >= 0            ? partner_name(outcome.winner)
                             : outcome.result.self_financed ? std::string("the fund")
                                                            : std::string("nobody"));
            if (outcome.main_talk)
                put("main_talk", name_of(*outcome.main_talk)), put("rounds", outcome.rounds);
            else
                put_nothing("main_talk"), put_nothing("rounds");
        });
    }

    YAML::Emitter out_;
    const TableView& view_;
    const Scenario& scenario_;
};

}  // namespace

std::vector<Terms> points_along(const Frontier& frontier) {
    constexpr int steps = 20;
    std::vector<Terms> points;
    const double least = frontier.least_local_content, efficient = frontier.efficient_local_content;
    for (int i = 0; i <= steps; ++i)
        points.push_back(frontier.terms(0, least + (efficient - least) * i / steps, Piece::local_content_low));
    for (int i = 1; i <= steps; ++i)
        points.push_back(frontier.terms(static_cast<double>(i) / steps, efficient, Piece::revenue));
    for (int i = 1; i <= steps; ++i)
        points.push_back(frontier.terms(1, efficient + (1 - efficient) * i / steps, Piece::local_content_high));
    return points;
}

void write_table_json(std::ostream& out, const TableView& view, const Scenario& scenario, const TableOrigin& origin) {
    out << JsonReport(view, scenario).text(origin) << '\n';
}

}  // namespace multivector
