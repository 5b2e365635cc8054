#include "adapters/http/session_streams.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace souk::http {
namespace {

/// As the server opens what a handler answered.
runtime::EventStreamPtr open_stream(runtime::Response& response) {
    auto stream = std::make_shared<runtime::EventStream>(runtime::OutboxLimits{});
    response.on_stream(stream);
    return stream;
}

class SessionStreamsTest : public testing::Test {
protected:
    runtime::Response watched(const std::string& session) {
        auto response = runtime::Response::event_stream([](const runtime::EventStreamPtr&) {});
        streams_->watch(response, {session, "hash of " + session});
        return response;
    }
    std::shared_ptr<SessionStreams> streams_ = std::make_shared<SessionStreams>();
};

TEST_F(SessionStreamsTest, EndWithTheirSessionAndNoOther) {
    auto one = watched("ses_1");
    auto other = watched("ses_2");
    const auto ended = open_stream(one);
    const auto stays = open_stream(other);
    streams_->end("ses_1");
    EXPECT_TRUE(ended->closed());
    EXPECT_FALSE(stays->closed());
}

TEST_F(SessionStreamsTest, OneThatIsOpenedWhileItsSessionEndsIsClosed) {
    auto late = watched("ses_1");
    streams_->end("ses_1");
    EXPECT_TRUE(open_stream(late)->closed());
}

}  // namespace
}  // namespace souk::http
