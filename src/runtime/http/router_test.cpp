#include "runtime/http/router.hpp"

#include <gtest/gtest.h>

namespace souk::runtime {
namespace {

RouteHandler says(std::string text) {
    return [text = std::move(text)](const Request& request) {
        std::string out = text;
        for (const auto& [name, value] : request.params) {
            out += " " + name + "=" + value;
        }
        return Response::text(200, out);
    };
}

class RouterTable : public testing::Test {
protected:
    RouterTable() {
        for (const auto& [method, pattern] : std::vector<std::pair<std::string, std::string>>{
                 {"GET", "/"},
                 {"GET", "/api/v1/stores"},
                 {"POST", "/api/v1/stores"},
                 {"GET", "/api/v1/stores/{id}"},
                 {"DELETE", "/api/v1/stores/{id}"},
                 {"GET", "/api/v1/stores/summary"},
                 {"GET", "/api/v1/stores/{id}/events"},
                 {"POST", "/api/v1/stores/{id}/actions/{action}"},
                 {"GET", "/api/v1/stores/summary/daily"}}) {
            EXPECT_TRUE(router.add(method, pattern, says(method + " " + pattern)));
        }
    }

    Response ask(std::string method, std::string_view target) {
        request = Request{};
        request.method = std::move(method);
        auto parsed = parse_target(target);
        EXPECT_TRUE(parsed);
        request.segments = parsed->segments;
        return router.handle(request);
    }

    Router router{render_problem};
    Request request;
};

struct Case {
    std::string method, target;
    int status;
    std::string body;
};

TEST_F(RouterTable, FindsTheHandlerOfEachPath) {
    const std::vector<Case> cases{
        {"GET", "/", 200, "GET /"},
        {"GET", "/api/v1/stores", 200, "GET /api/v1/stores"},
        {"POST", "/api/v1/stores", 200, "POST /api/v1/stores"},
        {"GET", "/api/v1/stores/str_1", 200, "GET /api/v1/stores/{id} id=str_1"},
        {"HEAD", "/api/v1/stores/str_1", 200, "GET /api/v1/stores/{id} id=str_1"},
        {"GET", "/api/v1/stores/a%2Fb", 200, "GET /api/v1/stores/{id} id=a/b"},
        {"GET", "/api/v1/stores/summary", 200, "GET /api/v1/stores/summary"},
        {"GET", "/api/v1/stores/summary/events", 200, "GET /api/v1/stores/{id}/events id=summary"},
        {"POST", "/api/v1/stores/s/actions/retry", 200,
         "POST /api/v1/stores/{id}/actions/{action} action=retry id=s"},
    };
    for (const auto& row : cases) {
        const auto response = ask(row.method, row.target);
        EXPECT_EQ(response.status, row.status) << row.target;
        EXPECT_EQ(response.body, row.body) << row.target;
    }
}

TEST_F(RouterTable, TellsTheRequestItsPattern) {
    ask("GET", "/api/v1/stores/str_1/events");
    EXPECT_EQ(request.route, "/api/v1/stores/{id}/events");
    EXPECT_EQ(request.param("id"), "str_1");
    EXPECT_EQ(request.param("nothing"), "");
    ask("GET", "/nothing");
    EXPECT_EQ(request.route, "");
}

TEST_F(RouterTable, AnswersUnknownPathsWith404) {
    for (const auto* target :
         {"/api", "/api/v1/stores/", "/api/v1/stores//events", "/api/v1/stores/a/b/c", "//"}) {
        const auto response = ask("GET", target);
        EXPECT_EQ(response.status, 404) << target;
        EXPECT_EQ(response.headers.value("Content-Type"), "application/problem+json");
        EXPECT_NE(response.body.find("\"not_found\""), std::string::npos);
    }
}

TEST_F(RouterTable, AnswersUnknownMethodsWith405AndAllow) {
    const auto response = ask("PUT", "/api/v1/stores/str_1");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.headers.value("Allow"), "DELETE, GET, HEAD");
    EXPECT_EQ(request.route, "/api/v1/stores/{id}");
    EXPECT_EQ(ask("OPTIONS", "/").status, 405);
}

TEST_F(RouterTable, RefusesDuplicatesAndBadPatterns) {
    EXPECT_EQ(router.add("GET", "/api/v1/stores", says("")).error().code, ErrorCode::Conflict);
    EXPECT_EQ(router.add("PUT", "/api/v1/stores/{store}", says("")).error().code, ErrorCode::Conflict);
    for (const auto* pattern : {"", "api", "//", "/a//b", "/a/", "/a{id}", "/{}", "/{Id}", "/{id}x"}) {
        const auto added = router.add("GET", pattern, says(""));
        ASSERT_FALSE(added) << pattern;
        EXPECT_EQ(added.error().code, ErrorCode::InvalidInput) << pattern;
    }
}

TEST_F(RouterTable, ListsItsRoutesInOrder) {
    const auto routes = router.routes();
    ASSERT_EQ(routes.size(), 9U);
    EXPECT_EQ(routes.front(), (RouteName{"GET", "/"}));
    EXPECT_EQ(routes[1], (RouteName{"GET", "/api/v1/stores"}));
    EXPECT_EQ(routes[2], (RouteName{"POST", "/api/v1/stores"}));
    EXPECT_EQ(routes.back(), (RouteName{"GET", "/api/v1/stores/{id}/events"}));
}

}  // namespace
}  // namespace souk::runtime
