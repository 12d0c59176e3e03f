// SHA-256, by which a result file names the scenario it came from and vouches for its own content.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace multivector {

/// The digest of bytes that arrive one after the other. Movable; a copy would be of no use.
class Sha256 {
 public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(const void* bytes, std::size_t count);

    /// 64 hexadecimal digits for all that was added so far; more may be added after.
    std::string hexadecimal() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The digest of a text as 64 hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace multivector
