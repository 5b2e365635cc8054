#include "adapters/engines/json_text.hpp"
#include "adapters/engines/manifest_fields.hpp"
#include "adapters/engines/manifest_parts.hpp"
#include "adapters/engines/map_reader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace json = boost::json;

namespace souk::engines {
namespace {

constexpr std::size_t kNameLength = 20;

bool is_secret_key(std::string_view text) {
    return !text.empty() && text.size() <= 60 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
}

void read_generate(const YamlNode& node, const std::string& field, EngineSecretKey& key, Problems& problems) {
    const MapReader reader(node, field, fields::kGenerate, problems);
    key.length = static_cast<std::size_t>(reader.number("length", 16, 256).value_or(16));
    key.alphabet = reader.text("alphabet").value_or("alphanumeric");
    if (key.alphabet != "alphanumeric" && key.alphabet != "hex" && key.alphabet != "lower") {
        problems.add(*reader.find("alphabet"), reader.path_of("alphabet"),
                     "must be alphanumeric, hex or lower");
    }
}

EngineSecretKey read_key(const YamlEntry& entry, const std::string& field, Problems& problems) {
    EngineSecretKey key;
    key.key = entry.key;
    if (!is_secret_key(entry.key)) {
        problems.add(entry, field, "a key is at most 60 letters, digits, _ or -");
    }
    const MapReader reader(entry.value, field, fields::kSecretKey, problems);
    if (entry.value.kind != YamlNode::Kind::Map) {
        return key;
    }
    const YamlNode* generate = reader.find("generate");
    const YamlNode* value = reader.find("value");
    if ((generate == nullptr) == (value == nullptr)) {
        problems.add(entry, field, "must have either value or generate");
        return key;
    }
    if (generate != nullptr) {
        read_generate(*generate, reader.path_of("generate"), key, problems);
        key.prefix = reader.text("prefix", {.most = 32, .required = false}).value_or("");
        return key;
    }
    if (reader.find("prefix") != nullptr) {
        problems.add(*reader.find("prefix"), reader.path_of("prefix"), "goes with generate only");
    }
    key.value = scalar_text(*value, reader.path_of("value"), {1000}, problems).value_or("");
    check_store_placeholders(*value, key.value, reader.path_of("value"), problems);
    return key;
}

/// cpu and memory, as text whatever YAML made of them.
json::value read_amounts(const YamlNode& node, const std::string& field, Problems& problems) {
    const MapReader reader(node, field, fields::kAmounts, problems);
    json::object amounts;
    for (const std::string_view key : fields::kAmounts) {
        const auto text = reader.text(key, {.required = key != "ephemeral-storage"});
        if (text && !is_quantity(*text)) {
            problems.add(*reader.find(key), reader.path_of(key),
                         "must be a Kubernetes quantity such as 50m or 384Mi");
        }
        if (text) {
            amounts[key] = *text;
        }
    }
    return amounts;
}

json::value read_component_resources(const YamlNode& node, const std::string& field, Problems& problems) {
    const MapReader reader(node, field, fields::kResources, problems);
    json::object both;
    for (const std::string_view key : fields::kResources) {
        if (const YamlNode* part = reader.require(key)) {
            both[key] = read_amounts(*part, reader.path_of(key), problems);
        }
    }
    return both;
}

EngineRequests requests_of(const json::value& resources) {
    const auto text = [&](std::string_view pointer) {
        boost::system::error_code error;
        const json::value* found = resources.find_pointer(pointer, error);
        return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
    };
    return {.cpu = text("/requests/cpu"), .memory = text("/requests/memory")};
}

}  // namespace

void read_secrets(const YamlNode& node, const std::string& field, Engine& engine, Problems& problems) {
    if (!is_list(node, field, 20, problems)) {
        return;
    }
    std::set<std::string> names;
    each_item(node, field, [&](const YamlNode& item, const std::string& path) {
        const MapReader reader(item, path, fields::kSecret, problems);
        EngineSecret secret;
        secret.name = reader.text("name").value_or("");
        if (!secret.name.empty() && !is_dns_label(secret.name, kNameLength)) {
            problems.add(*reader.find("name"), reader.path_of("name"),
                         "must be a DNS label of at most 20 characters");
        }
        if (!secret.name.empty() && !names.insert(secret.name).second) {
            problems.add(*reader.find("name"), reader.path_of("name"), "this secret is there twice");
        }
        const YamlNode* keys = reader.require("keys");
        if (keys != nullptr && is_map(*keys, reader.path_of("keys"), 20, problems)) {
            for (const YamlEntry& entry : keys->entries) {
                secret.keys.push_back(read_key(entry, reader.path_of("keys") + "." + entry.key, problems));
            }
            if (keys->entries.empty()) {
                problems.add(*keys, reader.path_of("keys"), "must hold at least one key");
            }
        }
        engine.secrets.push_back(std::move(secret));
    });
}

void read_resources(const YamlNode& node, const std::string& field, const std::vector<std::string>& plans,
                    Engine& engine, Problems& problems) {
    if (!is_map(node, field, 20, problems)) {
        return;
    }
    for (const YamlEntry& plan : node.entries) {
        const std::string path = field + "." + plan.key;
        if (!is_dns_label(plan.key, 40)) {
            problems.add(plan, path, "is not the name of a plan");
        }
        if (!is_map(plan.value, path, 20, problems)) {
            continue;
        }
        json::object parts;
        for (const YamlEntry& part : plan.value.entries) {
            if (!is_word(part.key, 40)) {
                problems.add(part, path + "." + part.key, "is not the name of a component");
            }
            const json::value both = read_component_resources(part.value, path + "." + part.key, problems);
            engine.components[part.key][plan.key] = requests_of(both);
            parts[part.key] = both;
        }
        engine.resources_json[plan.key] = canonical_json(parts);
    }
    for (const YamlEntry& plan : node.entries) {
        for (const auto& [component, plans_with_it] : engine.components) {
            if (!plans_with_it.contains(plan.key)) {
                problems.add(plan, field + "." + plan.key + "." + component,
                             "is missing, other plans have it");
            }
        }
    }
    for (const std::string& plan : plans) {
        if (!engine.resources_json.contains(plan)) {
            problems.add(node, field + "." + plan, "is missing: Souk has such a plan");
        }
    }
}

}  // namespace souk::engines
