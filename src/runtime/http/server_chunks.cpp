#include "runtime/http/server_chunks.hpp"

#include "runtime/http/headers.hpp"

#include <charconv>
#include <cstdint>
#include <system_error>

namespace souk::runtime {

namespace {

constexpr std::size_t kMaxLine = 1024;
constexpr std::size_t kMaxTrailer = 8192;
constexpr std::string_view kLineEnd = "\r\n";

bool is_hex_start(std::string_view text) {
    // from_chars would take a sign
    return !text.empty() &&
           std::string_view("0123456789abcdefABCDEF").find(text.front()) != std::string_view::npos;
}

/// No line can grow out of what is there.
bool is_hopeless(std::string_view partial) {
    return partial.size() > kMaxLine || partial.find('\n') != std::string_view::npos;
}

}  // namespace

ChunkDecoder::Progress ChunkDecoder::take_size(std::string_view line, std::size_t body_size) {
    std::uint64_t size = 0;
    const auto* end = line.data() + line.size();
    const auto parsed = std::from_chars(line.data(), end, size, 16);
    if (!is_hex_start(line) || parsed.ec == std::errc::invalid_argument ||
        (parsed.ptr != end && *parsed.ptr != ';')) {
        return Progress::Malformed;
    }
    if (parsed.ec != std::errc() || size > max_body_ - body_size) {
        return Progress::TooLarge;
    }
    left_ = static_cast<std::size_t>(size);
    state_ = size == 0 ? State::Trailer : State::Data;
    return Progress::NeedMore;
}

ChunkDecoder::Progress ChunkDecoder::feed(std::string_view& input, std::string& body) {
    while (!input.empty()) {
        if (state_ == State::Data) {
            const auto data = input.substr(0, left_);
            body.append(data);
            input.remove_prefix(data.size());
            left_ -= data.size();
            if (left_ == 0) {
                state_ = State::DataEnd;
            }
            continue;
        }
        const auto end = input.find(kLineEnd);
        const auto line = input.substr(0, end);
        if (state_ == State::DataEnd && !kLineEnd.starts_with(input.substr(0, kLineEnd.size()))) {
            return Progress::Malformed;
        }
        if (end == std::string_view::npos) {
            return is_hopeless(line) ? Progress::Malformed : Progress::NeedMore;
        }
        input.remove_prefix(end + kLineEnd.size());
        if (line.size() > kMaxLine || !is_field_value(line)) {
            return Progress::Malformed;
        }
        if (state_ == State::DataEnd) {
            state_ = State::Size;
        } else if (state_ == State::Size) {
            if (const auto progress = take_size(line, body.size()); progress != Progress::NeedMore) {
                return progress;
            }
        } else if (line.empty()) {
            return Progress::Complete;
        } else if ((trailer_bytes_ += line.size()) > kMaxTrailer ||
                   !is_token(line.substr(0, line.find(':')))) {
            return Progress::Malformed;
        }
    }
    return Progress::NeedMore;
}

}  // namespace souk::runtime
