// What people see of a namespace comes from whoever writes its objects, its events and its figures.
#include "adapters/kube/resource_health.hpp"
#include "adapters/kube/resource_reports.hpp"
#include "core/common/quantity.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace souk;
namespace json = boost::json;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

bool is_clean(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

const kube::Kind* kind_of(const json::value& object) {
    static constexpr std::array kKinds = {&kube::kIngress,     &kube::kService,    &kube::kDeployment,
                                          &kube::kStatefulSet, &kube::kReplicaSet, &kube::kJob,
                                          &kube::kCronJob,     &kube::kPod,        &kube::kClaim,
                                          &kube::kSecret,      &kube::kConfigMap,  &kube::kQuota};
    const std::string name = kube::text_at(object, {"kind"});
    const auto* found = std::find_if(kKinds.begin(), kKinds.end(),
                                     [&](const kube::Kind* kind) { return kind->name == name; });
    return found == kKinds.end() ? nullptr : *found;
}

void check_tree(const std::vector<kube::FoundObject>& found) {
    const auto infos = kube::assess_resources(found);
    require(infos.size() <= found.size());
    std::set<std::string> keys;
    for (const auto& info : infos) {
        keys.insert(info.kind + "/" + info.name);
    }
    for (const auto& info : infos) {
        require(info.parent.empty() || keys.contains(info.parent));
        require(info.health == app::ResourceHealth::Healthy || !info.reason.empty());
    }
}

void check_shown(const kube::FoundObject& found) {
    const json::object shown = kube::shown(*found.kind, found.object);
    require(kube::find_at(shown, {"metadata", "managedFields"}) == nullptr);
    if (found.kind == &kube::kSecret) {
        require(shown.if_contains("data") == nullptr && shown.if_contains("stringData") == nullptr);
    }
}

void check_event(const json::value& object) {
    const auto event = kube::read_event(object);
    require(event.count >= 1 && is_clean(event.reason) && is_clean(event.message));
}

void check_usage(const json::array& items) {
    std::map<std::string, app::StoreUsage> usages;
    for (const json::value& item : items) {
        kube::add_metrics(item, usages);
        kube::add_claim(item, usages);
    }
    for (const auto& [ns, usage] : usages) {
        std::int64_t cpu = 0;
        std::int64_t memory = 0;
        for (const auto& pod : usage.pods) {
            require(!__builtin_add_overflow(cpu, pod.cpu_millicores, &cpu) && cpu >= 0);
            require(!__builtin_add_overflow(memory, pod.memory_bytes, &memory) && memory >= 0);
        }
        require(usage.storage_bytes >= 0);
    }
}

void check_quantity(std::string_view text) {
    const auto bytes = parse_bytes(text);
    const auto millicores = parse_millicores(text);
    require(!bytes || *bytes >= 0);
    require(!millicores || (bytes && *millicores >= *bytes));
    if (bytes && *bytes < (std::int64_t{1} << 53U)) {
        require(parse_bytes(std::to_string(*bytes)) == bytes);
    }
}

}  // namespace

/// A quantity, or a list of objects; each of them plays an object of the tree, an event, a pod's figures and
/// a claim.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_quantity(text);
    const auto parsed = kube::parse_json(text);
    if (!parsed || !parsed->is_array()) {
        return 0;
    }
    std::vector<kube::FoundObject> found;
    for (const json::value& item : parsed->get_array()) {
        check_event(item);
        if (const kube::Kind* kind = kind_of(item); kind != nullptr) {
            found.push_back({kind, item});
            check_shown(found.back());
        }
    }
    check_tree(found);
    check_usage(parsed->get_array());
    return 0;
}
