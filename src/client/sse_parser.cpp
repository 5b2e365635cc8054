#include "client/sse_parser.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace souk::client {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kMaxRetryMs = 60'000;

std::optional<int> parse_retry(std::string_view text) {
    const bool digits =
        !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) {
        return std::nullopt;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} ? std::min(value, kMaxRetryMs) : kMaxRetryMs;
}

}  // namespace

SseParser::SseParser(std::function<void(SseEvent)> on_event, std::size_t max_event_bytes)
    : on_event_(std::move(on_event)), max_event_bytes_(max_event_bytes) {}

bool SseParser::feed(std::string_view bytes) {
    while (!failed_ && !bytes.empty()) {
        if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
            bytes.remove_prefix(1);
            continue;
        }
        const auto end = bytes.find_first_of("\r\n");
        const auto part = bytes.substr(0, end);
        if (line_.size() + data_.size() + part.size() > max_event_bytes_) {
            failed_ = true;
            break;
        }
        line_.append(part);
        if (end == std::string_view::npos) {
            break;
        }
        after_cr_ = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        end_line();
    }
    return !failed_;
}

void SseParser::end_line() {
    const std::string taken = std::exchange(line_, {});
    std::string_view line = taken;
    if (std::exchange(first_line_, false) && line.starts_with(kByteOrderMark)) {
        line.remove_prefix(kByteOrderMark.size());
    }
    if (line.empty()) {
        dispatch();
        return;
    }
    const auto colon = line.find(':');
    auto value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
    if (value.starts_with(' ')) {
        value.remove_prefix(1);
    }
    field(line.substr(0, colon), value);
}

void SseParser::field(std::string_view name, std::string_view value) {
    if (name == "data") {
        data_.append(value).push_back('\n');
    } else if (name == "event") {
        type_ = value;
    } else if (name == "id" && value.find('\0') == std::string_view::npos) {
        block_id_ = value;
        has_id_ = true;
    } else if (name == "retry") {
        if (const auto parsed = parse_retry(value)) {
            retry_ms_ = parsed;
        }
    }
}

void SseParser::dispatch() {
    if (std::exchange(has_id_, false)) {
        last_id_ = std::exchange(block_id_, {});
    }
    SseEvent event;
    if (auto type = std::exchange(type_, {}); !type.empty()) {
        event.type = std::move(type);
    }
    event.data = std::exchange(data_, {});
    if (event.data.empty()) {
        return;
    }
    event.data.pop_back();  // the line feed of the last data line
    event.id = last_id_;
    on_event_(std::move(event));
}

}  // namespace souk::client
