#include "app/stores/sample_usage.hpp"

#include <utility>

namespace souk::app {
namespace {

UsageSample sum_of(const StoreUsage& usage, Timestamp time) {
    UsageSample sample{.time = time, .storage_bytes = usage.storage_bytes};
    for (const PodUsage& pod : usage.pods) {
        sample.cpu_millicores += pod.cpu_millicores;
        sample.memory_bytes += pod.memory_bytes;
        ++sample.pods;
    }
    return sample;
}

}  // namespace

Result<int> SampleUsage::operator()(std::stop_token stop) const {
    const auto usage = cluster_.usage_of_all(std::move(stop));
    if (!usage) {
        return forward(usage);
    }
    if (!*usage || (*usage)->empty()) {
        return 0;
    }
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const auto places = tx.stores().living_places();
    if (!places) {
        return forward(places);
    }
    int measured = 0;
    for (const StoreTable::Place& place : *places) {
        const auto found = (*usage)->find(place.ns);
        if (found == (*usage)->end()) {
            continue;
        }
        if (auto added = tx.usage().add(place.id, sum_of(found->second, tx.now())); !added) {
            return forward(added);
        }
        ++measured;
    }
    if (measured == 0) {
        return 0;
    }
    if (auto done = tx.commit("usage_samples"); !done) {
        return forward(done);
    }
    return measured;
}

}  // namespace souk::app
