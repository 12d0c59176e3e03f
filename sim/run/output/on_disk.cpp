#include "on_disk.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace multivector {

std::error_code put_on_disk(int descriptor) {
    while (fsync(descriptor) != 0) {
        if (errno == EINTR) continue;
        if (errno == EINVAL || errno == EROFS) break;  // nothing there that could be waited for
        return last_error();
    }
    return {};
}

std::error_code put_on_disk(const std::filesystem::path& path) {
    int descriptor = open(path.c_str(), O_RDWR | O_CLOEXEC);  // some file systems keep only for those who may write
    if (descriptor < 0 && errno == EISDIR) descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return last_error();
    const std::error_code failure = put_on_disk(descriptor);
    close(descriptor);
    return failure;
}

}  // namespace multivector
