// The bits that this build gives: runs the golden worlds and compares them with their records. Made of the core alone,
// so that every compiler and processor can build it; tests/bits.sh does.
//   golden flat | bits                       a hash per world, and one of the functions; where a world departs from its
//   record, the first tick and
//                                            observable
//   golden flat | bits WORLD TICK NAME       the values of an observable in a tick, a line per replication
#include <iostream>

#include "golden_math.hpp"
#include "golden_text.hpp"

using namespace multivector;

namespace {

/// Prints one line, for all functions.
bool check_functions() {
    std::uint64_t all = 0;
    bool same = true;
    for (const GoldenFunction& function : golden_functions) {
        const std::uint64_t hash = function.hash();
        all = folded(all, hash);
        if (hash != function.on_record) std::cerr << "the portable " << function.name << " departs from its record\n";
        same = same && hash == function.on_record;
    }
    std::cout << "functions " << hex(all, 16) << '\n';
    return same;
}

bool check(const std::string& name, const Scenario& scenario, const GoldenRecord& on_record) {
    const std::vector<TestRun> runs = golden_runs(scenario);
    const GoldenRecord found = golden_record(runs);
    std::cout << name << ' ' << hex(found.hash, 16) << '\n';
    const GoldenDifference difference = golden_difference(on_record, found);
    if (!difference.any) return true;
    std::cout << "differs " << name << ' ' << difference.tick << ' '
              << (difference.names.empty() ? "" : difference.names.front()) << '\n';
    std::cerr << name << ":\n" << difference_text(on_record, found, runs);
    return false;
}

void show(const Scenario& scenario, std::size_t tick, const std::string& name) {
    const std::vector<TestRun> runs = golden_runs(scenario);
    for (std::size_t r = 0; r < runs.size(); ++r)
        if (tick < runs[r].ticks.size()) std::cout << r << ": " << value_text(runs[r], tick, name) << '\n';
}

}  // namespace

int main(int count, char** arguments) try {
    int worlds = 0, different = count == 4 ? 0 : !check_functions();
    for (std::string name = rest_after(std::cin, "world"); !name.empty(); name = rest_after(std::cin, "world")) {
        const Scenario scenario = unflatten(read_flat(std::cin));
        const GoldenRecord on_record = read_record(std::cin);
        ++worlds;
        if (count != 4)
            different += !check(name, scenario, on_record);
        else if (name == arguments[1])
            show(scenario, std::stoul(arguments[2]), arguments[3]);
    }
    if (worlds == 0) std::cerr << "bits: no world came in; see golden flat\n";
    return worlds == 0 || different > 0;
} catch (const std::exception& error) {
    std::cerr << "bits: " << error.what() << '\n';
    return 1;
}
