#include "adapters/http/pending_sockets.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace souk::http {
namespace {

runtime::WebSocketPtr make_socket() { return std::make_shared<runtime::WebSocket>(runtime::OutboxLimits{}); }

TEST(PendingSockets, TakeTheFirstMessageOnce) {
    PendingSockets pending;
    const auto socket = make_socket();
    const auto ticket = pending.add(socket);
    EXPECT_EQ(pending.take(ticket), PendingSockets::Turn::First);
    EXPECT_EQ(pending.take(ticket), PendingSockets::Turn::Known);
}

TEST(PendingSockets, HaveRoomForAFewAndForgetThoseThatAreGone) {
    PendingSockets pending;
    std::vector<runtime::WebSocketPtr> sockets;
    while (pending.has_room() && sockets.size() < 1000) {
        sockets.push_back(make_socket());
        pending.add(sockets.back());
    }
    EXPECT_EQ(sockets.size(), 64U);
    sockets[0]->close();
    sockets[1].reset();
    EXPECT_TRUE(pending.has_room());
}

}  // namespace
}  // namespace souk::http
