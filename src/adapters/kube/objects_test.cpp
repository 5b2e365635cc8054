#include "adapters/kube/objects.hpp"

#include <gtest/gtest.h>

namespace souk::kube {
namespace {

SetupJob job(const char* status) {
    return read_job(
        parse_json(std::string(R"({"metadata":{"name":"setup"},"status":)") + status + "}").value());
}

TEST(ReadJob, AddsUpThePodsThatEnded) {
    const SetupJob read = job(R"({"active":1,"succeeded":2,"failed":3})");
    EXPECT_EQ(read.active, 1);
    EXPECT_EQ(read.ended, 5);
}

TEST(ReadJob, CountsThatNoJobHasDoNotOverflow) {
    const SetupJob most = job(R"({"succeeded":9223372036854775807,"failed":9223372036854775807})");
    EXPECT_EQ(most.ended, 2LL * 2147483647);
    const SetupJob least =
        job(R"({"active":-9223372036854775808,"succeeded":-9223372036854775808,"failed":-1})");
    EXPECT_EQ(least.active, 0);
    EXPECT_EQ(least.ended, 0);
}

}  // namespace
}  // namespace souk::kube
