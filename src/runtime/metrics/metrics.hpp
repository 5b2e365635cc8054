#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace souk::runtime {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

struct MetricsOptions {
    /// A label with unbounded values would eat the memory of everybody: beyond this, new series are refused
    /// and counted.
    std::size_t max_series_per_family = 1000;
    /// Name of the counter of refusals (label "metric").
    std::string refusals_name = "metrics_series_refused_total";
};

/// Handles are cheap to copy, safe on any thread and valid as long as their `Metrics`. That of a refused
/// series does nothing.
class Counter {
public:
    void increment(double by = 1.0) const;

private:
    friend class Metrics;
    explicit Counter(void* series) : series_(series) {}
    void* series_;
};

class Gauge {
public:
    void set(double value) const;
    void add(double delta) const;

private:
    friend class Metrics;
    explicit Gauge(void* series) : series_(series) {}
    void* series_;
};

class Histogram {
public:
    void observe(double value) const;

private:
    friend class Metrics;
    explicit Histogram(void* series) : series_(series) {}
    void* series_;
};

/// Upper bounds in seconds for request and step durations.
std::vector<double> default_buckets();

/// Registry of counters, gauges and histograms by name and labels. Any thread.
/// Asking again for a series returns the same one. A name that is malformed or already has another type is
/// refused.
class Metrics {
public:
    explicit Metrics(MetricsOptions options = {});
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter counter(const std::string& name, const std::string& help, const MetricLabels& labels = {});
    Gauge gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
    /// Buckets are upper bounds in rising order; those of the first call for a name count.
    Histogram histogram(const std::string& name, const std::string& help, const MetricLabels& labels = {},
                        const std::vector<double>& buckets = default_buckets());

    /// Called before each `render`, on its thread: to set gauges that are cheaper to ask than to keep. Must
    /// not throw.
    void before_render(std::function<void()> update);

    /// Prometheus text format 0.0.4.
    std::string render();

private:
    class Registry;
    std::unique_ptr<Registry> registry_;
};

}  // namespace souk::runtime
