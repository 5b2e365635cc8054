#pragma once

#include "core/common/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace souk::runtime {

enum class SettingType {
    Text,
    Integer,
    Boolean,
    Duration,  // "250ms", "30s", "5m", "1h", "7d", "1h30m"; kept in milliseconds
    Bytes,     // "1048576", "16Ki", "8Mi", "2Gi", also "k", "M", "G" (1000)
    TextList,  // array in the file, comma separated elsewhere
};

/// One key, defined once. Everything else (file, environment, flags, reference page) follows from it.
struct Setting {
    std::string name = {};  // lower case with dots: "http.max_body"
    SettingType type = SettingType::Text;
    std::string default_value = {};  // as it would be written in the environment
    std::optional<std::int64_t> min =
        {};  // in the unit of the type: number, milliseconds, bytes, length of text or list
    std::optional<std::int64_t> max = {};
    std::vector<std::string> allowed = {};  // for Text: the only values; empty: any
    std::string description = {};           // one sentence
    /// Never shown. Written as "file:/path" or "env:NAME", or in the clear in file or environment, but not as
    /// a flag.
    bool secret = false;
};

/// Integer, Duration (ms) and Bytes are all an int64.
using SettingValue = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

/// InvalidInput with one sentence that does not repeat a secret.
Result<SettingValue> parse_setting(const Setting& setting, std::string_view text);

/// "http.max_body" becomes PREFIX + "HTTP_MAX_BODY".
std::string environment_name(std::string_view prefix, std::string_view setting_name);

}  // namespace souk::runtime
