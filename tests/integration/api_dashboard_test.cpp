#include "tests/integration/api_world.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::test {
namespace {

constexpr const char* kNobody = "";

/// The text between two others, from `at` on.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const auto at = text.find(before);
    if (at == std::string::npos) {
        return {};
    }
    const auto begin = at + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

TEST(ApiDashboard, TheBuiltPageIsServedWithoutAToken) {
    ApiWorld world;
    for (const char* path : {"/", "/stores/green-tea", "/login"}) {
        const auto page = world.raw("GET", path, {}, kNobody);
        ASSERT_EQ(page.status, 200) << path;
        const std::string nonce = between(page.body, R"(name="csp-nonce" content=")", "\"");
        ASSERT_GE(nonce.size(), 22U) << page.body;
        EXPECT_EQ(page.header("Content-Security-Policy"),
                  "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
                      "'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri "
                      "'none'; form-action 'self'; frame-ancestors 'none'");
        EXPECT_EQ(page.header("Cache-Control"), "no-cache");
        EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(page.header("X-Frame-Options"), "DENY");
        EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
        EXPECT_EQ(page.header("Cross-Origin-Opener-Policy"), "same-origin");
        EXPECT_EQ(page.body.find("<style"), page.body.find("<style nonce=\"" + nonce + "\""))
            << "a style of its own";
        EXPECT_EQ(page.body.find("<script>"), std::string::npos) << "a script in the page would not run";
        const auto again = world.raw("GET", path, {}, "If-None-Match: " + page.header("ETag") + "\r\n");
        EXPECT_EQ(again.status, 304);
        EXPECT_EQ(again.header("Content-Security-Policy"), "");
    }
}

TEST(ApiDashboard, ItsFilesAreKeptForEverAndComeCompressed) {
    ApiWorld world;
    const std::string page = world.raw("GET", "/", {}, kNobody).body;
    for (const auto& [path, type] :
         {std::pair{between(page, "src=\"/assets/", "\""), "text/javascript; charset=utf-8"},
          {between(page, "href=\"/assets/", ".css\"") + ".css", "text/css; charset=utf-8"}}) {
        const auto plain = world.raw("GET", "/assets/" + path, {}, kNobody);
        ASSERT_EQ(plain.status, 200) << path << page;
        EXPECT_EQ(plain.header("Content-Type"), type);
        EXPECT_EQ(plain.header("Cache-Control"), "public, max-age=31536000, immutable");
        EXPECT_EQ(plain.header("Content-Encoding"), "");
        const auto brotli = world.raw("GET", "/assets/" + path, {}, "Accept-Encoding: gzip, br\r\n");
        EXPECT_EQ(brotli.header("Content-Encoding"), "br");
        const auto gzip = world.raw("GET", "/assets/" + path, {}, "Accept-Encoding: gzip\r\n");
        EXPECT_EQ(gzip.header("Content-Encoding"), "gzip");
        EXPECT_EQ(gzip.body.substr(0, 2), "\x1f\x8b");
        EXPECT_LT(brotli.body.size(), gzip.body.size());
        EXPECT_LT(gzip.body.size(), plain.body.size() / 2);
    }
}

TEST(ApiDashboard, AProgramNeverGetsThePageForAnAnswer) {
    ApiWorld world;
    for (const char* path : {"/api/v2/stores", "/api", "/assets/gone.js", "/docs/x"}) {
        const auto missing = world.raw("GET", path, {}, kNobody);
        EXPECT_EQ(missing.status, 404) << path;
        EXPECT_EQ(missing.code(), "not_found") << path;
    }
    EXPECT_EQ(world.raw("POST", "/stores/x", "{}", kNobody).status, 404);
    EXPECT_EQ(world.raw("DELETE", "/", {}, kNobody).status, 404);
    EXPECT_EQ(world.raw("HEAD", "/anything", {}, kNobody).status, 200);
}

TEST(ApiDashboard, NoPathLeadsOutOfTheBuiltFiles) {
    ApiWorld world;
    for (const char* path :
         {"/assets/../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/../etc/passwd",
          "/%2e%2e%2fetc%2fpasswd", "/assets/..%2f..%2fetc/passwd", "//etc/passwd"}) {
        const auto answer = world.raw("GET", path, {}, kNobody);
        EXPECT_EQ(answer.body.find("root:"), std::string::npos) << path;
        EXPECT_TRUE(answer.status >= 400 || answer.body.find("csp-nonce") != std::string::npos) << path;
    }
}

TEST(ApiDashboard, TellsItsSettingsToEverybody) {
    ApiWorld world([](http::ApiSettings& settings) {
        settings.title = "Our shops";
        settings.base_path = "/tools/souk";
        settings.poll = std::chrono::seconds(7);
    });
    const auto answer = world.raw("GET", "/api/v1/dashboard", {}, kNobody);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body,
              R"({"title":"Our shops","base_path":"/tools/souk","poll_seconds":7,"version":"1.2.3"})");
    EXPECT_NE(world.raw("GET", "/", {}, kNobody).body.find("src=\"/tools/souk/assets/"), std::string::npos);
}

}  // namespace
}  // namespace souk::test
