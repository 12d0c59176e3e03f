#include "time_notes.hpp"

#include <algorithm>
#include <cmath>

#include "places.hpp"
#include "text_file.hpp"

namespace multivector {
namespace {

/// The clock's first and last moment.
struct Span {
    explicit Span(const Clock& clock)
        : begin(clock.start_year), end(clock.start_year + static_cast<double>(clock.ticks) * clock.dt) {}
    double begin, end;
    std::string text() const { return number_text(begin) + " to " + number_text(std::round(end * 100) / 100); }
};

std::string years_text(double count) { return number_text(count) + (count == 1 ? " year" : " years"); }

/// A path that the clock takes beyond its points, in whole years. A yearly average stands at mid-year and speaks for
/// its whole year.
struct Held {
    Held(std::string path, const Series& points, const Span& span)
        : key(std::move(path)),
          before(std::max(0.0, std::round(points.front().first - 0.5 - span.begin))),
          after(std::max(0.0, std::round(span.end - points.back().first - 0.5))),
          first(std::floor(points.front().first)),
          last(std::floor(points.back().first)) {}
    std::string key;
    double before, after, first, last;

    double longest() const { return std::max(before, after); }

    /// "oil.output (5 years before 2000, 3 years after 2021)"
    std::string text() const {
        std::string years = before > 0 ? years_text(before) + " before " + number_text(first) : "";
        if (after > 0) years += (years.empty() ? "" : ", ") + years_text(after) + " after " + number_text(last);
        return key + " (" + years + ")";
    }
};

std::string joined(const std::vector<std::string>& parts, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(parts.size(), most); ++i) text += (i ? ", " : "") + parts[i];
    if (parts.size() > most) text += " and " + std::to_string(parts.size() - most) + " more";
    return text;
}

std::string held_note(std::vector<Held> held, std::size_t most) {
    std::erase_if(held, [](const Held& path) { return path.longest() == 0; });
    if (held.empty()) return "";
    std::sort(held.begin(), held.end(), [](const Held& a, const Held& b) {
        return a.longest() != b.longest() ? a.longest() > b.longest() : a.key < b.key;
    });
    std::vector<std::string> texts;
    for (const Held& path : held) texts.push_back(path.text());
    return "beyond their points these paths keep the first or last value: " + joined(texts, most);
}

}  // namespace

std::vector<std::string> time_notes(const Scenario& scenario, std::size_t most) {
    const Span span(scenario.clock);
    std::vector<Held> held;
    std::vector<std::string> steps, notes;
    Scenario copy = scenario;  // places can write, so they want a scenario of their own
    Place root = make_places(copy);
    for_each_field(root, [&](const std::string&, Place& place, Field& field) {
        if (!place.path || field.key != "shape") return;
        const auto& [path, record, points] = *place.path;
        if (path.shape == PathShape::historical) held.emplace_back(place.key, record, span);
        if (path.shape == PathShape::series) held.emplace_back(place.key, points, span);
        const bool unreached = path.year <= span.begin || path.year >= span.end;
        if (path.shape == PathShape::step && path.before != path.level && unreached)
            steps.push_back(place.key + " in " + number_text(path.year));
    });
    if (const std::string note = held_note(held, most); !note.empty()) notes.push_back(note);
    if (!steps.empty())
        notes.push_back("the clock, " + span.text() + ", does not reach these steps: " + joined(steps, most));
    if (scenario.fund.present == Switch::on && scenario.fund.start_year >= span.end)
        notes.push_back("the fund saves nothing: fund.start_year is " + number_text(scenario.fund.start_year) +
                        ", and the clock runs from " + span.text());
    return notes;
}

}  // namespace multivector
