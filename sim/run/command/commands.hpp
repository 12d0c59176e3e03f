// The program's commands, from their words to an exit code.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include "command_options.hpp"

namespace multivector {

enum ExitCode : int { done = 0, run_failed = 1, bad_input = 2 };

/// Runs the command line (without the program's name): results to `out`, diagnostics to `err`. Throws nothing.
int run_program(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

/// A row of the table of commands: it drives the help, the parsing and the list of options.
struct Command {
    std::string name, words, meaning;
    std::size_t least, most;  ///< how many words
    std::string expected;     ///< what the words are
    void (*add_options)(program_options::options_description&);
    int (*run)(const Said&, std::ostream& out, std::ostream& err);  ///< throws InputError for bad input

    /// The command's options, --help among them.
    program_options::options_description options() const;
};

std::span<const Command> commands();

void add_run_options(program_options::options_description& options);
void add_sweep_options(program_options::options_description& options);
void add_negotiate_options(program_options::options_description& options);
void add_rerun_options(program_options::options_description& options);
void add_export_options(program_options::options_description& options);
void add_compare_options(program_options::options_description& options);
void add_merge_options(program_options::options_description& options);
void add_missing_options(program_options::options_description& options);
void add_describe_options(program_options::options_description& options);
int run_command(const Said& said, std::ostream& out, std::ostream& err);
int sweep_command(const Said& said, std::ostream& out, std::ostream& err);
int negotiate_command(const Said& said, std::ostream& out, std::ostream& err);
int rerun_command(const Said& said, std::ostream& out, std::ostream& err);
int verify_command(const Said& said, std::ostream& out, std::ostream& err);
int export_command(const Said& said, std::ostream& out, std::ostream& err);
int merge_command(const Said& said, std::ostream& out, std::ostream& err);
int missing_command(const Said& said, std::ostream& out, std::ostream& err);
int compare_command(const Said& said, std::ostream& out, std::ostream& err);
int validate_command(const Said& said, std::ostream& out, std::ostream& err);
int describe_command(const Said& said, std::ostream& out, std::ostream& err);

}  // namespace multivector
