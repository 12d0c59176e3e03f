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

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace multivector;

TEST_CASE("a world that has run before runs again without allocating") {
    const Setting setting = prepare(small_scenario(4, 6, 16));
    World world;
    const auto run = [&] {
        begin(world, setting);
        for (int t = 0; t < setting.ticks; ++t) tick(world, setting, Luck(1, 0));
    };
    const long at_first = allocations;
    run();
    CHECK(allocations > at_first);  // the count does count
    const long before = allocations;
    run();
    CHECK(allocations == before);
}

TEST_CASE("ten thousand ticks take no more memory than the first thousand") {
    Scenario scenario = small_scenario(4, 6, 16);
    scenario.clock.ticks = 10000;
    const Setting setting = prepare(scenario);
    World world;
    begin(world, setting);
    const auto run_to = [&](int end) {
        while (world.tick < end) tick(world, setting, Luck(1, 0));
    };
    run_to(1000);
    const long before = allocations;
    const std::size_t deals = world.deals.capacity(), open = world.open.capacity();
    run_to(10000);
    CHECK(allocations == before);
    CHECK(world.deals.capacity() == deals);
    CHECK(world.open.capacity() == open);
    CHECK(world.next_project > 50000);
}
