#include "app/stores/read_usage.hpp"

#include "app/stores/find_store.hpp"

#include <utility>

namespace souk::app {
namespace {

constexpr int kMostSamples = 500;

struct Kept {
    Store store;
    std::vector<UsageSample> samples;
};

Result<Kept> read_kept(Database& database, std::string_view name, std::chrono::hours range,
                       const Caller& caller) {
    auto begun = database.begin(Access::Read);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto store = find_living_store(tx, caller, name);
    if (!store) {
        return forward(store);
    }
    auto samples = tx.usage().list(store->id, tx.now() - range, tx.now(), kMostSamples);
    if (!samples) {
        return forward(samples);
    }
    return Kept{std::move(*store), std::move(*samples)};
}

}  // namespace

Result<UsageReport> ReadUsage::operator()(std::string_view name, std::chrono::hours range,
                                          const Caller& caller, std::stop_token stop) {
    auto kept = read_kept(database_, name, range, caller);
    if (!kept) {
        return forward(kept);
    }
    auto now = recent_.get(kept->store.id.str(), [&]() -> Result<std::optional<StoreUsage>> {
        auto usage = cluster_.usage(StoreRef::of(kept->store), std::move(stop));
        const bool unknown = !usage && (usage.error().code == ErrorCode::NotFound ||
                                        usage.error().code == ErrorCode::Unavailable ||
                                        usage.error().code == ErrorCode::Timeout);
        return unknown ? std::nullopt : std::move(usage);
    });
    if (!now) {
        return forward(now);
    }
    UsageReport report{std::move(*now), {}, std::move(kept->samples)};
    for (const Plan& plan : plans_) {
        if (plan.name == kept->store.plan) {
            report.quota = amounts_of(plan);
        }
    }
    return report;
}

}  // namespace souk::app
