// The watches of KubeCluster on a real API server: who is woken, and what an outage looks like.
#include "tests/integration/api_world.hpp"
#include "tests/integration/kube_world.hpp"

#include <boost/json.hpp>
#include <signal.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <utility>

namespace souk::integration {
namespace {

using namespace std::chrono_literals;

struct Wakes {
    std::mutex mutex;
    std::map<std::string, int> count;
    int of(const app::StoreRef& store) {
        const std::scoped_lock lock(mutex);
        return count[store.id.str()];
    }
};

kube::KubeSettings counting(Wakes& wakes) {
    kube::KubeSettings settings;
    settings.on_change = [&wakes](const StoreId& id) {
        const std::scoped_lock lock(wakes.mutex);
        ++wakes.count[id.str()];
    };
    return settings;
}

TEST(KubeWatch, AStoreIsWokenByItsOwnChangesOnly) {
    Wakes wakes;
    const auto world = KubeWorld::make(KubeWorld::Watches::On, counting(wakes));
    ASSERT_NE(world, nullptr);
    const app::StoreRef store = world->new_store();
    const app::StoreRef other = world->new_store();
    ASSERT_TRUE(world->cluster().create_namespace(store, {}));
    ASSERT_TRUE(KubeWorld::eventually([&] { return wakes.of(store) == 1; }));
    // Our own annotation, and then the other store as a sign that the watch has passed the first change.
    ASSERT_TRUE(world->cluster().stamp_epoch(store, 1, {}));
    ASSERT_TRUE(world->cluster().create_namespace(other, {}));
    ASSERT_TRUE(KubeWorld::eventually([&] { return wakes.of(other) == 1; }));
    EXPECT_EQ(wakes.of(store), 1);
    ASSERT_TRUE(world->cluster().ensure_fence(store, {default_plans().front(), {8080}}, {}));
    world->install(store, "a");
    EXPECT_TRUE(KubeWorld::eventually([&] { return wakes.of(store) > 3; }));
    EXPECT_GT(world->kube().cached_objects(), 4U);
}

TEST(KubeWatch, AGapInTheFenceWakesItsStore) {
    Wakes wakes;
    const auto world = KubeWorld::make(KubeWorld::Watches::On, counting(wakes));
    ASSERT_NE(world, nullptr);
    const app::StoreRef store = world->new_store();
    const app::FenceWish wish{default_plans().front(), {8080}};
    ASSERT_TRUE(world->cluster().create_namespace(store, {}));
    ASSERT_TRUE(world->cluster().ensure_fence(store, wish, {}));
    // The store is woken by each of the 8 objects and by the namespace; after that it is quiet.
    ASSERT_TRUE(KubeWorld::eventually([&] { return wakes.of(store) == 9; }));
    world->damage_fence(store, "networkpolicies", "souk-default-deny");
    EXPECT_TRUE(KubeWorld::eventually([&] { return wakes.of(store) == 10; }));
    const auto seen = world->cluster().observe(
        {store, nullptr, world->cluster().fence_digest(store, wish), false}, std::stop_token{});
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_FALSE(seen->fence_current);
}

/// As the daemon's: a thread that tells what the informer noted.
class HintThread {
public:
    explicit HintThread(test::ApiWorld& api) : api_(api) {}
    void add(const StoreId& store) {
        {
            const std::scoped_lock lock(mutex_);
            noted_.insert(store);
        }
        changed_.notify_all();
    }

private:
    void loop(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (changed_.wait(lock, stop, [this] { return !noted_.empty(); })) {
            const auto work = std::exchange(noted_, {});
            lock.unlock();
            for (const StoreId& store : work) {
                api_.objects_changed(store);
            }
            lock.lock();
        }
    }

    test::ApiWorld& api_;
    std::mutex mutex_;  // guards noted_
    std::condition_variable_any changed_;
    std::set<StoreId> noted_;
    std::jthread thread_{[this](const std::stop_token& stop) { loop(stop); }};
};

TEST(KubeWatch, AChangedPodReachesWhoeverFollowsEvents) {
    test::ApiWorld api;
    HintThread hints(api);
    kube::KubeSettings settings;
    settings.on_objects = [&](const StoreId& id) { hints.add(id); };
    const auto world = KubeWorld::make(KubeWorld::Watches::On, std::move(settings));
    ASSERT_NE(world, nullptr);
    app::StoreRef store = world->new_store();
    ASSERT_TRUE(world->cluster().create_namespace(store, {}));
    ASSERT_TRUE(world->cluster().ensure_fence(store, {default_plans().front(), {8080}}, {}));
    const StoreId known = StoreId::parse(api.create("Tea")).value();
    json::object pod = KubeWorld::pod_template(store, "web");
    pod["apiVersion"] = "v1";
    pod["kind"] = "Pod";
    json::object& head = pod["metadata"].as_object();
    head["name"] = "web-0";
    head["labels"].as_object()["souk.dev/store"] = known.str();
    const auto path = kube::path_of(kube::kPod, store.ns.str());
    const auto made = world->admin().create(path, pod, {});
    ASSERT_TRUE(made) << made.error().message;
    ASSERT_TRUE(KubeWorld::eventually([&] {
        const auto now = world->admin().get(path + "/web-0", {});
        return now && kube::text_at(*now, {"status", "phase"}) == "Running";
    })) << "what the box does with it by itself is over";

    test::RawClient client(api.port());
    client.send(api.head("/api/v1/stores/tea/events", "Accept: text/event-stream\r\n"));
    client.read_until("\n\n");
    const auto patch = json::object{{"metadata", json::object{{"annotations", json::object{{"a", "b"}}}}}};
    const auto before = std::chrono::steady_clock::now();
    ASSERT_TRUE(world->admin().merge_patch(path + "/web-0", patch, {}));
    const std::string hint = "event: objects\ndata: {\"stores\":[\"" + known.str() + "\"]}\n\n";
    bool told = false;
    // A comment comes every 15 s, so each read has an end.
    while (!told && std::chrono::steady_clock::now() - before < 20s) {
        told = client.read_until("\n\n").ends_with(hint);
    }
    const auto took = std::chrono::steady_clock::now() - before;
    EXPECT_TRUE(told);
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    std::cout << "from the change's request to the hint: " << ms << " ms\n";
    RecordProperty("milliseconds", std::to_string(ms));
}

TEST(KubeWatch, AHangingApiServerIsUnknownAndRecoversByItself) {
    const char* pid_file = std::getenv("SOUK_API_PID_FILE");
    ASSERT_NE(pid_file, nullptr) << "run this through tests/integration/with-fast-box";
    pid_t pid = 0;
    std::ifstream(pid_file) >> pid;
    ASSERT_GT(pid, 1);
    Wakes wakes;
    kube::KubeSettings settings = counting(wakes);
    settings.client.timeout = 5s;
    settings.watch_idle = 5s;  // an API server that hangs is noticed within the test
    settings.retry_cap = 500ms;
    const auto world = KubeWorld::make(KubeWorld::Watches::On, std::move(settings));
    ASSERT_NE(world, nullptr);
    const app::StoreRef store = world->new_store();
    ASSERT_TRUE(world->cluster().create_namespace(store, {}));
    struct Paused {
        pid_t pid;
        explicit Paused(pid_t process) : pid(process) { ::kill(pid, SIGSTOP); }
        ~Paused() { ::kill(pid, SIGCONT); }
    };
    {
        const Paused paused(pid);
        const auto seen = world->cluster().observe({store, nullptr, "", true}, std::stop_token{});
        ASSERT_FALSE(seen) << "an outage is not an absent namespace";
        EXPECT_TRUE(is_transient(seen.error().code));
        EXPECT_TRUE(KubeWorld::eventually([&] { return !world->kube().synced(); }));
    }
    EXPECT_TRUE(KubeWorld::eventually([&] { return world->kube().synced(); }));
    const int before = wakes.of(store);
    ASSERT_TRUE(world->cluster().remove_namespace(store, {}));
    EXPECT_TRUE(KubeWorld::eventually([&] { return wakes.of(store) > before; }));
}

}  // namespace
}  // namespace souk::integration
