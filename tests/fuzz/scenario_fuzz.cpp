// Whatever a scenario file and --set say is refused with InputError or gives a world that runs.
//
// An input is the text of a scenario; lines after one that begins with "--set " are assignments. It stands in a folder
// with small files that it may name (tests/fuzz/files). What is accepted must read back from its resolved form to the
// letter, and a world of moderate size must keep every observable finite and in its range for a few ticks.
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "fuzz.hpp"
#include "observables.hpp"
#include "scenario_reader.hpp"
#include "tick.hpp"

using namespace multivector;

namespace {

constexpr int most_ticks = 4;
constexpr double most_arrivals = 20;  ///< in a tick: more only costs time

struct Input {
    std::string text;
    std::vector<std::string> sets;
};

Input split(std::string_view bytes) {
    Input input;
    constexpr std::string_view mark = "\n--set ";
    std::size_t at = bytes.find(mark);
    input.text = bytes.substr(0, at);
    while (at != std::string_view::npos) {
        bytes.remove_prefix(at + mark.size());
        at = bytes.find(mark);
        input.sets.emplace_back(bytes.substr(0, at));
    }
    return input;
}

void require_in_range(const Observation& now) {
    const auto* values = reinterpret_cast<const double*>(&now);
    for (const Observable& row : observables) {
        if (row.summary == Summary::ratio) continue;
        for (std::size_t i = 0; i < extent(row.shape); ++i) {
            const double value = values[row.offset + i];
            const double slack = 1e-9 * (1 + std::abs(value));
            if (std::isfinite(value) && value >= row.low - slack && value <= row.high + slack) continue;
            std::cerr << row.name << '[' << i << "] is " << value << ", outside " << row.low << " to " << row.high
                      << '\n';
            std::abort();
        }
    }
}

void run_a_little(const Setting& setting) {
    if (setting.mean_arrivals.sum() > most_arrivals) return;
    static World world;
    begin(world, setting);
    const Luck luck(1, 0);
    for (int t = 0; t < std::min(setting.ticks, most_ticks); ++t) {
        tick(world, setting, luck);
        require_in_range(world.now);
    }
}

void require_same(const std::string& resolved, const std::string& again) {
    if (resolved == again) return;
    std::cerr << "the resolved scenario\n" << resolved << "\nreads back as\n" << again;
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Input input = split({reinterpret_cast<const char*>(data), size});
    LoadedScenario loaded;
    try {
        loaded = load_scenario_text(input.text, MULTIVECTOR_FUZZ_FILES "/fuzzed.yaml", input.sets);
    } catch (const InputError& error) {
        return 0;
    }
    if (loaded.scenario.clock.ticks > 1000) return 0;  // legal, but slow to lay out twice more
    require_same(loaded.resolved, load_resolved(loaded.resolved, "resolved").resolved);
    require_same(loaded.resolved, load_scenario_text(loaded.resolved, "resolved.yaml", {}).resolved);
    run_a_little(prepare(loaded.scenario));
    return 0;
}
