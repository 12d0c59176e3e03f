// multivector compare A B, multivector compare DESIGN_RESULT
#include <algorithm>

#include "commands.hpp"
#include "compare.hpp"
#include "estimates_report.hpp"
#include "left_out.hpp"
#include "nearest.hpp"
#include "text_file.hpp"

namespace multivector {

namespace {

namespace po = program_options;

/// "net_gain=1": its variable and its amount.
std::pair<std::string, double> smallest_effect(const std::string& text) {
    const std::string said = "--smallest-effect '" + text + "'";
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) refuse_command_line(said + " is not variable=amount");
    const std::string variable = text.substr(0, equals);
    const auto amount = parse_number(text.substr(equals + 1));
    if (!amount || !(*amount > 0 && *amount <= 1e12))
        refuse_command_line(said + ": the amount must be a number above 0, at most 1e12");
    return {variable, *amount};
}

/// Throws InputError when a smallest effect is declared for what is not compared.
void require_estimates(const std::vector<Estimate>& estimates, const SmallestEffects& smallest) {
    std::vector<std::string> names;
    for (const Estimate& estimate : estimates)
        if (names.empty() || names.back() != estimate.outcome) names.push_back(estimate.outcome);
    for (const auto& [variable, amount] : smallest)
        if (std::find(names.begin(), names.end(), variable) == names.end())
            refuse_command_line("--smallest-effect: '" + variable + "' is not compared" +
                                suggestion(variable, names, "name"));
}

}  // namespace

void add_compare_options(po::options_description& options) {
    options.add_options()                                                                  //
        ("variables", po::value<std::string>(), "further variables, separated by commas")  //
        ("all", "every variable of the summary")                                           //
        ("smallest-effect", po::value<std::vector<std::string>>(),
         "variable=amount: the smallest effect of interest, which intervals are held against; may be repeated")  //
        ("format", po::value<std::string>()->default_value("text"), "text, json, markdown or csv");
}

int compare_command(const Said& said, std::ostream& out, std::ostream& err) {
    if (said.has("variables") && said.list("variables").empty()) refuse_command_line("--variables names no variable");
    const std::vector<std::string> formats(names_of<ReportFormat>.begin(), names_of<ReportFormat>.end());
    const auto format = static_cast<ReportFormat>(one_of("format", said.text("format"), formats));
    std::vector<std::string> more = said.list("variables");
    SmallestEffects smallest;
    for (const std::string& text : said.texts("smallest-effect")) {
        if (!smallest.insert(smallest_effect(text)).second)
            refuse_command_line("--smallest-effect '" + text + "': the variable has one already");
        more.push_back(text.substr(0, text.find_first_of("=.")));  // of a vector's entry the whole vector
    }
    const ResultFile a(said.words[0]);
    say_what_is_left_out(err, a);
    if (said.words.size() == 1) {
        const std::vector<Estimate> estimates = estimates_of(a, more, said.has("all"), smallest);
        require_estimates(estimates, smallest);
        const Design& design = a.design()->design;
        format == ReportFormat::text
            ? print_design_report(out, a, estimates)
            : write_report(out, {title_of(design), in_plain_words(design, estimates), estimates}, format);
        return done;
    }
    const ResultFile b(said.words[1]);
    say_what_is_left_out(err, b);
    const Comparison comparison = compare(a, b, more, said.has("all"), smallest);
    const std::vector<Estimate> estimates = estimates_of(comparison);
    require_estimates(estimates, smallest);
    format == ReportFormat::text
        ? print_text(out, comparison)
        : write_report(out,
                       {comparison.file_a + " minus " + comparison.file_b, {in_plain_words(comparison)}, estimates},
                       format);
    return done;
}

}  // namespace multivector
