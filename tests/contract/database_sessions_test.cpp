#include "database_fixture.hpp"

namespace souk::test {
namespace {

/// Sessions of browsers, one-time codes, refused sign-ins.
class SessionContract : public DatabaseContract {
protected:
    static app::Session make_session(unsigned n, Timestamp expires) {
        app::Session session{
            .id = id_of<SessionId>(n), .hash = "hash " + std::to_string(n), .address = {}, .agent = {}};
        session.user = "ann";
        session.team = "red";
        session.role = "viewer";
        session.address = "192.0.2.7";
        session.agent = "Browser/1.0";
        session.created = from_micros(n);
        session.last_used = from_micros(n);
        session.expires = expires;
        return session;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, SessionContract, testing::Values("SqliteFile", "SqliteMemory"),
                         [](const auto& instance) { return instance.param; });

TEST_P(SessionContract, ASessionIsFoundByHashUntilItExpires) {
    const auto session = make_session(1, read()->now() + 1h);
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.sessions().insert(session)); });
    const auto found = read()->sessions().find_by_hash("hash 1").value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, session.id);
    EXPECT_EQ(found->user, "ann");
    EXPECT_EQ(found->team, "red");
    EXPECT_EQ(found->role, "viewer");
    EXPECT_EQ(found->address, "192.0.2.7");
    EXPECT_EQ(found->agent, "Browser/1.0");
    EXPECT_EQ(found->created, session.created);
    EXPECT_EQ(found->last_used, session.last_used);
    EXPECT_EQ(found->expires, session.expires);
    EXPECT_FALSE(read()->sessions().find_by_hash("hash 2").value());
    advance(1h);
    EXPECT_FALSE(read()->sessions().find_by_hash("hash 1").value());
    EXPECT_TRUE(read()->sessions().list("ann").value().empty());
}

TEST_P(SessionContract, SessionsAreListedForTheirUserNewestFirst) {
    const Timestamp later = read()->now() + 1h;
    auto other = make_session(3, later);
    other.user = "bob";
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.sessions().insert(make_session(1, later)));
        ASSERT_TRUE(tx.sessions().insert(make_session(2, later)));
        ASSERT_TRUE(tx.sessions().insert(other));
    });
    const auto list = read()->sessions().list("ann").value();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].id, id_of<SessionId>(2));
    EXPECT_EQ(list[1].id, id_of<SessionId>(1));
}

TEST_P(SessionContract, UseMovesTheEndOfASession) {
    committed(
        [&](app::Transaction& tx) { ASSERT_TRUE(tx.sessions().insert(make_session(1, tx.now() + 1h))); });
    advance(30min);
    Timestamp used{};
    committed([&](app::Transaction& tx) {
        used = tx.now();
        EXPECT_TRUE(tx.sessions().touch(id_of<SessionId>(1), tx.now() + 2h).value());
        EXPECT_FALSE(tx.sessions().touch(id_of<SessionId>(2), tx.now() + 2h).value());
    });
    const auto found = read()->sessions().find_by_hash("hash 1").value();
    EXPECT_EQ(found->last_used, used);
    EXPECT_EQ(found->expires, used + 2h);
}

TEST_P(SessionContract, OnlyItsUserRemovesASession) {
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.sessions().insert(make_session(1, tx.now() + 1h)));
        EXPECT_FALSE(tx.sessions().remove(id_of<SessionId>(1), "bob").value());
        EXPECT_TRUE(tx.sessions().remove(id_of<SessionId>(1), "ann").value());
        EXPECT_FALSE(tx.sessions().remove(id_of<SessionId>(1), "ann").value());
    });
    EXPECT_FALSE(read()->sessions().find_by_hash("hash 1").value());
}

TEST_P(SessionContract, ExpiredSessionsAreRemovedAsManyAsAskedFor) {
    committed([&](app::Transaction& tx) {
        for (unsigned n = 1; n <= 3; ++n) {
            ASSERT_TRUE(tx.sessions().insert(make_session(n, tx.now() + 1h)));
        }
        ASSERT_TRUE(tx.sessions().insert(make_session(4, tx.now() + 3h)));
    });
    advance(2h);
    committed([&](app::Transaction& tx) {
        EXPECT_EQ(tx.sessions().remove_expired(2).value(), 2);
        EXPECT_EQ(tx.sessions().remove_expired(2).value(), 1);
        EXPECT_EQ(tx.sessions().remove_expired(2).value(), 0);
    });
    EXPECT_TRUE(read()->sessions().find_by_hash("hash 4").value());
}

TEST_P(SessionContract, ACodeIsTakenOnceAndBeforeItExpires) {
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.sign_ins().insert_code({"a", "ann", "red", "viewer", tx.now() + 5min}));
        ASSERT_TRUE(tx.sign_ins().insert_code({"b", "ann", "red", "viewer", tx.now() + 5min}));
    });
    {
        const auto lost = write();
        ASSERT_TRUE(lost->sign_ins().take_code("a").value());
    }
    committed([&](app::Transaction& tx) {
        const auto code = tx.sign_ins().take_code("a").value();
        ASSERT_TRUE(code) << "a rolled back use is none";
        EXPECT_EQ(code->user, "ann");
        EXPECT_EQ(code->team, "red");
        EXPECT_EQ(code->role, "viewer");
        EXPECT_FALSE(tx.sign_ins().take_code("a").value());
    });
    committed([&](app::Transaction& tx) { EXPECT_FALSE(tx.sign_ins().take_code("a").value()); });
    advance(5min);
    committed([&](app::Transaction& tx) { EXPECT_FALSE(tx.sign_ins().take_code("b").value()); });
}

TEST_P(SessionContract, RefusalsAreCountedByAddressAndTime) {
    const Timestamp begin = read()->now() - 1h;
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.sign_ins().note_refusal("192.0.2.1"));
        ASSERT_TRUE(tx.sign_ins().note_refusal("192.0.2.1"));
        ASSERT_TRUE(tx.sign_ins().note_refusal("192.0.2.2"));
    });
    EXPECT_EQ(read()->sign_ins().count_refusals("192.0.2.1", begin).value(), 2);
    EXPECT_EQ(read()->sign_ins().count_refusals("192.0.2.3", begin).value(), 0);
    advance(5min);
    const auto tx = read();
    EXPECT_EQ(tx->sign_ins().count_refusals("192.0.2.1", tx->now() - 4min).value(), 0);
}

TEST_P(SessionContract, OldCodesAndRefusalsAreRemoved) {
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.sign_ins().note_refusal("192.0.2.1"));
        ASSERT_TRUE(tx.sign_ins().insert_code({.hash = "a", .expires = tx.now() + 5min}));
        ASSERT_TRUE(tx.sign_ins().insert_code({.hash = "b", .expires = tx.now() + 1h}));
        EXPECT_EQ(tx.sign_ins().remove_older_than(tx.now(), 9).value(), 0);
    });
    advance(10min);
    committed([&](app::Transaction& tx) {
        EXPECT_EQ(tx.sign_ins().remove_older_than(tx.now() - 7min, 9).value(), 1) << "the refusal";
        EXPECT_EQ(tx.sign_ins().remove_older_than(tx.now(), 9).value(), 1) << "the code";
        EXPECT_TRUE(tx.sign_ins().take_code("b").value());
    });
}

}  // namespace
}  // namespace souk::test
