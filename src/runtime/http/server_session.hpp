#pragma once

#include "runtime/http/server_core.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>

/// Internal to the server, and the only header with Asio in it: included by server.cpp, server_session.cpp,
/// server_websocket.cpp and nothing else, because each inclusion costs seconds of compile time.
namespace souk::runtime {

/// The byte stream below HTTP. TLS would replace this alias by a type-erased stream with the same few
/// functions: async_read_some, async_write_some, shutdown, close, cancel, get_executor.
using ServerStream = boost::asio::ip::tcp::socket;

/// Serves one connection until it ends; it keeps itself alive. The stream's executor is a strand. `refuse`
/// answers 503 to whatever comes, for a server that has enough connections.
void open_session(ServerStream stream, ServerCore& core, bool refuse);

struct WebSocketStart {
    Request request;    // a checked upgrade request
    Response response;  // its headers join the 101
    WebSocketPtr websocket;
    Exchange exchange;
    std::chrono::steady_clock::time_point began;
};

/// Takes over the connection of a session that has no operation pending.
void open_websocket(ServerStream stream, ServerCore& core, WebSocketStart start);

}  // namespace souk::runtime
