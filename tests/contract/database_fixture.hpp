#pragma once

#include "adapters/sql/sqlite_database.hpp"
#include "app/ports/database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace souk::test {

using namespace std::chrono_literals;

/// A folder that goes with the test.
class ScratchFolder {
public:
    ScratchFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "souk-database-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~ScratchFolder() {
        std::error_code ignored;  // a leftover folder fails no test
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    std::string file(const std::string& name = "souk.db") const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

/// A database under test. Each implementation has one of these; `advance` moves its clock.
class DatabaseUnderTest {
public:
    virtual ~DatabaseUnderTest() = default;
    virtual app::Database& database() = 0;
    virtual void advance(std::chrono::milliseconds time) = 0;
};

class SqliteFileUnderTest final : public DatabaseUnderTest {
public:
    explicit SqliteFileUnderTest(bool in_memory) {
        sql::SqliteOptions options;
        options.wait = 2s;
        options.clock_offset = [this] { return std::chrono::microseconds(offset_.load()); };
        auto opened = sql::SqliteDatabase::open(in_memory ? ":memory:" : folder_.file(), options);
        if (!opened) {
            ADD_FAILURE() << opened.error().message;
            std::abort();
        }
        database_ = std::move(*opened);
    }
    app::Database& database() override { return *database_; }
    void advance(std::chrono::milliseconds time) override {
        offset_ += std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    }

private:
    ScratchFolder folder_;
    std::atomic<std::int64_t> offset_{0};
    std::unique_ptr<sql::SqliteDatabase> database_;
};

inline std::array<std::uint8_t, 16> bytes_of(unsigned n) {
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < 4; ++i) {
        bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    }
    return bytes;
}

template <class T>
T id_of(unsigned n) {
    return T::from_bytes(bytes_of(n));
}

/// The nth store; times and names differ with n.
inline Store make_store(unsigned n, const std::string& name = {}, const std::string& team = "default") {
    const StoreName parsed = StoreName::parse(name.empty() ? "Shop " + std::to_string(n) : name).value();
    const Slug slug = Slug::parse("shop-" + std::to_string(n)).value();
    const StoreId id = id_of<StoreId>(n);
    Store store{.id = id,
                .team = team,
                .name = parsed,
                .created_name = parsed,
                .slug = slug,
                .ns = NamespaceName::for_store(slug, id),
                .engine = "woocommerce",
                .engine_version = "1.0.0",
                .pack_digest = "sha256:00",
                .plan = "starter"};
    store.hosts = {slug.str() + ".localhost"};
    store.created = from_micros(1'000'000 + static_cast<std::int64_t>(n));
    store.updated = store.created;
    return store;
}

inline Operation make_operation(unsigned n, const StoreId& store) {
    Operation operation{.id = id_of<OperationId>(n), .store_id = store, .requested_by = "ann"};
    operation.steps = pending_steps(kCreateSteps);
    operation.created = from_micros(static_cast<std::int64_t>(n));
    operation.updated = operation.created;
    return operation;
}

inline Event make_event(const StoreId& store, const std::string& type = "store.phase") {
    return {.store_id = store,
            .type = type,
            .phase = "Requested",
            .step = "",
            .state = "",
            .reason = "",
            .message = "a message",
            .operation = "",
            .time = from_micros(77)};
}

/// Runs every test on every implementation.
class DatabaseContract : public testing::TestWithParam<std::string> {
protected:
    DatabaseContract() : subject_(std::make_unique<SqliteFileUnderTest>(GetParam() == "SqliteMemory")) {}

    app::Database& database() { return subject_->database(); }
    void advance(std::chrono::milliseconds time) { subject_->advance(time); }
    std::unique_ptr<app::Transaction> begin(app::Access access) {
        auto transaction = database().begin(access);
        if (!transaction) {
            ADD_FAILURE() << transaction.error().message;
            std::abort();
        }
        return std::move(*transaction);
    }
    std::unique_ptr<app::Transaction> read() { return begin(app::Access::Read); }
    std::unique_ptr<app::Transaction> write() { return begin(app::Access::Write); }

    /// One committed write: `change(transaction)` with whatever checks it makes.
    template <class F>
    void committed(F change) {
        const auto transaction = write();
        change(*transaction);
        const auto done = transaction->commit("test");
        ASSERT_TRUE(done) << done.error().message;
    }
    void add_store(const Store& store) {
        committed([&](app::Transaction& tx) {
            const auto inserted = tx.stores().insert(store);
            ASSERT_TRUE(inserted) << inserted.error().message;
        });
    }
    /// A store with its reconcile job, both numbered n.
    void add_store_with_job(unsigned n) {
        add_store(make_store(n));
        committed([&](app::Transaction& tx) {
            const auto queued = tx.jobs().enqueue(id_of<JobId>(n), kStoreReconcile, id_of<StoreId>(n));
            ASSERT_TRUE(queued) << queued.error().message;
        });
    }
    std::optional<Job> claim(std::chrono::milliseconds lease = 30s) {
        std::optional<Job> job;
        committed([&](app::Transaction& tx) {
            auto claimed = tx.jobs().claim("worker-1", lease);
            ASSERT_TRUE(claimed) << claimed.error().message;
            job = *claimed;
        });
        return job;
    }
    Store load(unsigned n) { return read()->stores().load(id_of<StoreId>(n)).value(); }

private:
    std::unique_ptr<DatabaseUnderTest> subject_;
};

}  // namespace souk::test
