#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace souk {

/// engine.yaml as values (docs/reference/engine.md is the contract). Texts may hold `${...}` placeholders.
struct EngineSecretKey {
    std::string key;
    std::string value;  // fixed text with placeholders; used when `length` is 0
    std::size_t length = 0;
    std::string alphabet;  // alphanumeric | hex | lower
    std::string prefix;
};

struct EngineSecret {
    std::string name;
    std::vector<EngineSecretKey> keys;
};

/// The name that a Secret of engine.yaml has in the namespace of the store with this release.
inline std::string object_name(const EngineSecret& secret, std::string_view release) {
    return secret.name == "admin" ? "souk-admin" : std::string(release) + "-" + secret.name;
}

struct EngineRoute {
    std::string path;     // "/" or "/store"; matched by path segments, the longest wins
    std::string service;  // the Service is <release>-<service>
    int port = 0;
};

struct SavedValue {
    std::string variable;
    std::string json_pointer;  // one of the two
    std::string header;
};

struct JsonExpectation {
    std::string pointer;
    enum class Kind { Exists, NonEmpty, Equals } kind = Kind::Exists;
    std::string literal;  // canonical JSON text, with placeholders
};

struct CheckStep {
    std::string name;
    std::string method = "GET";
    std::string path;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string json;  // canonical JSON text with placeholders, or empty
    std::vector<std::pair<std::string, std::string>> form;
    std::vector<int> statuses;
    std::vector<JsonExpectation> expect_json;
    std::vector<std::string> body_contains;
    std::vector<std::pair<std::string, std::string>> header_contains;
    std::vector<SavedValue> save;
};

struct EngineCheck {
    std::string name;
    std::string title;
    bool always = false;  // also decides Ready/Degraded after the first Ready
    bool cookies = false;
    std::vector<CheckStep> steps;
};

/// What a part asks the cluster for, as Kubernetes quantities.
struct EngineRequests {
    std::string cpu;
    std::string memory;
};

struct Engine {
    std::string name;
    std::string title;
    std::string description;
    std::string version;
    std::vector<std::string> upgrades_from;
    std::chrono::seconds provisioning_deadline{900};
    std::map<std::string, std::string> images;
    std::vector<EngineSecret> secrets;
    std::string values_json = "{}";                     // canonical JSON of `values`, with placeholders
    std::map<std::string, std::string> resources_json;  // plan -> canonical JSON of component -> resources
    std::map<std::string, std::map<std::string, EngineRequests>> components;  // name -> plan
    std::vector<EngineRoute> routes;
    std::map<std::string, std::string> urls;  // storefront, admin, api -> path
    std::string setup_component;              // empty: no setup Job
    bool can_suspend = false;                 // its chart knows souk.suspended
    bool can_restart = false;                 // its chart knows souk.restarted
    std::vector<std::string> data_components;
    std::map<std::string, std::string> hints;
    std::vector<EngineCheck> checks;  // in file-name order
};

/// Component of what stands at the address of a suspended store: the contract of engines' charts.
inline constexpr std::string_view kClosedComponent = "closed";

/// What a component of `resources` is for: "data" keeps data in a StatefulSet, "setup" is the setup Job,
/// "closed" stands for the others while a store is suspended, "service" is the rest, each a Deployment
/// (docs/reference/engine.md, section 3).
inline std::string_view role_of(const Engine& engine, std::string_view component) {
    if (component == engine.setup_component) {
        return "setup";
    }
    if (component == kClosedComponent) {
        return kClosedComponent;
    }
    const auto& data = engine.data_components;
    return std::find(data.begin(), data.end(), component) != data.end() ? "data" : "service";
}

/// What a store is made of, frozen: the manifest and where its chart can be read. `digest` is "sha256:<hex>"
/// over every file of the pack that matters at run time (engine.yaml, checks/, chart/).
struct EnginePack {
    Engine engine;
    std::string digest;
    std::string archive;  // compressed files; what the database keeps under the digest
};

}  // namespace souk
