#include "tidy_tables.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "tidy_names.hpp"
#include "tidy_shared.hpp"

namespace multivector {

namespace {

/// Realisations or rows to a block: some megabytes of values.
std::uint64_t block_of(std::uint64_t values_each) {
    constexpr std::uint64_t budget = 1 << 20, most = 4096;
    return std::clamp<std::uint64_t>(budget / std::max<std::uint64_t>(values_each, 1), 1, most);
}

/// Rows are written by their labels: a dataset that holds fewer values, or more, must not come so far.
void expect_sizes(const ResultTables& source, const ResultColumn& column, const std::vector<hsize_t>& sizes) {
    if (source.sizes(column) != sizes) throw hdf5::Error(column.path() + " is of another size than its labels");
}

/// Calls f(first, count) for the blocks of `total`.
template <class Function>
void in_blocks(std::uint64_t total, std::uint64_t block, Function f) {
    for (std::uint64_t first = 0; first < total; first += block) f(first, std::min(block, total - first));
}

/// Variables of a cube that have the same dimension: a row per realisation, tick of a series, and label.
class CubeTable : public TidyTable {
 public:
    CubeTable(const ResultTables& source, const Shared& shared, const std::string& group, const std::string& dimension,
              std::vector<ResultColumn> variables)
        : TidyTable(dimension.empty() ? group : group + "_by_" + dimension),
          source_(source),
          shared_(shared),
          counter_(source.counter(group)),
          variables_(std::move(variables)),
          runs_(source.sizes(counter_).front()) {
        columns_ = shared.keys;
        columns_.push_back(tidy(counter_));
        if (group == "series") add_ticks();
        if (!dimension.empty()) labels_ = source.labels(dimension);
        if (!dimension.empty()) columns_.push_back(label_column(dimension, labels_));
        columns_.insert(columns_.end(), shared.parameters.begin(), shared.parameters.end());
        for (const ResultColumn& variable : variables_) columns_.push_back(tidy(variable));
        extent_ = dimension.empty() ? 1 : labels_.size();
        labelled_ = !dimension.empty();
        for (const ResultColumn& variable : variables_) expect_sizes(source, variable, sizes());
    }

    std::uint64_t rows() const override { return runs_ * ticks() * extent_; }

 private:
    std::uint64_t ticks() const { return with_ticks_ ? years_.size() : 1; }

    std::vector<hsize_t> sizes() const {
        std::vector<hsize_t> sizes{runs_};
        if (with_ticks_) sizes.push_back(years_.size());
        if (labelled_) sizes.push_back(labels_.size());
        return sizes;
    }

    void add_ticks() {
        with_ticks_ = true;
        years_ = source_.years();
        columns_.push_back({"tick", "tick, counted from 0", "1", "0", "", "", "", "", "", "/series/tick"});
        columns_.push_back(
            {"year", "calendar year at the middle of the tick", "year", "", "", "", "", "", "", "/series/year"});
    }

    void write_rows(CsvFile& file, const RowsWritten& written) const override {
        std::vector<double> numbers;
        std::vector<std::vector<double>> values(variables_.size());
        in_blocks(runs_, block_of(ticks() * extent_ * variables_.size()), [&](auto first, auto count) {
            source_.read(counter_, first, count, numbers);
            for (std::size_t v = 0; v < variables_.size(); ++v) source_.read(variables_[v], first, count, values[v]);
            for (std::uint64_t run = 0; run < count; ++run) write_run(file, run, numbers[run], values);
            written(count * ticks() * extent_);
        });
    }

    void write_run(CsvFile& file, std::uint64_t run, double number,
                   const std::vector<std::vector<double>>& values) const {
        for (std::uint64_t tick = 0; tick < ticks(); ++tick)
            for (std::uint64_t i = 0; i < extent_; ++i) {
                write_keys(file, number, tick, i);
                for (const auto& all : values) file.number(all[(run * ticks() + tick) * extent_ + i]);
                file.end_row();
            }
    }

    void write_keys(CsvFile& file, double number, std::uint64_t tick, std::uint64_t label) const {
        RowWriter row(file, shared_);
        row.keys(number);
        file.whole(number);
        if (with_ticks_) {
            file.whole(static_cast<double>(tick));
            file.number(years_[tick]);
        }
        if (labelled_) file.text(labels_[label]);
        row.parameters(number);
    }

    const ResultTables& source_;
    Shared shared_;
    ResultColumn counter_;
    std::vector<ResultColumn> variables_;
    std::vector<std::string> labels_;
    std::vector<double> years_;
    std::uint64_t runs_, extent_ = 1;
    bool labelled_ = false, with_ticks_ = false;
};

/// A table of rows such as deals: the realisation, the row's number, its tick with its year, then the other columns.
class RowTable : public TidyTable {
 public:
    RowTable(const ResultTables& source, const Shared& shared, const std::string& group,
             std::vector<ResultColumn> columns)
        : TidyTable(group), source_(source), shared_(shared), years_(source.years()), rows_(source.rows(group)) {
        const auto take = [&](const std::string& name) {
            for (const ResultColumn& column : columns)
                if (column.name == name) fields_.push_back(column);
            std::erase_if(columns, [&](const ResultColumn& column) { return column.name == name; });
        };
        take("realization");
        fields_.push_back(source.counter(group));
        take("tick");
        keys_ = fields_.size();
        fields_.insert(fields_.end(), columns.begin(), columns.end());
        for (const ResultColumn& field : fields_) expect_sizes(source, field, {rows_});
        describe_columns();
    }

    std::uint64_t rows() const override { return rows_; }

 private:
    double year_of(double tick) const {
        const bool known = tick >= 0 && tick < static_cast<double>(years_.size());
        return known ? years_[static_cast<std::size_t>(tick)] : std::numeric_limits<double>::quiet_NaN();
    }
    bool has_year(std::size_t field) const { return fields_[field].name == "tick" && !years_.empty(); }

    void describe_columns() {
        columns_ = shared_.keys;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (i == keys_) columns_.insert(columns_.end(), shared_.parameters.begin(), shared_.parameters.end());
            columns_.push_back(tidy(fields_[i]));
            if (has_year(i))
                columns_.push_back({"year", "calendar year at the middle of the tick", "year", "", "", "", "", "", "",
                                    "/series/year"});
        }
    }

    void write_rows(CsvFile& file, const RowsWritten& written) const override {
        std::vector<std::vector<double>> values(fields_.size());
        in_blocks(rows_, block_of(fields_.size()), [&](auto first, auto count) {
            for (std::size_t i = 0; i < fields_.size(); ++i) source_.read(fields_[i], first, count, values[i]);
            for (std::uint64_t row = 0; row < count; ++row) write_row(file, row, values);
            written(count);
        });
    }

    void write_row(CsvFile& file, std::uint64_t at, const std::vector<std::vector<double>>& values) const {
        RowWriter row(file, shared_);
        const double realization = values.front()[at];
        row.keys(realization);
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (i == keys_) row.parameters(realization);
            row.value(fields_[i], values[i][at]);
            if (has_year(i)) file.number(year_of(values[i][at]));
        }
        file.end_row();
    }

    const ResultTables& source_;
    Shared shared_;
    std::vector<double> years_;
    std::vector<ResultColumn> fields_;
    std::uint64_t rows_;
    std::size_t keys_ = 0;  ///< of fields_, before the parameters
};

/// Of every group, in the order of the file.
using Columns = std::vector<std::pair<std::string, std::vector<ResultColumn>>>;

Columns columns_of(const ResultTables& source) {
    Columns all;
    for (const std::string& group : source.groups()) all.emplace_back(group, source.columns(group));
    return all;
}

/// Names of columns in the whole file, which a parameter's column must not have too.
std::set<std::string> names_in(const ResultTables& source, const Columns& columns) {
    std::set<std::string> names{"scenario", "scenario_id", "seed",   "realization", "tick",
                                "year",     "partner",     "sector", "region"};
    for (const auto& [group, all] : columns) {
        names.insert(source.counter(group).name);
        for (const ResultColumn& column : all) names.insert(tidy_name(name_in_table(column.name, column.dimension)));
    }
    return names;
}

std::vector<std::unique_ptr<TidyTable>> tables_of(const ResultTables& source, const Shared& shared,
                                                  const Columns& columns) {
    std::vector<std::unique_ptr<TidyTable>> tables;
    for (const auto& [group, all] : columns) {
        if (!ResultTables::is_cube(group)) {
            tables.push_back(std::make_unique<RowTable>(source, shared, group, all));
            continue;
        }
        for (const char* dimension : {"", "partner", "sector", "region"}) {
            std::vector<ResultColumn> chosen;
            std::copy_if(all.begin(), all.end(), std::back_inserter(chosen),
                         [&](const ResultColumn& column) { return column.dimension == dimension; });
            tables.push_back(std::make_unique<CubeTable>(source, shared, group, dimension, std::move(chosen)));
        }
    }
    return tables;
}

}  // namespace

void TidyTable::write(CsvFile& file, const RowsWritten& written) const {
    for (const TidyColumn& column : columns_) file.text(column.name);
    file.end_row();
    write_rows(file, written);
}

TidyTables::TidyTables(const ResultFile& file, const std::vector<std::vector<RepeatedParameter>>& parameters)
    : source_(file) {
    file.guarded([&] {
        const Columns columns = columns_of(source_);
        const Shared shared = shared_of(file, source_, parameters, names_in(source_, columns));
        tables_ = tables_of(source_, shared, columns);
        axis_columns_ = shared.axes;
    });
}

}  // namespace multivector
