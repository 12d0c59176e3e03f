#include "design.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace multivector {

namespace {

/// The last `parts` of a path, without its ending; the path itself when it has no more.
std::string last_parts(const std::string& file, std::size_t parts) {
    const auto path = std::filesystem::path(file).lexically_normal();
    const std::vector<std::filesystem::path> all(path.begin(), path.end());
    if (all.empty() || parts > all.size()) return file;
    std::filesystem::path label;
    for (std::size_t i = all.size() - parts; i < all.size(); ++i) label /= all[i];
    return label.replace_extension().generic_string();
}

}  // namespace

std::vector<std::string> Design::assignments(const DesignRow& row) const {
    std::vector<std::string> all;
    for (std::size_t a = 0; a < axes.size(); ++a) {
        const auto& sets = axes[a].levels[row[a]].assignments;
        all.insert(all.end(), sets.begin(), sets.end());
    }
    return all;
}

const std::string& Design::scenario_of(const DesignRow& row) const {
    for (std::size_t a = 0; a < axes.size(); ++a)
        if (const std::string& other = axes[a].levels[row[a]].scenario; !other.empty()) return other;
    return scenario;
}

std::string Design::label(const DesignRow& row) const {
    std::string text;
    for (std::size_t a = 0; a < axes.size(); ++a)
        text += (text.empty() ? "" : ", ") + axes[a].name + " " + axes[a].levels[row[a]].label;
    return text;
}

std::vector<std::string> scenario_labels(const std::vector<std::string>& files) {
    std::vector<std::size_t> parts(files.size(), 1);
    for (;;) {
        std::map<std::string, std::set<std::string>> called;
        for (std::size_t f = 0; f < files.size(); ++f) called[last_parts(files[f], parts[f])].insert(files[f]);
        std::vector<std::string> labels;
        bool apart = true;
        for (std::size_t f = 0; f < files.size(); ++f) {
            labels.push_back(last_parts(files[f], parts[f]));
            if (called[labels[f]].size() == 1 || labels[f] == files[f]) continue;
            apart = false, ++parts[f];
        }
        if (apart) return labels;
    }
}

std::size_t crossed_rows(const std::vector<DesignAxis>& axes, std::size_t most_off) {
    constexpr double far_too_many = 1e15;
    double rows = 1;
    std::size_t mechanisms = 0;
    for (const DesignAxis& axis : axes)
        if (axis.role == AxisRole::mechanism)
            ++mechanisms;
        else
            rows = std::min(far_too_many, rows * static_cast<double>(axis.levels.size()));
    double subsets = 0, choose = 1;
    for (std::size_t off = 0; off <= std::min(most_off, mechanisms); ++off) {
        subsets += choose;
        choose *= static_cast<double>(mechanisms - off) / static_cast<double>(off + 1);
    }
    return static_cast<std::size_t>(std::min(far_too_many, rows * subsets));
}

std::vector<DesignRow> crossed(const std::vector<DesignAxis>& axes, std::size_t most_off) {
    std::vector<DesignRow> rows{DesignRow(axes.size(), 0)};
    const auto off = [&](const DesignRow& row) {
        std::size_t count = 0;
        for (std::size_t a = 0; a < axes.size(); ++a) count += axes[a].role == AxisRole::mechanism && row[a] == 1;
        return count;
    };
    for (std::size_t a = 0; a < axes.size(); ++a) {  // level by level, so that the first axis changes fastest
        const std::size_t before = rows.size();
        for (std::size_t l = 1; l < axes[a].levels.size(); ++l)
            for (std::size_t r = 0; r < before; ++r) {
                if (axes[a].role == AxisRole::mechanism && off(rows[r]) >= most_off) continue;
                rows.push_back(rows[r]);
                rows.back()[a] = l;
            }
    }
    return rows;
}

}  // namespace multivector
