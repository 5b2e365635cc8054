#include "adapters/sql/json_columns.hpp"

#include <gtest/gtest.h>

namespace souk::sql {
namespace {

TEST(JsonColumns, ConditionsComeBackAsTheyWere) {
    const std::vector<Condition> conditions = {
        {.type = "Waiting",
         .status = true,
         .reason = "Queue",
         .message = "third \"in\" line\n",
         .changed = from_micros(1'700'000'000'000'001)},
        {.type = "Available", .status = false, .reason = "", .message = "", .changed = {}}};
    EXPECT_EQ(conditions_from_json(to_json(conditions)).value(), conditions);
    EXPECT_TRUE(conditions_from_json(to_json(std::vector<Condition>{})).value().empty());
}

TEST(JsonColumns, StepsComeBackAsTheyWere) {
    auto steps = pending_steps(kDeleteSteps);
    move_steps(steps, Step::RemoveNamespace, StepState::Failed, "still there", from_micros(-5));
    EXPECT_EQ(steps_from_json(to_json(steps)).value(), steps);
    steps = pending_steps(kCreateSteps);
    EXPECT_EQ(steps_from_json(to_json(steps)).value(), steps);
}

TEST(JsonColumns, TextsAndReceiptLinesComeBackAsTheyWere) {
    const std::vector<std::string> texts = {"a.example.com", "", "ü \\ \""};
    EXPECT_EQ(texts_from_json(to_json(texts)).value(), texts);
    const std::vector<ReceiptLine> lines = {{"Namespace", "souk-a", "", from_micros(3)},
                                            {"Secret", "s", "souk-a", std::nullopt}};
    EXPECT_EQ(receipt_lines_from_json(to_json(lines)).value(), lines);
}

TEST(JsonColumns, FieldsOfANewerVersionAreTolerated) {
    const auto conditions =
        conditions_from_json(R"([{"type":"A","status":true,"weight":{"deep":[1]}}, 7])").value();
    ASSERT_EQ(conditions.size(), 1U);
    EXPECT_EQ(conditions[0].type, "A");
    EXPECT_TRUE(conditions[0].status);
    const auto steps =
        steps_from_json(
            R"([{"step":"teleport","state":"done"},{"step":"fence","state":"running","started":"soon"}])")
            .value();
    ASSERT_EQ(steps.size(), 1U);
    EXPECT_EQ(steps[0].step, Step::Fence);
    EXPECT_FALSE(steps[0].started);
}

TEST(JsonColumns, WhatIsNoListIsAnError) {
    for (const char* text : {"", "{}", "[", "null", "[1]x"}) {
        const auto steps = steps_from_json(text);
        ASSERT_FALSE(steps) << text;
        EXPECT_EQ(steps.error().code, ErrorCode::Internal);
    }
}

}  // namespace
}  // namespace souk::sql
