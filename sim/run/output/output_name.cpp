#include "output_name.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "input_error.hpp"

namespace multivector {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const fs::path& output, const std::string& why) {
    throw InputError(output.empty() ? "''" : output.string(), 0, 0, why);
}

}  // namespace

void expect_name(const fs::path& output, const std::string& thing) {
    if (output.filename().empty()) refuse(output, "the output names no " + thing);
    if (output == "-") refuse(output, "a result cannot be written to standard output; name a " + thing);
    if (output.string().starts_with("-"))
        refuse(output, "the output looks like an option; name a " + thing + " after -o, or write ./" + output.string());
}

fs::path folder_around(const fs::path& output) {
    const fs::path folder = output.has_parent_path() ? output.parent_path() : fs::path(".");
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) refuse(output, "the output's folder does not exist");
    if (access(folder.c_str(), W_OK | X_OK) != 0)
        refuse(output, std::string("cannot write in the output's folder: ") + std::strerror(errno));
    return folder;
}

}  // namespace multivector
