#include "database_fixture.hpp"

#include <algorithm>

namespace souk::test {
namespace {

/// Events, idempotency keys, audit, tokens, packs, kept logs, receipts.
class RecordContract : public DatabaseContract {};
INSTANTIATE_TEST_SUITE_P(Databases, RecordContract, testing::Values("SqliteFile", "SqliteMemory"),
                         [](const auto& instance) { return instance.param; });

TEST_P(RecordContract, EventsAreNumberedWithoutGapsPerStoreAndInCommitOrder) {
    add_store(make_store(1));
    add_store(make_store(2));
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.events().append(make_event(id_of<StoreId>(1), "store.requested")));
    });
    {
        const auto lost = write();
        ASSERT_TRUE(lost->events().append(make_event(id_of<StoreId>(1))));
    }
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.events().append(make_event(id_of<StoreId>(2))));
        ASSERT_TRUE(tx.events().append(make_event(id_of<StoreId>(1))));
    });
    const auto tx = read();
    const auto all = tx->events().read_after(0, {.team = "default"}, 100).value();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].store_seq, 1);
    EXPECT_EQ(all[1].store_seq, 1);
    EXPECT_EQ(all[2].store_seq, 2) << "a rolled back event leaves no gap";
    EXPECT_LT(all[0].number, all[1].number);
    EXPECT_LT(all[1].number, all[2].number);
    EXPECT_EQ(all[0].type, "store.requested");
    EXPECT_EQ(all[0].message, "a message");
    EXPECT_EQ(all[0].time, from_micros(77));
    EXPECT_EQ(tx->events().newest_number().value(), all[2].number);
    EXPECT_EQ(tx->events().oldest_number().value(), all[0].number);

    EXPECT_EQ(tx->events().read_after(all[0].number, {.team = "default"}, 1).value().at(0).number,
              all[1].number);
    EXPECT_EQ(
        tx->events().read_after(0, {.team = "default", .store = id_of<StoreId>(1).str()}, 9).value().size(),
        2U);
    EXPECT_TRUE(tx->events().read_after(0, {.team = "other"}, 9).value().empty());
    const auto newest = tx->events().read_before(0, {.team = "default"}, 2).value();
    ASSERT_EQ(newest.size(), 2U);
    EXPECT_EQ(newest[0].number, all[2].number);
    EXPECT_EQ(tx->events().read_before(newest[1].number, {.team = "default"}, 2).value().at(0).number,
              all[0].number);
    EXPECT_EQ(
        tx->events().read_before(0, {.team = "default", .types = {"store.requested"}}, 9).value().size(), 1U);
}

TEST_P(RecordContract, EventsAndOperationsNameTheirStoreAsItIsCalledNow) {
    Store store = make_store(1);
    add_store(store);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.events().append(make_event(store.id)));
        ASSERT_TRUE(tx.operations().insert(make_operation(1, store.id)));
    });
    const auto names = [&] {
        const auto tx = read();
        return std::vector{
            tx->events().read_after(0, {.team = "default"}, 1).value().at(0).store_name,
            tx->events().read_before(0, {.team = "default"}, 1).value().at(0).store_name,
            tx->operations().load(id_of<OperationId>(1)).value().store_name,
            tx->operations().list({.team = "default"}, 1, std::nullopt, "").value().at(0).store_name};
    };
    EXPECT_EQ(names(), std::vector<std::string>(4, "Shop 1"));
    committed([&](app::Transaction& tx) {
        Store now = tx.stores().load(store.id).value();
        now.name = StoreName::parse("Green Tea").value();
        ASSERT_TRUE(tx.stores().update(now, nullptr));
    });
    EXPECT_EQ(names(), std::vector<std::string>(4, "Green Tea"));
}

TEST_P(RecordContract, EventsAreFilteredByTypeTimeStoreAndTeamInBothDirections) {
    add_store(make_store(1));
    add_store(make_store(2));
    committed([&](app::Transaction& tx) {
        int minute = 0;
        for (const unsigned store : {1U, 2U, 1U, 1U}) {
            for (const char* type : {"store.step", "store.phase", "store.ready"}) {
                Event event = make_event(id_of<StoreId>(store), type);
                event.time = from_micros(60'000'000LL * minute++);
                ASSERT_TRUE(tx.events().append(event));
            }
        }
    });
    const auto tx = read();
    const auto both = [&](const app::EventFilter& filter) {
        auto up = tx->events().read_after(0, filter, 100).value();
        auto down = tx->events().read_before(0, filter, 100).value();
        std::reverse(down.begin(), down.end());
        EXPECT_TRUE(std::equal(up.begin(), up.end(), down.begin(), down.end(),
                               [](const Event& a, const Event& b) { return a.number == b.number; }));
        return up;
    };
    EXPECT_EQ(both({.types = {"store.step", "store.ready"}}).size(), 8U);
    EXPECT_EQ(both({.team = "default", .types = {"store.phase"}}).size(), 4U);
    EXPECT_EQ(both({.store = id_of<StoreId>(2).str(), .types = {"store.phase"}}).size(), 1U);
    const app::EventFilter window{
        .team = "default", .since = from_micros(60'000'000LL * 3), .until = from_micros(60'000'000LL * 5)};
    const auto inside = both(window);
    ASSERT_EQ(inside.size(), 2U) << "from the first moment on, without the last";
    EXPECT_EQ(inside[0].time, *window.since);
    EXPECT_TRUE(both({.team = "other"}).empty());
    EXPECT_TRUE(both({.types = {"store.none"}}).empty());
}

TEST_P(RecordContract, RetentionOfEventsNeverMakesANumberTwice) {
    add_store(make_store(1));
    for (int i = 0; i < 3; ++i) {
        committed(
            [&](app::Transaction& tx) { ASSERT_TRUE(tx.events().append(make_event(id_of<StoreId>(1)))); });
    }
    const auto newest = read()->events().newest_number().value();
    committed([&](app::Transaction& tx) {
        EXPECT_EQ(tx.events().remove_older_than(from_micros(77), 100).value(), 0);
        EXPECT_EQ(tx.events().remove_older_than(from_micros(78), 1).value(), 1) << "as many as asked for";
        EXPECT_EQ(tx.events().remove_older_than(from_micros(78), 100).value(), 1) << "the newest one stays";
    });
    EXPECT_EQ(read()->events().newest_number().value(), newest);
    EXPECT_EQ(read()->events().oldest_number().value(), newest);
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.events().append(make_event(id_of<StoreId>(1)))); });
    const auto last = read()->events().read_after(newest, {.team = "default"}, 9).value();
    ASSERT_EQ(last.size(), 1U);
    EXPECT_EQ(last[0].store_seq, 4);
}

TEST_P(RecordContract, AnIdempotencyKeyIsUsedOnce) {
    const app::StoredAnswer answer{
        .fingerprint = "f", .status = 202, .body = "{}", .location = "/v1/x", .etag = "\"1\""};
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.idempotency().insert("team POST /stores", "k", answer));
    });
    {
        const auto again = write()->idempotency().insert("team POST /stores", "k", answer);
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().code, ErrorCode::Conflict);
        EXPECT_EQ(again.error().reason, "KeyUsed");
    }
    const auto found = read()->idempotency().find("team POST /stores", "k").value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->fingerprint, "f");
    EXPECT_EQ(found->status, 202);
    EXPECT_EQ(found->body, "{}");
    EXPECT_EQ(found->location, "/v1/x");
    EXPECT_EQ(found->etag, "\"1\"");
    EXPECT_EQ(read()->idempotency().find("other scope", "k").value().has_value(), false);
    const Timestamp written = read()->now();
    advance(25h);
    committed([&](app::Transaction& tx) {
        EXPECT_EQ(tx.idempotency().remove_older_than(written - 1h, 100).value(), 0);
        EXPECT_EQ(tx.idempotency().remove_older_than(tx.now() - 24h, 100).value(), 1);
    });
    EXPECT_FALSE(read()->idempotency().find("team POST /stores", "k").value());
}

TEST_P(RecordContract, TheAuditListsNewestFirst) {
    add_store(make_store(1));
    const std::string store = id_of<StoreId>(1).str();
    committed([&](app::Transaction& tx) {
        for (const char* action : {"store.create", "store.delete"}) {
            ASSERT_TRUE(tx.audit().append({.actor = "ann",
                                           .action = action,
                                           .store_id = store,
                                           .reason = "because",
                                           .request_id = "r1",
                                           .time = from_micros(3)}));
        }
        ASSERT_TRUE(tx.audit().append(
            {.actor = "bob", .action = "token.create", .store_id = "", .reason = "", .request_id = ""}));
    });
    const auto entries = read()->audit().list(store, 10).value();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].action, "store.delete");
    EXPECT_EQ(entries[0].actor, "ann");
    EXPECT_EQ(entries[0].reason, "because");
    EXPECT_EQ(entries[0].request_id, "r1");
    EXPECT_EQ(entries[0].time, from_micros(3));
    EXPECT_EQ(read()->audit().list("", 10).value().size(), 3U);
    EXPECT_EQ(read()->audit().list("", 1).value().size(), 1U);
}

TEST_P(RecordContract, TokensAreFoundByHash) {
    EXPECT_FALSE(read()->tokens().any().value());
    const app::Token token{
        .id = id_of<TokenId>(1), .hash = "abc", .created = from_micros(4), .last_used = {}};
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.tokens().insert(token)); });
    EXPECT_TRUE(read()->tokens().any().value());
    app::Token twin = token;
    twin.id = id_of<TokenId>(2);
    EXPECT_EQ(write()->tokens().insert(twin).error().reason, "TokenExists");
    auto found = read()->tokens().find_by_hash("abc").value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, token.id);
    EXPECT_EQ(found->user, "default");
    EXPECT_EQ(found->role, "admin");
    EXPECT_EQ(found->created, token.created);
    EXPECT_FALSE(found->last_used);
    EXPECT_FALSE(read()->tokens().find_by_hash("abd").value());
    Timestamp touched{};
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.tokens().touch(token.id));
        touched = tx.now();
        EXPECT_EQ(tx.tokens().touch(id_of<TokenId>(7)).error().code, ErrorCode::NotFound);
    });
    EXPECT_EQ(read()->tokens().find_by_hash("abc").value()->last_used, touched);
}

TEST_P(RecordContract, PacksAndKeptLogsAndReceiptsComeBackAsTheyWere) {
    add_store(make_store(1));
    const StoreId store = id_of<StoreId>(1);
    const std::string archive("\0\1\xFFpack\0", 8);
    committed([&](app::Transaction& tx) {
        EXPECT_FALSE(tx.packs().has("sha256:1").value());
        ASSERT_TRUE(tx.packs().insert("sha256:1", "woocommerce", "1.0.0", archive));
        ASSERT_TRUE(tx.packs().insert("sha256:1", "woocommerce", "1.0.0", archive)) << "safe to repeat";
        ASSERT_TRUE(tx.kept_logs().replace(store, {{store, "old", "c", "gone", from_micros(1)}}));
        ASSERT_TRUE(tx.kept_logs().replace(
            store, {{store, "web-0", "php", std::string(5000, 'x') + "\nend", from_micros(5)},
                    {store, "db-0", "mariadb", "", from_micros(6)}}));
    });
    const auto tx = read();
    EXPECT_TRUE(tx->packs().has("sha256:1").value());
    EXPECT_EQ(tx->packs().load("sha256:1").value(), archive);
    EXPECT_EQ(tx->packs().load("sha256:2").error().code, ErrorCode::NotFound);
    const auto logs = tx->kept_logs().list(store).value();
    ASSERT_EQ(logs.size(), 2U);
    EXPECT_EQ(logs[0].pod, "web-0");
    EXPECT_EQ(logs[0].container, "php");
    EXPECT_EQ(logs[0].text, std::string(5000, 'x') + "\nend");
    EXPECT_EQ(logs[1].text, "");
    EXPECT_EQ(logs[1].time, from_micros(6));
}

TEST_P(RecordContract, EndedOperationsGoAfterTheirTimeButTheNewestOfAStoreStays) {
    add_store(make_store(1));
    for (unsigned n = 1; n <= 3; ++n) {
        Operation operation = make_operation(n, id_of<StoreId>(1));
        committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.operations().insert(operation)); });
        operation.state = OperationState::Succeeded;
        operation.ended = from_micros(10 * static_cast<std::int64_t>(n));
        committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.operations().update(operation)); });
    }
    committed([&](app::Transaction& tx) {
        EXPECT_EQ(tx.operations().remove_ended_before(from_micros(10), 9).value(), 0);
        EXPECT_EQ(tx.operations().remove_ended_before(from_micros(99), 1).value(), 1)
            << "as many as asked for";
        EXPECT_EQ(tx.operations().remove_ended_before(from_micros(99), 9).value(), 1);
        EXPECT_EQ(tx.operations().remove_ended_before(from_micros(99), 9).value(), 0);
    });
    EXPECT_EQ(read()->operations().find_latest(id_of<StoreId>(1)).value()->id, id_of<OperationId>(3));
    EXPECT_EQ(read()->operations().list({.team = "default"}, 9, std::nullopt, "").value().size(), 1U);
}

TEST_P(RecordContract, JobsThatAreDoneGoAfterTheirTime) {
    add_store(make_store(1));
    add_store(make_store(2));
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(1), kStoreReconcile, id_of<StoreId>(1)));
    });
    const auto job = [&] {
        const auto tx = write();
        auto claimed = tx->jobs().claim("worker", 30s).value();
        EXPECT_TRUE(tx->commit("test_claim"));
        return claimed;
    }();
    ASSERT_TRUE(job);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.jobs().finish(*job));
        ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(2), kStoreReconcile, id_of<StoreId>(2)));
    });
    advance(1h);
    committed([&](app::Transaction& tx) {
        EXPECT_EQ(tx.jobs().remove_ended_before(tx.now() - 2h, 9).value(), 0);
        EXPECT_EQ(tx.jobs().remove_ended_before(tx.now(), 9).value(), 1);
    });
    const auto left = read()->jobs().count_by_kind_and_state().value();
    ASSERT_EQ(left.size(), 1U) << "one that waits is never too old";
    EXPECT_EQ(left[0].state, JobState::Ready);
}

TEST_P(RecordContract, APackGoesWhenNoLivingStoreUsesIt) {
    Store user = make_store(1);
    user.pack_digest = "sha256:used";
    Store gone = make_store(2);
    gone.pack_digest = "sha256:gone";
    gone.phase = Phase::Deleted;
    add_store(user);
    add_store(gone);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.packs().insert("sha256:used", "woocommerce", "1", "a"));
        ASSERT_TRUE(tx.packs().insert("sha256:gone", "woocommerce", "2", "b"));
    });
    advance(1h);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.packs().insert("sha256:fresh", "woocommerce", "3", "c"));
        EXPECT_EQ(tx.packs().remove_unused(tx.now() - 1min, 9).value(), 1);
    });
    EXPECT_TRUE(read()->packs().has("sha256:used").value());
    EXPECT_FALSE(read()->packs().has("sha256:gone").value());
    EXPECT_TRUE(read()->packs().has("sha256:fresh").value()) << "its store may be on its way";
}

TEST_P(RecordContract, KeptLogsGoAfterTheirTimeAndReceiptsStay) {
    add_store(make_store(1));
    const StoreId store = id_of<StoreId>(1);
    Receipt receipt{
        .store_id = store, .store_name = "Shop", .slug = "shop-1", .engine = "medusa", .requested_by = "ann"};
    receipt.requested = from_micros(8);
    receipt.lines = {{"Namespace", "souk-shop-1", "", std::nullopt}};
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.kept_logs().replace(store, {{store, "a", "b", "text", from_micros(5)}}));
        EXPECT_EQ(tx.kept_logs().remove_older_than(from_micros(5), 100).value(), 0);
        EXPECT_EQ(tx.kept_logs().remove_older_than(from_micros(6), 100).value(), 1);
        ASSERT_TRUE(tx.receipts().save(receipt));
        receipt.completed = from_micros(9);
        receipt.lines[0].gone = from_micros(9);
        ASSERT_TRUE(tx.receipts().save(receipt)) << "insert or replace";
    });
    const auto tx = read();
    EXPECT_TRUE(tx->kept_logs().list(store).value().empty());
    const auto back = tx->receipts().find(store).value();
    ASSERT_TRUE(back);
    EXPECT_EQ(back->store_name, "Shop");
    EXPECT_EQ(back->slug, "shop-1");
    EXPECT_EQ(back->engine, "medusa");
    EXPECT_EQ(back->requested_by, "ann");
    EXPECT_EQ(back->requested, receipt.requested);
    EXPECT_EQ(back->completed, receipt.completed);
    EXPECT_EQ(back->lines, receipt.lines);
    EXPECT_FALSE(tx->receipts().find(id_of<StoreId>(2)).value());
}

}  // namespace
}  // namespace souk::test
