#pragma once

#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"
#include "runtime/http/server.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Internal to the server: the rules of HTTP/1.1 that we add to the parser, without sockets.
namespace souk::runtime {

/// Why a request is refused before any handler sees it. Texts are literals.
struct Refusal {
    int status;
    std::string_view code;
    std::string_view detail;
};

/// Watches the bytes of a head as they arrive and refuses early what the parser would wait for or let
/// through: line ends without CR, CR without LF, NUL, folded lines, and heads that are too long. One per
/// request.
class HeadScanner {
public:
    explicit HeadScanner(const ServerSettings& settings) : settings_(settings) {}

    struct Outcome {
        std::optional<Refusal> refusal;
        std::size_t head_bytes = 0;  // set when the head is complete, with its empty line
    };
    /// `buffered` is everything since the request's first byte; each call has the bytes of the call before
    /// and more.
    Outcome scan(std::string_view buffered);

private:
    const ServerSettings& settings_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::size_t lines_ = 0;
};

/// Rules about a parsed head: method, Host, framing, Expect, Content-Encoding, target. Fills path, segments
/// and query.
std::optional<Refusal> check_head(Request& request, bool http11, const ServerSettings& settings);

/// A sane X-Request-Id of the client (1-64 of [A-Za-z0-9._-]), else a new random one.
std::string choose_request_id(const Headers& headers);

enum class Framing { None, Sized, Chunked, UntilClose };

struct HeadOptions {
    Framing framing = Framing::Sized;
    bool http11 = true;
    bool keep_alive = false;
    std::string_view request_id;
    std::chrono::system_clock::time_point now;
};

/// Status line and header fields with the empty line. The response has passed `check_response`.
std::string format_head(const Response& response, const HeadOptions& options);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string format_http_date(std::chrono::system_clock::time_point time);

/// One chunk of the chunked coding; empty for empty data, since an empty chunk would end the body.
std::string format_chunk(std::string_view data);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace souk::runtime
