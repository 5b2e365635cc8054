#pragma once

#include "core/common/result.hpp"
#include "runtime/http/request.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace souk::http {

inline constexpr std::size_t kMaxBody = std::size_t{64} << 10U;

/// Reads a flat JSON object field by field and collects every problem with its pointer, so that a client sees
/// all of them at once. Read all fields, then ask `done`.
class Fields {
public:
    /// InvalidInput with reason BodyTooLarge, UnsupportedMediaType or MalformedJson (no JSON, no object, no
    /// UTF-8, deeper than 32). No body reads as an object without fields when `optional`.
    static Result<Fields> of_body(const runtime::Request& request, bool optional = false);
    /// The same from a text.
    static Result<Fields> parse(std::string_view json);

    /// A text that must be there; empty (and noted) when it is not.
    std::string text(std::string_view name);
    /// A text that may be left out.
    std::optional<std::string> maybe_text(std::string_view name);
    /// An integer that may be left out.
    std::optional<std::int64_t> maybe_integer(std::string_view name);

    /// Given as text: worth looking at further.
    bool has_text(std::string_view name) const;
    /// Adds a problem found elsewhere.
    void note(std::string pointer, std::string code, std::string detail);
    bool clean() const;
    /// InvalidInput with reason InvalidBody and all problems; unknown and repeated fields are among them.
    Result<> done() const;

private:
    enum class Kind { Null, Boolean, Integer, Number, Text, Array, Object };
    struct Value {
        Kind kind = Kind::Null;
        std::string text;
        std::int64_t integer = 0;
    };
    class Collector;
    const Value* find(std::string_view name);

    std::map<std::string, Value, std::less<>> values_;
    std::set<std::string, std::less<>> read_;
    std::vector<FieldProblem> problems_;
};

/// RFC 6901: "/" + name, with "~" and "/" escaped; long names are cut.
std::string pointer_to(std::string_view name);

}  // namespace souk::http
