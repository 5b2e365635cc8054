#pragma once

#include "adapters/engines/problems.hpp"
#include "adapters/engines/yaml_tree.hpp"
#include "core/engine/engine.hpp"

#include <string>
#include <string_view>
#include <vector>

// The pieces `parse_manifest` is made of. Each fills its part of the engine and reports what is wrong.
namespace souk::engines {

void read_engine(const YamlNode& root, const std::vector<std::string>& plans, Engine& engine,
                 Problems& problems);
void read_secrets(const YamlNode& node, const std::string& field, Engine& engine, Problems& problems);
void read_resources(const YamlNode& node, const std::string& field, const std::vector<std::string>& plans,
                    Engine& engine, Problems& problems);
/// `name` is the file's name without .yaml; `engine` has its secrets already.
EngineCheck read_check(const YamlNode& root, std::string_view name, const Engine& engine, Problems& problems);

/// Reports placeholders that are not `store.*`.
void check_store_placeholders(const YamlNode& node, std::string_view text, const std::string& field,
                              Problems& problems);

}  // namespace souk::engines
