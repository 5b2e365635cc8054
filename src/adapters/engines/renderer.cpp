#include "adapters/engines/renderer.hpp"

#include "adapters/engines/json_text.hpp"
#include "adapters/engines/placeholders.hpp"
#include "runtime/crypto/hash.hpp"
#include "runtime/crypto/random.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace json = boost::json;

namespace souk::engines {
namespace {

constexpr std::string_view kServiceAccount = "souk-store";
constexpr std::size_t kDigestLength = 40;

json::object text_map(const std::map<std::string, std::string>& texts) {
    json::object object;
    for (const auto& [key, text] : texts) {
        object[key] = text;
    }
    return object;
}

json::object platform_values(const Store& store, const Engine& engine, const app::ClusterSettings& cluster) {
    const app::StoreAddress address = app::address_of(store, cluster);
    json::object values{
        {"store",
         {{"id", store.id.str()},
          {"slug", store.slug.str()},
          {"name", store.created_name.str()},
          {"team", store.team}}},
        {"engine", {{"name", engine.name}, {"version", engine.version}}},
        {"host", address.host},
        {"url", address.url},
        {"plan", store.plan},
        {"serviceAccountName", kServiceAccount},
        {"storageClass", cluster.storage_class},
        {"dnsNamespace", cluster.dns_namespace},
        {"routeNamespace", cluster.route_namespace},
        {"routePodLabels", text_map(cluster.route_pod_labels)},
    };
    // Only when they say something: a store made of a pack that knows neither keeps its values and its
    // digest.
    if (store.suspension_wanted) {
        values["suspended"] = true;
    }
    if (store.restarted) {
        values["restarted"] = to_rfc3339(*store.restarted);
    }
    return values;
}

std::string_view alphabet_of(std::string_view name) {
    if (name == "hex") {
        return "0123456789abcdef";
    }
    return name == "lower" ? runtime::kLowerAlphanumeric : runtime::kAlphanumeric;
}

Error not_parsed(std::string_view part) {
    return {ErrorCode::Internal,
            "the engine's " + std::string(part) + " cannot be filled in",
            "EngineInvalid",
            {}};
}

}  // namespace

std::string mail_host(const std::string& host, const Slug& slug) {
    constexpr std::array<std::string_view, 8> local = {"localhost", "local", "test",        "invalid",
                                                       "internal",  "lan",   "localdomain", "arpa"};
    const std::size_t dot = host.rfind('.');
    const std::string_view last =
        dot == std::string::npos ? std::string_view() : std::string_view(host).substr(dot + 1);
    const bool numeric =
        last.find_first_not_of("0123456789") == std::string_view::npos;  // also when there is no dot
    if (numeric || std::ranges::find(local, last) != local.end()) {
        return slug.str() + ".example.com";
    }
    return host;
}

Result<std::string> store_fact(const Store& store, const app::StoreAddress& address,
                               const std::string& name) {
    const std::array<std::pair<std::string_view, std::string>, 7> facts = {{
        {"store.id", store.id.str()},
        {"store.slug", store.slug.str()},
        {"store.name", store.created_name.str()},
        {"store.host", address.host},
        {"store.host_fqdn", mail_host(address.host, store.slug)},
        {"store.url", address.url},
        {"store.plan", store.plan},
    }};
    const auto found = std::ranges::find(facts, name, &std::pair<std::string_view, std::string>::first);
    if (found == facts.end()) {
        return fail(ErrorCode::NotFound, "unknown placeholder ${" + name + "}", "EngineInvalid");
    }
    return found->second;
}

Result<app::RenderedValues> ManifestRenderer::values(const Store& store, const EnginePack& pack,
                                                     const app::ClusterSettings& cluster) {
    const Engine& engine = pack.engine;
    const auto resources = engine.resources_json.find(store.plan);
    if (resources == engine.resources_json.end()) {
        return fail(ErrorCode::InvalidInput,
                    "the engine " + engine.name + " does not support the plan " + store.plan, "PlanUnknown");
    }
    const app::StoreAddress address = app::address_of(store, cluster);
    Result<json::value> values = parse_json(engine.values_json);
    Result<json::value> amounts = parse_json(resources->second);
    if (!values || !values->is_object() || !amounts) {
        return tl::unexpected(not_parsed("values"));
    }
    const auto fill = [&](std::string_view text) {
        return fill_placeholders(text,
                                 [&](const std::string& name) { return store_fact(store, address, name); });
    };
    if (!fill_texts(*values, fill)) {
        return tl::unexpected(not_parsed("values"));
    }
    json::object& object = values->get_object();
    object["souk"] = platform_values(store, engine, cluster);
    object["images"] = text_map(engine.images);
    object["secrets"] = text_map(secret_names(store, engine));
    object["resources"] = *amounts;
    std::string text = canonical_json(*values);
    std::string digest = runtime::sha256_hex(pack.digest + text).substr(0, kDigestLength);
    return app::RenderedValues{std::move(text), std::move(digest)};
}

Result<std::vector<app::SecretWish>> ManifestRenderer::secrets(const Store& store, const Engine& engine,
                                                               const app::ClusterSettings& cluster) {
    const app::StoreAddress address = app::address_of(store, cluster);
    const std::map<std::string, std::string> names = secret_names(store, engine);
    std::vector<app::SecretWish> wishes;
    for (const EngineSecret& secret : engine.secrets) {
        app::SecretWish wish{names.at(secret.name), {}};
        for (const EngineSecretKey& key : secret.keys) {
            if (key.length > 0) {
                wish.values[key.key] =
                    Secret(key.prefix + runtime::random_text(key.length, alphabet_of(key.alphabet)));
                continue;
            }
            Result<std::string> text = fill_placeholders(
                key.value, [&](const std::string& name) { return store_fact(store, address, name); });
            if (!text) {
                return tl::unexpected(not_parsed("secrets"));
            }
            wish.values[key.key] = Secret(std::move(*text));
        }
        wishes.push_back(std::move(wish));
    }
    return wishes;
}

std::map<std::string, std::string> ManifestRenderer::secret_names(const Store& store,
                                                                  const Engine& engine) const {
    std::map<std::string, std::string> names;
    for (const EngineSecret& secret : engine.secrets) {
        names[secret.name] = object_name(secret, store.slug.str());
    }
    return names;
}

}  // namespace souk::engines
