#include "sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace multivector {

namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Context new_context() {
    Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!context) throw std::bad_alloc();
    return context;
}

void require(int success) {
    if (success != 1) throw std::runtime_error("the cryptographic library cannot compute SHA-256");
}

}  // namespace

struct Sha256::State {
    Context context = new_context();
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    require(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(const void* bytes, std::size_t count) {
    require(EVP_DigestUpdate(state_->context.get(), bytes, count));
}

std::string Sha256::hexadecimal() const {
    const Context copy = new_context();
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    require(EVP_MD_CTX_copy_ex(copy.get(), state_->context.get()));
    require(EVP_DigestFinal_ex(copy.get(), digest.data(), &length));
    std::string digits;
    for (unsigned i = 0; i < length; ++i) {
        digits += "0123456789abcdef"[digest[i] >> 4];
        digits += "0123456789abcdef"[digest[i] & 15];
    }
    return digits;
}

std::string sha256(std::string_view text) {
    Sha256 digest;
    digest.add(text.data(), text.size());
    return digest.hexadecimal();
}

}  // namespace multivector
