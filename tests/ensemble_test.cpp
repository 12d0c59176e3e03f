// Ensembles on threads, and their progress.
#include <doctest/doctest.h>

#include <sstream>

#include "hexadecimal.hpp"
#include "progress.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

std::string ensemble_bytes(unsigned threads, std::uint32_t count) {
    const Setting setting = prepare(small_scenario());
    std::string bytes;
    run_ensemble(setting, {7, 3, count, threads, Record::full}, [&](std::span<const Realization> realizations) {
        for (const Realization& realization : realizations) bytes += bytes_of(realization);
    });
    return bytes;
}

}  // namespace

TEST_CASE("one, two and eight threads give the same bits") {
    const std::string one = ensemble_bytes(1, 45);
    CHECK(!one.empty());
    CHECK(one == ensemble_bytes(2, 45));
    CHECK(one == ensemble_bytes(8, 45));
}

TEST_CASE("realisations arrive in order, each once, from the first that was asked for") {
    const Setting setting = prepare(small_scenario());
    for (const std::uint32_t count : {0u, 1u, 2u, 37u}) {
        std::uint32_t next = 5;
        run_ensemble(setting, {1, 5, count, 3, Record::summary}, [&](std::span<const Realization> realizations) {
            for (const Realization& realization : realizations) CHECK(realization.replication == next++);
        });
        CHECK(next == 5 + count);
    }
}

TEST_CASE("however slow the sink, the number of realisations in flight is bounded") {
    const Setting setting = prepare(small_scenario());
    std::atomic<std::uint32_t> started = 0;
    std::uint32_t delivered = 0, ahead = 0;
    run_ensemble(
        setting, {1, 0, 600, 2, Record::summary},
        [&](std::span<const Realization> realizations) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            ahead = std::max(ahead, started - delivered);
            delivered += static_cast<std::uint32_t>(realizations.size());
        },
        [&](World&, const Setting&, std::uint64_t, std::uint32_t, Record, Realization&) { ++started; });
    CHECK(delivered == 600);
    CHECK(ahead <= (2 + 2) * 8);
}

TEST_CASE("a failing realisation stops the ensemble and is named, the lowest first whatever the threads") {
    const Setting setting = prepare(small_scenario());
    for (const unsigned threads : {1u, 2u, 8u}) {
        const auto simulate = [](auto&&... arguments) { fail_from(23, arguments...); };
        const auto ignore = [](std::span<const Realization>) {};
        CHECK_THROWS_WITH_AS(run_ensemble(setting, {1, 0, 90, threads}, ignore, simulate),
                             "replication 23 of seed 0x0000000000000001 failed: the bridge is out", RealizationFailed);
    }
}

TEST_CASE("a stop flag interrupts an ensemble") {
    const Setting setting = prepare(small_scenario());
    std::atomic<bool> stop = false;
    const auto sink = [&](std::span<const Realization>) { stop = true; };
    CHECK_THROWS_AS(run_ensemble(setting, {1, 0, 1'000'000, 2, Record::summary, &stop}, sink), Interrupted);
}

TEST_CASE("seeds are written with all their digits") {
    CHECK(hexadecimal(0) == "0x0000000000000000");
    CHECK(hexadecimal(UINT64_MAX) == "0xffffffffffffffff");
}

TEST_CASE("progress on a pipe is JSON lines, at most five a second, and always the last") {
    std::ostringstream out;
    const Progress::Clock::time_point start{};
    Progress progress(out, ProgressStyle::lines, 100, start);
    for (int i = 1; i <= 100; ++i)
        progress.update(static_cast<std::uint64_t>(i), start + std::chrono::milliseconds(10 * i));
    const std::string text = out.str();
    CHECK(std::count(text.begin(), text.end(), '\n') == 5);
    CHECK(text.starts_with("{\"done\":20,\"total\":100,\"seconds\":0.2,\"seconds_left\":0.8}\n"));
    CHECK(text.ends_with("{\"done\":100,\"total\":100,\"seconds\":1.0,\"seconds_left\":0.0}\n"));
}

TEST_CASE("quiet progress writes nothing") {
    std::ostringstream out;
    {
        Progress progress(out, ProgressStyle::silent, 3);
        progress.update(3);
    }
    CHECK(out.str().empty());
}

TEST_CASE("a run that grows beyond what a number can hold fails instead of giving nonsense") {
    Setting setting = prepare(small_scenario());
    setting.decay.growth = 1e30;  // prepare refuses a scenario that grows so
    const auto ignore = [](std::span<const Realization>) {};
    CHECK_THROWS_AS(run_ensemble(setting, {1, 0, 2, 1, Record::summary}, ignore), RealizationFailed);
}

}  // namespace multivector
