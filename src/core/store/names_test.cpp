#include "core/store/names.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace souk {
namespace {

TEST(StoreName, IsTrimmedAndCountsCharactersNotBytes) {
    EXPECT_EQ(StoreName::parse("  Ann's shop ")->str(), "Ann's shop");
    std::string emoji;
    for (int i = 0; i < 63; ++i) {
        emoji += "\xF0\x9F\x9B\x8D";
    }
    EXPECT_TRUE(StoreName::parse(emoji));
    EXPECT_FALSE(StoreName::parse(emoji + "x"));
}

TEST(StoreName, RefusesWhatAPersonCannotSee) {
    for (const std::string& text :
         {std::string(), std::string("   "), std::string("a\0b", 3), std::string("a\x1b[31m"),
          std::string("a\xE2\x80\xAE"
                      "b"),
          std::string("\xFF"), std::string("\xC0\xAF"), std::string("\xED\xA0\x80"),
          std::string("a\xE2\x80")}) {
        EXPECT_FALSE(StoreName::parse(text)) << text;
    }
}

TEST(Slug, ComesFromTheName) {
    const auto slug = [](const char* name) { return Slug::from_name(*StoreName::parse(name)).str(); };
    EXPECT_EQ(slug("Ann's Shop"), "anns-shop");
    EXPECT_EQ(slug("Ann\u2019s Shop"), "anns-shop") << "as phones write it";
    EXPECT_EQ(slug("  --Hello,   World!--"), "hello-world");
    EXPECT_EQ(slug("\xF0\x9F\x9B\x8D"), "store");
    EXPECT_EQ(slug("Admin"), "admin-store");
    EXPECT_EQ(slug("abcdefghijklmnopqrstuvwxyz0123456789abc-xyz"), "abcdefghijklmnopqrstuvwxyz0123456789abc");
}

TEST(Slug, LatinLettersLoseTheirMarksOnly) {
    for (const auto& [name, slug] : std::map<std::string, std::string>{
             {"Vélo Lyon", "velo-lyon"},
             {"Zürich", "zurich"},
             {"Straße", "strasse"},
             {"STRAẞE", "strasse"},
             {"Łódź", "lodz"},
             {"Ørsted", "orsted"},
             {"Æble", "aeble"},
             {"Œuvre", "oeuvre"},
             {"Þórður", "thordur"},
             {"İstanbul", "istanbul"},
             {"Iğdır", "igdir"},
             {"București", "bucuresti"},
             {"Đà Nẵng", "da-nang"},
             {"Ve\xCC\x81lo", "velo"},  // the accent on its own, as some keyboards send it
             {"Àdmin", "admin-store"},
             {"5 × 5", "5-5"}}) {
        EXPECT_EQ(Slug::from_name(*StoreName::parse(name)).str(), slug) << name;
    }
}

TEST(Slug, NamesInOtherScriptsGiveWhatIsLatinInThem) {
    for (const auto& [name, slug] : std::map<std::string, std::string>{{"Чай", "store"},
                                                                       {"お茶", "store"},
                                                                       {"Τσάι 24", "24"},
                                                                       {"Чай и tea", "tea"},
                                                                       {"tea и Чай 7", "tea-7"}}) {
        EXPECT_EQ(Slug::from_name(*StoreName::parse(name)).str(), slug) << name;
    }
}

TEST(Slug, ALetterThatBecomesTwoStaysWithinForty) {
    const auto slug = [](const std::string& name) { return Slug::from_name(*StoreName::parse(name)).str(); };
    EXPECT_EQ(slug(std::string(39, 'a') + "ß"), std::string(39, 'a') + "s");
    std::string longest;
    for (int i = 0; i < 63; ++i) {
        longest += "Æ";
    }
    EXPECT_EQ(slug(longest).size(), 40U);
}

TEST(Slug, FromNameAlwaysParsesAndIsItsOwnSlug) {
    for (const char* name :
         {"a", "WWW", "9", "a-", "-", "souk", "Souk D", "x y z", "Vélo Lyon", "ß", "\xCC\x81"}) {
        const Slug slug = Slug::from_name(*StoreName::parse(name));
        EXPECT_TRUE(Slug::parse(slug.str())) << slug.str();
        EXPECT_EQ(Slug::from_name(*StoreName::parse(slug.str())), slug);
    }
}

TEST(Slug, NumberedStaysWithinForty) {
    const Slug slug = *Slug::parse(std::string(40, 'a'));
    EXPECT_EQ(slug.numbered(12).str(), std::string(37, 'a') + "-12");
}

TEST(Slug, RefusesReservedAndMalformed) {
    for (const char* text : {"", "www", "-a", "a-", "A", "a.b", "a_b", "a b"}) {
        EXPECT_FALSE(Slug::parse(text)) << text;
    }
}

TEST(NamespaceName, HoldsSlugAndEndOfId) {
    const StoreId id = *StoreId::parse("str_01hf4cx9aq7sv8m3n2p1abcdef");
    const auto ns = NamespaceName::for_store(*Slug::parse("ann"), id);
    EXPECT_EQ(ns.str(), "souk-ann-abcdef");
    EXPECT_TRUE(NamespaceName::parse(ns.str()));
    EXPECT_LE(NamespaceName::for_store(*Slug::parse(std::string(40, 'a')), id).str().size(), 63U);
}

TEST(Id, ParsesOnlyItsOwnKind) {
    const auto id = StoreId::from_bytes({0x01, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 255});
    EXPECT_EQ(id.str().size(), 30U);
    EXPECT_TRUE(StoreId::parse(id.str()));
    EXPECT_FALSE(OperationId::parse(id.str()));
    EXPECT_FALSE(StoreId::parse("str_01HF4CX9AQ7SV8M3N2P1ABCDEF"));
}

TEST(Id, SortsLikeItsBytes) {
    EXPECT_LT(crockford32({0, 0, 0, 1}), crockford32({0, 0, 1, 0}));
    EXPECT_EQ(crockford32({255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}),
              "7zzzzzzzzzzzzzzzzzzzzzzzzz");
}

}  // namespace
}  // namespace souk
