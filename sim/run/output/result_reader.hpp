// Reads a result file: seed, replications, run values, and the scenario it came from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "design.hpp"
#include "ensemble.hpp"
#include "fault_watch.hpp"
#include "hdf5_failures.hpp"
#include "hdf5_virtual.hpp"
#include "input_error.hpp"

namespace multivector {

/// One variable of /summary: a value per realisation, or per realisation and label.
struct SummaryVariable {
    std::string name, long_name, unit;
    std::string dimension;            ///< partner, sector or region; empty for one value per realisation
    std::vector<std::string> labels;  ///< one empty label when there is no such dimension
    std::vector<double> values;       ///< labels side by side

    double at(std::size_t realization, std::size_t label) const { return values[realization * labels.size() + label]; }
};

/// The file was written by this program, but does not hold what it should.
class DamagedResult : public InputError {
 public:
    DamagedResult(const std::string& file, const std::string& why) : InputError(file, 0, 0, "is damaged: " + why) {}
};

/// Every reader throws InputError for what is missing, damaged or of a shape that this program does not write.
class ResultFile {
 public:
    /// Throws InputError when the file is missing, is no HDF5 file, or was not written by this program.
    explicit ResultFile(const std::filesystem::path& path);
    ~ResultFile();
    ResultFile(ResultFile&&) = default;

    /// Takes an HDF5 file that is open, wherever it is; `name` is what errors call it.
    ResultFile(hdf5::Handle file, std::string name);

    const std::string& name() const { return name_; }
    std::uint64_t seed() const { return seed_; }
    Record record() const { return record_; }
    /// Of each realisation; those of a design's rows follow each other for each replication.
    const std::vector<std::int32_t>& replications() const { return replications_; }
    /// The part of a sweep that it holds; none when it holds all.
    const std::optional<Shard>& shard() const { return shard_; }
    std::uint32_t first_replication() const { return first_; }                 ///< of the whole sweep
    std::uint32_t sweep_replications() const { return count_; }                ///< likewise, of every row
    std::size_t first_realization() const { return begin_; }                   ///< its number
    std::size_t missing() const { return missing_; }                           ///< realisations that no merged file had
    const std::vector<hdf5::OpenSource>& sources() const { return sources_; }  ///< none unless it is virtual
    const std::vector<Failure>& failures() const { return failures_; }
    const std::optional<DesignRecord>& design() const { return design_; }  ///< none for a single world
    std::size_t rows() const { return design_ ? design_->worlds.size() : 1; }
    const std::vector<std::string>& variables() const { return variables_; }  ///< of /summary, without coordinates

    SummaryVariable read(const std::string& variable) const;

    /// The scenario with every parameter, as YAML. Throws InputError when it is not what its checksum says.
    std::string scenario_resolved() const;
    std::string scenario_verbatim() const;

    /// An attribute of /provenance; none when it was left out.
    std::optional<std::string> provenance(const std::string& attribute) const;
    std::optional<double> provenance_number(const std::string& attribute) const;

    hid_t id() const { return file_; }

    /// Calls f; what the library cannot read is bad input: this file is damaged.
    template <class Function>
    decltype(auto) guarded(Function f) const {
        const ReadingMark mark(name_);
        try {
            return f();
        } catch (const hdf5::Error& error) {
            throw DamagedResult(name_, error.what());
        }
    }

 private:
    [[noreturn]] void refuse(const std::string& why) const;
    void read_head();
    void read_origin();
    void read_replications();
    void read_shard();
    void read_failures();
    void require_numbers(const std::string& path, const std::function<double(std::size_t)>& expected,
                         std::size_t count) const;
    std::string scenario(const std::string& which) const;

    std::string name_;
    hdf5::Handle file_;
    std::vector<hdf5::OpenSource> sources_;  ///< open while it is: the library must not fail to open them, in silence
    std::uint64_t seed_ = 0;
    Record record_ = Record::summary;
    std::optional<Shard> shard_;
    std::uint32_t first_ = 0, count_ = 0;
    std::size_t begin_ = 0, missing_ = 0;
    std::vector<Failure> failures_;
    std::optional<DesignRecord> design_;
    std::vector<std::int32_t> replications_;
    std::vector<std::string> variables_;
};

}  // namespace multivector
