// Seeds as text: "0x" and sixteen digits, because numbers of 64 bits do not survive in every reader of result files.
#pragma once

#include <cstdint>
#include <string>

namespace multivector {

inline std::string hexadecimal(std::uint64_t number) {
    std::string text = "0x";
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(number >> shift) & 15];
    return text;
}

}  // namespace multivector
