// One table as JSON, written by the YAML library: flow style with every text in double quotes is JSON.
#include <yaml-cpp/yaml.h>

#include <cmath>
#include <limits>

#include "hexadecimal.hpp"
#include "negotiation_report.hpp"
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
        put("self_finance", view_.table.alternatives.self_finance);
        put("waiting", view_.table.alternatives.waiting);
        list("partners", [&] {
            for (int i = 0; i < view_.table.seated; ++i) partner(i);
        });
        if (const int main = view_.table.main_seat(); main >= 0) main_talk(view_.table.seat(main));
        deal();
        list("others", [&] {
            for (const OtherOutcome& outcome : view_.others) other(outcome);
        });
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

    /// Made in the talk with one partner.
    void offers(const Seat& seat) {
        list("offers", [&] {
            for (const Offer& offer : view_.offers) {
                if (offer.partner != seat.partner) continue;
                map([&] {
                    put("round", offer.round), put("by", std::string(offer.by_host ? "host" : "partner"));
                    put("reply", name_of(offer.accepted ? Reply::accepted : Reply::refused));
                    terms(offer.terms);
                });
            }
        });
    }

    void partner(int i) {
        const Seat& seat = view_.table.seat(i);
        map([&] {
            put("partner", partner_name(seat.partner)), put("outcome", name_of(seat.outcome));
            put("concession_limit", seat.concession_limit), put("own_alternative", seat.outside.partner);
            put("host_weight", seat.host_weight), put("connectivity_value", seat.connectivity_value);
            put("standing_offer", seat.standing_offer);
            put("shapley", view_.game.partners[static_cast<std::size_t>(i)]);
            offers(seat);
        });
    }

    void main_talk(const Seat& seat) {
        key("main_talk");
        map([&] {
            put("partner", partner_name(seat.partner)), put("outcome", name_of(seat.outcome));
            payoffs("disagreement", seat.disagreement), payoffs("outside", seat.outside);
            payoffs("required", {insisted(seat.required.host), insisted(seat.required.partner)});
            put("best_alternative", name_of(seat.best_alternative)), put("host_weight", seat.host_weight);
            list("frontier", [&] {
                for (const Terms& point : points_along(seat.frontier)) map([&] { terms(point); });
            });
            offers(seat);
        });
    }

    void deal() {
        key("deal");
        if (view_.result.winner < 0) {
            out_ << YAML::Null;
            return;
        }
        const Seat& seat = view_.table.seat(view_.result.winner);
        map([&] { put("partner", partner_name(seat.partner)), terms(seat.terms); });
    }

    void other(const OtherOutcome& outcome) {
        map([&] {
            put("solution", name_of(outcome.solution)), put("outside_option", name_of(outcome.rule));
            put("host_payoff", outcome.host), put("partner_payoff", outcome.partner);
            put("deal_with", outcome.winner >= 0            ? partner_name(outcome.winner)
                             : outcome.result.self_financed ? std::string("the fund")
                                                            : std::string("nobody"));
            put("main_talk", name_of(outcome.main_talk)), put("rounds", outcome.rounds);
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
