// The program's commands, from their words to an exit code.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace multivector {

enum ExitCode : int { done = 0, run_failed = 1, bad_input = 2 };

/// Runs the command line (without the program's name): results to `out`, diagnostics to `err`. Throws nothing.
int run_program(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

using Words = std::span<const std::string>;

/// Each takes what follows the command's name; throws InputError for bad input.
int run_command(Words arguments, std::ostream& out, std::ostream& err);
int compare_command(Words arguments, std::ostream& out, std::ostream& err);
int rerun_command(Words arguments, std::ostream& out, std::ostream& err);
int verify_command(Words arguments, std::ostream& out, std::ostream& err);
int validate_command(Words arguments, std::ostream& out, std::ostream& err);
int describe_command(Words arguments, std::ostream& out, std::ostream& err);

}  // namespace multivector
