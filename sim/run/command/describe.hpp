// The tables of the program as text: what every key, observable, solution and process means.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace multivector {

enum class Format { text, markdown, csv };

/// The topics, in words: "parameters, observables or solutions".
std::string described_topics();

/// Writes what the program knows about a topic, from the tables that drive it. As CSV each is one table under one
/// header; the schema has one format. Throws InputError for any other word.
void describe(std::ostream& out, std::string_view what, Format format);

}  // namespace multivector
