#include "adapters/engines/pack.hpp"

#include "adapters/engines/test_engine.hpp"
#include "runtime/crypto/hash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::engines {
namespace {

std::string container(std::string_view entries) { return "souk-pack 1\n" + std::string(entries); }

TEST(Pack, ComesBackFromItsArchive) {
    const Result<EnginePack> made = make_pack(test_engine(), {"demo", {}});
    ASSERT_TRUE(made) << made.error().message;
    const Result<EnginePack> opened = open_pack(made->digest, made->archive);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->engine.name, "demo");
    EXPECT_EQ(opened->digest, made->digest);
    EXPECT_EQ(*files_of(*opened), test_engine());
}

TEST(Pack, OpensForAStoreWhosePlanIsNoLongerConfigured) {
    const Result<EnginePack> made = make_pack(test_engine(), {"demo", {"starter"}});
    ASSERT_TRUE(made);
    EXPECT_TRUE(open_pack(made->digest, made->archive));
}

TEST(Pack, DigestCoversEveryByteAndName) {
    const std::string digest = make_pack(test_engine(), {})->digest;
    EXPECT_TRUE(digest.starts_with("sha256:"));
    EXPECT_EQ(digest.size(), 71U);
    EXPECT_EQ(make_pack(test_engine(), {})->digest, digest);
    PackFiles files = test_engine();
    files["chart/values.yaml"] = " ";
    EXPECT_NE(make_pack(files, {})->digest, digest);
    files = test_engine();
    files["chart/templates/x.yaml"] = "";
    EXPECT_NE(make_pack(files, {})->digest, digest);
}

TEST(Pack, RefusesAnArchiveThatIsNotWhatItsDigestSays) {
    const Result<EnginePack> made = make_pack(test_engine(), {});
    std::string archive = made->archive;
    archive.pop_back();
    EXPECT_EQ(open_pack(made->digest, archive).error().reason, "PackCorrupt");
    archive = made->archive + "x";
    EXPECT_EQ(open_pack(made->digest, archive).error().reason, "PackCorrupt");
    const std::string other = *compress(*pack_files({{"engine.yaml", "a: b"}}));
    EXPECT_EQ(open_pack(made->digest, other).error().reason, "PackCorrupt");
    EXPECT_EQ(open_pack(made->digest, "").error().reason, "PackCorrupt");
}

TEST(Pack, RefusesPathsThatLeaveTheFolder) {
    for (const char* path : {"../x", "/etc/x", "a/../../x", "a//x", "./x", "a/", "", "a\\x", "a b", "a/.."}) {
        EXPECT_FALSE(pack_files({{path, ""}})) << path;
        EXPECT_FALSE(unpack_files(container(std::string(path) + "\n0\n\n"))) << path;
    }
}

TEST(Pack, RefusesBrokenContainers) {
    EXPECT_TRUE(unpack_files(container("a\n1\nx\nb\n0\n\n")));
    for (const char* entries :
         {"a\n1\nx", "a\n2\nx\n", "a\n-1\n\n", "a\n01\nx\n", "a\n99999999999999999999\nx\n", "a\n", "a",
          "b\n0\n\na\n0\n\n", "a\n0\n\na\n0\n\n", "a\n1048577\nx\n"}) {
        EXPECT_FALSE(unpack_files(container(entries))) << entries;
    }
    EXPECT_FALSE(unpack_files(""));
    EXPECT_FALSE(unpack_files("souk-pack 2\n"));
}

TEST(Pack, RefusesABombBeforeItIsLarge) {
    const std::string bomb = *compress(std::string(std::size_t{64} << 20U, 'a'));
    ASSERT_LT(bomb.size(), std::size_t{1} << 20U);
    EXPECT_EQ(decompress(bomb).error().reason, "PackCorrupt");
}

TEST(Pack, RefusesWhatIsTooMuch) {
    PackFiles files;
    for (int i = 0; i < 501; ++i) {
        files["chart/f" + std::to_string(i)] = "";
    }
    EXPECT_FALSE(pack_files(files));
    EXPECT_FALSE(pack_files({{"a", std::string(kMaxPackFileBytes + 1, 'x')}}));
}

}  // namespace
}  // namespace souk::engines
