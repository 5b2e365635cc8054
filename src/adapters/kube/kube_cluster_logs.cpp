// Pods and what they say.
#include "adapters/kube/kube_cluster.hpp"
#include "adapters/kube/log_follower.hpp"
#include "adapters/kube/log_sources.hpp"
#include "adapters/kube/names.hpp"
#include "adapters/kube/resource_reports.hpp"

#include <algorithm>
#include <utility>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;
using app::StoreRef;

constexpr int kMaxLines = 10'000;
constexpr auto kLookEvery = 1s;               // for pods that a follower has not joined
constexpr std::size_t kEventSlack = 1000;     // more than wanted are in memory at most
constexpr const char* kMaxBytes = "1048576";  // of one container

Query log_query(const std::string& container, int lines, bool previous) {
    Query query{{"container", container}, {"tailLines", std::to_string(std::clamp(lines, 0, kMaxLines))}};
    if (previous) {
        query.emplace_back("previous", "true");
    }
    return query;
}

std::string log_path(const StoreRef& store, const std::string& pod) {
    return path_of(kPod, store.ns.str(), pod) + "/log";
}

/// A container that never ran has no log: that is an empty one, not an error.
bool means_no_log(const Error& error) {
    return error.code == ErrorCode::InvalidInput || error.code == ErrorCode::NotFound;
}

}  // namespace

Result<std::vector<Pod>> KubeCluster::list_pods(const StoreRef& store, const std::stop_token& stop) {
    std::vector<Pod> out;
    auto listed = api_.list(
        path_of(kPod, store.ns.str()), {{"labelSelector", std::string(kStore) + "=" + store.id.str()}},
        [&](const json::value& item) { out.push_back(read_pod(item)); }, stop);
    if (!listed) {
        return forward(std::move(listed));
    }
    return out;
}

Result<std::vector<app::PodInfo>> KubeCluster::pods(const StoreRef& store, std::stop_token stop) {
    auto listed = list_pods(store, stop);
    if (!listed) {
        return forward(std::move(listed));
    }
    std::vector<app::PodInfo> out;
    for (Pod& pod : *listed) {
        app::PodInfo info;
        info.name = std::move(pod.name);
        info.component = std::move(pod.component);
        info.phase = pod.deleting ? "Terminating" : std::move(pod.phase);
        info.ready = pod.ready;
        info.restarts = pod.restarts;
        info.reason = pod.unschedulable ? "Unschedulable" : std::move(pod.reason);
        info.message = pod.unschedulable ? std::move(pod.schedule_message) : std::move(pod.message);
        info.containers = std::move(pod.containers);
        info.created = pod.created;
        out.push_back(std::move(info));
    }
    return out;
}

Result<std::vector<app::PodLogs>> KubeCluster::logs(const StoreRef& store, int lines, std::stop_token stop) {
    auto listed = list_pods(store, stop);
    if (!listed) {
        return forward(std::move(listed));
    }
    std::vector<app::PodLogs> out;
    for (const Pod& pod : *listed) {
        for (const std::string& container : pod.containers) {
            const auto read = [&](bool previous) {
                Query query = log_query(container, lines, previous);
                query.emplace_back("limitBytes", kMaxBytes);
                return api_.get_text(log_path(store, pod.name), query, stop);
            };
            auto text = read(false);
            if ((!text && means_no_log(text.error())) || (text && text->empty())) {
                // Between two starts there is only the log of the one that crashed.
                if (pod.restarts > 0) {
                    text = read(true);
                }
            }
            if (!text && !means_no_log(text.error())) {
                return forward(std::move(text));
            }
            if (text && !text->empty()) {
                out.push_back({pod.name, container, std::move(*text)});
            }
        }
    }
    return out;
}

Result<std::vector<app::PodLogs>> KubeCluster::events(const StoreRef& store, int at_most,
                                                      std::stop_token stop) {
    struct Line {
        Timestamp time{};
        std::string about;
        std::string text;
    };
    std::vector<Line> newest;
    const auto older = [](const Line& a, const Line& b) { return a.time < b.time; };
    const auto keep_newest = [&](std::size_t most) {
        std::ranges::stable_sort(newest, older);
        if (newest.size() > most) {
            newest.erase(newest.begin(), newest.end() - static_cast<std::ptrdiff_t>(most));
        }
    };
    const auto most = static_cast<std::size_t>(std::max(at_most, 0));
    auto listed = api_.list(
        path_of(kEvent, store.ns.str()), {},
        [&](const json::value& item) {
            const app::ResourceEvent event = read_event(item);
            Line line = {
                event.last,
                text_at(item, {"involvedObject", "kind"}) + "/" + text_at(item, {"involvedObject", "name"}),
                event.type + " " + event.reason + ": " + event.message};
            if (event.count > 1) {
                line.text += " (" + std::to_string(event.count) + " times)";
            }
            newest.push_back(std::move(line));
            if (newest.size() > most + kEventSlack) {
                keep_newest(most);
            }
        },
        stop);
    if (!listed) {
        return forward(std::move(listed));
    }
    keep_newest(most);
    std::vector<app::PodLogs> out;
    for (Line& line : newest) {
        auto of = std::ranges::find(out, line.about, &app::PodLogs::pod);
        if (of == out.end()) {
            of = out.insert(out.end(), {line.about, "events", {}});
        }
        of->text += to_rfc3339(line.time) + " " + line.text + "\n";
    }
    return out;
}

Result<> KubeCluster::follow_logs(const StoreRef& store, const LogQuery& query,
                                  const LogFollower::OnLine& on_line, std::stop_token stop) {
    auto listed = list_pods(store, stop);
    if (!listed) {
        return forward(std::move(listed));
    }
    LogSources known(query.pod, query.container);
    const auto to_sources = [&](const std::vector<LogSources::Join>& joins, int lines) {
        std::vector<LogFollower::Source> sources;
        for (const LogSources::Join& join : joins) {
            Query wanted = log_query(join.container, lines, query.previous);
            if (!query.previous) {
                wanted.emplace_back("follow", "true");
            }
            const auto open = [this, path = log_path(store, join.pod), wanted,
                               stop](runtime::StreamCallbacks callbacks) {
                return api_.stream(path, wanted, 0ms, 0ms, std::move(callbacks), stop);
            };
            const auto on_end = [&known, join](const std::optional<Error>& error) {
                known.ended(join.pod, join.container, error && means_no_log(*error));
            };
            sources.push_back({join.pod, join.container, open, on_end});
        }
        return sources;
    };
    auto sources = to_sources(known.first(*listed), query.tail);
    if (!query.pod.empty() || query.previous) {
        if (sources.empty() && !query.pod.empty()) {
            return fail(ErrorCode::NotFound, "the store has no such pod or container");
        }
        return LogFollower::run(std::move(sources), on_line, stop);
    }
    // An error: nothing is known, and what goes on goes on. Of what is new, every line is.
    const auto look = [&](bool last) {
        auto view = cache_.view(store.id.str(), store.ns.str());
        const auto pods = view ? Result<std::vector<Pod>>(std::move(view->pods)) : list_pods(store, stop);
        return pods ? to_sources(known.later(*pods, !last), kMaxLines) : std::vector<LogFollower::Source>();
    };
    return LogFollower::run(std::move(sources), on_line, stop, LogFollower::Joining{kLookEvery, look});
}

}  // namespace souk::kube
