// The C library of HDF5 made safe: handles that close themselves, failures that throw.
#pragma once

#include <hdf5.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace multivector::hdf5 {

/// What failed, and the library's own reason.
class Error : public std::runtime_error {
 public:
    explicit Error(const std::string& what);
};

/// Before any other use: switches off the library's printing of errors on this thread and its cleaning up at exit.
void prepare_library();

/// Throws Error when a call of the library returned a negative status; passes its result on.
template <class Status>
Status check(Status status, const std::string& what) {
    if (status < 0) throw Error(what);
    return status;
}

/// Owns an identifier of any kind.
class Handle {
 public:
    using Close = herr_t (*)(hid_t);

    Handle() = default;
    Handle(hid_t id, Close close, const std::string& what) : id_(check(id, what)), close_(close) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    ~Handle() { static_cast<void>(release()); }

    /// Closes now; the library's status, so that a full disk is noticed.
    herr_t release() { return id_ < 0 ? 0 : close_(std::exchange(id_, -1)); }

    hid_t id() const { return id_; }
    operator hid_t() const { return id_; }

 private:
    hid_t id_ = -1;
    Close close_ = nullptr;
};

/// What a callback of the library works on. What it throws, std::bad_alloc too, waits until the library has returned:
/// no exception may pass through C code.
template <class Value>
class Visit {
 public:
    explicit Visit(Value value = {}) : value_(std::move(value)) {}

    /// Inside the callback: f of the value; a negative status when it throws.
    template <class Function>
    herr_t run(Function f) noexcept {
        try {
            return f(value_);
        } catch (...) {
            thrown_ = std::current_exception();
            return -1;
        }
    }

    /// After the call: the value, or what was thrown, or Error for a negative status.
    Value finish(herr_t status, const std::string& what) {
        if (thrown_) std::rethrow_exception(thrown_);
        check(status, what);
        return std::move(value_);
    }

 private:
    Value value_;
    std::exception_ptr thrown_;
};

/// Variable-length UTF-8 text.
Handle text_type();

/// A new group that remembers the order of its members and attributes, as netCDF-4 asks.
Handle create_group(hid_t parent, const std::string& name);

/// Creation properties, without time stamps, of a file (H5P_FILE_CREATE), group or dataset.
Handle creation_properties(hid_t property_class);

}  // namespace multivector::hdf5
