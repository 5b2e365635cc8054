#include "adapters/http/page.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace souk::http {
namespace {

constexpr std::array kFiles{
    PageFile{"assets/index-B2x9.js", "text/javascript; charset=utf-8", "0123", "plain script", "br", "gzip!"},
    PageFile{"assets/inter-C3y8.woff2", "font/woff2", "4567", "font", "", ""},
    PageFile{"favicon.svg", "image/svg+xml", "89ab", "<svg/>", "", ""},
    PageFile{
        "index.html", "text/html; charset=utf-8", "cdef",
        R"(<meta content="__SOUK_NONCE__"><link href="./favicon.svg"><script src="./assets/index-B2x9.js">)",
        "", ""},
};

class PageTest : public ::testing::Test {
protected:
    runtime::Response answer(const std::string& path, const runtime::Headers& headers = {}) {
        auto response = find(path, headers);
        EXPECT_TRUE(response) << path;
        return response ? std::move(*response) : runtime::Response{};
    }
    Result<runtime::Response> find(const std::string& path, const runtime::Headers& headers = {}) {
        runtime::Request request;
        request.method = "GET";
        request.path = path;
        for (auto rest = std::string_view(path).substr(1); !rest.empty();) {
            const auto end = rest.find('/');
            request.segments.emplace_back(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        request.headers = headers;
        return page_.answer(request);
    }

    int nonces_ = 0;
    Page page_{kFiles, "/", [this] { return "nonce-" + std::to_string(++nonces_); }};
};

TEST_F(PageTest, EveryPathThatBelongsToNothingElseIsThePage) {
    for (const char* path : {"/", "/index.html", "/stores/str_1", "/stores/a/b/c", "/logo.png", "/apis",
                             "/..", "/x/../../etc/passwd", "/assets"}) {
        const auto page = answer(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_EQ(page.headers.value("Content-Type"), "text/html; charset=utf-8") << path;
        EXPECT_NE(page.body.find("<script"), std::string::npos) << path;
    }
}

TEST_F(PageTest, WhatBelongsToTheApiOrIsAMissingFileIsNotThePage) {
    for (const char* path :
         {"/api", "/api/v2/stores", "/docs/x", "/openapi.yaml/x", "/metrics/x", "/livez/x", "/readyz/",
          "/health/x", "/assets/index-gone.js", "/assets/", "/assets/../index.html",
          "/assets/%2e%2e/favicon.svg", "/assets/index-B2x9.js/"}) {
        const auto missing = find(path);
        ASSERT_FALSE(missing) << path;
        EXPECT_EQ(missing.error().code, ErrorCode::NotFound) << path;
    }
}

TEST_F(PageTest, ThePageHasAnotherNonceInEachAnswerAndItsPolicyNamesIt) {
    const auto first = answer("/");
    const auto second = answer("/");
    EXPECT_NE(first.body.find("content=\"nonce-1\""), std::string::npos) << first.body;
    EXPECT_NE(second.body.find("content=\"nonce-2\""), std::string::npos) << second.body;
    const auto policy = second.headers.value("Content-Security-Policy");
    EXPECT_NE(policy.find("style-src 'self' 'nonce-nonce-2';"), std::string_view::npos) << policy;
    EXPECT_NE(policy.find("script-src 'self';"), std::string_view::npos) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string_view::npos) << policy;
    EXPECT_EQ(first.headers.value("Cache-Control"), "no-cache");
}

TEST_F(PageTest, ThePageThatABrowserHasIsNotSentAgainAndKeepsItsPolicy) {
    const std::string etag(answer("/").headers.value("ETag"));
    EXPECT_EQ(etag, answer("/stores").headers.value("ETag"));
    const auto same = answer("/stores", {{"If-None-Match", etag}});
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(same.headers.value("ETag"), etag);
    EXPECT_EQ(same.headers.value("Cache-Control"), "no-cache");
    EXPECT_FALSE(same.headers.contains("Content-Security-Policy"))
        << "a new nonce would not fit the page that it has";
    EXPECT_EQ(answer("/", {{"If-None-Match", "W/\"other\""}}).status, 200);
}

TEST_F(PageTest, BelowABasePathTheAddressesOfThePageBeginWithIt) {
    const Page page(kFiles, "/tools/souk", [] { return std::string("n"); });
    runtime::Request request;
    request.path = "/";
    const auto body = page.answer(request)->body;
    EXPECT_NE(body.find("href=\"/tools/souk/favicon.svg\""), std::string::npos) << body;
    EXPECT_NE(body.find("src=\"/tools/souk/assets/index-B2x9.js\""), std::string::npos) << body;
    EXPECT_NE(answer("/x/y").body.find("href=\"/favicon.svg\""), std::string::npos);
}

TEST_F(PageTest, AFileWithAHashInItsNameIsKeptForEver) {
    const auto file = answer("/assets/index-B2x9.js");
    EXPECT_EQ(file.headers.value("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(file.headers.value("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(answer("/favicon.svg").headers.value("Cache-Control"), "no-cache");
}

TEST_F(PageTest, AFileComesInTheBestEncodingThatTheBrowserTakes) {
    struct Case {
        std::string accepted;
        std::string encoding;
        std::string body;
    };
    for (const Case& wish : std::vector<Case>{{"gzip, deflate, br", "br", "br"},
                                              {"gzip", "gzip", "gzip!"},
                                              {"br;q=0, gzip", "gzip", "gzip!"},
                                              {"deflate", "", "plain script"},
                                              {"", "", "plain script"}}) {
        const auto file = answer("/assets/index-B2x9.js", {{"Accept-Encoding", wish.accepted}});
        EXPECT_EQ(file.headers.value("Content-Encoding"), wish.encoding) << wish.accepted;
        EXPECT_EQ(file.body, wish.body) << wish.accepted;
        EXPECT_EQ(file.headers.value("Vary"), "Accept-Encoding") << wish.accepted;
    }
    const auto font = answer("/assets/inter-C3y8.woff2", {{"Accept-Encoding", "br"}});
    EXPECT_EQ(font.body, "font") << "it is compressed already";
    EXPECT_FALSE(font.headers.contains("Content-Encoding"));
}

TEST_F(PageTest, AFileThatABrowserHasIsNotSentAgain) {
    const auto file = answer("/favicon.svg");
    EXPECT_EQ(file.headers.value("ETag"), "W/\"89ab\"");
    const auto same = answer("/favicon.svg", {{"If-None-Match", "W/\"89ab\""}, {"Accept-Encoding", "br"}});
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(same.headers.value("ETag"), "W/\"89ab\"");
    EXPECT_FALSE(same.headers.contains("Content-Encoding"));
}

}  // namespace
}  // namespace souk::http
