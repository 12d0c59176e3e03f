// Parts of a sweep that separate processes can do.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace multivector {

/// Part `number` of `of`, counted from 1.
struct Shard {
    std::uint32_t number = 1, of = 1;

    std::string text() const { return std::to_string(number) + "/" + std::to_string(of); }
};

/// "2/7"; nothing for any other text, or when there is no such part.
inline std::optional<Shard> shard_in(std::string_view text) {
    Shard shard;
    const char *end = text.data() + text.size(), *at = text.data();
    const auto number = [&](std::uint32_t& value) {
        const auto [after, failure] = std::from_chars(at, end, value);
        at = after;
        return failure == std::errc();
    };
    const bool read = number(shard.number) && at != end && *at++ == '/' && number(shard.of) && at == end;
    if (!read || shard.number < 1 || shard.number > shard.of) return {};
    return shard;
}

/// Realisations begin .. end - 1 of a sweep, in its order.
struct Share {
    std::size_t begin = 0, end = 0;

    std::size_t size() const { return end - begin; }
};

/// A shard is a run of realisations without a gap; those of a sweep's shards differ in size by at most one.
inline Share share_of(const Shard& shard, std::size_t realizations) {
    return {realizations * (shard.number - 1) / shard.of, realizations * shard.number / shard.of};
}

}  // namespace multivector
