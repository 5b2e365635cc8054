#include "adapters/engines/manifest.hpp"

#include "adapters/engines/test_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace souk::engines {
namespace {

using ::testing::HasSubstr;

/// The message of the refusal; empty when it was accepted.
std::string refusal(const PackFiles& files, const ManifestRules& rules = {}) {
    const Result<Engine> engine = parse_manifest(files, rules);
    if (engine) {
        return {};
    }
    EXPECT_EQ(engine.error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(engine.error().reason, "EngineInvalid");
    return engine.error().message;
}

TEST(Manifest, BecomesAnEngineValueByValue) {
    const Result<Engine> engine = parse_manifest(test_engine(), {"demo", {"starter"}});
    ASSERT_TRUE(engine) << engine.error().message;
    EXPECT_EQ(engine->version, "1.2.3-1");
    EXPECT_EQ(engine->provisioning_deadline, std::chrono::minutes(15));
    EXPECT_EQ(engine->images.at("web"), "localhost/souk/demo:1");
    ASSERT_EQ(engine->secrets.size(), 2U);
    EXPECT_EQ(engine->secrets[0].keys[0].value, "admin@${store.host_fqdn}");
    EXPECT_EQ(engine->secrets[1].keys[0].length, 64U);
    EXPECT_EQ(engine->secrets[1].keys[0].prefix, "pk_");
    EXPECT_EQ(engine->resources_json.at("starter"),
              R"({"web":{"limits":{"cpu":"1","memory":"128Mi"},"requests":{"cpu":"50m","memory":"64Mi"}}})");
    EXPECT_EQ(engine->components.at("web").at("starter").cpu, "50m");
    EXPECT_EQ(engine->components.at("web").at("starter").memory, "64Mi");
    EXPECT_EQ(role_of(*engine, "web"), "service");
    EXPECT_EQ(role_of(*engine, "db"), "data");
    EXPECT_EQ(role_of(*engine, "setup"), "setup");
    EXPECT_EQ(engine->routes.at(0).port, 8080);
    EXPECT_EQ(engine->urls.at("api"), "/store");
    EXPECT_EQ(engine->setup_component, "setup");
    EXPECT_EQ(engine->data_components, std::vector<std::string>{"db"});
}

TEST(Manifest, KeepsTheTypesOfValuesAndSortsTheirKeys) {
    const Result<Engine> engine = parse_manifest(test_engine(), {});
    ASSERT_TRUE(engine);
    EXPECT_EQ(engine->values_json, R"({"currency":"eur","greeting":"Hello ${store.name}, $${literal}",)"
                                   R"("nested":{"list":[1,2.5E0,"3"],"on_sale":true,"zip":"0123"}})");
}

TEST(Manifest, ReadsChecksWithAllTheirExpectations) {
    const Result<Engine> engine = parse_manifest(test_engine(), {});
    ASSERT_TRUE(engine);
    ASSERT_EQ(engine->checks.size(), 1U);
    const EngineCheck& check = engine->checks[0];
    EXPECT_FALSE(check.always);
    EXPECT_TRUE(check.cookies);
    ASSERT_EQ(check.steps.size(), 2U);
    EXPECT_EQ(check.steps[0].method, "GET");
    EXPECT_EQ(check.steps[0].save.at(0).json_pointer, "/regions/0/id");
    EXPECT_EQ(check.steps[1].json, R"({"quantity":2,"region_id":"${region}"})");
    EXPECT_EQ(check.steps[1].statuses, (std::vector<int>{200, 201}));
    ASSERT_EQ(check.steps[1].expect_json.size(), 3U);
    EXPECT_EQ(check.steps[1].expect_json[1].kind, JsonExpectation::Kind::NonEmpty);
    EXPECT_EQ(check.steps[1].expect_json[2].literal, "2");
}

TEST(Manifest, NamesFileLineColumnAndField) {
    EXPECT_THAT(refusal(changed("port: 8080", "port: 808080")),
                HasSubstr("engine.yaml:26:35 routes[0].port: must be a whole number"));
}

TEST(Manifest, NamesAllProblemsAtOnce) {
    PackFiles files = changed("title: Demo", "titel: Demo");
    files["checks/cart.yaml"].replace(files["checks/cart.yaml"].find("/cart/id"), 8, "cart/id.");
    const Result<Engine> engine = parse_manifest(files, {"other", {"starter", "huge"}});
    ASSERT_FALSE(engine);
    EXPECT_EQ(engine.error().fields.size(), 5U) << engine.error().message;
    for (const char* part : {"engine.yaml:3:1 titel: unknown field", "title: is missing",
                             "engine.yaml:2:1 name: must be the folder's name, 'other'",
                             "resources.huge: is missing", "checks/cart.yaml:20:14"}) {
        EXPECT_THAT(engine.error().message, HasSubstr(part));
    }
}

struct Wrong {
    const char* from;
    const char* to;
    const char* says;
    const char* file = "engine.yaml";
};

class ManifestRefuses : public ::testing::TestWithParam<Wrong> {};

TEST_P(ManifestRefuses, WithAReason) {
    const Wrong& wrong = GetParam();
    EXPECT_THAT(refusal(changed(wrong.from, wrong.to, wrong.file)), HasSubstr(wrong.says));
}

INSTANTIATE_TEST_SUITE_P(
    Engine, ManifestRefuses,
    ::testing::Values(Wrong{"souk.dev/v1", "souk.dev/v2", "must be souk.dev/v1"},
                      Wrong{"name: demo", "name: Demo", "DNS label"},
                      Wrong{"name: demo", "name: this-name-is-too-long-x", "DNS label"},
                      Wrong{"1.2.3-1", "1.2.3+1", "letters, digits"}, Wrong{"15m", "15", "900s or 15m"},
                      Wrong{"15m", "2d", "900s or 15m"}, Wrong{"15m", "25h", "900s or 15m"},
                      Wrong{"demo:1\n", "demo:latest\n", "other than latest"},
                      Wrong{"demo:1\n", "demo\n", "other than latest"},
                      Wrong{"demo:1\n", "'demo:1; rm'\n", "image reference"},
                      Wrong{"length: 24", "length: 8", "from 16 to 256"},
                      Wrong{"length: 24", "length: \"24\"", "from 16 to 256"},
                      Wrong{"alphabet: hex", "alphabet: base64", "alphanumeric, hex or lower"},
                      Wrong{"${store.host_fqdn}", "${store.hots}", "unknown placeholder ${store.hots}"},
                      Wrong{"${store.name}", "${secret.admin.password}", "unknown placeholder"},
                      Wrong{"${store.name}", "${store.name", "placeholder that"},
                      Wrong{"currency: eur", "souk: eur", "is set by Souk"},
                      Wrong{"currency: eur", "currency: no", "quote it"},
                      Wrong{"currency: eur", "currency: 0123", "quote it"},
                      Wrong{"currency: eur", "currency: .inf", "quote it"},
                      Wrong{"currency: eur", "currency: !!str eur", "tags are not"},
                      Wrong{"currency: eur", "currency: &a eur", "anchors are not"},
                      Wrong{"currency: eur", "currency: \"a\\0b\"", "control character"},
                      Wrong{"currency: eur", "<<: {a: b}", "merge keys"},
                      Wrong{"currency: eur", "? [a]\n  : b", "a key must be a text"},
                      Wrong{"title: Demo", "title: Demo\ntitle: Demo", "there twice"},
                      Wrong{"cpu: 50m", "cpu: 50x", "Kubernetes quantity"},
                      Wrong{"requests: {cpu: 50m, memory: 64Mi}, ", "", "requests: is missing"},
                      Wrong{"path: /,", "path: x,", "must begin with /"},
                      Wrong{"path: /,", "path: /../etc,", "must begin with /"},
                      Wrong{"service: web,", "service: We_b,", "DNS label"},
                      Wrong{"storefront: /,", "", "storefront: is missing"},
                      Wrong{"{component: setup}", "setup", "must be a mapping"},
                      Wrong{"backup:\n  - {component: db, kind: postgresql}\n", "", "backup: is missing"},
                      Wrong{"backup:\n", "actions: [sleep]\nbackup:\n", "must be suspend or restart"},
                      Wrong{"hints: {icon", "hints: {icno", "unknown field; known are icon, color"},
                      Wrong{"hints:", "---\nhints:", "second document"},
                      Wrong{"  - {path", "  - {path: /, service: web, port: 1}\n  - {path",
                            "has a route already"}));

constexpr const char* kCart = "checks/cart.yaml";

INSTANTIATE_TEST_SUITE_P(
    Check, ManifestRefuses,
    ::testing::Values(Wrong{"name: cart\ntitle", "name: card\ntitle", "file's name", kCart},
                      Wrong{"when: provisioning", "when: sometimes", "always or provisioning", kCart},
                      Wrong{"cookies: true", "cookies: yes", "true or false", kCart},
                      Wrong{"path: /store/regions?limit=1", "path: //evil.example", "one /", kCart},
                      Wrong{"path: /store/regions?limit=1", "path: /a b", "characters of a URL", kCart},
                      Wrong{"/store/regions?limit=1", "/store/${region}", "saved by a later step", kCart},
                      Wrong{"secret.shop.key", "secret.shop.other", "unknown placeholder", kCart},
                      Wrong{"x-key", "Host", "set by Souk", kCart},
                      Wrong{"x-key", "Cookie", "set by Souk", kCart},
                      Wrong{"x-key", "\"x key\"", "name of a header", kCart},
                      Wrong{"method: POST", "method: PATCH", "GET, POST, PUT or DELETE", kCart},
                      Wrong{"method: POST", "method: GET", "a GET has no body", kCart},
                      Wrong{"status: [200, 201]", "status: [200, 99]", "from 200 to 599", kCart},
                      Wrong{"status: [200, 201]", "status: []", "at least one", kCart},
                      Wrong{"/cart/id: exists", "/cart~2: exists", "RFC 6901", kCart},
                      Wrong{"{contains: json}", "json", "must be a mapping", kCart},
                      Wrong{"{json: /regions/0/id}", "{json: /a, header: b}", "either json", kCart},
                      Wrong{"quantity: 2}", "quantity: 2}\n      form: {a: b}", "either json or form",
                            kCart}));

TEST(Manifest, SaysWhatItsChartCanDo) {
    const Result<Engine> neither = parse_manifest(test_engine(), {});
    ASSERT_TRUE(neither);
    EXPECT_FALSE(neither->can_suspend || neither->can_restart) << "a pack from before the field";
    const Result<Engine> one = parse_manifest(changed("backup:\n", "actions: [suspend]\nbackup:\n"), {});
    ASSERT_TRUE(one) << one.error().message;
    EXPECT_TRUE(one->can_suspend && !one->can_restart);
    const Result<Engine> both =
        parse_manifest(changed("backup:\n", "actions: [restart, suspend]\nbackup:\n"), {});
    ASSERT_TRUE(both);
    EXPECT_TRUE(both->can_suspend && both->can_restart);
}

TEST(Manifest, RefusesWhatIsNotText) {
    PackFiles files = test_engine();
    files["engine.yaml"] = "name: \xff\xfe";
    EXPECT_THAT(refusal(files), HasSubstr("not UTF-8"));
    files["engine.yaml"] = std::string(200 * 1024, '#');
    EXPECT_THAT(refusal(files), HasSubstr("larger than"));
    files["engine.yaml"] = "a: " + std::string(40, '[') + std::string(40, ']');
    EXPECT_THAT(refusal(files), HasSubstr("too deeply"));
    files["engine.yaml"] = "a: [unclosed";
    EXPECT_THAT(refusal(files), HasSubstr("not YAML"));
    files["engine.yaml"] = "";
    EXPECT_THAT(refusal(files), HasSubstr("must be a mapping"));
}

TEST(Manifest, WantsAChartWithItsSchema) {
    PackFiles files = test_engine();
    files.erase("chart/values.schema.json");
    EXPECT_THAT(refusal(files), HasSubstr("chart/values.schema.json: the file is missing"));
}

TEST(Manifest, WantsEveryPlanToHaveTheSameComponents) {
    const PackFiles files = changed(
        "resources:\n",
        "resources:\n  large:\n    db: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}\n");
    EXPECT_THAT(refusal(files), HasSubstr("resources.large.web: is missing, other plans have it"));
}

}  // namespace
}  // namespace souk::engines
