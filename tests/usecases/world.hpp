#pragma once

#include "adapters/sql/sqlite_database.hpp"
#include "app/jobs/job_runner.hpp"
#include "app/jobs/report_stalled.hpp"
#include "app/operations/cancel_operation.hpp"
#include "app/reconcile/extend_deadlines.hpp"
#include "app/reconcile/store_reconciler.hpp"
#include "app/stores/create_store.hpp"
#include "app/stores/delete_store.hpp"
#include "app/stores/find_store.hpp"
#include "app/stores/rename_store.hpp"
#include "app/stores/restart_store.hpp"
#include "app/stores/resume_store.hpp"
#include "app/stores/retry_store.hpp"
#include "app/stores/reveal_credentials.hpp"
#include "app/stores/suspend_store.hpp"
#include "core/plan/plan.hpp"
#include "runtime/crypto/uuid.hpp"
#include "tests/support/fake_cluster.hpp"
#include "tests/support/fake_helm_driver.hpp"
#include "tests/support/stub_engines.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace souk::usecases {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct NoSignals final : app::Signals {
    void jobs_changed() override {}
    void events_appended() override {}
    void stop_running(const StoreId&) override {}
};

struct NoObserver final : app::Observer {
    void store_step(const Store&, std::string_view, std::string_view, std::string_view) override {}
    void store_phase(const Store&, Phase, Phase) override {}
    void store_ready(const Store&, milliseconds) override {}
    void store_deleted(const Store&, milliseconds) override {}
    void store_failed(const Store&) override {}
    void turn_failed(const Store&, const Error&) override {}
};

struct Ids final : app::IdSource {
    std::array<std::uint8_t, 16> next() override { return source.next(); }
    runtime::UuidV7Source source;
};

/// Everything of the control plane but threads, HTTP and the real outside: SQLite in memory with a clock that
/// a test moves, a cluster and a Helm in memory.
struct World {
    /// `real`: a renderer to use instead of the stub; it lives as long as the world.
    explicit World(app::EngineRenderer* real = nullptr)
        : rendering(real == nullptr ? static_cast<app::EngineRenderer&>(renderer) : *real) {
        cluster.attach(helm);
        cluster.on_change = [this](const StoreId& store) { wake(store); };
    }

    app::Caller caller;
    app::IdempotencyKey no_key;
    app::RenderAccepted render = [](const Store& store, const Operation& operation) {
        return app::StoredAnswer{"", 202, store.id.str(), operation.id.str(), ""};
    };

    std::chrono::microseconds offset{0};
    std::unique_ptr<sql::SqliteDatabase> database = open();
    fakes::FakeHelmDriver helm;
    fakes::FakeCluster cluster;
    fakes::StubCatalogue engines;
    fakes::StubRenderer renderer;
    app::EngineRenderer& rendering;
    fakes::StubChecks checks;
    NoSignals signals;
    NoObserver observer;
    Ids ids;
    std::vector<Plan> plans = default_plans();
    app::ClusterSettings cluster_settings;
    app::Limits limits;
    app::ReconcileSettings settings;
    app::JobSettings job_settings;
    app::StoreReconciler reconciler{app::ReconcileTools{*database, cluster, helm, engines, rendering, checks,
                                                        signals, observer, plans, cluster_settings, limits,
                                                        settings}};
    app::JobRunner runner{*database,
                          signals,
                          job_settings,
                          "worker-1",
                          [this](const Job& job, std::stop_token stop) { return reconciler.turn(job, stop); },
                          app::report_stalled,
                          [] { return 0.0; }};

    std::unique_ptr<sql::SqliteDatabase> open() {
        sql::SqliteOptions options;
        options.clock_offset = [this] { return offset; };
        auto opened = sql::SqliteDatabase::open(":memory:", options);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
        return std::move(*opened);
    }

    void wake(const StoreId& store) {
        auto tx = database->begin(app::Access::Write);
        ASSERT_TRUE(tx);
        ASSERT_TRUE((*tx)->jobs().wake(store, false));
        ASSERT_TRUE((*tx)->commit("test_wake"));
    }

    StoreId create(const std::string& name = "Ann's shop") {
        const auto accepted = app::CreateStore(*database, ids, engines, plans, cluster_settings, limits,
                                               signals)({name, "tiny", "starter"}, caller, no_key, render);
        EXPECT_TRUE(accepted) << (accepted ? "" : accepted.error().message);
        return *StoreId::parse(accepted->answer.body);
    }

    Result<app::Accepted> remove(const StoreId& id, const std::string& confirmation = "Ann's shop") {
        return app::DeleteStore(*database, ids, signals)(id.str(), confirmation, caller, render);
    }

    Result<app::Accepted> retry(const StoreId& id) {
        return app::RetryStore(*database, ids, signals)(id.str(), caller, no_key, render);
    }

    /// SuspendStore, ResumeStore or RestartStore.
    template <class UseCase>
    Result<app::Accepted> update(const StoreId& id, const app::IdempotencyKey& key = {}) {
        const std::string text = id.str();
        return UseCase({*database, ids, engines, signals})({text, caller, key, render});
    }

    void cancel(const StoreId& id) {
        const Operation operation = latest_operation(id);
        ASSERT_TRUE(app::CancelOperation(*database, signals)(operation.id.str(), caller));
    }

    Store store(const StoreId& id) { return *app::find_store(*database, caller, id.str()); }
    Phase phase(const StoreId& id) { return store(id).phase; }
    app::StoreRef ref(const StoreId& id) { return app::StoreRef::of(store(id)); }

    /// Runs what is due until nothing is.
    void run() {
        for (int turns = 0; turns < 200 && runner.run_one({}); ++turns) {
        }
    }
    /// Runs and lets the cluster make progress until both rest.
    void run_to_end(const StoreId& id) {
        for (int i = 0; i < 50; ++i) {
            run();
            if (!cluster.advance(ref(id))) {
                run();
                return;
            }
        }
    }
    void pass(std::chrono::microseconds time) { offset += time; }

    std::vector<Event> events(const StoreId& id) {
        auto tx = database->begin(app::Access::Read);
        return *(*tx)->events().read_after(0, {.team = "default", .store = id.str()}, 1000);
    }
    Operation latest_operation(const StoreId& id) {
        auto tx = database->begin(app::Access::Read);
        return **(*tx)->operations().find_latest(id);
    }
};

}  // namespace souk::usecases
