#include <iostream>
#include <vector>

#include "commands.hpp"

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + (count > 0), words + count);
    return multivector::run_program(arguments, std::cout, std::cerr);
}
