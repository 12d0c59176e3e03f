// The golden worlds from the command line.
//   golden write   runs every world of tests/golden and writes its record; says what changed, for the commit's message
//   golden flat    writes all worlds and their records in the form that `bits` reads
#include <iostream>

#include "golden_files.hpp"

using namespace multivector;

namespace {

void write(const GoldenWorld& world) {
    const std::vector<TestRun> runs = golden_runs(world.scenario);
    const GoldenRecord record = golden_record(runs);
    const std::string difference = world.record.names.empty() ? "a new world, hash " + hex(record.hash, 16) + "\n"
                                                              : difference_text(world.record, record, runs);
    std::cout << world.name << (difference.empty() ? ": as on record\n" : ":\n" + difference);
    std::ofstream out(world.file);
    out << world.head;
    write_record(out, record);
    if (!out.flush()) throw std::runtime_error("cannot write " + world.file.string());
}

void flat(const GoldenWorld& world) {
    std::cout << "world " << world.name << '\n';
    write_flat(std::cout, flatten(world.scenario));
    write_record(std::cout, world.record);
}

}  // namespace

int main(int count, char** arguments) try {
    const std::string task = count == 2 ? arguments[1] : "";
    if (task != "write" && task != "flat") {
        std::cerr << "usage: golden write | golden flat\n";
        return 2;
    }
    for (const GoldenWorld& world : golden_worlds()) task == "write" ? write(world) : flat(world);
} catch (const std::exception& error) {
    std::cerr << "golden: " << error.what() << '\n';
    return 1;
}
