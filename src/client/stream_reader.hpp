#pragma once

#include "client/api_error.hpp"
#include "runtime/http/client.hpp"

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

namespace souk::client {

/// An endless answer read by a thread of plain code: a bounded queue between the HTTP client's thread and the
/// caller. For one reading thread. Dropping it cancels the stream.
class StreamReader {
public:
    enum class Kind { Opened, Bytes, Ended, Nothing };
    struct Piece {
        Kind kind = Kind::Nothing;
        std::string bytes = {};
    };

    StreamReader(runtime::HttpClient& http, runtime::HttpRequest request);
    ~StreamReader();
    StreamReader(const StreamReader&) = delete;
    StreamReader& operator=(const StreamReader&) = delete;

    /// `Opened` once, with a status of 2xx; then bytes in their order; `Ended` when the server ended it
    /// properly; `Nothing` when the time is over. Errors: the problem of an answer that is no success, the
    /// failure of the connection, Cancelled after a stop.
    ApiResult<Piece> next(const std::stop_token& stop, std::chrono::milliseconds at_most);

private:
    struct State;
    std::shared_ptr<State> state_;
    std::unique_ptr<runtime::HttpStream> stream_;
};

}  // namespace souk::client
