// The watches of KubeCluster on a real API server: who is woken, and what an outage looks like.
#include "tests/integration/kube_world.hpp"

#include <boost/json.hpp>
#include <signal.h>

#include <atomic>
#include <cstdlib>
#include <fstream>

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
    settings.client.timeout = 2s;
    settings.watch_idle = 3s;  // an API server that hangs is noticed within the test
    settings.retry_cap = 500ms;
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

TEST(KubeWatch, AHangingApiServerIsUnknownAndRecoversByItself) {
    const char* pid_file = std::getenv("SOUK_API_PID_FILE");
    ASSERT_NE(pid_file, nullptr) << "run this through tests/integration/with-fast-box";
    pid_t pid = 0;
    std::ifstream(pid_file) >> pid;
    ASSERT_GT(pid, 1);
    Wakes wakes;
    const auto world = KubeWorld::make(KubeWorld::Watches::On, counting(wakes));
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
