#include "runtime/metrics/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace souk::runtime {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Metrics, RendersCountersGaugesAndHistograms) {
    Metrics metrics;
    metrics.counter("jobs_total", "Jobs done", {{"kind", "a"}}).increment();
    metrics.counter("jobs_total", "Jobs done", {{"kind", "a"}}).increment(2);
    metrics.gauge("queue_depth", "Waiting").set(7);
    metrics.gauge("queue_depth", "Waiting").add(-2);
    metrics.histogram("step_seconds", "Steps", {}, {1, 10}).observe(5);
    const auto text = metrics.render();
    EXPECT_THAT(
        text, HasSubstr("# HELP jobs_total Jobs done\n# TYPE jobs_total counter\njobs_total{kind=\"a\"} 3"));
    EXPECT_THAT(text, HasSubstr("# TYPE queue_depth gauge\nqueue_depth 5"));
    EXPECT_THAT(text, HasSubstr("step_seconds_bucket{le=\"1\"} 0"));
    EXPECT_THAT(text, HasSubstr("step_seconds_bucket{le=\"10\"} 1"));
    EXPECT_THAT(text, HasSubstr("step_seconds_sum 5"));
}

TEST(Metrics, LabelValuesAreEscaped) {
    Metrics metrics;
    metrics.counter("x_total", "x", {{"path", "a\"b\\c\nd"}}).increment();
    EXPECT_THAT(metrics.render(), HasSubstr("x_total{path=\"a\\\"b\\\\c\\nd\"} 1"));
}

TEST(Metrics, SeriesBeyondTheLimitAreRefusedAndCounted) {
    Metrics metrics({.max_series_per_family = 2, .refusals_name = "refused_total"});
    for (int i = 0; i < 5; ++i) {
        metrics.counter("x_total", "x", {{"user", std::to_string(i)}}).increment();
    }
    metrics.counter("x_total", "x", {{"user", "0"}}).increment();  // known, so still counted
    const auto text = metrics.render();
    EXPECT_THAT(text, HasSubstr("x_total{user=\"0\"} 2"));
    EXPECT_THAT(text, HasSubstr("x_total{user=\"1\"} 1"));
    EXPECT_THAT(text, Not(HasSubstr("user=\"2\"")));
    EXPECT_THAT(text, HasSubstr("refused_total{metric=\"x_total\"} 3"));
}

TEST(Metrics, AWrongNameTypeOrBucketListIsRefusedNotFatal) {
    Metrics metrics({.refusals_name = "refused_total"});
    metrics.counter("a_total", "a").increment();
    metrics.gauge("a_total", "a").set(9);
    metrics.counter("not a name", "x").increment();
    metrics.counter("b_total", "b", {{"not a label", "x"}}).increment();
    metrics.histogram("h_seconds", "h", {}, {2, 1}).observe(1);
    metrics.histogram("h_seconds", "h", {}, {}).observe(1);
    const auto text = metrics.render();
    EXPECT_THAT(text, HasSubstr("a_total 1"));
    EXPECT_THAT(text, HasSubstr("refused_total{metric=\"a_total\"} 1"));
    EXPECT_THAT(text, HasSubstr("refused_total{metric=\"not a name\"} 1"));
    EXPECT_THAT(text, HasSubstr("refused_total{metric=\"b_total\"} 1"));
    EXPECT_THAT(text, HasSubstr("refused_total{metric=\"h_seconds\"} 2"));
}

TEST(Metrics, UpdatesRunBeforeEachRender) {
    Metrics metrics;
    int asked = 0;
    metrics.before_render([&] { metrics.gauge("asked", "x").set(++asked); });
    EXPECT_THAT(metrics.render(), HasSubstr("asked 1"));
    EXPECT_THAT(metrics.render(), HasSubstr("asked 2"));
}

TEST(Metrics, ThreadsMayCountAndRenderTogether) {
    Metrics metrics;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 100; ++i) {
                    metrics.counter("x_total", "x", {{"t", std::to_string(t)}}).increment();
                    if (i % 25 == 0) {
                        metrics.render();
                    }
                }
            });
        }
    }
    EXPECT_THAT(metrics.render(), HasSubstr("x_total{t=\"3\"} 100"));
}

}  // namespace
}  // namespace souk::runtime
