#include "runtime/config/settings.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace souk::runtime {
namespace {

bool is_proper_name(std::string_view name) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789._";
    return !name.empty() && name.find_first_not_of(kAllowed) == std::string_view::npos &&
           name.front() != '.' && name.back() != '.' && name.find("..") == std::string_view::npos;
}

}  // namespace

SettingsTable::SettingsTable(std::string environment_prefix, std::vector<Setting> settings)
    : prefix_(std::move(environment_prefix)), settings_(std::move(settings)) {
    std::set<std::string> seen;
    for (const auto& setting : settings_) {
        if (!is_proper_name(setting.name) || !seen.insert(environment_name(prefix_, setting.name)).second) {
            throw std::logic_error("setting name is malformed or taken: " + setting.name);
        }
        // An empty default of a secret or a text with bounds means "not given".
        if (setting.default_value.empty() && setting.type == SettingType::Text) {
            continue;
        }
        if (const auto value = parse_setting(setting, setting.default_value); !value) {
            throw std::logic_error("default of setting " + setting.name + " " + value.error().message);
        }
    }
}

const Setting* SettingsTable::find(std::string_view name) const {
    const auto found =
        std::find_if(settings_.begin(), settings_.end(), [&](const auto& s) { return s.name == name; });
    return found == settings_.end() ? nullptr : &*found;
}

const Setting* SettingsTable::find_environment(std::string_view variable) const {
    const auto found = std::find_if(settings_.begin(), settings_.end(), [&](const auto& s) {
        return environment_name(prefix_, s.name) == variable;
    });
    return found == settings_.end() ? nullptr : &*found;
}

const Setting* SettingsTable::find_flag(std::string_view flag) const {
    return find_environment(environment_name(prefix_, flag));
}

std::string settings_reference(const SettingsTable& table) {
    const auto type_name = [](SettingType type) -> std::string {
        switch (type) {
            case SettingType::Text:
                return "text";
            case SettingType::Integer:
                return "number";
            case SettingType::Boolean:
                return "true or false";
            case SettingType::Duration:
                return "duration";
            case SettingType::Bytes:
                return "size";
            case SettingType::TextList:
                return "list";
        }
        return "text";
    };
    const auto cell = [](std::string text) {
        for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
            text.insert(at, 1, '\\');
        }
        return text;
    };
    const auto bounds = [](const Setting& setting) -> std::string {
        std::string text;
        for (const auto& choice : setting.allowed) {
            text += (text.empty() ? "`" : ", `") + choice + "`";
        }
        if (setting.min) {
            text += "from " + std::to_string(*setting.min);
        }
        if (setting.max) {
            text += std::string(setting.min ? " " : "") + "to " + std::to_string(*setting.max);
        }
        if (setting.type == SettingType::Duration && (setting.min || setting.max)) {
            text += " ms";
        }
        return text;
    };
    std::string page;
    std::string section;
    for (const auto& setting : table.settings()) {
        const auto group = setting.name.substr(0, setting.name.find('.'));
        if (group != section) {
            page +=
                (page.empty() ? "## " : "\n## ") + group +
                "\n\n| Key | Type | Default | Bounds | Environment | Meaning |\n|---|---|---|---|---|---|\n";
            section = group;
        }
        page += "| `" + setting.name + "` | " + type_name(setting.type) + (setting.secret ? ", secret" : "") +
                " | " + (setting.default_value.empty() ? "" : "`" + cell(setting.default_value) + "`") +
                " | " + cell(bounds(setting)) + " | `" +
                environment_name(table.environment_prefix(), setting.name) + "` | " +
                cell(setting.description) + " |\n";
    }
    return page;
}

}  // namespace souk::runtime
