#include "flat_scenario.hpp"

#include <cmath>
#include <stdexcept>

#include "parameter_table.hpp"

namespace multivector {

namespace {

[[noreturn]] void refuse(const std::string& key, const std::string& why) {
    throw std::invalid_argument(key + ": " + why);
}

std::string key_in(const std::string& place, std::string_view key) {
    return place.empty() ? std::string(key) : place + "." + std::string(key);
}

std::string key_at(const std::string& list, std::size_t index, std::string_view part) {
    std::string digits;  // not std::to_string: in some libraries it goes through printf
    do digits.insert(digits.begin(), static_cast<char>('0' + index % 10));
    while (index /= 10);
    return list + "[" + digits + "]." + std::string(part);
}

/// Keys and the names of choices, in order, as 32 bits (FNV-1a): what the meaning of a number in the list depends on.
double table_version() {
    Scenario one_of_each;
    one_of_each.partners.resize(1);
    one_of_each.sectors.resize(1);
    one_of_each.regions.resize(1);
    one_of_each.routes.resize(1);
    std::uint32_t hash = 2166136261u;
    const auto add = [&hash](std::string_view text) {
        for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619u;
        hash = (hash ^ 0xffu) * 16777619u;
    };
    visit(one_of_each, [&](const std::string& place, const auto&, const auto& rows) {
        add(place);
        for (const auto& row : rows) {
            add(row.key);
            for (const std::string_view name : row.names) add(name);
        }
    });
    return hash;
}

/// Shows every number to `each`, in the order of the flat form: the one walk for writing, naming and reading.
template <class AnyScenario, class Each>
void walk(AnyScenario& scenario, Each& each) {
    each.version();
    each.length("partners", scenario.partners, max_partners);
    each.length("sectors", scenario.sectors, max_sectors);
    each.length("regions", scenario.regions, max_regions);
    each.length("routes", scenario.routes, max_routes);
    each.length("borders", scenario.borders, max_regions * max_regions);
    each.name(scenario.title);
    for (auto& partner : scenario.partners) each.name(partner.name);
    for (auto& sector : scenario.sectors) each.name(sector.name);
    for (auto& region : scenario.regions) each.name(region.name);
    for (auto& route : scenario.routes) each.name(route.name);
    visit(scenario, [&each](const std::string& place, auto& block, const auto& rows) {
        for (const auto& row : rows) each.value(key_in(place, row.key), block, row);
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(block)>, Path>) {
            each.series(place + ".record", path_input_of(block).record);
            each.series(place + ".points", path_input_of(block).points);
        }
    });
    for (std::size_t i = 0; i < scenario.borders.size(); ++i) {
        each.region(key_at("borders", i, "first"), scenario.borders[i].first, scenario.regions.size());
        each.region(key_at("borders", i, "second"), scenario.borders[i].second, scenario.regions.size());
    }
}

struct Writer {
    FlatScenario flat;
    std::vector<std::string> keys;

    void put(std::string key, double number) {
        keys.push_back(std::move(key));
        flat.numbers.push_back(number);
    }
    void version() { put("table", table_version()); }
    template <class List>
    void length(const std::string& key, const List& list, std::size_t) {
        put(key, static_cast<double>(list.size()));
    }
    void name(const std::string& name) { flat.names.push_back(name); }
    template <class Block>
    void value(std::string key, const Block& block, const Parameter<Block>& row) {
        put(std::move(key), row.read(block));
    }
    void series(const std::string& key, const Series& points) {
        length(key, points, 0);
        for (std::size_t i = 0; i < points.size(); ++i) {
            put(key_at(key, i, "year"), points[i].first);
            put(key_at(key, i, "value"), points[i].second);
        }
    }
    void region(std::string key, int position, std::size_t) { put(std::move(key), position); }
};

class Reader {
 public:
    explicit Reader(const FlatScenario& flat) : flat_(flat) {}

    void version() {
        if (take("table") != table_version())
            refuse("table", "the numbers belong to another version of the parameters");
    }
    template <class List>
    void length(const std::string& key, List& list, std::size_t most) {
        list.resize(static_cast<std::size_t>(whole(key, 0, static_cast<double>(most))));
    }
    void name(std::string& name) {
        if (next_name_ == flat_.names.size()) refuse("names", "fewer names than partners, sectors, regions and routes");
        name = flat_.names[next_name_++];
    }
    template <class Block>
    void value(const std::string& key, Block& block, const Parameter<Block>& row) {
        row.write(block, row.kind == Kind::number ? within(key, row.low, row.high) : whole(key, row.low, row.high));
    }
    void series(const std::string& key, Series& points) {
        length(key, points, flat_.numbers.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            points[i].first = finite(key_at(key, i, "year"));
            points[i].second = finite(key_at(key, i, "value"));
            if (i > 0 && points[i].first <= points[i - 1].first) refuse(key_at(key, i, "year"), "the years must rise");
        }
    }
    void region(const std::string& key, int& position, std::size_t regions) {
        position = static_cast<int>(whole(key, 0, static_cast<double>(regions) - 1));
    }
    void end() const {
        if (next_ < flat_.numbers.size()) refuse("numbers", "more numbers than the scenario has values");
        if (next_name_ < flat_.names.size()) refuse("names", "more names than partners, sectors, regions and routes");
    }

 private:
    double take(const std::string& key) {
        if (next_ == flat_.numbers.size()) refuse(key, "the numbers end before it");
        return flat_.numbers[next_++];
    }
    double finite(const std::string& key) {
        const double number = take(key);
        if (!(std::fabs(number) <= std::numeric_limits<double>::max())) refuse(key, "not a finite number");
        return number;
    }
    double within(const std::string& key, double low, double high) {
        const double number = take(key);
        if (!(low <= number && number <= high)) refuse(key, "not a number within its range");
        return number;
    }
    double whole(const std::string& key, double low, double high) {
        const double number = within(key, low, high);
        if (number != std::floor(number)) refuse(key, "not a whole number");
        return number;
    }

    const FlatScenario& flat_;
    std::size_t next_ = 0, next_name_ = 0;
};

}  // namespace

FlatScenario flatten(const Scenario& scenario) {
    Writer writer;
    walk(scenario, writer);
    return std::move(writer.flat);
}

std::vector<std::string> flat_keys(const Scenario& scenario) {
    Writer writer;
    walk(scenario, writer);
    return std::move(writer.keys);
}

Scenario unflatten(const FlatScenario& flat) {
    Scenario scenario;
    Reader reader(flat);
    walk(scenario, reader);
    reader.end();
    return scenario;
}

}  // namespace multivector
