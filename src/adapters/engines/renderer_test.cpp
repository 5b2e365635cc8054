#include "adapters/engines/renderer.hpp"

#include "adapters/engines/pack.hpp"
#include "adapters/engines/test_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace souk::engines {
namespace {

EnginePack pack() { return *make_pack(test_engine(), {}); }

app::ClusterSettings cluster() {
    app::ClusterSettings settings;
    settings.public_port = 8080;
    return settings;
}

TEST(Renderer, GivesTheChartWhatTheReferencePromises) {
    const auto values = ManifestRenderer().values(test_store(), pack(), cluster());
    ASSERT_TRUE(values) << values.error().message;
    EXPECT_EQ(
        values->json,
        R"({"currency":"eur","greeting":"Hello Ann's \"shop\", ${literal}","images":{"web":"localhost/souk/demo:1"},)"
        R"("nested":{"list":[1,2.5E0,"3"],"on_sale":true,"zip":"0123"},)"
        R"("resources":{"web":{"limits":{"cpu":"1","memory":"128Mi"},"requests":{"cpu":"50m","memory":"64Mi"}}},)"
        R"("secrets":{"admin":"souk-admin","shop":"ann-shop"},)"
        R"("souk":{"dnsNamespace":"kube-system","engine":{"name":"demo","version":"1.2.3-1"},"host":"ann.localhost",)"
        R"("plan":"starter","routeNamespace":"traefik","routePodLabels":{"app.kubernetes.io/name":"traefik"},)"
        R"("serviceAccountName":"souk-store","storageClass":"",)"
        R"("store":{"id":"str_01h455vb4pex5vsknk084sn02q","name":"Ann's \"shop\"","slug":"ann","team":"default"},)"
        R"("url":"http://ann.localhost:8080"}})");
}

TEST(Renderer, DigestFitsALabelAndChangesWithPackAndStore) {
    ManifestRenderer renderer;
    const auto first = renderer.values(test_store(), pack(), cluster());
    EXPECT_EQ(first->digest.size(), 40U);
    EXPECT_EQ(renderer.values(test_store(), pack(), cluster())->digest, first->digest);
    EXPECT_NE(renderer.values(test_store("ann", "Other"), pack(), cluster())->digest, first->digest);
    EnginePack other = pack();
    other.digest = "sha256:other";
    EXPECT_NE(renderer.values(test_store(), other, cluster())->digest, first->digest);
}

TEST(Renderer, KeepsTheNameTheStoreWasCreatedWith) {
    ManifestRenderer renderer;
    Store renamed = test_store();
    renamed.name = *StoreName::parse("Ben's shop");
    const auto before = renderer.values(test_store(), pack(), cluster());
    const auto after = renderer.values(renamed, pack(), cluster());
    ASSERT_TRUE(before && after);
    EXPECT_EQ(after->digest, before->digest);
    EXPECT_EQ(store_fact(renamed, {}, "store.name").value(), "Ann's \"shop\"");
}

TEST(Renderer, DoesNotLookIntoTheStoresOwnName) {
    const auto values =
        ManifestRenderer().values(test_store("ann", "${store.id} {{ .Values }}"), pack(), cluster());
    ASSERT_TRUE(values);
    EXPECT_NE(values->json.find(R"("greeting":"Hello ${store.id} {{ .Values }}, ${literal}")"),
              std::string::npos);
}

TEST(Renderer, RefusesAPlanTheEngineDoesNotState) {
    Store store = test_store();
    store.plan = "huge";
    EXPECT_EQ(ManifestRenderer().values(store, pack(), cluster()).error().reason, "PlanUnknown");
}

TEST(Renderer, MakesFreshSecretsOfTheWantedShape) {
    ManifestRenderer renderer;
    const auto wishes = renderer.secrets(test_store(), pack().engine, cluster());
    ASSERT_TRUE(wishes);
    ASSERT_EQ(wishes->size(), 2U);
    EXPECT_EQ((*wishes)[0].name, "souk-admin");
    EXPECT_EQ((*wishes)[0].values.at("username").reveal(), "admin@ann.example.com");
    EXPECT_EQ((*wishes)[0].values.at("password").reveal().size(), 24U);
    EXPECT_EQ((*wishes)[1].name, "ann-shop");
    const std::string key = (*wishes)[1].values.at("key").reveal();
    EXPECT_TRUE(key.starts_with("pk_"));
    EXPECT_EQ(key.size(), 67U);
    EXPECT_EQ(key.substr(3).find_first_not_of("0123456789abcdef"), std::string::npos);
    const auto again = renderer.secrets(test_store(), pack().engine, cluster());
    EXPECT_NE((*again)[0].values.at("password").reveal(), (*wishes)[0].values.at("password").reveal());
}

TEST(Renderer, ValuesNeverHoldASecret) {
    const auto wishes = ManifestRenderer().secrets(test_store(), pack().engine, cluster());
    const auto values = ManifestRenderer().values(test_store(), pack(), cluster());
    EXPECT_EQ(values->json.find((*wishes)[0].values.at("password").reveal()), std::string::npos);
    EXPECT_EQ(values->json.find("password"), std::string::npos);
}

TEST(Renderer, KnowsWhichHostsCanCarryMail) {
    const Slug slug = *Slug::parse("ann");
    for (const char* host :
         {"ann.localhost", "ann.test", "ann", "10.0.0.1", "ann.shops.internal", "ann.local"}) {
        EXPECT_EQ(mail_host(host, slug), "ann.example.com") << host;
    }
    for (const char* host : {"ann.shops.example.org", "ann.10.0.0.1.nip.io"}) {
        EXPECT_EQ(mail_host(host, slug), host);
    }
}

}  // namespace
}  // namespace souk::engines
