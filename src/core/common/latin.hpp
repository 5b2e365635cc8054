#pragma once

#include <cstdint>
#include <string_view>

namespace souk {

/// What is left of a Latin letter with marks, or of a ligature, in lower-case ASCII: "e" for "É", "ss" for
/// "ß". Empty for everything else, ASCII included. Knows the blocks Latin-1, Latin Extended-A, the letters
/// with marks of Extended-B, and Latin Extended Additional (Vietnamese).
std::string_view plain_letters(std::uint32_t code_point);

/// A mark of its own (U+0300 to U+036F): it stands behind the letter that it belongs to.
constexpr bool is_combining_mark(std::uint32_t code_point) {
    return code_point >= 0x300 && code_point <= 0x36F;
}

}  // namespace souk
