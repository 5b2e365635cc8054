#include "cli/times.hpp"

#include <algorithm>
#include <cstdint>

namespace souk::cli {
namespace {

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::string format_duration(std::chrono::microseconds duration) {
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 60 * kMinute;
    constexpr std::int64_t kDay = 24 * kHour;
    const std::int64_t seconds =
        std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(duration).count());
    if (seconds < kMinute) {
        return std::to_string(seconds) + "s";
    }
    if (seconds < kHour) {
        return std::to_string(seconds / kMinute) + "m " + two_digits(seconds % kMinute) + "s";
    }
    if (seconds < kDay) {
        return std::to_string(seconds / kHour) + "h " + two_digits(seconds % kHour / kMinute) + "m";
    }
    return std::to_string(seconds / kDay) + "d " + two_digits(seconds % kDay / kHour) + "h";
}

std::string format_age(const std::optional<Timestamp>& time, Timestamp now) {
    return time ? format_duration(now - *time) + " ago" : "-";
}

std::string format_true_time(Timestamp time) {
    std::string text = to_rfc3339(time);  // 2026-11-21T09:30:00.123Z
    text[10] = ' ';
    return text.substr(0, 19) + "Z";
}

std::string format_time(const std::optional<Timestamp>& time, Timestamp now) {
    return time ? format_true_time(*time) + " (" + format_age(time, now) + ")" : "-";
}

}  // namespace souk::cli
