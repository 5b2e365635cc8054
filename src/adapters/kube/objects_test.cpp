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

TEST(ReadPod, CountsTheRestartsOfEachContainer) {
    const Pod read = read_pod(parse_json(R"({"metadata":{"name":"a"},"status":{"containerStatuses":[
        {"name":"web","restartCount":2},{"name":"sidecar","restartCount":0},
        {"name":"broken","restartCount":9223372036854775807}]}})")
                                  .value());
    EXPECT_EQ(read.container_restarts, (std::map<std::string, int>{{"broken", 1'000'000}, {"web", 2}}));
    EXPECT_EQ(read.restarts, 1'000'000);
}

}  // namespace
}  // namespace souk::kube
