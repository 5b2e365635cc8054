#pragma once

#include "core/common/result.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace souk::runtime {

enum class LogLevel { Debug, Info, Warning, Error };

std::string_view to_string(LogLevel level);  // "debug", "info", "warning", "error"
Result<LogLevel> parse_log_level(std::string_view text);

/// Name and value. Holds views: build it in the call, do not keep it. A `Secret` does not convert.
struct LogField {
    using Value = std::variant<std::string_view, std::int64_t, double, bool>;

    template <std::convertible_to<std::string_view> T>
    LogField(std::string_view field, const T& text) : name(field), value(std::string_view(text)) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    LogField(std::string_view field, T number) : name(field), value(static_cast<std::int64_t>(number)) {}
    LogField(std::string_view field, double number) : name(field), value(number) {}
    template <std::same_as<bool> T>
    LogField(std::string_view field, T flag) : name(field), value(flag) {}

    std::string_view name;
    Value value;
};

enum class LogFormat {
    Json,   // one object per line: time, level, message, then the fields
    Human,  // for a terminal
    Auto,   // Human when standard error is a terminal, else Json
};

struct LogOptions {
    LogLevel level = LogLevel::Info;
    LogFormat format = LogFormat::Json;
    /// Gets each finished line without its line break, one at a time. None: standard error.
    std::function<void(std::string_view)> sink = {};
};

/// Copies share level and destination. Any thread.
class Logger {
public:
    explicit Logger(LogOptions options = {});

    /// The same destination with fields that every line gets.
    Logger with(std::initializer_list<LogField> fields) const;

    void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {}) const;
    void debug(std::string_view message, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::Debug, message, fields);
    }
    void info(std::string_view message, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::Info, message, fields);
    }
    void warning(std::string_view message, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::Warning, message, fields);
    }
    void error(std::string_view message, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::Error, message, fields);
    }

    bool enabled(LogLevel level) const;
    void set_level(LogLevel level) const;

private:
    class Core;
    Logger(std::shared_ptr<Core> core, std::string bound);

    std::shared_ptr<Core> core_;
    std::string bound_;  // fields of `with`, already written
};

}  // namespace souk::runtime
