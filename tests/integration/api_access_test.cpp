#include "adapters/http/contract.hpp"
#include "adapters/http/origins.hpp"
#include "tests/integration/api_browser.hpp"
#include "tests/integration/api_world.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace souk::test {
namespace {

std::string with_example(std::string pattern) {
    for (auto open = pattern.find('{'); open != std::string::npos; open = pattern.find('{')) {
        pattern.replace(open, pattern.find('}') - open + 1, "x");
    }
    return pattern;
}

TEST(ApiContract, NamesExactlyTheRoutesThatExist) {
    ApiWorld world;
    std::set<std::pair<std::string, std::string>> routes;
    for (const auto& route : world.router().routes()) {
        routes.emplace(route.method, route.pattern);
    }
    std::set<std::pair<std::string, std::string>> contract;
    const YAML::Node document = YAML::Load(std::string(http::contract_text()));
    for (const auto& path : document["paths"]) {
        for (const auto& entry : path.second) {
            auto method = entry.first.as<std::string>();
            if (method != "parameters") {
                std::transform(method.begin(), method.end(), method.begin(),
                               [](char c) { return static_cast<char>(c - 'a' + 'A'); });
                contract.emplace(method, path.first.as<std::string>());
            }
        }
    }
    EXPECT_EQ(routes, contract);
    EXPECT_GT(routes.size(), 25U);
}

TEST(ApiAccess, EveryRouteButTheProbesAndTheLogInNeedsAToken) {
    ApiWorld world;
    for (const auto& route : world.router().routes()) {
        if (route.method == "POST" && route.pattern == "/api/v1/session") {
            continue;  // whoever asks has no token yet
        }
        const bool open =
            route.pattern == "/livez" || route.pattern == "/readyz" || route.pattern == "/api/v1/dashboard";
        for (const char* credentials : {"Authorization: \r\n", "Authorization: Bearer wrong\r\n",
                                        "Authorization: Basic c291azpzb3Vr\r\n"}) {
            const auto answer = world.send(route.method, with_example(route.pattern), {}, credentials);
            EXPECT_EQ(answer.status, open ? 200 : 401)
                << route.method << " " << route.pattern << " " << credentials;
            if (!open) {
                EXPECT_EQ(answer.text("detail"), "a valid token or session is needed");
                EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer realm=\"souk\"");
            }
        }
    }
    EXPECT_EQ(world.get("/api/v1/plans?token=" + world.token, "Authorization: Bearer \r\n").status, 401)
        << "never from the URL";
}

TEST(ApiAccess, NoRouteThatWritesTakesTheCookieAlone) {
    ApiWorld world;
    Browser browser(world);
    ASSERT_EQ(browser.with_token().status, 201);
    int writes = 0;
    for (const auto& route : world.router().routes()) {
        if (route.method == "GET" || (route.method == "POST" && route.pattern == "/api/v1/session")) {
            continue;
        }
        ++writes;
        const auto answer = world.raw(route.method, with_example(route.pattern), "{}", browser.cookie);
        EXPECT_EQ(answer.status, 403) << route.method << " " << route.pattern;
        EXPECT_EQ(answer.code(), "csrf_refused") << route.method << " " << route.pattern;
    }
    EXPECT_GT(writes, 10);
}

TEST(ApiAccess, AnswersEveryErrorAsAProblem) {
    ApiWorld world;
    const auto missing = world.get("/api/v2/stores");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(missing.text("instance"), "/api/v2/stores");
    const auto method = world.send("PUT", "/api/v1/stores");
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(method.header("Allow"), "GET, HEAD, POST");
    EXPECT_EQ(method.code(), "method_not_allowed");
    EXPECT_EQ(world.get("/api/v1/stores/%zz").header("Content-Type"), "application/problem+json");
    EXPECT_EQ(world.get("/livez", "X-Request-Id: my-id-7\r\n").header("X-Request-Id"), "my-id-7");
}

TEST(ApiAccess, ClosesTheDoorToOtherSites) {
    ApiWorld world;
    const std::string origin = "Origin: https://shop.example\r\n";
    EXPECT_EQ(world.get("/api/v1/plans", origin).header("Access-Control-Allow-Origin"), "");
    const auto preflight =
        world.send("OPTIONS", "/api/v1/plans", {}, origin + "Access-Control-Request-Method: GET\r\n");
    EXPECT_EQ(preflight.status, 405);
    EXPECT_EQ(preflight.header("Access-Control-Allow-Origin"), "");
}

TEST(ApiAccess, OpensTheDoorToConfiguredSitesOnly) {
    ApiWorld world([](http::ApiSettings& settings) { settings.allowed_origins = {"https://shop.example"}; });
    const std::string good = "Origin: https://shop.example\r\n";
    const std::string bad = "Origin: https://shop.example.evil\r\n";
    const auto answer = world.get("/api/v1/plans", good);
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://shop.example");
    EXPECT_EQ(answer.header("Access-Control-Allow-Credentials"), "");
    EXPECT_EQ(answer.header("Vary"), "Origin");
    EXPECT_EQ(world.get("/api/v1/plans", bad).header("Access-Control-Allow-Origin"), "");
    const auto preflight = world.send("OPTIONS", "/api/v1/stores", {}, good);
    EXPECT_EQ(preflight.status, 204);
    EXPECT_EQ(preflight.header("Access-Control-Allow-Methods"), "GET, POST");
    EXPECT_EQ(world.send("OPTIONS", "/api/v1/stores", {}, bad).header("Access-Control-Allow-Methods"), "");
}

TEST(ApiAccess, SendsSecurityHeadersWithEveryAnswer) {
    ApiWorld world;
    for (const char* path : {"/livez", "/api/v1/plans", "/docs", "/api/nowhere", "/api/v1/stores?x=1"}) {
        const auto answer = world.get(path);
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store") << path;
        EXPECT_NE(answer.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos)
            << path;
    }
}

TEST(ApiService, ShowsTheContractWithoutScripts) {
    ApiWorld world;
    EXPECT_EQ(world.get("/openapi.yaml").body, http::contract_text());
    const auto page = world.get("/docs");
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_NE(page.body.find("/api/v1/stores/{id}/actions/retry"), std::string::npos);
    EXPECT_NE(page.body.find("href=\"openapi.yaml\""), std::string::npos)
        << "a proxy may show it in a folder";
    EXPECT_NE(page.header("Content-Security-Policy").find("style-src 'sha256-"), std::string::npos);
    EXPECT_EQ(page.header("Content-Security-Policy").find("unsafe"), std::string::npos);
}

TEST(ApiService, TellsHealthAndItsParts) {
    ApiWorld world;
    const auto well = world.get("/api/v1/health").json();
    EXPECT_EQ(well.at("status").as_string(), "ok");
    EXPECT_EQ(well.at("version").as_string(), "1.2.3");
    EXPECT_TRUE(well.at("checks").at("database").at("latency_ms").is_double());
    world.cluster.switches.api_down = true;
    const auto answer = world.get("/health");
    EXPECT_EQ(answer.status, 200);
    const auto unwell = answer.json();
    EXPECT_EQ(unwell.at("status").as_string(), "degraded");
    EXPECT_EQ(unwell.at("checks").at("cluster").at("status").as_string(), "failed");
    EXPECT_TRUE(unwell.at("checks").at("cluster").at("latency_ms").is_null());
    EXPECT_EQ(world.get("/readyz").status, 200)
        << "the cluster does not decide whether requests can be served";
}

TEST(ApiService, CountsRequestsByPatternAndStatus) {
    ApiWorld world;
    world.get("/api/v1/stores/one");
    world.get("/api/v1/stores/two");
    const auto text = world.get("/metrics").body;
    EXPECT_NE(
        text.find("souk_http_requests_total{method=\"GET\",route=\"/api/v1/stores/{id}\",status=\"404\"} 2"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("souk_http_request_duration_seconds_count{route=\"/api/v1/stores/{id}\"} 2"),
              std::string::npos);
}

TEST(ApiSite, TakesAnOriginAndAPlainPathOnly) {
    EXPECT_FALSE(http::Site::make("souk.example", "/"));
    EXPECT_FALSE(http::Site::make("https://souk.example/", "/"));
    for (const char* path : {"", "souk", "/souk/", "//souk", "/a b", "/a\"b", "/../x"}) {
        EXPECT_FALSE(http::Site::make("", path)) << path;
    }
    EXPECT_TRUE(http::Site::make("", "/"));
    EXPECT_TRUE(http::Site::make("https://souk.example", "/a/b"));
}

TEST(ApiOrigins, TakesOriginsOnlyAndNeverAStar) {
    EXPECT_FALSE(http::Origins::make({"*"}));
    EXPECT_FALSE(http::Origins::make({"https://shop.example/path"}));
    EXPECT_FALSE(http::Origins::make({"shop.example"}));
    EXPECT_TRUE(http::Origins::make({"http://localhost:3000"}));
}

}  // namespace
}  // namespace souk::test
