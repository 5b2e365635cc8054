#pragma once

#include "adapters/kube/api_client.hpp"
#include "adapters/kube/cache.hpp"
#include "adapters/kube/settings.hpp"
#include "adapters/kube/watcher.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace souk::kube {

/// Runs the watchers of all kinds on one thread, which the daemon gives it. Everything else is on the HTTP
/// client's thread, and only fills a queue.
class Informer {
public:
    Informer(ApiClient& api, Cache& cache, const KubeSettings& settings);
    ~Informer();
    Informer(const Informer&) = delete;
    Informer& operator=(const Informer&) = delete;

    /// Returns after `stop`, with no stream left. May be called again.
    void run(std::stop_token stop);
    /// How often all objects of a kind were read anew, over all kinds.
    std::uint64_t lists() const;

private:
    struct Queue;

    std::unique_ptr<runtime::HttpStream> start(std::size_t watcher, const std::string& path,
                                               const Query& query, std::chrono::milliseconds timeout,
                                               std::chrono::milliseconds idle, std::uint64_t stream,
                                               const std::stop_token& stop);
    void make_watchers(const std::stop_token& stop);
    void report(const std::vector<std::string>& stores) const;

    ApiClient& api_;
    Cache& cache_;
    const KubeSettings& settings_;
    std::shared_ptr<Queue> queue_;
    std::vector<std::unique_ptr<Watcher>> watchers_;
    std::vector<std::uint64_t> serials_;  // credential of each watcher's stream
    std::atomic<std::uint64_t> lists_{0};
};

}  // namespace souk::kube
