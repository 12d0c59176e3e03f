#include <iostream>
#include <vector>

#include "commands.hpp"
#include "fault_watch.hpp"

int main(int count, char** words) {
    multivector::name_files_that_crash(multivector::bad_input);
    const std::vector<std::string> arguments(words + (count > 0), words + count);
    return multivector::run_program(arguments, std::cout, std::cerr);
}
