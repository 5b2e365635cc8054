#include "core/common/latin.hpp"

#include <array>

namespace souk {
namespace {

/// One letter for each code point from `first` on; '-' for what is none, or not one.
struct Run {
    std::uint32_t first;
    std::string_view letters;
};
constexpr std::array kRuns = {Run{0xC0,
                                  "aaaaaa-ceeeeiiiidnooooo-ouuuuy--"
                                  "aaaaaa-ceeeeiiiidnooooo-ouuuuy-y"
                                  "aaaaaaccccccccddddeeeeeeeeeegggg"
                                  "gggghhhhiiiiiiiiii--jjkkklllllll"
                                  "lllnnnnnnnnnoooooo--rrrrrrssssss"
                                  "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs"},
                              Run{0x1CD,
                                  "aaiioouuuuuuuuuu-aa"
                                  "aa----ggkkoooo--j---gg--nnaa--oo"
                                  "aaaaeeeeiiiioooorrrruuuusstt--hh"
                                  "------aaeeooooooooyy"},
                              Run{0x1E00,
                                  "aabbbbbbccddddddddddeeeeeeeeeeff"
                                  "gghhhhhhhhhhiiiikkkkkkllllllllmm"
                                  "mmmmnnnnnnnnoooooooopppprrrrrrrr"
                                  "ssssssssssttttttttuuuuuuuuuuvvvv"
                                  "wwwwwwwwwwxxxxyyzzzzzzhtwy-s----"
                                  "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
                                  "eeeeeeeeiiiioooooooooooooooooooo"
                                  "oooouuuuuuuuuuuuuuyyyyyyyy"}};

/// The letters apart, and those that are two.
struct Single {
    std::uint32_t code_point;
    std::string_view letters;
};
constexpr std::array kSingles = {
    Single{0xC6, "ae"},  Single{0xDE, "th"},  Single{0xDF, "ss"},  Single{0xE6, "ae"},  Single{0xFE, "th"},
    Single{0x132, "ij"}, Single{0x133, "ij"}, Single{0x152, "oe"}, Single{0x153, "oe"}, Single{0x1A0, "o"},
    Single{0x1A1, "o"},  Single{0x1AF, "u"},  Single{0x1B0, "u"},  Single{0x1E2, "ae"}, Single{0x1E3, "ae"},
    Single{0x1FC, "ae"}, Single{0x1FD, "ae"}, Single{0x1E9E, "ss"}};

}  // namespace

std::string_view plain_letters(std::uint32_t code_point) {
    for (const Run& run : kRuns) {
        if (code_point >= run.first && code_point - run.first < run.letters.size() &&
            run.letters[code_point - run.first] != '-') {
            return run.letters.substr(code_point - run.first, 1);
        }
    }
    for (const Single& single : kSingles) {
        if (single.code_point == code_point) {
            return single.letters;
        }
    }
    return {};
}

}  // namespace souk
