#include "row_maker.hpp"

#include <algorithm>
#include <deque>

#include "sha256.hpp"

namespace multivector {

namespace {

/// Puts values back.
class Restored {
 public:
    void keep(Field& field) { kept_.emplace_back(&field, field.read()); }
    ~Restored() {
        for (auto entry = kept_.rbegin(); entry != kept_.rend(); ++entry) entry->first->write(entry->second);
    }

 private:
    std::vector<std::pair<Field*, double>> kept_;
};

}  // namespace

RowMaker::RowMaker(std::string_view resolved, const std::string& name)
    : base_(resolved, name), scenario_(std::make_unique<Scenario>(base_.scenario())), root_(make_places(*scenario_)) {
    LeafSpans spans;
    text_ = resolved_text(*scenario_, base_.annotations(), &spans);
    for_each_field(root_, [&](const std::string& key, Place&, Field& field) {
        if (const auto found = spans.find(key); found != spans.end())
            leaves_.emplace(key, Leaf{key, &field, found->second.first, found->second.second});
    });
}

const std::vector<std::string>& RowMaker::keys_of(const std::string& assignment) {
    const auto [found, is_new] = known_.try_emplace(assignment.substr(0, assignment.find('=')));
    if (is_new) found->second = keys_set_by(root_, assignment);
    return found->second;
}

/// None where an assignment sets nothing, a path's shape, or what cannot act under it.
std::optional<std::vector<RowMaker::Leaf*>> RowMaker::leaves_of(const std::vector<std::string>& assignments) {
    std::vector<Leaf*> leaves;
    for (const std::string& assignment : assignments) {
        const std::vector<std::string>& keys = keys_of(assignment);
        if (keys.empty()) return std::nullopt;
        for (const std::string& key : keys) {
            const auto found = leaves_.find(key);
            if (found == leaves_.end()) return std::nullopt;
            leaves.push_back(&found->second);
        }
    }
    return leaves;
}

/// None when the row has a fault: the long way words it.
std::optional<MadeRow> RowMaker::made_in_place(const std::vector<std::string>& assignments, std::vector<Leaf*> leaves) {
    Restored restored;
    for (Leaf* leaf : leaves) restored.keep(*leaf->field);
    try {
        Reading reading;
        std::deque<SourceText> sources;
        for (const std::string& assignment : assignments)
            read_assignment(reading, root_, sources.emplace_back(SourceText{"--set", assignment}));
        Setting setting = prepare(*scenario_);
        return MadeRow{std::move(setting), digest(leaves, reading.annotations)};
    } catch (const InputError&) {
        return std::nullopt;
    } catch (const std::invalid_argument&) {  // what prepare refuses
        return std::nullopt;
    }
}

MadeRow RowMaker::make(const std::vector<std::string>& assignments) {
    if (auto leaves = leaves_of(assignments))
        if (auto made = made_in_place(assignments, std::move(*leaves))) return std::move(*made);
    LoadedScenario scenario = base_.with(assignments);
    std::string digest = sha256(scenario.resolved);
    return {prepare(std::move(scenario.scenario)), std::move(digest)};
}

/// Of the text with these values in their places.
std::string RowMaker::digest(std::vector<Leaf*>& leaves, const Annotations& annotations) const {
    std::sort(leaves.begin(), leaves.end(), [](const Leaf* a, const Leaf* b) { return a->start < b->start; });
    leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
    Sha256 digest;
    std::size_t at = 0;
    for (const Leaf* leaf : leaves) {
        const std::string value = resolved_leaf(leaf->key, *leaf->field, annotations);
        digest.add(text_.data() + at, leaf->start - at);
        digest.add(value.data(), value.size());
        at = leaf->end;
    }
    digest.add(text_.data() + at, text_.size() - at);
    return digest.hexadecimal();
}

}  // namespace multivector
