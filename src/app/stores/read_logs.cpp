#include "app/stores/read_logs.hpp"

#include "app/stores/find_store.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace souk::app {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{8} << 20U;  // of the lines of a previous container

bool wanted(const Cluster::LogQuery& query, std::string_view pod, std::string_view container) {
    return (query.pod.empty() || query.pod == pod) &&
           (query.container.empty() || query.container == container);
}

/// The text's last `lines` lines.
std::string tail_of(std::string text, int lines) {
    std::size_t at = text.size();
    if (at > 0 && text.back() == '\n') {
        --at;
    }
    for (int seen = 0; seen < lines; ++seen) {
        const std::size_t end = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
        if (end == std::string::npos) {
            return text;
        }
        at = end;
    }
    return text.substr(at + 1);
}

Result<std::vector<PodLogs>> kept(Transaction& tx, const Store& store, const Cluster::LogQuery& query) {
    auto rows = tx.kept_logs().list(store.id);
    if (!rows) {
        return forward(rows);
    }
    std::vector<PodLogs> logs;
    for (KeptLog& row : *rows) {
        if (wanted(query, row.pod, row.container)) {
            logs.push_back(
                {std::move(row.pod), std::move(row.container), tail_of(std::move(row.text), query.tail)});
        }
    }
    return logs;
}

}  // namespace

Result<std::vector<PodLogs>> ReadLogs::live(const StoreRef& store, const Cluster::LogQuery& query,
                                            const std::stop_token& stop) const {
    std::vector<PodLogs> logs;
    if (!query.previous) {
        auto all = cluster_.logs(store, query.tail, stop);
        if (!all) {
            return all;
        }
        std::copy_if(std::make_move_iterator(all->begin()), std::make_move_iterator(all->end()),
                     std::back_inserter(logs),
                     [&](const PodLogs& log) { return wanted(query, log.pod, log.container); });
        return logs;
    }
    // A previous container has ended, so following it ends by itself.
    std::size_t bytes = 0;
    const auto add = [&](const std::string& pod, const std::string& container, const std::string& line) {
        auto log = std::find_if(logs.begin(), logs.end(), [&](const PodLogs& known) {
            return known.pod == pod && known.container == container;
        });
        if (log == logs.end()) {
            log = logs.insert(logs.end(), PodLogs{pod, container, {}});
        }
        log->text.append(line).append("\n");
        bytes += line.size() + 1;
        return bytes < kMaxBytes;
    };
    if (auto read = cluster_.follow_logs(store, query, add, stop); !read) {
        return forward(read);
    }
    return logs;
}

Result<StoreLogs> ReadLogs::operator()(std::string_view id, const Cluster::LogQuery& query,
                                       const Caller& caller, std::stop_token stop) const {
    StoreLogs out{true, {}};
    std::optional<StoreRef> ref;
    {
        auto tx = database_.begin(Access::Read);
        if (!tx) {
            return forward(tx);
        }
        const auto store = find_store(**tx, caller, id);
        if (!store) {
            return forward(store);
        }
        auto saved = kept(**tx, *store, query);
        if (!saved) {
            return forward(saved);
        }
        const bool ended = store->phase == Phase::Failed || store->phase == Phase::Deleted;
        if (store->phase == Phase::Deleted || (ended && !saved->empty())) {
            out.logs = std::move(*saved);
            return out;
        }
        out.logs = std::move(*saved);
        ref = StoreRef::of(*store);
    }
    auto now = live(*ref, query, stop);
    if (!now) {
        if (now.error().code == ErrorCode::NotFound) {
            out.kept = !out.logs.empty();
            return out;
        }
        return forward(now);
    }
    return StoreLogs{false, std::move(*now)};
}

}  // namespace souk::app
