#pragma once

#include "core/common/result.hpp"
#include "core/common/secret.hpp"
#include "runtime/config/setting.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::runtime {

/// The definitions, checked once: names well-formed and unique in every spelling, defaults valid.
/// A wrong definition is a bug and ends in std::logic_error at start.
class SettingsTable {
public:
    SettingsTable(std::string environment_prefix, std::vector<Setting> settings);

    const std::string& environment_prefix() const { return prefix_; }
    const std::vector<Setting>& settings() const { return settings_; }
    const Setting* find(std::string_view name) const;
    const Setting* find_environment(std::string_view variable) const;  // with prefix
    const Setting* find_flag(std::string_view flag) const;  // without dashes; '.', '-', '_' are the same

private:
    std::string prefix_;
    std::vector<Setting> settings_;
};

struct SettingsSources {
    std::string file_name = {};  // for messages
    std::string file_text = {};  // TOML; empty: no file
    std::vector<std::pair<std::string, std::string>> environment =
        {};                                             // all of it; foreign names are skipped
    std::vector<std::string> ignored_environment = {};  // names with our prefix that are not settings
    std::vector<std::string> flags = {};  // "--http.address=:80", "--http-address", ":80", "--quiet"
};

/// Final values. A name that is not in the table, or one of another type, is a bug: std::logic_error.
class Settings {
public:
    const std::string& text(std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    bool boolean(std::string_view name) const;
    std::chrono::milliseconds duration(std::string_view name) const;
    std::int64_t bytes(std::string_view name) const;
    const std::vector<std::string>& list(std::string_view name) const;
    Secret secret(std::string_view name) const;
    /// "default", "file app.toml:3:1", "environment APP_X" or "flag --x".
    const std::string& origin(std::string_view name) const;

private:
    friend class SettingsLoader;
    struct Entry {
        SettingType type = SettingType::Text;
        bool secret = false;
        SettingValue value = {};
        std::string origin = {};
    };
    const Entry& entry(std::string_view name) const;
    std::map<std::string, Entry, std::less<>> entries_;
};

/// File, then environment, then flags; the later wins. InvalidInput lists every problem at once, one per line
/// in the message and one per entry in `fields` (pointer = where: "app.toml:3:1", "APP_X", "--x").
Result<Settings> load_settings(const SettingsTable& table, const SettingsSources& sources);

/// Reads `path`, a settings file or a secret, of at most 1 MiB. NotFound, or Unavailable when it cannot be
/// read.
Result<std::string> read_settings_file(const std::string& path);

/// The process's environment, in the form of SettingsSources.
std::vector<std::pair<std::string, std::string>> process_environment();

/// Markdown: a heading per first word of the names, a table with name, type, default, bounds, variable,
/// description.
std::string settings_reference(const SettingsTable& table);

}  // namespace souk::runtime
