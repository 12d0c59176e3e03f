#include "contrasts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace multivector {

namespace {

std::vector<std::size_t> axes_with(const Design& design, AxisRole role) {
    std::vector<std::size_t> found;
    for (std::size_t a = 0; a < design.axes.size(); ++a)
        if (design.axes[a].role == role) found.push_back(a);
    return found;
}

/// Finds the rows of a design by their levels.
class RowFinder {
 public:
    explicit RowFinder(const Design& design) : design_(design) {
        for (std::size_t r = 0; r < design.rows.size(); ++r) rows_[design.rows[r]] = r;
    }
    /// None when the design has no such row.
    std::optional<std::size_t> row(const DesignRow& levels) const {
        const auto found = rows_.find(levels);
        return found == rows_.end() ? std::nullopt : std::optional(found->second);
    }

    /// The combinations of levels of `axes` that some row has, the other axes at `rest`, in the order of the rows.
    std::vector<DesignRow> over(const std::vector<std::size_t>& axes, const DesignRow& rest) {
        const auto known = combinations_.find(axes);
        const std::vector<DesignRow>& combinations =
            known != combinations_.end() ? known->second : combinations_[axes] = combinations_of(axes);
        std::vector<DesignRow> all;
        for (const DesignRow& levels : combinations) {
            all.push_back(rest);
            for (std::size_t i = 0; i < axes.size(); ++i) all.back()[axes[i]] = levels[i];
        }
        return all;
    }

    Step step(std::size_t axis, std::size_t from, std::size_t to) const {
        const DesignAxis& about = design_.axes[axis];
        return {about.name, about.levels[from].label, about.levels[to].label};
    }
    Levels labels(const std::vector<std::size_t>& axes, const DesignRow& row) const {
        Levels levels;
        for (const std::size_t axis : axes)
            levels.emplace_back(design_.axes[axis].name, design_.axes[axis].levels[row[axis]].label);
        return levels;
    }

 private:
    std::vector<DesignRow> combinations_of(const std::vector<std::size_t>& axes) const {
        std::vector<DesignRow> found;
        std::set<DesignRow> seen;
        for (const DesignRow& row : design_.rows) {
            DesignRow levels;
            for (const std::size_t axis : axes) levels.push_back(row[axis]);
            if (seen.insert(levels).second) found.push_back(std::move(levels));
        }
        return found;
    }

    const Design& design_;
    std::map<DesignRow, std::size_t> rows_;
    std::map<std::vector<std::size_t>, std::vector<DesignRow>> combinations_;  ///< by the axes they are of
};

class Builder {
 public:
    explicit Builder(const Design& design) : design_(design), cells_(design) {}

    std::vector<Contrast> all() {
        if (design_.kind == DesignKind::list) return against_the_first();
        const auto effects = axes_with(design_, AxisRole::effect);
        if (effects.empty()) return {};
        effect_axis_ = effects.front();
        moderators_ = axes_with(design_, AxisRole::moderator);
        mechanisms_ = axes_with(design_, AxisRole::mechanism);
        contexts_ = axes_with(design_, AxisRole::context);
        for (const AxisRole role : {AxisRole::placebo, AxisRole::sampled})
            for (const std::size_t axis : axes_with(design_, role)) contexts_.push_back(axis);
        const DesignRow first(design_.axes.size(), 0);
        for (std::size_t to = 1; to < design_.axes[effect_axis_].levels.size(); ++to)
            for (const DesignRow& context : cells_.over(contexts_, first)) {
                effects_at(context, to);
                for (const std::size_t moderator : moderators_)
                    for (std::size_t moved = 1; moved < design_.axes[moderator].levels.size(); ++moved)
                        amplification(context, to, moderator, moved);
                if (!mechanisms_.empty()) contributions(context, to);
            }
        return std::move(found_);
    }

 private:
    std::vector<std::size_t> shown_axes() const {
        std::vector<std::size_t> shown = moderators_;
        shown.insert(shown.end(), mechanisms_.begin(), mechanisms_.end());
        shown.insert(shown.end(), contexts_.begin(), contexts_.end());
        return shown;
    }

    /// Of a list, whose worlds differ in anything: every world against the first.
    std::vector<Contrast> against_the_first() {
        std::vector<std::size_t> all_axes(design_.axes.size());
        std::iota(all_axes.begin(), all_axes.end(), std::size_t{0});
        for (std::size_t r = 1; r < design_.rows.size(); ++r)
            found_.push_back({Quantity::effect,
                              {"world against the first", "", ""},
                              {},
                              cells_.labels(all_axes, design_.rows[r]),
                              false,
                              RowWeights{{r, 1}, {std::size_t{0}, -1}},
                              {},
                              std::pair<std::size_t, std::size_t>(0, r)});
        return std::move(found_);
    }

    DesignRow with(DesignRow row, std::size_t axis, std::size_t level) const {
        row[axis] = level;
        return row;
    }

    void effects_at(const DesignRow& context, std::size_t to) {
        std::vector<std::size_t> inner = moderators_;
        inner.insert(inner.end(), mechanisms_.begin(), mechanisms_.end());
        for (const DesignRow& row : cells_.over(inner, context)) {
            const auto before = cells_.row(with(row, effect_axis_, 0)), after = cells_.row(with(row, effect_axis_, to));
            if (!before || !after) continue;
            found_.push_back({Quantity::effect,
                              cells_.step(effect_axis_, 0, to),
                              {},
                              cells_.labels(shown_axes(), row),
                              is_placebo(row),
                              RowWeights{{*after, 1}, {*before, -1}},
                              {},
                              std::pair(*before, *after)});
        }
    }

    bool is_placebo(const DesignRow& row) const {
        for (std::size_t axis = 0; axis < row.size(); ++axis)
            if (design_.axes[axis].role == AxisRole::placebo && row[axis] > 0) return true;
        return false;
    }

    /// Over the levels of the other moderators alike.
    void amplification(const DesignRow& context, std::size_t to, std::size_t moderator, std::size_t moved) {
        std::vector<std::size_t> others;
        std::copy_if(moderators_.begin(), moderators_.end(), std::back_inserter(others),
                     [&](std::size_t axis) { return axis != moderator; });
        const auto rows = cells_.over(others, context);
        const double share = 1.0 / static_cast<double>(rows.size());
        RowWeights contrast, unmoved;
        for (const DesignRow& row : rows) {
            const auto cell = [&](std::size_t effect, std::size_t level) {
                return cells_.row(with(with(row, effect_axis_, effect), moderator, level));
            };
            const auto y00 = cell(0, 0), y10 = cell(to, 0), y01 = cell(0, moved), y11 = cell(to, moved);
            if (!y00 || !y10 || !y01 || !y11) return;
            contrast.insert(contrast.end(), {{*y11, share}, {*y01, -share}, {*y10, -share}, {*y00, share}});
            unmoved.insert(unmoved.end(), {{*y10, share}, {*y00, -share}});
        }
        Levels at = cells_.labels(contexts_, context);
        for (const std::size_t other : others) at.emplace_back(design_.axes[other].name, "");
        found_.push_back({Quantity::amplification,
                          cells_.step(effect_axis_, 0, to),
                          cells_.step(moderator, 0, moved),
                          std::move(at),
                          is_placebo(context),
                          std::move(contrast),
                          std::move(unmoved),
                          {}});
    }

    void contributions(const DesignRow& context, std::size_t to) {
        const bool every = cells_.row(all_off(context)).has_value();
        for (const std::size_t mechanism : mechanisms_) {
            RowWeights contrast;
            const std::vector<std::size_t> others = every ? without(mechanism) : std::vector<std::size_t>{};
            for (const DesignRow& row : cells_.over(others, context)) {
                const double weight = every ? shapley_weight(row, others) : 1;
                for (const std::size_t off : {0u, 1u})
                    for (const std::size_t level : {std::size_t{0}, to}) {
                        const auto cell = cells_.row(with(with(row, mechanism, off), effect_axis_, level));
                        if (!cell) return;
                        contrast.emplace_back(*cell, (off == 0) == (level != 0) ? weight : -weight);
                    }
            }
            contribution(contrast, context, to, design_.axes[mechanism].name);
        }
        if (!every) return;
        const DesignRow off = all_off(context);
        contribution({{*cells_.row(with(off, effect_axis_, to)), 1.0}, {*cells_.row(with(off, effect_axis_, 0)), -1.0}},
                     context, to, std::string(none_of_them));
    }

    void contribution(RowWeights contrast, const DesignRow& context, std::size_t to, const std::string& through) {
        found_.push_back({Quantity::contribution,
                          cells_.step(effect_axis_, 0, to),
                          Step{through, "", ""},
                          cells_.labels(contexts_, context),
                          false,
                          std::move(contrast),
                          {},
                          {}});
    }

    DesignRow all_off(DesignRow row) const {
        for (const std::size_t axis : mechanisms_) row[axis] = 1;
        return row;
    }

    std::vector<std::size_t> without(std::size_t mechanism) const {
        std::vector<std::size_t> others;
        std::copy_if(mechanisms_.begin(), mechanisms_.end(), std::back_inserter(others),
                     [&](std::size_t axis) { return axis != mechanism; });
        return others;
    }

    /// k! (m - 1 - k)! / m! for k others switched off of m mechanisms.
    double shapley_weight(const DesignRow& row, const std::vector<std::size_t>& others) const {
        std::size_t off = 0;
        for (const std::size_t axis : others) off += row[axis];
        const auto m = static_cast<double>(mechanisms_.size()), k = static_cast<double>(off);
        return std::exp(std::lgamma(k + 1) + std::lgamma(m - k) - std::lgamma(m + 1));
    }

    const Design& design_;
    RowFinder cells_;
    std::size_t effect_axis_ = 0;
    std::vector<std::size_t> moderators_, mechanisms_, contexts_;
    std::vector<Contrast> found_;
};

}  // namespace

std::string Step::said() const { return to.empty() ? axis : axis + " " + from + " to " + to; }

std::string said(const Levels& levels) {
    std::string text;
    for (const auto& [axis, level] : levels)
        text += (text.empty() ? "" : ", ") + (level.empty() ? "mean over " + axis : axis + " " + level);
    return text;
}

std::vector<Contrast> contrasts_of(const Design& design) { return Builder(design).all(); }

bool is_confirmatory(const Contrast& contrast, const Design& design) {
    const auto has = [&](AxisRole role) {
        return std::any_of(design.axes.begin(), design.axes.end(),
                           [&](const DesignAxis& axis) { return axis.role == role; });
    };
    const Quantity family = has(AxisRole::mechanism)   ? Quantity::contribution
                            : has(AxisRole::moderator) ? Quantity::amplification
                                                       : Quantity::effect;
    return contrast.quantity == family && !contrast.placebo;
}

std::vector<Contrast> confirmatory(const Design& design) {
    std::vector<Contrast> members;
    for (Contrast& contrast : contrasts_of(design))
        if (is_confirmatory(contrast, design)) members.push_back(std::move(contrast));
    return members;
}

}  // namespace multivector
