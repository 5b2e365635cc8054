#include "runtime/logging/log.hpp"

#include "core/common/time.hpp"
#include "runtime/logging/json_line.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <chrono>
#include <mutex>
#include <utility>

namespace souk::runtime {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return spdlog::level::debug;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Warning:
            return spdlog::level::warn;
        case LogLevel::Error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

class CallbackSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit CallbackSink(std::function<void(std::string_view)> callback) : callback_(std::move(callback)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        callback_({message.payload.data(), message.payload.size()});
    }
    void flush_() override {}

private:
    std::function<void(std::string_view)> callback_;
};

spdlog::sink_ptr make_sink(std::function<void(std::string_view)> callback) {
    if (callback) {
        return std::make_shared<CallbackSink>(std::move(callback));
    }
    return std::make_shared<spdlog::sinks::stderr_sink_mt>();
}

bool is_human(LogFormat format) {
    return format == LogFormat::Human || (format == LogFormat::Auto && ::isatty(STDERR_FILENO) == 1);
}

/// spdlog's own text of the time and its patterns do not escape, so the whole line is ours and the pattern is
/// bare.
std::string json_line(Timestamp at, LogLevel level, std::string_view message) {
    std::string line = "{\"time\":\"" + to_rfc3339(at) + "\",\"level\":\"" + std::string(to_string(level)) +
                       "\",\"message\":";
    append_json_text(line, message);
    return line;
}

std::string human_line(Timestamp at, LogLevel level, std::string_view message) {
    std::string line = to_rfc3339(at) + " " + std::string(to_string(level)) + " ";
    std::string text;
    append_json_text(text, message);
    line.append(text, 1, text.size() - 2);
    return line;
}

}  // namespace

std::string_view to_string(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return "debug";
        case LogLevel::Info:
            return "info";
        case LogLevel::Warning:
            return "warning";
        case LogLevel::Error:
            return "error";
    }
    return "error";
}

Result<LogLevel> parse_log_level(std::string_view text) {
    for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        if (text == to_string(level)) {
            return level;
        }
    }
    return fail(ErrorCode::InvalidInput, "a log level is debug, info, warning or error");
}

class Logger::Core {
public:
    explicit Core(LogOptions options)
        : human_(is_human(options.format)), logger_("", make_sink(std::move(options.sink))) {
        logger_.set_pattern("%v");
        logger_.set_level(level_of(options.level));
        logger_.flush_on(spdlog::level::debug);
    }

    spdlog::logger& logger() { return logger_; }
    bool human() const { return human_; }

    void append(std::string& line, const LogField& field) const {
        human_ ? append_human_field(line, field) : append_json_field(line, field);
    }

private:
    bool human_;
    spdlog::logger logger_;
};

Logger::Logger(LogOptions options) : core_(std::make_shared<Core>(std::move(options))) {}

Logger::Logger(std::shared_ptr<Core> core, std::string bound)
    : core_(std::move(core)), bound_(std::move(bound)) {}

Logger Logger::with(std::initializer_list<LogField> fields) const {
    std::string bound = bound_;
    for (const auto& field : fields) {
        core_->append(bound, field);
    }
    return Logger(core_, std::move(bound));
}

void Logger::log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) const {
    if (!enabled(level)) {
        return;
    }
    const auto at = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    std::string line = core_->human() ? human_line(at, level, message) : json_line(at, level, message);
    line += bound_;
    for (const auto& field : fields) {
        core_->append(line, field);
    }
    if (!core_->human()) {
        line += '}';
    }
    core_->logger().log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

bool Logger::enabled(LogLevel level) const { return core_->logger().should_log(level_of(level)); }

void Logger::set_level(LogLevel level) const { core_->logger().set_level(level_of(level)); }

}  // namespace souk::runtime
