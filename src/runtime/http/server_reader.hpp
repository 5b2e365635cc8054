#pragma once

#include "runtime/http/request.hpp"
#include "runtime/http/server.hpp"
#include "runtime/http/server_chunks.hpp"
#include "runtime/http/server_protocol.hpp"

#include <cstddef>
#include <optional>
#include <string>

/// Internal to the server: bytes to one request, without sockets.
namespace souk::runtime {

/// Reads one request. Call `feed` with all bytes that have come; it takes what it understands off their
/// front.
class RequestReader {
public:
    explicit RequestReader(const ServerSettings& settings);

    enum class Progress {
        NeedMore,
        NeedContinue,  // once: the client waits for "100 Continue" before it sends the body
        Complete,      // the request is whole; what is left in the input belongs to the next one
        Refused,       // see refusal(); the reader and the connection are of no more use
    };
    Progress feed(std::string& input);

    /// The head has been parsed and checked: the body is coming.
    bool in_body() const { return in_body_; }
    const Refusal& refusal() const { return *refusal_; }
    /// Enough of the head was understood to show the request to an error renderer.
    bool request_known() const { return request_known_; }
    bool http11() const { return http11_; }
    bool keep_alive() const { return keep_alive_; }
    /// As far as it has come; it has an id as soon as the head has been parsed.
    Request& request() { return request_; }

private:
    Progress read_head(std::string& input);
    Progress read_body(std::string& input);
    Progress refuse(const Refusal& why);

    const ServerSettings& settings_;
    HeadScanner scanner_;
    ChunkDecoder chunks_;
    bool chunked_ = false;
    std::size_t body_bytes_ = 0;  // announced
    Request request_;
    std::optional<Refusal> refusal_;
    bool in_body_ = false;
    bool request_known_ = false;
    bool http11_ = true;
    bool keep_alive_ = false;
};

}  // namespace souk::runtime
