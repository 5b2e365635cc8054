#include "runtime/metrics/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <variant>

namespace souk::runtime {

void Counter::increment(double by) const {
    if (series_ != nullptr && by > 0) {
        static_cast<prometheus::Counter*>(series_)->Increment(by);
    }
}

void Gauge::set(double value) const {
    if (series_ != nullptr) {
        static_cast<prometheus::Gauge*>(series_)->Set(value);
    }
}

void Gauge::add(double delta) const {
    if (series_ != nullptr) {
        static_cast<prometheus::Gauge*>(series_)->Increment(delta);
    }
}

void Histogram::observe(double value) const {
    if (series_ != nullptr) {
        static_cast<prometheus::Histogram*>(series_)->Observe(value);
    }
}

std::vector<double> default_buckets() {
    return {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300};
}

/// Owns the library's registry and counts the series, which the library does not.
class Metrics::Registry {
public:
    explicit Registry(MetricsOptions options)
        : options_(std::move(options)),
          refusals_(
              prometheus::BuildCounter()
                  .Name(options_.refusals_name)
                  .Help("Series that were refused because a metric had too many or a wrong name or type")
                  .Register(library_)) {
        families_.emplace(options_.refusals_name, Known{&refusals_, {}});
    }

    prometheus::Counter* counter(const std::string& name, const std::string& help,
                                 const MetricLabels& labels) {
        return series<prometheus::Counter>(
            name, labels,
            [&] { return &prometheus::BuildCounter().Name(name).Help(help).Register(library_); },
            [](auto& family, const prometheus::Labels& map) { return &family.Add(map); });
    }

    prometheus::Gauge* gauge(const std::string& name, const std::string& help, const MetricLabels& labels) {
        return series<prometheus::Gauge>(
            name, labels, [&] { return &prometheus::BuildGauge().Name(name).Help(help).Register(library_); },
            [](auto& family, const prometheus::Labels& map) { return &family.Add(map); });
    }

    prometheus::Histogram* histogram(const std::string& name, const std::string& help,
                                     const MetricLabels& labels, const std::vector<double>& buckets) {
        if (buckets.empty() || !std::is_sorted(buckets.begin(), buckets.end(), std::less_equal<>())) {
            const std::scoped_lock lock(mutex_);
            refuse(name);
            return nullptr;
        }
        return series<prometheus::Histogram>(
            name, labels,
            [&] { return &prometheus::BuildHistogram().Name(name).Help(help).Register(library_); },
            [&](auto& family, const prometheus::Labels& map) {
                return &family.Add(map, buckets_.emplace(name, buckets).first->second);
            });
    }

    void before_render(std::function<void()> update) {
        const std::scoped_lock lock(update_mutex_);
        updates_.push_back(std::move(update));
    }

    std::string render() {
        {
            // Without the registry's lock: an update asks for series.
            const std::scoped_lock lock(update_mutex_);
            for (const auto& update : updates_) {
                update();
            }
        }
        return prometheus::TextSerializer().Serialize(library_.Collect());
    }

private:
    using AnyFamily =
        std::variant<prometheus::Family<prometheus::Counter>*, prometheus::Family<prometheus::Gauge>*,
                     prometheus::Family<prometheus::Histogram>*>;
    struct Known {
        AnyFamily family;
        std::set<prometheus::Labels> series;
    };

    void refuse(const std::string& name) {
        // Names come from code, not from input, so this label has few values.
        refusals_.Add({{"metric", name}}).Increment();
    }

    template <class Series, class Make, class Add>
    Series* series(const std::string& name, const MetricLabels& labels, const Make& make, const Add& add) {
        const prometheus::Labels map(labels.begin(), labels.end());
        const std::scoped_lock lock(mutex_);
        try {
            auto found = families_.find(name);
            if (found == families_.end()) {
                found = families_.emplace(name, Known{make(), {}}).first;
            }
            Known& known = found->second;
            auto* const* family = std::get_if<prometheus::Family<Series>*>(&known.family);
            const bool room =
                known.series.contains(map) || known.series.size() < options_.max_series_per_family;
            if (family != nullptr && room) {
                Series* const result = add(**family, map);
                known.series.insert(map);
                return result;
            }
        } catch (const std::exception&) {
            // The library throws for malformed names of metrics and labels.
        }
        refuse(name);
        return nullptr;
    }

    const MetricsOptions options_;
    prometheus::Registry library_;
    prometheus::Family<prometheus::Counter>& refusals_;
    std::mutex mutex_;
    std::map<std::string, Known> families_;
    std::map<std::string, std::vector<double>> buckets_;  // of the first call for each histogram
    std::mutex update_mutex_;
    std::vector<std::function<void()>> updates_;
};

Metrics::Metrics(MetricsOptions options) : registry_(std::make_unique<Registry>(std::move(options))) {}

Metrics::~Metrics() = default;

Counter Metrics::counter(const std::string& name, const std::string& help, const MetricLabels& labels) {
    return Counter(registry_->counter(name, help, labels));
}

Gauge Metrics::gauge(const std::string& name, const std::string& help, const MetricLabels& labels) {
    return Gauge(registry_->gauge(name, help, labels));
}

Histogram Metrics::histogram(const std::string& name, const std::string& help, const MetricLabels& labels,
                             const std::vector<double>& buckets) {
    return Histogram(registry_->histogram(name, help, labels, buckets));
}

void Metrics::before_render(std::function<void()> update) { registry_->before_render(std::move(update)); }

std::string Metrics::render() { return registry_->render(); }

}  // namespace souk::runtime
