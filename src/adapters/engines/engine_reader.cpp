#include "adapters/engines/json_text.hpp"
#include "adapters/engines/manifest_fields.hpp"
#include "adapters/engines/manifest_parts.hpp"
#include "adapters/engines/map_reader.hpp"
#include "adapters/engines/placeholders.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace souk::engines {
namespace {

constexpr std::size_t kNameLength = 20;

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    long amount = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (ec != std::errc() || end + 1 != text.data() + text.size() || amount < 1 || amount > 100'000) {
        return std::nullopt;
    }
    const long unit = *end == 's' ? 1 : *end == 'm' ? 60 : *end == 'h' ? 3600 : 0;
    const long seconds = amount * unit;
    if (seconds < 10 || seconds > 86'400) {
        return std::nullopt;
    }
    return std::chrono::seconds(seconds);
}

void read_head(const MapReader& reader, Engine& engine, Problems& problems) {
    if (const auto version = reader.text("apiVersion"); version && *version != "souk.dev/v1") {
        problems.add(*reader.find("apiVersion"), "apiVersion", "must be souk.dev/v1");
    }
    engine.name = reader.text("name").value_or("");
    if (!engine.name.empty() && !is_dns_label(engine.name, kNameLength)) {
        problems.add(*reader.find("name"), "name", "must be a DNS label of at most 20 characters");
    }
    engine.title = reader.text("title", {80}).value_or("");
    engine.description = reader.text("description", {500}).value_or("");
    engine.version = reader.text("version").value_or("");
    if (!engine.version.empty() && !is_version(engine.version)) {
        problems.add(
            *reader.find("version"), "version",
            "must be at most 40 letters, digits, '.', '_' or '-', with a letter or digit at both ends");
    }
    if (const YamlNode* list = reader.find("upgrades_from");
        list && is_list(*list, "upgrades_from", 50, problems)) {
        each_item(*list, "upgrades_from", [&](const YamlNode& item, const std::string& field) {
            const auto text = scalar_text(item, field, {}, problems);
            if (text && !is_version(*text)) {
                problems.add(item, field, "is not a version");
            }
            engine.upgrades_from.push_back(text.value_or(""));
        });
    }
    if (const auto text = reader.text("provisioning_deadline")) {
        if (const auto deadline = parse_duration(*text)) {
            engine.provisioning_deadline = *deadline;
        } else {
            problems.add(*reader.find("provisioning_deadline"), "provisioning_deadline",
                         "must be from 10s to 24h, such as 900s or 15m");
        }
    }
}

void read_images(const YamlNode& node, Engine& engine, Problems& problems) {
    if (!is_map(node, "images", 20, problems)) {
        return;
    }
    for (const YamlEntry& entry : node.entries) {
        const std::string field = "images." + entry.key;
        if (!is_word(entry.key, 40)) {
            problems.add(entry, field, "an image's name is a letter and then letters, digits, _ or -");
        }
        const auto reference = scalar_text(entry.value, field, {255}, problems);
        if (reference && !is_image(*reference)) {
            problems.add(entry.value, field,
                         "must be an image reference with a digest or a tag other than latest");
        }
        engine.images[entry.key] = reference.value_or("");
    }
    if (node.entries.empty()) {
        problems.add(node, "images", "must name at least one image");
    }
}

void check_value_texts(const YamlNode& node, const std::string& field, Problems& problems) {
    if (node.kind == YamlNode::Kind::Scalar) {
        check_store_placeholders(node, node.text, field, problems);
    }
    each_item(node, field, [&](const YamlNode& item, const std::string& path) {
        check_value_texts(item, path, problems);
    });
    for (const YamlEntry& entry : node.entries) {
        check_value_texts(entry.value, field + "." + entry.key, problems);
    }
}

void read_values(const YamlNode& node, Engine& engine, Problems& problems) {
    static const std::set<std::string, std::less<>> platform = {"souk", "images", "secrets", "resources"};
    if (!is_map(node, "values", 200, problems)) {
        return;
    }
    for (const YamlEntry& entry : node.entries) {
        if (platform.contains(entry.key)) {
            problems.add(entry, "values." + entry.key, "is set by Souk");
        }
        if (!is_word(entry.key, 60)) {
            problems.add(entry, "values." + entry.key,
                         "a value's name is a letter and then letters, digits, _ or -");
        }
    }
    check_value_texts(node, "values", problems);
    if (node.kind == YamlNode::Kind::Map) {
        engine.values_json = canonical_json(yaml_to_json(node, "values", problems));
    }
}

void read_routes(const YamlNode& node, Engine& engine, Problems& problems) {
    if (!is_list(node, "routes", 32, problems)) {
        return;
    }
    std::set<std::string> paths;
    each_item(node, "routes", [&](const YamlNode& item, const std::string& field) {
        const MapReader reader(item, field, fields::kRoute, problems);
        EngineRoute route;
        route.path = reader.text("path").value_or("");
        route.service = reader.text("service").value_or("");
        route.port = static_cast<int>(reader.number("port", 1, 65535).value_or(0));
        if (!route.path.empty() && !is_route_path(route.path)) {
            problems.add(*reader.find("path"), reader.path_of("path"),
                         "must begin with / and hold only unreserved characters");
        }
        if (!route.path.empty() && !paths.insert(route.path).second) {
            problems.add(*reader.find("path"), reader.path_of("path"), "this path has a route already");
        }
        if (!route.service.empty() && !is_dns_label(route.service, kNameLength)) {
            problems.add(*reader.find("service"), reader.path_of("service"),
                         "must be a DNS label of at most 20 characters");
        }
        engine.routes.push_back(std::move(route));
    });
    if (node.items.empty()) {
        problems.add(node, "routes", "must hold at least one route");
    }
}

void read_urls(const YamlNode& node, Engine& engine, Problems& problems) {
    const MapReader reader(node, "urls", fields::kUrls, problems);
    for (const std::string_view key : fields::kUrls) {
        const auto path = reader.text(key, {.required = key == "storefront"});
        if (path && !is_route_path(*path)) {
            problems.add(*reader.find(key), reader.path_of(key),
                         "must begin with / and hold only unreserved characters");
        }
        if (path) {
            engine.urls[std::string(key)] = *path;
        }
    }
}

std::string read_component(const MapReader& reader, Problems& problems) {
    const std::string component = reader.text("component").value_or("");
    if (!component.empty() && !is_dns_label(component, kNameLength)) {
        problems.add(*reader.find("component"), reader.path_of("component"),
                     "must be a DNS label of at most 20 characters");
    }
    return component;
}

void read_data(const YamlNode& node, Engine& engine, Problems& problems) {
    const MapReader reader(node, "data", fields::kData, problems);
    const YamlNode* list = reader.require("components");
    if (list == nullptr || !is_list(*list, "data.components", 20, problems)) {
        return;
    }
    each_item(*list, "data.components", [&](const YamlNode& item, const std::string& field) {
        const auto name = scalar_text(item, field, {}, problems);
        if (name && !is_dns_label(*name, kNameLength)) {
            problems.add(item, field, "must be a DNS label of at most 20 characters");
        }
        engine.data_components.push_back(name.value_or(""));
    });
}

void read_actions(const YamlNode& node, Engine& engine, Problems& problems) {
    if (!is_list(node, "actions", 2, problems)) {
        return;
    }
    each_item(node, "actions", [&](const YamlNode& item, const std::string& field) {
        const auto name = scalar_text(item, field, {}, problems);
        if (name && *name == "suspend") {
            engine.can_suspend = true;
        } else if (name && *name == "restart") {
            engine.can_restart = true;
        } else if (name) {
            problems.add(item, field, "must be suspend or restart");
        }
    });
}

void read_backup(const YamlNode& node, Problems& problems) {
    if (!is_list(node, "backup", 20, problems)) {
        return;
    }
    each_item(node, "backup", [&](const YamlNode& item, const std::string& field) {
        const MapReader reader(item, field, fields::kBackup, problems);
        read_component(reader, problems);
        const auto kind = reader.text("kind");
        if (kind && !is_dns_label(*kind, kNameLength)) {
            problems.add(*reader.find("kind"), reader.path_of("kind"),
                         "must be a lower-case word such as postgresql, mariadb or files");
        }
    });
}

void read_hints(const YamlNode& node, Engine& engine, Problems& problems) {
    const MapReader reader(node, "hints", fields::kHints, problems);
    for (const std::string_view key : fields::kHints) {
        if (const auto text = reader.text(key, {.most = 100, .required = false})) {
            engine.hints[std::string(key)] = *text;
        }
    }
}

}  // namespace

void check_store_placeholders(const YamlNode& node, std::string_view text, const std::string& field,
                              Problems& problems) {
    const Result<std::vector<std::string>> names = placeholder_names(text);
    if (!names) {
        problems.add(node, field, names.error().message);
        return;
    }
    for (const std::string& name : *names) {
        if (!is_store_placeholder(name)) {
            problems.add(node, field, "unknown placeholder ${" + name + "}");
        }
    }
}

void read_engine(const YamlNode& root, const std::vector<std::string>& plans, Engine& engine,
                 Problems& problems) {
    const MapReader reader(root, "", fields::kEngine, problems);
    if (root.kind != YamlNode::Kind::Map) {
        return;
    }
    read_head(reader, engine, problems);
    if (const YamlNode* node = reader.require("images")) {
        read_images(*node, engine, problems);
    }
    if (const YamlNode* node = reader.find("secrets")) {
        read_secrets(*node, "secrets", engine, problems);
    }
    if (const YamlNode* node = reader.find("values")) {
        read_values(*node, engine, problems);
    }
    if (const YamlNode* node = reader.require("resources")) {
        read_resources(*node, "resources", plans, engine, problems);
    }
    if (const YamlNode* node = reader.require("routes")) {
        read_routes(*node, engine, problems);
    }
    if (const YamlNode* node = reader.require("urls")) {
        read_urls(*node, engine, problems);
    }
    if (const YamlNode* node = reader.find("setup")) {
        engine.setup_component =
            read_component(MapReader(*node, "setup", fields::kSetup, problems), problems);
    }
    if (const YamlNode* node = reader.find("data")) {
        read_data(*node, engine, problems);
    }
    if (const YamlNode* node = reader.find("actions")) {
        read_actions(*node, engine, problems);
    }
    if (const YamlNode* node = reader.require("backup")) {
        read_backup(*node, problems);
    }
    if (const YamlNode* node = reader.find("hints")) {
        read_hints(*node, engine, problems);
    }
}

}  // namespace souk::engines
