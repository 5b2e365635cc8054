#include "adapters/kube/resource_reports.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>

namespace souk::kube {
namespace {

json::value pod_metrics(const std::string& usage) {
    return json::parse(
        R"({"metadata":{"name":"p","namespace":"n"},"timestamp":"2026-11-21T09:30:00Z","containers":[)" +
        usage + "," + usage + "]}");
}

TEST(ResourceReports, AddUpTheContainersOfAPod) {
    std::map<std::string, app::StoreUsage> usages;
    add_metrics(pod_metrics(R"({"usage":{"cpu":"250m","memory":"20Ki"}})"), usages);
    ASSERT_EQ(usages["n"].pods.size(), 1U);
    EXPECT_EQ(usages["n"].pods[0].cpu_millicores, 500);
    EXPECT_EQ(usages["n"].pods[0].memory_bytes, 40 << 10);
}

TEST(ResourceReports, OfEnormousFiguresStayNumbersThatCanBeAdded) {
    std::map<std::string, app::StoreUsage> usages;
    const json::value claim =
        json::parse(R"({"metadata":{"namespace":"n"},"spec":{"resources":{"requests":{"storage":"9E"}}}})");
    for (int i = 0; i < 1000; ++i) {
        add_metrics(pod_metrics(R"({"usage":{"cpu":"9e15","memory":"9E"}})"), usages);
        add_claim(claim, usages);
    }
    std::int64_t cpu = 0;
    std::int64_t memory = 0;
    for (const app::PodUsage& pod : usages["n"].pods) {
        ASSERT_FALSE(__builtin_add_overflow(cpu, pod.cpu_millicores, &cpu));
        ASSERT_FALSE(__builtin_add_overflow(memory, pod.memory_bytes, &memory));
    }
    EXPECT_GT(cpu, 0);
    EXPECT_GT(memory, 0);
    EXPECT_GT(usages["n"].storage_bytes, 0);
}

TEST(ResourceReports, OfASecretShowTheNamesOfItsKeysOnly) {
    const json::object seen = shown(
        kSecret,
        json::parse(R"({"metadata":{"name":"s"},"data":{"password":"b3Blbg=="},"stringData":{"a":"open"}})"));
    EXPECT_EQ(json::serialize(seen), R"({"metadata":{"name":"s"},"keys":["password","a"]})");
}

}  // namespace
}  // namespace souk::kube
