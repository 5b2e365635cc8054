#pragma once

#include "client/api_client.hpp"
#include "runtime/http/client_curl.hpp"
#include "runtime/http/server.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// For tests only: a real HTTP server on loopback with canned answers, and the JSON they are made of.
namespace souk::client::testing {

/// `call` counts from 0, so that the second try can get another answer.
using Answer = std::function<runtime::Response(const runtime::Request& request, int call)>;

class TestServer {
public:
    TestServer()
        : server_(
              {}, [this](runtime::Request& request) { return answer(request); }, runtime::render_problem) {
        if (auto started = server_.start(); !started) {
            throw std::runtime_error(started.error().message);
        }
    }

    /// `route` is "GET /path", without the query.
    void on(const std::string& route, Answer answer) {
        std::scoped_lock lock(mutex_);
        answers_[route] = std::move(answer);
    }
    void on(const std::string& route, int status, std::string body) {
        on(route, [status, body = std::move(body)](const auto&, int) {
            return runtime::Response::json(status, body);
        });
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }
    /// What has come so far for this route.
    std::vector<runtime::Request> requests(const std::string& route) const {
        std::scoped_lock lock(mutex_);
        const auto found = requests_.find(route);
        return found == requests_.end() ? std::vector<runtime::Request>{} : found->second;
    }

private:
    runtime::Response answer(const runtime::Request& request) {
        const std::string route = request.method + " " + request.path;
        Answer found;
        int call = 0;
        {
            std::scoped_lock lock(mutex_);
            call = static_cast<int>(requests_[route].size());
            requests_[route].push_back(request);
            if (answers_.contains(route)) {
                found = answers_[route];
            }
        }
        return found ? found(request, call)
                     : runtime::render_problem(&request, 404, "not_found", "there is no " + route);
    }

    mutable std::mutex mutex_;
    std::map<std::string, Answer> answers_;
    std::map<std::string, std::vector<runtime::Request>> requests_;
    runtime::Server server_;  // last member: its threads end before the rest goes away
};

/// A stream of these bytes, then the end of the answer.
inline runtime::Response stream_of(std::string bytes, bool stays_open = false) {
    return runtime::Response::event_stream(
        [bytes = std::move(bytes), stays_open](const runtime::EventStreamPtr& stream) {
            stream->send(bytes);
            if (!stays_open) {
                stream->close();
            }
        });
}

inline std::string sse(int number, const std::string& type, const std::string& more = "") {
    const std::string id = std::to_string(number);
    return "id: " + id + "\nevent: " + type + "\ndata: {\"number\":" + id +
           ",\"store_id\":\"str_1\",\"type\":\"" + type + "\",\"time\":\"2026-11-21T09:30:05Z\"" + more +
           "}\n\n";
}

inline std::string operation_json(const std::string& state, const std::string& error = "null") {
    return R"({"id":"op_1","kind":"store.create","store_id":"str_1","state":")" + state + R"(","done":)" +
           (state == "running" ? "false" : "true") +
           R"(,"progress":{"percent":50,"step":"release","steps":[)" +
           R"({"name":"namespace","state":"done","started":"2026-11-21T09:30:00Z","ended":"2026-11-21T09:30:01Z","message":""},)" +
           R"({"name":"release","state":"pending","started":null,"ended":null,"message":""}]},"error":)" +
           error + R"(,"created":"2026-11-21T09:30:00Z","ended":"2026-11-21T09:31:05Z"})";
}

inline std::string store_json(const std::string& phase, const std::string& name = "Green Tea") {
    return R"({"id":"str_1","name":")" + name +
           R"(","slug":"green-tea","engine":"tiny","engine_version":"1","plan":"starter","phase":")" + phase +
           R"(","urls":{"storefront":"http://green-tea.localhost","admin":null,"api":null},"operation":"op_1"})";
}

inline std::string accepted_json(const std::string& phase = "Requested") {
    return R"({"store":)" + store_json(phase) + R"(,"operation":)" + operation_json("running") + "}";
}

/// A client of that server that does not wait between its tries, but remembers how long it would have.
struct TestClient {
    explicit TestClient(const TestServer& server, std::stop_token stop = {})
        : api(http, {server.url(), Secret("the-token"), {}}, std::move(stop), policy()) {}

    RetryPolicy policy() {
        RetryPolicy made;
        made.sleep = [this](std::chrono::milliseconds delay, const std::stop_token& stop) {
            delays.push_back(delay);
            return !stop.stop_requested();
        };
        return made;
    }

    std::vector<std::chrono::milliseconds> delays;
    runtime::CurlHttpClient http;
    ApiClient api;
};

}  // namespace souk::client::testing
