#include "adapters/engines/placeholders.hpp"

#include <algorithm>
#include <array>

namespace souk::engines {
namespace {

constexpr std::array<std::string_view, 7> kStoreNames = {
    "store.id", "store.slug", "store.name", "store.host", "store.host_fqdn", "store.url", "store.plan"};

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

}  // namespace

Result<std::string> fill_placeholders(
    std::string_view text, const std::function<Result<std::string>(const std::string&)>& value_of) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t at = text.find('$');
        out += text.substr(0, at);
        if (at == std::string_view::npos) {
            break;
        }
        text.remove_prefix(at);
        if (text.starts_with("$${")) {
            out += "${";
            text.remove_prefix(3);
            continue;
        }
        if (!text.starts_with("${")) {
            out += '$';
            text.remove_prefix(1);
            continue;
        }
        const std::size_t end = text.find('}');
        if (end == std::string_view::npos) {
            return fail(ErrorCode::InvalidInput,
                        "a placeholder that does not end: write $${ for a literal ${");
        }
        const std::string name(text.substr(2, end - 2));
        if (name.empty() || !std::ranges::all_of(name, is_name_character)) {
            return fail(ErrorCode::InvalidInput,
                        "a placeholder that has no name: write $${ for a literal ${");
        }
        Result<std::string> value = value_of(name);
        if (!value) {
            return value;
        }
        out += *value;
        text.remove_prefix(end + 1);
    }
    return out;
}

Result<std::vector<std::string>> placeholder_names(std::string_view text) {
    std::vector<std::string> names;
    const Result<std::string> filled =
        fill_placeholders(text, [&](const std::string& name) -> Result<std::string> {
            names.push_back(name);
            return std::string();
        });
    if (!filled) {
        return forward(filled);
    }
    return names;
}

bool is_store_placeholder(std::string_view name) {
    return std::ranges::find(kStoreNames, name) != kStoreNames.end();
}

}  // namespace souk::engines
