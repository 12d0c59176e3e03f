#include "value_sources.hpp"

#include <numeric>

namespace multivector {
namespace {

class ValueWalk {
 public:
    ValueWalk(const LoadedScenario& loaded, const std::function<void(const SourcedValue&)>& f)
        : annotations_(loaded.annotations), f_(f) {}

    void walk(const Place& place, const Place& silent) {
        for (std::size_t i = 0; i < place.fields.size(); ++i)
            if (!place.path || place.fields[i].acts_under(place.shape()))
                say_field(place.key_of(place.fields[i].key), place.fields[i], silent.fields[i].read());
        if (place.path) say_points(place);
        for (std::size_t i = 0; i < place.children.size(); ++i) walk(*place.children[i], *silent.children[i]);
    }

    void say_own(const std::string& key, const std::string& annotated) {
        const Annotation note = note_of(annotated);
        f_({key, true, kind_of(note), note});
    }

 private:
    void say_field(const std::string& key, const Field& field, double otherwise) {
        const Annotation note = note_of(key);
        const SourceKind of_default = source_kind(field.source);
        SourcedValue value{key, true, kind_of(note), note, &field};
        const bool told = !note.source.empty() || !note.quality.empty();
        if (!told && field.read() == otherwise)
            value.own = false, value.kind = of_default;
        else if (!told && (field.kind == Kind::choice || of_default == SourceKind::definition))
            value.kind = SourceKind::definition;
        f_(value);
    }

    void say_points(const Place& place) {
        if (place.path->path.shape == PathShape::historical) say_own(place.key + ".record", place.key + ".record");
        if (place.path->path.shape == PathShape::series) say_own(place.key + ".points", place.key);
    }

    Annotation note_of(const std::string& key) const {
        const auto found = annotations_.find(key);
        return found == annotations_.end() ? Annotation() : found->second;
    }

    const Annotations& annotations_;
    const std::function<void(const SourcedValue&)>& f_;
};

}  // namespace

int total(const KindCounts& counts) { return std::accumulate(counts.begin(), counts.end(), 0); }

std::string counts_text(const KindCounts& counts) {
    std::string text;
    for (std::size_t kind = 0; kind < counts.size(); ++kind)
        if (counts[kind] > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(counts[kind]) + " " +
                    std::string(source_kinds[kind].counted);
    return text;
}

SourceKind kind_of(const Annotation& annotation) {
    if (annotation.quality.empty()) return source_kind(annotation.source);
    return annotation.quality == "assumed" ? SourceKind::assumed : SourceKind::record;
}

void for_each_value(const LoadedScenario& loaded, const std::function<void(const SourcedValue&)>& f) {
    Scenario scenario = loaded.scenario, silent = silent_scenario(scenario);
    ValueWalk walk(loaded, f);
    walk.walk(make_places(scenario), make_places(silent));
    if (!scenario.borders.empty()) walk.say_own("borders", "borders");
}

SourceCounts count_sources(const LoadedScenario& loaded) {
    SourceCounts counts;
    for_each_value(loaded, [&](const SourcedValue& value) {
        ++(value.own ? counts.own : counts.defaults)[static_cast<std::size_t>(value.kind)];
    });
    return counts;
}

Scenario silent_scenario(const Scenario& scenario) {
    Scenario silent;
    for (const ActorList& list : actor_lists)
        for (const std::string& name : list.names(scenario)) list.add(silent, name);
    return silent;
}

}  // namespace multivector
