// Many realisations of one setting, or of the rows of a design, on several threads, delivered in replication order; the
// rows of one replication follow each other, so that more replications only add to the end.
//
// A realisation is a pure function of (setting, seed, replication), so neither the number of threads nor the size of
// the blocks in which work is handed out can change a result. At most threads + 2 blocks are in flight: memory does not
// grow with the number of realisations.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "counterfactuals.hpp"
#include "shard.hpp"
#include "world.hpp"

namespace multivector {

/// How much of each realisation is kept: a value per variable; also a value per tick; also every deal and event; also
/// every talk and offer.
enum class Record : std::uint8_t { summary, series, deals, full };
template <>
inline constexpr std::array<std::string_view, 4> names_of<Record>{"summary", "series", "deals", "full"};

/// Whether a record keeps that table of the log.
constexpr bool keeps(Record record, std::string_view table) {
    return record == Record::full || (record == Record::deals && (table == "deals" || table == "events"));
}

struct Realization {
    std::uint32_t replication = 0;
    std::uint32_t row = 0;  ///< of the design
    RunSummary summary;
    std::optional<Counterfactuals> counterfactuals;  ///< where they were asked for
    std::vector<Observation> series;                 ///< one per tick; empty under Record::summary
    Log log;                                         ///< empty below Record::deals
    std::string failure;  ///< why it failed, and the rest says nothing; empty when it did not
};

/// Replications first .. first + count - 1, of every setting.
struct Ensemble {
    std::uint64_t seed = 0;
    std::uint32_t first = 0, count = 0;
    unsigned threads = 1;  ///< 0 counts as 1
    Record record = Record::summary;
    const std::atomic<bool>* stop = nullptr;  ///< when it turns true, run_ensemble throws Interrupted soon after
    std::span<const CounterfactualRuns> counterfactuals{};  ///< one per setting: simulated beside each realisation
    std::size_t begin = 0, end = SIZE_MAX;  ///< only these of the realisations, in their order, counted from 0
    bool skip_failures = false;             ///< deliver a realisation that threw with its failure, and go on
};

/// A realisation threw. When several would, the first in their order is reported, whatever the thread count.
class RealizationFailed : public std::runtime_error {
 public:
    RealizationFailed(std::uint64_t seed, std::uint32_t replication, const std::string& reason,
                      std::optional<std::uint32_t> row = {});
    std::uint32_t replication() const { return replication_; }
    std::uint32_t row() const { return row_; }  ///< of the design; 0 without one

 private:
    std::uint32_t replication_, row_;
};

class Interrupted : public std::runtime_error {
 public:
    Interrupted() : std::runtime_error("interrupted; no result was written") {}
};

/// Takes realisations in replication order, each exactly once, on the thread that called run_ensemble. What the span
/// shows is valid during the call only. It is empty when there is nothing new for a moment: time to look after things.
using Sink = std::function<void(std::span<const Realization>)>;

/// Runs one realisation; `world` and `realization` are reused from call to call without fresh memory.
void run_realization(World& world, const Setting& setting, std::uint64_t seed, std::uint32_t replication, Record record,
                     Realization& realization);

using Simulation = decltype(run_realization);

/// Runs an ensemble. Throws RealizationFailed, Interrupted, or what the sink throws; no thread is left behind.
/// `simulate` is there for tests and for designs that prepare a realisation in another way.
void run_ensemble(std::span<const Setting> settings, const Ensemble& ensemble, const Sink& sink,
                  const std::function<Simulation>& simulate = run_realization);
inline void run_ensemble(const Setting& setting, const Ensemble& ensemble, const Sink& sink,
                         const std::function<Simulation>& simulate = run_realization) {
    run_ensemble(std::span(&setting, 1), ensemble, sink, simulate);
}

}  // namespace multivector
