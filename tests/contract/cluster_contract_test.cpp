// The contract of app::Cluster on the fake. On a real API server: tests/integration/kube_cluster_test.cpp.
#include "tests/contract/cluster_contract_cases.hpp"
#include "tests/support/fake_cluster.hpp"

#include <array>
#include <cstdint>

namespace souk::contract {
namespace {

class FakeWorld final : public ClusterWorld {
public:
    FakeWorld() { unreachable_.switches.api_down = true; }
    app::Cluster& cluster() override { return cluster_; }
    app::Cluster& unreachable() override { return unreachable_; }
    app::StoreRef new_store() override {
        const StoreId id = StoreId::from_bytes({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, ++last_});
        const Slug slug = Slug::parse("ann").value();
        return {id, NamespaceName::for_store(slug, id), slug.str(), "default", "tiny"};
    }
    void make_foreign_namespace(const NamespaceName& ns) override { cluster_.make_foreign_namespace(ns); }
    void damage_fence(const app::StoreRef& store, std::string_view, std::string_view) override {
        cluster_.damage_fence_outside(store);
    }
    bool namespace_exists(const NamespaceName& ns) override {
        return cluster_.namespaces().contains(ns.str());
    }
    void install(const app::StoreRef& store, const std::string& digest) override {
        ASSERT_TRUE(cluster_.helm_apply(store.ns, digest));
    }
    bool until(const app::StoreRef& store, const std::function<bool()>& seen) override {
        while (!seen()) {
            if (!cluster_.advance(store)) {
                return false;
            }
        }
        return true;
    }

private:
    fakes::FakeCluster cluster_;
    fakes::FakeCluster unreachable_;
    std::uint8_t last_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Fake, ClusterContract,
                         ::testing::Values(MakeWorld([] { return std::make_unique<FakeWorld>(); })));

}  // namespace
}  // namespace souk::contract
