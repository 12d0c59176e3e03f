#include "hdf5_output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "input_error.hpp"

namespace multivector::hdf5 {

namespace fs = std::filesystem;

namespace {

/// A file that stays open elsewhere must not keep this one from closing: strong close, after all handles are gone.
Handle create(const fs::path& path) {
    const Handle creation = creation_properties(H5P_FILE_CREATE);
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
    check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "file access");
    return Handle(H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation, access), H5Fclose, "cannot create " + path.string());
}

}  // namespace

void OutputFile::refuse(const std::string& why) const { throw InputError(output_.string(), 0, 0, why); }

void OutputFile::refuse_existing() const {
    std::error_code ignored;
    const fs::file_status status = fs::status(output_, ignored);
    if (fs::is_directory(status)) refuse("the output is a folder; name a file");
    if (fs::exists(status) && !fs::is_regular_file(status)) refuse("the output is not a regular file");
    if (fs::exists(status) && !force_) refuse("the output exists; choose another name or say --force");
    if (fs::exists(status) && fs::file_size(output_, ignored) > 0 && H5Fis_hdf5(output_.c_str()) <= 0)
        refuse("the output exists and is no result file; --force replaces results only");
}

OutputFile::OutputFile(fs::path output, bool force) : output_(std::move(output)), force_(force) {
    prepare_library();
    if (output_.filename().empty()) refuse("the output names no file");
    refuse_existing();
    const fs::path folder = output_.has_parent_path() ? output_.parent_path() : fs::path(".");
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) refuse("the output's folder does not exist");
    if (access(folder.c_str(), W_OK | X_OK) != 0)
        refuse(std::string("cannot write in the output's folder: ") + std::strerror(errno));
    temporary_ = folder / ("." + output_.filename().string() + "." + std::to_string(getpid()) + ".partial");
    fs::remove(temporary_, ignored);  // of a dead process that had our number
    file_ = create(temporary_);
}

OutputFile::~OutputFile() {
    if (temporary_.empty()) return;
    static_cast<void>(file_.release());
    std::error_code ignored;
    fs::remove(temporary_, ignored);
}

void OutputFile::commit() {
    check(H5Fflush(file_, H5F_SCOPE_GLOBAL), "cannot write " + temporary_.string());
    check(file_.release(), "cannot close " + temporary_.string());
    refuse_existing();  // someone may have written it meanwhile
    fs::rename(temporary_, output_);
    temporary_.clear();
}

}  // namespace multivector::hdf5
