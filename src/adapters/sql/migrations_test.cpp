#include "adapters/sql/migrations.hpp"

#include "adapters/sql/sqlite_connection.hpp"

#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>

namespace souk::sql {
namespace {

std::unique_ptr<SqliteConnection> memory() { return SqliteConnection::open({.path = ":memory:"}).value(); }

constexpr MigrationFile kFirst{"0001_first.sql",
                               "CREATE TABLE a (n BIGINT NOT NULL, b BYTEA)/*sqlite STRICT*/;"};
constexpr MigrationFile kSecond{"0002_second.sqlite.sql",
                                "ALTER TABLE a ADD COLUMN c TEXT; UPDATE a SET c = 'old';"};
constexpr MigrationFile kBroken{"0002_broken.sql",
                                "CREATE TABLE half (n BIGINT); CREATE TABLE a (n BIGINT);"};

std::vector<Migration> made(std::initializer_list<MigrationFile> files) {
    const std::vector<MigrationFile> list(files);
    return sqlite_migrations(list).value();
}

TEST(Migrations, TheEmbeddedOnesMakeAnEmptyDatabaseOnce) {
    const auto connection = memory();
    const auto all = sqlite_migrations(embedded_migrations()).value();
    ASSERT_GE(all.size(), 6U);
    EXPECT_EQ(migrate(*connection, all, from_micros(1)).value(), static_cast<int>(all.size()));
    EXPECT_EQ(migrate(*connection, all, from_micros(2)).value(), 0);
    EXPECT_EQ(fetch_number(*connection, "SELECT count(*) FROM teams WHERE name = 'default'", {}).value(), 1);
    EXPECT_EQ(fetch_number(*connection,
                           "SELECT count(*) FROM users WHERE name = 'default' AND team = 'default'", {})
                  .value(),
              1);
    EXPECT_EQ(fetch_number(*connection,
                           "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                           "AND strict = 0 AND name NOT LIKE 'sqlite_%'",
                           {})
                  .value(),
              0)
        << "every table is STRICT";
}

TEST(Migrations, RowsStayWhenTheNextOneIsApplied) {
    const auto connection = memory();
    ASSERT_EQ(migrate(*connection, made({kFirst}), {}).value(), 1);
    ASSERT_TRUE(connection->execute("INSERT INTO a (n) VALUES ($1)", {7}));
    EXPECT_EQ(migrate(*connection, made({kFirst, kSecond}), {}).value(), 1);
    EXPECT_EQ(fetch_number(*connection, "SELECT n FROM a WHERE c = 'old'", {}).value(), 7);
}

TEST(Migrations, StoresFromBeforeKeepTheirNameAndTheirPlaceInLine) {
    const auto connection = memory();
    const auto all = sqlite_migrations(embedded_migrations()).value();
    const std::vector<Migration> before(all.begin(), all.begin() + 7);
    ASSERT_TRUE(migrate(*connection, before, {}));
    constexpr std::string_view insert =
        "INSERT INTO stores (id, cluster, team, name, slug, namespace, search_text, engine, engine_version, "
        "pack_digest, plan, phase, deletion_wanted, cancel_wanted, generation, version, created, updated, "
        "hosts, conditions, steps) VALUES ($1, '', '', $1, $1, '', '', '', '', '', '', $2, 0, 0, 1, 1, 5, 6, "
        "'', '', '')";
    ASSERT_TRUE(connection->execute(insert, {"waits", "Requested"}));
    ASSERT_TRUE(connection->execute(insert, {"runs", "Ready"}));
    ASSERT_TRUE(migrate(*connection, all, {}));
    EXPECT_EQ(fetch_number(*connection, "SELECT count(*) FROM stores WHERE created_name = name", {}).value(),
              2);
    EXPECT_EQ(fetch_number(*connection, "SELECT waiting_since FROM stores WHERE id = 'waits'", {}).value(),
              5);
    EXPECT_EQ(
        fetch_number(*connection, "SELECT count(*) FROM stores WHERE waiting_since IS NULL", {}).value(), 1);
}

TEST(Migrations, OperationsStayWhenTheirTableTakesMoreKinds) {
    const auto connection = memory();
    const auto all = sqlite_migrations(embedded_migrations()).value();
    const std::vector<Migration> before(all.begin(), all.begin() + 8);
    ASSERT_TRUE(migrate(*connection, before, {}));
    ASSERT_TRUE(connection->execute(
        "INSERT INTO stores (id, cluster, team, name, slug, namespace, search_text, engine, engine_version, "
        "pack_digest, plan, phase, deletion_wanted, cancel_wanted, generation, version, created, updated, "
        "hosts, conditions, steps) VALUES ('s', '', '', 's', 's', '', '', '', '', '', '', 'Ready', 0, 0, 1, "
        "1, "
        "5, 6, '', '', '')",
        {}));
    constexpr std::string_view insert =
        "INSERT INTO operations (id, kind, store_id, team, state, requested_by, created, updated, steps) "
        "VALUES ($1, $2, 's', '', 'running', '', 1, 2, '[]')";
    ASSERT_FALSE(connection->execute(insert, {"new", "store.suspend"}));
    ASSERT_TRUE(connection->execute(insert, {"old", "store.create"}));
    ASSERT_TRUE(migrate(*connection, all, {}));
    EXPECT_EQ(fetch_number(*connection, "SELECT updated FROM operations WHERE id = 'old'", {}).value(), 2);
    EXPECT_FALSE(connection->execute(insert, {"second", "store.suspend"})) << "one runs at a time";
    ASSERT_TRUE(connection->execute("UPDATE operations SET state = 'succeeded', ended = 3", {}));
    EXPECT_TRUE(connection->execute(insert, {"new", "store.suspend"}));
}

constexpr std::string_view kColumns =
    "SELECT a.name AS in_table, c.name AS name, c.\"notnull\" AS must, c.dflt_value AS given "
    "FROM pragma_table_list AS a JOIN pragma_table_info(a.name) AS c "
    "WHERE a.schema = 'main' AND a.name NOT LIKE 'sqlite_%'";

/// Columns that `later` has lost or that its tables want from programs which do not know them.
std::int64_t unfit_for_the_program_before(std::span<const Migration> later) {
    const auto connection = memory();
    EXPECT_TRUE(migrate(*connection, later.first(later.size() - 1), {}));
    EXPECT_TRUE(connection->execute("CREATE TEMP TABLE before AS " + std::string(kColumns), {}));
    EXPECT_TRUE(migrate(*connection, later, {}));
    const std::string now = "WITH now AS (" + std::string(kColumns) + ") ";
    const auto gone = fetch_number(*connection,
                                   now +
                                       "SELECT count(*) FROM before LEFT JOIN now USING (in_table, name) "
                                       "WHERE now.name IS NULL",
                                   {});
    const auto wanted = fetch_number(
        *connection,
        now +
            "SELECT count(*) FROM now LEFT JOIN before USING (in_table, name) WHERE before.name IS NULL "
            "AND now.must AND now.given IS NULL AND in_table IN (SELECT in_table FROM before)",
        {});
    EXPECT_TRUE(gone && wanted);
    return gone.value_or(1) + wanted.value_or(1);
}

TEST(Migrations, TheProgramBeforeCanGoOnBesideEachNewOne) {
    const auto all = sqlite_migrations(embedded_migrations()).value();
    for (std::size_t count = 2; count <= all.size(); ++count) {
        EXPECT_EQ(unfit_for_the_program_before(std::span(all).first(count)), 0) << all[count - 1].name;
    }
    constexpr MigrationFile kLost{"0002_lost.sql", "ALTER TABLE a DROP COLUMN b;"};
    constexpr MigrationFile kWants{
        "0002_wants.sql", "DROP TABLE a; CREATE TABLE a (n BIGINT NOT NULL, b BYTEA, c TEXT NOT NULL);"};
    EXPECT_EQ(unfit_for_the_program_before(made({kFirst, kSecond})), 0);
    EXPECT_EQ(unfit_for_the_program_before(made({kFirst, kLost})), 1);
    EXPECT_EQ(unfit_for_the_program_before(made({kFirst, kWants})), 1);
}

TEST(Migrations, AFailedOneLeavesNothing) {
    const auto connection = memory();
    const auto failed = migrate(*connection, made({kFirst, kBroken}), {});
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message.find("migration 2 broken"), std::string::npos) << failed.error().message;
    EXPECT_EQ(fetch_number(*connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'", {}).value(),
              0);
    EXPECT_EQ(fetch_number(*connection, "SELECT max(number) FROM schema_migrations", {}).value(), 1);
}

TEST(Migrations, AChangedTextIsRefused) {
    const auto connection = memory();
    ASSERT_TRUE(migrate(*connection, made({kFirst}), {}));
    MigrationFile changed = kFirst;
    changed.text = "CREATE TABLE b (n BIGINT);";
    const auto refused = migrate(*connection, made({changed, kSecond}), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "MigrationChanged");
    EXPECT_EQ(fetch_number(*connection, "SELECT count(*) FROM schema_migrations", {}).value(), 1);
}

TEST(Migrations, ANewerDatabaseIsRefused) {
    const auto connection = memory();
    ASSERT_TRUE(migrate(*connection, made({kFirst, kSecond}), {}));
    const auto refused = migrate(*connection, made({kFirst}), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "DatabaseNewer");
}

TEST(Migrations, NamesAndNumbersAreChecked) {
    const std::array gap = {kFirst, MigrationFile{"0003_third.sql", ""}};
    EXPECT_FALSE(sqlite_migrations(gap));
    const std::array unnamed = {MigrationFile{"first.sql", ""}};
    EXPECT_FALSE(sqlite_migrations(unnamed));
    const std::array other = {MigrationFile{"0001_first.postgres.sql", "x"}, kFirst};
    EXPECT_EQ(sqlite_migrations(other).value().size(), 1U) << "the other database's text is left out";
}

TEST(Migrations, TheDialectIsTranslated) {
    EXPECT_EQ(in_sqlite_dialect("a BIGINT, b BYTEA)/*sqlite STRICT*/; /* kept */"),
              "a INTEGER, b BLOB) STRICT; /* kept */");
}

}  // namespace
}  // namespace souk::sql
