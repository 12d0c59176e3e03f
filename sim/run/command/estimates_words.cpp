// Sentences on a design's estimates that a student understands and a referee accepts.
#include <algorithm>
#include <array>
#include <cmath>

#include "estimates_report.hpp"
#include "estimates_words.hpp"

namespace multivector {

namespace {

/// "10 USD billion": of which year's prices stands in the tables.
std::string amount(double value, const Estimate& of) {
    return digits(value) + (of.unit == "1" ? "" : " " + of.unit.substr(0, of.unit.find(" at ")));
}

std::string with_interval(const Known& known) {
    return known.interval ? " (95% interval " + interval_text(known) + ")" : "";
}

std::string against_the_smallest(Size size) {
    return size == Size::negligible     ? ", which is less than the smallest of interest"
           : size == Size::undetermined ? ", which may be less than the smallest of interest"
                                        : "";
}

/// "raises net_gain by 10 USD billion (95% interval [9, 11])".
std::string effect_clause(const Estimate& effect) {
    if (!effect.point) return "leaves nothing to say of " + effect.outcome + ", which is missing";
    const std::string by = effect.outcome + " by " + amount(std::fabs(*effect.point), effect);
    const std::string verb = *effect.point < 0 ? "lowers " : "raises ";
    if (!effect.interval) return verb + by + " in the only replication, which says nothing about its sign";
    if (effect.interval->first == 0 && effect.interval->second == 0)
        return "changes " + effect.outcome + " in no replication";
    if (effect.sign() != 0) return verb + by + with_interval(effect) + against_the_smallest(effect.size);
    return verb + by + ", but the interval " + interval_text(effect) + " includes zero, so the sign is open" +
           against_the_smallest(effect.size);
}

/// "a, b and c".
std::string listed(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    return text;
}

struct Count {
    std::string what;
    std::size_t cells = 0;
};

std::string counted(const std::vector<Count>& counts) {
    std::vector<std::string> parts;
    for (const Count& count : counts)
        if (count.cells > 0) parts.push_back(count.what + " in " + std::to_string(count.cells));
    return listed(parts);
}

/// "; estimates run from 1 to 4 USD billion".
std::string range(const Cells& cells) {
    double least = INFINITY, most = -INFINITY;
    for (const Estimate* cell : cells)
        if (cell->point) least = std::min(least, *cell->point), most = std::max(most, *cell->point);
    if (least > most) return "; every estimate is missing";
    if (least == most) return "; the estimate is " + amount(least, *cells.front());
    return "; estimates run from " + digits(least) + " to " + amount(most, *cells.front());
}

std::string settings(const Cells& cells) { return std::to_string(cells.size()) + " settings"; }

/// "net_gain rises in 12, falls in 3 and has an open sign in 3; estimates run from -1 to 4 USD billion".
std::string effects_clause(const Cells& cells) {
    Count up{"rises"}, down{"falls"}, none{"stays the same"}, open{"has an open sign"},
        negligible{"moves by less than the smallest of interest"}, once{"has one replication and no interval"};
    for (const Estimate* cell : cells) {
        const bool nothing = cell->interval && cell->interval->first == 0 && cell->interval->second == 0;
        Count& kind = !cell->interval                  ? once
                      : nothing                        ? none
                      : cell->size == Size::negligible ? negligible
                      : cell->sign() > 0               ? up
                      : cell->sign() < 0               ? down
                                                       : open;
        ++kind.cells;
    }
    return cells.front()->outcome + " " + counted({up, down, negligible, none, open, once}) + range(cells);
}

/// "connectivity_demand 0 to 0.5 or 1".
std::string steps(const Cells& cells) {
    std::vector<std::string> to;
    for (const Estimate* cell : cells)
        if (std::find(to.begin(), to.end(), cell->of.to) == to.end()) to.push_back(cell->of.to);
    std::string text = cells.front()->of.said();
    for (std::size_t i = 1; i < to.size(); ++i) text += (i + 1 == to.size() ? " or " : ", ") + to[i];
    return text;
}

std::string effects_in_words(const Cells& amounts, const Cells& shares) {
    const std::string subject =
        amounts.front()->of.to.empty() ? "Going from the first world to another" : "Moving " + steps(amounts);
    if (amounts.size() == 1)
        return subject + " " + effect_clause(*amounts.front()) +
               (shares.empty() ? "" : "; it " + effect_clause(*shares.front())) + ".";
    return subject + ", in " + settings(amounts) + ": " + effects_clause(amounts) +
           (shares.empty() ? "" : "; " + effects_clause(shares)) + " (95% intervals, each taken alone).";
}

std::string verb_of(Change change) {
    constexpr std::array<const char*, names_of<Change>.size()> verbs{"does not change in any replication",
                                                                     "cannot be told to change",
                                                                     "changes by less than the smallest of interest",
                                                                     "is amplified",
                                                                     "is eroded",
                                                                     "is turned round",
                                                                     "is shifted, its own sign open before and after"};
    return verbs[static_cast<std::size_t>(change)];
}

/// ", on average over fund"; nothing where no axis was averaged over.
std::string averaged(const Levels& at) {
    std::vector<std::string> axes;
    for (const auto& level : at)
        if (level.second.empty()) axes.push_back(level.first);
    return axes.empty() ? "" : ", on average over " + listed(axes);
}

std::string change_clause(const Estimate& cell, const std::string& effect) {
    const std::string subject = effect + " on " + cell.outcome + " " + verb_of(cell.change());
    if (!cell.point || cell.change() == Change::none) return subject;
    const std::string sides = cell.unmoved.point && cell.moved.point
                                  ? ", from " + digits(*cell.unmoved.point) + " to " + digits(*cell.moved.point)
                                  : "";
    return subject + sides + ": the difference is " + amount(*cell.point, cell) + with_interval(cell);
}

std::string changes_clause(const Cells& cells, const std::string& effect) {
    std::vector<Count> counts;
    for (const Change change : {Change::amplifies, Change::erodes, Change::reverses, Change::shifts, Change::negligible,
                                Change::open, Change::none}) {
        Count count{verb_of(change)};
        for (const Estimate* cell : cells) count.cells += cell->change() == change;
        counts.push_back(count);
    }
    return effect + " on " + cells.front()->outcome + " " + counted(counts) + range(cells);
}

std::string changes_in_words(const Cells& amounts, const Cells& shares) {
    const std::string subject = "When " + amounts.front()->by.axis + " goes from " + amounts.front()->by.from + " to " +
                                amounts.front()->by.to + averaged(amounts.front()->at);
    const std::string effect = "the effect of " + steps(amounts);
    if (amounts.size() == 1)
        return subject + ", " + change_clause(*amounts.front(), effect) +
               (shares.empty() ? "" : "; " + change_clause(*shares.front(), "that")) + ".";
    return subject + ", in " + settings(amounts) + ": " + changes_clause(amounts, effect) +
           (shares.empty() ? "" : "; " + changes_clause(shares, "that")) +
           (amounts.front()->holm ? " (the amounts' p values adjusted by Holm)." : ".");
}

/// The effect with every mechanism on that contributions are parts of.
const Estimate* whole_effect(const Estimate& part, const std::vector<Estimate>& estimates, const Design& design) {
    const auto is_mechanism = [&](const std::string& name) {
        return std::any_of(design.axes.begin(), design.axes.end(), [&](const DesignAxis& axis) {
            return axis.role == AxisRole::mechanism && axis.name == name;
        });
    };
    for (const Estimate& effect : estimates) {
        if (effect.quantity != Quantity::effect || effect.scale != part.scale || effect.outcome != part.outcome ||
            !(effect.of == part.of))
            continue;
        Levels others;
        bool on = true;
        for (const auto& level : effect.at)
            if (is_mechanism(level.first))
                on = on && level.second == "on";
            else
                others.push_back(level);
        if (on && others == part.at) return &effect;
    }
    return nullptr;
}

/// "3.1 (31%)", "0.2 (negligible)", "-0.1 (-1%, open)".
std::string part_in_words(const Estimate& part, const Estimate& whole, bool sums) {
    std::vector<std::string> notes;
    if (sums && whole.sign() != 0 && part.point) notes.push_back(percent(part.point, *whole.point));
    const bool nothing = part.interval && part.interval->first == 0 && part.interval->second == 0;
    if (part.size == Size::negligible && !nothing)
        notes.emplace_back("negligible");
    else if (part.sign() == 0 && !nothing)
        notes.emplace_back("open");
    std::string text;
    for (const std::string& note : notes) text += (text.empty() ? " (" : ", ") + note;
    return said(part.point) + text + (text.empty() ? "" : ")");
}

/// Contributions to one effect in one setting: with what is left they sum to it, or each is lost alone.
std::string contributions_in_words(const Cells& parts, const Estimate& whole) {
    std::vector<std::string> said_parts;
    const bool sums = parts.back()->by.axis == none_of_them;
    for (const Estimate* part : parts)
        said_parts.push_back((part->by.axis == none_of_them ? "what is left with all of them off is" : part->by.axis) +
                             " " + part_in_words(*part, whole, sums));
    const std::string at = parts.front()->at.empty() ? "" : ", at " + said(parts.front()->at),
                      effect = "the effect of " + whole.of.said() + " on " + whole.outcome + at + ", " +
                               (whole.point ? amount(*whole.point, whole) : "which is missing") + with_interval(whole);
    return sums ? "Of " + effect + ": " + listed(said_parts) + "."
                : "Switched off alone, mechanisms take from " + effect + ": " + listed(said_parts) +
                      ". These are taken one by one and need not sum to it.";
}

/// Contributions, setting by setting.
std::vector<Cells> by_setting(const Cells& parts) {
    std::vector<Cells> settings;
    for (const Estimate* part : parts) {
        const auto same = [&](const Cells& some) {
            return some.front()->at == part->at && some.front()->of == part->of;
        };
        const auto found = std::find_if(settings.begin(), settings.end(), same);
        found == settings.end() ? settings.push_back({part}) : found->push_back(part);
    }
    return settings;
}

/// A placebo holds when its interval lies within half of the real effect's estimate, and fails when it lies beyond.
std::string verdict(const Known& placebo, const Known& real) {
    const auto nothing = [](const Known& known) { return known.interval->first == 0 && known.interval->second == 0; };
    if (!placebo.interval || !real.interval) return "one replication says nothing of this placebo";
    if (nothing(real)) return "the world itself has no effect that a placebo could be held against";
    if (real.sign() == 0) return "this placebo says nothing, for the sign of the world's own effect is open";
    const double half = std::fabs(*real.point) / 2;
    const auto [low, high] = *placebo.interval;
    if (low > -half && high < half) return "this placebo holds: its interval lies within half of that";
    if (low > half || high < -half)
        return "this placebo FAILS: what makes the effect is not particular to the world itself";
    return "whether this placebo holds is open";
}

/// The same effect where the placebo, which is the last of an estimate's levels, is none; nothing when there is none.
const Estimate* without_placebo(const Estimate& placebo, const Cells& cells) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const Estimate* cell) {
        return cell->of == placebo.of && cell->at.size() == placebo.at.size() &&
               std::equal(cell->at.begin(), cell->at.end() - 1, placebo.at.begin());
    });
    return found == cells.end() ? nullptr : *found;
}

/// ", rivals on," where a placebo is held in more than one setting; nothing else.
std::string among(const Estimate& placebo) {
    const Levels others(placebo.at.begin(), placebo.at.end() - 1);
    return others.empty() ? "" : ", " + said(others) + ",";
}

std::vector<std::string> placebos_in_words(const std::vector<Estimate>& estimates) {
    const auto effects = [&](Standing standing, Scale scale, bool placebos) {
        Cells cells;
        for (const Cells& group : grouped(estimates, standing, Quantity::effect, scale, placebos))
            cells.insert(cells.end(), group.begin(), group.end());
        return cells;
    };
    const Cells levels = effects(Standing::primary, Scale::levels, true),
                logs = effects(Standing::primary, Scale::logs, true),
                shares = effects(Standing::beside, Scale::levels, true),
                real = effects(Standing::primary, Scale::levels, false),
                real_logs = effects(Standing::primary, Scale::logs, false),
                real_shares = effects(Standing::beside, Scale::levels, false);
    std::vector<std::string> words;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const Estimate *placebo = levels[i], *itself = without_placebo(*levels[i], real),
                       *itself_in_logs = without_placebo(*levels[i], real_logs);
        if (itself == nullptr) continue;
        const bool in_logs = logs[i]->interval && itself_in_logs != nullptr && itself_in_logs->interval;
        if (in_logs) placebo = logs[i], itself = itself_in_logs;
        const Estimate* share = shares.empty() ? nullptr : without_placebo(*shares[i], real_shares);
        words.push_back("In the placebo " + placebo->at.back().second + among(*placebo) + " the effect on " +
                        placebo->outcome + (in_logs ? " in logs" : "") + " is " + said(placebo->point) +
                        with_interval(*placebo) + " where that of the world itself is " + said(itself->point) +
                        (share == nullptr ? ""
                                          : ", and on " + share->outcome + " " + said(shares[i]->point) +
                                                " where that is " + said(share->point)) +
                        "; " + verdict(*placebo, *itself) + ".");
    }
    return words;
}

}  // namespace

std::vector<Cells> grouped(const std::vector<Estimate>& estimates, Standing standing, Quantity quantity, Scale scale,
                           bool placebos) {
    std::vector<Cells> groups;
    for (const Estimate& estimate : estimates) {
        if (estimate.standing != standing || estimate.quantity != quantity || estimate.scale != scale ||
            estimate.placebo != placebos)
            continue;
        const auto found = std::find_if(groups.begin(), groups.end(), [&](const Cells& group) {
            const Estimate& first = *group.front();
            return first.outcome == estimate.outcome && first.of == estimate.of &&
                   (first.by == estimate.by || quantity == Quantity::contribution);
        });
        found == groups.end() ? groups.push_back({&estimate}) : found->push_back(&estimate);
    }
    return groups;
}

std::vector<Cells> pooled(const std::vector<Cells>& groups) {
    std::vector<Cells> pools;
    for (const Cells& group : groups) {
        const Estimate& first = *group.front();
        const auto found = std::find_if(pools.begin(), pools.end(), [&](const Cells& pool) {
            return pool.front()->outcome == first.outcome && pool.front()->of.axis == first.of.axis &&
                   pool.front()->by == first.by;
        });
        found == pools.end() ? pools.push_back(group)
                             : static_cast<void>(found->insert(found->end(), group.begin(), group.end()));
    }
    return pools;
}

std::vector<std::string> in_plain_words(const Design& design, const std::vector<Estimate>& estimates) {
    std::vector<std::string> words;
    const auto each = [&](Quantity quantity, auto say) {
        const auto amounts = pooled(grouped(estimates, Standing::primary, quantity, Scale::levels, false)),
                   shares = pooled(grouped(estimates, Standing::beside, quantity, Scale::levels, false));
        for (std::size_t g = 0; g < amounts.size(); ++g)
            words.push_back(say(amounts[g], g < shares.size() ? shares[g] : Cells{}));
    };
    if (design.kind != DesignKind::ablate) each(Quantity::effect, effects_in_words);
    each(Quantity::amplification, changes_in_words);
    for (const Standing standing : {Standing::primary, Standing::beside})
        for (const Cells& parts : grouped(estimates, standing, Quantity::contribution, Scale::levels, false))
            for (const Cells& setting : by_setting(parts))
                if (const Estimate* whole = whole_effect(*setting.front(), estimates, design))
                    words.push_back(contributions_in_words(setting, *whole));
    for (std::string& sentence : placebos_in_words(estimates)) words.push_back(std::move(sentence));
    return words;
}

}  // namespace multivector
