// The tick takes no memory from the heap: worlds are reused, and everything inside has a fixed size or room from
// before.

// Where the compiler inlines only one of the two operators below, it takes malloc and free for a mismatched pair.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "small_world.hpp"

namespace {
std::atomic<long> allocations{0};
}

// The thread sanitizer of clang brings these operators and lets nobody replace them: then nothing is counted.
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define MULTIVECTOR_CANNOT_COUNT
#endif
#endif

#ifdef MULTIVECTOR_CANNOT_COUNT
constexpr bool counts = false;
#else
constexpr bool counts = true;

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {  // std::stable_sort takes this one
    ++allocations;
    return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

using namespace multivector;

TEST_CASE("a world that has run before runs again without allocating") {
    Scenario scenario = small_scenario(4, 6, 16);
    scenario.partners[0].news = constant_path(1);
    const Setting setting = prepare(scenario);
    World world;
    const auto run = [&] {
        begin(world, setting);
        for (int t = 0; t < setting.ticks; ++t) tick(world, setting, Luck(1, 0));
    };
    const long at_first = allocations;
    run();
    CHECK((allocations > at_first || !counts));  // the count does count
    const long before = allocations;
    run();
    CHECK(allocations == before);
}

TEST_CASE("over ten thousand ticks memory grows only for a busier tick than any before, and nothing piles up") {
    Scenario scenario = small_scenario(4, 6, 16);
    scenario.clock.ticks = 10000;
    const Setting setting = prepare(scenario);
    World world;
    const auto room = [&] {
        return world.deals.capacity() + world.open.capacity() + world.agreements.capacity() +
               world.opportunities.capacity() + world.arisen.capacity();
    };
    double held[2] = {0, 0};  // deals and open projects, in each half of the run
    int records = 0;
    begin(world, setting);
    while (world.tick < setting.ticks) {
        const long before = allocations;
        const std::size_t room_before = room();
        const int half = world.tick < setting.ticks / 2 ? 0 : 1;
        tick(world, setting, Luck(1, 0));
        held[half] += static_cast<double>(world.deals.size() + world.open.size());
        if (allocations == before) continue;
        REQUIRE(room() > room_before);  // whatever was allocated made room for a record
        if (world.tick > 1000) ++records;
    }
    CHECK(records <= 3);  // each doubles the room
    CHECK(held[1] == doctest::Approx(held[0]).epsilon(0.05));
    CHECK(world.next_project > 50000);
    const long at_second = allocations;
    begin(world, setting);
    while (world.tick < setting.ticks) tick(world, setting, Luck(1, 0));
    CHECK(allocations == at_second);
}
