#include "database_fixture.hpp"

#include <algorithm>

namespace souk::test {
namespace {

INSTANTIATE_TEST_SUITE_P(Databases, DatabaseContract, testing::Values("SqliteFile", "SqliteMemory"),
                         [](const auto& instance) { return instance.param; });

TEST_P(DatabaseContract, NothingStaysWithoutCommit) {
    {
        const auto tx = write();
        ASSERT_TRUE(tx->stores().insert(make_store(1)));
        ASSERT_TRUE(tx->operations().insert(make_operation(1, id_of<StoreId>(1))));
        ASSERT_TRUE(tx->jobs().enqueue(id_of<JobId>(1), kStoreReconcile, id_of<StoreId>(1)));
        ASSERT_TRUE(tx->events().append(make_event(id_of<StoreId>(1))));
        ASSERT_TRUE(tx->stores().load(id_of<StoreId>(1))) << "a transaction sees its own writes";
    }
    const auto tx = read();
    EXPECT_EQ(tx->stores().load(id_of<StoreId>(1)).error().code, ErrorCode::NotFound);
    EXPECT_EQ(tx->operations().load(id_of<OperationId>(1)).error().code, ErrorCode::NotFound);
    EXPECT_EQ(tx->events().newest_number().value(), 0);
    EXPECT_TRUE(tx->jobs().count_by_kind_and_state().value().empty());
}

TEST_P(DatabaseContract, AStoreComesBackAsItWasWritten) {
    Store store = make_store(1, "Bärbel's 100% \"Shop\"");
    store.created_name = StoreName::parse("Before the rename").value();
    store.cluster = "eu-1";
    store.hosts = {"a.localhost", "b.localhost"};
    store.phase = Phase::Provisioning;
    store.deletion_wanted = true;
    store.cancel_wanted = true;
    store.conditions = {{.type = "Waiting",
                         .status = true,
                         .reason = "PodsStarting",
                         .message = "1 of 2",
                         .changed = from_micros(5)}};
    store.steps = pending_steps(kCreateSteps);
    move_steps(store.steps, Step::Data, StepState::Running, "waiting for the database", from_micros(9));
    store.failure = Failure{"Timeout", "it took too long"};
    store.generation = 3;
    store.version = 7;
    store.deadline = from_micros(11);
    store.waiting_since = from_micros(10);
    store.admitted = from_micros(12);
    store.checks_passed = from_micros(13);
    store.first_ready = from_micros(14);
    store.deleted = from_micros(15);
    store.suspension_wanted = true;
    store.restarted = from_micros(16);
    add_store(store);
    const Store back = load(1);
    EXPECT_EQ(back.name, store.name);
    EXPECT_EQ(back.created_name, store.created_name);
    EXPECT_EQ(back.slug, store.slug);
    EXPECT_EQ(back.ns, store.ns);
    EXPECT_EQ(back.cluster, "eu-1");
    EXPECT_EQ(back.team, "default");
    EXPECT_EQ(back.engine, store.engine);
    EXPECT_EQ(back.engine_version, store.engine_version);
    EXPECT_EQ(back.pack_digest, store.pack_digest);
    EXPECT_EQ(back.plan, store.plan);
    EXPECT_EQ(back.hosts, store.hosts);
    EXPECT_EQ(back.phase, Phase::Provisioning);
    EXPECT_TRUE(back.deletion_wanted);
    EXPECT_TRUE(back.cancel_wanted);
    EXPECT_EQ(back.conditions, store.conditions);
    EXPECT_EQ(back.steps, store.steps);
    EXPECT_EQ(back.failure, store.failure);
    EXPECT_EQ(back.generation, 3);
    EXPECT_EQ(back.version, 7);
    EXPECT_EQ(back.created, store.created);
    EXPECT_EQ(back.updated, store.updated);
    EXPECT_EQ(back.deadline, store.deadline);
    EXPECT_EQ(back.waiting_since, store.waiting_since);
    EXPECT_EQ(back.admitted, store.admitted);
    EXPECT_EQ(back.checks_passed, store.checks_passed);
    EXPECT_EQ(back.first_ready, store.first_ready);
    EXPECT_EQ(back.deleted, store.deleted);
    EXPECT_TRUE(back.suspension_wanted);
    EXPECT_EQ(back.restarted, store.restarted);
    store.suspension_wanted = false;
    store.restarted = from_micros(17);
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.stores().update(store, nullptr)); });
    EXPECT_FALSE(load(1).suspension_wanted);
    EXPECT_EQ(load(1).restarted, from_micros(17));
}

TEST_P(DatabaseContract, ANameIsTakenWithinTheTeamAndASlugOnThePlatform) {
    add_store(make_store(1, "Shop"));
    const auto tx = write();
    const auto same_name = tx->stores().insert(make_store(2, "Shop"));
    ASSERT_FALSE(same_name);
    EXPECT_EQ(same_name.error().code, ErrorCode::Conflict);
    EXPECT_EQ(same_name.error().reason, "NameTaken");
    EXPECT_EQ(same_name.error().message.find("Shop"), std::string::npos) << "messages hold no row contents";

    Store same_slug = make_store(3, "Shop", "other");
    same_slug.slug = make_store(1).slug;
    const auto refused = tx->stores().insert(same_slug);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_EQ(refused.error().reason, "SlugTaken");
    EXPECT_TRUE(tx->stores().slug_taken("shop-1").value());
    EXPECT_FALSE(tx->stores().slug_taken("shop-3").value());

    EXPECT_TRUE(tx->stores().insert(make_store(3, "Shop", "other")))
        << "a Conflict leaves the transaction usable";
    EXPECT_TRUE(tx->commit("test"));
}

TEST_P(DatabaseContract, NameAndSlugAreFreeAgainAfterDeletion) {
    Store store = make_store(1, "Shop");
    store.phase = Phase::Deleting;
    add_store(store);
    store.phase = Phase::Deleted;
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.stores().update(store, nullptr)); });
    const auto tx = write();
    EXPECT_FALSE(tx->stores().slug_taken("shop-1").value());
    EXPECT_EQ(tx->stores().find_by_name("default", "Shop").value(), std::nullopt);
    Store next = make_store(2, "Shop");
    next.slug = store.slug;
    EXPECT_TRUE(tx->stores().insert(next));
    EXPECT_TRUE(tx->stores().load(store.id)) << "the tombstone stays";
    EXPECT_EQ(tx->stores().find_by_slug("default", "shop-1").value()->id, next.id);
    EXPECT_EQ(tx->stores().find_by_slug("other", "shop-1").value(), std::nullopt);
}

TEST_P(DatabaseContract, AnUpdateRaisesTheVersionAndTheTimeInRowAndObject) {
    add_store(make_store(1));
    Store store = load(1);
    store.name = StoreName::parse("New name").value();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.stores().update(store, nullptr)); });
    EXPECT_EQ(store.version, 2);
    EXPECT_EQ(load(1).version, 2);
    EXPECT_GT(store.updated, make_store(1).updated);
    EXPECT_EQ(load(1).updated, store.updated);
    EXPECT_EQ(load(1).name.str(), "New name");
}

TEST_P(DatabaseContract, AStaleVersionIsAConflictAndChangesNothing) {
    add_store(make_store(1));
    Store mine = load(1);
    Store theirs = load(1);
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.stores().update(theirs, nullptr)); });
    mine.engine = "medusa";
    const auto lost = write()->stores().update(mine, nullptr);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, ErrorCode::Conflict);
    EXPECT_EQ(lost.error().reason, "VersionChanged");
    EXPECT_EQ(mine.version, 1);
    EXPECT_EQ(load(1).engine, "woocommerce");
    Store unknown = make_store(9);
    EXPECT_EQ(write()->stores().update(unknown, nullptr).error().code, ErrorCode::NotFound);
}

TEST_P(DatabaseContract, AWorkerThatLostItsLeaseChangesNoStore) {
    add_store_with_job(1);
    const auto ghost = claim(30s);
    Store store = load(1);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.stores().update(store, &ghost->lease)) << "while it holds the lease";
    });
    advance(31s);
    committed([&](app::Transaction& tx) { ASSERT_EQ(tx.jobs().reap().value(), 1); });
    for (const bool taken : {false, true}) {
        if (taken) {
            ASSERT_TRUE(claim());
        }
        const auto lost = write()->stores().update(store, &ghost->lease);
        ASSERT_FALSE(lost);
        EXPECT_EQ(lost.error().code, ErrorCode::Conflict);
        EXPECT_EQ(lost.error().reason, "LeaseLost");
    }
    add_store_with_job(2);
    const auto other = claim();
    ASSERT_TRUE(other);
    EXPECT_FALSE(write()->stores().update(store, &other->lease)) << "a lease is good for its own store only";
}

TEST_P(DatabaseContract, TheDatabaseKnowsThePhaseTable) {
    unsigned n = 0;
    for (const Phase from : kAllPhases) {
        for (const Phase to : kAllPhases) {
            Store store = make_store(++n);
            store.phase = from;
            const auto tx = write();
            ASSERT_TRUE(tx->stores().insert(store)) << to_string(from);
            store.phase = to;
            const auto moved = tx->stores().update(store, nullptr);
            EXPECT_EQ(moved.has_value(), from == to || can_move(from, to))
                << to_string(from) << " to " << to_string(to);
            if (!moved) {
                EXPECT_EQ(moved.error().code, ErrorCode::Internal);
                EXPECT_FALSE(tx->commit("test")) << "a refused move spoils the transaction";
            }
        }
    }
}

TEST_P(DatabaseContract, CountsAreThoseOfLivingStores) {
    Store provisioning = make_store(1);
    provisioning.phase = Phase::Provisioning;
    Store deleted = make_store(2);
    deleted.phase = Phase::Deleted;
    add_store(provisioning);
    add_store(deleted);
    add_store(make_store(3));
    add_store(make_store(4, "Shop", "other"));
    const auto tx = read();
    EXPECT_EQ(tx->stores().count("default")->living, 2);
    EXPECT_EQ(tx->stores().count("default")->provisioning, 1);
    EXPECT_EQ(tx->stores().count("other")->provisioning, 0);
    EXPECT_EQ(tx->stores().count("nobody")->living, 0);
    EXPECT_EQ(tx->stores().count_all()->living, 3);
    EXPECT_EQ(tx->stores().count_all()->provisioning, 1);
    const auto counts = tx->stores().count_by_engine_and_phase().value();
    ASSERT_EQ(counts.size(), 3U);
    const auto requested =
        std::find_if(counts.begin(), counts.end(), [](const auto& c) { return c.phase == Phase::Requested; });
    ASSERT_NE(requested, counts.end());
    EXPECT_EQ(requested->engine, "woocommerce");
    EXPECT_EQ(requested->count, 2);
}

TEST_P(DatabaseContract, OnlyCreationsGetMoreTime) {
    Store provisioning = make_store(1);
    provisioning.phase = Phase::Provisioning;
    provisioning.deadline = provisioning.updated + std::chrono::seconds(300);
    Store deleting = make_store(2);
    deleting.phase = Phase::Deleting;
    deleting.deadline = provisioning.deadline;
    add_store(provisioning);
    add_store(deleting);
    committed([&](app::Transaction& tx) { EXPECT_EQ(tx.stores().extend_deadlines().value(), 1); });
    const auto tx = read();
    const Store extended = tx->stores().load(provisioning.id).value();
    EXPECT_GT(extended.updated, provisioning.updated);
    EXPECT_EQ(*extended.deadline - extended.updated, std::chrono::seconds(300));
    EXPECT_EQ(extended.version, provisioning.version + 1);
    EXPECT_EQ(tx->stores().load(deleting.id).value().deadline, deleting.deadline);
}

TEST_P(DatabaseContract, TheLineCountsThoseWhoWaitLongerByTeam) {
    const auto waiting = [&](unsigned n, const std::string& team, const auto& change) {
        Store store = make_store(n, {}, team);
        store.waiting_since = store.created;
        change(store);
        add_store(store);
        committed([&](app::Transaction& tx) {
            ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(n), kStoreReconcile, store.id));
        });
    };
    const auto as_it_is = [](Store&) {};
    waiting(1, "default", [](Store& store) { store.phase = Phase::Failed; });  // retried
    waiting(2, "default", [](Store& store) { store.cancel_wanted = true; });
    waiting(3, "default", [](Store& store) { store.deletion_wanted = true; });
    waiting(4, "default", [](Store& store) {
        store.phase = Phase::Provisioning;
        store.waiting_since.reset();
    });
    waiting(5, "other", as_it_is);
    waiting(6, "default", as_it_is);
    waiting(7, "default", as_it_is);
    const auto line = [&](unsigned n) {
        std::string text;
        const auto teams = read()->stores().line_before(id_of<StoreId>(n), make_store(n).created);
        for (const auto& team : teams.value()) {
            text += team.team + " has " + std::to_string(team.provisioning) + ", before " +
                    std::to_string(team.before) + "; ";
        }
        return text;
    };
    EXPECT_EQ(line(1), "default has 1, before 0; ");
    EXPECT_EQ(line(6), "default has 1, before 1; other has 0, before 1; ");
    EXPECT_EQ(line(7), "default has 1, before 2; other has 0, before 1; ");
}

TEST_P(DatabaseContract, AJobThatMeetsErrorsHoldsUpNoLine) {
    Store first = make_store(1);
    first.waiting_since = first.created;
    add_store(first);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(1), kStoreReconcile, first.id));
    });
    const auto before = [&] {
        const auto teams = read()->stores().line_before(id_of<StoreId>(2), make_store(2).created).value();
        return teams.empty() ? 0 : teams.front().before;
    };
    EXPECT_EQ(before(), 1);
    committed([&](app::Transaction& tx) {
        const auto job = tx.jobs().claim("worker", 30s).value();
        ASSERT_TRUE(job);
        ASSERT_TRUE(tx.jobs().retry(*job, 5min, "its pack cannot be read"));
    });
    EXPECT_EQ(before(), 0);
}

TEST_P(DatabaseContract, AStoreHasOneRunningOperation) {
    add_store(make_store(1));
    Operation first = make_operation(1, id_of<StoreId>(1));
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.operations().insert(first)); });
    const auto second = write()->operations().insert(make_operation(2, id_of<StoreId>(1)));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_EQ(second.error().reason, "OperationRunning");

    first.state = OperationState::Failed;
    first.error = Failure{"Timeout", "too slow"};
    first.ended = from_micros(99);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.operations().update(first));
        ASSERT_TRUE(tx.operations().insert(make_operation(2, id_of<StoreId>(1))));
    });
    const auto tx = read();
    const Operation back = tx->operations().load(first.id).value();
    EXPECT_EQ(back.state, OperationState::Failed);
    EXPECT_EQ(back.error, first.error);
    EXPECT_EQ(back.ended, first.ended);
    EXPECT_EQ(back.steps, first.steps);
    EXPECT_EQ(back.requested_by, "ann");
    EXPECT_EQ(tx->operations().find_running(id_of<StoreId>(1)).value()->id, id_of<OperationId>(2));
    EXPECT_EQ(tx->operations().find_latest(id_of<StoreId>(1)).value()->id, id_of<OperationId>(2));
    EXPECT_EQ(tx->operations().find_latest(id_of<StoreId>(5)).value(), std::nullopt);
    EXPECT_EQ(tx->operations().load(id_of<OperationId>(5)).error().code, ErrorCode::NotFound);
}

TEST_P(DatabaseContract, OperationsArePagedNewestFirst) {
    for (unsigned n = 1; n <= 5; ++n) {
        add_store(make_store(n));
        Operation operation = make_operation(n, id_of<StoreId>(n));
        operation.created = from_micros(n < 4 ? 10 : 20);  // ties
        committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.operations().insert(operation)); });
    }
    std::vector<std::string> seen;
    std::optional<Timestamp> before;
    std::string before_id;
    for (;;) {
        const auto page =
            read()
                ->operations()
                .list({.team = "default", .state = OperationState::Running}, 2, before, before_id)
                .value();
        if (page.empty()) {
            break;
        }
        for (const Operation& operation : page) {
            seen.push_back(operation.id.str());
        }
        before = page.back().created;
        before_id = page.back().id.str();
    }
    std::vector<std::string> wanted;
    for (unsigned n = 5; n >= 1; --n) {
        wanted.push_back(id_of<OperationId>(n).str());
    }
    EXPECT_EQ(seen, wanted);
    EXPECT_EQ(read()
                  ->operations()
                  .list({.team = "default", .store = id_of<StoreId>(2).str()}, 10, {}, {})
                  .value()
                  .size(),
              1U);
    EXPECT_TRUE(read()->operations().list({.team = "other"}, 10, {}, {}).value().empty());
    EXPECT_TRUE(read()
                    ->operations()
                    .list({.team = "default", .state = OperationState::Failed}, 10, {}, {})
                    .value()
                    .empty());
    const app::OperationFilter creations{.team = "default", .kind = OperationKind::Create};
    const app::OperationFilter deletions{.team = "default", .kind = OperationKind::Delete};
    EXPECT_FALSE(read()->operations().list(creations, 10, {}, {}).value().empty());
    EXPECT_TRUE(read()->operations().list(deletions, 10, {}, {}).value().empty());
}

TEST_P(DatabaseContract, AReadTransactionCannotWrite) {
    const auto tx = read();
    const auto refused = tx->stores().insert(make_store(1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Internal);
}

TEST_P(DatabaseContract, NowStandsStillWithinATransactionAndMovesBetween) {
    const auto first = [&] {
        const auto tx = read();
        const Timestamp now = tx->now();
        advance(1h);
        EXPECT_EQ(tx->now(), now);
        return now;
    }();
    EXPECT_GE(read()->now() - first, 1h);
}

TEST_P(DatabaseContract, ACommitEndsTheTransactionAndFreesItsConnection) {
    const auto tx = write();
    ASSERT_TRUE(tx->commit("test"));
    EXPECT_FALSE(tx->commit("test"));
    EXPECT_FALSE(tx->stores().insert(make_store(1))) << "it would be a change without a transaction";
    EXPECT_TRUE(database().begin(app::Access::Write)) << "the same thread may go on with the next one";
    EXPECT_TRUE(database().ping());
}

}  // namespace
}  // namespace souk::test
