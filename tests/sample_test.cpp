// Samples: what each kind promises of its points, and the indices that a known function has on them.
#include "sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <set>

#include "draws.hpp"

namespace multivector {

namespace {

using Column = std::vector<double>;

Column column(const Sample& sample, std::size_t axis) {
    Column values;
    for (const SamplePoint& point : sample) values.push_back(point.at[axis]);
    return values;
}

/// Whether each of as many equal parts of [0, 1] as there are values holds one.
bool one_in_each_part(const Column& values) {
    std::set<std::size_t> met;
    for (const double value : values) met.insert(static_cast<std::size_t>(value * static_cast<double>(values.size())));
    return met.size() == values.size() && *met.rbegin() + 1 == values.size();
}

/// How often each choice occurs; the difference between the most and the least.
std::size_t unevenness(const Column& values, std::size_t choices) {
    std::vector<std::size_t> times(choices, 0);
    for (const double value : values) ++times.at(static_cast<std::size_t>(value));
    return *std::max_element(times.begin(), times.end()) - *std::min_element(times.begin(), times.end());
}

/// Star discrepancy of points in the unit square, over the boxes that their coordinates span.
double star_discrepancy(const Column& x, const Column& y) {
    Column across = x, up = y;
    across.push_back(1), up.push_back(1);
    double worst = 0;
    for (const double a : across)
        for (const double b : up) {
            double open = 0, closed = 0;
            for (std::size_t i = 0; i < x.size(); ++i) {
                open += x[i] < a && y[i] < b;
                closed += x[i] <= a && y[i] <= b;
            }
            const auto count = static_cast<double>(x.size());
            worst = std::max({worst, a * b - open / count, closed / count - a * b});
        }
    return worst;
}

using Function = std::function<double(const std::vector<double>&)>;

double ishigami(const std::vector<double>& u) {
    constexpr double pi = std::numbers::pi;
    const double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
    return std::sin(x) + 7 * std::pow(std::sin(y), 2) + 0.1 * std::pow(z, 4) * std::sin(x);
}

double g_function(const std::vector<double>& u) {
    constexpr std::array a{0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i) product *= (std::fabs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    return product;
}

struct Indices {
    std::vector<double> first, total;
};

/// Saltelli's (2010) estimator of first and Jansen's of total indices, on a sample of one scramble.
Indices indices(const Sample& sample, const Function& f, std::size_t axes) {
    std::vector<double> a, b;
    std::vector<std::vector<double>> ab(axes);
    for (const SamplePoint& point : sample) {
        const double value = f(point.at);
        if (point.role.part == PointPart::a) a.push_back(value);
        if (point.role.part == PointPart::b) b.push_back(value);
        if (point.role.part == PointPart::ab) ab[static_cast<std::size_t>(point.role.moved)].push_back(value);
    }
    const auto n = static_cast<double>(a.size());
    const double mean = (std::accumulate(a.begin(), a.end(), 0.0) + std::accumulate(b.begin(), b.end(), 0.0)) / (2 * n);
    double variance = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        variance += (std::pow(a[i] - mean, 2) + std::pow(b[i] - mean, 2)) / (2 * n);
    Indices found{std::vector<double>(axes, 0), std::vector<double>(axes, 0)};
    for (std::size_t axis = 0; axis < axes; ++axis)
        for (std::size_t i = 0; i < a.size(); ++i) {
            found.first[axis] += (b[i] - mean) * (ab[axis][i] - a[i]) / (n * variance);
            found.total[axis] += std::pow(a[i] - ab[axis][i], 2) / (2 * n * variance);
        }
    return found;
}

double worst(const std::vector<double>& found, const std::vector<double>& truth) {
    double most = 0;
    for (std::size_t i = 0; i < found.size(); ++i) most = std::max(most, std::fabs(found[i] - truth[i]));
    return most;
}

}  // namespace

TEST_CASE("a Latin hypercube meets every stratum of every range once, and every choice equally often") {
    for (const std::size_t points : {2, 20, 97, 1000}) {
        const Sample sample = latin_hypercube({0, 3, 0, 7}, points, 5);
        REQUIRE(sample.size() == points);
        for (const std::size_t axis : {0u, 2u}) CHECK(one_in_each_part(column(sample, axis)));
        CHECK(unevenness(column(sample, 1), 3) <= 1);
        CHECK(unevenness(column(sample, 3), 7) <= 1);
        CHECK(column(sample, 0) != column(sample, 2));
    }
}

TEST_CASE("Sobol's sequence begins as Joe and Kuo's directions say, the first point kept") {
    const auto plain = plain_sobol(3, 5);
    const std::vector<std::vector<double>> known{
        {0, 0, 0}, {.5, .5, .5}, {.75, .25, .25}, {.25, .75, .75}, {.375, .375, .625}};
    for (std::size_t i = 0; i < known.size(); ++i)
        for (std::size_t axis = 0; axis < 3; ++axis) CHECK(plain[i][axis] * 0x1p-32 == known[i][axis]);
}

TEST_CASE("the first 2^m Sobol points meet every part of each axis once, scrambled or not") {
    for (const std::size_t points : {2, 16, 128, 1024}) {
        const auto plain = plain_sobol(8, points);
        const Sample sample = sobol_points(SampleSpace(8, 0), points, 1, 3);
        for (std::size_t axis = 0; axis < 8; ++axis) {
            Column unscrambled;
            for (const auto& point : plain) unscrambled.push_back(point[axis] * 0x1p-32);
            CHECK(one_in_each_part(unscrambled));
            CHECK(one_in_each_part(column(sample, axis)));
        }
    }
}

TEST_CASE("scrambled in two dimensions, every elementary interval of volume 2^-8 holds one of 2^8 points") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Sample sample = sobol_points({0, 0}, 256, 1, seed);
        for (int across = 0; across <= 8; ++across) {
            std::set<std::pair<int, int>> boxes;
            for (const SamplePoint& point : sample)
                boxes.emplace(static_cast<int>(std::ldexp(point.at[0], across)),
                              static_cast<int>(std::ldexp(point.at[1], 8 - across)));
            CHECK(boxes.size() == 256);
        }
    }
}

TEST_CASE("Sobol points leave smaller gaps than independent ones") {
    enum class Any : std::uint32_t { points = 1 };
    const Draws<Any> draws(4, 0);
    double random = 1, sobol = 0;
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        Column x, y;
        for (std::uint32_t i = 0; i < 128; ++i) {
            const UniformPair pair = draws.pair(Any::points, seed, i);
            x.push_back(pair.first), y.push_back(pair.second);
        }
        random = std::min(random, star_discrepancy(x, y));
        const Sample sample = sobol_points({0, 0}, 128, 1, seed);
        sobol = std::max(sobol, star_discrepancy(column(sample, 0), column(sample, 1)));
    }
    CHECK(sobol < 0.05);
    CHECK(sobol < random);
}

TEST_CASE("a Sobol sample has every choice equally often, whatever their number") {
    const Sample sample = sobol_points({0, 3, 5}, 64, 2, 9);
    for (const std::size_t half : {0u, 1u}) {
        const Sample one(sample.begin() + static_cast<std::ptrdiff_t>(64 * half),
                         sample.begin() + static_cast<std::ptrdiff_t>(64 * half + 64));
        CHECK(unevenness(column(one, 1), 3) == 1);
        CHECK(unevenness(column(one, 2), 5) == 1);
        for (const SamplePoint& point : one) CHECK(point.role.scramble == static_cast<std::int32_t>(half));
    }
    CHECK(sample[0].at[0] != sample[64].at[0]);
}

TEST_CASE("Saltelli's rows are A, B, and A with each column of B") {
    const Sample sample = saltelli_points({0, 4, 0}, 16, 2, 1);
    REQUIRE(sample.size() == 2 * 16 * 5);
    for (std::size_t i = 0; i < sample.size(); i += 5) {
        const SamplePoint &a = sample[i], &b = sample[i + 1];
        CHECK(a.role.part == PointPart::a);
        CHECK(b.role.part == PointPart::b);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const SamplePoint& ab = sample[i + 2 + axis];
            CHECK(ab.role.part == PointPart::ab);
            CHECK(ab.role.moved == static_cast<std::int32_t>(axis));
            CHECK(ab.role.group == a.role.group);
            for (std::size_t other = 0; other < 3; ++other) CHECK(ab.at[other] == (other == axis ? b : a).at[other]);
        }
    }
}

TEST_CASE("indices of the Ishigami and G functions come out, over 50 scrambles of 2^10 pairs") {
    const Indices of_ishigami{{.313905, .442411, 0}, {.557589, .442411, .243684}},
        of_g{{.716192, .179048, .023676, .007162, .000072, .000072, .000072, .000072},
             {.787144, .242198, .034317, .010460, .000105, .000105, .000105, .000105}};
    double first = 0, total = 0;  // the worst errors
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const Indices ish = indices(saltelli_points(SampleSpace(3, 0), 1024, 1, seed), ishigami, 3),
                      g = indices(saltelli_points(SampleSpace(8, 0), 1024, 1, seed), g_function, 8);
        first = std::max({first, worst(ish.first, of_ishigami.first), worst(g.first, of_g.first)});
        total = std::max({total, worst(ish.total, of_ishigami.total), worst(g.total, of_g.total)});
    }
    CAPTURE(first);
    CAPTURE(total);
    CHECK(first <= 0.027);
    CHECK(total <= 0.032);
}

TEST_CASE("in a trajectory every axis moves once, by half of the levels, and each value is equally often the start") {
    const SampleSpace space{0, 3, 0, 2};
    for (const std::size_t levels : {2, 4, 10}) {
        const Sample sample = morris_trajectories(space, 20, levels, 8);
        REQUIRE(sample.size() == 20 * 5);
        const double delta = static_cast<double>(levels) / (2 * (static_cast<double>(levels) - 1));
        std::vector<Column> starts(4);
        for (std::size_t i = 0; i < sample.size(); ++i) {
            const SamplePoint& point = sample[i];
            CHECK(point.role.group == static_cast<std::int32_t>(i / 5));
            if (i % 5 == 0) {
                CHECK(point.role.part == PointPart::start);
                for (std::size_t axis = 0; axis < 4; ++axis) starts[axis].push_back(point.at[axis]);
                continue;
            }
            const auto moved = static_cast<std::size_t>(point.role.moved);
            for (std::size_t axis = 0; axis < 4; ++axis)
                CHECK((point.at[axis] != sample[i - 1].at[axis]) == (axis == moved));
            if (space[moved] > 0) continue;
            CHECK(std::fabs(point.role.step) == doctest::Approx(delta).epsilon(1e-15));
            CHECK(point.at[moved] - sample[i - 1].at[moved] == doctest::Approx(point.role.step).epsilon(1e-15));
            CHECK(point.at[moved] >= 0);
            CHECK(point.at[moved] <= 1);
        }
        for (std::size_t t = 0; t < 20; ++t) {
            std::set<std::int32_t> moved;
            for (std::size_t i = 1; i < 5; ++i) moved.insert(sample[5 * t + i].role.moved);
            CHECK(moved.size() == 4);
        }
        CHECK(unevenness(starts[1], 3) <= 1);
        for (double& start : starts[0]) start = std::round(start * static_cast<double>(levels - 1));
        CHECK(unevenness(starts[0], levels) <= 1);
    }
}

TEST_CASE("on a linear function every elementary effect is the coefficient") {
    const std::vector<double> a{3, -2, 0, 0.5};
    const auto linear = [&](const std::vector<double>& x) {
        return std::inner_product(a.begin(), a.end(), x.begin(), 10.0);
    };
    const Sample sample = morris_trajectories(SampleSpace(4, 0), 20, 4, 2);
    for (std::size_t i = 1; i < sample.size(); ++i) {
        if (sample[i].role.part != PointPart::step) continue;
        const double effect = (linear(sample[i].at) - linear(sample[i - 1].at)) / sample[i].role.step;
        CHECK(std::fabs(effect - a[static_cast<std::size_t>(sample[i].role.moved)]) < 1e-12);
    }
}

TEST_CASE("a sample is its seed's, and another seed's is another") {
    const SampleSpace space{0, 0};
    const auto of = [&](std::uint64_t seed) {
        return std::vector<Sample>{latin_hypercube(space, 8, seed), sobol_points(space, 8, 1, seed),
                                   saltelli_points(space, 8, 1, seed), morris_trajectories(space, 8, 4, seed)};
    };
    const auto first = of(1), again = of(1), other = of(2);
    for (std::size_t k = 0; k < first.size(); ++k) {
        bool differs = false;
        for (std::size_t i = 0; i < first[k].size(); ++i) {
            CHECK(first[k][i].at == again[k][i].at);
            differs = differs || first[k][i].at != other[k][i].at;
        }
        CHECK(differs);
    }
}

TEST_CASE("a sample has the same bits on every machine") {
    const Sample sobol = sobol_points({0, 0}, 4, 2, 7), lhs = latin_hypercube({0, 5}, 6, 7),
                 morris = morris_trajectories({0, 3}, 4, 4, 7);
    const std::vector<std::vector<double>> words{
        {574913627, 3328636750}, {1123033010, 1913024776}, {22054327, 1268718083}};
    for (const std::size_t i : {0u, 1u, 2u})
        for (const std::size_t axis : {0u, 1u})
            CHECK(sobol[std::array{0, 3, 5}[i]].at[axis] == (words[i][axis] + 0.5) * 0x1p-32);
    CHECK(lhs[0].at == std::vector<double>{0.20932002297680205, 2});
    CHECK(lhs[3].at == std::vector<double>{0.75813480165864655, 3});
    CHECK(morris[0].at == std::vector<double>{1.0 / 3, 2});
    CHECK(morris[1].at == std::vector<double>{1, 2});
    CHECK(morris[2].at == std::vector<double>{1, 1});
}

}  // namespace multivector
