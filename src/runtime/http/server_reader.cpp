#include "runtime/http/server_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace souk::runtime {

namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

Refusal refusal_of(const error_code& error) {
    if (error == http::error::body_limit) {
        return {413, "body_too_large", "the body of the request is too large"};
    }
    if (error == http::error::header_limit) {
        return {431, "headers_too_large", "the headers of the request are too large"};
    }
    if (error == http::error::bad_version) {
        return {505, "unsupported_version", "the server speaks HTTP/1.1"};
    }
    return {400, "malformed", "the request is malformed"};
}

}  // namespace

RequestReader::RequestReader(const ServerSettings& settings)
    : settings_(settings), scanner_(settings), chunks_(settings.max_body_bytes) {}

RequestReader::Progress RequestReader::refuse(const Refusal& why) {
    refusal_ = why;
    if (request_.request_id.empty()) {
        request_.request_id = choose_request_id(request_.headers);
    }
    return Progress::Refused;
}

RequestReader::Progress RequestReader::feed(std::string& input) {
    return in_body_ ? read_body(input) : read_head(input);
}

RequestReader::Progress RequestReader::read_head(std::string& input) {
    const auto outcome = scanner_.scan(input);
    if (outcome.refusal) {
        return refuse(*outcome.refusal);
    }
    if (outcome.head_bytes == 0) {
        return Progress::NeedMore;
    }
    // Boost's parser sees complete heads only; `eager` off keeps it away from the body.
    error_code error;
    http::request_parser<http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(settings_.max_header_bytes));
    parser.body_limit(settings_.max_body_bytes);
    parser.eager(false);
    parser.put(boost::asio::buffer(input.data(), outcome.head_bytes), error);
    input.erase(0, outcome.head_bytes);
    const auto& message = parser.get();
    for (const auto& field : message) {
        request_.headers.add(std::string(field.name_string()), std::string(field.value()));
    }
    request_.request_id = choose_request_id(request_.headers);
    request_.method = std::string(message.method_string());
    request_.target = std::string(message.target());
    if (error || !parser.is_header_done()) {
        request_known_ = error == http::error::body_limit;
        return refuse(refusal_of(error));
    }
    request_known_ = true;
    http11_ = message.version() >= 11;
    if (const auto refusal = check_head(request_, http11_, settings_)) {
        return refuse(*refusal);
    }
    keep_alive_ = message.keep_alive();
    in_body_ = true;
    chunked_ = parser.chunked();
    body_bytes_ = static_cast<std::size_t>(parser.content_length().value_or(0));
    const bool has_body = chunked_ || body_bytes_ > 0;
    const bool waits = http11_ && request_.headers.contains("Expect") && input.empty() && has_body;
    return waits ? Progress::NeedContinue : read_body(input);
}

RequestReader::Progress RequestReader::read_body(std::string& input) {
    if (!chunked_) {
        const auto size = std::min(input.size(), body_bytes_ - request_.body.size());
        request_.body.append(input, 0, size);
        input.erase(0, size);
        return request_.body.size() == body_bytes_ ? Progress::Complete : Progress::NeedMore;
    }
    std::string_view rest = input;
    const auto progress = chunks_.feed(rest, request_.body);
    input.erase(0, input.size() - rest.size());
    switch (progress) {
        case ChunkDecoder::Progress::NeedMore:
            return Progress::NeedMore;
        case ChunkDecoder::Progress::Complete:
            return Progress::Complete;
        case ChunkDecoder::Progress::TooLarge:
            return refuse(refusal_of(http::error::body_limit));
        case ChunkDecoder::Progress::Malformed:
            return refuse({400, "malformed", "the chunked body is malformed"});
    }
    return Progress::NeedMore;
}

}  // namespace souk::runtime
