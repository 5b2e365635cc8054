#include "adapters/sql/event_table.hpp"
#include "adapters/sql/operation_table.hpp"
#include "adapters/sql/sqlite_connection.hpp"
#include "adapters/sql/store_table.hpp"
#include "database_fixture.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace souk::test {
namespace {

std::unique_ptr<sql::SqliteDatabase> open_file(const std::string& path, sql::SqliteOptions options = {}) {
    auto database = sql::SqliteDatabase::open(path, std::move(options));
    if (!database) {
        ADD_FAILURE() << database.error().message;
        std::abort();
    }
    return std::move(*database);
}

std::unique_ptr<sql::SqliteConnection> connect(const std::string& path) {
    return sql::SqliteConnection::open({.path = path, .busy_timeout = 100ms}).value();
}

mode_t mode_of(const std::string& path) {
    struct stat info{};
    EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777U;
}

/// One whole change: a store, its job, its operation and its event.
void create_store(app::Transaction& tx, unsigned n) {
    ASSERT_TRUE(tx.stores().insert(make_store(n)));
    ASSERT_TRUE(tx.operations().insert(make_operation(n, id_of<StoreId>(n))));
    ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(n), kStoreReconcile, id_of<StoreId>(n)));
    ASSERT_TRUE(tx.events().append(make_event(id_of<StoreId>(n))));
}

TEST(SqliteDatabase, ItsFilesAreForTheOwnerOnly) {
    const ScratchFolder folder;
    const auto database = open_file(folder.file());
    auto tx = database->begin(app::Access::Write).value();
    ASSERT_TRUE(tx->stores().insert(make_store(1)));
    ASSERT_TRUE(tx->commit("test"));
    EXPECT_EQ(mode_of(folder.file()), 0600U);
    EXPECT_EQ(mode_of(folder.file() + "-wal"), 0600U);
    EXPECT_EQ(mode_of(folder.file() + "-shm"), 0600U);
}

TEST(SqliteDatabase, AFileOpenToOthersIsClosedToThem) {
    const ScratchFolder folder;
    open_file(folder.file());
    ASSERT_EQ(::chmod(folder.file().c_str(), 0644), 0);
    open_file(folder.file());
    EXPECT_EQ(mode_of(folder.file()), 0600U);
}

TEST(SqliteDatabase, CommitsAreDurableAndForeignKeysAreOn) {
    const ScratchFolder folder;
    open_file(folder.file());
    const auto connection = connect(folder.file());
    EXPECT_EQ(sql::fetch_number(*connection, "PRAGMA synchronous", {}).value(), 2) << "FULL";
    EXPECT_EQ(sql::fetch_number(*connection, "PRAGMA foreign_keys", {}).value(), 1);
    const auto mode = sql::fetch_one(*connection, "PRAGMA journal_mode", {},
                                     [](sql::Reader& row) -> Result<std::string> { return row.text(); });
    EXPECT_EQ(mode.value(), "wal");
}

TEST(SqliteDatabase, OpensAgainWithEverythingInIt) {
    const ScratchFolder folder;
    {
        const auto database = open_file(folder.file());
        const auto tx = database->begin(app::Access::Write).value();
        create_store(*tx, 1);
        ASSERT_TRUE(tx->commit("test"));
    }
    const auto database = open_file(folder.file());
    EXPECT_TRUE(database->begin(app::Access::Read).value()->stores().load(id_of<StoreId>(1)));
}

TEST(SqliteDatabase, SeveralMayOpenANewFileAtOnce) {
    for (int round = 0; round < 5; ++round) {
        const ScratchFolder folder;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&] {
                const auto database = sql::SqliteDatabase::open(folder.file());
                EXPECT_TRUE(database) << database.error().message;
            });
        }
        threads.clear();
    }
}

TEST(SqliteDatabase, AMissingFolderIsUnavailable) {
    const ScratchFolder folder;
    const auto database = sql::SqliteDatabase::open(folder.file("no/such/souk.db"));
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().code, ErrorCode::Unavailable);
}

TEST(SqliteDatabase, ADamagedFileIsNamedAsSuch) {
    const ScratchFolder folder;
    FILE* file = std::fopen(folder.file().c_str(), "w");
    ASSERT_NE(file, nullptr);
    for (int i = 0; i < 1000; ++i) {
        std::fputs("this is no database ", file);
    }
    std::fclose(file);
    const auto database = sql::SqliteDatabase::open(folder.file());
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().code, ErrorCode::Internal);
    EXPECT_EQ(database.error().reason, "DatabaseDamaged");
}

TEST(SqliteDatabase, AReaderSeesOneSnapshotBesideAWriter) {
    const ScratchFolder folder;
    const auto database = open_file(folder.file());
    const auto reader = database->begin(app::Access::Read).value();
    EXPECT_EQ(reader->stores().count_all()->living, 0);
    const auto writer = database->begin(app::Access::Write).value();
    create_store(*writer, 1);
    ASSERT_TRUE(writer->commit("test")) << "readers hold up no writer";
    EXPECT_EQ(reader->stores().count_all()->living, 0);
    EXPECT_EQ(database->begin(app::Access::Read).value()->stores().count_all()->living, 1);
}

TEST(SqliteDatabase, AWriterThatWaitsTooLongGetsATimeout) {
    for (const std::string path : {"file", ":memory:"}) {
        const ScratchFolder folder;
        sql::SqliteOptions options;
        options.wait = 20ms;
        const auto database = open_file(path == "file" ? folder.file() : path, options);
        const auto first = database->begin(app::Access::Write).value();
        const auto second = database->begin(app::Access::Write);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, ErrorCode::Timeout);
        EXPECT_EQ(second.error().reason, "DatabaseBusy");
        EXPECT_EQ(database->connections(app::Access::Write).timeouts, 1U);
    }
}

TEST(SqliteDatabase, ReadersBeyondThePoolGetATimeout) {
    const ScratchFolder folder;
    sql::SqliteOptions options;
    options.wait = 20ms;
    options.read_connections = 2;
    const auto database = open_file(folder.file(), options);
    const auto first = database->begin(app::Access::Read).value();
    auto second = database->begin(app::Access::Read).value();
    EXPECT_EQ(database->begin(app::Access::Read).error().code, ErrorCode::Timeout);
    EXPECT_EQ(database->connections(app::Access::Read).in_use, 2);
    second.reset();
    EXPECT_TRUE(database->begin(app::Access::Read)) << "a connection that was given back serves again";
}

TEST(SqliteDatabase, AnotherProcessWithTheLockIsATimeout) {
    const ScratchFolder folder;
    sql::SqliteOptions options;
    options.wait = 20ms;
    const auto database = open_file(folder.file(), options);
    const auto other = connect(folder.file());
    ASSERT_TRUE(other->begin(true));
    const auto refused = database->begin(app::Access::Write);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Timeout);
    EXPECT_EQ(refused.error().reason, "DatabaseLocked");
    other->rollback();
    EXPECT_TRUE(database->begin(app::Access::Write)) << "the writer's connection was given back";
}

TEST(SqliteDatabase, WritersAreServedInTheOrderOfAsking) {
    const ScratchFolder folder;
    const auto database = open_file(folder.file());
    std::mutex mutex;
    std::vector<int> order;
    auto first = database->begin(app::Access::Write).value();
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            const auto tx = database->begin(app::Access::Write);
            ASSERT_TRUE(tx);
            const std::scoped_lock lock(mutex);
            order.push_back(i);
        });
        while (database->connections(app::Access::Write).waiting <=
               i) {  // the ith is in the queue before the next one asks
            std::this_thread::yield();
        }
    }
    first.reset();
    threads.clear();
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
}

TEST(SqliteDatabase, TheCommitHookIsCalledAroundACommit) {
    std::vector<std::string> calls;
    sql::SqliteOptions options;
    options.commit_hook = [&](std::string_view name, sql::CommitMoment moment) {
        calls.push_back(std::string(name) + (moment == sql::CommitMoment::Before ? " before" : " after"));
    };
    const auto database = open_file(":memory:", options);
    ASSERT_GE(calls.size(), 2U);
    EXPECT_EQ(calls[0], "migration/1 before");
    EXPECT_EQ(calls[1], "migration/1 after");
    calls.clear();
    ASSERT_TRUE(database->begin(app::Access::Write).value()->commit("store.created"));
    EXPECT_EQ(calls, (std::vector<std::string>{"store.created before", "store.created after"}));
}

TEST(SqliteDatabase, AFullDiskIsUnavailableAndLeavesNothingHalf) {
    const ScratchFolder folder;
    open_file(folder.file());
    const auto connection = connect(folder.file());
    const auto pages = sql::fetch_number(*connection, "PRAGMA page_count", {}).value();
    ASSERT_TRUE(connection->run_script("PRAGMA max_page_count=" + std::to_string(pages + 1)));
    ASSERT_TRUE(connection->begin(true));
    const std::string big(200'000, 'x');
    ASSERT_TRUE(connection->execute("INSERT INTO teams (name, created) VALUES ($1, 1)", {"small"}));
    const auto full = connection->execute("INSERT INTO teams (name, created) VALUES ($1, 1)", {big});
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(full.error().reason, "DiskFull");
    EXPECT_FALSE(connection->execute("INSERT INTO teams (name, created) VALUES ($1, 1)", {"later"}))
        << "SQLite may have rolled back, and this would commit by itself";
    EXPECT_FALSE(connection->commit());
    connection->rollback();
    EXPECT_EQ(sql::fetch_number(*connection, "SELECT count(*) FROM teams", {}).value(), 1);
}

TEST(SqliteDatabase, ParametersAreNumberedNotNamed) {
    const auto connection = connect(":memory:");
    const auto value = sql::fetch_one(*connection, "SELECT $2 || $1 || $2", {"a", "b"},
                                      [](sql::Reader& row) -> Result<std::string> { return row.text(); });
    EXPECT_EQ(value.value(), "bab");
    EXPECT_FALSE(sql::fetch_number(*connection, "SELECT $3", {1, 2})) << "a value is missing";
}

TEST(SqliteDatabase, EverySortOfTheListUsesItsIndexWithoutSorting) {
    const ScratchFolder folder;
    open_file(folder.file());
    const auto connection = connect(folder.file());
    using Sort = app::StoreQuery::Sort;
    const std::vector<std::pair<Sort, std::string>> indexes = {{Sort::CreatedDesc, "by_created"},
                                                               {Sort::CreatedAsc, "by_created"},
                                                               {Sort::NameAsc, "by_name"},
                                                               {Sort::NameDesc, "by_name"},
                                                               {Sort::UpdatedDesc, "by_updated"}};
    for (const auto& [sort, index] : indexes) {
        for (const bool later_page : {false, true}) {
            for (const bool with_deleted : {false, true}) {
                app::StoreQuery query;
                query.sort = sort;
                query.engine = "medusa";
                query.search = "shop";
                query.phases =
                    with_deleted ? std::vector{Phase::Deleted, Phase::Ready} : std::vector{Phase::Ready};
                query.after_key = later_page ? "5" : "";
                query.after_id = later_page ? id_of<StoreId>(1).str() : "";
                const auto statement = sql::store_list_statement(query).value();
                std::string plan;
                ASSERT_TRUE(connection->query("EXPLAIN QUERY PLAN " + statement->sql, statement->values,
                                              [&](const sql::Row& row) {
                                                  plan += std::string(row.text(3)) + "\n";
                                                  return Result<>();
                                              }));
                const std::string wanted =
                    (with_deleted ? "USING INDEX stores_" : "USING INDEX stores_living_") + index;
                EXPECT_NE(plan.find(wanted), std::string::npos) << plan;
                EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
            }
        }
    }
}

/// Counts what is asked of a connection.
class CountingConnection final : public sql::Connection {
public:
    explicit CountingConnection(sql::Connection& inner) : inner_(inner) {}
    Result<> query(std::string_view sql, std::span<const sql::Value> values, const OnRow& on_row) override {
        ++queries;
        return inner_.query(sql, values, on_row);
    }
    Result<std::int64_t> execute(std::string_view sql, std::span<const sql::Value> values) override {
        return inner_.execute(sql, values);
    }
    Result<> run_script(const std::string& sql) override { return inner_.run_script(sql); }
    Result<> begin(bool write) override { return inner_.begin(write); }
    Result<> commit() override { return inner_.commit(); }
    void rollback() noexcept override { inner_.rollback(); }

    int queries = 0;

private:
    sql::Connection& inner_;
};

TEST(SqliteDatabase, APageOfStoresWithTheirOperationsIsOneQuery) {
    const ScratchFolder folder;
    const auto database = open_file(folder.file());
    {
        const auto tx = database->begin(app::Access::Write).value();
        for (unsigned n = 1; n <= 50; ++n) {
            create_store(*tx, n);
        }
        ASSERT_TRUE(tx->commit("test_fill"));
    }
    const auto connection = connect(folder.file());
    CountingConnection counting(*connection);
    const sql::Session session{counting, from_micros(1)};
    app::StoreQuery query;
    query.limit = 50;
    const auto listed = sql::SqlStoreTable(session).list(query);
    ASSERT_TRUE(listed) << listed.error().message;
    EXPECT_EQ(listed->size(), 50U);
    for (const app::ListedStore& row : *listed) {
        EXPECT_TRUE(row.operation);
    }
    EXPECT_EQ(counting.queries, 1);
    EXPECT_EQ(sql::SqlEventTable(session).read_before(0, {.team = "default"}, 50)->size(), 50U);
    EXPECT_EQ(counting.queries, 2) << "events bring the names of their stores along";
    EXPECT_EQ(sql::SqlOperationTable(session).list({.team = "default"}, 50, std::nullopt, "")->size(), 50U);
    EXPECT_EQ(counting.queries, 3);
}

/// Writes whole changes until it is killed. Never returns.
[[noreturn]] void write_until_killed(const std::string& path, int ready) {
    auto database = sql::SqliteDatabase::open(path);
    if (!database) {
        ::_exit(3);
    }
    for (unsigned n = 1;; ++n) {
        auto tx = (*database)->begin(app::Access::Write);
        if (!tx) {
            ::_exit(4);
        }
        create_store(**tx, n);
        if (!(*tx)->commit("test")) {
            ::_exit(5);
        }
        if (n == 5 && ::write(ready, "x", 1) != 1) {
            ::_exit(6);
        }
    }
}

TEST(SqliteDatabase, AKilledWriterLeavesWholeTransactionsOnly) {
    const ScratchFolder folder;
    open_file(folder.file());
    int ends[2] = {};
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        write_until_killed(folder.file(), ends[1]);
    }
    ::close(ends[1]);
    char byte = 0;
    EXPECT_EQ(::read(ends[0], &byte, 1), 1) << "the child failed before its fifth commit";
    ::close(ends[0]);
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));

    const auto database = open_file(folder.file());
    const auto connection = connect(folder.file());
    const auto integrity = sql::fetch_one(*connection, "PRAGMA integrity_check", {},
                                          [](sql::Reader& row) -> Result<std::string> { return row.text(); });
    EXPECT_EQ(integrity.value(), "ok");
    const auto count = [&](const std::string& table) {
        return sql::fetch_number(*connection, "SELECT count(*) FROM " + table, {}).value();
    };
    const auto stores = count("stores");
    EXPECT_GE(stores, 5) << "what was committed is there";
    EXPECT_EQ(count("operations"), stores);
    EXPECT_EQ(count("jobs"), stores);
    EXPECT_EQ(count("events"), stores);
    const auto tx = database->begin(app::Access::Write).value();
    create_store(*tx, static_cast<unsigned>(stores) + 1);
    EXPECT_TRUE(tx->commit("test")) << "and it goes on";
}

}  // namespace
}  // namespace souk::test
