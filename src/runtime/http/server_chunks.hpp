#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Internal to the server.
namespace souk::runtime {

/// Decodes one chunked body, strictly: CR LF line ends, no space around the size, bounded extensions and
/// trailers (both are checked and dropped). Our own because Boost 1.81's decoder asserts, which is a crash
/// from outside, when an empty body arrives in pieces ("0\r\n" and then one byte).
class ChunkDecoder {
public:
    explicit ChunkDecoder(std::size_t max_body) : max_body_(max_body) {}

    enum class Progress { NeedMore, Complete, Malformed, TooLarge };
    /// Takes what it understands off the front of `input` and appends the data to `body`.
    Progress feed(std::string_view& input, std::string& body);

private:
    enum class State { Size, Data, DataEnd, Trailer };

    Progress take_size(std::string_view line, std::size_t body_size);

    const std::size_t max_body_;
    State state_ = State::Size;
    std::size_t left_ = 0;  // of the current chunk
    std::size_t trailer_bytes_ = 0;
};

}  // namespace souk::runtime
