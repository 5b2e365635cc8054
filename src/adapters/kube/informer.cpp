#include "adapters/kube/informer.hpp"

#include "adapters/kube/names.hpp"
#include "runtime/crypto/random.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;

// Beyond this the cluster tells faster than we listen: better to read everything anew than to eat the memory.
constexpr std::size_t kMaxQueued = std::size_t{128} * 1024 * 1024;

}  // namespace

/// Outlives the informer in the callbacks of streams that are being cancelled.
struct Informer::Queue {
    std::mutex mutex;
    std::condition_variable_any filled;
    std::deque<StreamNews> news;
    std::size_t bytes = 0;

    bool put(StreamNews item) {
        {
            const std::scoped_lock lock(mutex);
            if (item.what == StreamNews::What::Data && bytes + item.data.size() > kMaxQueued) {
                return false;
            }
            bytes += item.data.size();
            news.push_back(std::move(item));
        }
        filled.notify_one();
        return true;
    }
};

Informer::Informer(ApiClient& api, Cache& cache, const KubeSettings& settings)
    : api_(api),
      cache_(cache),
      settings_(settings),
      queue_(std::make_shared<Queue>()),
      serials_(kWatchedPaths.size(), 0) {}

Informer::~Informer() = default;

std::uint64_t Informer::lists() const { return lists_.load(); }

std::unique_ptr<runtime::HttpStream> Informer::start(std::size_t watcher, const std::string& path,
                                                     const Query& query, std::chrono::milliseconds timeout,
                                                     std::chrono::milliseconds idle, std::uint64_t stream,
                                                     const std::stop_token& stop) {
    const auto queue = queue_;
    runtime::StreamCallbacks callbacks;
    callbacks.on_headers = [queue, watcher, stream](const runtime::HttpResponseHead& head) {
        queue->put({watcher, stream, StreamNews::What::Head, head.status, {}, {}});
    };
    callbacks.on_data = [queue, watcher, stream](std::string_view data) {
        return queue->put({watcher, stream, StreamNews::What::Data, 0, std::string(data), {}});
    };
    callbacks.on_done = [queue, watcher, stream](Result<> result) {
        queue->put({watcher,
                    stream,
                    StreamNews::What::Done,
                    0,
                    {},
                    result ? std::optional<Error>() : std::move(result).error()});
    };
    return api_.stream(path, query, timeout, idle, std::move(callbacks), stop, &serials_[watcher]);
}

void Informer::report(const std::vector<std::string>& stores) const {
    for (const std::string& store : stores) {
        const auto id = StoreId::parse(store);
        if (id && settings_.on_change) {
            settings_.on_change(*id);
        }
        if (id && settings_.on_objects) {
            settings_.on_objects(*id);
        }
    }
}

void Informer::make_watchers(const std::stop_token& stop) {
    watchers_.clear();
    for (std::size_t i = 0; i < kWatchedPaths.size(); ++i) {
        WatcherOptions options;
        options.lifetime = settings_.watch_lifetime;
        options.idle = settings_.watch_idle;
        options.retry_base = settings_.retry_base;
        options.retry_cap = settings_.retry_cap;
        options.selector = is_only_ours(kWatchedPaths[i].kind)
                               ? std::string(kManagedBy) + "=" + std::string(kManager)
                               : std::string(kStore);
        options.random = &runtime::random_unit;
        options.told = [this](const std::string& store) {
            if (const auto id = StoreId::parse(store); id && settings_.on_objects) {
                settings_.on_objects(*id);
            }
        };
        const std::string name(kWatchedPaths[i].api->plural);
        watchers_.push_back(std::make_unique<Watcher>(
            kWatchedPaths[i].kind, path_of(*kWatchedPaths[i].api), std::move(options), cache_,
            [this, i, stop](const std::string& path, const Query& query, std::chrono::milliseconds timeout,
                            std::chrono::milliseconds idle, std::uint64_t stream) {
                return start(i, path, query, timeout, idle, stream, stop);
            },
            [this](const std::vector<std::string>& stores) { report(stores); },
            [this, name](std::string_view what, const Error& error) {
                settings_.log.warning("a watch of the cluster broke",
                                      {{"kind", name}, {"doing", what}, {"error", error.message}});
            }));
    }
}

void Informer::run(std::stop_token stop) {
    make_watchers(stop);
    std::deque<StreamNews> batch;
    while (!stop.stop_requested()) {
        std::optional<Watcher::Clock::time_point> due;
        const auto now = Watcher::Clock::now();
        std::uint64_t lists = 0;
        for (const auto& watcher : watchers_) {
            const auto wants = watcher->tick(now);
            if (wants && (!due || *wants < *due)) {
                due = wants;
            }
            lists += watcher->lists();
        }
        lists_ = lists;
        {
            std::unique_lock lock(queue_->mutex);
            const auto until = due.value_or(now + 1h);
            queue_->filled.wait_until(lock, stop, until, [&] { return !queue_->news.empty(); });
            batch.swap(queue_->news);
            queue_->bytes = 0;
        }
        for (const StreamNews& news : batch) {
            if (news.what == StreamNews::What::Head && news.status == 401) {
                api_.reject(serials_[news.watcher]);
            }
            watchers_[news.watcher]->take(news, Watcher::Clock::now());
        }
        batch.clear();
    }
    for (const auto& watcher : watchers_) {
        watcher->cancel();
    }
    const std::scoped_lock lock(queue_->mutex);
    queue_->news.clear();
    queue_->bytes = 0;
}

}  // namespace souk::kube
