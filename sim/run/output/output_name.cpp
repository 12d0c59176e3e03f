#include "output_name.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "input_error.hpp"

namespace multivector {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const fs::path& output, const std::string& why) {
    throw InputError(output.empty() ? "''" : output.string(), 0, 0, why);
}

std::string beginning_beside(const fs::path& output) { return "." + output.filename().string() + "."; }

/// The process number between the two; 0 when it is no such name.
pid_t process_in(const std::string& name, const std::string& before, const std::string& after) {
    if (name.size() <= before.size() + after.size() || !name.starts_with(before) || !name.ends_with(after)) return 0;
    const char *first = name.data() + before.size(), *last = name.data() + name.size() - after.size();
    pid_t process = 0;
    const auto [end, error] = std::from_chars(first, last, process);
    return error == std::errc() && end == last && process > 0 ? process : 0;
}

/// A descriptor that holds the lock on a file or a folder; -1 when somebody else does, or nobody can.
int locked(const fs::path& path) {
    int descriptor = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 && errno == EISDIR)
        descriptor = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
    close(descriptor);
    return -1;
}

bool is_gone(pid_t process) { return process == getpid() || (kill(process, 0) != 0 && errno == ESRCH); }

}  // namespace

void expect_name(const fs::path& output, const std::string& thing) {
    if (output.filename().empty()) refuse(output, "the output names no " + thing);
    if (output == "-") refuse(output, "a result cannot be written to standard output; name a " + thing);
    if (output.string().starts_with("-"))
        refuse(output, "the output looks like an option; name a " + thing + " after -o, or write ./" + output.string());
}

fs::path folder_of(const fs::path& output) { return output.has_parent_path() ? output.parent_path() : fs::path("."); }

fs::path folder_around(const fs::path& output) {
    const fs::path folder = folder_of(output);
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) refuse(output, "the output's folder does not exist");
    if (access(folder.c_str(), W_OK | X_OK) != 0)
        refuse(output, std::string("cannot write in the output's folder: ") + std::strerror(errno));
    return folder;
}

fs::path name_beside(const fs::path& output, const std::string& ending) {
    return output.parent_path() / (beginning_beside(output) + std::to_string(getpid()) + ending);
}

std::vector<fs::path> abandoned_beside(const fs::path& output, const std::string& ending) {
    const fs::path folder = folder_of(output);
    std::vector<fs::path> abandoned;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        const pid_t process = process_in(entry->path().filename().string(), beginning_beside(output), ending);
        if (process > 0 && is_gone(process) && OutputLock(entry->path()).holds()) abandoned.push_back(entry->path());
    }
    return abandoned;
}

OutputLock::OutputLock(const fs::path& output) : descriptor_(locked(output)) {}

OutputLock::~OutputLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace multivector
