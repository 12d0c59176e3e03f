#include "hdf5_sample.hpp"

namespace multivector::hdf5 {

void write_points(const Along& rows, const Design& design) {
    Counts numbers, scrambles, groups, moved;
    Texts parts;
    std::vector<double> steps;
    for (std::size_t r = 0; r < design.rows.size(); ++r) {
        const std::size_t number = r / design.rows_of_point();
        const PointRole& role = design.points[number];
        numbers.push_back(static_cast<std::int32_t>(number));
        scrambles.push_back(role.scramble), groups.push_back(role.group), moved.push_back(role.moved);
        parts.emplace_back(names_of<PointPart>[static_cast<std::size_t>(role.part)]);
        steps.push_back(role.step);
    }
    rows.counts("point_of_row", numbers, "which sampled point the row is of");
    rows.counts("scramble_of_row", scrambles, "which independent sample its point belongs to");
    rows.counts("group_of_row", groups, "in that sample: which point; of A, B and AB which pair; which trajectory");
    rows.texts("part_of_row", parts,
               "what the point is: itself, of matrix A, B or AB, or start or step of a trajectory");
    rows.counts("moved_axis_of_row", moved,
                "position of the axis that differs: of AB from A, of a step from the point before", true);
    rows.numbers("step_of_row", steps, "how far that axis moved, as a share of its range; 1 for another choice");
}

std::vector<PointRole> read_points(hid_t file, DesignKind kind, std::size_t rows) {
    if (!is_sampled(kind)) return {};
    const auto counts = [&](const std::string& name) {
        return of_size(read_counts(file, "/design/" + name), rows, name);
    };
    const Counts numbers = counts("point_of_row"), scrambles = counts("scramble_of_row"),
                 groups = counts("group_of_row"), moved = counts("moved_axis_of_row");
    const Texts parts = of_size(read_texts(file, "/design/part_of_row"), rows, "part_of_row");
    const std::vector<double> steps = of_size(read_numbers(file, "/design/step_of_row"), rows, "step_of_row");
    std::vector<PointRole> points;
    for (std::size_t r = 0; r < rows; ++r) {
        const auto part = std::find(names_of<PointPart>.begin(), names_of<PointPart>.end(), parts[r]);
        if (part == names_of<PointPart>.end()) throw Error("/design/part_of_row has a part that means nothing");
        const PointRole role{static_cast<PointPart>(part - names_of<PointPart>.begin()), scrambles[r], groups[r],
                             moved[r], steps[r]};
        const auto number = static_cast<std::size_t>(std::max(numbers[r], 0));
        if (number == points.size() && numbers[r] >= 0) points.push_back(role);
        if (number + 1 != points.size() || numbers[r] < 0 || !points.back().same(role))
            throw Error("/design says two things of the point of its row " + std::to_string(r));
    }
    for (std::size_t r = 0; r < rows; ++r)
        if (static_cast<std::size_t>(numbers[r]) != r * points.size() / rows)
            throw Error("/design/point_of_row is not what a sample's rows are");
    return points;
}

}  // namespace multivector::hdf5
