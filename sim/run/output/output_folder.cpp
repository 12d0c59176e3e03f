#include "output_folder.hpp"

#include <unistd.h>

#include "input_error.hpp"
#include "output_name.hpp"

namespace multivector {

namespace fs = std::filesystem;

namespace {

/// "out/" and "out" are one folder.
fs::path without_slash(const fs::path& path) { return path.has_filename() ? path : path.parent_path(); }

fs::path beside(const fs::path& path, const std::string& ending) {
    return path.parent_path() / ("." + path.filename().string() + "." + std::to_string(getpid()) + ending);
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
    stands();
    folder_around(output_);
    std::error_code failure;
    const fs::path temporary = beside(output_, ".partial");
    fs::remove_all(temporary, failure);  // of a dead process that had our number
    if (!fs::create_directory(temporary, failure)) refuse("cannot create the output: " + failure.message());
    temporary_ = temporary;
}

OutputFolder::~OutputFolder() {
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void OutputFolder::commit() {
    std::error_code failure;
    const fs::path old = beside(output_, ".old");
    const bool replaces = stands();
    if (replaces) fs::rename(output_, old);
    fs::rename(temporary_, output_, failure);
    if (failure) {
        std::error_code ignored;
        if (replaces) fs::rename(old, output_, ignored);
        refuse("cannot give the output its name: " + failure.message());
    }
    temporary_.clear();
    if (replaces) fs::remove_all(old, failure);
}

}  // namespace multivector
