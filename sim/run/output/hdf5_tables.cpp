#include "hdf5_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace multivector::hdf5 {

namespace {

Type type_of(Kind kind) {
    return kind == Kind::number ? Type::number : kind == Kind::count ? Type::count : Type::choice;
}

template <class Rows>
std::vector<Column> columns_of(const Rows& rows) {
    std::vector<Column> columns{
        {"realization", Kind::count, 0, 2e9, "1", "", "the realisation, as in /summary/realization", {}}};
    for (const auto& row : rows)
        columns.push_back({std::string(row.key), row.kind, row.low, row.high, std::string(row.unit),
                           std::string(row.symbol), std::string(row.meaning), row.names});
    return columns;
}

/// Money is said with the prices of its year, whatever the column table abbreviates.
std::string long_name(std::string meaning) {
    const std::string money = "[USD billion]";
    const std::size_t at = meaning.find(money);
    return at == std::string::npos ? meaning : meaning.replace(at, money.size(), "[USD billion at 2020 prices]");
}

/// CF: values and, separated by spaces, their meanings.
template <class Value, class Names>
void write_flags(const Dataset& dataset, const Names& names) {
    if (names.empty()) return;
    std::vector<Value> flags(names.size());
    std::iota(flags.begin(), flags.end(), Value{0});
    std::string meanings;
    for (const auto& name : names) {
        std::string word(name);
        std::replace(word.begin(), word.end(), ' ', '_');
        meanings += (meanings.empty() ? "" : " ") + word;
    }
    write_attribute(dataset.id(), "flag_values", std::span<const Value>(flags));
    write_attribute(dataset.id(), "flag_meanings", meanings);
}

/// Which actors' positions a column holds; Shape::tick when it holds something else.
Shape actors_in(std::string_view column) {
    return column == "partner"  ? Shape::partner
           : column == "sector" ? Shape::sector
           : column == "region" ? Shape::region
                                : Shape::tick;
}

/// The last value that a column of positions or ticks can have in this world; of others what the column table says.
double highest(const Column& column, const Actors& actors, double last_tick) {
    if (const Shape shape = actors_in(column.name); shape != Shape::tick)
        return static_cast<double>(actors.labels(shape).size()) - 1;
    if (column.name.ends_with("tick")) return last_tick;
    return column.high;
}

void write_range(const Dataset& dataset, const Column& column, double high) {
    const double low = column.kind == Kind::count ? std::max(column.low, 0.0) : column.low;
    if (high < low) return;  // positions in an empty list
    const auto put = [&](const char* name, double value) {
        if (column.kind == Kind::number)
            write_attribute(dataset.id(), name, value);
        else if (column.kind == Kind::count)
            write_attribute(dataset.id(), name, static_cast<std::int32_t>(value));
    };
    if (low > -no_limit) put("valid_min", low);
    if (high < no_limit) put("valid_max", high);
}

/// Rows to a chunk: from the number of realisations alone, so that it does not depend on what happens in them.
hsize_t chunk_of(std::size_t realisations) { return std::clamp<hsize_t>(hsize_t{256} * realisations, 256, 16384); }

template <class Rows, class Record_>
void read_rows(const Actors& actors, std::size_t world, std::uint32_t number, const Rows& rows,
               const std::vector<Record_>& records, std::vector<double>& values) {
    for (const Record_& record : records) {
        values.push_back(number);
        for (const auto& row : rows) {
            const double value = row.read(record);
            const Shape shape = actors_in(row.key);
            values.push_back(shape == Shape::tick ? value : actors.in_file(world, shape, static_cast<int>(value)));
        }
    }
}

}  // namespace

GrowingTable::GrowingTable(hid_t file, const std::string& group_name, const std::string& row_name,
                           std::vector<Column> columns, hsize_t chunk, const Actors& actors, double last_tick,
                           const Mapping& mapping)
    : group_(group_name), chunk_(chunk), columns_(std::move(columns)), held_(columns_.size()) {
    const Handle group = create_group(file, group_name);
    row_ = create_scale(group, row_name, Type::count, 0, chunk_, true);
    write_attribute(row_.id(), "units", "1");
    write_attribute(row_.id(), "long_name", "row, counted from 0");
    write_attribute(row_.id(), "valid_min", std::int32_t{0});
    const Axis axis{row_.id(), 0, chunk_, true};
    for (const Column& column : columns_) create(group, column, axis, actors, last_tick, mapping);
}

void GrowingTable::create(hid_t group, const Column& column, const Axis& axis, const Actors& actors, double last_tick,
                          const Mapping& mapping) {
    Dataset dataset(group, column.name, type_of(column.kind), std::span(&axis, 1), true, mapping);
    write_attribute(dataset.id(), "units", column.unit);
    write_attribute(dataset.id(), "long_name", long_name(column.meaning));
    if (!column.symbol.empty()) write_attribute(dataset.id(), "symbol", column.symbol);
    write_range(dataset, column, highest(column, actors, last_tick));
    if (column.kind == Kind::choice) write_flags<std::int8_t>(dataset, column.names);
    if (const Shape shape = actors_in(column.name); shape != Shape::tick)
        write_flags<std::int32_t>(dataset, actors.labels(shape));
    datasets_.push_back(std::move(dataset));
}

void GrowingTable::take(std::span<const double> row) {
    for (std::size_t c = 0; c < held_.size(); ++c) held_[c].push_back(row[c]);
    if (held_.front().size() == chunk_) flush();
}

void GrowingTable::flush() {
    const hsize_t count = held_.front().size(), start = rows_;
    if (count == 0) return;
    rows_ += count;
    std::vector<std::int32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(start));
    row_.resize(rows_);
    row_.write(std::span(&start, 1), std::span(&count, 1), numbers.data());
    for (std::size_t c = 0; c < columns_.size(); ++c) write(c, start, count);
}

void GrowingTable::write(std::size_t column, const hsize_t& start, const hsize_t& count) {
    Dataset& dataset = datasets_[column];
    std::vector<double>& held = held_[column];
    const std::span from(&start, 1), extent(&count, 1);
    dataset.resize(rows_);
    if (columns_[column].kind == Kind::number) {
        dataset.write(from, extent, held.data());
    } else if (columns_[column].kind == Kind::count) {
        std::vector<std::int32_t> counts(held.size());
        std::transform(held.begin(), held.end(), counts.begin(),
                       [](double value) { return value < 0 ? missing_count : static_cast<std::int32_t>(value); });
        dataset.write(from, extent, counts.data());
    } else {
        const std::vector<std::int8_t> choices(held.begin(), held.end());
        dataset.write(from, extent, choices.data());
    }
    held.clear();
}

Tables::Tables(hid_t file, const Actors& actors, const Setting& setting, const RunOrigin& origin)
    : actors_(actors),
      record_(origin.record),
      rows_(origin.design ? static_cast<std::uint32_t>(origin.design->worlds.size()) : 1) {
    for_each_log_table([&](const char* name, const char* row_name, const auto& columns) {
        if (keeps(record_, name))
            tables_.emplace_back(file, name, row_name, columns_of(columns), chunk_of(realizations_of(origin)), actors,
                                 setting.ticks - 1.0, map_rows(origin.sources, name));
    });
}

void Tables::read(const Realization& realization, std::vector<double>& values) const {
    const bool failed = !realization.failure.empty();
    const std::uint32_t number = realization.replication * rows_ + realization.row;
    for_each_log_table(realization.log, [&](const char* name, const char*, const auto& records, const auto& columns) {
        if (!keeps(record_, name)) return;
        values.push_back(failed ? 0 : static_cast<double>(records.size()));
        if (!failed) read_rows(actors_, realization.row, number, columns, records, values);
    });
}

void Tables::take(std::span<const double> values) {
    for (GrowingTable& table : tables_) {
        const auto rows = values.empty() ? 0 : static_cast<std::size_t>(values.front());
        if (values.size() < 1 + rows * table.width()) throw std::logic_error("rows of a realisation are missing");
        values = values.subspan(1);
        for (std::size_t i = 0; i < rows; ++i) {
            table.take(values.first(table.width()));
            values = values.subspan(table.width());
        }
    }
}

void GrowingTable::close() {
    flush();
    row_.close();
    for (Dataset& dataset : datasets_) dataset.close();
}

void Tables::close() {
    for (GrowingTable& table : tables_) table.close();
}

void GrowingTable::add_digests(KnownDigests& known) const {
    for (std::size_t c = 0; c < columns_.size(); ++c)
        known["/" + group_ + "/" + columns_[c].name] = datasets_[c].digest();
}

void Tables::add_digests(KnownDigests& known) const {
    for (const GrowingTable& table : tables_) table.add_digests(known);
}

}  // namespace multivector::hdf5
