#include "adapters/sql/sqlite_database.hpp"
#include "app/retention/remove_old.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace souk::test {
namespace {

TEST(RemoveOld, RemovesKeysAfterADayAndKeepsYoungOnes) {
    std::chrono::microseconds offset{0};
    sql::SqliteOptions options;
    options.clock_offset = [&offset] { return offset; };
    const auto database = sql::SqliteDatabase::open(":memory:", options);
    ASSERT_TRUE(database) << database.error().message;
    const auto keep = [&](const char* key) {
        const auto tx = (*database)->begin(app::Access::Write);
        ASSERT_TRUE(tx);
        ASSERT_TRUE((*tx)->idempotency().insert("scope", key, {"print", 202, "{}", "/here", ""}));
        ASSERT_TRUE((*tx)->commit("test_key"));
    };
    const app::RemoveOld remove_old(**database, {});
    keep("old");
    offset += std::chrono::hours(23);
    keep("young");
    EXPECT_EQ(remove_old()->idempotency_keys, 0);
    offset += std::chrono::hours(2);
    const auto removed = remove_old();
    ASSERT_TRUE(removed) << removed.error().message;
    EXPECT_EQ(removed->idempotency_keys, 1);
    EXPECT_EQ(remove_old()->idempotency_keys, 0) << "safe to repeat";
    const auto tx = (*database)->begin(app::Access::Read);
    EXPECT_TRUE((*tx)->idempotency().find("scope", "young")->has_value());
}

TEST(RemoveOld, GoesOnBatchByBatchUntilNothingIsLeft) {
    std::chrono::microseconds offset{0};
    sql::SqliteOptions options;
    options.clock_offset = [&offset] { return offset; };
    int commits = 0;
    options.commit_hook = [&](std::string_view name, sql::CommitMoment moment) {
        commits += name == "remove_old" && moment == sql::CommitMoment::After ? 1 : 0;
    };
    const auto database = sql::SqliteDatabase::open(":memory:", options);
    ASSERT_TRUE(database) << database.error().message;
    for (int i = 0; i < 7; ++i) {
        const auto tx = (*database)->begin(app::Access::Write);
        ASSERT_TRUE(
            (*tx)->idempotency().insert("scope", std::to_string(i), {"print", 202, "{}", "/here", ""}));
        ASSERT_TRUE((*tx)->commit("test_key"));
    }
    offset += std::chrono::hours(25);
    const auto removed = app::RemoveOld(**database, {.batch = 3})();
    ASSERT_TRUE(removed) << removed.error().message;
    EXPECT_EQ(removed->idempotency_keys, 7);
    EXPECT_EQ(commits, 3) << "a long removal must not hold up every writer";
}

}  // namespace
}  // namespace souk::test
