#include "runtime/config/settings.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>

namespace souk::runtime {
namespace {

enum class Source { File, Environment, Flag };

/// Kubernetes puts the address of every service of the namespace into the environment; a service with our
/// name makes variables that look like ours: FOO_SERVICE_HOST, FOO_PORT=tcp://..., FOO_PORT_80_TCP_ADDR.
bool is_service_link(std::string_view variable, std::string_view value) {
    const auto has = [&](std::string_view part) { return variable.find(part) != std::string_view::npos; };
    return variable.ends_with("_SERVICE_HOST") || has("_SERVICE_PORT") || has("_TCP_") || has("_UDP_") ||
           value.starts_with("tcp://") || value.starts_with("udp://");
}

}  // namespace

/// Collects values and problems from all sources in their order.
class SettingsLoader {
public:
    SettingsLoader(const SettingsTable& table, const SettingsSources& sources)
        : table_(table), sources_(sources) {}

    Result<Settings> load() {
        for (const auto& setting : table_.settings()) {
            auto value = parse_setting(setting, setting.default_value);
            // An empty text with a lower bound: the table lets it pass as "not given".
            put(setting, value ? std::move(*value) : SettingValue(setting.default_value), "default");
        }
        read_file();
        read_environment();
        read_flags();
        if (problems_.empty()) {
            return std::move(settings_);
        }
        std::string message = problems_.size() == 1 ? "1 wrong setting:"
                                                    : std::to_string(problems_.size()) + " wrong settings:";
        for (const auto& problem : problems_) {
            message += "\n  " + problem.pointer + ": " + problem.detail;
        }
        return tl::unexpected(Error{ErrorCode::InvalidInput, message, "WrongSettings", problems_});
    }

private:
    void put(const Setting& setting, SettingValue value, std::string origin) {
        settings_.entries_[setting.name] = {setting.type, setting.secret, std::move(value),
                                            std::move(origin)};
    }

    void complain(std::string where, std::string code, std::string what) {
        problems_.push_back({std::move(where), std::move(code), std::move(what)});
    }

    void take(const Setting& setting, std::string_view text, Source source, const std::string& where) {
        std::string resolved(text);
        if (setting.secret && !resolve_secret(setting, resolved, source, where)) {
            return;
        }
        auto value = parse_setting(setting, resolved);
        if (!value) {
            complain(where, "invalid_value", setting.name + " " + value.error().message);
            return;
        }
        const char* kind = source == Source::File          ? "file "
                           : source == Source::Environment ? "environment "
                                                           : "flag ";
        put(setting, std::move(*value), kind + where);
    }

    /// Replaces a reference by what it points at.
    bool resolve_secret(const Setting& setting, std::string& text, Source source, const std::string& where) {
        if (text.starts_with("file:")) {
            auto content = read_settings_file(text.substr(5));
            if (!content) {
                complain(where, "unreadable_secret", setting.name + ": " + content.error().message);
                return false;
            }
            text = std::move(*content);
            while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
                text.pop_back();
            }
            return true;
        }
        if (text.starts_with("env:")) {
            const std::string name = text.substr(4);
            const auto found = std::find_if(sources_.environment.begin(), sources_.environment.end(),
                                            [&](const auto& variable) { return variable.first == name; });
            if (found == sources_.environment.end()) {
                complain(where, "unreadable_secret",
                         setting.name + ": there is no environment variable " + name);
                return false;
            }
            text = found->second;
            return true;
        }
        if (source == Source::Flag) {
            complain(where, "secret_in_clear",
                     setting.name +
                         " must be given as file:/path or env:NAME, because flags are visible to everybody");
            return false;
        }
        return true;
    }

    void read_file() {
        if (sources_.file_text.empty()) {
            return;
        }
        try {
            const toml::table document = toml::parse(sources_.file_text, sources_.file_name);
            read_table(document, "");
        } catch (const toml::parse_error& error) {
            complain(position(error.source()), "malformed_file", std::string(error.description()));
        }
    }

    std::string position(const toml::source_region& source) const {
        return sources_.file_name + ":" + std::to_string(source.begin.line) + ":" +
               std::to_string(source.begin.column);
    }

    void read_table(const toml::table& table, const std::string& path) {
        for (const auto& [key, node] : table) {
            const std::string name = path + std::string(key.str());
            const Setting* setting = table_.find(name);
            if (setting != nullptr) {
                read_node(*setting, node);
            } else if (node.is_table() && is_group(name)) {
                read_table(*node.as_table(), name + ".");
            } else {
                complain(position(key.source()), "unknown_setting", "there is no setting " + name);
            }
        }
    }

    bool is_group(const std::string& name) const {
        return std::any_of(table_.settings().begin(), table_.settings().end(),
                           [&](const auto& setting) { return setting.name.starts_with(name + "."); });
    }

    void read_node(const Setting& setting, const toml::node& node) {
        const std::string where = position(node.source());
        const auto text = text_of(setting.type, node);
        if (!text) {
            complain(where, "invalid_type", setting.name + " " + expected_form(setting.type));
            return;
        }
        take(setting, *text, Source::File, where);
    }

    /// The value as it would be written in the environment; none if the file has another type than the table.
    static std::optional<std::string> text_of(SettingType type, const toml::node& node) {
        const auto text = node.value_exact<std::string>();
        const auto number = node.value_exact<std::int64_t>();
        switch (type) {
            case SettingType::Text:
            case SettingType::Duration:
                return text;
            case SettingType::Integer:
                return number ? std::optional(std::to_string(*number)) : std::nullopt;
            case SettingType::Bytes:
                return number ? std::optional(std::to_string(*number)) : text;
            case SettingType::Boolean: {
                const auto flag = node.value_exact<bool>();
                return flag ? std::optional<std::string>(*flag ? "true" : "false") : std::nullopt;
            }
            case SettingType::TextList:
                return joined(node.as_array());
        }
        return std::nullopt;
    }

    /// An entry with a comma could not be told from two entries elsewhere, so it is not allowed here either.
    static std::optional<std::string> joined(const toml::array* array) {
        if (array == nullptr) {
            return std::nullopt;
        }
        std::string list;
        for (const auto& node : *array) {
            const auto item = node.value_exact<std::string>();
            if (!item || item->find(',') != std::string::npos) {
                return std::nullopt;
            }
            list += (list.empty() ? "" : ",") + *item;
        }
        return list;
    }

    static std::string expected_form(SettingType type) {
        switch (type) {
            case SettingType::Text:
                return "must be a text in quotes";
            case SettingType::Integer:
                return "must be a whole number without quotes";
            case SettingType::Boolean:
                return "must be true or false without quotes";
            case SettingType::Duration:
                return "must be a duration in quotes, such as \"30s\"";
            case SettingType::Bytes:
                return "must be a number of bytes or a size in quotes, such as \"16Ki\"";
            case SettingType::TextList:
                return "must be an array of texts without commas";
        }
        return "has the wrong type";
    }

    void read_environment() {
        for (const auto& [variable, value] : sources_.environment) {
            if (!variable.starts_with(table_.environment_prefix())) {
                continue;
            }
            const auto& ignored = sources_.ignored_environment;
            if (std::find(ignored.begin(), ignored.end(), variable) != ignored.end()) {
                continue;
            }
            if (const Setting* setting = table_.find_environment(variable)) {
                take(*setting, value, Source::Environment, variable);
            } else if (!is_service_link(variable, value)) {
                complain(variable, "unknown_setting", "there is no setting for this environment variable");
            }
        }
    }

    void read_flags() {
        for (std::size_t i = 0; i < sources_.flags.size(); ++i) {
            const std::string_view flag = sources_.flags[i];
            if (!flag.starts_with("--") || flag.size() == 2) {
                complain(std::string(flag), "unknown_setting", "is not a flag");
                continue;
            }
            const auto equals = flag.find('=');
            const std::string where(flag.substr(0, equals));
            const Setting* setting = table_.find_flag(std::string_view(where).substr(2));
            if (setting == nullptr) {
                complain(where, "unknown_setting", "there is no such setting");
                // Its value would only be a second complaint about the same mistake.
                i += equals == std::string_view::npos && has_value_after(i) ? 1 : 0;
            } else if (equals != std::string_view::npos) {
                take(*setting, flag.substr(equals + 1), Source::Flag, where);
            } else if (setting->type == SettingType::Boolean) {
                take(*setting, "true", Source::Flag, where);
            } else if (has_value_after(i)) {
                take(*setting, sources_.flags[++i], Source::Flag, where);
            } else {
                complain(where, "missing_value", "needs a value");
            }
        }
    }

    bool has_value_after(std::size_t i) const {
        return i + 1 < sources_.flags.size() && !sources_.flags[i + 1].starts_with("--");
    }

    const SettingsTable& table_;
    const SettingsSources& sources_;
    Settings settings_;
    std::vector<FieldProblem> problems_;
};

Result<Settings> load_settings(const SettingsTable& table, const SettingsSources& sources) {
    return SettingsLoader(table, sources).load();
}

}  // namespace souk::runtime
