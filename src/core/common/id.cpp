#include "core/common/id.hpp"

#include <algorithm>

namespace souk {
namespace {
constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 26;
}  // namespace

std::string crockford32(const std::array<std::uint8_t, 16>& bytes) {
    // 128 bits in 26 characters of five bits: two leading zero bits, so the text sorts like the bytes.
    std::string out;
    out.reserve(kLength);
    unsigned buffer = 0;
    int bits = 2;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8U) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out.push_back(kAlphabet[(buffer >> static_cast<unsigned>(bits)) & 31U]);
        }
        buffer &= (1U << static_cast<unsigned>(bits)) - 1U;
    }
    return out;
}

bool is_crockford32(std::string_view text) {
    return text.size() == kLength && text[0] <= '7' && std::all_of(text.begin(), text.end(), [](char c) {
               return kAlphabet.find(c) != std::string_view::npos;
           });
}

}  // namespace souk
