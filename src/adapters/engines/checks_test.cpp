#include "adapters/engines/checks.hpp"

#include "adapters/engines/test_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <functional>
#include <latch>
#include <mutex>
#include <string>
#include <thread>

namespace souk::engines {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Answers from a list; keeps what was asked.
class FakeHttpClient final : public runtime::HttpClient {
public:
    Result<runtime::HttpResponse> send(const runtime::HttpRequest& request, std::stop_token) override {
        if (on_send) {
            on_send();
        }
        const std::scoped_lock lock(mutex);
        requests.push_back(request);
        if (request.url.find("entry-probe") != std::string::npos) {
            return entry_up ? Result<runtime::HttpResponse>(runtime::HttpResponse{404, {}, {}})
                            : fail(ErrorCode::Unavailable, "no");
        }
        if (answers.empty()) {
            return runtime::HttpResponse{200, {}, "{}"};
        }
        Result<runtime::HttpResponse> answer = std::move(answers.front());
        answers.pop_front();
        return answer;
    }
    std::unique_ptr<runtime::HttpStream> stream(runtime::HttpRequest, runtime::StreamCallbacks) override {
        return nullptr;
    }

    void answer(int status, std::string body, runtime::HttpHeaders headers = {}) {
        answers.emplace_back(runtime::HttpResponse{status, std::move(headers), std::move(body)});
    }

    std::mutex mutex;
    std::deque<Result<runtime::HttpResponse>> answers;
    std::vector<runtime::HttpRequest> requests;
    std::function<void()> on_send;
    bool entry_up = true;
};

class Checks : public ::testing::Test {
protected:
    Checks() : engine_(*parse_manifest(test_engine(), {})), store_(test_store()) {
        request_.store = &store_;
        request_.engine = &engine_;
        request_.address = {"ann.localhost", "http://ann.localhost:8080"};
        request_.secrets["shop"]["key"] = Secret("pk_very-secret");
        request_.secrets["admin"]["password"] = Secret("a b&c=\"ü");
    }

    /// One check with one GET of / and what is expected of it.
    CheckStep& only(CheckStep step) {
        step.name = "one";
        step.path = step.path.empty() ? "/" : step.path;
        step.statuses = step.statuses.empty() ? std::vector<int>{200} : step.statuses;
        engine_.checks = {{"page", "Page", true, false, {std::move(step)}}};
        return engine_.checks[0].steps[0];
    }
    std::string failure(std::stop_token stop = {}) {
        HttpEngineChecks checks(client_, options_);
        const auto result = checks.run(request_, stop);
        if (!result) {
            return "outer: " + std::string(to_string(result.error().code)) + " " + result.error().reason;
        }
        return *result ? (*result)->check + "/" + (*result)->step + ": " + (*result)->message : "";
    }

    Engine engine_;
    Store store_;
    app::CheckRequest request_;
    FakeHttpClient client_;
    HttpChecksOptions options_{.entry_address = "127.0.0.1", .entry_port = 30080};
};

TEST_F(Checks, PassAConversationWithSavedValues) {
    client_.answer(200, R"({"regions":[{"id":"reg/1 \"x\""}]})");
    client_.answer(201, R"({"cart":{"id":"c","items":[1],"quantity":2.0}})",
                   {{"Content-Type", "application/json"}});
    EXPECT_EQ(failure(), "");
    ASSERT_EQ(client_.requests.size(), 2U);
    const runtime::HttpRequest& first = client_.requests[0];
    EXPECT_EQ(first.url, "http://ann.localhost:8080/store/regions?limit=1");
    EXPECT_EQ(first.headers.find("x-key"), "pk_very-secret");
    ASSERT_TRUE(first.resolve);
    EXPECT_EQ(first.resolve->host, "ann.localhost");
    EXPECT_EQ(first.resolve->port, 8080);
    EXPECT_EQ(first.resolve->address, "127.0.0.1");
    EXPECT_EQ(first.resolve->address_port, 30080);
    EXPECT_FALSE(first.follow_redirects);
    EXPECT_EQ(first.timeout, std::chrono::seconds(10));
    EXPECT_EQ(first.max_response_bytes, std::size_t{2} << 20U);
    const runtime::HttpRequest& second = client_.requests[1];
    EXPECT_EQ(second.url, "http://ann.localhost:8080/store/carts/reg%2F1%20%22x%22");
    EXPECT_EQ(second.body, R"({"quantity":2,"region_id":"reg/1 \"x\""})");
    EXPECT_EQ(second.headers.find("content-type"), "application/json");
}

TEST_F(Checks, SayWhichStepDidWhatWrong) {
    client_.answer(500, "secret stack trace");
    EXPECT_EQ(failure(), "cart/regions: GET /store/regions?limit=1 answered 500 instead of 200");
}

TEST_F(Checks, EncodeFormsAndKeepCookies) {
    CheckStep login;
    login.method = "POST";
    login.form = {{"log in", "x"}, {"pwd", "${secret.admin.password}"}};
    only(login);
    engine_.checks[0].cookies = true;
    engine_.checks[0].steps.push_back(engine_.checks[0].steps[0]);
    client_.answer(200, "",
                   {{"Set-Cookie", "a=1; Path=/admin; HttpOnly"},
                    {"set-cookie", " b = 2 "},
                    {"set-cookie", "nonsense"}});
    EXPECT_EQ(failure(), "");
    EXPECT_EQ(client_.requests[0].body, "log%20in=x&pwd=a%20b%26c%3D%22%C3%BC");
    EXPECT_FALSE(client_.requests[0].headers.find("cookie"));
    EXPECT_EQ(client_.requests[1].headers.find("cookie"), "a=1; b=2");
}

TEST_F(Checks, FailWhenARedirectLeavesTheStore) {
    for (const char* to : {"https://evil.example/", "//evil.example/x", "http://ann.localhost/",
                           "https://ann.localhost:8080/", "http://ann.localhost:8080@evil.example/",
                           "http://[broken", "\\\\evil.example", "javascript:alert(1)"}) {
        CheckStep step;
        step.statuses = {302};
        only(step);
        client_.answer(302, "", {{"location", to}});
        EXPECT_THAT(failure(), HasSubstr("redirects away from the store")) << to;
    }
}

TEST_F(Checks, AllowARedirectInsideTheStore) {
    for (const char* to :
         {"/wp-admin/", "http://ANN.localhost:8080/x", "next?a=b", "//ann.localhost:8080/"}) {
        CheckStep step;
        step.statuses = {302};
        step.header_contains = {{"Location", ""}};
        only(step);
        client_.answer(302, "", {{"location", to}});
        EXPECT_EQ(failure(), "") << to;
    }
}

TEST_F(Checks, LookAtBodyAndHeaders) {
    CheckStep step;
    step.body_contains = {"product"};
    step.header_contains = {{"x-shop", "${store.slug}"}};
    only(step);
    client_.answer(200, "a product", {{"X-Shop", "is ann"}});
    EXPECT_EQ(failure(), "");
    client_.answer(200, "nothing", {{"X-Shop", "is ann"}});
    EXPECT_THAT(failure(), HasSubstr("without 'product' in it"));
    client_.answer(200, "a product");
    EXPECT_THAT(failure(), HasSubstr("without '${store.slug}' in the header x-shop"));
}

TEST_F(Checks, LookAtJsonByPointer) {
    CheckStep step;
    step.expect_json = {{"/a~1b/0", JsonExpectation::Kind::Exists, ""},
                        {"/list", JsonExpectation::Kind::NonEmpty, ""},
                        {"/shop", JsonExpectation::Kind::Equals, "\"${store.slug}\""}};
    only(step);
    client_.answer(200, R"({"a/b":[null],"list":[0],"shop":"ann"})");
    EXPECT_EQ(failure(), "");
    client_.answer(200, R"({"a/b":[],"list":[0],"shop":"ann"})");
    EXPECT_THAT(failure(), HasSubstr("without /a~1b/0"));
    client_.answer(200, R"({"a/b":[1],"list":[],"shop":"ann"})");
    EXPECT_THAT(failure(), HasSubstr("empty /list"));
    client_.answer(200, R"({"a/b":[1],"list":[0],"shop":"bob"})");
    EXPECT_THAT(failure(), HasSubstr("/shop is not \"${store.slug}\""));
}

TEST_F(Checks, SurviveHostileAnswers) {
    CheckStep step;
    step.expect_json = {{"/a", JsonExpectation::Kind::Exists, ""}};
    only(step);
    for (const std::string& body :
         {std::string(100'000, '['), std::string("{\"a\":\"\xff\"}"), std::string("{\"a\":1} x"),
          std::string(), std::string("{\"a\":1\0}", 8)}) {
        client_.answer(200, body);
        EXPECT_THAT(failure(), HasSubstr("not JSON"));
    }
}

TEST_F(Checks, DoNotSendAControlCharacterThatAStoreSmuggledIn) {
    client_.answer(200, R"({"regions":[{"id":"x\r\nHost: evil"}]})");
    engine_.checks[0].steps[1].headers = {{"x-region", "${region}"}};
    EXPECT_THAT(failure(), HasSubstr("control character"));
    EXPECT_EQ(client_.requests.size(), 1U);
}

TEST_F(Checks, RefuseToSaveWhatIsNoText) {
    for (const std::string& id : {std::string("{}"), std::string("\"\""), std::string("null"),
                                  "\"" + std::string(5000, 'x') + "\""}) {
        client_.answer(200, "{\"regions\":[{\"id\":" + id + "}]}");
        EXPECT_THAT(failure(), HasSubstr("without a usable /regions/0/id"));
    }
}

TEST_F(Checks, NeverShowASecret) {
    CheckStep step;
    step.path = "/${secret.shop.key}";
    step.headers = {{"x-key", "${secret.shop.key}"}};
    step.body_contains = {"${secret.shop.key}", "pk_very-secret"};
    only(step);
    for (const int status : {200, 404}) {
        client_.answer(status, "pk_very-secret not quite");
        step.statuses = {status};
        EXPECT_THAT(failure(), Not(HasSubstr("very-secret")));
    }
    engine_.checks[0].steps[0].body_contains = {"pk_very-secret"};
    client_.answer(200, "x");
    EXPECT_THAT(failure(), HasSubstr("without '***' in it"));
}

TEST_F(Checks, BlameTheStoreForSlowLargeAndBrokenAnswers) {
    only({});
    client_.answers.emplace_back(fail(ErrorCode::Timeout, "no"));
    EXPECT_THAT(failure(), HasSubstr("no whole answer within 10 s"));
    client_.answers.emplace_back(fail(ErrorCode::Internal, "too large"));
    EXPECT_THAT(failure(), HasSubstr("larger than 2 MiB"));
    client_.answers.emplace_back(fail(ErrorCode::Unavailable, "reset"));
    client_.answers.emplace_back(fail(ErrorCode::Unavailable, "reset"));
    EXPECT_THAT(failure(), HasSubstr("broke off the connection"));
}

TEST_F(Checks, TryAClosedConnectionOnceMore) {
    only({});
    client_.answers.emplace_back(fail(ErrorCode::Unavailable, "reset"));
    client_.answer(200, "");
    EXPECT_EQ(failure(), "");
}

TEST_F(Checks, KnowNothingOfTheStoreWhenTheEntryPointIsDown) {
    only({});
    client_.entry_up = false;
    client_.answers.emplace_back(fail(ErrorCode::Unavailable, "refused"));
    client_.answers.emplace_back(fail(ErrorCode::Unavailable, "refused"));
    EXPECT_EQ(failure(), "outer: Unavailable EntryUnreachable");
}

TEST_F(Checks, GoToTheStoresOwnHostAndPortWithoutAnEntryPoint) {
    only({});
    options_.entry_address.clear();
    EXPECT_EQ(failure(), "");
    ASSERT_EQ(client_.requests.size(), 1U);
    ASSERT_TRUE(client_.requests[0].resolve);
    EXPECT_EQ(client_.requests[0].resolve->address, "ann.localhost");
    EXPECT_EQ(client_.requests[0].resolve->address_port, 8080);
}

TEST_F(Checks, SayWhenASecretIsMissing) {
    request_.secrets.clear();
    EXPECT_EQ(failure(), "outer: NotFound SecretMissing");
}

TEST_F(Checks, RunOnlyTheLastingOnesWhenAsked) {
    request_.only_always = true;
    EXPECT_EQ(failure(), "");
    EXPECT_TRUE(client_.requests.empty());
}

TEST_F(Checks, StopWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(failure(stop.get_token()), "outer: Cancelled ");
}

TEST_F(Checks, RunNoMoreAtOnceThanAllowed) {
    only({});
    options_.at_once = 2;
    HttpEngineChecks checks(client_, options_);
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    client_.on_send = [&] {
        const int now = ++inside;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::yield();
        --inside;
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] { EXPECT_TRUE(checks.run(request_, {})); });
    }
    threads.clear();
    EXPECT_EQ(client_.requests.size(), 8U);
    EXPECT_LE(most, 2);
}

TEST_F(Checks, WaitingForATurnEndsWithAStop) {
    only({});
    options_.at_once = 1;
    HttpEngineChecks checks(client_, options_);
    std::latch entered(1);
    std::latch leave(1);
    client_.on_send = [&] {
        entered.count_down();
        leave.wait();
    };
    std::jthread first([&] { EXPECT_TRUE(checks.run(request_, {})); });
    entered.wait();
    std::stop_source stop;
    std::jthread second([&] {
        const auto result = checks.run(request_, stop.get_token());
        EXPECT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
    });
    stop.request_stop();
    second.join();
    leave.count_down();
}

}  // namespace
}  // namespace souk::engines
