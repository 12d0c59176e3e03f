#include <doctest/doctest.h>

#include <set>

#include "luck.hpp"

using namespace multivector;

TEST_CASE("Philox4x32-10 gives the known-answer vectors that its authors published") {
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
          PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a draw depends on each of its arguments and on nothing else") {
    const Luck luck(42, 3);
    const double draw = luck.uniform(Stream::arrivals, 5, 2, 1);
    CHECK(draw == Luck(42, 3).uniform(Stream::arrivals, 5, 2, 1));
    std::set<double> different{draw,
                               Luck(43, 3).uniform(Stream::arrivals, 5, 2, 1),
                               Luck(42 + (1ull << 32), 3).uniform(Stream::arrivals, 5, 2, 1),
                               Luck(42, 4).uniform(Stream::arrivals, 5, 2, 1),
                               luck.uniform(Stream::rumour, 5, 2, 1),
                               luck.uniform(Stream::arrivals, 6, 2, 1),
                               luck.uniform(Stream::arrivals, 5, 3, 1),
                               luck.uniform(Stream::arrivals, 5, 2, 2),
                               luck.pair(Stream::arrivals, 5, 2, 1).second};
    CHECK(different.size() == 9);
}

TEST_CASE("uniforms lie strictly between 0 and 1 and have the moments of the uniform law") {
    double sum = 0, square = 0, product = 0;
    const int draws = 100000;
    const Luck luck(7, 0);
    for (std::uint32_t i = 0; i < draws; ++i) {
        const UniformPair pair = luck.pair(Stream::tie, i);
        REQUIRE(pair.first > 0);
        REQUIRE(pair.first < 1);
        sum += pair.first;
        square += pair.first * pair.first;
        product += pair.first * pair.second;
    }
    CHECK(sum / draws == doctest::Approx(0.5).epsilon(0.01));
    CHECK(square / draws == doctest::Approx(1.0 / 3).epsilon(0.01));
    CHECK(product / draws == doctest::Approx(0.25).epsilon(0.01));
}
