// How a comparison reads: the scenarios' differences, and the report in text.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "compare.hpp"
#include "hexadecimal.hpp"
#include "text_file.hpp"
#include "yaml_tree.hpp"

namespace multivector {

namespace {

using Flat = std::map<std::string, std::string>;

/// A value on one line, as YAML's flow style has it.
std::string flow_text(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::scalar) return node.text;
    if (node.kind == YamlNode::Kind::null) return "~";
    std::string text;
    for (const YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + flow_text(item);
    for (const auto& [key, value] : node.entries)
        text += (text.empty() ? "" : ", ") + key.text + ": " + flow_text(value);
    return node.kind == YamlNode::Kind::list ? "[" + text + "]" : "{" + text + "}";
}

void flatten(const YamlNode& node, const std::string& key, Flat& flat) {
    if (node.kind != YamlNode::Kind::map) {
        flat[key] = flow_text(node);
        return;
    }
    for (const YamlEntry& entry : node.entries)
        flatten(entry.value, (key.empty() ? "" : key + ".") + entry.key.text, flat);
}

bool ends_with(const std::string& key, const std::string& end) {
    return key.size() > end.size() && key.compare(key.size() - end.size(), end.size(), end) == 0;
}

/// Values by key. Who vouches for a value, and in which range, is no difference between two worlds.
Flat flat(const std::string& yaml) {
    Flat everything, values;
    flatten(parse_yaml(clean_text("the scenario of a result", yaml)), "", everything);
    for (const auto& [key, value] : everything) {
        const bool provenance =
            ends_with(key, ".source") || ends_with(key, ".quality") || key.find(".range") != std::string::npos;
        if (key == "title" || provenance) continue;
        values[ends_with(key, ".value") ? key.substr(0, key.size() - 6) : key] = value;
    }
    return values;
}

/// Four significant digits, and never a minus before zero.
std::string digits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value == 0 ? 0.0 : value);
    return text;
}

std::string digits(const std::optional<double>& value) { return value ? digits(*value) : "-"; }

std::string interval_text(const PairedEffect& effect) {
    if (!effect.interval) return "-";
    return "[" + digits(effect.interval->first) + ", " + digits(effect.interval->second) + "]";
}

bool includes_zero(const PairedEffect& effect) { return effect.interval->first <= 0 && effect.interval->second >= 0; }

/// What to say of a subject: "is 1.2 USD billion higher in A than in B ...".
std::string predicate(const PairedEffect& effect, const std::string& unit) {
    if (!effect.effect) return "is missing in every pair";
    const double size = *effect.effect;
    if (!effect.interval && size == 0) return "is the same in the only pair";
    if (!effect.interval)
        return "is " + digits(std::abs(size)) + unit + (size < 0 ? " lower" : " higher") +
               " in A than in B in the only pair, which says nothing about its sign";
    if (size == 0 && effect.interval->first == effect.interval->second) return "is the same in every pair";
    const std::string said =
        "is " + digits(std::abs(size)) + unit + (size < 0 ? " lower" : " higher") + " in A than in B on average";
    if (!includes_zero(effect)) return said + " (95% interval " + interval_text(effect) + ")";
    return said + ", but the interval " + interval_text(effect) + " includes zero, so the sign is open";
}

void print_parameters(std::ostream& out, const std::vector<ParameterDifference>& parameters) {
    constexpr std::size_t most = 20;
    out << "parameters that differ (A | B):";
    if (parameters.empty()) out << " none";
    out << '\n';
    for (std::size_t i = 0; i < std::min(most, parameters.size()); ++i) {
        const auto& [key, a, b] = parameters[i];
        out << "  " << key << ": " << (a.empty() ? "-" : a) << " | " << (b.empty() ? "-" : b) << '\n';
    }
    if (parameters.size() > most) out << "  and " << parameters.size() - most << " more\n";
}

void print_row(std::ostream& out, std::size_t width, const std::string& name, const std::vector<std::string>& cells) {
    constexpr int widths[]{11, 11, 11, 24, 7, 12, 15};
    out << name << std::string(width - name.size(), ' ');
    for (std::size_t i = 0; i < cells.size(); ++i) {
        char text[64];
        std::snprintf(text, sizeof text, " %*s", widths[i], cells[i].c_str());
        out << text;
    }
    out << '\n';
}

std::string words_of(Size size) {
    switch (size) {
        case Size::larger:
            return "larger than the smallest of interest";
        case Size::negligible:
            return "smaller than the smallest of interest";
        default:
            return "not known well enough to say whether it is larger than the smallest of interest";
    }
}

void print_table(std::ostream& out, const std::vector<ComparedVariable>& variables) {
    std::size_t width = 8;
    for (const auto& variable : variables) width = std::max(width, variable.name.size());
    print_row(out, width, "variable",
              {"mean A", "mean B", "effect", "95% interval", "pairs", "correlation", "variance ratio"});
    for (const auto& [name, long_name, unit, effect, size] : variables)
        print_row(out, width, name,
                  {digits(effect.mean_a), digits(effect.mean_b), digits(effect.effect), interval_text(effect),
                   std::to_string(effect.pairs), digits(effect.correlation), digits(effect.variance_ratio)});
    for (const ComparedVariable& variable : variables)
        if (variable.size != Size::undeclared)
            out << variable.name << ": the effect is " << words_of(variable.size) << '\n';
}

/// Luck is drawn by tick, and totals are of the whole run.
void warn_of_clocks(std::ostream& out, const std::vector<ParameterDifference>& parameters) {
    const auto differs = [&](std::string_view key) {
        return std::any_of(parameters.begin(), parameters.end(),
                           [&](const ParameterDifference& parameter) { return parameter.key == key; });
    };
    if (differs("clock.dt") || differs("clock.start_year"))
        out << "warning: the ticks of A and B are other times: their luck is not the same, and pairing means little\n";
    else if (differs("clock.ticks"))
        out << "warning: the runs of A and B differ in length: totals are of different spans\n";
}

void print_warnings(std::ostream& out, const Comparison& comparison) {
    warn_of_clocks(out, comparison.parameters);
    for (const auto& [name, long_name, unit, effect, size] : comparison.variables) {
        if (effect.dropped > 0)
            out << "note: " << name << ": " << effect.dropped << " of " << comparison.pairs
                << " pairs dropped, because a value is missing\n";
        if (effect.correlation && *effect.correlation <= 0)
            out << "warning: " << name << ": the correlation of the pairs is not positive; pairing gained nothing\n";
    }
    out << "note: in a single talk the host's payoff cannot fall when the partner's value rises, so a positive effect "
           "on "
           "net_gain alone is a law of the model, not evidence\n";
}

const PairedEffect* find(const Comparison& comparison, const std::string& name) {
    for (const auto& variable : comparison.variables)
        if (variable.name == name) return &variable.effect;
    return nullptr;
}

}  // namespace

std::vector<ParameterDifference> different_parameters(const std::string& a, const std::string& b) {
    const Flat left = flat(a), right = flat(b);
    Flat both = left;
    both.insert(right.begin(), right.end());
    std::vector<ParameterDifference> differences;
    for (const auto& [key, ignored] : both) {
        const auto in_a = left.find(key), in_b = right.find(key);
        const ParameterDifference entry{key, in_a == left.end() ? "" : in_a->second,
                                        in_b == right.end() ? "" : in_b->second};
        if (entry.a != entry.b) differences.push_back(entry);
    }
    return differences;
}

std::string in_plain_words(const PairedEffect& amount, const PairedEffect& share, const PairedEffect* net_share) {
    std::string words = "In plain words: the host's net gain (the amount) " + predicate(amount, " USD billion") +
                        "; its share of the surplus " + predicate(share, "");
    // The same question without what the alternatives give anyway: it may well move the other way.
    if (net_share) words += "; its share of what a deal adds to both sides' alternatives " + predicate(*net_share, "");
    return words + ".";
}

std::string in_plain_words(const Comparison& comparison) {
    const PairedEffect *amount = find(comparison, "net_gain"), *share = find(comparison, "surplus_share");
    return amount && share ? in_plain_words(*amount, *share, find(comparison, "net_share")) : "";
}

void print_text(std::ostream& out, const Comparison& comparison) {
    out << "A: " << comparison.file_a << "\nB: " << comparison.file_b << "\n"
        << comparison.pairs << (comparison.pairs == 1 ? " pair" : " pairs") << " of seed "
        << hexadecimal(comparison.seed);
    if (comparison.only_a + comparison.only_b > 0)
        out << " (unpaired: " << comparison.only_a << " in A, " << comparison.only_b << " in B)";
    out << "; effect = A minus B\n\n";
    print_parameters(out, comparison.parameters);
    out << '\n';
    print_table(out, comparison.variables);
    out << '\n';
    if (const std::string words = in_plain_words(comparison); !words.empty()) out << words << '\n';
    print_warnings(out, comparison);
}

}  // namespace multivector
