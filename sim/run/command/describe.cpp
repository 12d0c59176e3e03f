#include "describe.hpp"

#include <array>
#include <ostream>
#include <utility>

#include "codebook.hpp"
#include "csv_file.hpp"
#include "input_error.hpp"
#include "nearest.hpp"

namespace multivector {
namespace {

std::string escaped(const std::string& cell) {
    std::string text;
    for (const char letter : cell) {
        if (letter == '|' || letter == '<') text += '\\';  // Markdown would end the cell, or take it for HTML
        text += letter == '\n' ? ' ' : letter;
    }
    return text;
}

void write_markdown_row(std::ostream& out, const std::vector<std::string>& cells) {
    out << '|';
    for (const std::string& cell : cells) out << ' ' << escaped(cell) << (cell.empty() ? "|" : " |");
    out << '\n';
}

}  // namespace

void write_markdown(std::ostream& out, const Codebook& book) {
    out << "## " << book.title << "\n\n";
    write_markdown_row(out, book.header);
    write_markdown_row(out, std::vector<std::string>(book.header.size(), "---"));
    for (const auto& row : book.rows) write_markdown_row(out, row);
    if (!book.footer.empty()) out << '\n' << book.footer << '\n';
}

namespace {

/// A paragraph per row: the first cell, then the others that say something, each under its column's name.
void write_text(std::ostream& out, const Codebook& book) {
    out << book.title << "\n\n";
    std::size_t width = 0;
    for (const std::string& name : book.header) width = std::max(width, name.size());
    for (const auto& row : book.rows) {
        out << row[0] << '\n';
        for (std::size_t i = 1; i < row.size(); ++i)
            if (!row[i].empty())
                out << "    " << book.header[i] << std::string(width + 2 - book.header[i].size(), ' ') << row[i]
                    << '\n';
    }
    if (!book.footer.empty()) out << '\n' << book.footer << '\n';
}

void write_csv(std::ostream& out, const Codebook& book) {
    out << csv_line(book.header) << '\n';
    for (const auto& row : book.rows) out << csv_line(row) << '\n';
}

void write_book(std::ostream& out, const Codebook& book, Format format) {
    if (format == Format::csv) return write_csv(out, book);
    format == Format::markdown ? write_markdown(out, book) : write_text(out, book);
}

void write_books(std::ostream& out, const std::vector<Codebook>& books, Format format) {
    for (std::size_t i = 0; i < books.size(); ++i) {
        if (i > 0) out << '\n';
        write_book(out, books[i], format);
    }
}

void write_observables(std::ostream& out, Format format) {
    if (format == Format::csv) return write_csv(out, observable_columns());
    write_books(out, observable_codebooks(), format);
}

void write_options(std::ostream& out, Format format) {
    const std::vector<Codebook> books = option_codebooks();
    if (format != Format::csv) return write_books(out, books, format);
    Codebook all{"", {"command"}, {}};
    all.header.insert(all.header.end(), books.front().header.begin(), books.front().header.end());
    for (const Codebook& book : books)
        for (const auto& row : book.rows) {
            all.rows.push_back({book.title.substr(0, book.title.find(':'))});
            all.rows.back().insert(all.rows.back().end(), row.begin(), row.end());
        }
    write_csv(out, all);
}

struct Topic {
    std::string_view name;
    void (*write)(std::ostream&, Format);
};

constexpr std::array topics{
    Topic{"parameters", [](std::ostream& out, Format format) { write_book(out, parameter_codebook(), format); }},
    Topic{"observables", write_observables},
    Topic{"solutions", [](std::ostream& out, Format format) { write_book(out, solution_codebook(), format); }},
    Topic{"processes", [](std::ostream& out, Format format) { write_book(out, process_codebook(), format); }},
    Topic{"options", write_options},
    Topic{"schema", [](std::ostream& out, Format) { write_schema(out); }},
};

}  // namespace

std::string described_topics() {
    std::string list(topics.front().name);
    for (std::size_t i = 1; i < topics.size(); ++i)
        list += (i + 1 == topics.size() ? " or " : ", ") + std::string(topics[i].name);
    return list;
}

void describe(std::ostream& out, std::string_view what, Format format) {
    std::vector<std::string> names;
    for (const Topic& topic : topics) {
        if (topic.name == what) return topic.write(out, format);
        names.emplace_back(topic.name);
    }
    throw InputError("describe", 0, 0,
                     "nothing is called '" + std::string(what) + "'" + suggestion(what, names, "name"));
}

}  // namespace multivector
