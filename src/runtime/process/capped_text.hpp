#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace souk::runtime {

/// Keeps the first and the last half of a text that may be endless: the beginning says what was tried, the
/// end why it failed. Memory stays below twice the cap.
class CappedText {
public:
    explicit CappedText(std::size_t cap) : head_cap_(cap / 2), tail_cap_(cap - cap / 2) {}

    void append(std::string_view text);
    /// With a line "[... 123 bytes left out ...]" where the middle is missing.
    std::string take();

private:
    std::size_t head_cap_;
    std::size_t tail_cap_;
    std::size_t left_out_ = 0;
    std::string head_;
    std::string tail_;
};

}  // namespace souk::runtime
