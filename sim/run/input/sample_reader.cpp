#include "sample_reader.hpp"

#include <algorithm>

#include "yaml_values.hpp"

namespace multivector {

namespace {

constexpr std::size_t fewest_trajectories = 2, usual_trajectories = 20, usual_levels = 4, most_levels = 1000,
                      most_scrambles = 1000;

bool is_power_of_two(std::size_t number) { return number > 0 && (number & (number - 1)) == 0; }

/// "128 or 256".
std::string powers_around(std::size_t number) {
    std::size_t above = 1;
    while (above < number) above *= 2;
    return std::to_string(above / 2) + " or " + std::to_string(above);
}

std::size_t whole(const SourceText& source, const YamlNode& root, const std::string& key, std::size_t usual,
                  std::size_t least, std::size_t most) {
    const YamlNode* node = root.find(key);
    if (!node) return usual;
    return require_whole(source, *node, key, static_cast<double>(least), static_cast<double>(most));
}

Sample sample_of(DesignKind kind, const SampleSpace& space, const SampleSize& size, std::uint64_t seed) {
    switch (kind) {
        case DesignKind::lhs:
            return latin_hypercube(space, size.points, seed);
        case DesignKind::sobol:
            return sobol_points(space, size.points, size.scrambles, seed);
        case DesignKind::morris:
            return morris_trajectories(space, size.points, size.levels, seed);
        default:
            return saltelli_points(space, size.points, size.scrambles, seed);
    }
}

}  // namespace

std::size_t SampleSize::total(DesignKind kind, std::size_t axes) const {
    const std::size_t each = kind == DesignKind::saltelli ? axes + 2 : kind == DesignKind::morris ? axes + 1 : 1;
    return points * scrambles * each;
}

std::vector<std::string> sample_keys(DesignKind kind) {
    if (kind == DesignKind::morris) return {"trajectories", "levels"};
    if (kind == DesignKind::lhs) return {"points"};
    return {"points", "scrambles"};
}

SampleSize read_sample_size(const SourceText& source, const YamlNode& root, DesignKind kind,
                            std::vector<std::string>& notes) {
    SampleSize size;
    if (kind == DesignKind::morris) {
        size.points = whole(source, root, "trajectories", usual_trajectories, fewest_trajectories, most_design_rows);
        size.levels = whole(source, root, "levels", usual_levels, 2, most_levels);
        if (size.levels % 2 != 0)
            fail_at(source, root.find("levels")->position,
                    "'levels' must be even, so that half of them are a step away in either direction, not " +
                        std::to_string(size.levels));
        return size;
    }
    const YamlNode& points = require_entry(source, root, "design", "points");
    size.points = whole(source, root, "points", 0, 2, most_design_rows);
    size.points_at = points.position;
    size.scrambles = whole(source, root, "scrambles", 1, 1, most_scrambles);
    if (kind == DesignKind::lhs || is_power_of_two(size.points)) return size;
    const std::string why = "points: " + std::to_string(size.points) +
                            " is no power of two, with which alone Sobol's points are evenly spread; take " +
                            powers_around(size.points);
    if (kind == DesignKind::saltelli) fail_at(source, points.position, why);
    notes.push_back(why);
    return size;
}

std::pair<std::vector<PointRole>, std::vector<DesignRow>> sample_axes(DesignAxes& axes, DesignKind kind,
                                                                      const SampleSize& size, std::uint64_t seed) {
    const auto& all = axes.all();
    const auto first = static_cast<std::size_t>(
        std::find_if(all.begin(), all.end(), [](const DesignAxis& axis) { return axis.role == AxisRole::sampled; }) -
        all.begin());
    SampleSpace space;
    for (std::size_t a = first; a < all.size(); ++a) space.push_back(axes.ranges()[a] ? 0 : all[a].levels.size());
    const Sample sample = sample_of(kind, space, size, seed);
    std::vector<PointRole> roles;
    std::vector<DesignRow> rows(sample.size());
    for (const SamplePoint& point : sample) {
        roles.push_back(point.role);
        if (point.role.moved != PointRole::none) roles.back().moved += static_cast<std::int32_t>(first);
    }
    for (std::size_t s = 0; s < space.size(); ++s) {
        std::vector<double> column;
        for (const SamplePoint& point : sample) column.push_back(point.at[s]);
        if (space[s] == 0) {
            const std::vector<std::size_t> levels = axes.add_parts(first + s, column);
            for (std::size_t i = 0; i < rows.size(); ++i) rows[i].push_back(levels[i]);
        } else {
            for (std::size_t i = 0; i < rows.size(); ++i) rows[i].push_back(static_cast<std::size_t>(column[i]));
        }
    }
    return {std::move(roles), std::move(rows)};
}

}  // namespace multivector
