#include "hdf5_output.hpp"

#include <new>

#include "input_error.hpp"
#include "on_disk.hpp"
#include "output_name.hpp"

namespace multivector::hdf5 {

namespace fs = std::filesystem;

namespace {

/// A file that stays open elsewhere must not keep this one from closing: strong close, after all handles are gone.
Handle create(const fs::path& path) {
    const Handle creation = creation_properties(H5P_FILE_CREATE);
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
    check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "file access");
    return Handle(H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation, access), H5Fclose, "the output cannot be created");
}

}  // namespace

void OutputFile::refuse(const std::string& why) const {
    throw InputError(output_.empty() ? "''" : output_.string(), 0, 0, why);
}

void OutputFile::fail(const fs::path& output, const std::exception& error) {
    const std::string unchanged = "; nothing was written under this name: ", what = error.what();
    const bool no_memory =
        dynamic_cast<const std::bad_alloc*>(&error) || what.find("memory allocation failed") != std::string::npos;
    if (no_memory)
        throw std::runtime_error(output.string() + ": not enough memory" + unchanged +
                                 "ask for fewer replications (-n) or ticks, or record less (--record)");
    throw std::runtime_error(output.string() + ": " + what + unchanged + "make room there, or write elsewhere (-o)");
}

void OutputFile::refuse_existing() const {
    std::error_code ignored;
    const fs::file_status status = fs::status(output_, ignored);
    if (!fs::exists(status) && fs::is_symlink(output_, ignored)) refuse("the output is a link that leads to no file");
    if (fs::is_directory(status)) refuse("the output is a folder; name a file");
    if (fs::exists(status) && !fs::is_regular_file(status)) refuse("the output is not a regular file");
    if (fs::exists(status) && !force_) refuse("the output exists; choose another name or say --force");
    if (fs::exists(status) && fs::file_size(output_, ignored) > 0 && H5Fis_hdf5(output_.c_str()) <= 0)
        refuse("the output exists and is no result file; --force replaces results only");
}

OutputFile::OutputFile(fs::path output, bool force) : output_(std::move(output)), force_(force) {
    prepare_library();
    expect_name(output_, "file");
    refuse_existing();
    folder_around(output_);
    const std::string ending = ".partial";
    std::error_code ignored;
    for (const fs::path& leftover : abandoned_beside(output_, ending)) fs::remove(leftover, ignored);
    temporary_ = name_beside(output_, ending);
    fs::remove(temporary_, ignored);  // of a dead process that had our number
    try {
        file_ = create(temporary_);
    } catch (const Error& error) {
        fs::remove(temporary_, ignored);  // the library may have made it and found no room for its first bytes
        refuse(error.what());
    }
}

OutputFile::~OutputFile() {
    if (temporary_.empty()) return;
    static_cast<void>(file_.release());
    std::error_code ignored;
    fs::remove(temporary_, ignored);
}

void OutputFile::flush() const { check(H5Fflush(file_, H5F_SCOPE_GLOBAL), "cannot write " + temporary_.string()); }

void OutputFile::commit() {
    flush();
    check(file_.release(), "cannot close " + temporary_.string());
    std::error_code failure;
    {
        const OutputLock lock(temporary_);  // which the library's own guarded until now
        failure = put_on_disk(temporary_);
    }
    if (failure) throw Error("cannot write " + temporary_.string() + ": " + failure.message());
    refuse_existing();  // someone may have written it meanwhile
    fs::rename(temporary_, output_, failure);
    if (failure) throw Error("cannot give the file its name: " + failure.message());
    temporary_.clear();
    static_cast<void>(put_on_disk(folder_of(output_)));  // the file is there, whatever the disk says to its name
}

}  // namespace multivector::hdf5
