// The golden worlds: the same bits from every compiler, optimisation level, processor and number of threads. A change
// of the model changes them on purpose: then run `build/tests/golden write` and say why in the commit. tests/bits.sh
// takes the same worlds to other compilers and processors.
#include <doctest/doctest.h>

#include "ensemble.hpp"
#include "golden_files.hpp"
#include "golden_math.hpp"

using namespace multivector;

namespace {

GoldenRecord record_through_text(const GoldenRecord& record) {
    std::stringstream text;
    write_record(text, record);
    return read_record(text);
}

/// The golden runs and some more as an ensemble gives them.
std::vector<TestRun> ensemble_runs(const Scenario& scenario, unsigned threads) {
    std::vector<TestRun> runs;
    run_ensemble(prepare(scenario), {golden_seed, 0, golden_replications, threads, Record::full},
                 [&](std::span<const Realization> realizations) {
                     for (const Realization& realization : realizations)
                         runs.push_back({realization.series, realization.log, realization.summary});
                 });
    return runs;
}

/// What the report says once `spoil` has had its way with the runs of a small world.
GoldenDifference difference_after(const std::function<void(std::vector<TestRun>&)>& spoil) {
    static const std::vector<TestRun> sound = golden_runs(lively());
    static const GoldenRecord on_record = record_through_text(golden_record(sound));
    std::vector<TestRun> runs = sound;
    spoil(runs);
    return golden_difference(on_record, golden_record(runs));
}

double& value_of(TestRun& run, std::size_t tick, const Observable& row) {
    return reinterpret_cast<double*>(&run.ticks[tick])[row.offset];
}

}  // namespace

TEST_CASE("every golden world has the bits on record") {
    const std::vector<GoldenWorld> worlds = golden_worlds();
    CHECK(worlds.size() >= 5);
    for (const GoldenWorld& world : worlds) {
        const std::vector<TestRun> runs = golden_runs(world.scenario);
        const std::string difference = difference_text(world.record, golden_record(runs), runs);
        CHECK_MESSAGE(difference.empty(), world.name << ":\n"
                                                     << difference << "if this is meant: build/tests/golden write");
    }
}

TEST_CASE("every golden world has the bits on record with one, two, three and eight threads") {
    for (const GoldenWorld& world : golden_worlds())
        for (const unsigned threads : {1u, 2u, 3u, 8u}) {
            const std::vector<TestRun> runs = ensemble_runs(world.scenario, threads);
            const std::string difference = difference_text(world.record, golden_record(runs), runs);
            CHECK_MESSAGE(difference.empty(), world.name << " with " << threads << " threads:\n" << difference);
        }
}

TEST_CASE("the portable functions have the bits on record, to the ends of their domains") {
    for (const GoldenFunction& function : golden_functions)
        CHECK_MESSAGE(function.hash() == function.on_record,
                      function.name << " is now 0x" << hex(function.hash(), 16) << " in tests/golden_math.hpp");
}

TEST_CASE("what a run comes to is on record too, in its last tick") {
    const GoldenDifference difference = difference_after([](std::vector<TestRun>& runs) {
        Observation more{};
        more.net_gain = 1;
        runs[4].summary.add(more);
    });
    CHECK(difference.tick == 79);
    CHECK(std::count(difference.names.begin(), difference.names.end(), "surplus_share") == 1);
    CHECK(difference.replications == std::vector<std::size_t>{4});
}

TEST_CASE("a golden record read from its text is the record that was written") {
    const std::vector<TestRun> runs = golden_runs(lively());
    const GoldenRecord record = golden_record(runs);
    const GoldenRecord again = record_through_text(record);
    CHECK(again.seed == record.seed);
    CHECK(again.hash == record.hash);
    CHECK(again.realizations == record.realizations);
    CHECK(again.names == record.names);
    REQUIRE(again.ticks.size() == record.ticks.size());
    for (std::size_t t = 0; t < record.ticks.size(); ++t) {
        CHECK(again.ticks[t].hash == record.ticks[t].hash);
        CHECK(again.ticks[t].digests == record.ticks[t].digests);
    }
    CHECK(difference_text(again, record, runs) == "");
}

TEST_CASE("when one value departs by its last bit, its tick, name and replication are told, whichever it is") {
    std::size_t changed = 0;
    for (const Observable& row : observables) {
        if (row.summary == Summary::ratio) continue;
        const std::size_t tick = 3 + changed % 70, replication = changed % golden_replications;
        const GoldenDifference difference = difference_after([&](std::vector<TestRun>& runs) {
            double& value = value_of(runs[replication], tick, row);
            value = from_bits(to_bits(value) ^ 1);
        });
        CHECK(difference.any);
        CHECK(difference.tick == tick);
        CHECK(difference.names == std::vector{std::string(row.name)});
        CHECK(difference.replications == std::vector{replication});
        ++changed;
    }
    CHECK(changed > 80);
}

TEST_CASE("the earliest tick is told, and in it the first observable of the table") {
    const GoldenDifference difference = difference_after([](std::vector<TestRun>& runs) {
        runs[2].ticks[30].oil_price += 1;
        runs[5].ticks[12].rumours += 1;
        runs[5].ticks[12].surplus += 1;
    });
    CHECK(difference.tick == 12);
    CHECK(difference.names == std::vector<std::string>{"surplus", "rumours"});
    CHECK(difference.replications == std::vector<std::size_t>{2, 5});
}

TEST_CASE("zero and negative zero differ in a golden record, and so do two kinds of NaN") {
    const auto put = [](double value) {
        return [value](std::vector<TestRun>& runs) { runs[1].ticks[7].budget = value; };
    };
    for (const auto& [before, after] : {std::pair{0.0, -0.0},
                                        {from_bits(0x7ff8000000000000u), from_bits(0xfff8000000000000u)},
                                        {from_bits(0x7ff8000000000000u), from_bits(0x7ff8000000000001u)}}) {
        std::vector<TestRun> runs = golden_runs(lively());
        put(before)(runs);
        const GoldenRecord on_record = golden_record(runs);
        CHECK_FALSE(golden_difference(on_record, golden_record(runs)).any);
        put(after)(runs);
        const GoldenDifference difference = golden_difference(on_record, golden_record(runs));
        CHECK(difference.tick == 7);
        CHECK(difference.names == std::vector<std::string>{"budget"});
    }
}

TEST_CASE("the log is on record too: a talk, a deal's fate, an event") {
    std::int64_t tick = -1;
    const auto check_table = [&](const std::string& name, const std::function<void(Log&)>& spoil) {
        const GoldenDifference difference = difference_after([&](std::vector<TestRun>& runs) { spoil(runs[3].log); });
        CHECK(static_cast<std::int64_t>(difference.tick) == tick);
        CHECK(difference.names == std::vector{name});
    };
    check_table("log.negotiations", [&](Log& log) { tick = log.talks[5].tick, log.talks[5].host_weight += 0.1; });
    check_table("log.deals", [&](Log& log) { tick = log.deals[4].status_tick, log.deals[4].local_content += 0.1; });
    check_table("log.events", [&](Log& log) { tick = log.events[2].tick, log.events.erase(log.events.begin() + 2); });
}

TEST_CASE("a new observable, one that is gone and another order are told by name and hide no other difference") {
    std::vector<TestRun> runs = golden_runs(lively());
    const GoldenRecord found = golden_record(runs);
    GoldenRecord on_record = found;
    const auto drop = [](GoldenRecord& record, std::size_t i) {
        record.names.erase(record.names.begin() + static_cast<std::ptrdiff_t>(i));
        for (GoldenTick& tick : record.ticks) tick.digests.erase(tick.digests.begin() + static_cast<std::ptrdiff_t>(i));
    };
    drop(on_record, 4);
    on_record.names[10] = "no_longer_there";
    for (GoldenTick& tick : on_record.ticks) std::swap(tick.digests[20], tick.digests[30]);
    std::swap(on_record.names[20], on_record.names[30]);
    const GoldenDifference same = golden_difference(on_record, found);
    CHECK(same.added == std::vector{found.names[4], found.names[11]});
    CHECK(same.gone == std::vector<std::string>{"no_longer_there"});
    CHECK(same.names.empty());
    runs[0].ticks[9].gdp *= 2;
    const GoldenDifference other = golden_difference(on_record, golden_record(runs));
    CHECK(other.tick == 9);
    CHECK(other.names == std::vector<std::string>{"gdp"});
}

TEST_CASE("the report says in words where a world departs from its record") {
    std::vector<TestRun> runs = golden_runs(lively());
    const GoldenRecord on_record = golden_record(runs);
    runs[6].ticks[41].exports = 1.25;
    const GoldenRecord found = golden_record(runs);
    CHECK(difference_text(on_record, found, runs) ==
          "first differs in tick 41 at exports\nin replications 6\nexports of replication 6 is now 1.25\nhash " +
              hex(on_record.hash, 16) + " on record, " + hex(found.hash, 16) + " now\n");
}
