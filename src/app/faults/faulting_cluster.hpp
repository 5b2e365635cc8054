#pragma once

#include "app/faults/fault_points.hpp"
#include "app/ports/cluster.hpp"

#include <string>
#include <utility>

namespace souk::app {

/// Decorator: reaches "cluster.<call>.before" and ".after" around every call that changes the cluster; looks
/// pass through.
class FaultingCluster final : public Cluster {
public:
    FaultingCluster(Cluster& inner, FaultPoint reach) : inner_(inner), reach_(std::move(reach)) {}

    Result<> create_namespace(const StoreRef& store, std::stop_token stop) override {
        return around("create_namespace", [&] { return inner_.create_namespace(store, stop); });
    }
    Result<> ensure_fence(const StoreRef& store, const FenceWish& wish, std::stop_token stop) override {
        return around("ensure_fence", [&] { return inner_.ensure_fence(store, wish, stop); });
    }
    Result<> ensure_secret(const StoreRef& store, const SecretWish& secret, std::stop_token stop) override {
        return around("ensure_secret", [&] { return inner_.ensure_secret(store, secret, stop); });
    }
    Result<> ensure_route(const StoreRef& store, const RouteWish& route, std::stop_token stop) override {
        return around("ensure_route", [&] { return inner_.ensure_route(store, route, stop); });
    }
    Result<> remove_route(const StoreRef& store, std::stop_token stop) override {
        return around("remove_route", [&] { return inner_.remove_route(store, stop); });
    }
    Result<> stamp_epoch(const StoreRef& store, std::int64_t epoch, std::stop_token stop) override {
        return around("stamp_epoch", [&] { return inner_.stamp_epoch(store, epoch, stop); });
    }
    Result<> remove_volume_claims(const StoreRef& store, std::stop_token stop) override {
        return around("remove_volume_claims", [&] { return inner_.remove_volume_claims(store, stop); });
    }
    Result<> remove_release_records(const StoreRef& store, std::stop_token stop) override {
        return around("remove_release_records", [&] { return inner_.remove_release_records(store, stop); });
    }
    Result<> remove_namespace(const StoreRef& store, std::stop_token stop) override {
        return around("remove_namespace", [&] { return inner_.remove_namespace(store, stop); });
    }

    Result<Observed> observe(const ObserveRequest& request, std::stop_token stop) override {
        return inner_.observe(request, stop);
    }
    std::string fence_digest(const StoreRef& store, const FenceWish& wish) const override {
        return inner_.fence_digest(store, wish);
    }
    Result<std::map<std::string, Secret>> read_secret(const StoreRef& store, std::string_view name,
                                                      std::stop_token stop) override {
        return inner_.read_secret(store, name, stop);
    }
    Result<std::vector<ReceiptLine>> inventory(const StoreRef& store, std::stop_token stop) override {
        return inner_.inventory(store, stop);
    }
    Result<std::vector<PodInfo>> pods(const StoreRef& store, std::stop_token stop) override {
        return inner_.pods(store, stop);
    }
    Result<std::vector<PodLogs>> logs(const StoreRef& store, int lines, std::stop_token stop) override {
        return inner_.logs(store, lines, stop);
    }
    Result<std::vector<PodLogs>> events(const StoreRef& store, int at_most, std::stop_token stop) override {
        return inner_.events(store, at_most, stop);
    }
    Result<> follow_logs(
        const StoreRef& store, const LogQuery& query,
        const std::function<bool(const std::string&, const std::string&, const std::string&)>& on_line,
        std::stop_token stop) override {
        return inner_.follow_logs(store, query, on_line, stop);
    }
    Result<std::chrono::microseconds> ping(std::stop_token stop) override { return inner_.ping(stop); }

private:
    template <class Call>
    Result<> around(std::string_view name, Call&& call) {
        reach_("cluster." + std::string(name) + ".before");
        auto result = call();
        reach_("cluster." + std::string(name) + ".after");
        return result;
    }

    Cluster& inner_;
    FaultPoint reach_;
};

}  // namespace souk::app
