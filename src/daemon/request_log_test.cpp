#include "daemon/request_log.hpp"

#include "core/common/id.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace souk::daemon {
namespace {

class RequestLog : public ::testing::Test {
protected:
    boost::json::object line_of(const std::string& method, const std::string& path, int status) {
        lines_.clear();
        runtime::Exchange exchange;
        exchange.method = method;
        exchange.path = path;
        exchange.subject = subject_;
        exchange.status = status;
        exchange.duration = std::chrono::microseconds(1500);
        exchange.request_id = "req-1";
        log_request(log_, exchange);
        return lines_.size() == 1 ? boost::json::parse(lines_[0]).as_object() : boost::json::object();
    }

    std::string subject_;
    std::vector<std::string> lines_;
    const runtime::Logger log_{{.level = runtime::LogLevel::Info,
                                .sink = [this](std::string_view line) { lines_.emplace_back(line); }}};
    const std::string store_ = StoreId::from_bytes({1, 2, 3}).str();
};

TEST_F(RequestLog, AChangeIsALineWithItsRequestAndItsStore) {
    const auto line = line_of("DELETE", "/api/v1/stores/" + store_, 202);
    EXPECT_EQ(line.at("level"), "info");
    EXPECT_EQ(line.at("request_id"), "req-1");
    EXPECT_EQ(line.at("store_id"), boost::json::value(store_));
    EXPECT_EQ(line.at("method"), "DELETE");
    EXPECT_EQ(line.at("status"), 202);
    EXPECT_EQ(line.at("duration_ms"), 1.5);
    for (const char* method : {"POST", "PATCH"}) {
        EXPECT_EQ(line_of(method, "/api/v1/stores/" + store_ + "/retry", 202).at("store_id"),
                  boost::json::value(store_));
    }
}

TEST_F(RequestLog, AStoreThatIsNamedOtherwiseIsTheOneTheAnswerIsAbout) {
    subject_ = store_;
    EXPECT_EQ(line_of("POST", "/api/v1/stores/green-tea/actions/retry", 202).at("store_id"),
              boost::json::value(store_));
    EXPECT_EQ(line_of("POST", "/api/v1/stores", 202).at("store_id"), boost::json::value(store_));
}

TEST_F(RequestLog, ARefusedReadIsALineAndAGoodOneIsNot) {
    EXPECT_EQ(line_of("GET", "/api/v1/stores", 401).at("status"), 401);
    EXPECT_EQ(line_of("GET", "/api/v1/stores/" + store_, 500).at("store_id"), boost::json::value(store_));
    EXPECT_TRUE(line_of("GET", "/api/v1/stores/" + store_, 200).empty());
}

TEST_F(RequestLog, WhatAClientWroteIsNoStoreAndBreaksNoLine) {
    for (const std::string& path : {std::string("/api/v1/stores/green-tea"), std::string("/api/v1/engines"),
                                    std::string("/api/v1/stores/str_\"}\n{\"level\":\"error\"")}) {
        const auto line = line_of("POST", path, 404);
        EXPECT_EQ(line.at("path"), boost::json::value(path));
        EXPECT_FALSE(line.contains("store_id")) << path;
    }
}

}  // namespace
}  // namespace souk::daemon
