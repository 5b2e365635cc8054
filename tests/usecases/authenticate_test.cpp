#include "app/access/authenticate.hpp"

#include "app/access/first_token.hpp"
#include "tests/usecases/world.hpp"

namespace souk::usecases {
namespace {

/// A hash that shows nothing, and a token that is always the same.
struct PlainCrypto final : app::Crypto {
    std::string random_token() override { return "token"; }
    std::string sha256_hex(std::string_view text) const override { return "hash of " + std::string(text); }
};

class AuthenticateTest : public ::testing::Test {
protected:
    AuthenticateTest() {
        EXPECT_TRUE(
            app::FirstToken(*world_.database, ids_, crypto_)([](const Secret&) -> Result<> { return {}; }));
    }
    bool accepted(std::string_view token) {
        return app::Authenticate(*world_.database, crypto_)(token).has_value();
    }
    std::optional<Timestamp> last_used() {
        auto tx = world_.database->begin(app::Access::Read);
        return (*tx)->tokens().find_by_hash(crypto_.sha256_hex("souk_token")).value()->last_used;
    }

    World world_;
    Ids ids_;
    PlainCrypto crypto_;
};

TEST_F(AuthenticateTest, AWrongTokenIsRefusedAndNotesNothing) {
    EXPECT_FALSE(accepted("souk_other"));
    EXPECT_FALSE(last_used());
}

TEST_F(AuthenticateTest, TheUseOfATokenIsNotedAtMostOnceAMinute) {
    ASSERT_TRUE(accepted("souk_token"));
    const auto first = last_used();
    ASSERT_TRUE(first);
    world_.pass(seconds(59));
    ASSERT_TRUE(accepted("souk_token"));
    EXPECT_EQ(last_used(), first);
    world_.pass(seconds(1));
    ASSERT_TRUE(accepted("souk_token"));
    EXPECT_GE(*last_used() - *first, seconds(60));
}

}  // namespace
}  // namespace souk::usecases
