// Reading one YAML document into a scenario: what is remembered, and the readers of a leaf, a path and a block.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "csv.hpp"
#include "places.hpp"
#include "yaml_tree.hpp"

namespace multivector {

/// What a scenario file says about a value beside the value.
struct Annotation {
    std::string source;               ///< as written, or of the record
    std::optional<double> low, high;  ///< the range the author finds credible
    std::string quality;              ///< of a record: verified, recalled or assumed; else empty
    bool empty() const { return source.empty() && !low && quality.empty(); }
};

/// By full dotted key. A path's points have the key place + ".record" or place + ".points"; neighbours have "borders".
using Annotations = std::map<std::string, Annotation>;

/// What is remembered while documents are applied one after the other to a scenario.
class Reading {
 public:
    Annotations annotations;

    /// Turns to another document; `folder` is where the files it names are looked for, none when it may name no files.
    /// `source` must outlive the reading.
    void begin(const SourceText& source, std::optional<std::filesystem::path> folder);
    const SourceText& source() const { return *source_; }

    [[noreturn]] void fail(const YamlNode& node, const std::string& message) const {
        fail_at(*source_, node.position, message);
    }

    /// Remembers where a key was given. Refuses a key that this document has given already.
    void note(const std::string& key, Position position);

    /// Remembers an assignment's key, in full or with stars as it was written. Refuses one that is there already.
    void note_assignment(const std::string& key, const SourceText& assignment);

    /// The document that gave `key` last, null when none did.
    const SourceText* giver_of(const std::string& key) const;

    /// Throws `message` pointing at where `key`, or the nearest place around it, was given; else about `file` as a
    /// whole.
    [[noreturn]] void fail_about(const std::string& key, const SourceText& file, const std::string& message) const;

    /// The CSV file that a node names.
    const CsvTable& table(const YamlNode& file);

    /// Calls f; lets errors that concern a data file as a whole point at the node that names it.
    template <class Function>
    decltype(auto) at(const YamlNode& node, Function f) const {
        try {
            return f();
        } catch (const InputError& error) {
            if (error.line() != 0) throw;
            fail(node, error.file() + ": " + error.message());
        }
    }

 private:
    struct Location {
        const SourceText* source;
        Position position;
    };
    const SourceText* source_ = nullptr;
    std::optional<std::filesystem::path> folder_;
    std::unordered_map<std::string, Location> locations_;
    std::unordered_map<std::string, std::string> assignments_;  ///< as written, by key
    CsvFiles csv_;
};

/// yes, on, true as 1 and no, off, false as 0.
std::optional<double> parse_switch(std::string_view text);

/// The value a scalar gives to the field; throws when it is no value of the field's kind or out of range.
double read_scalar(const Reading& reading, const std::string& key, const Field& field, const YamlNode& node);

/// Throws unless `value` lies in the field's range.
void require_in_range(const Reading& reading, const std::string& key, const Field& field, double value,
                      const YamlNode& node);

/// Reads a scalar, `{value:, source:, range:, quality:}` or `{record:, file:, year:, scale:}` into the field. `place`
/// is where errors point and what is remembered.
void read_leaf(Reading& reading, const std::string& key, Field& field, const YamlNode& node);

/// Reads source: and quality: of a mapping into an annotation.
void read_provenance(const Reading& reading, const std::string& key, const YamlNode& node, Annotation& annotation);

/// Reads a path: a leaf (short for a constant) or a mapping of path rows, `record:`, `points:` and `source:`.
void read_path(Reading& reading, Place& place, const YamlNode& node);

/// The full key whose last part is nearest to `word`, first in the block `around`, then anywhere in the table.
std::optional<std::string> nearest_by_last_part(Place& root, std::string_view word, const std::string& around = "");

/// Reads a block and the blocks below it.
void read_block(Reading& reading, Place& root, Place& place, const YamlNode& node);

/// Creates the actors that the document names. In a document that extends another, a name that does not exist yet needs
/// `new: yes`.
void read_names(const Reading& reading, Scenario& scenario, const YamlNode& document, bool extends);

/// Reads `borders:`, which replaces the scenario's.
void read_borders(Reading& reading, Scenario& scenario, const YamlNode& node);

/// The whole document except `extends`: names, title, borders, blocks.
void read_document(Reading& reading, Scenario& scenario, const YamlNode& document, bool extends);

/// Applies "key=value" to the scenario whose places these are: any full key of the parameter table; `*` stands for
/// every name at its level.
void read_assignment(Reading& reading, Place& root, const SourceText& assignment);

/// The full keys that an assignment sets: with stars several, of a path its level and shape; none when there is no such
/// key.
std::vector<std::string> keys_set_by(Place& root, std::string_view assignment);

/// Where the text of each value starts and ends, by full key; not of shapes, on which it depends what else is there.
using LeafSpans = std::unordered_map<std::string, std::pair<std::size_t, std::size_t>>;

/// A complete YAML of the scenario with every value written out; reading it gives the same scenario bit for bit.
std::string resolved_text(const Scenario& scenario, const Annotations& annotations, LeafSpans* spans = nullptr);

/// What stands there for one value.
std::string resolved_leaf(const std::string& key, const Field& field, const Annotations& annotations);

}  // namespace multivector
