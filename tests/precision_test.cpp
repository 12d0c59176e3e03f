// How many replications a contrast needs: the rule alone, with values whose interval is told by hand.
#include "precision.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <functional>
#include <limits>

#include "answer.hpp"
#include "result_files.hpp"

namespace multivector {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Replications 1, 2, ... until the watch has enough.
PrecisionReached watched(const PrecisionRule& rule, const std::function<double(std::uint32_t)>& value) {
    PrecisionWatch watch(rule, 1);
    for (std::uint32_t n = 1;; ++n) {
        const double contrast = value(n);
        if (!watch.add({&contrast, 1})) return watch.result();
    }
}

/// By turns `size` and -`size`: the variance of an even number n of them is n / (n - 1) times the square of `size`.
std::function<double(std::uint32_t)> swinging(double size) {
    return [size](std::uint32_t n) { return n % 2 == 0 ? size : -size; };
}

/// Of which 400 have a standard deviation of 18.3.
const double swing = 18.3 * std::sqrt(399.0 / 400.0);

}  // namespace

TEST_CASE("a standard deviation of 18.3 is known to 1.8 after 400 pairs, not after 397, and twenty more must agree") {
    const PrecisionReached reached = watched({1.8}, swinging(swing));
    CHECK(reached.reached);
    CHECK(reached.replications == 420);
    PrecisionWatch watch({1.8}, 1);
    const auto half_width_after = [&](std::uint32_t count) {
        for (std::uint32_t n = watch.result().replications + 1; n <= count; ++n) {
            const double contrast = swinging(swing)(n);
            watch.add({&contrast, 1});
        }
        return watch.result().half_width;
    };
    CHECK(half_width_after(397) > 1.8);
    CHECK(half_width_after(399) > 1.8);
    CHECK(half_width_after(400) == doctest::Approx(1.965927 * 18.3 / 20).epsilon(1e-6));
    CHECK(half_width_after(400) < 1.8);
}

TEST_CASE("a half-width that leaves epsilon again starts the further replications anew") {
    CHECK(watched({1}, [](std::uint32_t) { return 0.0; }).replications == 25);
    // One value of 100 among n has a half-width of 100 t / n: 1.0011 at 197, 0.9960 at 198, and nine more are asked
    // for.
    const auto late = [](std::uint32_t at) { return [at](std::uint32_t n) { return n == at ? 100.0 : 0.0; }; };
    CHECK(watched({1}, late(24)).replications == 207);
    CHECK(watched({1}, late(24)).reached);
    CHECK(watched({1}, late(26)).replications == 25);
}

TEST_CASE("the cap ends what does not become narrow, and says how wide it is") {
    const PrecisionReached reached = watched({1, 50}, swinging(1000));
    CHECK(reached.replications == 50);
    CHECK(!reached.reached);
    CHECK(reached.half_width == doctest::Approx(2.009575 * 1000 / 7).epsilon(1e-6));
}

TEST_CASE("a pilot is not enough, however narrow it is, and never fewer are asked for") {
    const PrecisionReached pilot = watched({1, PrecisionRule::pilot}, [](std::uint32_t) { return 0.0; });
    CHECK(pilot.replications == 20);
    CHECK(!pilot.reached);
    const PrecisionReached wide_at_first = watched({1}, [](std::uint32_t n) { return n < 3 ? 1.0 * n : 1.5; });
    CHECK(wide_at_first.replications == 25);
}

TEST_CASE("a missing value counts for nothing: others must come in its place") {
    const auto every_second = [](std::uint32_t n) { return n % 2 == 0 ? missing : swinging(swing)((n + 1) / 2); };
    const PrecisionReached reached = watched({1.8}, every_second);  // the 400th value comes with replication 799
    CHECK(reached.replications == 799 + 39);
    CHECK(reached.reached);
    const PrecisionReached none = watched({1.8, 60}, [](std::uint32_t) { return missing; });
    CHECK(none.replications == 60);
    CHECK(!none.reached);
    CHECK(std::isinf(none.half_width));
}

TEST_CASE("the widest of the contrasts decides") {
    PrecisionWatch watch({1.8}, 3);
    std::uint32_t n = 0;
    for (bool more = true; more;) {
        ++n;
        const double values[] = {0, swinging(swing)(n), swinging(1)(n)};
        more = watch.add(values);
    }
    CHECK(n == 420);
    CHECK(watch.done());
    CHECK(watch.expected() == n);
}

TEST_CASE("what it will take is told from the variance so far") {
    PrecisionWatch watch({1, 1000}, 1);
    CHECK(watch.expected() == 1000);
    for (std::uint32_t n = 1; n <= 100; ++n) {
        const double value = swinging(10)(n);
        watch.add({&value, 1});
    }
    CHECK(watch.expected() == 398 + 19);  // 100 times the square of 1.984217 * 10 / sqrt(99), and five in a hundred
}

TEST_CASE("sweep shows how far the deciding is, and refuses a cap on nothing") {
    const Folder folder;
    const std::filesystem::path file = folder.path / "twin.yaml";
    std::ofstream(file) << "scenario: " MULTIVECTOR_SOURCE
                           "/scenarios/minimal.yaml\nkind: twin\n"
                           "axes: {connectivity_demand: [0, 1]}\n";
    const auto swept = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"sweep", file.string(), "--force", "-o", (folder.path / "r.h5").string()});
        return answer(more);
    };
    const Answer refused = swept({"--most", "100"});
    CHECK(refused.code == 2);
    CHECK(refused.err.find("--most needs --precision") != std::string::npos);
    CHECK(swept({"--precision", "5", "-n", "30"}).code == 2);
    CHECK(swept({"--precision", "1000000", "--quiet"}).err.empty());
    if (isatty(STDERR_FILENO)) return;  // a bar there
    const Answer shown = swept({"--precision", "1000000"});
    CHECK(shown.code == 0);
    CHECK(shown.err.find("\"done\":80,\"total\":80,") != std::string::npos);  // two batches of twenty pairs
    CHECK(shown.err.find("\"done\":50,\"total\":50,") != std::string::npos);
}

}  // namespace multivector
