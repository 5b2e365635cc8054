#pragma once

#include <array>
#include <string_view>

namespace souk::engines::fields {

// Every field an engine may write, object by object. The parser refuses all others, and a test holds
// engines/engine.schema.json against these tables. An object whose keys are the author's own names has no
// table.

using Name = std::string_view;

inline constexpr std::array<Name, 18> kEngine = {
    "apiVersion", "name",    "title",  "description", "version", "upgrades_from", "provisioning_deadline",
    "images",     "secrets", "values", "resources",   "routes",  "urls",          "setup",
    "data",       "actions", "backup", "hints"};
inline constexpr std::array<Name, 2> kSecret = {"name", "keys"};
inline constexpr std::array<Name, 3> kSecretKey = {"value", "generate", "prefix"};
inline constexpr std::array<Name, 2> kGenerate = {"length", "alphabet"};
inline constexpr std::array<Name, 2> kResources = {"requests", "limits"};
inline constexpr std::array<Name, 3> kAmounts = {"cpu", "memory", "ephemeral-storage"};
inline constexpr std::array<Name, 3> kRoute = {"path", "service", "port"};
inline constexpr std::array<Name, 3> kUrls = {"storefront", "admin", "api"};
inline constexpr std::array<Name, 1> kSetup = {"component"};
inline constexpr std::array<Name, 1> kData = {"components"};
inline constexpr std::array<Name, 2> kBackup = {"component", "kind"};
inline constexpr std::array<Name, 2> kHints = {"icon", "color"};

inline constexpr std::array<Name, 5> kCheck = {"name", "title", "when", "cookies", "steps"};
inline constexpr std::array<Name, 4> kStep = {"name", "request", "expect", "save"};
inline constexpr std::array<Name, 5> kRequest = {"method", "path", "headers", "json", "form"};
inline constexpr std::array<Name, 4> kExpect = {"status", "json", "body_contains", "header"};
inline constexpr std::array<Name, 1> kHeaderExpectation = {"contains"};
inline constexpr std::array<Name, 2> kSave = {"json", "header"};

}  // namespace souk::engines::fields
