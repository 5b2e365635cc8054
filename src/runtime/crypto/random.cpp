#include "runtime/crypto/random.hpp"

#include "runtime/crypto/sodium_ready.hpp"

#include <array>
#include <cassert>

namespace souk::runtime {

void fill_random(std::span<std::uint8_t> bytes) {
    ensure_sodium();
    randombytes_buf(bytes.data(), bytes.size());
}

std::string random_bytes(std::size_t count) {
    ensure_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_text(std::size_t length, std::string_view alphabet) {
    assert(alphabet.size() >= 2 && alphabet.size() <= 256);
    ensure_sodium();
    std::string text(length, '\0');
    for (char& c : text) {
        c = alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    }
    return text;
}

double random_unit() {
    std::array<std::uint8_t, 8> bytes{};
    fill_random(bytes);
    std::uint64_t number = 0;
    for (const auto byte : bytes) {
        number = number << 8 | byte;
    }
    return static_cast<double>(number >> 11) * 0x1.0p-53;
}

}  // namespace souk::runtime
