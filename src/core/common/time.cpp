#include "core/common/time.hpp"

#include <array>
#include <cstdio>

namespace souk {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads exactly `count` digits at `at`; -1 when there are none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) {
        return -1;
    }
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (!is_digit(text[i])) {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

}  // namespace

std::string to_rfc3339(Timestamp t) {
    using namespace std::chrono;
    const auto day = floor<days>(t);
    const year_month_day date(day);
    const hh_mm_ss time(floor<milliseconds>(t - day));
    std::array<char, 40> out{};
    const int written = std::snprintf(
        out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return std::string(out.data(), static_cast<std::size_t>(written));
}

Result<Timestamp> parse_rfc3339(std::string_view text) {
    using namespace std::chrono;
    const auto bad = [&] {
        return fail(ErrorCode::InvalidInput, "not an RFC 3339 time: " + std::string(text.substr(0, 40)));
    };
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') ||
        text[13] != ':' || text[16] != ':') {
        return bad();
    }
    const int y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
    const int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
    const year_month_day date(year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d)));
    if (y < 0 || mo < 0 || d < 0 || !date.ok() || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60) {
        return bad();
    }
    std::size_t at = 19;
    std::int64_t micros = 0;
    if (text[at] == '.') {
        ++at;
        const std::size_t start = at;
        std::int64_t scale = 100000;
        while (at < text.size() && is_digit(text[at]) && at - start < 9) {
            micros += (text[at] - '0') * scale;
            scale /= 10;
            ++at;
        }
        if (at == start) {
            return bad();
        }
    }
    minutes offset{0};
    const std::string_view zone = text.substr(at);
    if (zone != "Z" && zone != "z") {
        const int oh = zone.size() == 6 ? digits(zone, 1, 2) : -1;
        const int om = zone.size() == 6 ? digits(zone, 4, 2) : -1;
        if (oh < 0 || oh > 23 || om < 0 || om > 59 || zone[3] != ':' || (zone[0] != '+' && zone[0] != '-')) {
            return bad();
        }
        offset = hours(oh) + minutes(om);
        if (zone[0] == '-') {
            offset = -offset;
        }
    }
    return Timestamp(sys_days(date).time_since_epoch() + hours(h) + minutes(mi) + seconds(s) +
                     microseconds(micros) - offset);
}

}  // namespace souk
