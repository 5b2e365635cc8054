#include "runtime/http/client_types.hpp"

#include <algorithm>

namespace souk::runtime {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

void HttpHeaders::set(std::string_view name, std::string value) {
    std::erase_if(fields_, [&](const Field& field) { return same_name(field.first, name); });
    fields_.emplace_back(std::string(name), std::move(value));
}

std::optional<std::string_view> HttpHeaders::find(std::string_view name) const {
    for (const auto& [field, value] : fields_) {
        if (same_name(field, name)) {
            return value;
        }
    }
    return std::nullopt;
}

std::vector<std::string_view> HttpHeaders::find_all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [field, value] : fields_) {
        if (same_name(field, name)) {
            values.emplace_back(value);
        }
    }
    return values;
}

}  // namespace souk::runtime
