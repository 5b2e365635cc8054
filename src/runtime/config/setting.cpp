#include "runtime/config/setting.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace souk::runtime {
namespace {

using Unit = std::pair<std::string_view, std::int64_t>;

constexpr std::array<Unit, 6> kDurationUnits = {
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}, {"w", 604'800'000}}};

constexpr std::array<Unit, 8> kByteUnits = {{{"", 1},
                                             {"Ki", 1LL << 10},
                                             {"Mi", 1LL << 20},
                                             {"Gi", 1LL << 30},
                                             {"Ti", 1LL << 40},
                                             {"k", 1000},
                                             {"M", 1'000'000},
                                             {"G", 1'000'000'000}}};

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

/// "12" and "unit": the sum grows only as far as the type allows.
template <std::size_t N>
bool add_term(std::int64_t& sum, std::string_view digits, std::string_view unit,
              const std::array<Unit, N>& units) {
    const auto number = whole_number(digits);
    const auto* known =
        std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.first == unit; });
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    if (!number || known == units.end() || *number > (kMax - sum) / known->second) {
        return false;
    }
    sum += *number * known->second;
    return true;
}

std::string_view take_while_digit(std::string_view& text, bool digits) {
    const auto end =
        std::find_if(text.begin(), text.end(), [&](char c) { return (c >= '0' && c <= '9') != digits; });
    const auto length = static_cast<std::size_t>(end - text.begin());
    const auto part = text.substr(0, length);
    text.remove_prefix(length);
    return part;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
    if (text == "0") {
        return 0;
    }
    std::int64_t sum = 0;
    do {
        const auto digits = take_while_digit(text, true);
        const auto unit = take_while_digit(text, false);
        if (!add_term(sum, digits, unit, kDurationUnits)) {
            return std::nullopt;
        }
    } while (!text.empty());
    return sum;
}

std::optional<std::int64_t> parse_bytes(std::string_view text) {
    const auto digits = take_while_digit(text, true);
    std::int64_t sum = 0;
    return add_term(sum, digits, text, kByteUnits) ? std::optional(sum) : std::nullopt;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> items;
    while (!trim(text).empty()) {
        const auto comma = text.find(',');
        const auto item = trim(text.substr(0, comma));
        if (!item.empty()) {
            items.emplace_back(item);
        }
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    return items;
}

Result<SettingValue> parse_raw(SettingType type, std::string_view text) {
    const auto number_or = [](std::optional<std::int64_t> number,
                              const char* wanted) -> Result<SettingValue> {
        return number ? Result<SettingValue>(SettingValue(*number)) : fail(ErrorCode::InvalidInput, wanted);
    };
    switch (type) {
        case SettingType::Text:
            return SettingValue(std::string(text));
        case SettingType::Integer:
            return number_or(whole_number(trim(text)), "must be a whole number");
        case SettingType::Duration:
            return number_or(parse_duration(trim(text)),
                             "must be a duration such as 500ms, 30s, 5m or 1h30m");
        case SettingType::Bytes:
            return number_or(parse_bytes(trim(text)), "must be a size such as 512, 16Ki, 8Mi or 2G");
        case SettingType::TextList:
            return SettingValue(split_list(text));
        case SettingType::Boolean:
            if (trim(text) == "true" || trim(text) == "false") {
                return SettingValue(trim(text) == "true");
            }
            return fail(ErrorCode::InvalidInput, "must be true or false");
    }
    return fail(ErrorCode::Internal, "has an unknown type");
}

struct Magnitude {
    std::int64_t operator()(const std::string& text) const { return static_cast<std::int64_t>(text.size()); }
    std::int64_t operator()(std::int64_t number) const { return number; }
    std::int64_t operator()(bool flag) const { return flag ? 1 : 0; }
    std::int64_t operator()(const std::vector<std::string>& list) const {
        return static_cast<std::int64_t>(list.size());
    }
};

std::string_view unit_of(SettingType type) {
    switch (type) {
        case SettingType::Text:
            return " characters";
        case SettingType::Duration:
            return " ms";
        case SettingType::Bytes:
            return " bytes";
        case SettingType::TextList:
            return " entries";
        case SettingType::Integer:
        case SettingType::Boolean:
            return "";
    }
    return "";
}

}  // namespace

Result<SettingValue> parse_setting(const Setting& setting, std::string_view text) {
    auto value = parse_raw(setting.type, text);
    if (!value) {
        return value;
    }
    const std::int64_t size = std::visit(Magnitude{}, *value);
    const std::string unit(unit_of(setting.type));
    if (setting.min && size < *setting.min) {
        return fail(ErrorCode::InvalidInput, "must be at least " + std::to_string(*setting.min) + unit);
    }
    if (setting.max && size > *setting.max) {
        return fail(ErrorCode::InvalidInput, "must be at most " + std::to_string(*setting.max) + unit);
    }
    if (!setting.allowed.empty() &&
        std::find(setting.allowed.begin(), setting.allowed.end(), text) == setting.allowed.end()) {
        std::string message = "must be one of";
        for (const auto& choice : setting.allowed) {
            message += " \"" + choice + "\"";
        }
        return fail(ErrorCode::InvalidInput, message);
    }
    return value;
}

std::string environment_name(std::string_view prefix, std::string_view setting_name) {
    std::string name(prefix);
    for (const char c : setting_name) {
        const bool letter = c >= 'a' && c <= 'z';
        name += letter ? static_cast<char>(c - 'a' + 'A') : (c == '.' || c == '-') ? '_' : c;
    }
    return name;
}

}  // namespace souk::runtime
