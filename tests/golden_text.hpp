// Golden records, their differences and flat scenarios as text.
#pragma once

#include <iomanip>
#include <istream>
#include <ostream>
#include <sstream>

#include "flat_scenario.hpp"
#include "golden.hpp"

namespace multivector {

inline constexpr std::string_view digest_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

inline std::string hex(std::uint64_t number, int digits) {
    std::ostringstream out;
    out << std::hex << std::setfill('0') << std::setw(digits) << number;
    return out.str();
}

/// A line per item of the head, then a line per tick: its number, its hash, and two letters for each name.
inline void write_record(std::ostream& out, const GoldenRecord& record) {
    out << "seed " << record.seed << "\nhash " << hex(record.hash, 16) << "\nrealizations";
    for (const std::uint32_t hash : record.realizations) out << ' ' << hex(hash, 8);
    out << "\nnames";
    for (const std::string& name : record.names) out << ' ' << name;
    out << "\nticks " << record.ticks.size() << '\n';
    for (std::size_t t = 0; t < record.ticks.size(); ++t) {
        out << t << ' ' << hex(record.ticks[t].hash, 8) << ' ';
        for (const std::uint16_t digest : record.ticks[t].digests)
            out << digest_letters[digest >> 6] << digest_letters[digest & 63];
        out << '\n';
    }
}

/// The rest of a line that begins with `word`; "" when it begins with another.
inline std::string rest_after(std::istream& in, const std::string& word) {
    std::string line;
    std::getline(in, line);
    return line.starts_with(word + " ") ? line.substr(word.size() + 1) : "";
}

/// What write_record wrote. An empty record when there is none.
inline GoldenRecord read_record(std::istream& in) {
    GoldenRecord record;
    std::size_t ticks = 0;
    std::istringstream(rest_after(in, "seed")) >> record.seed;
    std::istringstream(rest_after(in, "hash")) >> std::hex >> record.hash;
    std::istringstream realizations(rest_after(in, "realizations")), names(rest_after(in, "names"));
    for (std::uint32_t hash = 0; realizations >> std::hex >> hash;) record.realizations.push_back(hash);
    for (std::string name; names >> name;) record.names.push_back(name);
    std::istringstream(rest_after(in, "ticks")) >> ticks;
    for (std::size_t t = 0; t < ticks; ++t) {
        std::string line, number, letters;
        std::getline(in, line);
        std::istringstream words(line);
        GoldenTick tick;
        words >> number >> std::hex >> tick.hash >> letters;
        for (std::size_t i = 0; i + 1 < letters.size(); i += 2)
            tick.digests.push_back(
                static_cast<std::uint16_t>(digest_letters.find(letters[i]) << 6 | digest_letters.find(letters[i + 1])));
        tick.digests.resize(record.names.size());
        record.ticks.push_back(std::move(tick));
    }
    return record;
}

/// Names and numbers, the numbers as their bits.
inline void write_flat(std::ostream& out, const FlatScenario& flat) {
    out << flat.names.size() << ' ' << flat.numbers.size() << '\n';
    for (const std::string& name : flat.names) out << name << '\n';
    for (const double number : flat.numbers) out << hex(to_bits(number), 16) << '\n';
}

inline FlatScenario read_flat(std::istream& in) {
    FlatScenario flat;
    std::size_t names = 0, numbers = 0;
    std::string line;
    std::getline(in, line);
    std::istringstream(line) >> names >> numbers;
    for (std::size_t i = 0; i < names && std::getline(in, line); ++i) flat.names.push_back(line);
    for (std::size_t i = 0; i < numbers && std::getline(in, line); ++i)
        flat.numbers.push_back(from_bits(std::stoull(line, nullptr, 16)));
    return flat;
}

template <class Item>
std::string listed(const std::vector<Item>& items, std::size_t most = 8) {
    std::ostringstream out;
    for (std::size_t i = 0; i < items.size() && i < most; ++i) out << (i > 0 ? ", " : "") << items[i];
    if (items.size() > most) out << " and " << items.size() - most << " more";
    return out.str();
}

/// What an observable was in a tick of a run: its values up to the last that is not zero. Of a table of the log, how
/// many records it has in that tick.
inline std::string value_text(const TestRun& run, std::size_t tick, const std::string& name) {
    std::ostringstream out;
    for_each_log_table(run.log, [&](const std::string& table, const char*, const auto& records, const auto&) {
        if (name != "log." + table) return;
        out << std::count_if(records.begin(), records.end(), [&](const auto& record) {
            return golden_tick(record) == static_cast<std::int64_t>(tick);
        }) << " records";
    });
    for (const Observable& row : observables) {
        if (row.name != name) continue;
        const double* first = values(run.ticks[tick]) + row.offset;
        std::size_t size = extent(row.shape);
        while (size > 1 && to_bits(first[size - 1]) == 0) --size;
        out << std::setprecision(17);
        for (std::size_t i = 0; i < size && row.summary != Summary::ratio; ++i) out << (i > 0 ? " " : "") << first[i];
        if (tick + 1 == run.ticks.size()) {
            out << (row.summary == Summary::ratio ? "over the run" : ", over the run");
            for (std::size_t i = 0; i < size; ++i) out << ' ' << run.summary.value(row, static_cast<int>(i));
        }
    }
    return out.str();
}

/// The difference in words, or "" when there is none. `runs` are those of `found`; their values are told.
inline std::string difference_text(const GoldenRecord& on_record, const GoldenRecord& found,
                                   std::span<const TestRun> runs) {
    const GoldenDifference difference = golden_difference(on_record, found);
    if (!difference.any) return "";
    std::ostringstream out;
    if (!difference.added.empty()) out << "not on record: " << listed(difference.added) << "\n";
    if (!difference.gone.empty()) out << "only on record: " << listed(difference.gone) << "\n";
    if (difference.ticks_before != difference.ticks_now)
        out << difference.ticks_before << " ticks on record, " << difference.ticks_now << " now\n";
    if (difference.tick < std::min(difference.ticks_before, difference.ticks_now)) {
        out << "first differs in tick " << difference.tick << " at "
            << (difference.names.empty() ? "a name whose short digest does not tell" : difference.names.front());
        if (difference.names.size() > 1)
            out << ", with "
                << listed(std::vector<std::string>(difference.names.begin() + 1, difference.names.end()), 4);
        out << "\nin replications " << listed(difference.replications, 16) << "\n";
        for (std::size_t i = 0; i < difference.replications.size() && i < 3 && !difference.names.empty(); ++i)
            out << difference.names.front() << " of replication " << difference.replications[i] << " is now "
                << value_text(runs[difference.replications[i]], difference.tick, difference.names.front()) << "\n";
    } else if (on_record.names != found.names && difference.added.empty() && difference.gone.empty()) {
        out << "the order of the observables is another; their values are not\n";
    }
    out << "hash " << hex(on_record.hash, 16) << " on record, " << hex(found.hash, 16) << " now\n";
    return out.str();
}

}  // namespace multivector
