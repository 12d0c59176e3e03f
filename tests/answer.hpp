// What the program answers to a command line, for tests.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "commands.hpp"

namespace multivector {

struct Answer {
    int code;
    std::string out, err;
};

inline Answer answer(const std::vector<std::string>& words) {
    std::ostringstream out, err;
    const int code = run_program(words, out, err);
    return {code, out.str(), err.str()};
}

}  // namespace multivector
