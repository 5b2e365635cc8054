#include "tests/integration/api_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace souk::test {
namespace {

const std::string kStores = "/api/v1/stores";

std::vector<std::string> names_of(const ApiAnswer& answer) {
    std::vector<std::string> names;
    const auto body = answer.json();
    for (const auto& store : body.at("stores").as_array()) {
        names.emplace_back(store.at("name").as_string());
    }
    return names;
}

/// "Store 00" to "Store 29".
void make_thirty(ApiWorld& world) {
    for (int i = 0; i < 30; ++i) {
        world.create("Store " + std::to_string(i / 10) + std::to_string(i % 10));
    }
}

TEST(ApiListStores, PagesThroughEverythingOnceInEachOrder) {
    ApiWorld world;
    make_thirty(world);
    for (const std::string sort : {"name", "-name", "-created"}) {
        std::vector<std::string> seen;
        std::string token;
        int pages = 0;
        do {
            const auto page = world.get(kStores + "?page_size=3&sort=" + sort + "&page_token=" + token);
            ASSERT_EQ(page.status, 200) << page.body;
            const auto names = names_of(page);
            EXPECT_EQ(names.size(), 3U);
            seen.insert(seen.end(), names.begin(), names.end());
            token = page.text("next_page_token");
            ++pages;
        } while (!token.empty() && pages < 20);
        EXPECT_EQ(pages, 10) << sort;
        EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 30U) << sort;
        if (sort != "-created") {
            EXPECT_TRUE(sort == "name" ? std::is_sorted(seen.begin(), seen.end())
                                       : std::is_sorted(seen.rbegin(), seen.rend()))
                << sort;
        } else {
            EXPECT_EQ(seen.front(), "Store 29");
        }
    }
}

TEST(ApiListStores, RefusesATokenOfAnotherListOrNobodys) {
    ApiWorld world;
    world.create("One");
    world.create("Two");
    const std::string token = world.get(kStores + "?page_size=1&sort=name").text("next_page_token");
    ASSERT_FALSE(token.empty());
    EXPECT_EQ(world.get(kStores + "?page_size=7&sort=name&page_token=" + token).status, 200)
        << "the size may change";
    std::string forged = token;
    forged[3] = forged[3] == 'A' ? 'B' : 'A';
    for (const std::string& query :
         {"sort=-name&page_token=" + token, "sort=name&engine=tiny&page_token=" + token,
          "sort=name&page_token=" + forged, "sort=name&page_token=" + token + "A",
          std::string("sort=name&page_token=x"), "sort=name&phase=Ready&page_token=" + token}) {
        const auto answer = world.get(kStores + "?" + query);
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_EQ(answer.code(), "page_token_invalid") << query;
    }
    EXPECT_EQ(world.get("/api/v1/operations?page_token=" + token).status, 400);
}

TEST(ApiListStores, FiltersByPhaseEnginePlanAndText) {
    ApiWorld world;
    const auto ready = world.create("Green Tea");
    world.create("Black Tea");
    const auto failed = world.create("Coffee");
    for (const Phase phase : {Phase::Provisioning, Phase::Ready}) {
        world.change(ready, [&](Store& store) { store.phase = phase; });
    }
    world.change(failed, [](Store& store) { store.phase = Phase::Failed; });
    const auto count = [&](const std::string& query) {
        return names_of(world.get(kStores + "?" + query)).size();
    };
    EXPECT_EQ(count(""), 3U);
    EXPECT_EQ(count("phase=Ready"), 1U);
    EXPECT_EQ(count("phase=Ready&phase=Failed"), 2U);
    EXPECT_EQ(count("search=tEA"), 2U);
    EXPECT_EQ(count("search=%25"), 0U) << "a wildcard is only a character";
    EXPECT_EQ(count("engine=tiny&plan=starter"), 3U);
    EXPECT_EQ(count("engine=other"), 0U);
    EXPECT_EQ(count("plan=large"), 0U);
}

TEST(ApiListStores, RefusesWhatItDoesNotUnderstand) {
    ApiWorld world;
    for (const std::string query : {"page_size=0", "page_size=-1", "page_size=ten", "page_size=",
                                    "phase=ready", "sort=size", "filter=all", "search=a&search=b"}) {
        const auto answer = world.get(kStores + "?" + query);
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_EQ(answer.code(), "invalid_parameter") << query;
        EXPECT_EQ(answer.pointers(), query.substr(0, query.find('='))) << query;
    }
    EXPECT_EQ(world.get(kStores + "?page_size=99999999999999999999").status, 200)
        << "larger is taken as the largest";
}

TEST(ApiListOperations, FiltersAndPagesNewestFirst) {
    ApiWorld world;
    const auto first = world.create("One");
    world.create("Two");
    world.create("Three");
    const auto page = world.get("/api/v1/operations?page_size=2&state=running");
    ASSERT_EQ(page.status, 200) << page.body;
    const auto operations = page.json().at("operations").as_array();
    ASSERT_EQ(operations.size(), 2U);
    const auto rest =
        world.get("/api/v1/operations?page_size=2&state=running&page_token=" + page.text("next_page_token"));
    ASSERT_EQ(rest.json().at("operations").as_array().size(), 1U) << rest.body;
    EXPECT_EQ(rest.json().at("operations").at(0).at("store_id").as_string(), first);
    EXPECT_EQ(rest.text("next_page_token"), "");
    EXPECT_EQ(world.get("/api/v1/operations?store=one").json().at("operations").as_array().size(), 1U);
    EXPECT_EQ(world.get("/api/v1/operations?store=nobody").status, 404);
    EXPECT_EQ(world.get("/api/v1/operations?state=busy").status, 400);
    EXPECT_TRUE(world.get("/api/v1/operations?state=failed").json().at("operations").as_array().empty());
    EXPECT_EQ(world.get("/api/v1/operations?kind=store.create").json().at("operations").as_array().size(),
              3U);
    EXPECT_TRUE(world.get("/api/v1/operations?kind=store.delete").json().at("operations").as_array().empty());
    EXPECT_EQ(world.get("/api/v1/operations?kind=store.paint").pointers(), "kind");
    EXPECT_EQ(world
                  .get("/api/v1/operations?page_size=2&kind=store.create&state=running&page_token=" +
                       page.text("next_page_token"))
                  .code(),
              "page_token_invalid")
        << "a token of another list";
}

TEST(ApiListEvents, PagesNewestFirst) {
    ApiWorld world;
    const auto id = world.create("One");
    world.create("Two");
    world.add_events(id, 10);
    std::vector<std::int64_t> numbers;
    std::string token;
    do {
        const auto page = world.get("/api/v1/stores/" + id + "/events?page_size=4&page_token=" + token);
        ASSERT_EQ(page.status, 200) << page.body;
        const auto body = page.json();
        for (const auto& event : body.at("events").as_array()) {
            EXPECT_EQ(event.at("store_id").as_string(), id);
            numbers.push_back(event.at("number").as_int64());
        }
        token = page.text("next_page_token");
    } while (!token.empty() && numbers.size() < 50);
    EXPECT_EQ(numbers.size(), 11U);
    EXPECT_TRUE(std::is_sorted(numbers.rbegin(), numbers.rend()));
    EXPECT_EQ(world.get("/api/v1/events?type=store.requested").json().at("events").as_array().size(), 2U);
    EXPECT_EQ(world.get("/api/v1/events?after=3").status, 400) << "pages have no after";
}

TEST(ApiListEvents, APageThatIsKnownIsNotSentAgain) {
    ApiWorld world;
    const auto id = world.create("One");
    const std::string etag = world.get("/api/v1/events?page_size=1").header("ETag");
    const auto again = [&] {
        return world.raw("GET", "/api/v1/events?page_size=1", {},
                         "Authorization: Bearer " + world.token + "\r\nIf-None-Match: " + etag + "\r\n");
    };
    const auto known = again();
    EXPECT_EQ(known.status, 304);
    EXPECT_EQ(known.body, "");
    EXPECT_EQ(known.header("ETag"), etag);
    world.add_events(id, 1);
    EXPECT_EQ(again().status, 200) << "another is the newest now";
}

TEST(ApiListEvents, IsFilteredByStoreTypeAndTimeInBothOrders) {
    ApiWorld world;
    const auto one = world.create("One");
    world.create("Two");
    world.add_events(one, 3);
    const auto count = [&](const std::string& query) {
        const auto answer = world.get("/api/v1/events?" + query);
        EXPECT_EQ(answer.status, 200) << query << ": " << answer.body;
        return answer.status == 200 ? answer.json().at("events").as_array().size() : 0;
    };
    EXPECT_EQ(count("store=one"), 4U);
    EXPECT_EQ(count("store=" + one + "&type=store.requested"), 1U);
    EXPECT_EQ(count("type=store.requested&type=store.step"), 5U);
    EXPECT_EQ(count("since=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z"), 5U);
    EXPECT_EQ(count("since=2100-01-01T00:00:00Z"), 0U);
    EXPECT_EQ(count("until=2000-01-01T00:00:00Z"), 0U);
    std::vector<std::int64_t> numbers;
    std::string token;
    do {
        const auto page = world.get("/api/v1/events?order=asc&page_size=2&page_token=" + token);
        ASSERT_EQ(page.status, 200) << page.body;
        const auto body = page.json();
        for (const auto& event : body.at("events").as_array()) {
            numbers.push_back(event.at("number").as_int64());
        }
        token = page.text("next_page_token");
    } while (!token.empty() && numbers.size() < 50);
    EXPECT_EQ(numbers.size(), 5U);
    EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
    EXPECT_EQ(world.get("/api/v1/events?order=up&since=yesterday&until=1").pointers(), "order since until");
    EXPECT_EQ(world.get("/api/v1/events?store=nobody").code(), "store_not_found");
    EXPECT_EQ(world.get("/api/v1/stores/one/events?store=two").pointers(), "store");
    const auto page = world.get("/api/v1/events?page_size=1&type=store.step");
    EXPECT_EQ(world.get("/api/v1/events?page_size=1&page_token=" + page.text("next_page_token")).code(),
              "page_token_invalid")
        << "a token of another list";
}

}  // namespace
}  // namespace souk::test
