#include "adapters/engines/utf8.hpp"

#include <cstddef>
#include <cstdint>

namespace souk::engines {
namespace {

struct Lead {
    std::size_t more;      // continuation bytes
    std::uint32_t bits;    // of the lead byte
    std::uint32_t lowest;  // smallest code point this length may carry
};

Lead classify(unsigned char byte) {
    if (byte < 0x80) {
        return {0, byte, 0};
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        return {1, byte & 0x1FU, 0x80};
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        return {2, byte & 0x0FU, 0x800};
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        return {3, byte & 0x07U, 0x10000};
    }
    return {4, 0, 0};
}

}  // namespace

bool is_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const Lead lead = classify(static_cast<unsigned char>(text[i]));
        if (lead.more > 3 || text.size() - i <= lead.more) {
            return false;
        }
        std::uint32_t point = lead.bits;
        for (std::size_t k = 1; k <= lead.more; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if ((byte & 0xC0U) != 0x80U) {
                return false;
            }
            point = (point << 6U) | (byte & 0x3FU);
        }
        if (point < lead.lowest || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
            return false;
        }
        i += lead.more + 1;
    }
    return true;
}

}  // namespace souk::engines
