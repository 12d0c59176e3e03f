#include "ensemble.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

#include "hexadecimal.hpp"

namespace multivector {

RealizationFailed::RealizationFailed(std::uint64_t seed, std::uint32_t replication, const std::string& reason,
                                     std::optional<std::uint32_t> row)
    : std::runtime_error((row ? "design row " + std::to_string(*row) + ", " : std::string()) + "replication " +
                         std::to_string(replication) + " of seed " + hexadecimal(seed) + " failed: " + reason),
      replication_(replication),
      row_(row.value_or(0)) {}

namespace {

/// Growth over very many ticks leaves the range of numbers; what follows from it would be nonsense.
void require_finite(const RunSummary& summary) {
    for (const Observable& row : observables)
        for (std::size_t i = 0; row.summary != Summary::ratio && i < extent(row.shape); ++i) {
            if (std::isfinite(summary.value(row, static_cast<int>(i)))) continue;
            throw std::overflow_error(std::string(row.name) +
                                      " grows beyond what a number can hold; shorten the run (clock.ticks, clock.dt)");
        }
}

}  // namespace

void run_realization(World& world, const Setting& setting, std::uint64_t seed, std::uint32_t replication, Record record,
                     Realization& realization) {
    const Luck luck(seed, replication);
    realization.replication = replication;
    realization.failure.clear();
    realization.summary.reset();
    realization.series.clear();
    realization.log.clear();
    world.log = record >= Record::deals ? &realization.log : nullptr;
    begin(world, setting);
    for (int t = 0; t < setting.ticks; ++t) {
        tick(world, setting, luck);
        realization.summary.add(world.now);
        if (record != Record::summary) realization.series.push_back(world.now);
    }
    world.log = nullptr;
    require_finite(realization.summary);
}

namespace {

struct Block {
    std::vector<Realization> realizations;
    std::size_t first = 0, count = 0;  ///< realisations
    bool ready = false;
    std::exception_ptr failure;
};

/// Large enough that locks cost nothing; small enough that every thread gets several, that series fit in memory, and
/// that a block is a matter of milliseconds: what is not delivered is lost when the process is killed.
std::size_t block_size(const Setting& setting, const Ensemble& ensemble, std::size_t realisations, unsigned threads) {
    const std::size_t budget = 4'000'000,
                      tick_bytes = sizeof(Observation) * static_cast<std::size_t>(setting.ticks + 1);
    constexpr std::size_t ticks_of_a_moment = 4000;
    const std::size_t soon =
        std::clamp<std::size_t>(ticks_of_a_moment / static_cast<std::size_t>(setting.ticks + 1), 1, 8);
    const std::size_t fits =
        ensemble.record == Record::summary ? soon : std::clamp<std::size_t>(budget / tick_bytes, 1, soon);
    return std::clamp<std::size_t>(realisations / (4 * threads), 1, fits);
}

/// A ring of blocks between the workers, who fill them in any order, and the deliverer, who empties them in theirs.
class Crew {
 public:
    Crew(std::span<const Setting> settings, const Ensemble& ensemble, const std::function<Simulation>& simulate)
        : settings_(settings),
          ensemble_(ensemble),
          simulate_(simulate),
          begin_(std::min(ensemble.begin, settings.size() * ensemble.count)),
          count_(std::clamp(ensemble.end, begin_, settings.size() * ensemble.count) - begin_),
          threads_(static_cast<unsigned>(std::clamp<std::size_t>(count_, 1, std::max(1u, ensemble.threads)))),
          size_(count_ > 0 ? block_size(settings.front(), ensemble, count_, threads_) : 1),
          blocks_((count_ + size_ - 1) / size_),
          ring_(std::min<std::size_t>(threads_ + 2, std::max<std::size_t>(blocks_, 1))) {
        for (Block& block : ring_) block.realizations.resize(size_);
    }

    void run(const Sink& sink) {
        std::vector<std::jthread> workers;
        try {
            for (unsigned i = 0; i < threads_ && blocks_ > 0; ++i) {
                try {
                    workers.emplace_back([this] { work(); });
                } catch (const std::system_error&) {
                    if (workers.empty()) throw;
                    break;  // the machine has no more to give; fewer do the same work
                }
            }
            for (std::size_t k = 0; k < blocks_; ++k) deliver(k, sink);
        } catch (...) {
            halt();
            throw;
        }
    }

 private:
    bool stopped() const { return halted_ || (ensemble_.stop && *ensemble_.stop); }

    void halt() {
        const std::lock_guard lock(mutex_);
        halted_ = true;
        emptied_.notify_all();
    }

    void work() {
        World world;
        while (Block* block = claim()) {
            fill(*block, world);
            const std::lock_guard lock(mutex_);
            block->ready = true;
            filled_.notify_one();
        }
    }

    /// The next block to fill, once its place in the ring is free; null when there is none left.
    Block* claim() {
        std::unique_lock lock(mutex_);
        emptied_.wait(lock, [this] { return stopped() || next_ >= blocks_ || next_ < delivered_ + ring_.size(); });
        if (stopped() || next_ >= blocks_) return nullptr;
        Block& block = ring_[next_ % ring_.size()];
        const std::size_t first = next_++ * size_;
        block.first = begin_ + first;
        block.count = std::min(size_, count_ - first);
        return &block;
    }

    void fill(Block& block, World& world) {
        for (std::size_t i = 0; i < block.count && !block.failure && !stopped(); ++i) {
            const std::size_t at = block.first + i;
            const auto stop = [&](const std::string& reason) {
                block.failure = std::make_exception_ptr(
                    RealizationFailed(ensemble_.seed, replication_of(at), reason,
                                      settings_.size() > 1 ? std::optional(row_of(at)) : std::nullopt));
            };
            const auto fail = [&](const std::string& reason) {
                if (!ensemble_.skip_failures) return stop(reason);
                world = World();  // whatever state it was left in
                name(block.realizations[i], at).failure = reason.empty() ? "unknown reason" : reason;
            };
            try {
                simulate(world, at, block.realizations[i]);
            } catch (const std::bad_alloc&) {
                stop("not enough memory; record less (--record) or use fewer threads");
            } catch (const std::exception& error) {
                fail(error.what());
            } catch (...) {
                fail("unknown reason");
            }
        }
    }

    std::uint32_t row_of(std::size_t at) const { return static_cast<std::uint32_t>(at % settings_.size()); }
    std::uint32_t replication_of(std::size_t at) const {
        return ensemble_.first + static_cast<std::uint32_t>(at / settings_.size());
    }

    Realization& name(Realization& realization, std::size_t at) const {
        realization.replication = replication_of(at);
        realization.row = row_of(at);
        return realization;
    }

    void simulate(World& world, std::size_t at, Realization& realization) const {
        const std::uint32_t row = row_of(at), replication = replication_of(at);
        simulate_(world, settings_[row], ensemble_.seed, replication, ensemble_.record, realization);
        name(realization, at);
        realization.counterfactuals.reset();
        if (!ensemble_.counterfactuals.empty())
            realization.counterfactuals =
                ensemble_.counterfactuals[row].measure(world, Luck(ensemble_.seed, replication), realization.summary);
    }

    void deliver(std::size_t k, const Sink& sink) {
        Block& block = ring_[k % ring_.size()];
        {
            // Waking now and then: a signal handler can set the stop flag but not notify.
            std::unique_lock lock(mutex_);
            const auto ready = [&] { return stopped() || block.ready; };
            while (!filled_.wait_for(lock, std::chrono::milliseconds(50), ready)) {
                lock.unlock();
                sink({});
                lock.lock();
            }
        }
        if (stopped()) throw Interrupted();
        if (block.failure) std::rethrow_exception(block.failure);
        sink(std::span<const Realization>(block.realizations).first(block.count));
        const std::lock_guard lock(mutex_);
        block.ready = false;
        ++delivered_;
        emptied_.notify_all();
    }

    const std::span<const Setting> settings_;
    const Ensemble& ensemble_;
    const std::function<Simulation>& simulate_;
    const std::size_t begin_, count_;  ///< realisations
    const unsigned threads_;
    const std::size_t size_, blocks_;
    std::vector<Block> ring_;
    std::mutex mutex_;
    std::condition_variable filled_, emptied_;
    std::size_t next_ = 0, delivered_ = 0;
    std::atomic<bool> halted_ = false;
};

}  // namespace

void run_ensemble(std::span<const Setting> settings, const Ensemble& ensemble, const Sink& sink,
                  const std::function<Simulation>& simulate) {
    Crew(settings, ensemble, simulate).run(sink);
}

}  // namespace multivector
