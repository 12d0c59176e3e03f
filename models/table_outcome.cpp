#include "table_outcome.hpp"

#include "cooperative.hpp"
#include "solutions/nash.hpp"

namespace multivector {

namespace {

void weigh_seats(Table& table, const PartnerArray& weights) {
    for (int i = 0; i < table.seated; ++i) table.seat(i).host_weight = weights(table.seat(i).partner);
}

}  // namespace

Agreement agree(const Project& project, const Table& table, const Seat& seat, const Bargaining& rules) {
    const CredibleLimits limits(table, rules.rivals == Switch::on);
    return {.project = project,
            .partner = seat.partner,
            .host_payoff = seat.terms.payoff.host,
            .partner_payoff = seat.terms.payoff.partner,
            .revenue_share = seat.terms.revenue_share,
            .local_content = seat.terms.local_content,
            .host_disagreement = seat.disagreement.host,
            .partner_disagreement = seat.disagreement.partner,
            .host_outside = seat.outside.host,
            .partner_outside = seat.outside.partner,
            .joint_value = seat.frontier.joint_value(),
            .revenue = seat.frontier.revenue,
            .domestic_gain = seat.domestic_gain + seat.frontier.local_value * seat.terms.local_content +
                             seat.terms.revenue_share * seat.frontier.revenue,
            .local_value = seat.frontier.local_value,
            .least_local_content = seat.frontier.least_local_content,
            .fund_share = table.alternatives.fund_share,
            .implied_weight = implied_weight(seat.frontier, seat.terms, seat.disagreement),
            .implied_weight_outside = implied_weight(seat.frontier, seat.terms, seat.outside),
            .shapley = shapley_host(limits.all(), reserve_of(table))};
}

TableOutcome outcome_of(const Table& table, const TableResult& result) {
    if (result.self_financed) return {table.alternatives.self_finance, table.alternatives.self_finance, -1};
    if (result.winner < 0) return {};
    const Seat& seat = table.seat(result.winner);
    return {seat.terms.payoff.host, seat.terms.payoff.host + seat.terms.payoff.partner, seat.partner};
}

const PartnerArray& benchmark_weights(const SolutionRow& protocol, const World& world) {
    return protocol.is(uncertain) ? world.host_weight : world.limit_weight;
}

TableOutcome benchmark_of(Table& table, const SolutionRow& protocol, const World& world, const Setting& setting,
                          const Luck& luck, const Project& project) {
    weigh_seats(table, benchmark_weights(protocol, world));
    const TableOutcome predicted =
        outcome_of(table, settle_table(table, Solution::nash, world, setting, luck, project));
    weigh_seats(table, world.host_weight);
    return predicted;
}

}  // namespace multivector
