#include "app/access/end_session.hpp"
#include "app/access/first_token.hpp"
#include "app/access/list_sessions.hpp"
#include "app/access/make_sign_in_code.hpp"
#include "app/access/resume_session.hpp"
#include "app/access/session_rules.hpp"
#include "app/access/sign_in.hpp"
#include "app/retention/remove_old.hpp"
#include "tests/usecases/world.hpp"

namespace souk::usecases {
namespace {

using app::Proof;
using std::chrono::hours;
using std::chrono::minutes;

/// Hashes that show what they were made of; each token is another.
struct CountingCrypto final : app::Crypto {
    std::string random_token() override { return "secret-" + std::to_string(++made); }
    std::string sha256_hex(std::string_view text) const override { return "hash of " + std::string(text); }
    int made = 0;
};

class SessionsTest : public ::testing::Test {
protected:
    SessionsTest() {
        EXPECT_TRUE(
            app::FirstToken(*world_.database, ids_, crypto_)([](const Secret&) -> Result<> { return {}; }));
    }
    Result<app::SignedIn> sign_in(Proof::Kind kind, std::string text, std::string address = "192.0.2.1") {
        return app::SignIn(*world_.database, ids_, crypto_)({kind, std::move(text)},
                                                            {std::move(address), "Browser", "request-1"});
    }
    std::string cookie() { return sign_in(Proof::Kind::Token, "souk_secret-1").value().cookie.reveal(); }
    std::string code() {
        return app::MakeSignInCode(*world_.database, crypto_)(world_.caller).value().code.reveal();
    }
    Result<app::Session> resume(std::string_view cookie) {
        return app::ResumeSession(*world_.database, crypto_)(cookie);
    }
    std::vector<app::Session> sessions() {
        return app::ListSessions(*world_.database)(world_.caller).value();
    }
    std::string actions() {
        std::string out;
        auto tx = world_.database->begin(app::Access::Read);
        const auto entries = (*tx)->audit().list("", 99).value();
        for (const auto& entry : entries) {
            out += entry.action + " ";
        }
        return out;
    }

    World world_;
    Ids ids_;
    CountingCrypto crypto_;
};

TEST_F(SessionsTest, ATokenOpensASessionThatItsCookieResumes) {
    const auto opened = sign_in(Proof::Kind::Token, "souk_secret-1");
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->session.address, "192.0.2.1");
    EXPECT_EQ(opened->session.agent, "Browser");
    const auto resumed = resume(opened->cookie.reveal());
    ASSERT_TRUE(resumed);
    EXPECT_EQ(resumed->id, opened->session.id);
    EXPECT_EQ(resumed->role, "admin");
    EXPECT_EQ(actions(), "session.open ");
    EXPECT_FALSE(resume(opened->session.hash)) << "the hash in the database opens nothing";
}

TEST_F(SessionsTest, EveryRefusalHasTheSameWords) {
    const std::string used = code();
    ASSERT_TRUE(sign_in(Proof::Kind::Code, used));
    const std::string old = code();
    world_.pass(minutes(5));
    for (const auto& [kind, text] : {std::pair{Proof::Kind::Token, std::string("souk_other")},
                                     {Proof::Kind::Token, ""},
                                     {Proof::Kind::Token, std::string(300, 'x')},
                                     {Proof::Kind::Code, "other"},
                                     {Proof::Kind::Code, "souk_secret-1"},
                                     {Proof::Kind::Code, used},
                                     {Proof::Kind::Code, old}}) {
        const auto refused = sign_in(kind, text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().code, ErrorCode::Unauthenticated) << text;
        EXPECT_EQ(refused.error().message, "this token or code is not valid, or it is no longer") << text;
    }
    EXPECT_EQ(sessions().size(), 1U);
}

TEST_F(SessionsTest, ACodeOpensOneSession) {
    const std::string made = code();
    EXPECT_TRUE(sign_in(Proof::Kind::Code, made));
    EXPECT_FALSE(sign_in(Proof::Kind::Code, made)) << "a stolen link is worth nothing after its use";
    EXPECT_EQ(actions(), "session.open session.code ");
}

TEST_F(SessionsTest, TenRefusalsStopAnAddressForFiveMinutesWhateverItShows) {
    for (int i = 0; i < app::kMostRefusals; ++i) {
        EXPECT_EQ(sign_in(Proof::Kind::Token, "wrong").error().code, ErrorCode::Unauthenticated);
    }
    const auto right = sign_in(Proof::Kind::Token, "souk_secret-1");
    ASSERT_FALSE(right);
    EXPECT_EQ(right.error().reason, "TooManyAttempts");
    EXPECT_TRUE(sign_in(Proof::Kind::Token, "souk_secret-1", "192.0.2.2")) << "another address";
    world_.pass(minutes(5));
    EXPECT_TRUE(sign_in(Proof::Kind::Token, "souk_secret-1"));
}

TEST_F(SessionsTest, UseKeepsASessionAliveForAWeekAtMost) {
    const std::string kept = cookie();
    const std::string idle = cookie();
    const Timestamp opened = resume(kept)->created;
    for (int i = 0; i < 15; ++i) {
        world_.pass(hours(11));
        const auto session = resume(kept);
        ASSERT_TRUE(session) << i;
        EXPECT_LE(session->expires, opened + app::kSessionLife);
    }
    EXPECT_FALSE(resume(idle)) << "twelve hours without use are its end";
    world_.pass(hours(4));
    EXPECT_FALSE(resume(kept));
}

TEST_F(SessionsTest, UseIsNotedAtMostOnceAMinute) {
    const std::string value = cookie();
    const Timestamp first = resume(value)->last_used;
    world_.pass(seconds(59));
    EXPECT_EQ(resume(value)->last_used, first);
    world_.pass(seconds(1));
    EXPECT_GE(resume(value)->last_used - first, seconds(60));
    EXPECT_GE(sessions().front().last_used - first, seconds(60)) << "in the database, too";
}

TEST_F(SessionsTest, AnEndedSessionIsGoneAtOnceAndOnlyItsUserMayEndIt) {
    const std::string value = cookie();
    const std::string id = resume(value)->id.str();
    app::Caller other = world_.caller;
    other.user = "somebody";
    const app::EndSession end(*world_.database);
    EXPECT_EQ(end(id, other).error().reason, "SessionNotFound");
    EXPECT_EQ(end("ses_x", world_.caller).error().reason, "SessionNotFound");
    EXPECT_TRUE(resume(value));
    EXPECT_TRUE(end(id, world_.caller));
    EXPECT_FALSE(resume(value));
    EXPECT_EQ(end(id, world_.caller).error().reason, "SessionNotFound");
    EXPECT_EQ(actions(), "session.end session.open ");
}

TEST_F(SessionsTest, TheCsrfTokenBelongsToOneCookieAndIsNoHashOfIt) {
    EXPECT_NE(app::csrf_token(crypto_, "a"), app::csrf_token(crypto_, "b"));
    EXPECT_NE(app::csrf_token(crypto_, "a"), crypto_.sha256_hex("a"));
}

TEST_F(SessionsTest, WhatHasExpiredIsRemoved) {
    static_cast<void>(cookie());
    static_cast<void>(code());
    EXPECT_FALSE(sign_in(Proof::Kind::Token, "wrong"));
    const app::RemoveOld remove_old(*world_.database, {});
    EXPECT_EQ(remove_old()->sessions + remove_old()->sign_ins, 0);
    world_.pass(hours(13));
    const auto removed = remove_old();
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->sessions, 1);
    EXPECT_EQ(removed->sign_ins, 2);
}

}  // namespace
}  // namespace souk::usecases
