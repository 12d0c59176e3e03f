// The tables of the program as text: what every key, observable, solution and process means.
#pragma once

#include <iosfwd>
#include <string_view>

namespace multivector {

enum class Format { text, markdown };

/// Writes one of the tables "parameters", "observables" (with the columns of the talk, deal and event tables),
/// "solutions" and "processes", or "schema", the JSON schema of scenario files (which has one format). Throws
/// InputError for any other word.
void describe(std::ostream& out, std::string_view what, Format format);

}  // namespace multivector
