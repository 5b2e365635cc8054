#include "adapters/sql/search_text.hpp"

#include <gtest/gtest.h>

namespace souk::sql {
namespace {

TEST(SearchText, CaseIsFoldedInTheAlphabetsOfEurope) {
    EXPECT_EQ(fold_case("Shop-1 Z"), "shop-1 z");
    EXPECT_EQ(fold_case("ÄÖÜß×É"), "äöüß×é");
    EXPECT_EQ(fold_case("ŁŻŽŠĞ"), "łżžšğ");
    EXPECT_EQ(fold_case("ΑΘΗΝΑ"), "αθηνα");
    EXPECT_EQ(fold_case("МАГАЗИН Ё"), "магазин ё");
    EXPECT_EQ(fold_case("łżž 店 🛒"), "łżž 店 🛒");
}

TEST(SearchText, CutUtf8StaysAsItIs) {
    EXPECT_EQ(fold_case("A\xC3"), "a\xC3");
    EXPECT_EQ(fold_case("\xC3"
                        "A"),
              "\xC3"
              "a");
}

TEST(SearchText, MetacharactersOfLikeAreEscaped) { EXPECT_EQ(like_pattern("5%_\\X"), "%5\\%\\_\\\\x%"); }

}  // namespace
}  // namespace souk::sql
