#include "adapters/kube/resource_reports.hpp"

#include "core/common/quantity.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace souk::kube {
namespace {

/// More than any machine has, and few enough that sums of thousands are still numbers.
constexpr std::int64_t kMost = 1'000'000'000'000'000;

void add(std::int64_t& sum, std::optional<std::int64_t> more) {
    sum = std::min(sum + std::min(more.value_or(0), kMost), kMost);
}

}  // namespace

json::object shown(const Kind& kind, json::value value) {
    json::object object = value.is_object() ? std::move(value.get_object()) : json::object();
    if (json::value* found = object.if_contains("metadata"); found != nullptr && found->is_object()) {
        json::object& metadata = found->get_object();
        metadata.erase("managedFields");
        if (json::value* notes = metadata.if_contains("annotations");
            notes != nullptr && notes->is_object()) {
            notes->get_object().erase("kubectl.kubernetes.io/last-applied-configuration");
        }
    }
    if (&kind != &kSecret) {
        return object;
    }
    json::array keys;
    for (const char* part : {"data", "stringData"}) {
        if (const json::value* found = object.if_contains(part); found != nullptr && found->is_object()) {
            for (const auto& entry : found->get_object()) {
                keys.push_back(json::value(entry.key()));
            }
        }
        object.erase(part);
    }
    object["keys"] = std::move(keys);
    return object;
}

app::ResourceEvent read_event(const json::value& event) {
    app::ResourceEvent out{.type = text_at(event, {"type"}),
                           .reason = tidy_text(text_at(event, {"reason"})),
                           .message = tidy_text(text_at(event, {"message"}))};
    const Timestamp created = time_at(event, {"metadata", "creationTimestamp"});
    // Events come from two interfaces, which write their times and counts in different places.
    out.count =
        std::max({number_at(event, {"count"}), number_at(event, {"series", "count"}), std::int64_t{1}});
    out.last = std::max({created, time_at(event, {"lastTimestamp"}), time_at(event, {"eventTime"}),
                         time_at(event, {"series", "lastObservedTime"})});
    out.first = std::max(time_at(event, {"firstTimestamp"}), time_at(event, {"eventTime"}));
    if (out.first == Timestamp{}) {
        out.first = created;
    }
    return out;
}

void add_metrics(const json::value& metrics, std::map<std::string, app::StoreUsage>& out) {
    app::StoreUsage& usage = out[text_at(metrics, {"metadata", "namespace"})];
    app::PodUsage pod{.pod = text_at(metrics, {"metadata", "name"})};
    for (const json::value& container : array_at(metrics, {"containers"})) {
        add(pod.cpu_millicores, parse_millicores(text_at(container, {"usage", "cpu"})));
        add(pod.memory_bytes, parse_bytes(text_at(container, {"usage", "memory"})));
    }
    usage.pods.push_back(std::move(pod));
    usage.time = std::max(usage.time, time_at(metrics, {"timestamp"}));
}

void add_claim(const json::value& claim, std::map<std::string, app::StoreUsage>& out) {
    add(out[text_at(claim, {"metadata", "namespace"})].storage_bytes,
        parse_bytes(text_at(claim, {"spec", "resources", "requests", "storage"})));
}

}  // namespace souk::kube
