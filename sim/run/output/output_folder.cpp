#include "output_folder.hpp"

#include "input_error.hpp"

namespace multivector {

namespace fs = std::filesystem;

namespace {

/// "out/" and "out" are one folder.
fs::path without_slash(const fs::path& path) { return path.has_filename() ? path : path.parent_path(); }

constexpr const char *partial = ".partial", *old = ".old";

/// What killed processes left. One that was killed between the two renames of a commit had set aside the folder that it
/// was about to replace: that gets its name back.
void clear_up(const fs::path& output) {
    std::error_code ignored;
    for (const fs::path& leftover : abandoned_beside(output, partial)) fs::remove_all(leftover, ignored);
    for (const fs::path& leftover : abandoned_beside(output, old)) {
        const bool vacant = !fs::exists(fs::symlink_status(output, ignored)) || fs::is_empty(output, ignored);
        if (vacant)
            fs::rename(leftover, output, ignored);
        else
            fs::remove_all(leftover, ignored);
    }
}

}  // namespace

void OutputFolder::refuse(const std::string& why) const { throw InputError(output_.string(), 0, 0, why); }

bool OutputFolder::stands() const {
    std::error_code ignored;
    const fs::file_status status = fs::symlink_status(output_, ignored);
    if (!fs::exists(status)) return false;
    if (!fs::is_directory(status)) refuse("the output exists and is no folder");
    if (fs::is_empty(output_, ignored)) return false;
    if (!force_) refuse("the output exists; choose another name or say --force");
    if (const std::string why = objection_(output_); !why.empty()) refuse(why);
    return true;
}

OutputFolder::OutputFolder(const fs::path& output, bool force, Objection objection)
    : output_(without_slash(output)), force_(force), objection_(std::move(objection)) {
    const std::string name = output_.filename().string();
    expect_name(output_, "folder");
    if (name == "." || name == "..") refuse("the output is no name of a folder");
    clear_up(output_);
    stands();
    folder_around(output_);
    std::error_code failure;
    const fs::path temporary = name_beside(output_, partial);
    fs::remove_all(temporary, failure);  // of a dead process that had our number
    if (!fs::create_directory(temporary, failure)) refuse("cannot create the output: " + failure.message());
    temporary_ = temporary;
    lock_ = OutputLock(temporary_);
}

OutputFolder::~OutputFolder() {
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void OutputFolder::commit() {
    std::error_code failure;
    const fs::path aside = name_beside(output_, old);
    const bool replaces = stands();
    const OutputLock lock = replaces ? OutputLock(output_) : OutputLock();
    if (replaces) fs::rename(output_, aside, failure);
    if (failure) refuse("cannot set aside what stands under the output's name: " + failure.message());
    fs::rename(temporary_, output_, failure);
    if (failure) {
        std::error_code ignored;
        if (replaces) fs::rename(aside, output_, ignored);
        refuse("cannot give the output its name: " + failure.message());
    }
    temporary_.clear();
    if (replaces) fs::remove_all(aside, failure);
}

}  // namespace multivector
