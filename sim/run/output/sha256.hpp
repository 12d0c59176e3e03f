// SHA-256 (FIPS 180-4), so that a result file can name the scenario it came from.
#pragma once

#include <string>
#include <string_view>

namespace multivector {

/// Sixty-four hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace multivector
