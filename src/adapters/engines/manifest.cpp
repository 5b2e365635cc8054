#include "adapters/engines/manifest.hpp"

#include "adapters/engines/manifest_fields.hpp"
#include "adapters/engines/manifest_parts.hpp"
#include "adapters/engines/map_reader.hpp"
#include "adapters/engines/problems.hpp"
#include "adapters/engines/yaml_tree.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace souk::engines {
namespace {

constexpr std::size_t kMostChecks = 50;
constexpr std::array<std::string_view, 5> kChartFiles = {"chart/Chart.yaml", "chart/values.yaml",
                                                         "chart/values.schema.json",
                                                         "chart/values-local.yaml", "chart/values-prod.yaml"};

void read_checks(const PackFiles& files, Engine& engine, Problems& problems) {
    constexpr std::string_view folder = "checks/";
    constexpr std::string_view suffix = ".yaml";
    for (auto it = files.lower_bound(std::string(folder)); it != files.end() && it->first.starts_with(folder);
         ++it) {
        problems.in_file(it->first);
        const std::string_view file = std::string_view(it->first).substr(folder.size());
        if (!file.ends_with(suffix) || file.find('/') != std::string_view::npos) {
            problems.add("a file in checks/ must be called <name>.yaml");
            continue;
        }
        const std::string_view name = file.substr(0, file.size() - suffix.size());
        if (engine.checks.size() >= kMostChecks) {
            problems.add("more than " + std::to_string(kMostChecks) + " checks");
            return;
        }
        auto root = parse_yaml(it->second);
        if (!root) {
            problems.add(root.error().line, root.error().column, {}, std::move(root.error().detail));
            continue;
        }
        engine.checks.push_back(read_check(*root, name, engine, problems));
    }
}

}  // namespace

Result<Engine> parse_manifest(const PackFiles& files, const ManifestRules& rules) {
    Problems problems;
    Engine engine;
    problems.in_file("engine.yaml");
    const auto manifest = files.find("engine.yaml");
    if (manifest == files.end()) {
        problems.add("the file is missing");
        return tl::unexpected(problems.to_error(rules.folder));
    }
    if (auto root = parse_yaml(manifest->second)) {
        read_engine(*root, rules.plans, engine, problems);
        if (!rules.folder.empty() && !engine.name.empty() && engine.name != rules.folder) {
            problems.add(*std::ranges::find(root->entries, "name", &YamlEntry::key), "name",
                         "must be the folder's name, '" + rules.folder + "'");
        }
        read_checks(files, engine, problems);
    } else {
        problems.add(root.error().line, root.error().column, {}, std::move(root.error().detail));
    }
    for (const std::string_view file : kChartFiles) {
        if (!files.contains(std::string(file))) {
            problems.in_file(std::string(file));
            problems.add("the file is missing");
        }
    }
    if (!problems.empty()) {
        return tl::unexpected(problems.to_error(rules.folder.empty() ? engine.name : rules.folder));
    }
    return engine;
}

}  // namespace souk::engines
