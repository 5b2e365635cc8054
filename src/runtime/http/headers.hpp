#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::runtime {

/// Header fields in the order they came; names compare without case. A plain value, not thread-safe.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields) : fields_(fields) {}

    /// The first value of this name, or null. The pointer lives until the next change.
    const std::string* find(std::string_view name) const;
    /// The first value, or an empty text.
    std::string_view value(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name) != nullptr; }
    std::size_t count(std::string_view name) const;

    /// Appends; several fields of one name are allowed (Set-Cookie).
    void add(std::string name, std::string value);
    /// Replaces every field of this name.
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }
    bool empty() const { return fields_.empty(); }

private:
    std::vector<Field> fields_;
};

/// ASCII only, as HTTP wants it: no locale.
bool equals_ignoring_case(std::string_view a, std::string_view b);
/// A field name or method: RFC 9110 token.
bool is_token(std::string_view text);
/// No control character but tab, so it cannot end the line it is written to.
bool is_field_value(std::string_view text);
/// True when a comma-separated list ("keep-alive, Upgrade") has this token.
bool list_has_token(std::string_view list, std::string_view token);

}  // namespace souk::runtime
